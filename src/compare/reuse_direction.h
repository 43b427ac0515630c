// Who has a text from whom, and what tells so.
#pragma once

#include <string>
#include <string_view>

#include "compare/provenance.h"
#include "compare/reuse_classes.h"
#include "onrecord/compare.h"

namespace onrecord {

struct DirectionVerdict {
  ReuseDirection direction = ReuseDirection::kUnknown;
  std::string evidence;  ///< one clause; empty when nothing tells
  bool by_time_alone = false;
};

/// The direction of copied narrative. Evidence in the order of its trust, the first that tells counts:
///   1. one names the other's address, or site, as its canonical one;
///   2. one says that the other published it first;
///   3. a news agency is author or has the credit of either text, or published it itself;
///   4. "(AP)" in a dateline;
///   5. the shared words say that somebody told an agency something;
///   6. one reports statements on the other's word;
///   7. one is the other cut down, or the same, and was published later. Time alone tells nothing of articles
///      that only share passages: an update may be crawled before what it rests on.
/// `shared` holds the shared passages of the first text.
[[nodiscard]] DirectionVerdict direction_of(const Provenance& first, const Provenance& second,
                                            const ReuseMeasures& measures, ReuseClass reuse,
                                            std::string_view shared);

}  // namespace onrecord
