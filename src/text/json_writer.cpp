#include "text/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

/// Whether a byte of `word` is zero.
constexpr bool has_zero(std::uint64_t word) { return ((word - kOnes) & ~word & kHighs) != 0; }

/// Whether a string of these eight bytes is written otherwise than it stands: control characters, marks,
/// backslashes. A character beyond ASCII may say so, too, and is then looked at by itself.
constexpr bool needs_escape(std::uint64_t word) {
  return ((word - kOnes * 0x20) & kHighs) != 0 || has_zero(word ^ kOnes * '"') ||
         has_zero(word ^ kOnes * '\\');
}

void append_string(std::string& out, std::string_view text) {
  if (!is_valid_utf8(text)) return append_string(out, replace_invalid_utf8(text));
  out += '"';
  std::size_t begin = 0;  // of what is written as it is
  std::size_t plain = 0;  // before it nothing needs another look
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at >= plain) {
      std::uint64_t word = 0;
      for (plain = at; text.size() - plain >= sizeof word; plain += sizeof word) {
        std::memcpy(&word, text.data() + plain, sizeof word);
        if (needs_escape(word)) break;
      }
      at = plain, plain += sizeof word;
      if (at == text.size()) break;
    }
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, begin, at - begin);
    begin = at + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
  }
  out.append(text, begin);
  out += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_string(out_, text);
}

void JsonWriter::value(double number) { raw(std::isfinite(number) ? fmt::format("{}", number) : "null"); }
void JsonWriter::value(float number) { raw(std::isfinite(number) ? fmt::format("{}", number) : "null"); }

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::member_or_null(std::string_view name, std::string_view text) {
  key(name);
  text.empty() ? null() : value(text);
}

}  // namespace onrecord
