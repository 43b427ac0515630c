#include "reading/retellings.h"

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kNamedParagraphs = 2;    // a person speaks through a document for that long
constexpr std::uint32_t kUnnamedParagraphs = 6;  // who has no name has no other way to speak

/// Who tells DETECTIVES something is known to have said it through them or their files.
bool investigates(std::string_view hearer) {
  return has_word(hearer, {"agent", "agents", "authorities", "deputies", "deputy", "detective", "detectives",
                           "investigator", "investigators", "officer", "officers", "police", "prosecutor",
                           "prosecutors", "sheriff"});
}

/// Who answers a report speaks for himself.
bool answers(const Words& words, const Draft& draft) {
  static constexpr std::array<std::string_view, 12> kAnswers = {"deny",   "decline", "respond", "dispute",
                                                                "reject", "refute",  "dismiss", "defend",
                                                                "insist", "react",   "confirm", "comment"};
  return draft.head != kNoToken &&
         std::ranges::find(kAnswers, words.document().lemma(draft.head)) != kAnswers.end();
}

bool is_recording(std::string_view name) {
  return has_word(name, {"transcript", "recording", "audio", "tape"});
}

}  // namespace

void Retellings::fill(const Draft& draft, Quotation& quotation) {
  if (quotation.mode == QuotationMode::kThought || quotation.speaker.value.empty()) return;
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  if (!quotation.authority.empty()) {
    if (can_be_retold(draft, quotation)) keep(draft, quotation, paragraph);
    return;
  }
  const std::string noun = noun_of_source(draft, quotation);
  const auto told = std::ranges::find_if(retellings_, [&](const Retelling& retelling) {
    steps_.count();
    return is_of(retelling, draft, quotation, noun, paragraph);
  });
  const bool known = told != retellings_.end();
  const bool filed = !file_.chain.empty() && paragraph <= file_.paragraph + kNamedParagraphs &&
                     investigates(quotation.addressee.value) && !quotation.addressee.spans.empty() &&
                     quotation.when.spans.empty();
  const bool recorded = !record_.chain.empty() && paragraph <= record_.paragraph + 1 &&
                        quotation.speaker_kind == SpeakerKind::kPerson;
  if (!known && !recorded && !filed) return speak_for_itself(quotation);
  Retelling& retelling = known ? *told : recorded ? record_ : file_;
  if ((retelling.report.empty() && has_own_occasion(retelling, quotation)) ||
      tells_of(retelling.chain, draft)) {
    if (known) retellings_.erase(told);
    return speak_for_itself(quotation);
  }
  for (const AuthorityLink& link : retelling.chain) quotation.authority.push_back({link.name, {}});
  retelling.paragraph = paragraph;
  retelling.report = {};
  if (!known && filed) return keep(draft, quotation, paragraph);
  if (known && told->speaker != quotation.speaker.value) keep(draft, quotation, paragraph);
}

/// The article is with its own reporting again, unless it is the document, or the police, that speak on.
void Retellings::speak_for_itself(const Quotation& quotation) {
  if (quotation.speaker_kind == SpeakerKind::kDocument) return;
  record_ = {};
  std::erase_if(retellings_, [&](const Retelling& other) {
    steps_.count();
    const bool tells = investigates(quotation.speaker.value) &&
                       is_same_name(folded(other.chain.back().name), folded(quotation.speaker.value));
    return other.noun.empty() && !tells;
  });
}

void Retellings::note_inside(const Draft& draft, const Draft& outer, const Quotation& quotation,
                             SpeakerKind teller) {
  const bool files = investigates(quotation.authority.back().name) || investigates(quotation.addressee.value);
  if (quotation.mode == QuotationMode::kThought || (teller != SpeakerKind::kDocument && !files)) return;
  keep(draft, quotation, words_.sentence(outer.content.front().begin).paragraph);
}

