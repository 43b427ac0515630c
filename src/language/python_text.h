// Python's view of text: the language models were trained on what Python's str methods say, so we ask the
// same.
#pragma once

#include <string>
#include <string_view>

namespace onrecord::spacy {

/// The str methods isalpha, isupper, isdigit, isdecimal, isalnum and isspace of one code point.
[[nodiscard]] bool is_alphabetic(char32_t code_point);
[[nodiscard]] bool is_uppercase(char32_t code_point);
[[nodiscard]] bool is_digit(char32_t code_point);
[[nodiscard]] bool is_decimal(char32_t code_point);
[[nodiscard]] bool is_alphanumeric(char32_t code_point);
[[nodiscard]] bool is_space(char32_t code_point);

/// `text` is valid UTF-8. str.lower(): the full mapping, with U+0130 as two code points and the final sigma.
[[nodiscard]] std::string lower(std::string_view text);

/// str.isalpha() and str.isspace() of a whole text: false when it is empty.
[[nodiscard]] bool is_alphabetic(std::string_view text);
[[nodiscard]] bool is_space(std::string_view text);

}  // namespace onrecord::spacy
