#include "compare/stories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "text/sha256.h"

namespace onrecord {
namespace {

CoveredArticle article(std::string title, std::string text, std::string published) {
  CoveredArticle covered;
  covered.id = "a" + hex(sha256(title + text)).substr(0, 12);
  covered.text_sha256 = hex(sha256(text));
  covered.article.text = std::move(text);
  covered.article.fields = {{"title", std::move(title), "option", {}}};
  if (!published.empty()) covered.article.fields.push_back({"published", std::move(published), "option", {}});
  return covered;
}

std::vector<CoveredArticle> two_stories() {
  return {article("Quarry at Stonebeck collapses",
                  "The old quarry at Stonebeck collapsed on Monday and buried two sheds. Foreman Odo Brack "
                  "said nobody was "
                  "hurt when the slate face of the quarry gave way above the Brack yard.",
                  "2031-03-04"),
          article("Two sheds buried as Stonebeck quarry gives way",
                  "Two sheds lie below the slate after the Stonebeck quarry gave way on Monday. Odo Brack, "
                  "the foreman of "
                  "the quarry, said his men had left the slate face an hour before.",
                  "2031-03-05"),
          article("Lighthouse keeper wins chess title",
                  "The keeper of the Farne lighthouse, Ines Colway, won the chess title of the islands on "
                  "Sunday. Colway beat "
                  "the champion Rufus Marden in forty moves at the Farne hotel.",
                  "2031-03-04"),
          article("Colway is islands' chess champion",
                  "Ines Colway of the Farne lighthouse is the chess champion of the islands. She beat Rufus "
                  "Marden in the last "
                  "game of the tournament at the Farne hotel on Sunday.",
                  "2031-03-05")};
}

std::string title_of(const Coverage& coverage, ArticleNumber number) {
  return std::string(coverage.article(number)->article.field("title"));
}

/// Titles of the articles of each story.
std::map<std::uint32_t, std::vector<std::string>> by_story(const Coverage& coverage, const Stories& stories) {
  std::map<std::uint32_t, std::vector<std::string>> titles;
  for (ArticleNumber i = 0; i < coverage.size(); ++i)
    titles[stories.story_of[i]].push_back(title_of(coverage, i));
  return titles;
}

TEST(Stories, TellsTwoEventsApart) {
  const CoverageInMemory coverage(two_stories());
  const Stories stories = find_stories(coverage, {}, {}, {});
  const auto told = by_story(coverage, stories);
  ASSERT_EQ(told.size(), 2U);
  for (const auto& [first, titles] : told) EXPECT_EQ(titles.size(), 2U);
}

TEST(Stories, SaysWhyAnArticleStandsInItsStory) {
  const CoverageInMemory coverage(two_stories());
  const Stories stories = find_stories(coverage, {}, {}, {});
  for (ArticleNumber i = 0; i < coverage.size(); ++i) {
    if (stories.story_of[i] == i) {
      EXPECT_EQ(stories.reasons[i], "");
    } else {
      EXPECT_THAT(stories.reasons[i], testing::HasSubstr("shares"));
      EXPECT_THAT(stories.reasons[i], testing::HasSubstr("1 day after"));
    }
  }
}

TEST(Stories, TheSameNamesMonthsLaterAreAnotherStory) {
  std::vector<CoveredArticle> articles = two_stories();
  articles.resize(1);
  articles.push_back(
      article("Quarry at Stonebeck sold",
              "The quarry at Stonebeck was sold on Friday to a maker of roofs. Foreman Odo Brack stays, the "
              "buyer said, and slate will be cut again from the old face.",
              "2031-11-21"));
  const CoverageInMemory coverage(std::move(articles));
  EXPECT_EQ(by_story(coverage, find_stories(coverage, {}, {}, {})).size(), 2U);
}

TEST(Stories, TwoEventsOfOneKindWithOtherPeopleAreTwoStories) {
  const CoverageInMemory coverage(
      {article(
           "Wexcombe dismisses Brenkel",
           "The club of Wexcombe dismissed its coach Oda Brenkel on Sunday after nine lost games. Brenkel "
           "had led Wexcombe for two seasons.",
           ""),
       article("Coach Brenkel has to go",
               "Oda Brenkel is no longer coach of Wexcombe. The board told Brenkel so after the last game, a "
               "loss at home.",
               ""),
       article("Ostrey parts with Marden",
               "Rufus Marden was dismissed as coach of Ostrey, which lost again on Sunday. Marden came to "
               "Ostrey in the spring.",
               ""),
       article("Marden leaves Ostrey",
               "The coach of Ostrey, Rufus Marden, must leave. The club dismissed Marden hours after its "
               "loss at home.",
               "")});
  const auto told = by_story(coverage, find_stories(coverage, {}, {}, {}));
  ASSERT_EQ(told.size(), 2U);
  for (const auto& [first, titles] : told) {
    ASSERT_EQ(titles.size(), 2U);
    EXPECT_EQ(titles[0].contains("Brenkel"), titles[1].contains("Brenkel"));
  }
}

TEST(Stories, ACopiedPassageJoinsWhatWordsWouldNot) {
  std::vector<CoveredArticle> articles = {
      article("Weather", "Rain fell over the northern moors all day.", "2031-03-04"),
      article("Roads", "Drivers met fallen branches near the ford at dawn.", "2031-03-04")};
  const CoverageInMemory coverage(std::move(articles));
  EXPECT_EQ(by_story(coverage, find_stories(coverage, {}, {}, {})).size(), 2U);
  ReusePair pair;
  pair.first = 0, pair.second = 1;
  pair.reuse.reuse = ReuseClass::kPartialCopy;
  const Stories stories = find_stories(coverage, std::vector{pair}, {}, {});
  EXPECT_EQ(by_story(coverage, stories).size(), 1U);
  EXPECT_THAT(stories.reasons[1], testing::HasSubstr("passages in common"));
}

TEST(Stories, WhatWasSaidFirstKnowsNothingOfLaterArticles) {
  // Without the last article the first ones are told the same.
  std::vector<CoveredArticle> fewer = two_stories();
  const CoverageInMemory all(two_stories());
  const Stories told = find_stories(all, {}, {}, {});
  for (ArticleNumber last = all.size(); last-- > 1;) {
    std::vector<CoveredArticle> begin;
    for (ArticleNumber i = 0; i < last; ++i) begin.push_back(*all.article(i));
    const Stories part = find_stories(CoverageInMemory(std::move(begin)), {}, {}, {});
    for (ArticleNumber i = 0; i < last; ++i) EXPECT_EQ(part.first_assignment[i], told.first_assignment[i]);
  }
}

TEST(Stories, TheTitleIsTheHeadlineThatMostShare) {
  const CoverageInMemory coverage(
      {article("QUARRY HORROR", "One.", "2031-03-04"),
       article("Quarry at Stonebeck collapses above two sheds", "Two.", "2031-03-05"),
       article("Stonebeck quarry collapses", "Three.", "2031-03-06")});
  const std::vector<ArticleNumber> articles = {0, 1, 2};
  EXPECT_THAT(story_title(coverage, articles), testing::HasSubstr("Stonebeck"));
  EXPECT_EQ(story_title(CoverageInMemory({}), {}), "");
}

}  // namespace
}  // namespace onrecord
