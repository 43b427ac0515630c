#include "serve/text_difference.h"

#include <gtest/gtest.h>

#include <random>

namespace onrecord {
namespace {

std::string joined(const std::vector<DifferenceRun>& runs, DifferenceKind left_out) {
  std::string text;
  for (const DifferenceRun& run : runs) {
    if (run.kind != left_out) text += run.text;
  }
  return text;
}

std::size_t changed_words(const std::vector<DifferenceRun>& runs) {
  std::size_t words = 0;
  for (const DifferenceRun& run : runs) {
    if (run.kind != DifferenceKind::kSame)
      words += static_cast<std::size_t>(std::count(run.text.begin(), run.text.end(), ' '));
  }
  return words;
}

/// The words that differ at least, by the longest common subsequence.
std::size_t least_changes(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<std::vector<std::size_t>> longest(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t k = 1; k <= b.size(); ++k) {
      longest[i][k] =
          a[i - 1] == b[k - 1] ? longest[i - 1][k - 1] + 1 : std::max(longest[i - 1][k], longest[i][k - 1]);
    }
  }
  return a.size() + b.size() - 2 * longest[a.size()][b.size()];
}

std::string text_of(const std::vector<int>& words) {
  std::string text;
  for (const int word : words) text += std::string(1, static_cast<char>('a' + word)) + " ";
  return text;
}

TEST(TextDifference, MarksWhatWentAndWhatCame) {
  const auto runs = text_difference("the old pier opens in May", "the new pier opens in June");
  ASSERT_EQ(runs.size(), 6U);
  EXPECT_EQ(runs[0].text, "the ");
  EXPECT_EQ(joined(runs, DifferenceKind::kAdded), "the old pier opens in May");
  EXPECT_EQ(joined(runs, DifferenceKind::kRemoved), "the new pier opens in June");
}

TEST(TextDifference, IsShortestAndGivesBothTextsBack) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::vector<int> a(random() % 12);
    std::vector<int> b(random() % 12);
    for (int& word : a) word = static_cast<int>(random() % 4);
    for (int& word : b) word = static_cast<int>(random() % 4);
    const auto runs = text_difference(text_of(a), text_of(b));
    ASSERT_EQ(joined(runs, DifferenceKind::kAdded), text_of(a));
    ASSERT_EQ(joined(runs, DifferenceKind::kRemoved), text_of(b));
    ASSERT_EQ(changed_words(runs), least_changes(a, b)) << text_of(a) << "| " << text_of(b);
  }
}

TEST(TextDifference, GivesUpOnTextsThatHaveNothingInCommon) {
  std::string one;
  std::string other;
  for (int i = 0; i < 5'000; ++i)
    one += "a" + std::to_string(i) + " ", other += "b" + std::to_string(i) + " ";
  EXPECT_EQ(text_difference(one, other).size(), 2U);
}

}  // namespace
}  // namespace onrecord
