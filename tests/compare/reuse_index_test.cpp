#include "compare/reuse_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace onrecord {
namespace {

using Found = std::vector<std::vector<ReuseCandidate>>;

ArticleSketch sketch(OutletNumber outlet, const std::vector<std::uint64_t>& hashes) {
  ArticleSketch made;
  made.outlet = outlet;
  for (const std::uint64_t hash : hashes) made.shingles.push_back({hash * 0x9E3779B97F4A7C15ULL, 0});
  return made;
}

/// Articles of shingles that are rare, shared by a few, and stock phrases.
std::vector<ArticleSketch> random_sketches(std::size_t size, std::uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<ArticleSketch> sketches;
  for (std::size_t i = 0; i < size; ++i) {
    std::set<std::uint64_t> hashes;
    for (int k = 0; k < 30; ++k) hashes.insert(random());
    for (int k = 0; k < 5; ++k) hashes.insert(random() % (size * 2));
    for (int k = 0; k < 5; ++k) hashes.insert(random() % 40);
    sketches.push_back(sketch(static_cast<OutletNumber>(random() % 50), {hashes.begin(), hashes.end()}));
    for (SampledShingle& one : sketches.back().shingles) {
      if (random() % 4 == 0) one.kind = WordKind::kQuoted;
    }
  }
  return sketches;
}

Found find(const std::vector<ArticleSketch>& sketches, std::size_t batch, unsigned threads) {
  ReuseIndex index;
  Found found;
  for (std::size_t at = 0; at < sketches.size(); at += batch) {
    const auto size = std::min(batch, sketches.size() - at);
    for (auto& one : index.add(std::span(sketches).subspan(at, size), threads))
      found.push_back(std::move(one));
  }
  return found;
}

std::vector<std::array<std::uint32_t, 4>> rows(const Found& found) {
  std::vector<std::array<std::uint32_t, 4>> rows;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    for (const ReuseCandidate& one : found[i]) rows.push_back({i, one.article, one.narrative, one.quotation});
  }
  return rows;
}

TEST(ReuseIndex, GivesTheSameWhateverTheThreadsAndBatches) {
  const auto sketches = random_sketches(1500, 7);
  const auto one_by_one = rows(find(sketches, 1, 1));
  EXPECT_GT(one_by_one.size(), 100U);
  for (const unsigned threads : {1U, 2U, 5U}) {
    for (const std::size_t batch : {std::size_t{7}, std::size_t{512}, sketches.size()}) {
      EXPECT_EQ(rows(find(sketches, batch, threads)), one_by_one)
          << threads << " threads, batches of " << batch;
    }
  }
}

TEST(ReuseIndex, CountsWhatEarlierArticlesShareAsASlowIndexDoes) {
  std::mt19937_64 random(8);
  std::vector<std::vector<std::uint64_t>> articles(300);
  for (auto& article : articles) {
    for (int k = 0; k < 12; ++k) article.push_back(1 + random() % 1200);
    std::ranges::sort(article);
    article.erase(std::ranges::unique(article).begin(), article.end());
  }
  std::vector<ArticleSketch> sketches;
  for (const auto& article : articles) sketches.push_back(sketch(0, article));
  const Found found = find(sketches, 64, 2);
  std::map<std::uint64_t, std::vector<std::uint32_t>> holders;
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    std::map<std::uint32_t, std::pair<int, bool>> expected;
    for (const std::uint64_t hash : articles[i]) {
      auto& list = holders[hash];
      for (const std::uint32_t other : list) {
        ++expected[other].first;
        expected[other].second |= list.size() < 4;
      }
      if (list.size() < kLongestList) list.push_back(i);
    }
    std::map<std::uint32_t, int> counts;
    for (const auto& [other, shared] : expected) {
      if (shared.second || shared.first > 1) counts[other] = shared.first;
    }
    std::map<std::uint32_t, int> got;
    for (const ReuseCandidate& one : found[i]) got[one.article] = one.narrative + one.quotation;
    ASSERT_EQ(got, counts) << "article " << i;
  }
}

TEST(ReuseIndex, QuotationsAreCountedApart) {
  ArticleSketch first = sketch(1, {1, 2, 3});
  ArticleSketch second = sketch(2, {1, 2, 3});
  first.shingles[0].kind = WordKind::kQuoted;
  second.shingles[1].kind = WordKind::kQuoted;
  const Found found = find({first, second}, 2, 1);
  ASSERT_EQ(found[1].size(), 1U);
  EXPECT_EQ(found[1][0].narrative, 1);
  EXPECT_EQ(found[1][0].quotation, 2);
}

