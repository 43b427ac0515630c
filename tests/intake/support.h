// What the tests of intake share: compressing, folders that go away, reading a stream to its end.
#pragma once

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.h"

namespace onrecord::testing {

struct ReadStream {
  std::vector<RawDocument> documents;
  std::vector<Error> errors;
};

inline ReadStream read_all(DocumentStream stream) {
  ReadStream read;
  while (auto document = stream.next()) {
    if (*document) {
      read.documents.push_back(*std::move(*document));
    } else {
      read.errors.push_back(document->error());
    }
  }
  return read;
}

inline ReadStream read_bytes(std::string_view bytes, const std::string& name,
                             const SourceOptions& options = {}) {
  return read_all(DocumentStream(std::make_unique<MemoryBytes>(bytes), name, options));
}

inline std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

/// A folder under the system's temporary one that is removed with all in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "onrecord-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name = {}) const {
    return name.empty() ? path_.string() : (path_ / name).string();
  }
  /// Writes a file, with the folders above it.
  void write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

/// Gives one byte again and again, at most `most`, and counts what was taken.
class RepeatedByte : public ByteSource {
 public:
  RepeatedByte(char byte, std::uint64_t most, std::uint64_t* taken)
      : byte_(byte), most_(most), taken_(taken) {}
  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), most_ - *taken_));
    std::fill_n(into.begin(), size, byte_);
    *taken_ += size;
    return size;
  }

 private:
  char byte_;
  std::uint64_t most_;
  std::uint64_t* taken_;
};

/// Gives the bytes of another source one at a time.
class OneByOne : public ByteSource {
 public:
  explicit OneByOne(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(std::span<char> into) override { return bytes_.read(into.first(1)); }

 private:
  MemoryBytes bytes_;
};

}  // namespace onrecord::testing
