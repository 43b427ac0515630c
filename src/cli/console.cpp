#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace onrecord::cli {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;

/// Writes all of `text`; the errno of what stopped it, else 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console() : output_(terminal_of(STDOUT_FILENO)), errors_(terminal_of(STDERR_FILENO)) {}

void Console::print(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) write_out();
}

void Console::write_out() {
  const int error = failed_ == 0 ? write_all(STDOUT_FILENO, buffer_) : 0;
  if (error != 0) failed_ = error;
  buffer_.clear();
}

void Console::note(std::string_view text) {
  write_out();
  write_all(STDERR_FILENO, text);
}

void Console::error(const Error& error) { this->error(describe(error), advice(error)); }

void Console::error(std::string_view what, std::string_view what_to_do) {
  StyledText line("onrecord: ", Style::kStrong);
  line.add(what);
  std::string text = render(line, errors_) + "\n";
  if (!what_to_do.empty()) text += wrap(StyledText(what_to_do, Style::kDim), errors_, {2, 2});
  note(text);
}

Result<void> Console::finish() {
  write_out();
  return check();
}

Result<void> Console::check() const {
  if (failed_ == 0) return {};
  return onrecord::fail(ErrorCode::kSystem, fmt::format("standard output cannot be written: {}",
                                                        std::strerror(failed_)));  // NOLINT
}

std::string advice(const Error& error) {
  if (!error.advice.empty()) return error.advice;
  switch (error.code) {
    case ErrorCode::kBadEncoding:
      return "Convert it to UTF-8 first, for instance: iconv -f WINDOWS-1252 -t UTF-8 FILE";
    case ErrorCode::kTooLarge:
    case ErrorCode::kTooDeep:
    case ErrorCode::kTooMany:
    case ErrorCode::kTooSlow:
      return "The limits stand in: onrecord doctor";
    default:
      return "";
  }
}

}  // namespace onrecord::cli
