#include "reading/finish_reading.h"

#include <algorithm>

#include "reading/quotation_spans.h"
#include "reading/speakers.h"

namespace onrecord {

std::vector<bool> paragraphs_to_read(const Document& document) {
  std::vector<bool> read;
  read.reserve(document.paragraphs.size());
  for (const Paragraph& paragraph : document.paragraphs) {
    read.push_back(paragraph.role == ParagraphRole::kBody || paragraph.role == ParagraphRole::kCaption ||
                   paragraph.role == ParagraphRole::kTitle);
  }
  return read;
}

Result<std::vector<Quotation>> finish_reading(const Article& article, const Words& words,
                                              const Offices& offices, const std::vector<Draft>& drafts,
                                              const Limits& limits, StepCounter& steps) {
  if (drafts.size() > limits.quotations)
    return fail(ErrorCode::kTooMany, "more quotations than the limit of one article");
  if (steps.steps > limits.steps_per_byte * std::max<std::uint64_t>(1, words.document().text.size()))
    return fail(ErrorCode::kTooSlow, "reading takes more steps than the limit of one article");
  std::vector<Quotation> quotations;
  quotations.reserve(drafts.size());
  for (const Draft& draft : drafts) quotations.push_back(make_quotation(words, draft));
  resolve_speakers(article, words, offices, drafts, quotations, steps);
  // What holds marks alone says nothing.
  std::erase_if(quotations, [](const Quotation& quotation) { return quotation.content.empty(); });
  return quotations;
}

}  // namespace onrecord
