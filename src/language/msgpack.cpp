#include "language/msgpack.h"

#include <algorithm>
#include <bit>

namespace onrecord::spacy {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kMostValues = 4'000'000;
constexpr std::size_t kMostReserved = 1024;  // a size that the bytes claim is not believed

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  Result<PackedValue> value(int depth) {
    if (depth > kDeepest) return fail(ErrorCode::kTooDeep, "nested deeper than 64 levels");
    if (++values_ > kMostValues) return fail(ErrorCode::kTooMany, "more than 4,000,000 values");
    const auto tag = number(1);
    if (!tag) return std::unexpected(tag.error());
    return tagged(static_cast<std::uint8_t>(*tag), depth);
  }

 private:
  Result<PackedValue> tagged(std::uint8_t tag, int depth) {
    if (tag <= 0x7F) return PackedValue(std::uint64_t{tag});
    if (tag <= 0x8F) return map(tag & 0x0F, depth);
    if (tag <= 0x9F) return array(tag & 0x0F, depth);
    if (tag <= 0xBF) return text(tag & 0x1F);
    if (tag >= 0xE0) return PackedValue(std::int64_t{static_cast<std::int8_t>(tag)});
    switch (tag) {
      case 0xC0:
        return PackedValue();
      case 0xC2:
        return PackedValue(false);
      case 0xC3:
        return PackedValue(true);
      case 0xC4:
      case 0xC5:
      case 0xC6:
        return sized(1U << (tag - 0xC4), &Reader::bytes);
      case 0xCA:
        return float_number(4);
      case 0xCB:
        return float_number(8);
      case 0xCC:
      case 0xCD:
      case 0xCE:
      case 0xCF:
        return unsigned_number(1U << (tag - 0xCC));
      case 0xD0:
      case 0xD1:
      case 0xD2:
      case 0xD3:
        return signed_number(1U << (tag - 0xD0));
      case 0xD9:
      case 0xDA:
      case 0xDB:
        return sized(1U << (tag - 0xD9), &Reader::text);
      case 0xDC:
      case 0xDD:
        return sized_nested(2U << (tag - 0xDC), depth, &Reader::array);
      case 0xDE:
      case 0xDF:
        return sized_nested(2U << (tag - 0xDE), depth, &Reader::map);
      default:
        return fail(ErrorCode::kMalformed, "a MessagePack type that spaCy does not write");
    }
  }

  /// A big-endian number of `size` bytes.
  Result<std::uint64_t> number(std::size_t size) {
    if (rest_.size() < size) return fail(ErrorCode::kTruncated, "ends inside a MessagePack value");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = (value << 8) | static_cast<std::uint8_t>(rest_[i]);
    rest_.remove_prefix(size);
    return value;
  }

  Result<PackedValue> unsigned_number(std::size_t size) {
    const auto value = number(size);
    if (!value) return std::unexpected(value.error());
    return PackedValue(*value);
  }

  Result<PackedValue> signed_number(std::size_t size) {
    const auto value = number(size);
    if (!value) return std::unexpected(value.error());
    const int unused = 64 - static_cast<int>(size) * 8;
    return PackedValue(static_cast<std::int64_t>(*value << unused) >> unused);
  }

  Result<PackedValue> float_number(std::size_t size) {
    const auto bits = number(size);
    if (!bits) return std::unexpected(bits.error());
    if (size == sizeof(double)) return PackedValue(std::bit_cast<double>(*bits));
    return PackedValue(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*bits))));
  }

  Result<PackedValue> sized(std::size_t width, Result<PackedValue> (Reader::*read)(std::size_t)) {
    const auto size = number(width);
    if (!size) return std::unexpected(size.error());
    return (this->*read)(*size);
  }

  Result<PackedValue> sized_nested(std::size_t width, int depth,
                                   Result<PackedValue> (Reader::*read)(std::size_t, int)) {
    const auto size = number(width);
    if (!size) return std::unexpected(size.error());
    return (this->*read)(*size, depth);
  }

  Result<std::string_view> take(std::size_t size) {
    if (rest_.size() < size) return fail(ErrorCode::kTruncated, "ends inside a MessagePack string");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  Result<PackedValue> text(std::size_t size) {
    const auto taken = take(size);
    if (!taken) return std::unexpected(taken.error());
    return PackedValue(PackedText{*taken});
  }

  Result<PackedValue> bytes(std::size_t size) {
    const auto taken = take(size);
    if (!taken) return std::unexpected(taken.error());
    return PackedValue(PackedBytes{*taken});
  }

  Result<PackedValue> array(std::size_t size, int depth) {
    PackedArray items;
    items.reserve(std::min(size, kMostReserved));
    for (std::size_t i = 0; i < size; ++i) {
      auto item = value(depth + 1);
      if (!item) return item;
      items.push_back(std::move(*item));
    }
    return PackedValue(std::move(items));
  }

  Result<PackedValue> map(std::size_t size, int depth) {
    PackedMap items;
    items.reserve(std::min(size, kMostReserved));
    for (std::size_t i = 0; i < size; ++i) {
      auto key = value(depth + 1);
      if (!key) return key;
      auto held = value(depth + 1);
      if (!held) return held;
      items.emplace_back(std::move(*key), std::move(*held));
    }
    return PackedValue(std::move(items));
  }

  std::string_view rest_;
  std::size_t values_ = 0;
};

}  // namespace

const std::string_view* PackedValue::as_text() const {
  if (const auto* text = std::get_if<PackedText>(&held_)) return &text->bytes;
  if (const auto* bytes = std::get_if<PackedBytes>(&held_)) return &bytes->bytes;
  return nullptr;
}

const PackedValue* PackedValue::find(std::string_view key) const {
  const PackedMap* map = as_map();
  if (map == nullptr) return nullptr;
  for (const auto& [name, held] : *map) {
    const std::string_view* text = name.as_text();
    if (text != nullptr && *text == key) return &held;
  }
  return nullptr;
}

const PackedValue* PackedValue::find(std::uint64_t key) const {
  const PackedMap* map = as_map();
  if (map == nullptr) return nullptr;
  for (const auto& [name, held] : *map) {
    const std::uint64_t* number = name.as_unsigned();
    if (number != nullptr && *number == key) return &held;
  }
  return nullptr;
}

Result<PackedValue> read_msgpack(std::string_view bytes) {
  Reader reader(bytes);
  auto value = reader.value(0);
  if (value && !reader.at_end()) return fail(ErrorCode::kMalformed, "bytes after the MessagePack value");
  return value;
}

}  // namespace onrecord::spacy
