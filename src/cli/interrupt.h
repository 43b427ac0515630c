// Ctrl-C as a wish that the work looks at, so that it can finish what it holds.
#pragma once

namespace onrecord::cli {

/// While it lives, the first SIGINT or SIGTERM is noted; the second ends the program at once, as without it.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] static bool interrupted();
};

}  // namespace onrecord::cli
