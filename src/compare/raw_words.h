// A piece of a quotation cut into words as they stand there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

/// A word as it stands in the text, with what was seen before it.
struct RawWord {
  std::string lower;  // straight apostrophes
  Span span;
  char32_t currency = 0;  // sign before a number, in its span
  bool initial_capital = false;
  bool all_capitals = false;
  bool bracketed = false;
  bool nothing = false;
  bool after_gap = false;
  bool starts_sentence = false;
  bool joined = false;  // only spaces or a hyphen between it and the word before
};

struct RawWords {
  std::vector<RawWord> words;
  bool ends_in_gap = false;  ///< an ellipsis stands behind the last one
};

/// The words of `piece`, in order; their spans cover every letter and digit of it. O(length).
[[nodiscard]] RawWords raw_words(std::string_view text, Span piece);

}  // namespace onrecord
