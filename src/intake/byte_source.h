// Where bytes come from: files, standard input, memory. The seam at which tests and fuzzers put their own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "onrecord/error.h"

namespace onrecord {

/// A stream of bytes that is read once, from front to back. Not for use by several threads at once.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills the front of `into` (not empty) and gives the number of bytes: at least one, or 0 at the end.
  /// After an error or the end every further call gives the same again.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// Bytes in memory; `bytes` must outlive the source.
class MemoryBytes : public ByteSource {
 public:
  explicit MemoryBytes(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override;

 private:
  std::string_view rest_;
};

/// Opens a plain file. Never waits: a named pipe, a device, a socket or a folder is `kUnreadable`, as is a
/// file without permission and a link that leads to itself; a missing one is `kNotFound`. The error names
/// `path`. The descriptor closes with the source.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);

/// Reads a descriptor that stays open and belongs to the caller: standard input. Waits for its bytes.
[[nodiscard]] std::unique_ptr<ByteSource> descriptor_bytes(int descriptor);

/// All bytes of `from`; `kTooLarge` when there are more than `most`. Memory: those bytes and a block.
[[nodiscard]] Result<std::string> read_whole(ByteSource& from, std::uint64_t most);

/// A source with a buffer in front, so that the first bytes can be looked at before they are taken.
class BufferedBytes : public ByteSource {
 public:
  explicit BufferedBytes(std::unique_ptr<ByteSource> from) : from_(std::move(from)) {}

  /// The next bytes without taking them: `wanted`, or fewer where the source ends or fails first. The view
  /// lives until the next call.
  [[nodiscard]] std::string_view peek(std::size_t wanted);
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override;

 private:
  std::unique_ptr<ByteSource> from_;
  std::string buffer_;
  std::size_t taken_ = 0;  // bytes of the buffer that were given already
};

}  // namespace onrecord
