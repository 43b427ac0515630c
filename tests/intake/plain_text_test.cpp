#include "intake/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "intake/line_evidence.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Article read(std::string text, const TextFacts& facts = {}) {
  auto article = article_from_text(std::move(text), facts, {});
  EXPECT_TRUE(article) << article.error().message;
  return article.value_or(Article{});
}

// "role: first words" of every paragraph.
std::vector<std::string> outline(const Article& article) {
  std::vector<std::string> lines;
  for (const Paragraph& paragraph : article.paragraphs) {
    lines.push_back(std::string(name(paragraph.role)) + ": " +
                    std::string(cut(article.text, paragraph.span).substr(0, 24)));
  }
  return lines;
}

std::vector<std::string> values(const Article& article, std::string_view field) {
  std::vector<std::string> found;
  for (const Field& f : article.fields) {
    if (f.name == field) found.push_back(f.value);
  }
  return found;
}

constexpr std::string_view kProse =
    "The harbour office closed the eastern pier on Monday, and the ferry company said it would sue the city.";

TEST(PlainText, KeepsTheTextAndMakesEveryLineAParagraph) {
  const std::string text =
      "  First line of the story.\r\n\r\n\tSecond \u201Cline\u201D of it. \nThird line.\u00A0\n\n\n";
  const Article article = read(text);
  EXPECT_EQ(article.text, text);
  EXPECT_THAT(outline(article), ElementsAre("body: First line of the story.",
                                            "body: Second \u201Cline\u201D of it.", "body: Third line."));
  EXPECT_TRUE(article.fields.empty());
}

TEST(PlainText, JoinsLinesThatWereWrapped) {
  const Article article = read(
      "The harbour office closed the eastern pier on Monday morning, after a\n"
      "diver found that two of the piles had been eaten through by worms, the\n"
      "harbour master said.\n"
      "\n"
      "\"Nobody will set foot on it before I have,\" Ada Lowe told reporters, who\n"
      "had come by boat. She would not say how long the work would take, and\n"
      "she laughed at the question of who would pay.\n"
      "\n"
      "A short line stays alone.\n");
  EXPECT_THAT(outline(article),
              ElementsAre("body: The harbour office close", "body: \"Nobody will set foot on",
                          "body: A short line stays alone"));
  EXPECT_THAT(std::string(cut(article.text, article.paragraphs[0].span)), HasSubstr("after a\ndiver"));
}

TEST(PlainText, JoinsWrappedLinesWithoutEmptyLinesBetweenParagraphs) {
  const Article article = read(
      "   The harbour office closed the eastern pier on Monday morning, after\n"
      "a diver found that two of the piles had been eaten through by worms.\n"
      "   Nobody would set foot on it before she had, the harbour master told\n"
      "reporters, who had come by boat. She would not say how long the work\n"
      "would take.\n");
  EXPECT_EQ(article.paragraphs.size(), 2U);
}

TEST(PlainText, DoesNotJoinShortLinesThatWereNotWrapped) {
  const Article article = read(
      "The pier is closed.\nNobody may enter it.\nThe work begins today.\nIt ends in May.\nFerries go on.\n");
  EXPECT_EQ(article.paragraphs.size(), 5U);
}

TEST(PlainText, RecognisesAHeadlineByWhatFollowsIt) {
  const std::string prose(kProse);
  EXPECT_THAT(outline(read("Pier closed after worms found\n\n" + prose)),
              ElementsAre("title: Pier closed after worms ", "body: The harbour office close"));
  EXPECT_THAT(outline(read("Pier closed after worms found\nBy Ada Lowe\n" + prose)),
              ElementsAre("title: Pier closed after worms ", "byline: By Ada Lowe",
                          "body: The harbour office close"));
  EXPECT_THAT(outline(read("# Pier closed after worms found\n\n" + prose))[0],
              "title: Pier closed after worms ");
  EXPECT_THAT(outline(read("Pier closed after worms found\n" + prose))[0], "body: Pier closed after worms ");
  EXPECT_THAT(outline(read("The pier was closed.\n\n" + prose))[0], "body: The pier was closed.");
  EXPECT_THAT(outline(read("\u201CWe closed the pier!\u201D\n\n" + prose))[0].substr(0, 4), "body");
  EXPECT_THAT(outline(read("Pier closed after worms found\n\nNobody knows"))[0],
              "body: Pier closed after worms ");
}

TEST(PlainText, RecognisesAHeadlineThatWasTold) {
  const Article article = read("PIER  \u2018CLOSED\u2019 AFTER WORMS FOUND.\n" + std::string(kProse),
                               {"Pier 'closed' after worms found", {}});
  EXPECT_EQ(article.paragraphs[0].role, ParagraphRole::kTitle);
  ASSERT_EQ(article.fields.size(), 1U);
  EXPECT_EQ(article.fields[0].name, "title");
  EXPECT_EQ(article.fields[0].found_in, "text");
  EXPECT_EQ(cut(article.text, *article.fields[0].span), cut(article.text, article.paragraphs[0].span));
}