void Retellings::note_report(const Draft& draft, const Quotation& quotation) {
  const bool says = parse_ != nullptr && quotation.mode != QuotationMode::kThought &&
                    !quotation.speaker.value.empty() && draft.head != kNoToken;
  if (!says || !tells_of_others(draft, quotation)) return;
  Retelling report;
  report.chain = quotation.authority;
  report.chain.push_back({quotation.speaker.value, quotation.source});
  report.paragraph = words_.sentence(draft.content.front().begin).paragraph;
  report.report = {words_.sentence(draft.content.front().begin).first,
                   words_.sentence(draft.content.back().begin).last};
  report.is_unnamed = quotation.speaker_kind == SpeakerKind::kUnnamed;
  if (quotation.speaker_kind == SpeakerKind::kDocument) file_ = report;
  if (!report.is_unnamed) report.speaker = whom_it_is_about(draft);
  if (!report.is_unnamed && report.speaker.empty()) return;
  std::erase_if(retellings_, [&](const Retelling& other) {
    return report.is_unnamed ? other.is_unnamed : is_same_name(other.speaker, report.speaker);
  });
  retellings_.push_back(std::move(report));
}

/// Another outlet, "according to an aide", "the complaint", "an F.B.I. summary"; a letter, a poll or a film
/// tells of something else.
bool Retellings::tells_of_others(const Draft& draft, const Quotation& quotation) const {
  const TokenRange mention = mention_of(draft);
  if (quotation.speaker_kind == SpeakerKind::kUnnamed) return words_.equals(draft.head, "according");
  for (std::uint32_t token = mention.begin; token < mention.end; ++token) {
    const bool tells =
        (quotation.speaker_kind == SpeakerKind::kDocument && words_.is(token, WordClass::kAccountNoun)) ||
        (quotation.speaker_kind == SpeakerKind::kOrganization && is_news_outlet(words_, token));
    if (tells) return true;
  }
  return false;
}

/// The person who is the subject of what is reported. Nobody of "(As Harbor News first reported, ...)", which
/// is said beside what the article tells.
std::string Retellings::whom_it_is_about(const Draft& draft) const {
  if (parse_->child(draft.head, {"mark", "neg"}) != kNoToken) return {};
  const std::uint32_t subject = parse_->child(parse_->head_in(draft.content.front()), {"nsubj"});
  if (subject == kNoToken || words_.entity_label(subject) != "PERSON") return {};
  return resolution_.of_mention(parse_->phrase_of(subject)).name;
}

/// Not who answers the report, speaks of it or has a hearer whom it does not know.
bool Retellings::goes_on_in_report(const Retelling& retelling, const Draft& draft, const Quotation& quotation,
                                   std::uint32_t paragraph) const {
  if (paragraph > retelling.paragraph + 1 || answers(words_, draft)) return false;
  const bool knows_hearer =
      !quotation.addressee.spans.empty() && stands_in(retelling.report, last_word(quotation.addressee.value));
  if (retelling.is_unnamed) return knows_hearer;
  const auto own = [&](const Resolved& circumstance) {
    return !circumstance.spans.empty() && !stands_in(retelling.report, last_word(circumstance.value));
  };
  return !own(quotation.addressee) && !own(quotation.venue) && !own(quotation.when);
}

bool Retellings::stands_in(TokenRange range, std::string_view name) const {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    steps_.count();
    if (folded(words_.text(token)) == folded(name)) return true;
  }
  return false;
}

/// What one person tells of another is told once; a poll's numbers are followed elsewhere.
bool Retellings::can_be_retold(const Draft& draft, const Quotation& quotation) const {
  if (quotation.speaker_kind == SpeakerKind::kGroup && is_poll_name(quotation.authority.back().name))
    return false;
  return std::ranges::none_of(draft.authority, [&](TokenRange link) {
    for (std::uint32_t token = link.begin; token < link.end; ++token) {
      if (words_.entity_label(token) == "PERSON") return true;
    }
    if (parse_ == nullptr) return false;
    const std::uint32_t head = head_of(words_, parse_, link);
    const bool body = words_.entity_label(head) == "ORG" || words_.is(head, WordClass::kDocumentNoun);
    return !body && is_somebody(words_, head) && !investigates(words_.text(head));
  });
}

