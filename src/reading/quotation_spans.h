// From a draft's tokens to a quotation's spans.
#pragma once

#include "onrecord/quotation.h"
#include "reading/drafts.h"

namespace onrecord {

/// The draft as a quotation without its speaker: kind, mode, spans, confidence, reason.
/// `content` leaves out marks at the ends of each piece and the period or comma beside them;
/// `content_with_marks` keeps them; `quoted` holds the parts in marks.
[[nodiscard]] Quotation make_quotation(const Words& words, const Draft& draft);

}  // namespace onrecord
