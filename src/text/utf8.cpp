#include "text/utf8.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace onrecord {
namespace {

constexpr std::size_t kStride = 64;  // bytes between two remembered counts of CodePointIndex

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Size of the well-formed sequence at `at`, 0 when there is none (Unicode 15, table 3-7).
std::size_t sequence_size(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(at);
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned second = byte(at + 1);
    const bool in_range = (first == 0xE0   ? second >= 0xA0 && second <= 0xBF
                           : first == 0xED ? second >= 0x80 && second <= 0x9F
                                           : second >= 0x80 && second <= 0xBF);
    return in_range && continues(at + 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned second = byte(at + 1);
    const bool in_range = (first == 0xF0   ? second >= 0x90 && second <= 0xBF
                           : first == 0xF4 ? second >= 0x80 && second <= 0x8F
                                           : second >= 0x80 && second <= 0xBF);
    return in_range && continues(at + 2) && continues(at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

CodePoint decode_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (first < 0xF0) return {(first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
  return {(first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), 4};
}

CodePoint decode_before(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && is_continuation(text[begin])) --begin;
  return decode_at(text, begin);
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::size_t valid_utf8_prefix(std::string_view text) {
  constexpr std::uint64_t kBeyondAscii = 0x8080808080808080;
  std::size_t at = 0;
  while (at < text.size()) {
    // Most text is ASCII: eight bytes at a time.
    std::uint64_t word = kBeyondAscii;
    if (text.size() - at >= sizeof word) std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kBeyondAscii) == 0) {
      at += sizeof word;
      continue;
    }
    const std::size_t size = sequence_size(text, at);
    if (size == 0) return at;
    at += size;
  }
  return at;
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t good = valid_utf8_prefix(text);
    out += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) break;
    out += "\xEF\xBF\xBD";
    do text.remove_prefix(1);
    while (!text.empty() && is_continuation(text[0]));
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  // Eight bytes at a time: a byte that continues a character has its first bit set and its second not.
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    const std::uint64_t continuing = (word >> 7) & ~(word >> 6) & 0x0101010101010101;
    count += sizeof word - static_cast<std::size_t>(std::popcount(continuing));
    text.remove_prefix(sizeof word);
  }
  return count +
         static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation(c); }));
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  before_.reserve(text.size() / kStride + 1);
  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= text.size(); at += kStride) {
    before_.push_back(count);
    count += static_cast<std::uint32_t>(count_code_points(text.substr(at, kStride)));
  }
}

std::uint32_t CodePointIndex::code_points_before(std::uint32_t byte) const {
  const std::size_t block = byte / kStride;
  return before_[block] +
         static_cast<std::uint32_t>(count_code_points(text_.substr(block * kStride, byte - block * kStride)));
}

std::uint32_t CodePointIndex::byte_of(std::uint32_t code_point) const {
  const auto after = std::ranges::upper_bound(before_, code_point);
  const auto block = static_cast<std::size_t>(after - before_.begin() - 1);
  std::uint32_t count = before_[block];
  std::size_t at = block * kStride;
  for (; at < text_.size(); ++at) {
    if (is_continuation(text_[at])) continue;
    if (count == code_point) break;
    ++count;
  }
  return static_cast<std::uint32_t>(at);
}

}  // namespace onrecord
