#include "compare/reprints.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>

#include "compare/reuse_support.h"

namespace onrecord {
namespace {

using testing::article;
using testing::with_field;

// A report in six paragraphs, and another one on the same event in its own words.
const std::string kLead =
    "The harbor bridge in Port Merrow will stay closed until spring, the town council decided on Monday "
    "night "
    "after engineers had found cracks in two of its piers.";
const std::string kCracks =
    "The cracks were found by divers who had been sent down to look for a lost anchor, and they reach deeper "
    "than "
    "anybody had expected when the first report came in.";
const std::string kMayor =
    "\u201CNobody will cross this bridge before I have walked over it myself with my own children,\u201D "
    "said "
    "Mayor Ada Lowe.";
const std::string kFerry =
    "Two ferries will carry passengers in the meantime, the first at five in the morning and the last "
    "shortly "
    "before midnight, and both of them are free for pupils.";
const std::string kCost =
    "Repairs are thought to cost eleven million crowns, of which the province has promised to pay a little "
    "less "
    "than half if the work begins before the snow melts.";
const std::string kHistory =
    "The bridge was built by a brewer who wanted his barrels on the other shore, and it has been painted "
    "green "
    "ever since the year of the great flood.";
const std::string kReport =
    kLead + "\n\n" + kCracks + "\n\n" + kMayor + "\n\n" + kFerry + "\n\n" + kCost + "\n\n" + kHistory;

const std::string kOwnWords =
    "Commuters in Port Merrow face a winter of boats. Councillors voted late on Monday to keep traffic off "
    "the "
    "old crossing, saying that its foundations were no longer safe.\n\n"
    "\u201CNobody will cross this bridge before I have walked over it myself with my own children,\u201D the "
    "mayor "
    "told a packed hall.\n\n"
    "Shopkeepers on the north shore fear for their Christmas trade. Some of them plan to hire a barge, "
    "others to "
    "shut until the snow is gone, and one has put up a sign that offers soup to anybody who comes by boat.";

std::vector<ReusePair> compare(std::vector<CoveredArticle> articles, unsigned threads = 1) {
  return find_reuse(CoverageInMemory(std::move(articles)), {threads, {}});
}

/// The one pair that two articles make; independent when there is none.
Reuse pair_of(CoveredArticle first, CoveredArticle second) {
  const auto pairs = compare({std::move(first), std::move(second)});
  return pairs.empty() ? Reuse{} : pairs.front().reuse;
}

TEST(Reprints, TheSameArticleWithSmallEditsIsAFullReprint) {
  std::string edited = kReport;
  edited.replace(edited.find("decided"), 7, "resolved");
  edited.replace(edited.find("eleven million"), 14, "12 million");
  const Reuse reuse =
      pair_of(article("Harbor Ledger", "2026-01-05", kReport), article("Quay", "2026-01-06", edited));
  EXPECT_EQ(reuse.reuse, ReuseClass::kFullReprint);
  EXPECT_EQ(reuse.direction, ReuseDirection::kSecondFromFirst);
  EXPECT_GT(reuse.narrative_containment, 0.9F);
  EXPECT_FLOAT_EQ(reuse.quotation_containment, 1.0F);
  EXPECT_NE(reuse.reason.find("in their order"), std::string::npos) << reuse.reason;
}

TEST(Reprints, AnArticleCutDownIsAbridged) {
  const Reuse reuse = pair_of(article("Harbor Ledger", "2026-01-05", kReport),
                              article("Quay", "2026-01-06", kLead + "\n\n" + kFerry));
  EXPECT_EQ(reuse.reuse, ReuseClass::kAbridged);
  EXPECT_EQ(reuse.direction, ReuseDirection::kSecondFromFirst);
}

TEST(Reprints, ALongerArticleThatCameLaterDoesNotTellWhoHasItFromWhom) {
  const Reuse reuse = pair_of(article("Harbor Ledger", "2026-01-06", kReport),
                              article("Quay", "2026-01-05", kLead + "\n\n" + kFerry));
  EXPECT_EQ(reuse.reuse, ReuseClass::kAbridged);
  EXPECT_EQ(reuse.direction, ReuseDirection::kUnknown);
}

TEST(Reprints, PassagesInAReportOfItsOwnAreAPartialCopy) {
  const std::string mixed = kOwnWords + "\n\n" + kCost;
  const Reuse reuse =
      pair_of(article("Harbor Ledger", "2026-01-05", kReport), article("Quay", "2026-01-06", mixed));
  EXPECT_EQ(reuse.reuse, ReuseClass::kPartialCopy);
  ASSERT_EQ(reuse.passages.size(), 2U);  // the mayor's words, and the cost
  EXPECT_EQ(cut(kReport, reuse.passages[1].first), kCost.substr(0, kCost.size() - 1));
  EXPECT_EQ(cut(mixed, reuse.passages[1].second), kCost.substr(0, kCost.size() - 1));
}

TEST(Reprints, WordsThatSomebodySaidMakeNoCopy) {
  const Reuse reuse =
      pair_of(article("Harbor Ledger", "2026-01-05", kReport), article("Quay", "2026-01-06", kOwnWords));
  EXPECT_EQ(reuse.reuse, ReuseClass::kQuotesOnly);
  EXPECT_EQ(reuse.direction, ReuseDirection::kUnknown);
  EXPECT_GT(reuse.quotation_containment, 0.9F);
  EXPECT_LT(reuse.narrative_containment, 0.1F);
}

TEST(Reprints, ArticlesWithWordsOfTheirOwnAreIndependent) {
  EXPECT_TRUE(
      compare({article("Ledger", "", kCost + "\n\n" + kHistory), article("Quay", "", kOwnWords)}).empty());
}

TEST(Reprints, TwoThatCopyOneReleaseHaveACommonSource) {
  const std::string release = "FOR IMMEDIATE RELEASE\n\n" + kCost + "\n\n" + kFerry + "\n\n" + kHistory;
  const std::string first = kOwnWords + "\n\n" + kCost;
  const std::string second =
      "The brass band of Lower Merrow plays on the ice again. Tickets are sold at the bakery, and whoever "
      "brings a "
      "chair may sit down. Soup is served from noon by the wives of the pilots.\n\n" +
      kCost;
  const auto pairs = compare({article("Town of Port Merrow", "2026-01-04", release),
                              article("Ledger", "2026-01-05", first), article("Quay", "2026-01-06", second)});
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].reuse.reuse, ReuseClass::kPartialCopy);
  EXPECT_EQ(pairs[1].reuse.reuse, ReuseClass::kPartialCopy);
  EXPECT_EQ(pairs[2].reuse.reuse, ReuseClass::kCommonSource);
  EXPECT_EQ(pairs[2].reuse.direction, ReuseDirection::kUnknown);
}

