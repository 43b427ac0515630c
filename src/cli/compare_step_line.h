// How far a comparison is: a line that is drawn over on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/progress.h"
#include "compare/compare_record.h"

namespace onrecord::cli {

/// The step and how far it is, drawn at most ten times a second.
class CompareStepLine {
 public:
  explicit CompareStepLine(Console& console) : progress_(console, {}) {}

  void tell(CompareStep step, std::uint64_t done, std::uint64_t of) {
    const auto now = Clock::now();
    if (step == step_ && now - drawn_ < std::chrono::milliseconds(100)) return;
    step_ = step, drawn_ = now;
    progress_.say(of == 0
                      ? std::string(name(step))
                      : fmt::format("{}: {} of {} articles", name(step), with_commas(done), with_commas(of)));
  }
  void clear() { progress_.clear(); }

 private:
  using Clock = std::chrono::steady_clock;
  Progress progress_;
  CompareStep step_ = CompareStep::kWriting;
  Clock::time_point drawn_;
};

}  // namespace onrecord::cli
