#include "cli/rejection_log.h"

#include <fmt/format.h>

#include "cli/progress.h"

namespace onrecord::cli {
namespace {

constexpr std::uint64_t kToldOfEach = 5;  // a screenful for several reasons together

}  // namespace

void RejectionLog::add(const Error& error) {
  ++count_;
  if (++by_reason_[error.code] > kToldOfEach) return;
  // What to do about it is said once a reason.
  console_.error("rejected: " + describe(error), by_reason_[error.code] == 1 ? advice(error) : "");
}

void RejectionLog::close() {
  for (const auto& [reason, count] : by_reason_) {
    if (count <= kToldOfEach) continue;
    console_.note(fmt::format("onrecord: and {} more rejected as {}\n", with_commas(count - kToldOfEach),
                              name(reason)));
  }
}

}  // namespace onrecord::cli
