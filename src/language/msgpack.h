// Reads MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md), the format of spaCy's model
// files.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

class PackedValue;
using PackedArray = std::vector<PackedValue>;
using PackedMap = std::vector<std::pair<PackedValue, PackedValue>>;

struct PackedText {
  std::string_view bytes;
};
struct PackedBytes {
  std::string_view bytes;
};

/// One value. Text and bytes are views into what was read. The as_... questions answer null for another type.
class PackedValue {
 public:
  PackedValue() = default;
  template <class Held>
    requires(std::same_as<Held, bool> || std::same_as<Held, std::uint64_t> ||
             std::same_as<Held, std::int64_t> || std::same_as<Held, double> ||
             std::same_as<Held, PackedText> || std::same_as<Held, PackedBytes> ||
             std::same_as<Held, PackedArray> || std::same_as<Held, PackedMap>)
  explicit PackedValue(Held held) : held_(std::move(held)) {}

  [[nodiscard]] bool is_nil() const { return std::holds_alternative<std::monostate>(held_); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&held_); }
  [[nodiscard]] const PackedArray* as_array() const { return std::get_if<PackedArray>(&held_); }
  [[nodiscard]] const PackedMap* as_map() const { return std::get_if<PackedMap>(&held_); }
  /// Text, or bytes, which srsly writes where Python had either.
  [[nodiscard]] const std::string_view* as_text() const;
  /// A whole number that fits; floats and negative numbers do not.
  [[nodiscard]] const std::uint64_t* as_unsigned() const { return std::get_if<std::uint64_t>(&held_); }

  /// The value under a key of text or bytes, null when this is no map or has no such key. O(size of the map).
  [[nodiscard]] const PackedValue* find(std::string_view key) const;
  [[nodiscard]] const PackedValue* find(std::uint64_t key) const;

 private:
  std::variant<std::monostate, bool, std::uint64_t, std::int64_t, double, PackedText, PackedBytes,
               PackedArray, PackedMap>
      held_;
};

/// The one value that `bytes` hold. Fails with `kTruncated`, `kMalformed`, `kTooDeep` (64 levels) or
/// `kTooMany` (4 million values: a spaCy lookup table has 100,000). Memory is O(values), whatever sizes the
/// bytes claim.
[[nodiscard]] Result<PackedValue> read_msgpack(std::string_view bytes);

}  // namespace onrecord::spacy
