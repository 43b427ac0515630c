// What every way of reading shares: which paragraphs are read, and from drafts to quotations with speakers.
#pragma once

#include <vector>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"
#include "onrecord/quotation.h"
#include "reading/drafts.h"
#include "reading/offices.h"
#include "reading/words.h"

namespace onrecord {

/// By index of the paragraph: body, captions and titles are read.
[[nodiscard]] std::vector<bool> paragraphs_to_read(const Document& document);

/// The quotations of `drafts` with their speakers. Fails with `kTooMany` or `kTooSlow` beyond `limits`.
[[nodiscard]] Result<std::vector<Quotation>> finish_reading(const Article& article, const Words& words,
                                                            const Offices& offices,
                                                            const std::vector<Draft>& drafts,
                                                            const Limits& limits, StepCounter& steps);

}  // namespace onrecord
