#include "reading/speakers.h"

namespace onrecord {

void resolve_speakers(const Article& /*article*/, const Words& words, const std::vector<Draft>& drafts,
                      std::vector<Quotation>& quotations, StepCounter& steps) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    steps.count();
    if (drafts[i].source.empty() || !words.is_capital(drafts[i].source.begin)) continue;
    quotations[i].speaker.value = std::string(cut(words.document().text, words.span(drafts[i].source)));
    quotations[i].speaker.spans = {words.span(drafts[i].source)};
    quotations[i].speaker.confidence = 0.5F;
    quotations[i].speaker.reason = "named in the source";
  }
}

}  // namespace onrecord
