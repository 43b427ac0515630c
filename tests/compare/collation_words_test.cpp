#include "compare/collation_words.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "compare/quotations_of_text.h"
#include "compare/word_forms.h"

namespace onrecord {
namespace {

std::string folded(std::string_view marked) {
  const MarkedText made = quotation_of(marked);
  std::string all;
  for (const CollationWord& word : collation_words(made.text, made.quotation)) {
    all += (all.empty() ? "" : " ") + (word.after_gap ? "|" + word.folded : word.folded);
  }
  return all;
}

TEST(CollationWords, CaseMarksAndHyphensDoNotCount) {
  EXPECT_EQ(folded("{The pier’s “new-built” roof — leaks!}"), folded("{the pier's new built ROOF leaks}"));
}

TEST(CollationWords, NumbersAreOneWordHoweverWritten) {
  EXPECT_EQ(folded("{twenty-five boats}"), "25 boats");
  EXPECT_EQ(folded("{two hundred and five thousand}"), "205000");
  EXPECT_EQ(folded("{1,500 boats}"), "1500 boats");
  EXPECT_EQ(folded("{$1.5 million}"), folded("{1.5 million dollars}"));
  EXPECT_EQ(folded("{five per cent}"), folded("{5%}"));
  EXPECT_EQ(folded("{5 percent}"), folded("{five percent}"));
  EXPECT_EQ(folded("{the twenty-first pier}"), folded("{the 21st pier}"));
  EXPECT_EQ(folded("{no one came}"), "no one came");
  EXPECT_EQ(folded("{two, three boats}"), "2 3 boats");
  EXPECT_EQ(folded("{at 10:30}"), "at 10:30");
}

TEST(CollationWords, ContractionsAreTheirWords) {
  EXPECT_EQ(folded("{I can't, won't, don’t}"), "i can not will not do not");
  EXPECT_EQ(folded("{We’re gonna cannot}"), "we are going to can not");
  const MarkedText made = quotation_of("{I don’t}");
  const auto words = collation_words(made.text, made.quotation);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(cut(made.text, words[1].span), "do");
  EXPECT_EQ(cut(made.text, words[2].span), "n’t");
}

TEST(CollationWords, SpellingsAreOne) {
  EXPECT_EQ(american_spelling("colours"), "colors");
  EXPECT_EQ(american_spelling("terrorised"), "terrorized");
  EXPECT_EQ(american_spelling("install"), "install");
  EXPECT_EQ(american_spelling("instalment"), "installment");
  EXPECT_EQ(american_spelling("rise"), "rise");
  EXPECT_EQ(folded("{Sen. Lowe of the U.S.}"), folded("{Senator Lowe of the US}"));
}

TEST(CollationWords, EllipsesAndPiecesLeaveGaps) {
  EXPECT_EQ(folded("{The pier ... leaks}"), "the pier |leaks");
  EXPECT_EQ(folded("{The pier … leaks}"), "the pier |leaks");
  EXPECT_EQ(folded("{The pier . . . leaks}"), "the pier |leaks");
  EXPECT_EQ(folded("{The pier [...] leaks}"), "the pier |leaks");
  EXPECT_EQ(folded("{The pier,} she said, {leaks}"), "the pier |leaks");
  EXPECT_EQ(folded("{The pier. It leaks}"), "the pier it leaks");
}

TEST(CollationWords, BracketsAreTheOutletsOwn) {
  const MarkedText made = quotation_of("{[He] said it (the pier) leeks [sic]}");
  const auto words = collation_words(made.text, made.quotation);
  ASSERT_EQ(words.size(), 7U);
  EXPECT_TRUE(words[0].bracketed);
  EXPECT_FALSE(words[1].bracketed);
  EXPECT_TRUE(words[3].bracketed && words[4].bracketed);
  EXPECT_TRUE(words[6].nothing);
}

TEST(CollationWords, CensoredWordsMatchWhatTheyStandFor) {
  const MarkedText made = quotation_of("{b----y b***y bloody well--said}");
  const auto words = collation_words(made.text, made.quotation);
  ASSERT_EQ(words.size(), 5U);
  EXPECT_TRUE(same_word(words[0], words[2]));
  EXPECT_TRUE(same_word(words[1], words[2]));
  EXPECT_FALSE(same_word(words[0], words[3]));
  EXPECT_EQ(words[3].folded, "well");
}

TEST(CollationWords, FormsAndMisprintsAreNear) {
  const auto near = [](std::string_view a, std::string_view b) {
    return word_stem(a) == word_stem(b) || is_misprint(a, b);
  };
  EXPECT_TRUE(near("want", "wanted"));
  EXPECT_TRUE(near("stopped", "stop"));
  EXPECT_TRUE(near("carried", "carry"));
  EXPECT_TRUE(near("is", "were"));
  EXPECT_TRUE(near("harbour", "harbuor"));
  EXPECT_FALSE(near("they", "the"));
  EXPECT_FALSE(near("moral", "amoral"));
  EXPECT_FALSE(near("jail", "prison"));
  EXPECT_FALSE(near("here", "there"));
}

/// Spans of words lie in the content, rise, and cover its letters and digits.
TEST(CollationWords, SpansCoverEveryLetter) {
  const std::vector<std::string> parts = {
      "I'm ",   "don’t ", "$1.5 million ", "20 per cent, ", "[he] ", "... ",
      "U.S. ",  "naïve ", "f---ing ",      "twenty-one ",   "—",     "“so” ",
      "[sic] ", "10:30 ", "'em ",          "a. b ",         "&",     "Größe ",
      "(no) ",  "1st ",   "€5 ",           "O'Hara's ",     "\n",    "s** "};
  std::mt19937 random(7);  // NOLINT(bugprone-random-generator-seed): the same every time
  for (int round = 0; round < 500; ++round) {
    std::string marked = "{";
    for (int i = 0; i < 12; ++i)
      marked += parts[random() % parts.size()] + (random() % 8 == 0 ? "} said {x" : "");
    const MarkedText made = quotation_of(marked + "y}");
    std::vector<bool> covered(made.text.size(), false);
    std::uint32_t last = 0;
    for (const CollationWord& word : collation_words(made.text, made.quotation)) {
      ASSERT_LE(last, word.span.begin) << made.text;
      ASSERT_LT(word.span.begin, word.span.end) << made.text;
      last = word.span.end;
      EXPECT_TRUE(made.quotation.content[word.piece].contains(word.span)) << made.text;
      for (std::uint32_t at = word.span.begin; at < word.span.end; ++at) covered[at] = true;
    }
    for (const Span piece : made.quotation.content) {
      for (std::uint32_t at = piece.begin; at < piece.end; ++at) {
        const bool is_word = std::isalnum(static_cast<unsigned char>(made.text[at])) != 0;
        EXPECT_TRUE(covered[at] || !is_word) << made.text << " at " << at;
      }
    }
  }
}

}  // namespace
}  // namespace onrecord
