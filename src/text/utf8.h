// UTF-8: validity, code points, and the way between byte and code point offsets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

/// A code point and the bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;
};

/// The code point at byte `at` of valid UTF-8 text. `at` must be a boundary inside the text.
[[nodiscard]] CodePoint decode_at(std::string_view text, std::size_t at);
/// The code point that ends at byte `end` (end > 0) of valid UTF-8 text.
[[nodiscard]] CodePoint decode_before(std::string_view text, std::size_t end);
void append_utf8(std::string& out, char32_t code_point);

/// The first byte that is not valid UTF-8 (shortest form, no surrogates), or `text.size()`.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);
[[nodiscard]] inline bool is_valid_utf8(std::string_view text) {
  return valid_utf8_prefix(text) == text.size();
}
/// The text with every invalid byte sequence replaced by U+FFFD.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);

/// Whether a code point begins at byte `at` of valid UTF-8, or the text ends there.
[[nodiscard]] constexpr bool is_boundary(std::string_view text, std::uint64_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U);
}
/// Whether a span is not empty, lies inside the text and takes whole code points: then `cut` may be trusted
/// with it.
[[nodiscard]] constexpr bool cuts(std::string_view text, Span span) {
  return span.begin < span.end && is_boundary(text, span.begin) && is_boundary(text, span.end);
}

/// The number of code points of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// `[begin, end)` in code points.
struct CodePointSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend constexpr auto operator<=>(CodePointSpan, CodePointSpan) = default;
};

/// Maps between bytes and code points of one text. Building costs one pass, a question at most 64 bytes'
/// scan. Holds a view: `text` must outlive it.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  [[nodiscard]] std::uint32_t code_points_before(std::uint32_t byte) const;
  /// The byte where code point number `code_point` begins; the text's size when there are no more.
  [[nodiscard]] std::uint32_t byte_of(std::uint32_t code_point) const;
  [[nodiscard]] CodePointSpan to_code_points(Span span) const {
    return {code_points_before(span.begin), code_points_before(span.end)};
  }
  [[nodiscard]] Span to_bytes(CodePointSpan span) const { return {byte_of(span.begin), byte_of(span.end)}; }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> before_;  // code points before byte 64 * i
};

}  // namespace onrecord
