#include "reading/report_likelihood.h"

#include <algorithm>
#include <cmath>

#include "language/characters.h"
#include "reading/quotation_marks.h"

namespace onrecord {
namespace {

constexpr std::size_t kShort = 4;  // words
constexpr std::size_t kLongCue = 2;

/// Calls `each` with every word of the spans, as white space parts them.
template <class Each>
void for_words(std::string_view text, const Spans& spans, const Each& each) {
  for (const Span span : spans) {
    std::string_view rest = cut(text, span);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(" \n\t"), rest.size());
      if (end > 0) each(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

struct CueWords {
  std::size_t count = 0;
  bool reports = false;
  bool says = false;  // the commonest of all
};

CueWords cue_words(std::string_view text, const Spans& cue, const Lexicon& lexicon) {
  CueWords words;
  for_words(text, cue, [&](std::string_view printed) {
    const std::string word = folded(printed);
    ++words.count;
    words.reports = words.reports || lexicon.find(word).verb >= 0;
    words.says = words.says || word == "said" || word == "says" || word == "say" || word == "told";
  });
  return words;
}

}  // namespace

float report_likelihood(const Quotation& quotation, std::string_view text, const Lexicon& lexicon) {
  std::size_t length = 0;
  bool that = false;
  for_words(text, quotation.content_with_marks, [&](std::string_view word) {
    that = that || (length == 0 && (word == "that" || word == "That"));
    ++length;
  });
  const CueWords cue = cue_words(text, quotation.cue, lexicon);
  const bool direct = quotation.kind == QuotationKind::kDirect;
  const std::size_t end =
      quotation.content_with_marks.empty() ? text.size() : quotation.content_with_marks.back().end;
  const bool stops = end < text.size() && std::string_view(".?!\"\n").contains(text[end]);
  const float margin = quotation.confidence;
  const auto if_so = [](bool so, float weight) { return so ? weight : 0.0F; };
  const float sum =
      -0.20F + 0.96F * margin + 1.25F * margin * margin + if_so(direct, 0.38F) +
      if_so(quotation.kind == QuotationKind::kMixed, 0.62F) + if_so(quotation.cue.empty(), -0.55F) +
      if_so(!quotation.cue.empty() && !cue.reports, -0.62F) + if_so(cue.says, 0.96F) +
      if_so(length <= kShort, -0.31F) + if_so(quotation.source.empty(), -0.21F) +
      if_so(quotation.speaker.value.empty(), -0.70F) + if_so(stops, 0.18F) + if_so(that, 0.51F) +
      if_so(cue.count > kLongCue, -0.19F) + if_so(quotation.mode == QuotationMode::kWriting, -0.50F) +
      if_so(direct && length >= kLongPassage, 0.45F);
  const float likely = 0.5F + 0.5F * sum / (1.0F + std::fabs(sum));
  return direct && length >= kLongPassage ? std::max(likely, kLeastShownConfidence) : likely;
}

}  // namespace onrecord
