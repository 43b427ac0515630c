// Links: which content belongs to which cue, and whose it is.
#pragma once

#include <vector>

#include "reading/attribution_tagger.h"
#include "reading/drafts.h"
#include "reading/words.h"

namespace onrecord {

/// A run of tokens that the tagger gave one label.
struct AttributionPiece {
  enum class Kind { kSource, kCue, kContent };
  Kind kind = Kind::kContent;
  TokenRange range;
  float confidence = 0;  ///< 0..1: how far its label stands above the others, over its tokens
};

/// Drafts from the tagger's pieces, which are in text order. A content goes to the cheapest cue of its
/// paragraph, a source to the cheapest cue likewise; the price is the distance in tokens, with additions for
/// a sentence's end and for other cues in between (with the right pieces given, 98.1 % of the contents of
/// PolNeAR's training articles find their cue so). What goes on in the next paragraph with an opening mark
/// joins the passage it continues; a quoted content without a cue stands alone; any other is left out. A
/// closed passage in marks of six words or more that the tagger passed over becomes a draft without a cue.
/// Costs O(pieces * pieces of a paragraph), counted in `steps`.
[[nodiscard]] std::vector<Draft> link_pieces(const Words& words, const std::vector<AttributionPiece>& pieces,
                                             const std::vector<bool>& paragraph_is_read, StepCounter& steps);

}  // namespace onrecord
