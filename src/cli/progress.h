// How far an ingest is: a line that is drawn over on a terminal, now and then a line in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/console.h"
#include "record/ingest.h"

namespace onrecord::cli {

/// "1,234,567".
[[nodiscard]] std::string with_commas(std::uint64_t number);
/// "3 articles", "1 article".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

class Progress {
 public:
  /// Looks up the sizes of what stands below `paths`, so that it can say how much is left.
  Progress(Console& console, const std::vector<std::string>& paths);

  void update(const IngestCounts& counts, const IngestPlace& place);
  /// Instead of a share: what goes on now.
  void say(std::string_view text);
  /// Takes the line away, so that something else can be said.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void measure(const std::string& path);
  void draw(const std::string& text);
  [[nodiscard]] std::uint64_t bytes_done(const IngestPlace& place);
  [[nodiscard]] std::string line(const IngestCounts& counts, std::uint64_t done) const;

  Console& console_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
  std::unordered_map<std::string, std::uint64_t> sizes_;  // of files that are not done yet
  std::uint64_t total_ = 0;                               // of all files; 0 when it cannot be known
  std::uint64_t finished_ = 0;                            // of files that are done
  std::string current_;                                   // the file that is being read
  bool drawn_ = false;
};

}  // namespace onrecord::cli
