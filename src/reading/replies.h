// Replies: who hears an answer, and who a question.
#pragma once

#include <vector>

#include "onrecord/quotation.h"
#include "reading/drafts.h"

namespace onrecord {

/// Fills hearers that nothing tells from the statement before, by another speaker and at most one paragraph
/// back.
///   1. "“Why?” Lowe asked. Quill replied ...": he replies to her, and she asks him.
///   2. Lowe wrote Quill something, Quill replied: to Lowe.
///   3. The two speakers of a transcript speak to each other.
/// Takes the quotations of all drafts, in text order. Costs O(statements).
void answer_each_other(const Words& words, const std::vector<Draft>& drafts,
                       std::vector<Quotation>& quotations, StepCounter& steps);

}  // namespace onrecord
