// Participants: what the parse tells of who spoke, and to whom.
#pragma once

#include <vector>

#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// Fills `referent` and `addressee` of drafts from the parse of their cues' sentences.
///   1. Referent: what "who" stands for; for a cue without a source its subject, through coordinated and
///   dependent
///      verbs (said ..., ADDING).
///   2. Subject: that one's words, as a source may be printed: "Lowe is tired but SAYS".
///   3. Addressee: the object of TELL, ASK, URGE ...; "to" after other cues; "in an interview with X"; "asked
///   by X".
/// Costs O(tokens of the sentences looked at), counted in the parse's steps.
void complete_participants(const Words& words, const Syntax& parse, std::vector<Draft>& drafts);

}  // namespace onrecord
