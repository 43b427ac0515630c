#include "text/word_list.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "text/embedded_data.h"

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
    std::ifstream file(entry.path(), std::ios::binary);
    lists.added_.emplace_back(name, std::string(std::istreambuf_iterator<char>(file), {}));
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
