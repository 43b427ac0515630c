#include "language/string_list.h"

#include <cstring>

namespace onrecord::spacy {

Result<StringList> StringList::read(std::string_view section) {
  std::uint32_t count = 0;
  const auto damaged = [] {
    return fail(ErrorCode::kDamaged, "a list of strings in the model file is damaged");
  };
  if (section.size() < sizeof count) return damaged();
  std::memcpy(&count, section.data(), sizeof count);
  const std::string_view rest = section.substr(sizeof count);
  if (count >= rest.size() / sizeof(std::uint32_t)) return damaged();
  StringList list;
  list.offsets_ = {reinterpret_cast<const std::uint32_t*>(rest.data()), std::size_t{count} + 1};
  list.bytes_ = rest.substr(list.offsets_.size_bytes());
  std::uint32_t last = 0;
  for (const std::uint32_t offset : list.offsets_) {
    if (offset < last || offset > list.bytes_.size()) return damaged();
    last = offset;
  }
  return list;
}

std::string StringList::write(std::span<const std::string> strings) {
  std::vector<std::uint32_t> offsets = {0};
  std::string bytes;
  for (const std::string& text : strings) {
    bytes += text;
    offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
  const auto count = static_cast<std::uint32_t>(strings.size());
  std::string section(reinterpret_cast<const char*>(&count), sizeof count);
  section.append(reinterpret_cast<const char*>(offsets.data()), offsets.size() * sizeof(std::uint32_t));
  return section + bytes;
}

std::optional<std::size_t> StringList::find(std::string_view text) const {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if ((*this)[middle] < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < size() && (*this)[low] == text) return low;
  return std::nullopt;
}

}  // namespace onrecord::spacy
