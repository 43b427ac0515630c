// What the tagger takes for a statement, and the words show to be none.
#pragma once

#include "reading/drafts.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// Whether nobody is reported to say, write or think the content of a draft that has no quotation marks:
///   - its cue has no word that reports, and the content is a thing, not a clause: THREW OPEN his yard, CAST
///     ballots;
///   - its source is the reader ("you", "your guests"), or the author ("I", "we") with a cue that reports
///   nothing:
///     WE LOVE this bag;
///   - a label stands before a colon, and no name or role: WARNING: the site is down.
/// What is as sure as `sure` is left to the tagger, but for labels. Counts the tokens it looks at in `steps`.
[[nodiscard]] bool shows_no_report(const Words& words, const Syntax& parse, const Draft& draft, float sure,
                                   StepCounter& steps);

}  // namespace onrecord
