// The words of two quotations lined up: the best local alignment, with cheap gaps where something was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace onrecord {

/// What the aligner knows of one word beside what it matches.
struct AlignedWordTraits {
  bool after_gap =
      false;  ///< an ellipsis or the like before it: words of the other side may stand there for nothing
  bool free = false;  ///< costs nothing to leave without a partner: put in by the outlet in brackets
};

/// A word of the first side beside one of the second, by their numbers.
struct WordPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend bool operator==(WordPair, WordPair) = default;
};

struct WordAlignment {
  float score = 0;
  std::vector<WordPair> pairs;  ///< rising on both sides
};

/// Costs beside a match that is worth 1 (a small word) or 2 (any other). A word put for another costs less
/// than the match behind it brings, so that an alignment goes on over it; a small word alone between two gaps
/// is no match.
constexpr float kOpenGap = 0.6F;
constexpr float kExtendGap = 0.03F;
/// For a match right behind another one: of two ways that cost the same, the one with longer runs is what was
/// said.
constexpr float kInARow = 0.05F;

/// `worth(i, j)` says what word i of the first beside word j of the second is worth; 0 or less: they do not
/// match. Smith and Waterman (1981) with the affine gaps of Gotoh (1982). O(n * m) time, one byte a cell.
[[nodiscard]] WordAlignment align_words(std::span<const AlignedWordTraits> first,
                                        std::span<const AlignedWordTraits> second,
                                        const std::function<float(std::uint32_t, std::uint32_t)>& worth);

}  // namespace onrecord
