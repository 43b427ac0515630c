// How likely a quotation is a report of words, with the bounds that a reader would give it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "onrecord/quotation.h"
#include "reading/lexicon.h"
#include "text/word_list.h"

namespace onrecord {

/// Weighs what a quotation shows: the tagger's margin, the kind, the length, who the speaker is, and the
/// words of the cue. The weights stand in data/report_likelihood.txt, which training/confidence.py makes from
/// labelled quotations that the tagger did not learn from.
class ReportLikelihood {
 public:
  explicit ReportLikelihood(const WordLists& lists);

  /// 0..1: of a hundred quotations that are given 0.8, some eighty to ninety are reports of something said or
  /// written whose words overlap by half at least with those that a reader marks (docs/accuracy.md has the
  /// table). `quotation.confidence` holds the tagger's margin. Six words or more that stand in marks whole
  /// are shown in any case: 98.5 % of such are statements. No exponential: the same bits everywhere. Costs a
  /// look-up a word of the cue.
  [[nodiscard]] float of(const Quotation& quotation, std::string_view text, const Lexicon& lexicon) const;

 private:
  std::unordered_map<std::string, float> weights_;  ///< "margin", "cue said", "first that"
};

}  // namespace onrecord
