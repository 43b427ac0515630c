// Unnamed sources: what an article tells of somebody whom it does not name.
#pragma once

#include "onrecord/quotation.h"
#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// How many a draft's unnamed source is, of what kind, and why no name is given, as printed in the mention
/// and around the cue, or in the sentence after it ("They asked not to be named because ..."). What is not
/// told stays empty. Costs O(tokens of two sentences).
[[nodiscard]] UnnamedSource unnamed_source_of(const Words& words, const Syntax& parse, const Draft& draft);

}  // namespace onrecord
