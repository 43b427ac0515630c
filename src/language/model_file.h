// The file that a converted language model lives in: named sections, mapped into memory (docs/language.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

inline constexpr std::uint32_t kModelFileVersion = 1;

/// Numbers and strings one after the other, little-endian.
class RecordWriter {
 public:
  void number(std::uint64_t value) { append(&value, sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void append(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }
  std::string bytes_;
};

/// Reads what `RecordWriter` wrote. After a read beyond the end every answer is zero or empty and `good` is
/// false: a caller reads a whole record and asks once. Texts are views into the record.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] std::uint64_t number();
  [[nodiscard]] std::string_view text();
  /// A number of items that follow, each at least `least_bytes` long; 0 and not good when so many cannot
  /// follow.
  [[nodiscard]] std::size_t count(std::size_t least_bytes = sizeof(std::uint64_t));
  [[nodiscard]] bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

/// Collects sections and writes the file.
class ModelFileWriter {
 public:
  void add(std::string name, std::string bytes);
  template <class Number>
  void add_array(std::string name, std::span<const Number> numbers) {
    add(std::move(name), std::string(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()));
  }
  /// The bytes of the whole file, the same for the same sections.
  [[nodiscard]] std::string bytes() const;

 private:
  std::vector<std::pair<std::string, std::string>> sections_;
};

/// A mapped model file. Immutable; views into it live as long as it does.
class ModelFile {
 public:
  /// Maps the file, checks its header, its size and the SHA-256 over all sections (about 10 ms for 14 MB).
  /// Fails with `kNotFound`, `kUnreadable`, `kMalformed`, `kTruncated` or `kDamaged`.
  static Result<ModelFile> open(const std::filesystem::path& path);
  /// The same over bytes in memory, which must outlive it and be aligned to 64 bytes.
  static Result<ModelFile> over(std::string_view bytes);

  [[nodiscard]] bool has(std::string_view name) const;
  /// The bytes of a section; empty when there is none.
  [[nodiscard]] std::string_view section(std::string_view name) const;
  /// A section as `count` numbers. Fails with `kDamaged` when it has another size.
  template <class Number>
  [[nodiscard]] Result<std::span<const Number>> array(std::string_view name, std::size_t count) const {
    const std::string_view bytes = section(name);
    if (bytes.size() / sizeof(Number) != count || bytes.size() % sizeof(Number) != 0) {
      return fail(ErrorCode::kDamaged,
                  "the model's part " + std::string(name) + " has another size than it says");
    }
    return std::span(reinterpret_cast<const Number*>(bytes.data()), count);
  }
  /// The names of all sections, sorted.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  /// SHA-256 of the sections as the header has it, in hexadecimal.
  [[nodiscard]] std::string checksum() const;

 private:
  struct Mapping;
  struct Entry {
    std::string_view name;
    std::string_view bytes;
  };
  std::shared_ptr<const Mapping> mapping_;
  std::string_view bytes_;
  std::vector<Entry> entries_;  // sorted by name
};

}  // namespace onrecord::spacy
