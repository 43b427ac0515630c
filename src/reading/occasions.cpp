#include "reading/occasions.h"

#include <algorithm>
#include <array>

#include "reading/somebody.h"

namespace onrecord {
namespace {

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

/// Whether words are spoken there, whatever the cue calls them: showed SIGNS at a rally.
bool is_spoken(std::string_view venue) {
  static constexpr std::array<std::string_view, 11> kSpoken = {
      "interview", "speech",   "conference", "rally", "debate",   "event",
      "hearing",   "briefing", "meeting",    "call",  "town hall"};
  return std::ranges::any_of(kSpoken, [&](std::string_view word) { return venue.contains(word); });
}

/// What a transcript in an article may be of: not a letter.
bool is_spoken_on_air(std::string_view venue) {
  static constexpr std::array<std::string_view, 12> kTexts = {"letter",   "post",      "tweet",   "Twitter",
                                                              "Facebook", "statement", "email",   "e-mail",
                                                              "op-ed",    "book",      "article", "memo"};
  return !venue.empty() &&
         std::ranges::none_of(kTexts, [&](std::string_view word) { return venue.contains(word); });
}

/// A book is no occasion: what stands in it was not said where its author speaks next.
bool is_work(std::string_view venue) {
  static constexpr std::array<std::string_view, 6> kWorks = {"book",   "article",       "report",
                                                             "column", "autobiography", "memoir"};
  return std::ranges::any_of(kWorks, [&](std::string_view work) { return venue.ends_with(work); });
}

/// WENT ON, POINTED OUT, SHOT BACK.
bool is_phrasal_report(const Words& words, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 4> kOn = {"went", "goes", "go", "going"};
  static constexpr std::array<std::string_view, 3> kOut = {"pointed", "points", "pointing"};
  static constexpr std::array<std::string_view, 9> kBack = {"fired", "fires", "firing",  "shot",  "shoots",
                                                            "hit",   "hits",  "hitting", "pushed"};
  return (words.equals(verb + 1, "on") && words.is_one_of(verb, kOn)) ||
         (words.equals(verb + 1, "out") && words.is_one_of(verb, kOut)) ||
         (words.equals(verb + 1, "back") && words.is_one_of(verb, kBack));
}

/// "interview" of "first interview in the harbor".
bool is_short_for(std::string_view venue, std::string_view longer) {
  const std::size_t at = longer.find(venue);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + venue.size();
  return (at == 0 || longer[at - 1] == ' ') && (end == longer.size() || longer[end] == ' ');
}

/// Whether the words for a person begin with another's name: "Harbor News's Robin Quill".
bool names_an_outlet_of(std::string_view printed, std::string_view person) {
  const std::size_t surname = person.rfind(' ');
  if (surname == std::string_view::npos || !printed.ends_with(person.substr(surname + 1))) return false;
  return printed.contains("'s ") || printed.contains("\u2019s ");
}

/// "Harbor News", "the Harbor News" of "Harbor News's Robin Quill".
bool is_outlet_of(std::string_view name, std::string_view person_in_full) {
  for (const std::string_view article : {"the ", "The "}) {
    if (name.starts_with(article)) name.remove_prefix(article.size());
    if (person_in_full.starts_with(article)) person_in_full.remove_prefix(article.size());
  }
  if (name.empty() || !person_in_full.starts_with(name)) return false;
  person_in_full.remove_prefix(name.size());
  return person_in_full.starts_with('\'') || person_in_full.starts_with("\u2019");
}

/// A statement, an e-mail, a programme: made for what the article tells of the speaker, unlike a rally.
bool is_for_one_speaker(std::string_view venue) {
  static constexpr std::array<std::string_view, 7> kForOne = {"interview", "statement", "email",  "e-mail",
                                                              "release",   "program",   "message"};
  return std::ranges::any_of(kForOne, [&](std::string_view word) { return venue.contains(word); });
}

/// Whether what a speaker says in a paragraph is of an occasion that is told later: in the same paragraph; in
/// the next one of an interview, or of what the speaker says first; a few paragraphs later of what begins the
/// article.
bool is_foretold(const Occasion& occasion, std::uint32_t paragraph, bool is_first) {
  const std::uint32_t ahead = occasion.paragraph - paragraph;
  if (paragraph < kLeadParagraphs) return ahead <= kLeadParagraphs;
  if (is_first && is_for_one_speaker(occasion.venue.value)) return ahead <= 1;
  return ahead <= 1 &&
         (occasion.venue.value.contains("interview") || (ahead == 0 && occasion.venue.value.empty()));
}

/// "Harbor News's This Week", where "Harbor News's Robin Quill" asked.
bool begins_with_outlet_of(std::string_view venue, std::string_view person_in_full) {
  const std::size_t owner = std::min(venue.find('\''), venue.find("\u2019"));
  return owner != std::string_view::npos && is_outlet_of(venue.substr(0, owner), person_in_full);
}

/// "Robin Quill", "Harbor News", not "growers".
bool is_named(std::string_view hearer) { return !hearer.empty() && hearer[0] >= 'A' && hearer[0] <= 'Z'; }

void copy(const Resolved& from, Resolved& to) {
  to.value = from.value;
  to.spans.clear();
  to.confidence = 0.7F * from.confidence;
  to.reason = "the occasion of the same speaker's other statement";
}

}  // namespace

void Occasions::fill(const Draft& draft, const Draft* before, const Speaker& speaker, Resolved heard,
                     Quotation& quotation) {
  Circumstances told = find_circumstances(words_, parse_, draft, dates_, steps_);
  if (told.venue.value.empty() && quotation.addressee.value.empty() && reports(draft))
    quotation.addressee = std::move(heard);
  if (told.venue.value.empty() && told.when.spans.empty()) told = scene_before(draft, before, speaker);
  const bool by_scene = told.when.spans.empty() && tell_day_of_scene(draft, speaker, quotation, told);
  quotation.venue = std::move(told.venue);
  quotation.when = std::move(told.when);
  quotation.when_basis = told.when_basis;
  if (draft.is_question_to_hearer || asks(draft)) {
    ask_on_occasion_of_hearer(draft, quotation);
    keep_for_answer(draft, quotation);
  }
  if (draft.is_verbatim) stand_in_transcript(draft, quotation);
  note_transcribed(quotation);
  // What is thought is thought on no occasion, what is announced on another one.
  if (lies_ahead(words_, parse_, draft)) return;
  const bool thought = quotation.mode == QuotationMode::kThought;
  if (quotation.speaker.value.empty() || is_habit(draft) || (thought && quotation.venue.spans.empty()))
    return;
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  const auto [place, is_new] = by_speaker_.try_emplace(quotation.speaker.value);
  Occasion& occasion = place->second;
  if (is_new) answer_on_occasion(draft, quotation);
  if (is_new) host_own_programme(draft, paragraph, quotation);
  if (!quotation.addressee.value.empty() && quotation.addressee.value != quotation.speaker.value)
    heard_by_[quotation.addressee.value] = quotation.speaker.value;
  if (occasion.is_passing && paragraph != occasion.paragraph) {  // and another one is not known yet
    occasion = {};
    occasion.is_passing = true;
  }
  const bool near = !is_new && paragraph <= occasion.paragraph + kOccasionParagraphs;
  note_interviewer(quotation, occasion);
  if (near && !thought && (reports(draft) || paragraph == occasion.paragraph) &&
      may_share(occasion, quotation.mode))
    inherit(draft, occasion, paragraph <= occasion.paragraph + 2, quotation);
  // THE interview, at THAT rally: what the reader knows.
  if (!is_new && stands_behind(quotation.venue, {" the ", " that ", " the same "}))
    remember_day(occasion.venue.value, occasion.when, quotation);
  if (!quotation.venue.spans.empty()) {
    if (is_short_for(quotation.venue.value, occasion.longest_venue.value))
      quotation.venue.value = occasion.longest_venue.value;
    else if (!is_work(quotation.venue.value))
      occasion.longest_venue = quotation.venue;
  }
  date_same_venue(paragraph, quotation);
  const bool loose = is_loose(quotation.when) && occasion.is_known();
  // An outlet that is told something asked for it: in the interview of which the article told before.
  const bool outlet = !draft.addressee.empty() && is_news_outlet(words_, draft.addressee.end - 1);
  const bool unknown = occasion.venue.value.empty() && !occasion.is_passing;
  const bool fits = unknown || (outlet && occasion.addressee.value.empty() &&
                                quotation.venue.value == occasion.venue.value);
  const bool stays_heard = fits && stays(draft) && !quotation.addressee.spans.empty();
  // A day told once more is that of the same occasion.
  const bool same_day = near && !occasion.venue.value.empty() && quotation.when.value == occasion.when.value;
  const bool dated = !quotation.when.spans.empty() && !loose && !same_day;
  if (!quotation.venue.spans.empty() || dated || stays_heard || is_new)
    keep(draft, quotation, by_scene, occasion);
  occasion.paragraph = paragraph;
  keep_for_interviewer(quotation, occasion);
}

void Occasions::keep(const Draft& draft, const Quotation& quotation, bool by_scene,
                     Occasion& occasion) const {
  occasion.venue = quotation.venue;
  occasion.when = quotation.when;
  occasion.addressee = stays(draft) && !by_scene ? quotation.addressee : Resolved{};
  occasion.sentence = words_.sentence_of(draft.content.front().begin);
  occasion.is_passing = is_told_by_the_way(draft, quotation.venue);
  occasion.mode = quotation.mode;
  if (is_spoken(quotation.venue.value)) occasion.mode = QuotationMode::kSpeech;
}

void Occasions::note_interviewer(Quotation& quotation, Occasion& occasion) const {
  Resolved& hearer = quotation.addressee;
  if (hearer.value.empty() && begins_with_outlet_of(quotation.venue.value, occasion.interviewer_in_full)) {
    copy(occasion.interviewer, hearer);
    hearer.reason = "who asks for the outlet";
  }
  if (hearer.spans.empty()) return;
  const std::string_view printed = cut(words_.document().text, hearer.spans.front());
  if (names_an_outlet_of(printed, hearer.value)) {
    occasion.interviewer = hearer;
    occasion.interviewer_in_full = printed;
  } else if (is_outlet_of(hearer.value, occasion.interviewer_in_full)) {
    hearer.value = occasion.interviewer.value;
    hearer.reason = "who asks for " + std::string(printed);
  }
}

void Occasions::keep_for_interviewer(const Quotation& quotation, Occasion occasion) {
  const std::string& interviewer = occasion.addressee.value;
  const bool interview =
      occasion.venue.value.contains("interview") || interviewer == occasion.interviewer.value;
  if (interviewer.empty() || !interview || quotation.speaker_kind != SpeakerKind::kPerson) return;
  Occasion& theirs = by_speaker_[interviewer];
  if (theirs.is_known() && theirs.paragraph == occasion.paragraph) return;
  occasion.addressee = quotation.speaker;
  occasion.interviewer = {};
  occasion.interviewer_in_full.clear();
  theirs = std::move(occasion);
}

void Occasions::join_by_hearer(std::vector<Quotation>& quotations) {
  std::unordered_map<std::string, const Resolved*> told;
  const auto key = [](const Quotation& quotation) {
    return quotation.speaker.value + '\n' + quotation.addressee.value;
  };
  const auto has_both = [](const Quotation& quotation) {
    return !quotation.speaker.value.empty() && is_named(quotation.addressee.value);
  };
  for (const Quotation& quotation : quotations) {
    steps_.count();
    if (has_both(quotation) && !quotation.venue.value.empty())
      told.try_emplace(key(quotation), &quotation.venue);
  }
  for (Quotation& quotation : quotations) {
    steps_.count();
    if (!has_both(quotation) || !quotation.venue.value.empty()) continue;
    const auto found = told.find(key(quotation));
    if (found != told.end() && quotation.mode == QuotationMode::kSpeech)
      copy(*found->second, quotation.venue);
  }
}

bool Occasions::tell_day_of_scene(const Draft& draft, const Speaker& speaker, const Quotation& quotation,
                                  Circumstances& told) const {
  if (parse_ == nullptr || speaker.person < 0 || quotation.mode == QuotationMode::kThought) return false;
  if (!reports(draft) || is_habit(draft) || lies_ahead(words_, parse_, draft)) return false;
  const std::uint32_t own = words_.sentence_of(first_of_report(draft));
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
  std::unordered_map<std::string_view, std::size_t> first;  // statement of a speaker
  for (std::size_t i = 0; i < quotations.size(); ++i) {
    steps_.count();
    first.try_emplace(quotations[i].speaker.value, i);
  }
  for (std::size_t i = quotations.size(); i-- > 0;) {
    steps_.count();
    Quotation& quotation = quotations[i];
    const std::string& speaker = quotation.speaker.value;
    if (speaker.empty() || drafts[i].outer >= 0 || is_habit(drafts[i]) ||
        quotation.mode == QuotationMode::kThought || lies_ahead(words_, parse_, drafts[i]))
      continue;
    const std::uint32_t paragraph = words_.sentence(drafts[i].content.front().begin).paragraph;
    const auto found = coming.find(speaker);
    const bool heard = !quotation.addressee.value.empty() && stays(drafts[i]);
    const bool unknown = quotation.venue.value.empty() && !heard;
    if (unknown && found != coming.end() && may_share(found->second, quotation.mode)) {
      const std::uint32_t ahead = found->second.paragraph - paragraph;
      Occasion& occasion = found->second;
      const bool undated = occasion.when.value.empty() && occasion.when.spans.empty();
      const bool dated =
          quotation.when.spans.empty() || undated || quotation.when.value == occasion.when.value;
      if (dated && is_foretold(occasion, paragraph, first[speaker] == i)) {
        if (undated) occasion.when = quotation.when;
        inherit(drafts[i], occasion, ahead <= 2, quotation);
        continue;
      }
    }
    if (!quotation.venue.value.empty() || heard || !quotation.when.spans.empty())
      coming[speaker] = {quotation.venue,
                         quotation.when,
                         heard ? quotation.addressee : Resolved{},
                         quotation.mode,
                         paragraph,
                         0,
                         {},
                         {},
                         {}};
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
  const bool near = paragraph <= found->second.paragraph + 2;
  if (near || (draft.is_question_to_hearer && paragraph <= found->second.paragraph + kOccasionParagraphs))
    inherit(draft, found->second, near, question);
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
              question.venue,
              {},
              {}};
}

bool Occasions::asks(const Draft& draft) const {
  return draft.head != kNoToken && words_.is_reporting(draft.head) && words_.verb(draft.head).base == "ask";
}

void Occasions::remember_day(std::string_view venue, const Resolved& day, Quotation& quotation) {
  const bool other_place = !venue.empty() && !is_short_for(quotation.venue.value, venue);
  const bool dated = !quotation.when.spans.empty() || !quotation.when.value.empty();
  if (other_place || dated || day.value.size() <= kMonthLength) return;
  copy(day, quotation.when);
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

void Occasions::host_own_programme(const Draft& draft, std::uint32_t paragraph, Quotation& quotation) const {
  const std::string& name = quotation.speaker.value;
  const bool untold = quotation.venue.value.empty() && quotation.when.spans.empty();
  const bool near = paragraph <= latest_.paragraph + kOccasionParagraphs;
  if (!untold || !near || !name.contains(' ') || !latest_.venue.value.contains(name) || !reports(draft))
    return;
  inherit(draft, latest_, true, quotation);
  quotation.venue.reason = "the programme is called after the speaker";
}

void Occasions::date_same_venue(std::uint32_t paragraph, Quotation& quotation) {
  const bool near = paragraph <= latest_.paragraph + kOccasionParagraphs;
  const bool same = quotation.when.spans.empty() && stands_behind(quotation.venue, {" same "});
  if (same && near) remember_day({}, latest_.when, quotation);  // where, it has told itself
  if (quotation.venue.value.empty() || quotation.when.value.size() <= kMonthLength) return;
  latest_.venue = quotation.venue;
  latest_.when = quotation.when;
  latest_.paragraph = paragraph;
}

bool Occasions::stands_behind(const Resolved& venue, std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(venue.spans, [&](Span span) {
    const std::string_view before = words_.document().text.substr(0, span.begin);
    return std::ranges::any_of(words, [&](std::string_view word) { return before.ends_with(word); });
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
  // "said on Friday": where, a sentence nearby may tell.
  const bool untold = near && occasion.venue.value.empty();
  const bool same_place =
      quotation.venue.value.empty() || untold || is_short_for(quotation.venue.value, occasion.venue.value);
  // Whom a speaker urges in an interview does not hear it there.
  const bool other_hearer = stays(draft) && !quotation.addressee.value.empty() &&
                            !occasion.addressee.value.empty() &&
                            quotation.addressee.value != occasion.addressee.value;
  if (other_day || other_hearer || !same_place) return;
  if (is_work(occasion.venue.value) && (!near || quotation.mode != QuotationMode::kWriting)) return;
  if (!occasion.venue.value.empty()) copy(occasion.venue, quotation.venue);
  // A month or a year tells when somebody once spoke; what is said next is not of that time for sure.
  const bool day = occasion.when.value.size() > kMonthLength;
  const bool interview = occasion.venue.value.contains("interview");
  const bool month = occasion.when.value.size() == kMonthLength &&
                     (!occasion.venue.value.empty() || tells_week(words_, occasion.when));
  if (quotation.when.spans.empty() && (day || (month && (near || interview) && !is_present(draft)))) {
    copy(occasion.when, quotation.when);
    quotation.when_basis = DateBasis::kInherited;
  }
  if ((near || interview) && quotation.addressee.value.empty() && !occasion.addressee.value.empty() &&
      !is_same_name(occasion.addressee.value, quotation.speaker.value))
    copy(occasion.addressee, quotation.addressee);
}

bool Occasions::is_present(const Draft& draft) const {
  if (parse_ == nullptr || draft.head == kNoToken) return false;
  const std::string_view tag = words_.document().tag(draft.head);
  return tag == "VBZ" || tag == "VBP";
}

bool Occasions::is_told_by_the_way(const Draft& draft, const Resolved& venue) const {
  static constexpr std::array<std::string_view, 8> kTimes = {"days",   "week", "weeks", "month",
                                                             "months", "year", "years", "decades"};
  std::uint32_t told_at = draft.head == kNoToken ? draft.content.front().begin : draft.head;
  if (!venue.spans.empty()) {  // perhaps in a sentence before
    const auto& tokens = words_.document().tokens;
    const auto at = std::ranges::lower_bound(tokens, venue.spans.front().begin, {},
                                             [](const Token& token) { return token.span.begin; });
    told_at = static_cast<std::uint32_t>(at - tokens.begin());
  }
  const Sentence& sentence = words_.sentence(told_at);
  for (std::uint32_t at = sentence.first + 1; at < sentence.last; ++at) {
    steps_.count();
    const bool some_time = words_.passage_of(at) < 0 && words_.is_one_of(at - 1, kTimes);
    if (some_time && (words_.equals(at, "earlier") || words_.equals(at, "ago"))) return true;
  }
  return false;
}

bool Occasions::reports(const Draft& draft) const {
  return draft.head == kNoToken || words_.is_reporting(draft.head) || is_phrasal_report(words_, draft.head);
}

void Occasions::stand_in_transcript(const Draft& draft, Quotation& quotation) const {
  if (!quotation.venue.value.empty() || !is_spoken_on_air(transcribed_.venue.value)) return;
  inherit(draft, transcribed_, true, quotation);
  quotation.venue.reason = "the occasion that the transcript is of";
}

void Occasions::note_transcribed(const Quotation& quotation) {
  if (quotation.venue.spans.empty()) return;
  const bool other = transcribed_.venue.value != quotation.venue.value;
  transcribed_.venue = quotation.venue;
  if (other || !quotation.when.spans.empty()) transcribed_.when = quotation.when;
}

Circumstances Occasions::scene_before(const Draft& draft, const Draft* before, const Speaker& speaker) {
  if (parse_ == nullptr || speaker.person < 0) return {};
  const std::uint32_t own = words_.sentence_of(first_of_report(draft));
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
  return is_of_another_time(draft);
}

bool Occasions::is_of_another_time(const Draft& draft) const {
  const std::uint32_t first = draft.head > 2 ? draft.head - 2 : 0;
  for (std::uint32_t token = first; token <= draft.head + 1; ++token) {
    if (in_content(draft, token)) continue;
    if (words_.is_one_of(token, {"initially", "originally", "previously"})) return true;
    if (words_.equals(token, "at") && words_.equals(token + 1, "first") &&
        (words_.is_mark(token + 2) || words_.equals(token + 2, "that")))
      return true;
  }
  return false;
}

}  // namespace onrecord
