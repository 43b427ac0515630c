// Names of labels by number, while a model is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onrecord::spacy {

/// Adds `name` to `names` when it is new; answers its number. `names[0]` is the empty name.
inline std::uint32_t intern_label(std::vector<std::string>& names, std::string_view name) {
  if (names.empty()) names.emplace_back();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<std::uint32_t>(i);
  }
  names.emplace_back(name);
  return static_cast<std::uint32_t>(names.size() - 1);
}

}  // namespace onrecord::spacy
