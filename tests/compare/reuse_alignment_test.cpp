#include "compare/reuse_alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "compare/reuse_classes.h"
#include "compare/reuse_support.h"

namespace onrecord {
namespace {

using testing::words_of;

std::string random_text(std::mt19937& random, std::size_t words, std::uint32_t vocabulary) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += "w" + std::to_string(random() % vocabulary) + " ";
  return text;
}

/// Greedy string tiling as Wise defines it: the longest common run of free words, again and again.
std::vector<CommonRun> tile_slowly(const FoldedWords& a, const FoldedWords& b) {
  std::vector<bool> a_taken(a.size()), b_taken(b.size());
  std::vector<CommonRun> runs;
  while (true) {
    CommonRun best;
    for (std::uint32_t i = 0; i < a.size(); ++i) {
      for (std::uint32_t k = 0; k < b.size(); ++k) {
        std::uint32_t n = 0;
        while (i + n < a.size() && k + n < b.size() && !a_taken[i + n] && !b_taken[k + n] &&
               a[i + n].hash == b[k + n].hash) {
          ++n;
        }
        if (n > best.words) best = {i, k, n};
      }
    }
    if (best.words < 3) break;
    for (std::uint32_t i = 0; i < best.words; ++i) a_taken[best.first + i] = b_taken[best.second + i] = true;
    runs.push_back(best);
  }
  std::ranges::sort(runs);
  return runs;
}

std::uint32_t total(const std::vector<CommonRun>& runs) {
  std::uint32_t words = 0;
  for (const CommonRun run : runs) words += run.words;
  return words;
}

TEST(ReuseAlignment, ContainmentIsThatOfTheSlowReference) {
  std::mt19937 random(4);
  for (int round = 0; round < 120; ++round) {
    const std::string base =
        random_text(random, 20 + random() % 60, 40 + static_cast<std::uint32_t>(random() % 200));
    std::string other = base;
    for (int edit = 0; edit < 4; ++edit) {
      other.insert(other.find(' ', random() % other.size()) + 1, random_text(random, random() % 6, 200));
    }
    const FoldedWords a = words_of(base);
    const FoldedWords b = words_of(other);
    const auto fast = common_runs(a, b);
    const auto slow = tile_slowly(a, b);
    ASSERT_EQ(fast, slow) << base << "\n" << other;
    EXPECT_EQ(total(common_runs(b, a)), total(tile_slowly(b, a)));
  }
}

TEST(ReuseAlignment, RunsAreCommonAndDoNotOverlap) {
  std::mt19937 random(5);
  for (int round = 0; round < 100; ++round) {
    const FoldedWords a = words_of(random_text(random, random() % 400, 12));
    const FoldedWords b = words_of(random_text(random, random() % 400, 12));
    std::vector<bool> a_taken(a.size()), b_taken(b.size());
    for (const CommonRun run : common_runs(a, b)) {
      ASSERT_GE(run.words, 3U);
      for (std::uint32_t i = 0; i < run.words; ++i) {
        ASSERT_EQ(a[run.first + i].hash, b[run.second + i].hash);
        ASSERT_FALSE(a_taken[run.first + i] || b_taken[run.second + i]);
        a_taken[run.first + i] = b_taken[run.second + i] = true;
      }
    }
  }
}

TEST(ReuseAlignment, APassageBearsSmallEdits) {
  const std::string first =
      "Before. The council voted on Monday to close the old harbor bridge for two years.";
  const std::string second =
      "The council voted late on Monday to close the old harbor bridge for three long years. After.";
  const FoldedWords a = words_of(first);
  const FoldedWords b = words_of(second);
  const auto passages = common_passages(a, b);
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_EQ(passages[0].narrative, 12U);
  const SharedPassage bytes = shared_passage(passages[0], a, b);
  EXPECT_EQ(cut(first, bytes.first), "The council voted on Monday to close the old harbor bridge for");
  EXPECT_EQ(cut(second, bytes.second), "The council voted late on Monday to close the old harbor bridge for");
}

TEST(ReuseAlignment, WordsInMarksInEitherTextAreQuotation) {
  const FoldedWords a = words_of("He said \u201Cnobody will cross this bridge again\u201D on Monday");
  const FoldedWords b = words_of("He said nobody will cross this bridge again on Monday");
  const auto passages = common_passages(a, b);
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_EQ(passages[0].quotation, 6U);
  EXPECT_EQ(passages[0].narrative, 4U);
}

TEST(ReuseAlignment, OrderIsTheShareThatCanBeReadInBothTexts) {
  std::mt19937 random(6);
  const std::string a = random_text(random, 30, 100'000);
  const std::string b = random_text(random, 10, 100'000);
  const FoldedWords first = words_of(a + b);
  const FoldedWords second = words_of(b + a);
  const ReuseMeasures measures = measure(first, second, common_passages(first, second));
  EXPECT_EQ(measures.narrative, 40U);
  EXPECT_FLOAT_EQ(measures.order, 0.75F);
  EXPECT_FLOAT_EQ(measures.narrative_of_shorter(), 1.0F);
}

TEST(ReuseAlignment, TextsWithoutWordsHaveNothingInCommon) {
  EXPECT_TRUE(common_passages({}, words_of("one two three")).empty());
  EXPECT_TRUE(common_passages(words_of("one two"), words_of("one two")).empty());
  const ReuseMeasures none = measure({}, {}, {});
  EXPECT_EQ(none.narrative_of_shorter(), 0.0F);
  EXPECT_EQ(judge(none, Outlets::kDifferent).reuse, ReuseClass::kIndependent);
}

TEST(ReuseAlignment, RepeatedWordsCostNoMore) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "ha ";
  const FoldedWords words = words_of(text);
  EXPECT_TRUE(common_runs(words, words).empty());  // three words that stand everywhere begin nothing
}

}  // namespace
}  // namespace onrecord
