#include "language/python_text.h"

#include <algorithm>

#include "language/python_unicode_tables.h"
#include "text/utf8.h"

namespace onrecord::spacy {
namespace {

constexpr char32_t kAsciiEnd = 0x80;
constexpr char32_t kCapitalIWithDot = 0x130;
constexpr char32_t kCombiningDot = 0x307;
constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;

bool in_ranges(std::span<const CodePointRange> ranges, char32_t code_point) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code_point,
                       [](char32_t c, const CodePointRange& range) { return c < range.first; });
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

bool is_ascii_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii_lower(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_ascii_digit(char32_t c) { return c >= '0' && c <= '9'; }

char32_t lower(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_upper(c) ? c + ('a' - 'A') : c;
  const auto runs = lower_runs();
  const auto after = std::upper_bound(runs.begin(), runs.end(), c,
                                      [](char32_t value, const LowerRun& run) { return value < run.first; });
  if (after == runs.begin()) return c;
  const LowerRun& run = *std::prev(after);
  const bool mapped = c <= run.last && (c - run.first) % static_cast<char32_t>(run.step) == 0;
  if (mapped) return static_cast<char32_t>(static_cast<std::int32_t>(c) + run.shift);
  return c;
}

bool cased_before(std::string_view text, std::size_t end) {
  while (end > 0) {
    const CodePoint c = decode_before(text, end);
    if (in_ranges(cased_ranges(), c.value)) return true;
    if (!in_ranges(ignorable_ranges(), c.value)) return false;
    end -= c.size;
  }
  return false;
}

bool cased_after(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = decode_at(text, at);
    if (in_ranges(cased_ranges(), c.value)) return true;
    if (!in_ranges(ignorable_ranges(), c.value)) return false;
    at += c.size;
  }
  return false;
}

template <class Test>
bool all_of(std::string_view text, Test test) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    if (!test(c.value)) return false;
    at += c.size;
  }
  return !text.empty();
}

}  // namespace

bool is_alphabetic(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_upper(c) || is_ascii_lower(c);
  return in_ranges(alphabetic_ranges(), c);
}

bool is_uppercase(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_upper(c);
  return in_ranges(uppercase_ranges(), c);
}

bool is_digit(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_digit(c);
  return in_ranges(digit_ranges(), c);
}

bool is_decimal(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_digit(c);
  return in_ranges(decimal_ranges(), c);
}

bool is_alphanumeric(char32_t c) {
  if (c < kAsciiEnd) return is_ascii_upper(c) || is_ascii_lower(c) || is_ascii_digit(c);
  return in_ranges(alphanumeric_ranges(), c);
}

bool is_space(char32_t c) {
  if (c < kAsciiEnd) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    if (c.value == kCapitalSigma) {
      const bool is_final = cased_before(text, at) && !cased_after(text, at + c.size);
      append_utf8(out, is_final ? kFinalSigma : kSigma);
    } else if (c.value == kCapitalIWithDot) {
      append_utf8(out, U'i');
      append_utf8(out, kCombiningDot);
    } else {
      append_utf8(out, lower(c.value));
    }
    at += c.size;
  }
  return out;
}

bool is_alphabetic(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_alphabetic(c); });
}

bool is_space(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_space(c); });
}

}  // namespace onrecord::spacy