TEST(Reprints, TwoReprintsOfAnAgencysReportHaveItFromThere) {
  const auto agency = with_field(article("Harbor Ledger", "2026-01-04", kReport), "author", "Reuters");
  const auto pairs = compare({agency, article("Quay", "2026-01-05", kReport + " Copied."),
                              article("Evening Bell", "2026-01-06", kReport + " Printed.")});
  ASSERT_EQ(pairs.size(), 3U);
  for (const ReusePair& pair : pairs) {
    EXPECT_EQ(pair.reuse.direction, ReuseDirection::kBothFromAgency) << pair.reuse.reason;
  }
  EXPECT_NE(pairs[2].reuse.reason.find("both reprint one agency's report"), std::string::npos);
}

/// Articles that have nothing in common, by a seed.
std::string story(unsigned seed, std::size_t words = 120) {
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += "word" + std::to_string(random() % 100'000) + " ";
  return text + ".";
}

const std::string kNote =
    "Editor's note: this newspaper keeps to the rules of the Merrow Press Circle, which every reader may "
    "have sent "
    "home for the price of a stamp, and corrects whatever it has got wrong on page two.";

TEST(Reprints, WhatAnOutletPrintsAgainAndAgainCarriesNoWeight) {
  std::vector<CoveredArticle> articles;
  for (unsigned i = 0; i < 6; ++i) {
    articles.push_back(article("Ledger", "2026-02-0" + std::to_string(i + 1), story(i) + "\n\n" + kNote));
  }
  articles.push_back(article("Quay", "2026-02-09", story(90) + "\n\n" + kNote));
  EXPECT_TRUE(compare(articles).empty());
  // From two articles with it nothing can be learnt.
  articles.erase(articles.begin() + 2, articles.begin() + 6);
  EXPECT_EQ(compare(articles).size(), 2U);
}

TEST(Reprints, WhatEndsTwoArticlesOfOneOutletIsItsNote) {
  const std::string first = story(1) + "\n\n" + kNote;
  const std::string second = story(2) + "\n\n" + kNote;
  EXPECT_TRUE(compare({article("Ledger", "", first), article("Ledger", "", second)}).empty());
  EXPECT_EQ(compare({article("Ledger", "", first), article("Quay", "", second)}).size(), 1U);
  // In the middle it is background that the outlet tells again.
  const std::string third = story(3) + "\n\n" + kNote + "\n\n" + story(4);
  EXPECT_EQ(compare({article("Ledger", "", first), article("Ledger", "", third)}).size(), 1U);
}

TEST(Reprints, AReprintIsFoundBesideBoilerplate) {
  std::vector<CoveredArticle> articles;
  for (unsigned i = 0; i < 6; ++i) {
    articles.push_back(article("Ledger", "2026-02-0" + std::to_string(i + 1), story(i) + "\n\n" + kNote));
  }
  articles.push_back(article("Quay", "2026-02-09", story(3)));
  const auto pairs = compare(articles);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].reuse.reuse, ReuseClass::kFullReprint);
  EXPECT_FLOAT_EQ(pairs[0].reuse.narrative_containment, 1.0F);
}