TEST(ReuseIndex, LearnsWhatAnOutletPrintsAgainAndAgain) {
  ReuseIndex index;
  std::vector<ArticleSketch> sketches;
  for (std::uint64_t i = 0; i < 4; ++i)
    sketches.push_back(sketch(3, {7, 100 + i, 200 + i, 300 + i, 400 + i}));
  for (std::uint64_t i = 0; i < 4; ++i)
    sketches.push_back(sketch(4 + static_cast<OutletNumber>(i), {8, 500 + i}));
  (void)index.add(sketches, 1);
  EXPECT_TRUE(index.is_boilerplate(sketches[0].shingles[0].hash));
  EXPECT_FALSE(index.is_boilerplate(sketches[0].shingles[1].hash));
  EXPECT_FALSE(index.is_boilerplate(sketches[4].shingles[0].hash));  // four outlets, one article each
}

TEST(ReuseIndex, VersionsOfAReportThatOneOutletPrintsAreNoBoilerplate) {
  ReuseIndex index;
  std::vector<ArticleSketch> sketches;
  for (std::uint64_t i = 0; i < 6; ++i) sketches.push_back(sketch(3, {1, 2, 3, 4, 100 + i}));
  (void)index.add(sketches, 1);
  EXPECT_FALSE(index.is_boilerplate(sketches[0].shingles[0].hash));
}

TEST(ReuseIndex, ArticlesOfNoKnownOutletTakeMoreToTeachAndOnlyTheirOwnWords) {
  ReuseIndex index;
  std::vector<ArticleSketch> sketches;
  constexpr std::uint64_t kFew = ReuseIndex::kFrequentWithoutOutlet - 1;
  for (std::uint64_t i = 0; i < 9; ++i) {
    sketches.push_back(sketch(0, {1, 100 + i, 200 + i, i < kFew ? 2 : 300 + i, 400 + i, 500 + i, 600 + i}));
    SampledShingle said = sketches[0].shingles[0];
    said.hash ^= 1, said.kind = WordKind::kQuoted;
    sketches.back().shingles.push_back(said);
  }
  (void)index.add(sketches, 1);
  EXPECT_TRUE(index.is_boilerplate(sketches[0].shingles[0].hash));
  EXPECT_FALSE(index.is_boilerplate(sketches[0].shingles[3].hash));
  EXPECT_FALSE(index.is_boilerplate(sketches[0].shingles.back().hash));
}

TEST(ReuseIndex, ReprintsOfOneReportByUnknownOutletsAreNoBoilerplate) {
  ReuseIndex index;
  std::vector<ArticleSketch> sketches;
  for (std::uint64_t i = 0; i < 12; ++i) sketches.push_back(sketch(0, {1, 2, 3, 4, 100 + i}));
  (void)index.add(sketches, 1);
  EXPECT_FALSE(index.is_boilerplate(sketches[0].shingles[0].hash));
}

TEST(ReuseIndex, ReprintsBeyondTheLongestListAreFoundThroughTheFirst) {
  std::vector<ArticleSketch> sketches;
  for (std::uint32_t i = 0; i < 200; ++i) sketches.push_back(sketch(i + 1, {1, 2, 3, 4, 5, 1000 + i}));
  const Found found = find(sketches, 32, 2);
  for (std::size_t i = 1; i < found.size(); ++i) {
    ASSERT_EQ(found[i].size(), std::min(i, kLongestList));
    EXPECT_EQ(found[i].front().article, 0U);
    EXPECT_EQ(found[i].front().narrative, 5);
  }
}

/// Counted steps, no clock. Tables grow by doubling, so that what counts is the mean so far.
TEST(ReuseIndex, AnArticleCostsTheSameHoweverManyThereAre) {
  const auto sketches = random_sketches(60'000, 9);
  ReuseIndex index;
  std::vector<double> means;
  for (std::size_t at = 0; at < sketches.size(); at += 10'000) {
    (void)index.add(std::span(sketches).subspan(at, 10'000), 1);
    means.push_back(static_cast<double>(index.steps()) / static_cast<double>(at + 10'000));
  }
  const auto [least, most] = std::ranges::minmax(means);
  EXPECT_LT(most, 1.5 * least) << ::testing::PrintToString(means);
}

/// The worst that articles can do: all hold the same stock phrases.
TEST(ReuseIndex, StockPhrasesCostAFixedNumberOfSteps) {
  std::vector<ArticleSketch> sketches;
  for (std::uint64_t i = 0; i < 20'000; ++i)
    sketches.push_back(sketch(0, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000 + i}));
  ReuseIndex index;
  (void)index.add(std::span(sketches).first(10'000), 1);
  const std::uint64_t of_first = index.steps();
  (void)index.add(std::span(sketches).subspan(10'000), 1);
  EXPECT_LT(static_cast<double>(index.steps() - of_first), 1.1 * static_cast<double>(of_first));
  EXPECT_LT(index.steps(), 20'000U * 10 * (kLongestList + 10));
}

}  // namespace
}  // namespace onrecord
