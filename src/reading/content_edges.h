// Content edges: what stands beside words in marks and was taken for a part of them.
#pragma once

#include <vector>

#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// Gives words in marks back to the cue that stands behind them: of a content that runs over another
/// statement's cue ("Yes", SAID LOWE. "No", ...) every part before such a cue becomes a draft of its own.
/// Keeps the order of the drafts by their first content token.
void split_at_other_cues(const Words& words, std::vector<Draft>& drafts);

/// Cuts what follows a clause in marks, or goes before it, and only tells of the saying: said "we are ready"
/// TO REPORTERS, "we are ready" IN A STATEMENT ON FRIDAY. What completes the words in marks ("a danger" TO
/// THE HARBOR) stays.
void cut_phrases_of_the_saying(const Words& words, const Syntax& parse, std::vector<Draft>& drafts);

}  // namespace onrecord
