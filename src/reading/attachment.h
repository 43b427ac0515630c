// Attachment: whether a date or a venue is told of the saying, or of something else in its sentence.
#pragma once

#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// How a phrase hangs together with the cue of a draft.
enum class Attachment {
  kCue,    ///< with the cue itself, or with its occasion: SAID on Friday, in an INTERVIEW on Friday
  kEvent,  ///< with a verb that the cue goes on from: APPEARED on the radio on Friday and said
  kLoose,  ///< with a noun, a relative clause or another main verb: the parse tells no more
  kOther,  ///< with what is reported, or with a time that is not the saying's: BECAUSE it closed on Friday
};

/// To what the phrase whose first word is `token` belongs by the parse. Of a draft without a cue (a scene):
/// to the main clause of its sentence (`kEvent`) or not.
[[nodiscard]] Attachment attachment_of(const Words& words, const Syntax& parse, const Draft& draft,
                                       TokenRange phrase);

}  // namespace onrecord
