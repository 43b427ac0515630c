#include "cli/styled_text.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace onrecord::cli {
namespace {

std::string_view escape_sequence(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kStrong:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kWords:
      return "\x1b[1;33m";
    case Style::kSource:
      return "\x1b[36m";
    case Style::kCue:
      return "\x1b[35m";
    case Style::kWarning:
      return "\x1b[33m";
  }
  return "";
}

constexpr std::string_view kReset = "\x1b[0m";

void append_styled(std::string& out, std::string_view text, Style style, const Terminal& terminal) {
  const std::string_view begin = terminal.colour ? escape_sequence(style) : std::string_view();
  if (begin.empty()) {
    out += text;
    return;
  }
  out.append(begin).append(text).append(kReset);
}

/// Controls, and the explicit marks of writing direction (UAX #9, table 4) by which shown order can differ
/// from stored order.
bool steers_terminal(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::size_t columns_of(char32_t c) {
  const auto code_point = static_cast<UChar32>(c);
  const int8_t type = u_charType(code_point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int32_t width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// A run without a space in it, which may hold several styles.
struct Word {
  std::vector<StyledText::Piece> pieces;
  std::size_t width = 0;
};

void append_to_word(Word& word, std::string_view bytes, Style style) {
  if (word.pieces.empty() || word.pieces.back().style != style) word.pieces.push_back({{}, style});
  word.pieces.back().text += bytes;
  word.width += display_width(bytes);
}

std::vector<Word> split_into_words(const StyledText& text) {
  std::vector<Word> words;
  bool inside = false;
  for (const StyledText::Piece& piece : text.pieces()) {
    std::size_t begin = 0;
    while (begin < piece.text.size()) {
      const std::size_t space = std::min(piece.text.find(' ', begin), piece.text.size());
      if (space > begin) {
        if (!inside) words.emplace_back();
        append_to_word(words.back(), std::string_view(piece.text).substr(begin, space - begin), piece.style);
        inside = true;
      }
      if (space < piece.text.size()) inside = false;
      begin = space + 1;
    }
  }
  return words;
}

}  // namespace

StyledText& StyledText::add(std::string_view text, Style style) {
  if (text.empty()) return *this;
  if (pieces_.empty() || pieces_.back().style != style) pieces_.push_back({{}, style});
  pieces_.back().text += printable(text);
  return *this;
}

StyledText& StyledText::add(const StyledText& more) {
  for (const Piece& piece : more.pieces_) add(piece.text, piece.style);
  return *this;
}

StyledText& StyledText::add_separated(std::string_view separator, std::string_view text, Style style) {
  if (text.empty()) return *this;
  if (!empty()) add(separator, Style::kDim);
  return add(text, style);
}

std::string printable(std::string_view text) {
  const std::string valid = is_valid_utf8(text) ? std::string(text) : replace_invalid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size();) {
    const CodePoint code_point = decode_at(valid, at);
    if (steers_terminal(code_point.value)) {
      out += ' ';
    } else {
      out.append(valid, at, code_point.size);
    }
    at += code_point.size;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint code_point = decode_at(text, at);
    width += columns_of(code_point.value);
    at += code_point.size;
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const CodePoint code_point = decode_at(text, end);
    const std::size_t columns = columns_of(code_point.value);
    if (used + columns + 1 > width) break;
    used += columns;
    end += code_point.size;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string wrap(const StyledText& text, const Terminal& terminal, Indent indent) {
  std::string out(indent.first, ' ');
  std::size_t column = indent.first;
  StyledText line;
  const auto end_line = [&] {
    out += render(line, terminal) + '\n';
    line = StyledText();
  };
  for (const Word& word : split_into_words(text)) {
    if (!line.empty() && column + 1 + word.width > terminal.width) {
      end_line();
      out.append(indent.rest, ' ');
      column = indent.rest;
    }
    if (!line.empty()) {
      // A space belongs to a style only where both sides share it.
      const Style before = line.pieces().back().style;
      line.add(" ", before == word.pieces.front().style ? before : Style::kPlain);
      ++column;
    }
    for (const StyledText::Piece& piece : word.pieces) line.add(piece.text, piece.style);
    column += word.width;
  }
  end_line();
  return out;
}

std::string render(const StyledText& text, const Terminal& terminal) {
  std::string out;
  for (const StyledText::Piece& piece : text.pieces()) append_styled(out, piece.text, piece.style, terminal);
  return out;
}

}  // namespace onrecord::cli
