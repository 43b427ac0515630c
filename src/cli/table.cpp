#include "cli/table.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "text/utf8.h"

namespace onrecord::cli {
namespace {

constexpr std::size_t kGap = 2;          // columns of space between two cells
constexpr std::size_t kLeastColumn = 8;  // a column is not narrowed below this
constexpr std::size_t kWholeWord = 24;   // a shorter word stays whole, an id above all; longer ones are URLs

/// Adds `line` to `lines`, cut where it is wider than `width`.
void add_cut(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
  std::size_t begin = 0;
  std::size_t used = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t size = decode_at(line, at).size;
    const std::size_t columns = display_width(line.substr(at, size));
    if (used + columns > width && at > begin) {
      lines.emplace_back(line.substr(begin, at - begin));
      begin = at;
      used = 0;
    }
    used += columns;
    at += size;
  }
  lines.emplace_back(line.substr(begin));
}

/// The lines of one cell in `width` columns.
std::vector<std::string> cell_lines(std::string_view cell, std::size_t width) {
  const Terminal plain{.interactive = false, .colour = false, .width = width};
  const std::string wrapped = wrap(StyledText(cell), plain);
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < wrapped.size();) {
    const std::size_t end = wrapped.find('\n', begin);
    add_cut(std::string_view(wrapped).substr(begin, end - begin), width, lines);
    begin = end + 1;
  }
  return lines;
}

/// The columns below which a cell with this text is not narrowed: its widest word, when that is to stay
/// whole.
std::size_t least_width(std::string_view cell) {
  std::size_t least = kLeastColumn;
  for (std::size_t begin = 0; begin < cell.size();) {
    const std::size_t end = std::min(cell.find(' ', begin), cell.size());
    least = std::max(least, std::min(display_width(cell.substr(begin, end - begin)), kWholeWord));
    begin = end + 1;
  }
  return least;
}

std::string padded(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  const std::string space(used < width ? width - used : 0, ' ');
  return align == Align::kRight ? space + std::string(text) : std::string(text) + space;
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths(std::size_t available) const {
  std::vector<std::size_t> widths;
  std::vector<std::size_t> least;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].heading);
    std::size_t narrowest = least_width(columns_[i].heading);
    for (const auto& row : rows_) {
      width = std::max(width, display_width(row[i]));
      narrowest = std::max(narrowest, least_width(row[i]));
    }
    widths.push_back(width);
    least.push_back(narrowest);
  }
  const std::size_t gaps = kGap * (columns_.size() - 1);
  while (std::accumulate(widths.begin(), widths.end(), gaps) > available) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] > least[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    }
    if (widest == widths.size()) break;
    --widths[widest];
  }
  return widths;
}

std::string Table::render(const Terminal& terminal) const {
  const std::vector<std::size_t> width = widths(terminal.width);
  std::string out;
  const auto add_line = [&](const std::vector<std::string>& cells, bool heading) {
    StyledText line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool last = i + 1 == cells.size();
      const bool pad = !last || columns_[i].align == Align::kRight;
      const std::string cell = pad ? padded(cells[i], width[i], columns_[i].align) : cells[i];
      line.add(cell, heading ? Style::kDim : columns_[i].style);
      if (!last) line.add(std::string(kGap, ' '));
    }
    std::string text = onrecord::cli::render(line, terminal);
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
  };
  std::vector<std::string> headings;
  headings.reserve(columns_.size());
  for (const Column& column : columns_) headings.push_back(column.heading);
  add_line(headings, true);
  for (const auto& row : rows_) {
    std::vector<std::vector<std::string>> lines;
    lines.reserve(row.size());
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      lines.push_back(cell_lines(row[i], width[i]));
      height = std::max(height, lines.back().size());
    }
    for (std::size_t at = 0; at < height; ++at) {
      std::vector<std::string> cells;
      cells.reserve(lines.size());
      for (const auto& cell : lines) cells.push_back(at < cell.size() ? cell[at] : std::string());
      add_line(cells, false);
    }
  }
  return out;
}

}  // namespace onrecord::cli
