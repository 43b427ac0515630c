// Authority: through whom the article has a statement, as the sentence that reports it tells.
#pragma once

#include <vector>

#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// Fills `authority` of drafts from the parse of their cues' sentences, outermost first, and puts right who
/// is the source where one reports what another one says:
///   1. "X quoted Y as saying", "Y was quoted by X as saying": Y's words, on the word of X.
///   2. "X reported, citing Y, that", "according to X, which cited Y": the same.
///   3. "Y said, X reported", "Y said, according to X", "Y said, the complaint says", "X writes, Y said": X
///   beside another's cue.
///   4. "as reported by X", "first reported by X", "per X"; "a letter obtained by X", "a video published by
///   X".
/// Costs O(tokens of the sentences looked at), counted in the parse's steps.
void trace_authority(const Words& words, const Syntax& parse, std::vector<Draft>& drafts);

}  // namespace onrecord
