#include "compare/story_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace onrecord {
namespace {

CoveredArticle article(std::string text, std::string title = {}) {
  CoveredArticle covered;
  covered.article.text = std::move(text);
  if (!title.empty()) covered.article.fields = {{"title", std::move(title), "option", {}}};
  return covered;
}

const StoryTerm* find(const StoryTerms& terms, std::string_view stem) {
  const auto found = std::ranges::find(terms.words, term_hash(stem), &StoryTerm::hash);
  return found == terms.words.end() ? nullptr : &*found;
}

TEST(StoryTerms, FormsOfAWordAreOneTerm) {
  const StoryTerms terms = story_terms(article("The dyke leaked. Dykes leak when the dyke's clay dries."));
  ASSERT_NE(find(terms, "dyke"), nullptr);
  EXPECT_GT(find(terms, "dyke")->weight, find(terms, "clay")->weight);
  EXPECT_NE(find(terms, "leak"), nullptr);
  EXPECT_EQ(find(terms, "the"), nullptr);
}

TEST(StoryTerms, ACapitalWithinASentenceTellsAName) {
  const StoryTerms terms = story_terms(article("Miners met Orla Quint. Later Miners left. The miners sang."));
  EXPECT_TRUE(find(terms, "orla")->is_name);
  EXPECT_TRUE(find(terms, "quint")->is_name);
  EXPECT_FALSE(find(terms, "miner")->is_name);  // in small letters too
}

TEST(StoryTerms, CapitalsOfAHeadlineTellNoNames) {
  CoveredArticle covered = article("Harbour Board Sacks Pilot\nThe board met at Wexcombe.");
  covered.article.paragraphs = {{{0, 25}, ParagraphRole::kBody}, {{26, 52}, ParagraphRole::kBody}};
  const StoryTerms terms = story_terms(covered);
  EXPECT_FALSE(find(terms, "pilot")->is_name);
  EXPECT_TRUE(find(terms, "wexcombe")->is_name);
}

TEST(StoryTerms, TheHeadIsTheTitleAndTheFirstSentences) {
  const StoryTerms terms =
      story_terms(article("Ferry sinks. " + std::string(400, '-') + " Rescuers came.", "Storm off Wexcombe"));
  EXPECT_TRUE(find(terms, "storm")->at_head);
  EXPECT_TRUE(find(terms, "ferry")->at_head);
  EXPECT_FALSE(find(terms, "rescuer")->at_head);
  EXPECT_TRUE(find(terms, "storm")->first.empty());
}

TEST(StoryTerms, BylinesAndRightsTellNoStory) {
  CoveredArticle covered = article("By Ines Marl\nThe weir broke.");
  covered.article.paragraphs = {{{0, 12}, ParagraphRole::kByline}, {{13, 28}, ParagraphRole::kBody}};
  const StoryTerms terms = story_terms(covered);
  EXPECT_EQ(find(terms, "marl"), nullptr);
  EXPECT_NE(find(terms, "weir"), nullptr);
}

TEST(StoryTerms, LongTextsAreReadToABoundaryOfCharacters) {
  std::string text = "x";
  while (text.size() < 2 * kReadBytes) text += "é ";
  text += " Wexcombe";
  const StoryTerms terms = story_terms(article(text));
  EXPECT_EQ(find(terms, "wexcombe"), nullptr);
}

TEST(StoryTerms, CommonWordsOfNewsAreKnown) {
  EXPECT_GT(background_frequency(term_hash("people")), background_frequency(term_hash("prison")));
  EXPECT_EQ(background_frequency(term_hash("wexcombe")), 0U);
}

}  // namespace
}  // namespace onrecord