TEST(PlainText, ReadsFieldsFromTheLinesAroundAStory) {
  const Article article = read(
      "Pier closed after worms found\nBy Ada Lowe and Jun Park \u2013 Source Harbor Wire\nPublished: Aug. "
      "11, 2025 9:05 am | Updated: Aug. 12, 2025\n\n"
      "The closed pier on Monday. (Jun Park/Harbor Pictures via Getty Images)\n\n"
      "PORT MERROW, Aug. 11 (HW) \u2014 " +
      std::string(kProse) +
      "\n\n"
      "FERRIES GO ON AS CITY AND COMPANY FIGHT\n\n"
      "\u201CNo,\u201D said the harbour master.\n\n"
      "Correction: An earlier version of this article gave the wrong pier.\n\n"
      "\u00A9 2025 The Quay. All rights reserved.\nHW/QY\n");
  EXPECT_THAT(outline(article),
              ElementsAre("title: Pier closed after worms ", "byline: By Ada Lowe and Jun Park",
                          "dateline: Published: Aug. 11, 2025", "caption: The closed pier on Monda",
                          "credit: (Jun Park/Harbor Picture", "body: PORT MERROW, Aug. 11 (HW",
                          "other: FERRIES GO ON AS CITY AN", "body: \u201CNo,\u201D said the harbo",
                          "correction: Correction: An earlier v", "copyright: \u00A9 2025 The Quay. All ri",
                          "credit: HW/QY"));
  EXPECT_THAT(values(article, "author"), ElementsAre("Ada Lowe", "Jun Park"));
  EXPECT_THAT(values(article, "republication"), ElementsAre("Source Harbor Wire"));
  EXPECT_THAT(values(article, "published"), ElementsAre("2025-08-11T09:05"));
  EXPECT_THAT(values(article, "modified"), ElementsAre("2025-08-12"));
  EXPECT_THAT(values(article, "caption"), ElementsAre("The closed pier on Monday."));
  EXPECT_THAT(values(article, "credit"), ElementsAre("(Jun Park/Harbor Pictures via Getty Images)", "HW/QY"));
  EXPECT_THAT(values(article, "dateline"), ElementsAre("PORT MERROW, Aug. 11 (HW)"));
  for (const Field& field : article.fields) {
    ASSERT_TRUE(field.span) << field.name;
    const std::string_view words = cut(article.text, *field.span);
    const bool is_date = field.name == "published" || field.name == "modified";
    EXPECT_TRUE(is_date || words == field.value) << field.name;
  }
}

TEST(PlainText, ACorrectionBelowItsHeadingIsOne) {
  const Article article =
      read(std::string(kProse) + "\n\nCORRECTION:\n\nThe pier is the eastern one, not the western.\n");
  EXPECT_EQ(article.paragraphs.back().role, ParagraphRole::kCorrection);
}

TEST(PlainText, LeavesStatementsInTheBody) {
  for (const std::string_view line :
       {"By Friday the pier was closed.", "By Ada Lowe's account, the pier was safe.",
        "Copyright is a matter for the courts, she said.", "\u201CRead more books,\u201D she said.",
        "The picture was taken by Jun Park, he said.", "AP", "Related matters were not discussed.",
        "She told Reuters", "The reporters of The Quay said they had seen the letter (and the reply)."}) {
    const Article article =
        read(std::string(kProse) + "\n\n" + std::string(line) + "\n\n" + std::string(kProse));
    EXPECT_EQ(article.paragraphs[1].role, ParagraphRole::kBody) << line;
  }
}

TEST(PlainText, ATextInCapitalsStaysBody) {
  const Article article =
      read("THE PIER IS CLOSED NOW\n\nTHE FERRY GOES ON TODAY\n\nTHE MAYOR SAID NO AGAIN\n");
  for (const Paragraph& paragraph : article.paragraphs) EXPECT_EQ(paragraph.role, ParagraphRole::kBody);
}

TEST(PlainText, RefusesWhatHasNoWords) {
  for (const std::string_view text : {"", " \n\t", "...\n***\n\u2014", "\uFEFF", "\uFFFD\uFFFD"}) {
    EXPECT_EQ(article_from_text(std::string(text), {}, {}).error().code, ErrorCode::kEmpty) << text;
  }
  EXPECT_TRUE(article_from_text("\u041D\u0435\u0442", {}, {}));
  EXPECT_EQ(article_from_text(std::string("a\0b", 3), {}, {}).error().code, ErrorCode::kUnsupportedFormat);
  Limits limits;
  limits.text_bytes = 10;
  EXPECT_EQ(article_from_text("Eleven byte", {}, limits).error().code, ErrorCode::kTooLarge);
}

