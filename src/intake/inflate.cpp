#include "intake/inflate.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <optional>
#include <string>
#include <string_view>

namespace onrecord {
namespace {

using namespace std::string_view_literals;

constexpr int kMostLayers = 4;                    // ".gz" in ".gz" happens; more is an attack
constexpr std::uint64_t kFreeBytes = 1ULL << 20;  // below this no ratio is looked at (limits.h)
constexpr std::size_t kBlock = 64 << 10;          // bytes asked of the source at once
constexpr int kWindowLog = 27;                    // 128 MiB: what zstd itself accepts without asking

enum class Codec { kNone, kGzip, kZstd };

// RFC 1952 2.3.1 with the only method there is; RFC 8878 3.1.1 and 3.1.2.
Codec codec_of(std::string_view head) {
  if (head.starts_with("\x1F\x8B\x08"sv)) return Codec::kGzip;
  if (head.starts_with("\x28\xB5\x2F\xFD"sv)) return Codec::kZstd;
  const bool skippable =
      head.size() >= 4 && (head[0] & 0xF0) == 0x50 && head.substr(1, 3) == "\x2A\x4D\x18"sv;
  return skippable ? Codec::kZstd : Codec::kNone;
}

// The bytes as they are stored, counted.
class StoredBytes : public ByteSource {
 public:
  StoredBytes(std::unique_ptr<ByteSource> from, std::shared_ptr<std::uint64_t> count)
      : from_(std::move(from)), count_(std::move(count)) {}

  Result<std::size_t> read(std::span<char> into) override {
    Result<std::size_t> size = from_->read(into);
    *count_ += size.value_or(0);
    return size;
  }

 private:
  std::unique_ptr<ByteSource> from_;
  std::shared_ptr<std::uint64_t> count_;
};

class FailingBytes : public ByteSource {
 public:
  explicit FailingBytes(Error error) : error_(std::move(error)) {}
  Result<std::size_t> read(std::span<char>) override { return std::unexpected(error_); }

 private:
  Error error_;
};

// What one step of a codec did.
struct Inflated {
  enum class State { kGoOn, kMemberEnd, kDamaged } state = State::kGoOn;
  std::size_t taken = 0;  // bytes of the input
  std::size_t made = 0;   // bytes of the output
};

// zlib on gzip members.
class GzipCodec {
 public:
  static constexpr std::string_view kName = "gzip";
  GzipCodec() { ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  ~GzipCodec() { inflateEnd(&stream_); }
  GzipCodec(const GzipCodec&) = delete;
  GzipCodec& operator=(const GzipCodec&) = delete;

  Inflated step(std::string_view in, std::span<char> out) {
    if (!ready_) return {Inflated::State::kDamaged};
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30));
    const uInt room = stream_.avail_out;
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    Inflated done{Inflated::State::kGoOn, in.size() - stream_.avail_in, room - stream_.avail_out};
    if (code == Z_STREAM_END) {
      done.state = Inflated::State::kMemberEnd;
      inflateReset(&stream_);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      done.state = Inflated::State::kDamaged;
    }
    return done;
  }