void Retellings::keep(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph) {
  std::erase_if(retellings_, [&](const Retelling& other) {
    return other.paragraph + kUnnamedParagraphs < paragraph ||
           is_same_name(other.speaker, quotation.speaker.value);
  });
  retellings_.push_back({quotation.authority,
                         quotation.speaker.value,
                         noun_of_source(draft, quotation),
                         quotation.addressee.value,
                         quotation.venue.value,
                         quotation.when.value,
                         paragraph,
                         {},
                         false});
  if (is_recording(quotation.authority.back().name)) record_ = retellings_.back();
}

bool Retellings::is_of(const Retelling& retelling, const Draft& draft, const Quotation& quotation,
                       const std::string& noun, std::uint32_t paragraph) const {
  const bool named = retelling.noun.empty();
  if (paragraph > retelling.paragraph + (named ? kNamedParagraphs : kUnnamedParagraphs)) return false;
  if (!retelling.report.empty())
    return (retelling.is_unnamed ? quotation.speaker_kind == SpeakerKind::kPerson &&
                                       stands_in(retelling.report, last_word(quotation.speaker.value))
                                 : is_same_name(retelling.speaker, quotation.speaker.value)) &&
           goes_on_in_report(retelling, draft, quotation, paragraph);
  const TokenRange mention = mention_of(draft);
  const bool pronoun = mention.size() == 1 && words_.is(mention.begin, WordClass::kPronoun);
  if ((named || pronoun || comes_again(draft)) && is_same_name(retelling.speaker, quotation.speaker.value))
    return true;
  return !named && retelling.noun == noun && comes_again(draft);
}

std::string Retellings::noun_of_source(const Draft& draft, const Quotation& quotation) const {
  const bool unnamed =
      quotation.speaker_kind == SpeakerKind::kUnnamed || quotation.speaker_kind == SpeakerKind::kGroup;
  if (!unnamed || parse_ == nullptr || mention_of(draft).empty()) return {};
  std::uint32_t noun = head_of(words_, parse_, mention_of(draft));
  // "ONE of the officials".
  const std::uint32_t of = noun == kNoToken ? kNoToken : parse_->child(noun, {"prep"});
  if (of != kNoToken && words_.equals(of, "of") && words_.is(noun, WordClass::kNumber))
    noun = parse_->child(of, {"pobj"});
  return noun == kNoToken ? std::string{} : std::string(words_.document().lemma(noun));
}

/// "THE officials", "ONE OF THE officials", "ANOTHER official"; not "the officials from the harbor".
bool Retellings::comes_again(const Draft& draft) const {
  const TokenRange mention = mention_of(draft);
  if (mention.empty()) return false;
  std::uint32_t first = mention.begin;
  if (mention.size() > 3 && words_.equals(first + 1, "of")) first += 2;
  for (std::uint32_t token = first; token < mention.end; ++token) {
    if (words_.is_one_of(token, {"from", "of", "at", "with", "in"})) return false;
  }
  if (words_.is_one_of(first, {"the", "those", "these", "another", "both"})) return true;
  // "A SECOND official", "ONE intelligence source".
  return words_.equals(first, "one") ||
         (mention.size() > 2 && words_.is_one_of(first + 1, {"second", "third"}));
}

bool Retellings::has_own_occasion(const Retelling& retelling, const Quotation& quotation) const {
  const bool other_day = !quotation.when.spans.empty() && quotation.when.value != retelling.day;
  const std::string& hearer = quotation.addressee.value;
  const bool other_hearer = !quotation.addressee.spans.empty() && !investigates(hearer) &&
                            folded(last_word(hearer)) != folded(last_word(retelling.hearer));
  const bool other_place = !quotation.venue.value.empty() && quotation.venue.value != retelling.venue;
  return other_day || other_hearer || other_place;
}

/// Who speaks of the report does not speak in it: "Lowe called the SUMMARY a lie".
bool Retellings::tells_of(const std::vector<AuthorityLink>& chain, const Draft& draft) const {
  for (const AuthorityLink& link : chain) {
    const std::string word = folded(last_word(link.name));
    for (const TokenRange range : draft.content) {
      for (std::uint32_t token = range.begin; token < range.end; ++token) {
        steps_.count();
        if (words_.equals(token, word)) return true;
      }
    }
  }
  return false;
}

}  // namespace onrecord
