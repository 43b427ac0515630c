// Bounded reading of a model file's bytes: little-endian numbers, strings, arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onrecord {

/// The first read beyond the end makes all later ones empty.
class ModelBytes {
 public:
  explicit ModelBytes(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  /// What was not read yet.
  [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }

  std::string_view take(std::size_t size);
  std::uint32_t number();
  std::vector<float> floats(std::size_t count);
  /// Half precision widened to float: exact.
  std::vector<float> halves(std::size_t count);
  /// A count, then the size and the bytes of each.
  std::vector<std::string> strings();
  /// Goes on at the next multiple of `alignment` bytes from the begin.
  void align(std::size_t alignment);

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace onrecord
