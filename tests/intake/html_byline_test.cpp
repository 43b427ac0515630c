#include "intake/html_byline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/html_date.h"
#include "intake/json_ld.h"

namespace onrecord {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(std::string_view byline) {
  std::vector<std::string> found;
  for (const Author& author : authors_in(byline)) found.push_back(author.name);
  return found;
}

TEST(Byline, SplitsNamesAndDropsRoles) {
  EXPECT_THAT(names("By Ada Lowe, Jun Park and Mia Orr"), ElementsAre("Ada Lowe", "Jun Park", "Mia Orr"));
  EXPECT_THAT(names("By Ada Lowe, Staff Writer"), ElementsAre("Ada Lowe"));
  EXPECT_THAT(names("Written by Ada Lowe | Harbor Wire"), ElementsAre("Ada Lowe", "Harbor Wire"));
  EXPECT_THAT(names("Martin Orr, Jr."), ElementsAre("Martin Orr, Jr."));
  EXPECT_THAT(names("ADA LOWE & JUN PARK"), ElementsAre("ADA LOWE", "JUN PARK"));
  EXPECT_THAT(names("By Ada Lowe for the Wexcombe Ledger"), ElementsAre("Ada Lowe"));
}

TEST(Byline, WhatNamesNobodyIsNoAuthor) {
  EXPECT_THAT(names("admin"), IsEmpty());
  EXPECT_THAT(names("ada.lowe@ledger.example"), IsEmpty());
  EXPECT_THAT(names("https://ledger.example/authors/ada-lowe"), IsEmpty());
  EXPECT_THAT(names("@adalowe"), IsEmpty());
}

TEST(Byline, TellsOrganisationsFromPersons) {
  EXPECT_EQ(authors_in("By The Associated Press").at(0).kind, AuthorKind::kOrganization);
  EXPECT_EQ(authors_in("By Ledger Staff").at(0).kind, AuthorKind::kOrganization);
  EXPECT_EQ(authors_in("By Ada Lowe").at(0).kind, AuthorKind::kPerson);
}

TEST(Byline, IsALineThatBeginsAsOne) {
  EXPECT_TRUE(is_byline("By Ada Lowe"));
  EXPECT_FALSE(is_byline("By the time they came it was dark"));
  EXPECT_FALSE(is_byline("Ada Lowe"));
}

TEST(Byline, ReadsTheAgencyOfADateline) {
  EXPECT_EQ(agency_of_dateline("WEXCOMBE, N.J. (AP) — The board met"), "Associated Press");
  EXPECT_EQ(agency_of_dateline("The board (AP) met"), "");
  EXPECT_EQ(agency_of_dateline("The members (of whom few came) — met"), "");
}

TEST(PageDate, IsFoundInALine) {
  EXPECT_EQ(date_in_line("Updated August 11, 2025"), "2025-08-11");
  EXPECT_EQ(date_in_line("Published: 2025-08-11 | Harbour"), "2025-08-11");
  EXPECT_EQ(date_in_line("5 things to know in 2025"), std::nullopt);
}

TEST(PageDate, IsFoundInAUrl) {
  EXPECT_EQ(date_in_url("https://ledger.example/2025/08/11/pier"), "2025-08-11");
  EXPECT_EQ(date_in_url("https://ledger.example/news/2025-08-11-pier.html"), "2025-08-11");
  EXPECT_EQ(date_in_url("https://ledger.example/20250811/pier"), "2025-08-11");
  EXPECT_EQ(date_in_url("https://ledger.example/pier/20250899"), std::nullopt);
  EXPECT_EQ(date_in_url("https://ledger.example/?d=/2025/08/11/"), std::nullopt);
}

TEST(PageDate, IsAfterTheCrawlOnlyWhenNoZoneCanExplainIt) {
  EXPECT_TRUE(is_after("2025-09-03", "2025-09-01"));
  EXPECT_FALSE(is_after("2025-09-02", "2025-09-01"));
  EXPECT_FALSE(is_after("2025", "2025-09-01"));
}

TEST(JsonLd, IsReadDespiteCommonMistakes) {
  PageMetadata metadata;
  EXPECT_TRUE(add_json_ld(
      "/*<![CDATA[*/ {\"@graph\":[{\"@type\":[\"NewsArticle\"],\"headline\":\"Pier &amp; mill\n stay\","
      "\"author\":{\"name\":\"Ada Lowe\"},},]} /*]]>*/",
      {}, metadata));
  ASSERT_EQ(metadata.headlines.size(), 1U);
  EXPECT_EQ(metadata.headlines[0].value, "Pier & mill stay");
  ASSERT_EQ(metadata.authors.size(), 1U);
  EXPECT_EQ(metadata.authors[0].name.value, "Ada Lowe");
}

TEST(JsonLd, ThatNestsTooDeepSaysNothing) {
  PageMetadata metadata;
  std::string deep = "{\"@type\":\"NewsArticle\",\"headline\":\"Pier\",\"x\":";
  for (int i = 0; i < 10'000; ++i) deep += '[';
  for (int i = 0; i < 10'000; ++i) deep += ']';
  EXPECT_FALSE(add_json_ld(deep + "}", {}, metadata));
  EXPECT_TRUE(metadata.headlines.empty());
}

}  // namespace
}  // namespace onrecord
