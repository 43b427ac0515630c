#include "intake/text_lines.h"

#include <algorithm>

#include "intake/ascii.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

// Columns at which mail, wire printers and editors wrap: 60 to 80; some people take more.
constexpr std::uint32_t kNarrowest = 40;
constexpr std::uint32_t kWidest = 100;

struct Line {
  Span span;                     // without white space around it
  std::uint32_t width = 0;       // code points of the line, its indent included
  std::uint32_t indent = 0;      // code points of white space before it
  std::uint32_t first_word = 0;  // code points of its first word
  bool after_blank = false;
};

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

// The size of the line end at `at`, 0 when none is there. "\r\n" is one.
std::size_t line_end_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\r\n")) return 2;
  if (rest[0] == '\n' || rest[0] == '\r' || rest[0] == '\f' || rest[0] == '\v') return 1;
  return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

Line measure(std::string_view text, std::size_t begin, std::size_t end) {
  Line line;
  while (begin < end) {
    const CodePoint c = decode_at(text, begin);
    if (!is_space(c.value)) break;
    begin += c.size;
    ++line.indent;
  }
  while (end > begin) {
    const CodePoint c = decode_before(text, end);
    if (!is_space(c.value)) break;
    end -= c.size;
  }
  line.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  line.width = static_cast<std::uint32_t>(count_code_points(cut(text, line.span))) + line.indent;
  const std::string_view words = cut(text, line.span);
  const std::string_view first(words.begin(), std::ranges::find_if(words, is_ascii_space));
  line.first_word = static_cast<std::uint32_t>(count_code_points(first));
  return line;
}

// All lines that are not empty.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool after_blank = true;
  const auto add = [&](std::size_t begin, std::size_t end) {
    Line line = measure(text, begin, end);
    line.after_blank = after_blank;
    after_blank = line.span.empty();
    if (!after_blank) lines.push_back(line);
  };
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = line_end_at(text, at);
    if (size > 0) add(begin, at);
    at += std::max<std::size_t>(size, 1);
    if (size > 0) begin = at;
  }
  add(begin, text.size());
  return lines;
}

// A word more would not have gone into `line`.
bool is_full(const Line& line, const Line& next, std::uint32_t column) {
  return line.width + 1 + next.first_word > column;
}

bool starts_small(std::string_view text, const Line& line) {
  const char c = text[line.span.begin];
  return is_ascii_letter(c) && !is_ascii_upper(c);
}

// The column at which the text was wrapped; 0 when it was not.
std::uint32_t wrap_column(std::string_view text, const std::vector<Line>& lines) {
  // 1. Nearly all lines are short; a long address may stand out.
  const auto too_wide = std::ranges::count_if(lines, [](const Line& line) { return line.width > kWidest; });
  if (static_cast<std::size_t>(too_wide) * 20 > lines.size()) return 0;
  std::uint32_t column = 0;
  for (const Line& line : lines) column = line.width > kWidest ? column : std::max(column, line.width);
  if (column < kNarrowest) return 0;
  // 2. Lines that follow one another without an empty line are mostly full, and many go on in small letters,
  //    as sentences do that were cut anywhere.
  std::size_t pairs = 0;
  std::size_t full = 0;
  std::size_t small = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i + 1].after_blank) continue;
    ++pairs;
    full += is_full(lines[i], lines[i + 1], column);
    small += starts_small(text, lines[i + 1]);
  }
  constexpr std::size_t kFewestPairs = 3;
  return pairs >= kFewestPairs && full * 10 >= pairs * 6 && small * 10 >= pairs * 3 ? column : 0;
}

// True when `next` goes on with what `line` began.
bool goes_on(std::string_view text, const Line& line, const Line& next, std::uint32_t column) {
  if (next.after_blank || next.indent > line.indent + 1) return false;
  return is_full(line, next, column) || starts_small(text, next);
}

}  // namespace

std::vector<TextBlock> text_blocks(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  const std::uint32_t column = wrap_column(text, lines);
  std::vector<TextBlock> blocks;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool joins = i > 0 && column > 0 && goes_on(text, lines[i - 1], lines[i], column);
    if (joins) {
      blocks.back().span.end = lines[i].span.end;
    } else {
      if (!blocks.empty()) blocks.back().before_blank = lines[i].after_blank;
      blocks.push_back({lines[i].span, lines[i].after_blank, true});
    }
  }
  return blocks;
}

}  // namespace onrecord
