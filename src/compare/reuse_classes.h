// What the common words of two articles make of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compare/reuse_alignment.h"
#include "onrecord/compare.h"

namespace onrecord {

/// Words of one article by whose they are.
struct WordCounts {
  std::uint32_t narrative = 0;
  std::uint32_t quotation = 0;
};
[[nodiscard]] WordCounts count_words(std::span<const FoldedWord> words);

/// What is measured of two articles. Words of boilerplate count nowhere.
struct ReuseMeasures {
  WordCounts first;
  WordCounts second;
  std::uint32_t narrative = 0;          ///< common words of passages, the outlets' own in both
  std::uint32_t scattered = 0;          ///< the same of all runs, however short the passage
  std::uint32_t quotation = 0;          ///< common words in quotation marks in one of them
  std::uint32_t at_ends = 0;            ///< of `narrative`: in passages that begin, or end, both texts
  std::uint32_t longest_narrative = 0;  ///< own words of the passage that has most
  std::uint32_t longest_quotation = 0;
  float order = 0;  ///< share of the common own words that stand in the same order in both

  /// `narrative` as a share of the shorter one's own words, 0..1.
  [[nodiscard]] float narrative_of_shorter() const;
  /// `scattered` as a share of the shorter, and of the longer one's.
  [[nodiscard]] float scattered_of_shorter() const;
  [[nodiscard]] float scattered_of_longer() const;
  /// Share of the quoted words of the one that quotes less.
  [[nodiscard]] float quotation_of_shorter() const;
};

/// Passages of fewer words are what two texts on one event have in common by chance.
constexpr std::uint32_t kShortestPassage = 8;

[[nodiscard]] ReuseMeasures measure(std::span<const FoldedWord> first, std::span<const FoldedWord> second,
                                    std::span<const CommonPassage> passages);

/// The class that measures tell, and how sure it is. Never `kCommonSource`: that takes a third text.
enum class Outlets { kSame, kDifferent };
struct ReuseVerdict {
  ReuseClass reuse = ReuseClass::kIndependent;
  float confidence = 0;
};
[[nodiscard]] ReuseVerdict judge(const ReuseMeasures& measures, Outlets outlets);

}  // namespace onrecord
