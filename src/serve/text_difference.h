// Two texts word by word: what stands in both, what went, what came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onrecord {

enum class DifferenceKind { kSame, kRemoved, kAdded };

struct DifferenceRun {
  DifferenceKind kind = DifferenceKind::kSame;
  std::string text;
};

/// Joined, the same and the removed runs are `from`, the same and the added ones `to`. Words and the space
/// behind them are kept together. O((n + m) d) for d differing words (Myers, "An O(ND) Difference Algorithm",
/// 1986); texts that differ in more than 4,000 words are given as one removed and one added run.
[[nodiscard]] std::vector<DifferenceRun> text_difference(std::string_view from, std::string_view to);

}  // namespace onrecord
