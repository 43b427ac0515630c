#include "text/word_list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "text/embedded_data.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(separator, at), line.size());
    parts.emplace_back(line.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

void add_rows(std::string_view text, std::vector<std::vector<std::string>>& rows) {
  for (std::string& line : split(text, '\n')) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '-' && line.size() > 1) {
      std::erase_if(rows, [&](const auto& row) { return row[0] == std::string_view(line).substr(1); });
    } else {
      rows.push_back(split(line, '\t'));
    }
  }
}

/// What a list says of one of its columns.
struct ColumnRule {
  std::size_t column = 0;  // from 1
  bool needed = false;
  std::vector<std::string> words;
};

std::vector<ColumnRule> column_rules(std::string_view text) {
  constexpr std::string_view kMark = "#= ";
  std::vector<ColumnRule> rules;
  for (const std::string& line : split(text, '\n')) {
    if (!line.starts_with(kMark)) continue;
    const std::size_t colon = std::min(line.find(": "), line.size() - 2);
    ColumnRule rule;
    rule.column = static_cast<std::size_t>(line[kMark.size()] - '0');
    rule.needed = std::string_view(line).substr(0, colon).ends_with(" needed");
    rule.words = split(std::string_view(line).substr(colon + 2), ' ');
    rules.push_back(std::move(rule));
  }
  return rules;
}

/// What a user's row has that the list cannot take; empty when nothing.
std::string what_is_wrong(const std::vector<std::string>& row, std::size_t most_columns,
                          const std::vector<ColumnRule>& rules) {
  if (row.size() > most_columns) {
    return fmt::format("{} columns; the list has {}, which tabs separate", row.size(), most_columns);
  }
  for (const ColumnRule& rule : rules) {
    if (row.size() < rule.column) {
      if (!rule.needed) continue;
      return fmt::format("column {} is missing: {}", rule.column, fmt::join(rule.words, ", "));
    }
    for (const std::string& word : split(row[rule.column - 1], ' ')) {
      if (word.empty() || std::ranges::find(rule.words, word) != rule.words.end()) continue;
      return fmt::format("\"{}\" in column {}, which takes: {}", word, rule.column,
                         fmt::join(rule.words, ", "));
    }
  }
  return {};
}

/// Checks the text of a user's file that adds to a compiled-in list.
Result<void> check_rows(std::string_view added, std::string_view compiled_in, const std::string& file) {
  const std::vector<ColumnRule> rules = column_rules(compiled_in);
  std::vector<std::vector<std::string>> known;
  add_rows(compiled_in, known);
  std::size_t most_columns = 1;
  for (const auto& row : known) most_columns = std::max(most_columns, row.size());
  std::size_t number = 0;
  for (const std::string& line : split(added, '\n')) {
    ++number;
    std::vector<std::vector<std::string>> row;
    add_rows(line, row);
    const std::string wrong = !is_valid_utf8(line) ? "not valid UTF-8"
                              : row.empty()        ? std::string()
                                                   : what_is_wrong(row.front(), most_columns, rules);
    if (!wrong.empty())
      return std::unexpected(
          Error{ErrorCode::kMalformed, fmt::format("line {}: {}", number, wrong), file, {}, {}});
  }
  return {};
}

const EmbeddedData* find_embedded(std::string_view name) {
  const auto all = embedded_data();
  const auto found = std::ranges::find(all, name, &EmbeddedData::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Result<WordLists> WordLists::with_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return fail(ErrorCode::kNotFound, "the folder of word lists does not exist: " + folder.string());
  }
  WordLists lists;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() != ".txt") continue;
    const std::string name = entry.path().stem().string();
    if (find_embedded(name) == nullptr) {
      return fail(ErrorCode::kNotFound, "there is no word list to extend with " + entry.path().string() +
                                            "; `onrecord doctor` names the lists");
    }
    const std::string path = entry.path().string();
    if (!entry.is_regular_file(ignored)) {
      return std::unexpected(Error{ErrorCode::kUnreadable, "not a plain file", path, {}, {}});
    }
    std::ifstream file(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (auto sound = check_rows(text, find_embedded(name)->text(), path); !sound)
      return std::unexpected(sound.error());
    lists.added_.emplace_back(name, std::move(text));
  }
  std::ranges::sort(lists.added_);
  return lists;
}

std::vector<std::vector<std::string>> WordLists::rows(std::string_view name) const {
  std::vector<std::vector<std::string>> rows;
  if (const EmbeddedData* data = find_embedded(name)) add_rows(data->text(), rows);
  for (const auto& [added_to, text] : added_) {
    if (added_to == name) add_rows(text, rows);
  }
  return rows;
}

std::vector<std::string> WordLists::entries(std::string_view name) const {
  std::vector<std::string> first;
  for (auto& row : rows(name)) first.push_back(std::move(row[0]));
  return first;
}

}  // namespace onrecord
