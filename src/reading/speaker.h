// Who is said to have said something, as far as the reading can tell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onrecord/quotation.h"

namespace onrecord {

struct Speaker {
  std::string name;  ///< empty when nobody can be told
  SpeakerKind kind = SpeakerKind::kUnknown;
  std::int32_t person = -1;  ///< of the article's people; -1 for none of them
  /// 0..1: each rule's worth, set by hand so that rules which were right more often on the labelled articles
  /// stand higher. `report_likelihood` makes a probability of it, together with what the statement itself
  /// shows.
  float confidence = 0;
  std::string reason;
  std::vector<SpeakerCandidate> candidates{};  ///< of a pronoun, best first
};

}  // namespace onrecord
