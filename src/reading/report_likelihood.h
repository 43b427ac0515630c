// How likely a quotation is a report of words, with the bounds that a reader would give it.
#pragma once

#include <string_view>

#include "onrecord/quotation.h"
#include "reading/lexicon.h"

namespace onrecord {

/// 0..1: of a hundred quotations that are given 0.8, some eighty to ninety are reports of something said or
/// written whose words overlap by half at least with those that a reader marks (docs/accuracy.md has the
/// table). From the tagger's margin (`quotation.confidence`), the kind, the cue, the length, and who the
/// speaker is. The weights are fitted to 1,534 quotations of 84 articles of PolNeAR's train split that
/// the tagger did not learn from. Six words or more that stand in marks whole are shown in any case: 98.5 %
/// of such are statements. No exponential: the same bits everywhere.
[[nodiscard]] float report_likelihood(const Quotation& quotation, std::string_view text,
                                      const Lexicon& lexicon);

}  // namespace onrecord
