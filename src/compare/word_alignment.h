// The words of two quotations lined up: the best local alignment, with cheap gaps where something was cut.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
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
/// than the match behind it brings, so that an alignment goes on over it; a sentence left out costs more than
/// the few small words that may be found behind it. Of the costs tried (opening .6 to .65, going on .03 to
/// .15), those under which most of the labelled pairs of the development sets get their relation
/// (docs/accuracy.md).
constexpr float kOpenGap = 0.65F;
constexpr float kExtendGap = 0.15F;
/// For a match right behind another one: of two ways that cost the same, the one with longer runs is what was
/// said.
constexpr float kInARow = 0.05F;

namespace aligning {

inline constexpr float kNever = -std::numeric_limits<float>::infinity();

/// How the best way to a cell ends: both words beside each other, one of the first without a partner, or one
/// of the second.
enum State : std::uint8_t { kBoth, kFirstOnly, kSecondOnly, kStart };

struct Cell {
  float both = kNever;
  float first_only = kNever;
  float second_only = kNever;
};

/// The state that a way comes from, for each state of a cell, two bits each.
class Trace {
 public:
  Trace(std::size_t rows, std::size_t columns) : columns_(columns), from_(rows * columns, 0xFF) {}
  void set(std::size_t i, std::size_t j, State state, State from) {
    std::uint8_t& cell = from_[i * columns_ + j];
    const auto shift = static_cast<unsigned>(state) * 2U;
    cell = static_cast<std::uint8_t>((cell & ~(3U << shift)) | (static_cast<unsigned>(from) << shift));
  }
  [[nodiscard]] State get(std::size_t i, std::size_t j, State state) const {
    return static_cast<State>((from_[i * columns_ + j] >> (static_cast<unsigned>(state) * 2U)) & 3U);
  }

 private:
  std::size_t columns_;
  std::vector<std::uint8_t> from_;
};

struct Best {
  float score = kNever;
  State from = kStart;
  /// Ties go to what was offered first.
  void offer(float candidate, State state) {
    if (candidate > score) score = candidate, from = state;
  }
};

}  // namespace aligning

/// `worth(i, j)` says what word i of the first beside word j of the second is worth; 0 or less: they do not
/// match. Smith and Waterman (1981) with the affine gaps of Gotoh (1982). O(n * m) time, one byte a cell.
template <class Worth>
[[nodiscard]] WordAlignment align_words(std::span<const AlignedWordTraits> first,
                                        std::span<const AlignedWordTraits> second, const Worth& worth) {
  using namespace aligning;  // NOLINT(google-build-using-namespace): its own parts
  const std::size_t rows = first.size() + 1;
  const std::size_t columns = second.size() + 1;
  Trace trace(rows, columns);
  std::vector<Cell> above(columns);
  std::vector<Cell> here(columns);
  float best = 0;
  std::pair<std::size_t, std::size_t> best_at{0, 0};
  for (std::size_t i = 1; i < rows; ++i) {
    here[0] = {};
    // Words of the second cost nothing where the first one says that something was cut.
    const bool first_cut = i < first.size() && first[i].after_gap;
    for (std::size_t j = 1; j < columns; ++j) {
      Cell& cell = here[j];
      cell = {};
      const float match = worth(static_cast<std::uint32_t>(i - 1), static_cast<std::uint32_t>(j - 1));
      if (match > 0) {
        const Cell& before = above[j - 1];
        Best way;
        way.offer(0, kStart);
        way.offer(before.both + kInARow, kBoth);
        way.offer(before.first_only, kFirstOnly);
        way.offer(before.second_only, kSecondOnly);
        cell.both = way.score + match;
        trace.set(i, j, kBoth, way.from);
      }
      const bool second_cut = j < second.size() && second[j].after_gap;
      const bool free_first = second_cut || first[i - 1].free;
      const float open_first = free_first ? 0 : kOpenGap;
      Best up;
      up.offer(above[j].both - open_first, kBoth);
      up.offer(above[j].first_only - (free_first ? 0 : kExtendGap), kFirstOnly);
      up.offer(above[j].second_only - open_first, kSecondOnly);
      cell.first_only = up.score;
      trace.set(i, j, kFirstOnly, up.from);
      const bool free_second = first_cut || second[j - 1].free;
      const float open_second = free_second ? 0 : kOpenGap;
      Best left;
      left.offer(here[j - 1].both - open_second, kBoth);
      left.offer(here[j - 1].second_only - (free_second ? 0 : kExtendGap), kSecondOnly);
      left.offer(here[j - 1].first_only - open_second, kFirstOnly);
      cell.second_only = left.score;
      trace.set(i, j, kSecondOnly, left.from);
      if (cell.both > best) best = cell.both, best_at = {i, j};
    }
    std::swap(above, here);
  }
  WordAlignment alignment;
  alignment.score = best;
  if (best <= 0) return alignment;
  auto [i, j] = best_at;
  for (State state = kBoth; state != kStart;) {
    const State from = trace.get(i, j, state);
    if (state == kBoth) {
      --i, --j;
      alignment.pairs.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
    } else if (state == kFirstOnly) {
      --i;
    } else {
      --j;
    }
    state = from;
  }
  std::ranges::reverse(alignment.pairs);
  return alignment;
}

}  // namespace onrecord
