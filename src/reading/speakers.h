// Speakers: who stands behind each quotation's source.
#pragma once

#include "onrecord/article.h"
#include "onrecord/quotation.h"
#include "reading/drafts.h"
#include "reading/offices.h"

namespace onrecord {

/// Fills speaker, speaker_kind, addressee of `quotations`, which were made from `drafts` one by one.
void resolve_speakers(const Article& article, const Words& words, const Offices& offices,
                      const std::vector<Draft>& drafts, std::vector<Quotation>& quotations,
                      StepCounter& steps);

}  // namespace onrecord
