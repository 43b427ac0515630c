#include "cli/identifier_file.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <string_view>

#include "text/utf8.h"

namespace onrecord::cli {
namespace {

constexpr std::size_t kMostColumns = 5;

/// The cells of one line; nothing when a quotation mark is not closed or something follows it.
std::optional<std::vector<std::string>> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ',') {
      cells.emplace_back();
      ++at;
    } else if (line[at] == '"' && cells.back().empty()) {
      bool closed = false;
      for (++at; at < line.size() && !closed; ++at) {
        const bool doubled = line[at] == '"' && at + 1 < line.size() && line[at + 1] == '"';
        closed = line[at] == '"' && !doubled;
        if (!closed) cells.back() += line[at];
        if (doubled) ++at;
      }
      if (!closed || (at < line.size() && line[at] != ',')) return std::nullopt;
    } else {
      cells.back() += line[at++];
    }
  }
  return cells;
}

bool is_date(std::string_view date) {
  constexpr std::string_view kPattern = "0000-00-00";
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
  for (std::size_t i = 0; i < date.size(); ++i) {
    const bool digit = date[i] >= '0' && date[i] <= '9';
    if (kPattern[i] == '-' ? date[i] != '-' : !digit) return false;
  }
  return true;
}

/// Why a line cannot be taken; empty when it can.
std::string what_is_wrong(const std::vector<std::string>& cells) {
  if (cells.size() < 2 || cells[0].empty() || cells[1].empty())
    return "a line is: name,identifier[,role,since,until]";
  if (cells.size() > kMostColumns) {
    return fmt::format("{} cells; at most {}: name,identifier,role,since,until", cells.size(), kMostColumns);
  }
  for (std::size_t i = 3; i < cells.size(); ++i) {
    if (!cells[i].empty() && !is_date(cells[i]))
      return fmt::format("\"{}\" is no date; write it as 2026, 2026-03 or 2026-03-01", cells[i]);
  }
  return {};
}

}  // namespace

Result<IdentifierFile> read_identifiers(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return std::unexpected(Error{ErrorCode::kNotFound, "no such file, or it cannot be read", path, {}, {}});
  IdentifierFile file;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.empty() || (number == 1 && line.starts_with("name,identifier"))) continue;
    auto cells = is_valid_utf8(line) ? cells_of(line) : std::nullopt;
    const std::string wrong = !is_valid_utf8(line) ? "not valid UTF-8"
                              : !cells             ? "a quotation mark is not closed, or something follows it"
                                                   : what_is_wrong(*cells);
    if (!wrong.empty()) {
      file.wrong.push_back({ErrorCode::kMalformed, fmt::format("line {}: {}", number, wrong), path, {}, {}});
      continue;
    }
    cells->resize(kMostColumns);
    file.rows.push_back({(*cells)[0], (*cells)[1], (*cells)[2], (*cells)[3], (*cells)[4]});
  }
  if (in.bad())
    return std::unexpected(Error{ErrorCode::kUnreadable, "the file cannot be read", path, {}, {}});
  return file;
}

}  // namespace onrecord::cli
