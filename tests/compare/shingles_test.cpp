#include "compare/shingles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace onrecord {
namespace {

FoldedWords random_words(std::mt19937& random, std::size_t size, std::uint32_t vocabulary) {
  FoldedWords words;
  for (std::size_t i = 0; i < size; ++i) {
    words.push_back({static_cast<std::uint32_t>(random() % vocabulary) * 2654435761U + 1, 0, 0});
  }
  return words;
}

std::vector<SampledShingle> sample(const FoldedWords& words) {
  std::vector<SampledShingle> sampled;
  sample_shingles(words, sampled);
  return sampled;
}

/// What winnowing is defined as: the last smallest hash of every window; of a shorter run the smallest.
std::set<std::pair<std::uint32_t, std::uint64_t>> winnow_slowly(const FoldedWords& words,
                                                                std::size_t window) {
  std::vector<std::uint64_t> hashes;
  for (std::size_t i = 0; i + kShingleWords <= words.size(); ++i) {
    hashes.push_back(shingle_hash(std::span(words).subspan(i)));
  }
  std::set<std::pair<std::uint32_t, std::uint64_t>> chosen;
  for (std::size_t begin = 0; !hashes.empty() && begin + std::min(window, hashes.size()) <= hashes.size();
       ++begin) {
    std::size_t best = begin;
    for (std::size_t i = begin; i < begin + std::min(window, hashes.size()); ++i) {
      if (hashes[i] <= hashes[best]) best = i;
    }
    chosen.emplace(best, hashes[best]);
  }
  return chosen;
}

TEST(Shingles, SamplingIsWinnowing) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const FoldedWords words =
        random_words(random, random() % 700, 1 + static_cast<std::uint32_t>(random() % 2000));
    const auto expected =
        winnow_slowly(words, words.size() < kShortText ? kShortTextWindow : kNarrativeWindow);
    std::set<std::pair<std::uint32_t, std::uint64_t>> found;
    for (const SampledShingle& one : sample(words)) found.emplace(one.word, one.hash);
    ASSERT_EQ(found, expected) << "round " << round;
  }
}

TEST(Shingles, ACopiedSentenceIsAlwaysSampled) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const FoldedWords sentence = random_words(random, 12, 50'000);
    const auto surrounded = [&](std::size_t before, std::size_t after) {
      FoldedWords words = random_words(random, before, 50'000);
      words.insert(words.end(), sentence.begin(), sentence.end());
      const FoldedWords rest = random_words(random, after, 50'000);
      words.insert(words.end(), rest.begin(), rest.end());
      std::set<std::uint64_t> hashes;
      for (const SampledShingle& one : sample(words)) hashes.insert(one.hash);
      return hashes;
    };
    const auto of_long = surrounded(random() % 500, 400);
    const auto of_short = surrounded(random() % 100, 50);
    EXPECT_TRUE(std::ranges::any_of(of_long, [&](std::uint64_t hash) { return of_short.contains(hash); }));
  }
}

TEST(Shingles, NeverJoinNarrativeAndQuotation) {
  std::mt19937 random(3);
  FoldedWords words = random_words(random, 200, 1000);
  for (FoldedWord& word : words) word.kind = random() % 9 == 0 ? WordKind::kQuoted : WordKind::kNarrative;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (i % 20 < 12) words[i].kind = words[i - 1].kind;
  }
  ASSERT_FALSE(sample(words).empty());
  for (const SampledShingle& one : sample(words)) {
    for (std::size_t i = 0; i < kShingleWords; ++i) EXPECT_EQ(words[one.word + i].kind, one.kind);
    EXPECT_EQ(one.hash, shingle_hash(std::span(words).subspan(one.word)));
  }
}

}  // namespace
}  // namespace onrecord