  // What may stand after a member: another one, or zeros up to the end (tape blocks; gzip(1) allows them).
  static bool may_follow(char next) { return next == '\x1F' || next == '\0'; }
  static bool is_padding(char next) { return next == '\0'; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

// libzstd on frames.
class ZstdCodec {
 public:
  static constexpr std::string_view kName = "zstd";
  ZstdCodec() : stream_(ZSTD_createDCtx()) {
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kWindowLog);
  }

  Inflated step(std::string_view in, std::span<char> out) {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t left = ZSTD_decompressStream(stream_.get(), &output, &input);
    Inflated done{Inflated::State::kGoOn, input.pos, output.pos};
    if (ZSTD_isError(left) != 0) done.state = Inflated::State::kDamaged;
    if (left == 0) done.state = Inflated::State::kMemberEnd;
    return done;
  }

  static bool may_follow(char) { return true; }
  static bool is_padding(char) { return false; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* stream) const { ZSTD_freeDCtx(stream); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> stream_;
};

template <class Codec>
class InflatedBytes : public ByteSource {
 public:
  InflatedBytes(std::unique_ptr<ByteSource> from, std::shared_ptr<const std::uint64_t> stored,
                std::uint64_t ratio)
      : from_(std::move(from)), stored_(std::move(stored)), ratio_(ratio) {}

  Result<std::size_t> read(std::span<char> into) override {
    while (!end_) {
      refill();
      if (between_members_ && !enter_member()) continue;
      const Inflated done = codec_.step(input_, into);
      input_.remove_prefix(done.taken);
      made_ += done.made;
      between_members_ = done.state == Inflated::State::kMemberEnd;
      if (done.state == Inflated::State::kDamaged) {
        end_ = error(ErrorCode::kMalformed, "the {} data is damaged");
      } else if (made_ > kFreeBytes && made_ > ratio_ * *stored_) {
        end_ = error(ErrorCode::kTooLarge,
                     fmt::format("the {{}} data inflates to more than {} times its size", ratio_));
      } else if (done.taken == 0 && done.made == 0 && input_.empty() && !between_members_) {
        Error cut_off = error(ErrorCode::kTruncated, "the {} data ends early");
        cut_off.advice = "Fetch or copy it again.";
        end_ = below_.value_or(std::move(cut_off));
      }
      if (done.made > 0) return done.made;
    }
    if (end_->message.empty()) return 0;
    return std::unexpected(*end_);
  }

 private:
  static Error error(ErrorCode code, std::string_view message) {
    return {code, fmt::format(fmt::runtime(message), Codec::kName), {}, {}, {}};
  }
  static Error no_error() { return {ErrorCode::kSystem, {}, {}, {}, {}}; }

  void refill() {
    if (!input_.empty() || source_ended_) return;
    block_.resize(kBlock);
    Result<std::size_t> size = from_->read(block_);
    input_ = std::string_view(block_).substr(0, size.value_or(0));
    source_ended_ = input_.empty();
    if (!size) below_ = std::move(size).error();
  }

  // False when there is nothing more to inflate, or nothing yet.
  bool enter_member() {
    while (!input_.empty() && made_ > 0 && Codec::is_padding(input_.front())) {
      input_.remove_prefix(1);
      padded_ = true;
    }
    if (input_.empty()) {
      if (source_ended_) end_ = below_.value_or(no_error());
      return false;
    }
    if (padded_ || !Codec::may_follow(input_.front())) {
      end_ = error(ErrorCode::kMalformed, "something else follows the {} data");
      return false;
    }
    return true;
  }

  std::unique_ptr<ByteSource> from_;
  std::shared_ptr<const std::uint64_t> stored_;
  std::uint64_t ratio_;
  Codec codec_;
  std::string block_;
  std::string_view input_;  // of block_, not yet taken
  std::uint64_t made_ = 0;
  bool between_members_ = false;
  bool padded_ = false;
  bool source_ended_ = false;
  std::optional<Error> below_;  // what the source said instead of more bytes
  std::optional<Error> end_;    // why there is nothing more; no message: the end
};

}  // namespace

std::unique_ptr<ByteSource> inflating(std::unique_ptr<ByteSource> from, const Limits& limits) {
  const auto stored = std::make_shared<std::uint64_t>(0);
  std::unique_ptr<ByteSource> bytes = std::make_unique<StoredBytes>(std::move(from), stored);
  for (int layer = 0;; ++layer) {
    auto buffered = std::make_unique<BufferedBytes>(std::move(bytes));
    const Codec codec = codec_of(buffered->peek(4));
    if (codec == Codec::kNone) return buffered;
    if (layer == kMostLayers) {
      return std::make_unique<FailingBytes>(Error{
          ErrorCode::kTooDeep, fmt::format("compressed more than {} times over", kMostLayers), {}, {}, {}});
    }
    if (codec == Codec::kGzip) {
      bytes = std::make_unique<InflatedBytes<GzipCodec>>(std::move(buffered), stored, limits.inflation_ratio);
    } else {
      bytes = std::make_unique<InflatedBytes<ZstdCodec>>(std::move(buffered), stored, limits.inflation_ratio);
    }
  }
}

}  // namespace onrecord
