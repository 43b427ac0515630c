#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

namespace onrecord::cli {
namespace {

using std::chrono::seconds;
namespace files = std::filesystem;

constexpr auto kRedraw = std::chrono::milliseconds(100);  // often enough to look alive
constexpr auto kLogEvery = seconds(10);
constexpr double kFirstEstimate = 1.0;  // seconds before which the remaining time would be a guess
constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kMostMeasured = 200'000;  // files; looking up more would hold up the work

std::string duration(double in_seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(in_seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
  std::string out;
  for (std::size_t i = 0; i < kBarWidth; ++i) out += i < full ? "━" : "─";
  return out;
}

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", with_commas(number), number == 1 ? one : many);
}

Progress::Progress(Console& console, const std::vector<std::string>& paths) : console_(console) {
  if (!console_.errors().interactive) return;
  for (const std::string& path : paths) measure(path);
  if (std::ranges::find(paths, "-") != paths.end()) total_ = 0;
}

void Progress::measure(const std::string& path) {
  std::error_code error;
  const auto add = [&](const files::path& file) {
    const std::uintmax_t size = files::file_size(file, error);
    if (error) return;
    sizes_[file.string()] = size;
    total_ += size;
  };
  if (files::is_regular_file(path, error)) return add(path);
  files::recursive_directory_iterator entry(path, files::directory_options::skip_permission_denied, error);
  for (; !error && entry != files::recursive_directory_iterator() && sizes_.size() < kMostMeasured;
       entry.increment(error)) {
    if (entry->is_regular_file(error)) add(entry->path());
  }
}

std::uint64_t Progress::bytes_done(const IngestPlace& place) {
  if (place.path != current_) {
    if (const auto size = sizes_.find(current_); size != sizes_.end()) {
      finished_ += size->second;
      sizes_.erase(size);
    }
    current_ = place.path;
  }
  const auto size = sizes_.find(current_);
  // A compressed file's place is counted after decompression: its own size is the most it can add.
  return finished_ + (size == sizes_.end() ? 0 : std::min(place.offset, size->second));
}

std::string Progress::line(const IngestCounts& counts, std::uint64_t done) const {
  const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
  const double rate = elapsed > 0 ? static_cast<double>(counts.documents) / elapsed : 0;
  std::string text = fmt::format("{}, {:.0f}/s", counted(counts.documents, "document", "documents"), rate);
  if (counts.rejected > 0) text += fmt::format(", {} rejected", with_commas(counts.rejected));
  if (total_ == 0) return text;
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
  std::string left;
  if (elapsed > kFirstEstimate && share > 0) {
    left = fmt::format(", {} left", duration(elapsed / share - elapsed));
  }
  return fmt::format("{} {:3.0f} %  {}{}", bar(share), share * 100, text, left);
}

void Progress::update(const IngestCounts& counts, const IngestPlace& place) {
  const std::uint64_t done = bytes_done(place);
  const Clock::time_point now = Clock::now();
  const bool interactive = console_.errors().interactive;
  if (interactive ? now - shown_ < kRedraw : now - shown_ < kLogEvery) return;
  shown_ = now;
  if (!interactive) return console_.note(line(counts, done) + "\n");
  draw(line(counts, done));
}

void Progress::say(std::string_view text) {
  if (console_.errors().interactive) draw(std::string(text));
}

void Progress::draw(const std::string& text) {
  // "\r" to the line's begin, "ESC [ K" to take away what stood to the right: understood by every terminal
  // since 1978.
  console_.note("\r" + shorten(text, console_.errors().width - 1) + "\x1b[K");
  drawn_ = true;
}

void Progress::clear() {
  if (drawn_) console_.note("\r\x1b[K");
  drawn_ = false;
}

}  // namespace onrecord::cli
