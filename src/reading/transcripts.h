// Transcripts: who speaks stands before a colon at a paragraph's begin, "LOWE: The pier will close."
#pragma once

#include <vector>

#include "reading/drafts.h"

namespace onrecord {

/// The turns of a transcript; none when the text is none. A label is up to eight capitalised words before a
/// colon. A text is a transcript, or has one in it, when four paragraphs have labels, two of which differ and
/// one comes again, and half of them at least are names: a first name, a title, or a word that the text has
/// elsewhere with a capital. A turn goes on over paragraphs without a label up to the next one's, five at
/// most, without what stands in brackets whole: "(Applause)". One pass over the tokens.
[[nodiscard]] std::vector<Draft> transcript_turns(const Words& words,
                                                  const std::vector<bool>& paragraph_is_read,
                                                  StepCounter& steps);

/// Puts turns into `drafts` in place of whatever overlaps with them.
void put_turns(std::vector<Draft> turns, std::vector<Draft>& drafts);

}  // namespace onrecord
