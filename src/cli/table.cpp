#include "cli/table.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace onrecord::cli {
namespace {

constexpr std::size_t kGap = 2;          // columns of space between two cells
constexpr std::size_t kLeastColumn = 8;  // a column is not narrowed below this

/// The lines of one cell in `width` columns.
std::vector<std::string> cell_lines(std::string_view cell, std::size_t width) {
  const Terminal plain{.interactive = false, .colour = false, .width = width};
  const std::string wrapped = wrap(StyledText(cell), plain);
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < wrapped.size();) {
    const std::size_t end = wrapped.find('\n', begin);
    lines.push_back(wrapped.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
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
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].heading);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i]));
    widths.push_back(width);
  }
  const std::size_t gaps = kGap * (columns_.size() - 1);
  while (std::accumulate(widths.begin(), widths.end(), gaps) > available) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kLeastColumn) break;
    --*widest;
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
