// Tells which documents were rejected, without drowning everything else.
#pragma once

#include <cstdint>
#include <map>

#include "cli/console.h"

namespace onrecord::cli {

class RejectionLog {
 public:
  explicit RejectionLog(Console& console) : console_(console) {}

  /// Tells the first ones of each reason at once, and counts the rest.
  void add(const Error& error);
  /// Tells how many were not told.
  void close();
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  Console& console_;
  std::map<ErrorCode, std::uint64_t> by_reason_;
  std::uint64_t count_ = 0;
};

}  // namespace onrecord::cli
