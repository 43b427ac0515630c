// SHA-256, by which texts, originals and ids are named.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace onrecord {

using Digest = std::array<std::uint8_t, 32>;

/// Feeds bytes in pieces. Not for use by several threads at once.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  /// Adds the size as eight bytes and then the bytes, so that no two lists of parts give the same digest.
  void add_part(std::string_view bytes);
  /// The digest of all that was added. Call once.
  [[nodiscard]] Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] Digest sha256(std::string_view bytes);
/// Lower-case hexadecimal, 64 digits.
[[nodiscard]] std::string hex(const Digest& digest);

}  // namespace onrecord
