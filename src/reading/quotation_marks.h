// Quotation marks paired by their types: what stands in marks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "onrecord/document.h"

namespace onrecord {

inline constexpr std::uint32_t kNoToken = std::numeric_limits<std::uint32_t>::max();

/// Tokens in marks within one paragraph: `[first, last)` without the marks.
struct MarkedPiece {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t open = kNoToken;   ///< the opening mark's token
  std::uint32_t close = kNoToken;  ///< the closing mark's token; none when the passage goes on, or never ends
  std::uint32_t paragraph = 0;
};

/// One passage in marks: a piece for each paragraph that it goes through.
struct MarkedPassage {
  std::vector<MarkedPiece> pieces;  ///< never empty
  std::uint32_t depth = 0;          ///< 0 = not inside another passage
  bool closed = true;               ///< false when no closing mark was found and the end was guessed
};

/// Of passages of so many words 1.5 % are no statement, of one or two words a third (PolNeAR train).
inline constexpr std::size_t kLongPassage = 6;
/// How sure the marks alone make a statement of a long passage.
inline constexpr float kSureOfLongPassage = 0.55F;
/// The same of one of three to five words.
inline constexpr float kSureOfPassage = 0.4F;

/// Pairs the quotation marks of a document. Rules:
///   1. “ ” « » ‹ › `` '' tell their side; " tells it by the space beside it, and by what is open where both
///   or
///      neither side has space. A mark on the wrong side (” before a word after a space) is taken by its
///      space.
///   2. ' and ’ close only when ‘ or ' opened, and not where they can be a plural's apostrophe with a better
///      closing mark ahead.
///   3. A passage that is open at the end of its paragraph goes on in the next paragraph when that one begins
///      with an opening mark of its kind (English typography); otherwise it ends with its paragraph.
///   4. A second opening mark of an open kind means that the first one was never closed: that passage ends
///      where the sentence before the second mark ends.
/// Passages in the order of their opening marks. Costs one pass; a look ahead never leaves its sentence's
/// next 64 tokens.
[[nodiscard]] std::vector<MarkedPassage> pair_quotation_marks(const Document& document);

}  // namespace onrecord