TEST(Reprints, ReprintsOfOneReportDoNotMakeItBoilerplate) {
  std::vector<CoveredArticle> articles;
  for (unsigned i = 0; i < 6; ++i) {
    articles.push_back(article("Wire", "2026-02-0" + std::to_string(i + 1), kReport + "\n\n" + story(i, 9)));
  }
  articles.push_back(article("Quay", "2026-02-09", kReport));
  std::size_t with_quay = 0;
  for (const ReusePair& pair : compare(articles)) {
    EXPECT_EQ(pair.reuse.reuse, ReuseClass::kFullReprint);
    with_quay += pair.second == 6 ? 1U : 0U;
  }
  EXPECT_EQ(with_quay, 6U);
}

using Row = std::tuple<ArticleNumber, ArticleNumber, ReuseClass, ReuseDirection, std::string, std::size_t>;
std::vector<Row> rows(const std::vector<ReusePair>& pairs) {
  std::vector<Row> rows;
  for (const ReusePair& pair : pairs) {
    rows.emplace_back(pair.first, pair.second, pair.reuse.reuse, pair.reuse.direction, pair.reuse.reason,
                      pair.reuse.passages.size());
  }
  return rows;
}

TEST(Reprints, AreTheSameWhateverTheThreadsAndTheOrderOfIntake) {
  std::mt19937 random(10);
  std::vector<CoveredArticle> articles;
  for (unsigned i = 0; i < 700; ++i) {
    std::string text = story(i % 200, 60) + "\n\n" + story(1000 + i, random() % 90);
    if (i % 3 == 0) text += "\n\n" + kNote;
    articles.push_back(article("Outlet " + std::to_string(i % 23),
                               i % 5 == 0 ? "" : "2026-03-1" + std::to_string(i % 7), std::move(text)));
  }
  const auto expected = rows(compare(articles, 1));
  EXPECT_GT(expected.size(), 200U);
  std::ranges::shuffle(articles, random);
  for (const unsigned threads : {2U, 3U, 8U})
    EXPECT_EQ(rows(compare(articles, threads)), expected) << threads;
}

TEST(Reprints, TellHowFarTheyAre) {
  std::vector<CoveredArticle> articles;
  for (unsigned i = 0; i < 30; ++i) articles.push_back(article("", "", story(i, 40)));
  ArticleNumber last = 0;
  const CompareOptions options{2, [&](ArticleNumber done) {
                                 EXPECT_GE(done, last);
                                 last = done;
                               }};
  (void)find_reuse(CoverageInMemory(articles), options);
  EXPECT_EQ(last, 30U);
}

TEST(Reprints, ACoverageOfNothingHasNone) { EXPECT_TRUE(compare({}).empty()); }

}  // namespace
}  // namespace onrecord
