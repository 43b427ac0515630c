// What two wordings of one utterance have in common and where they differ, word by word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "compare/collation_words.h"
#include "compare/word_alignment.h"
#include "onrecord/compare.h"

namespace onrecord {

/// Words `[begin, end)` of one side.
struct WordRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

/// Words between two pairs of the alignment that have no partner.
struct UnmatchedWords {
  WordRange first;
  WordRange second;
  bool at_head = false;
  bool at_tail = false;
};

/// The words of two quotations lined up.
struct AlignedWording {
  std::vector<CollationWord> first;
  std::vector<CollationWord> second;
  WordAlignment alignment;
};

/// Words of a quotation that are lined up, from its beginning: the alignment takes 4 MB at most. What a
/// longer one has behind them counts as cut.
constexpr std::size_t kMostAlignedWords = 2'000;

[[nodiscard]] AlignedWording align_wording(std::vector<CollationWord> first,
                                           std::vector<CollationWord> second);

/// All of them, head and tail included, none empty on both sides, in order.
[[nodiscard]] std::vector<UnmatchedWords> unmatched_words(const AlignedWording& wording);

/// What the differences come to.
struct WordingDifference {
  WitnessRelation relation = WitnessRelation::kIdentical;
  bool altered = false;
  std::string what_changed;
};
[[nodiscard]] WordingDifference wording_difference(const AlignedWording& wording);

/// What a word counts for where nothing is known of how rare it is: a small one 1, any other 2.
[[nodiscard]] float plain_worth(const CollationWord& word);

}  // namespace onrecord
