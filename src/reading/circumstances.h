// Circumstances: when and in what a statement was made, as far as the reporting sentence tells it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "onrecord/quotation.h"
#include "reading/dates.h"
#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

struct Circumstances {
  Resolved venue;  ///< "interview with the Quay Gazette"
  Resolved when;   ///< empty value with spans: an expression that could not be dated
  DateBasis when_basis = DateBasis::kUnresolved;
};

/// Reads venue and date in the words of the cue's sentence that are not content. Of weekdays and of months
/// without a year it is the last such day or month not after publication;
/// "last month" and "in 2012" are as exact as they are told. What lies ahead (below) has the coming day, or
/// none. `parse` may be null: then a venue goes on only
/// over names.
[[nodiscard]] Circumstances find_circumstances(const Words& words, const Syntax* parse, const Draft& draft,
                                               const StatementDates& dates, StepCounter& steps);

/// Whether the saying is announced and not yet done: WILL say, is expected TO tell, plans TO announce.
[[nodiscard]] bool lies_ahead(const Words& words, const Syntax* parse, const Draft& draft);

/// Circumstances of a sentence that reports nothing, which may set the scene for the next one.
[[nodiscard]] Circumstances circumstances_of_scene(const Words& words, const Syntax* parse,
                                                   const Sentence& sentence, const StatementDates& dates,
                                                   StepCounter& steps);

}  // namespace onrecord
