// Two texts side by side: the words that stand in both, in the same order, passage by passage.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compare/folded_words.h"
#include "onrecord/compare.h"

namespace onrecord {

/// A run of the same words in two texts.
struct CommonRun {
  std::uint32_t first = 0;   ///< its first word in the first text
  std::uint32_t second = 0;  ///< in the second
  std::uint32_t words = 0;
  friend constexpr auto operator<=>(CommonRun, CommonRun) = default;
};

/// Runs that follow each other closely in both texts: a copied passage with small edits in it.
struct CommonPassage {
  std::vector<CommonRun> runs;  ///< in the order of both texts; never empty
  std::uint32_t narrative = 0;  ///< common words that are the outlets' own in both
  std::uint32_t quotation = 0;  ///< that stand in quotation marks in one of them
};

/// Every word of each text in at most one run of three words or more, the longest runs first (greedy string
/// tiling: Wise 1993; on news: Clough and others, "METER", ACL 2002). By place in the first text.
/// A run of three words that the second text has more than 16 times begins nothing. Costs O(n) for texts
/// of n words, times 16 at worst, and sorting.
[[nodiscard]] std::vector<CommonRun> common_runs(std::span<const FoldedWord> first,
                                                 std::span<const FoldedWord> second);

/// The same runs as passages: two are of one when at most three words stand between them in each text.
[[nodiscard]] std::vector<CommonPassage> common_passages(std::span<const FoldedWord> first,
                                                         std::span<const FoldedWord> second);

/// The bytes of a passage in both texts.
[[nodiscard]] SharedPassage shared_passage(const CommonPassage& passage, std::span<const FoldedWord> first,
                                           std::span<const FoldedWord> second);

}  // namespace onrecord
