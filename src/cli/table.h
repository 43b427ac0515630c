// A table that fits the terminal.
#pragma once

#include <string>
#include <vector>

#include "cli/styled_text.h"
#include "cli/terminal.h"

namespace onrecord::cli {

enum class Align { kLeft, kRight };

struct Column {
  std::string heading;
  Align align = Align::kLeft;
  Style style = Style::kPlain;
};

/// Rows under headings. Where the rows are wider than the terminal the widest columns are narrowed and their
/// cells wrapped; a word stays whole up to 24 columns. Nothing is left out.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// One cell a column.
  void add_row(std::vector<std::string> cells);
  [[nodiscard]] std::string render(const Terminal& terminal) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t available) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace onrecord::cli
