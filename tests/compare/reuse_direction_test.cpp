#include "compare/reuse_direction.h"

#include <gtest/gtest.h>

#include "compare/reuse_support.h"

namespace onrecord {
namespace {

using testing::article;
using testing::with_field;

constexpr std::string_view kText =
    "The pier in Port Merrow was closed on Monday, and nobody knows for how long.";

CoveredArticle pier(std::string outlet, std::string published = "") {
  return article(std::move(outlet), std::move(published), std::string(kText));
}

/// The verdict on two that are the same, the first somewhat longer.
DirectionVerdict verdict(const CoveredArticle& first, const CoveredArticle& second,
                         ReuseClass reuse = ReuseClass::kFullReprint, std::string_view shared = kText) {
  const ReuseMeasures measures{.first = {120, 0}, .second = {100, 0}, .narrative = 95, .scattered = 95};
  return direction_of(provenance_of(first), provenance_of(second), measures, reuse, shared);
}

TEST(ReuseDirection, ACanonicalLinkToTheOthersSiteComesFirst) {
  auto first = with_field(pier("Quay", "2026-01-01"), "canonical_url", "https://quay.example/pier");
  first = with_field(first, "canonical_url", "https://ledger.example/news/pier");
  first = with_field(first, "author", "The Associated Press");
  const auto second =
      with_field(pier("Ledger", "2026-01-02"), "canonical_url", "https://ledger.example/news/pier");
  const DirectionVerdict found = verdict(first, second);
  EXPECT_EQ(found.direction, ReuseDirection::kFirstFromSecond);
  EXPECT_NE(found.evidence.find("https://ledger.example/news/pier"), std::string::npos);
  EXPECT_EQ(verdict(second, first).direction, ReuseDirection::kSecondFromFirst);
}

TEST(ReuseDirection, ANoticeOfRepublicationComesBeforeAnAgency) {
  auto first = with_field(pier("Quay"), "republication",
                          "This article was originally published by the Harbor Ledger.");
  first = with_field(first, "author", "Reuters");
  EXPECT_EQ(verdict(first, pier("Harbor Ledger")).direction, ReuseDirection::kFirstFromSecond);
  EXPECT_EQ(verdict(first, pier("Evening Bell")).direction, ReuseDirection::kBothFromAgency);
}

TEST(ReuseDirection, AnAgencyAsAuthorMakesBothItsCopies) {
  const DirectionVerdict found =
      verdict(with_field(pier("Quay"), "author", "Associated Press"), pier("Ledger"));
  EXPECT_EQ(found.direction, ReuseDirection::kBothFromAgency);
  EXPECT_EQ(found.evidence, "its author is Associated Press");
}

TEST(ReuseDirection, ACopyOfTheAgencyIsFromItWhenTheOtherIsTheAgency) {
  const auto copy = with_field(pier("Quay"), "author", "The Associated Press");
  EXPECT_EQ(verdict(pier("Associated Press"), copy).direction, ReuseDirection::kSecondFromFirst);
  EXPECT_EQ(verdict(pier("bigstory.ap.org"), pier("Quay")).direction, ReuseDirection::kSecondFromFirst);
}

TEST(ReuseDirection, PassagesOfAnAgencysReportAreOfAnotherVersionOfIt) {
  EXPECT_EQ(verdict(pier("apnews.com"), pier("Quay"), ReuseClass::kPartialCopy).direction,
            ReuseDirection::kBothFromAgency);
}

TEST(ReuseDirection, ThatAnAgencyContributedSaysNothing) {
  CoveredArticle first =
      article("Quay", "", std::string(kText) + "\n\nThe Associated Press contributed to this report.");
  first.article.paragraphs[1].role = ParagraphRole::kByline;
  EXPECT_EQ(verdict(first, pier("Ledger")).direction, ReuseDirection::kUnknown);
}

TEST(ReuseDirection, NorDoesAnAgencysPicture) {
  CoveredArticle first = article("Quay", "", std::string(kText) + "\n\nThe pier on Monday. Jun Park/AP");
  first.article.paragraphs[1].role = ParagraphRole::kCredit;
  EXPECT_EQ(verdict(first, pier("Ledger")).direction, ReuseDirection::kUnknown);
}

TEST(ReuseDirection, TheCopyrightInATextIsItsCredit) {
  CoveredArticle first = article(
      "Quay", "", std::string(kText) + "\n\nCopyright 2026 The Associated Press. All rights reserved.");
  first.article.paragraphs[1].role = ParagraphRole::kCopyright;
  EXPECT_EQ(verdict(first, pier("Ledger")).direction, ReuseDirection::kBothFromAgency);
}

TEST(ReuseDirection, ADatelineNamesTheAgency) {
  const auto first = article("Quay", "", "PORT MERROW (AP) - " + std::string(kText));
  const DirectionVerdict found = verdict(first, pier("Ledger"));
  EXPECT_EQ(found.direction, ReuseDirection::kBothFromAgency);
  EXPECT_EQ(found.evidence, "\"(AP)\" in its dateline");
}

TEST(ReuseDirection, TwoAgenciesContradictEachOther) {
  EXPECT_EQ(
      verdict(with_field(pier("Quay"), "author", "AFP"), with_field(pier("Ledger"), "author", "Reuters"))
          .direction,
      ReuseDirection::kUnknown);
}

TEST(ReuseDirection, OnlyAnAgencyWritesThatSomebodyToldIt) {
  EXPECT_EQ(verdict(pier("Quay"), pier("Ledger"), ReuseClass::kPartialCopy, "the mayor told AFP on Monday")
                .direction,
            ReuseDirection::kBothFromAgency);
  EXPECT_EQ(verdict(pier("Quay"), pier("Ledger"), ReuseClass::kPartialCopy, "the mayor told AFPOW on Monday")
                .direction,
            ReuseDirection::kUnknown);
}

TEST(ReuseDirection, WhoCreditsTheOtherHasItFromThere) {
  CoveredArticle first = pier("Quay");
  first.quotations.emplace_back().quotation.authority.push_back({"The Harbor Ledger", {}});
  EXPECT_EQ(verdict(first, pier("Harbor Ledger"), ReuseClass::kPartialCopy).direction,
            ReuseDirection::kFirstFromSecond);
}

TEST(ReuseDirection, TimeTellsOnlyOfWhatWasTakenWhole) {
  const auto early = pier("Quay", "2026-01-04");
  const auto late = pier("Ledger", "2026-01-05T08:00:00+01:00");
  EXPECT_EQ(verdict(early, late).direction, ReuseDirection::kSecondFromFirst);
  EXPECT_EQ(verdict(early, late, ReuseClass::kAbridged).direction, ReuseDirection::kSecondFromFirst);
  EXPECT_EQ(verdict(late, early, ReuseClass::kAbridged).direction,
            ReuseDirection::kUnknown);  // the longer came later
  EXPECT_EQ(verdict(early, late, ReuseClass::kPartialCopy).direction, ReuseDirection::kUnknown);
  EXPECT_EQ(verdict(early, pier("Ledger", "2026-01-04T20:00:00Z")).direction, ReuseDirection::kUnknown);
  EXPECT_EQ(verdict(early, pier("Ledger")).direction, ReuseDirection::kUnknown);
}

TEST(ReuseDirection, QuotationsHaveNone) {
  EXPECT_EQ(
      verdict(with_field(pier("Quay"), "author", "AFP"), pier("Ledger"), ReuseClass::kQuotesOnly).direction,
      ReuseDirection::kUnknown);
}

TEST(Provenance, PressReleasesShowThemselves) {
  EXPECT_TRUE(provenance_of(article("Town", "", "For Immediate Release\n\nThe pier is closed.")).is_release);
  EXPECT_TRUE(provenance_of(pier("PR Newswire")).is_release);
  EXPECT_FALSE(provenance_of(pier("Quay")).is_release);
}

TEST(Provenance, AStateIsNoAgency) {
  EXPECT_EQ(provenance_of(with_field(pier("Quay"), "author", "Ada Lowe, Scranton, PA")).by_author.agency, "");
  EXPECT_EQ(provenance_of(with_field(pier("Quay"), "author", "PA")).by_author.agency, "PA Media");
}

}  // namespace
}  // namespace onrecord
