#include "compare/word_alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace onrecord {
namespace {

/// A side: small letters are words worth 1, capitals words worth 2, '.' before a word says that something was
/// cut there,
/// '(' that the word is free.
struct Side {
  std::string words;
  std::vector<AlignedWordTraits> traits;
};

Side side(std::string_view text) {
  Side made;
  AlignedWordTraits next;
  for (const char c : text) {
    if (c == '.') {
      next.after_gap = true;
    } else if (c == '(') {
      next.free = true;
    } else {
      made.words += c;
      made.traits.push_back(next);
      next = {};
    }
  }
  return made;
}

float worth(const Side& a, const Side& b, std::uint32_t i, std::uint32_t k) {
  return a.words[i] != b.words[k] ? 0.0F : a.words[i] >= 'a' ? 1.0F : 2.0F;
}

WordAlignment align(const Side& a, const Side& b) {
  return align_words(a.traits, b.traits, [&](std::uint32_t i, std::uint32_t k) { return worth(a, b, i, k); });
}

enum class Before { kBoth, kFirst, kSecond };

/// The best score of what may follow when `i` and `k` words are used up: tries every way.
float best_from(const Side& a, const Side& b, std::uint32_t i, std::uint32_t k, Before before) {
  float best = before == Before::kBoth ? 0 : -1e9F;
  if (i < a.words.size() && k < b.words.size() && worth(a, b, i, k) > 0) {
    const float in_a_row = before == Before::kBoth ? kInARow : 0;
    best = std::max(best, worth(a, b, i, k) + in_a_row + best_from(a, b, i + 1, k + 1, Before::kBoth));
  }
  if (i < a.words.size()) {
    const bool free = a.traits[i].free || (k < b.words.size() && b.traits[k].after_gap);
    const float cost = free ? 0 : before == Before::kFirst ? kExtendGap : kOpenGap;
    best = std::max(best, best_from(a, b, i + 1, k, Before::kFirst) - cost);
  }
  if (k < b.words.size()) {
    const bool free = b.traits[k].free || (i < a.words.size() && a.traits[i].after_gap);
    const float cost = free ? 0 : before == Before::kSecond ? kExtendGap : kOpenGap;
    best = std::max(best, best_from(a, b, i, k + 1, Before::kSecond) - cost);
  }
  return best;
}

float best_of_all_ways(const Side& a, const Side& b) {
  float best = 0;
  for (std::uint32_t i = 0; i < a.words.size(); ++i) {
    for (std::uint32_t k = 0; k < b.words.size(); ++k) {
      if (worth(a, b, i, k) > 0)
        best = std::max(best, worth(a, b, i, k) + best_from(a, b, i + 1, k + 1, Before::kBoth));
    }
  }
  return best;
}

/// What the pairs of an alignment are worth, counted anew.
float score_of(const Side& a, const Side& b, const std::vector<WordPair>& pairs) {
  float score = 0;
  for (const WordPair pair : pairs) score += worth(a, b, pair.first, pair.second);
  return score;
}

TEST(WordAlignment, FindsWhatEveryWayWouldFind) {
  std::mt19937 random(11);  // NOLINT(bugprone-random-generator-seed): the same every time
  const std::string alphabet = "abcABC.(";
  for (int round = 0; round < 2'000; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      for (std::size_t length = 1 + random() % 6; length > 0; --length)
        text += alphabet[random() % alphabet.size()];
      text += alphabet[random() % 6];
    }
    const Side a = side(texts[0]);
    const Side b = side(texts[1]);
    const WordAlignment fast = align(a, b);
    ASSERT_NEAR(fast.score, best_of_all_ways(a, b), 1e-4F) << texts[0] << " / " << texts[1];
    EXPECT_GE(score_of(a, b, fast.pairs) + kInARow * 8, fast.score);
    for (std::size_t n = 0; n < fast.pairs.size(); ++n) {
      EXPECT_GT(worth(a, b, fast.pairs[n].first, fast.pairs[n].second), 0);
      if (n > 0) {
        EXPECT_LT(fast.pairs[n - 1].first, fast.pairs[n].first);
        EXPECT_LT(fast.pairs[n - 1].second, fast.pairs[n].second);
      }
    }
  }
}

TEST(WordAlignment, GoesOnOverOneWordForAnother) {
  EXPECT_EQ(align(side("ABXCD"), side("ABYCD")).pairs.size(), 4U);
}

TEST(WordAlignment, DoesNotGoOnOverASentenceForASmallWord) {
  EXPECT_EQ(align(side("ABXXXXXXa"), side("ABa")).pairs.size(), 2U);
  EXPECT_EQ(align(side("ABXXXXXXaCD"), side("ABaCD")).pairs.size(), 5U);
}

TEST(WordAlignment, ACutCostsNothingHoweverLong) {
  const WordAlignment cut = align(side("A.B"), side("AXXXXXXXXXXXXXXXB"));
  EXPECT_FLOAT_EQ(cut.score, 4.0F);
}

TEST(WordAlignment, NothingInCommon) { EXPECT_TRUE(align(side("ABC"), side("XYZ")).pairs.empty()); }

}  // namespace
}  // namespace onrecord
