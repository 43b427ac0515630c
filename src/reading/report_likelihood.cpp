#include "reading/report_likelihood.h"

#include <algorithm>
#include <array>
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
  bool says = false;   // the commonest of all
  bool might = false;  // "could say", "would tell"
};

bool is_modal(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kModals = {"may",  "might", "could", "would",
                                                              "will", "can",   "should"};
  return std::ranges::find(kModals, word) != kModals.end();
}

CueWords cue_words(std::string_view text, const Spans& cue, const Lexicon& lexicon) {
  CueWords words;
  for_words(text, cue, [&](std::string_view printed) {
    const std::string word = folded(printed);
    ++words.count;
    words.reports = words.reports || lexicon.find(word).verb >= 0;
    words.says = words.says || word == "said" || word == "says" || word == "say" || word == "told";
    words.might = words.might || is_modal(word);
  });
  return words;
}

}  // namespace

float report_likelihood(const Quotation& quotation, std::string_view text, const Lexicon& lexicon) {
  std::size_t length = 0;
  std::string_view first;
  for_words(text, quotation.content_with_marks, [&](std::string_view word) {
    if (length == 0) first = word;
    ++length;
  });
  const CueWords cue = cue_words(text, quotation.cue, lexicon);
  const bool direct = quotation.kind == QuotationKind::kDirect;
  const bool parted = quotation.kind == QuotationKind::kIndirect && quotation.content_with_marks.size() > 1;
  const bool has_speaker = !quotation.speaker.value.empty();
  const std::size_t end =
      quotation.content_with_marks.empty() ? text.size() : quotation.content_with_marks.back().end;
  const bool stops = end < text.size() && std::string_view(".?!\"\n").contains(text[end]);
  const float margin = quotation.confidence;
  const auto if_so = [](bool so, float weight) { return so ? weight : 0.0F; };
  const float sum = -0.59F + 1.08F * margin + 1.31F * margin * margin + if_so(direct, 0.40F) +
                    if_so(quotation.kind == QuotationKind::kMixed, 0.56F) +
                    if_so(quotation.cue.empty(), -0.25F) +
                    if_so(!quotation.cue.empty() && !cue.reports, -0.74F) + if_so(cue.says, 1.00F) +
                    if_so(cue.might, -0.18F) + if_so(cue.count > kLongCue, -0.18F) +
                    if_so(length <= kShort, -0.24F) + if_so(first == "that" || first == "That", 0.48F) +
                    if_so(first == "to", -0.21F) + if_so(parted, -0.16F) + if_so(stops, 0.28F) +
                    if_so(quotation.source.empty(), -0.09F) + if_so(!has_speaker, -0.45F) +
                    if_so(has_speaker && quotation.speaker_kind == SpeakerKind::kPerson, 0.43F) +
                    if_so(quotation.mode == QuotationMode::kWriting, -0.44F) +
                    if_so(direct && length >= kLongPassage, 0.50F);
  const float likely = 0.5F + 0.5F * sum / (1.0F + std::fabs(sum));
  return direct && length >= kLongPassage ? std::max(likely, kLeastShownConfidence) : likely;
}

}  // namespace onrecord
