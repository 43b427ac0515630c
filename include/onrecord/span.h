// A place in a text. Everything OnRecord says about a text points to it by spans.
#pragma once

#include <cassert>
#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace onrecord {

/// `[begin, end)` in bytes of a UTF-8 text. Both ends lie on code point boundaries.
/// Texts are limited to far less than 4 GiB (limits.h), so 32 bits suffice.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(std::uint32_t at) const { return begin <= at && at < end; }
  [[nodiscard]] constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend constexpr auto operator<=>(Span, Span) = default;
};

/// A value that may stand in several pieces, in text order, none empty, none overlapping.
using Spans = std::vector<Span>;

/// The bytes of `text` at `span`; a view that lives as long as `text`. The span must lie inside the text.
[[nodiscard]] constexpr std::string_view cut(std::string_view text, Span span) {
  assert(span.begin <= span.end && span.end <= text.size());
  return text.substr(span.begin, span.size());
}

}  // namespace onrecord
