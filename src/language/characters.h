// What kind of character a code point is, as far as tokens and marks ask.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onrecord {

[[nodiscard]] bool is_letter(char32_t code_point);  ///< letters and the marks that combine with them
[[nodiscard]] bool is_digit(char32_t code_point);   ///< decimal digits of any script
[[nodiscard]] bool is_upper(char32_t code_point);   ///< upper or title case
[[nodiscard]] bool is_lower(char32_t code_point);
[[nodiscard]] bool is_space(char32_t code_point);  ///< Unicode White_Space, and the zero-width space

/// ' or ’: an apostrophe, or a single quotation mark.
[[nodiscard]] constexpr bool is_apostrophe(char32_t code_point) {
  return code_point == U'\'' || code_point == U'\u2019';
}
/// Every character that can be a quotation mark, apostrophes included.
[[nodiscard]] bool is_quotation_mark(char32_t code_point);

/// Lower-cased, with ’ written as '. For looking words up; its length may differ from the word's.
[[nodiscard]] std::string folded(std::string_view word);

/// The code point before byte `at`, or U+0020 at the text's begin: what stands beside a mark.
[[nodiscard]] char32_t before(std::string_view text, std::size_t at);
/// The code point at byte `at`, or U+0020 at the text's end.
[[nodiscard]] char32_t after(std::string_view text, std::size_t at);

}  // namespace onrecord
