// The lines of a plain text, and which of them make a paragraph.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

/// One paragraph as it is laid out.
struct TextBlock {
  Span span;                  ///< without white space around it
  bool after_blank = false;   ///< an empty line or the text's beginning stands before it
  bool before_blank = false;  ///< an empty line or the text's end stands after it
};

/// Paragraphs in text order. A line is one, unless the text was wrapped at a column: then lines are joined
/// while they are full, so that the next line's first word had no room in them. Lines end at line feed,
/// carriage return, form feed, vertical tab and U+2028/2029. `text` is valid UTF-8. Costs O(bytes).
/// Thread-safe.
[[nodiscard]] std::vector<TextBlock> text_blocks(std::string_view text);

}  // namespace onrecord
