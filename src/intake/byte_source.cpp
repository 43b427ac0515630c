#include "intake/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "intake/system_error.h"

namespace onrecord {
namespace {

constexpr std::size_t kBlock = 64 << 10;  // bytes asked of the system at once; more is no faster on a disk

// Why `mode` cannot be read as a document; empty for a plain file.
std::string_view what_is_no_file(mode_t mode) {
  if (S_ISREG(mode)) return {};
  if (S_ISFIFO(mode)) return "a pipe, not a file; give it on standard input, as -";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device, not a file";
  if (S_ISSOCK(mode)) return "a socket, not a file";
  return "a folder, not a file";
}

class DescriptorBytes : public ByteSource {
 public:
  enum class Owner { kSource, kCaller };
  DescriptorBytes(int descriptor, Owner owner) : descriptor_(descriptor), owner_(owner) {}
  ~DescriptorBytes() override {
    if (owner_ == Owner::kSource) ::close(descriptor_);
  }
  DescriptorBytes(const DescriptorBytes&) = delete;
  DescriptorBytes& operator=(const DescriptorBytes&) = delete;

  Result<std::size_t> read(std::span<char> into) override {
    if (failed_ != 0) return std::unexpected(error_of_system(failed_, {}));
    while (!ended_) {
      const ssize_t size = ::read(descriptor_, into.data(), into.size());
      if (size > 0) return static_cast<std::size_t>(size);
      ended_ = size == 0;
      if (size < 0 && errno != EINTR) {
        failed_ = errno;
        return std::unexpected(error_of_system(failed_, {}));
      }
    }
    return 0;
  }

 private:
  int descriptor_;
  Owner owner_;
  bool ended_ = false;
  int failed_ = 0;
};

}  // namespace

Result<std::size_t> MemoryBytes::read(std::span<char> into) {
  const std::size_t size = std::min(into.size(), rest_.size());
  std::memcpy(into.data(), rest_.data(), size);
  rest_.remove_prefix(size);
  return size;
}

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
  // The kind is asked before the file is opened: opening a device can act on it (a tape rewinds). It is asked
  // again after, because another file may stand there by then; O_NONBLOCK keeps a pipe from waiting.
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return std::unexpected(error_of_system(errno, path));
  if (const auto what = what_is_no_file(facts.st_mode); !what.empty()) {
    return std::unexpected(Error{ErrorCode::kUnreadable, std::string(what), path, {}, {}});
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::unexpected(error_of_system(errno, path));
  auto bytes = std::make_unique<DescriptorBytes>(descriptor, DescriptorBytes::Owner::kSource);
  if (::fstat(descriptor, &facts) != 0) return std::unexpected(error_of_system(errno, path));
  if (const auto what = what_is_no_file(facts.st_mode); !what.empty()) {
    return std::unexpected(Error{ErrorCode::kUnreadable, std::string(what), path, {}, {}});
  }
  return bytes;
}

std::unique_ptr<ByteSource> descriptor_bytes(int descriptor) {
  return std::make_unique<DescriptorBytes>(descriptor, DescriptorBytes::Owner::kCaller);
}

Result<std::string> read_whole(ByteSource& from, std::uint64_t most) {
  std::string bytes;
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kBlock);
    const Result<std::size_t> size = from.read(std::span(bytes).subspan(before));
    if (!size) return std::unexpected(size.error());
    bytes.resize(before + *size);
    if (*size == 0) return bytes;
    if (bytes.size() > most) return fail(ErrorCode::kTooLarge, fmt::format("more than {} bytes", most));
  }
}

std::string_view BufferedBytes::peek(std::size_t wanted) {
  buffer_.erase(0, taken_);
  taken_ = 0;
  while (buffer_.size() < wanted) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + std::max(kBlock, wanted - before));
    const Result<std::size_t> size = from_->read(std::span(buffer_).subspan(before));
    buffer_.resize(before + size.value_or(0));
    if (size.value_or(0) == 0) break;
  }
  return std::string_view(buffer_).substr(0, wanted);
}

Result<std::size_t> BufferedBytes::read(std::span<char> into) {
  if (taken_ == buffer_.size()) return from_->read(into);
  const std::size_t size = std::min(into.size(), buffer_.size() - taken_);
  std::memcpy(into.data(), buffer_.data() + taken_, size);
  taken_ += size;
  return size;
}

}  // namespace onrecord
