#include "compare/folded_words.h"

#include <gtest/gtest.h>

#include <string>

#include "compare/reuse_support.h"

namespace onrecord {
namespace {

using testing::words_of;

std::vector<std::uint32_t> hashes(std::string_view text) {
  std::vector<std::uint32_t> hashes;
  for (const FoldedWord& word : words_of(text)) hashes.push_back(word.hash);
  return hashes;
}

std::string quoted(std::string_view text) {
  std::string found;
  for (const FoldedWord& word : words_of(text)) {
    if (word.kind == WordKind::kQuoted) found += std::string(cut(text, word.span())) + " ";
  }
  return found;
}

TEST(FoldedWords, TakesNoNoticeOfCaseAccentsApostrophesAndHyphens) {
  EXPECT_EQ(hashes("The Mayor's well-known café"), hashes("the MAYOR\u2019S well known cafe"));
  EXPECT_EQ(hashes("Zürich"), hashes("zu\u0308rich"));
  EXPECT_EQ(hashes("co\u00ADoperate"), hashes("cooperate"));
  EXPECT_NE(hashes("bridge closed"), hashes("bridges closed"));
}

TEST(FoldedWords, PointAtTheirBytes) {
  const std::string text = "  Élan, \u2018twas\u2019 5 o'clock.";
  std::string found;
  for (const FoldedWord& word : words_of(text)) found += std::string(cut(text, word.span())) + "|";
  EXPECT_EQ(found, "Élan|twas|5|o'clock|");
}

TEST(FoldedWords, LongWordsWithTheSameLettersInAnotherOrderDiffer) {
  EXPECT_NE(hashes("abcdefghijklmnopq"), hashes("jbcdefghiaklmnopq"));
}

TEST(FoldedWords, WhatStandsInMarksIsQuoted) {
  EXPECT_EQ(quoted("She said \u201Cwe will go\u201D and left."), "we will go ");
  EXPECT_EQ(quoted("She said \"we will go\" and \"stay\" there."), "we will go stay ");
  EXPECT_EQ(quoted("A 6\" pipe burst"), "");
}

TEST(FoldedWords, APassageGoesOnInTheNextParagraphUpToItsMark) {
  Article article;
  article.text = "He said: \"First we wait.\n\nThen we go.\" Nobody went.\n\nOthers stayed.";
  const auto second = static_cast<std::uint32_t>(article.text.find("Then"));
  const auto third = static_cast<std::uint32_t>(article.text.find("Others"));
  article.paragraphs = {
      {{0, second - 2}}, {{second, third - 2}}, {{third, static_cast<std::uint32_t>(article.text.size())}}};
  FoldedWords words;
  append_story_words(article, words);
  std::string found;
  for (const FoldedWord& word : words) {
    if (word.kind == WordKind::kQuoted) found += std::string(cut(article.text, word.span())) + " ";
  }
  EXPECT_EQ(found, "First we wait Then we go ");
  EXPECT_TRUE(words[5].begins_paragraph);
}

TEST(FoldedWords, OnlyTheStoryCounts) {
  Article article;
  article.text = "By Ada Lowe\n\nThe pier closed.";
  article.paragraphs = {{{0, 11}, ParagraphRole::kByline}, {{13, 29}, ParagraphRole::kBody}};
  FoldedWords words;
  append_story_words(article, words);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words.front().begin, 13U);
}

TEST(FoldedWords, LinksToOtherArticlesAreNoStory) {
  const auto first_words = [](const std::string& text) {
    FoldedWords words;
    append_story_words(testing::article("", "", text).article, words);
    std::string found;
    for (const FoldedWord& word : words) {
      if (word.begins_paragraph) found += std::string(cut(text, word.span())) + " ";
    }
    return found;
  };
  const std::string prose =
      "Prose goes on after the block, in a sentence that is a good deal longer than any headline would be, "
      "on land "
      "and at sea.";
  EXPECT_EQ(
      first_words("The pier closed.\n\nRelated:\n\nFerry Runs Again\n\nMayor Walks Over Bridge\n\n" + prose),
      "The Prose ");
  EXPECT_EQ(
      first_words("The pier closed.\n\nRelated matters were left alone by the council.\n\nNobody came."),
      "The Related Nobody ");
}

TEST(FoldedWords, QuotationsOfTheReadingAreMarked) {
  FoldedWords words = words_of("one two three four five");
  const std::vector<Span> spans = {{4, 13}};
  mark_quoted(words, spans);
  EXPECT_EQ(words[0].kind, WordKind::kNarrative);
  EXPECT_EQ(words[1].kind, WordKind::kQuoted);
  EXPECT_EQ(words[2].kind, WordKind::kQuoted);
  EXPECT_EQ(words[3].kind, WordKind::kNarrative);
}

}  // namespace
}  // namespace onrecord
