#include "language/model_bytes.h"

#include <bit>
#include <cstring>

namespace onrecord {
namespace {

float widen(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t exponent = half >> 10 & 0x1FU;
  const std::uint32_t mantissa = half & 0x3FFU;
  if (exponent == 0) {  // zero and subnormals: mantissa * 2^-24
    const float value = static_cast<float>(mantissa) * 0x1p-24F;
    return sign != 0 ? -value : value;
  }
  return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
}

}  // namespace

std::string_view ModelBytes::take(std::size_t size) {
  if (failed_ || size > bytes_.size() - at_) {
    failed_ = true;
    return {};
  }
  const std::string_view taken = bytes_.substr(at_, size);
  at_ += size;
  return taken;
}

std::uint32_t ModelBytes::number() {
  std::uint32_t value = 0;
  const std::string_view bytes = take(sizeof value);
  if (!failed_) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::vector<float> ModelBytes::floats(std::size_t count) {
  std::vector<float> values;
  const std::string_view bytes = take(count * sizeof(float));
  if (failed_) return values;
  values.resize(count);
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

std::vector<float> ModelBytes::halves(std::size_t count) {
  const std::string_view bytes = take(count * sizeof(std::uint16_t));
  std::vector<float> values;
  if (failed_) return values;
  values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::uint16_t half = 0;
    std::memcpy(&half, bytes.data() + i * sizeof half, sizeof half);
    values.push_back(widen(half));
  }
  return values;
}

std::vector<std::string> ModelBytes::strings() {
  std::vector<std::string> texts;
  const std::uint32_t count = number();
  for (std::uint32_t i = 0; i < count && !failed_; ++i) texts.emplace_back(take(number()));
  return texts;
}

void ModelBytes::align(std::size_t alignment) { take((alignment - at_ % alignment) % alignment); }

}  // namespace onrecord
