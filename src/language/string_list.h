// Many strings in one piece of a mapped file, used as they lie.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

/// Layout: u32 count, u32 offsets[count + 1] from the first string's begin, bytes. A view: what it was read
/// from must outlive it.
class StringList {
 public:
  StringList() = default;
  /// Checks that all offsets ascend and lie inside; fails with `kDamaged`. O(count).
  static Result<StringList> read(std::string_view section);
  static std::string write(std::span<const std::string> strings);

  [[nodiscard]] std::size_t size() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return bytes_.substr(offsets_[i], offsets_[i + 1] - offsets_[i]);
  }
  /// Index of `text` in a list that was written sorted. O(log size); never out of bounds when it was not.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view text) const;

 private:
  std::span<const std::uint32_t> offsets_;
  std::string_view bytes_;
};

}  // namespace onrecord::spacy
