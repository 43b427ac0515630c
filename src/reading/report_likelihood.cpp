#include "reading/report_likelihood.h"

#include <algorithm>
#include <array>
#include <charconv>
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

/// A word as the weights know it: folded, without the marks beside it.
std::string bare(std::string_view printed) {
  constexpr std::string_view kMarks = ".,;:!?'\"()";
  const std::size_t begin = std::min(printed.find_first_not_of(kMarks), printed.size());
  const std::size_t last = printed.find_last_not_of(kMarks);
  return last == std::string_view::npos ? std::string() : folded(printed.substr(begin, last + 1 - begin));
}

bool is_modal(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kModals = {"may",  "might", "could", "would",
                                                              "will", "can",   "should"};
  return std::ranges::find(kModals, word) != kModals.end();
}

bool is_common_telling(std::string_view word) {
  return word == "said" || word == "says" || word == "say" || word == "told";
}

float weight_of(const std::vector<std::string>& row) {
  float weight = 0;
  if (row.size() > 1) std::from_chars(row[1].data(), row[1].data() + row[1].size(), weight);
  return weight;
}

constexpr std::string_view kCue = "cue ";
constexpr std::string_view kFirst = "first ";

/// Adds the weights of what a quotation shows.
class Sum {
 public:
  explicit Sum(const std::unordered_map<std::string, float>& weights) : weights_(weights) {}

  void add(std::string_view name, bool so) { add(name, so ? 1.0F : 0.0F); }
  void add(std::string_view name, float value) {
    const auto found = weights_.find(std::string(name));
    if (found != weights_.end()) value_ += found->second * value;
  }
  [[nodiscard]] float value() const { return value_; }

 private:
  const std::unordered_map<std::string, float>& weights_;
  float value_ = 0;
};

}  // namespace

ReportLikelihood::ReportLikelihood(const WordLists& lists) {
  for (const auto& row : lists.rows("report_likelihood")) weights_[row[0]] = weight_of(row);
}

float ReportLikelihood::of(const Quotation& quotation, std::string_view text, const Lexicon& lexicon) const {
  Sum sum(weights_);
  std::size_t length = 0;
  for_words(text, quotation.content_with_marks, [&](std::string_view) { ++length; });
  std::string first;
  for_words(text, quotation.content, [&](std::string_view word) {
    if (first.empty()) first = bare(word);
  });
  std::vector<std::string> cue;
  for_words(text, quotation.cue, [&](std::string_view printed) {
    if (std::string word = bare(printed); !word.empty()) cue.push_back(std::move(word));
  });
  const bool reports =
      std::ranges::any_of(cue, [&](const std::string& word) { return lexicon.find(word).verb >= 0; });
  const bool direct = quotation.kind == QuotationKind::kDirect;
  const bool long_in_marks = direct && length >= kLongPassage;
  const bool has_speaker = !quotation.speaker.value.empty();
  const std::size_t end =
      quotation.content_with_marks.empty() ? text.size() : quotation.content_with_marks.back().end;
  const float margin = quotation.confidence;
  sum.add("always", 1.0F);
  sum.add("margin", margin);
  sum.add("margin squared", margin * margin);
  sum.add("direct", direct);
  sum.add("mixed", quotation.kind == QuotationKind::kMixed);
  sum.add("parted", quotation.kind == QuotationKind::kIndirect && quotation.content_with_marks.size() > 1);
  sum.add("long in marks", long_in_marks);
  sum.add("few words", length <= kShort);
  sum.add("ends a sentence", end < text.size() && std::string_view(".?!\"\n").contains(text[end]));
  sum.add("no cue", cue.empty());
  sum.add("no reporting verb", !cue.empty() && !reports);
  sum.add("said", std::ranges::any_of(cue, is_common_telling));
  sum.add("might say", std::ranges::any_of(cue, is_modal));
  sum.add("long cue", cue.size() > kLongCue);
  sum.add("no source", quotation.speaker.spans.empty());
  sum.add("no speaker", !has_speaker);
  sum.add("by a person", has_speaker && quotation.speaker_kind == SpeakerKind::kPerson);
  sum.add("written", quotation.mode == QuotationMode::kWriting);
  for (const std::string& word : cue) sum.add(std::string(kCue) + word, 1.0F);
  sum.add(std::string(kFirst) + first, 1.0F);
  const float value = sum.value();
  const float likely = 0.5F + 0.5F * value / (1.0F + std::fabs(value));
  return long_in_marks ? std::max(likely, kLeastShownConfidence) : likely;
}

}  // namespace onrecord
