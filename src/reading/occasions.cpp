#include "reading/occasions.h"

#include <algorithm>
#include <array>

namespace onrecord {
namespace {

constexpr std::size_t kMonthLength = 7;            // "2026-03"
constexpr std::uint32_t kOccasionParagraphs = 12;  // an occasion told earlier than that is likely over
constexpr std::uint32_t kLeadParagraphs =
    4;  // a headline and a lead come before the sentence that tells the occasion
constexpr std::uint32_t kSceneSentences = 2;

constexpr int kToldTwice = 2;  // a day that is told once may be that of one statement among others
constexpr float kOnlyDayConfidence = 0.5F;

/// The day of all of a speaker's dated statements.
struct OnlyDay {
  std::string_view day;
  int told = 0;
  bool several = false;
};

/// A month or a year: what was once said, beside the occasion of the article.
bool is_loose(const Resolved& when) { return !when.value.empty() && when.value.size() <= kMonthLength; }

/// "last week": one occasion, however loose its date is, while of "in March" there may be many.
bool tells_week(const Words& words, const Resolved& when) {
  return std::ranges::any_of(when.spans,
                             [&](Span span) { return cut(words.document().text, span).contains("week"); });
}

/// Written words stand where they stand, whether the outlet has them written or said; what is spoken is not
/// written.
bool may_share(const Occasion& occasion, QuotationMode mode) {
  if (mode == occasion.mode) return true;
  static constexpr std::array<std::string_view, 12> kWritten = {"message",   "post",    "tweet",  "letter",
                                                                "statement", "email",   "e-mail", "op-ed",
                                                                "release",   "article", "memo",   "Twitter"};
  const bool written = std::ranges::any_of(
      kWritten, [&](std::string_view word) { return occasion.venue.value.contains(word); });
  // A rally is spoken at, whatever its report is taken for.
  const bool at_a_place = occasion.mode == QuotationMode::kWriting && !occasion.venue.value.empty();
  return written || at_a_place;
}

/// A book is no occasion: what stands in it was not said where its author speaks next.
bool is_work(std::string_view venue) { return venue.ends_with("book"); }

/// "interview" of "first interview in the harbor".
bool is_short_for(std::string_view venue, std::string_view longer) {
  const std::size_t at = longer.find(venue);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + venue.size();
  return (at == 0 || longer[at - 1] == ' ') && (end == longer.size() || longer[end] == ' ');
}

void copy(const Resolved& from, Resolved& to) {
  to.value = from.value;
  to.spans.clear();
  to.confidence = 0.7F * from.confidence;
  to.reason = "the occasion of the same speaker's other statement";
}

}  // namespace

void Occasions::fill(const Draft& draft, const Draft* before, const Speaker& speaker, Quotation& quotation) {
  Circumstances told = find_circumstances(words_, parse_, draft, dates_, steps_);
  if (told.venue.value.empty() && told.when.spans.empty()) told = scene_before(draft, before, speaker);
  const bool by_scene = told.when.spans.empty() && tell_day_of_scene(draft, speaker, quotation, told);
  quotation.venue = std::move(told.venue);
  quotation.when = std::move(told.when);
  quotation.when_basis = told.when_basis;
  if (draft.is_question_to_hearer) {
    ask_on_occasion_of_hearer(draft, quotation);
    keep_for_answer(draft, quotation);
  }
  // What is thought is thought on no occasion, what is announced on another one.
  if (lies_ahead(words_, parse_, draft)) return;
  if (quotation.speaker.value.empty() || is_habit(draft) || quotation.mode == QuotationMode::kThought) return;
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  const auto [place, is_new] = by_speaker_.try_emplace(quotation.speaker.value);
  Occasion& occasion = place->second;
  if (is_new) answer_on_occasion(draft, quotation);
  if (!quotation.addressee.value.empty() && quotation.addressee.value != quotation.speaker.value)
    heard_by_[quotation.addressee.value] = quotation.speaker.value;
  const bool near = !is_new && paragraph <= occasion.paragraph + kOccasionParagraphs;
  if (near && reports(draft) && may_share(occasion, quotation.mode))
    inherit(draft, occasion, paragraph <= occasion.paragraph + 2, quotation);
  if (!is_new && is_told_again(quotation.venue)) remember_day(occasion, quotation);
  if (!quotation.venue.spans.empty()) {
    if (is_short_for(quotation.venue.value, occasion.longest_venue.value))
      quotation.venue.value = occasion.longest_venue.value;
    else if (!is_work(quotation.venue.value))
      occasion.longest_venue = quotation.venue;
  }
  date_same_venue(paragraph, quotation);
  const bool loose = is_loose(quotation.when) && occasion.is_known();
  if (!quotation.venue.spans.empty() || (!quotation.when.spans.empty() && !loose) || is_new) {
    occasion.venue = quotation.venue;
    occasion.when = quotation.when;
    occasion.addressee = stays(draft) && !by_scene ? quotation.addressee : Resolved{};
    occasion.mode = quotation.mode;
    occasion.sentence = words_.sentence_of(draft.content.front().begin);
  }
  occasion.paragraph = paragraph;
}

bool Occasions::tell_day_of_scene(const Draft& draft, const Speaker& speaker, const Quotation& quotation,
                                  Circumstances& told) const {
  if (parse_ == nullptr || speaker.person < 0 || quotation.mode == QuotationMode::kThought) return false;
  if (!reports(draft) || is_habit(draft) || lies_ahead(words_, parse_, draft)) return false;
  const std::uint32_t own =
      words_.sentence_of(draft.head == kNoToken ? draft.content.front().begin
                                                : std::min(draft.head, draft.content.front().begin));
  const auto found = by_speaker_.find(speaker.name);
  if (found != by_speaker_.end() && !found->second.venue.value.empty()) return false;
  const std::uint32_t low = found == by_speaker_.end() ? 0 : found->second.sentence + 1;
  Circumstances scene = day_of_scene(words_, *parse_, resolution_, dates_, speaker.person, low, own, steps_);
  told.when = std::move(scene.when);
  told.when_basis = scene.when_basis;
  return !told.when.spans.empty();
}

void Occasions::fill_leads(const std::vector<Draft>& drafts, std::vector<Quotation>& quotations) {
  std::unordered_map<std::string, Occasion> coming;
  for (std::size_t i = quotations.size(); i-- > 0;) {
    steps_.count();
    Quotation& quotation = quotations[i];
    const std::string& speaker = quotation.speaker.value;
    if (speaker.empty() || drafts[i].outer >= 0 || is_habit(drafts[i]) ||
        quotation.mode == QuotationMode::kThought || lies_ahead(words_, parse_, drafts[i]))
      continue;
    const std::uint32_t paragraph = words_.sentence(drafts[i].content.front().begin).paragraph;
    const auto found = coming.find(speaker);
    const bool unknown = quotation.venue.value.empty() && quotation.when.spans.empty();
    if (!unknown) {
      coming[speaker] = {
          quotation.venue, quotation.when, quotation.addressee, quotation.mode, paragraph, 0, {}};
    } else if (found != coming.end() && may_share(found->second, quotation.mode) &&
               paragraph < kLeadParagraphs && found->second.paragraph <= paragraph + kLeadParagraphs) {
      inherit(drafts[i], found->second, found->second.paragraph <= paragraph + 2, quotation);
    }
  }
}

void Occasions::fill_only_day(const std::vector<Draft>& drafts, std::vector<Quotation>& quotations) const {
  std::unordered_map<std::string_view, OnlyDay> days;
  for (const Quotation& quotation : quotations) {
    const std::string& when = quotation.when.value;
    if (when.empty()) continue;
    OnlyDay& only = days[quotation.speaker.value];
    only.several = only.several || is_loose(quotation.when) || (!only.day.empty() && only.day != when);
    only.day = when;
    if (!quotation.when.spans.empty()) ++only.told;
  }
  for (std::size_t i = 0; i < quotations.size(); ++i) {
    steps_.count();
    Quotation& quotation = quotations[i];
    const auto found = days.find(quotation.speaker.value);
    if (found == days.end() || found->second.several || found->second.told < kToldTwice) continue;
    const bool undated = quotation.when.value.empty() && quotation.when.spans.empty();
    if (!undated || !quotation.venue.value.empty() || quotation.mode != QuotationMode::kSpeech) continue;
    if (quotation.speaker.value.empty() || drafts[i].outer >= 0 || is_habit(drafts[i]) ||
        !reports(drafts[i]) || lies_ahead(words_, parse_, drafts[i]))
      continue;
    quotation.when = {
        std::string(found->second.day), {}, kOnlyDayConfidence, "the one day on which the speaker speaks"};
    quotation.when_basis = DateBasis::kInherited;
  }
}

void Occasions::ask_on_occasion_of_hearer(const Draft& draft, Quotation& question) const {
  const auto found = by_speaker_.find(question.addressee.value);
  if (found == by_speaker_.end() || !question.venue.value.empty() || !question.when.spans.empty()) return;
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  if (paragraph <= found->second.paragraph + kOccasionParagraphs)
    inherit(draft, found->second, paragraph <= found->second.paragraph + 2, question);
}

void Occasions::keep_for_answer(const Draft& draft, const Quotation& question) {
  if (question.addressee.value.empty()) return;
  Occasion& occasion = by_speaker_[question.addressee.value];
  const bool tells = !question.venue.value.empty() || !question.when.spans.empty();
  if (!tells && occasion.is_known()) return;
  occasion = {question.venue,
              question.when,
              question.speaker,
              question.mode,
              words_.sentence(draft.content.front().begin).paragraph,
              words_.sentence_of(draft.content.front().begin),
              question.venue};
}

void Occasions::remember_day(const Occasion& occasion, Quotation& quotation) {
  const bool other_place =
      !occasion.venue.value.empty() && !is_short_for(quotation.venue.value, occasion.venue.value);
  const bool dated = !quotation.when.spans.empty() || !quotation.when.value.empty();
  if (other_place || dated || occasion.when.value.size() <= kMonthLength) return;
  copy(occasion.when, quotation.when);
  quotation.when_basis = DateBasis::kInherited;
}

void Occasions::answer_on_occasion(const Draft& draft, Quotation& quotation) const {
  const auto other = heard_by_.find(quotation.speaker.value);
  if (other == heard_by_.end() || !quotation.when.spans.empty() || !quotation.venue.spans.empty()) return;
  const auto found = by_speaker_.find(other->second);
  if (found == by_speaker_.end()) return;
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  if (paragraph <= found->second.paragraph + 2 && reports(draft))
    inherit(draft, found->second, true, quotation);
}

void Occasions::date_same_venue(std::uint32_t paragraph, Quotation& quotation) {
  const bool near = paragraph <= latest_.paragraph + kOccasionParagraphs;
  const bool same = quotation.venue.value.starts_with("same ") && quotation.when.spans.empty();
  if (same && near) remember_day(latest_, quotation);
  if (quotation.venue.value.empty() || quotation.when.value.size() <= kMonthLength) return;
  latest_.when = quotation.when;
  latest_.paragraph = paragraph;
}

bool Occasions::is_told_again(const Resolved& venue) const {
  return std::ranges::any_of(venue.spans, [&](Span span) {
    const std::string_view before = std::string_view(words_.document().text).substr(0, span.begin);
    return before.ends_with(" the ") || before.ends_with(" that ") || before.ends_with(" the same ");
  });
}

bool Occasions::stays(const Draft& draft) const {
  const bool urged =
      draft.head != kNoToken && words_.is_reporting(draft.head) &&
      (words_.verb(draft.head).takes(Frame::kPerson) || words_.verb(draft.head).base == "call");
  return !urged || words_.verb(draft.head).base == "tell";
}

void Occasions::inherit(const Draft& draft, const Occasion& occasion, bool near, Quotation& quotation) const {
  if (!occasion.is_known()) return;
  const bool other_day = !quotation.when.spans.empty() && quotation.when.value != occasion.when.value;
  const bool same_place =
      quotation.venue.value.empty() || is_short_for(quotation.venue.value, occasion.venue.value);
  // Whom a speaker urges in an interview does not hear it there.
  const bool other_hearer = stays(draft) && !quotation.addressee.value.empty() &&
                            !occasion.addressee.value.empty() &&
                            quotation.addressee.value != occasion.addressee.value;
  if (other_day || other_hearer || !same_place || is_work(occasion.venue.value)) return;
  if (!occasion.venue.value.empty()) copy(occasion.venue, quotation.venue);
  // A month or a year tells when somebody once spoke; what is said next is not of that time for sure.
  const bool day = occasion.when.value.size() > kMonthLength;
  const bool interview = occasion.venue.value.contains("interview");
  const bool month = occasion.when.value.size() == kMonthLength &&
                     (!occasion.venue.value.empty() || tells_week(words_, occasion.when));
  if (quotation.when.spans.empty() && (day || (month && (near || interview)))) {
    copy(occasion.when, quotation.when);
    quotation.when_basis = DateBasis::kInherited;
  }
  if ((near || interview) && quotation.addressee.value.empty() && !occasion.addressee.value.empty() &&
      !is_same_name(occasion.addressee.value, quotation.speaker.value))
    copy(occasion.addressee, quotation.addressee);
}

bool Occasions::reports(const Draft& draft) const {
  return draft.head == kNoToken || words_.is_reporting(draft.head);
}

Circumstances Occasions::scene_before(const Draft& draft, const Draft* before, const Speaker& speaker) {
  if (parse_ == nullptr || speaker.person < 0) return {};
  const std::uint32_t first = draft.head == kNoToken ? draft.content.front().begin
                                                     : std::min(draft.head, draft.content.front().begin);
  const std::uint32_t own = words_.sentence_of(first);
  // What somebody thinks reports no words: its sentence may set the scene, too.
  const std::uint32_t after = before != nullptr && before->mode == QuotationMode::kThought ? 0 : 1;
  const std::uint32_t low = before == nullptr
                                ? 0
                                : words_.sentence_of(std::max(before->content.back().end - 1,
                                                              before->head == kNoToken ? 0 : before->head)) +
                                      after;
  for (std::uint32_t sentence = own; sentence > low && own - sentence < kSceneSentences;) {
    --sentence;
    const Sentence& scene = words_.document().sentences[sentence];
    if (scene.paragraph + 1 < words_.document().sentences[own].paragraph) break;
    if (!resolution_.has_subject(scene, speaker.person)) continue;
    Circumstances told = circumstances_of_scene(words_, parse_, scene, dates_, steps_);
    if (!told.venue.value.empty()) return told;  // a date alone tells when something happened, not the words
  }
  return {};
}

bool Occasions::is_habit(const Draft& draft) const {
  if (draft.head == kNoToken) return false;
  for (std::uint32_t token = draft.head > 3 ? draft.head - 3 : 0; token < draft.head; ++token) {
    for (const std::string_view word :
         {"often", "always", "repeatedly", "frequently", "long", "has", "have", "regularly"}) {
      if (words_.equals(token, word)) return true;
    }
  }
  return false;
}

}  // namespace onrecord