TEST(Byline, WantsNamesAndNothingElse) {
  const auto authors = [](std::string_view line) {
    std::vector<std::string> names;
    if (const auto reading = read_byline(line)) {
      for (const LineField& field : reading->fields) names.push_back(field.value);
    }
    return names;
  };
  EXPECT_THAT(authors("By Ada Lowe"), ElementsAre("Ada Lowe"));
  EXPECT_THAT(authors("BY ADA LOWE AND JUN PARK"), ElementsAre("ADA LOWE", "JUN PARK"));
  EXPECT_THAT(authors("By Ada van der Lowe, Jun Park and \u00C9mile B. Noor Jr."),
              ElementsAre("Ada van der Lowe", "Jun Park", "\u00C9mile B. Noor Jr."));
  EXPECT_THAT(authors("By Ada Lowe, Harbor Wire"), ElementsAre("Ada Lowe"));
  EXPECT_THAT(authors("By Ada Lowe | Aug. 11, 2025"), ElementsAre("Ada Lowe"));
  EXPECT_THAT(authors("By The Harbor Wire"), ElementsAre("The Harbor Wire"));
  EXPECT_THAT(authors("By HW"), ElementsAre("HW"));
  for (const std::string_view line : {"By", "By ", "By Friday", "By the sea", "By Ada Lowe said the mayor",
                                      "By ferry and train", "Ada Lowe"}) {
    EXPECT_THAT(authors(line), ElementsAre()) << line;
  }
}

// A MiB of each: work that grew with the square of the size would not come to an end.
TEST(PlainText, ReadsHostileShapes) {
  const std::vector<std::string> families = {"a",
                                             "a\n",
                                             "a\n\n",
                                             "By Ada Lowe, ",
                                             "By Ada Lowe\n",
                                             "(",
                                             ")",
                                             "|",
                                             "\u2014 ",
                                             "\u201C",
                                             "# ",
                                             "Photo: a\n",
                                             "CORRECTION:\n",
                                             "\u00A9 2025\n",
                                             "WORDS IN CAPITALS\n",
                                             "Aug. 11, 2025 | ",
                                             "a/",
                                             "(Getty Images)",
                                             "\u00A0"};
  for (const std::string& piece : families) {
    std::string text = "Words ";
    while (text.size() + piece.size() < (1 << 20)) text += piece;
    const std::size_t size = text.size();
    const auto article = article_from_text(text, {"Words", {"Ada Lowe"}}, {});
    EXPECT_TRUE(!article || article->text.size() == size) << piece;
  }
}

// Whatever the text: it is kept, paragraphs lie in order inside it, trimmed, on character boundaries, and
// cover everything but white space.
TEST(PlainText, HoldsItsPromisesOnRandomText) {
  const std::vector<std::string> pieces = {
      "By ",
      "Ada Lowe",
      " and ",
      "Photo: ",
      "\n",
      "\r\n",
      "\n\n",
      " ",
      ".",
      "word ",
      "WORD ",
      "\u201C",
      "\u201D",
      "(",
      ")",
      "/",
      "\u2014",
      "Aug. 11, 2025",
      "Updated ",
      "\u00A9 ",
      "Getty Images",
      "# ",
      "\u00A0",
      "CORRECTION:",
      "| ",
      "\t",
      "\u2028",
      "a long line of words that goes on for quite a while and ends somewhere ",
      "\U0001F600",
      "source: "};
  std::mt19937 random(23);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto article = article_from_text(text, {"Word word", {"Ada Lowe"}}, {});
    if (!article) {
      EXPECT_EQ(article.error().code, ErrorCode::kEmpty);
      continue;
    }
    EXPECT_EQ(article->text, text);
    std::uint32_t end = 0;
    std::string between;
    for (const Paragraph& paragraph : article->paragraphs) {
      ASSERT_GE(paragraph.span.begin, end);
      ASSERT_LT(paragraph.span.begin, paragraph.span.end);
      ASSERT_LE(paragraph.span.end, text.size());
      ASSERT_TRUE(is_valid_utf8(cut(text, paragraph.span)));
      between += text.substr(end, paragraph.span.begin - end);
      end = paragraph.span.end;
    }
    between += text.substr(end);
    ASSERT_TRUE(is_valid_utf8(between));
    ASSERT_EQ(between.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."),
              std::string::npos)
        << text;
    for (const Field& field : article->fields) {
      ASSERT_TRUE(field.span);
      ASSERT_LE(field.span->end, text.size());
      ASSERT_TRUE(is_valid_utf8(cut(text, *field.span)));
    }
  }
}

}  // namespace
}  // namespace onrecord
