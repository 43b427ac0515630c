// Cues: the words that report. "said", "has warned", "according to", "his claim that".
#pragma once

#include <optional>
#include <string>

#include "reading/words.h"

namespace onrecord {

enum class CueKind {
  kVerb,       ///< a finite reporting verb with its auxiliaries
  kGerund,     ///< ", saying that"
  kNoun,       ///< "his claim that"
  kAccording,  ///< "according to"
  kColon,      ///< "LOWE: ...", "From the report:"
};

/// One cue, outside all marks.
struct Cue {
  CueKind kind = CueKind::kVerb;
  TokenRange range;        ///< as printed: "has never said", "called for", "according to"
  std::uint32_t head = 0;  ///< the verb or noun itself
  QuotationMode mode = QuotationMode::kSpeech;
  bool passive = false;     ///< "was told"
  bool infinitive = false;  ///< "to say"
};

/// The cues of tokens `range` in text order. Costs one pass.
[[nodiscard]] std::vector<Cue> find_cues(const Words& words, TokenRange range, StepCounter& steps);

/// Whether a finite reporting verb stands at `token`, and not the noun of the same form.
[[nodiscard]] bool is_reporting_verb(const Words& words, std::uint32_t token);

}  // namespace onrecord
