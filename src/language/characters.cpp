#include "language/characters.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace onrecord {

bool is_letter(char32_t code_point) {
  if (code_point < 0x80) return (code_point | 0x20) >= U'a' && (code_point | 0x20) <= U'z';
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(code_point));
  return (mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_digit(char32_t code_point) {
  if (code_point < 0x80) return code_point >= U'0' && code_point <= U'9';
  return u_isdigit(static_cast<UChar32>(code_point)) != 0;
}

bool is_upper(char32_t code_point) {
  if (code_point < 0x80) return code_point >= U'A' && code_point <= U'Z';
  return u_isupper(static_cast<UChar32>(code_point)) != 0 || u_istitle(static_cast<UChar32>(code_point)) != 0;
}

bool is_lower(char32_t code_point) {
  if (code_point < 0x80) return code_point >= U'a' && code_point <= U'z';
  return u_islower(static_cast<UChar32>(code_point)) != 0;
}

bool is_space(char32_t code_point) {
  if (code_point < 0x80) return code_point == U' ' || (code_point >= U'\t' && code_point <= U'\r');
  return code_point == U'\u200B' || u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0;
}

bool is_quotation_mark(char32_t code_point) {
  switch (code_point) {
    case U'"':
    case U'\'':
    case U'`':
    case U'\u00AB':  // «
    case U'\u00BB':  // »
    case U'\u2018':
    case U'\u2019':
    case U'\u201A':
    case U'\u201B':
    case U'\u201C':
    case U'\u201D':
    case U'\u201E':
    case U'\u201F':
    case U'\u2039':  // ‹
    case U'\u203A':  // ›
      return true;
    default:
      return false;
  }
}

std::string folded(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint here = decode_at(word, at);
    at += here.size;
    if (here.value < 0x80) {
      out.push_back(static_cast<char>(is_upper(here.value) ? here.value | 0x20 : here.value));
    } else if (here.value == U'\u2019') {
      out.push_back('\'');
    } else {
      append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(here.value))));
    }
  }
  return out;
}

char32_t before(std::string_view text, std::size_t at) {
  return at == 0 ? U' ' : decode_before(text, at).value;
}

char32_t after(std::string_view text, std::size_t at) {
  return at >= text.size() ? U' ' : decode_at(text, at).value;
}

}  // namespace onrecord
