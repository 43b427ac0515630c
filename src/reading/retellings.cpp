#include "reading/retellings.h"

#include <algorithm>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"
#include "reading/speaker_resolution.h"

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
  const bool recorded = !record_.chain.empty() && paragraph <= record_.paragraph + 1 &&
                        quotation.speaker_kind == SpeakerKind::kPerson;
  if (!known && !recorded) return speak_for_itself(quotation);
  Retelling& retelling = known ? *told : record_;
  if (has_own_occasion(retelling, quotation) || tells_of(retelling.chain, draft)) {
    if (known) retellings_.erase(told);
    return speak_for_itself(quotation);
  }
  for (const AuthorityLink& link : retelling.chain) quotation.authority.push_back({link.name, {}});
  retelling.paragraph = paragraph;
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

/// What one person tells of another is told once; a poll's numbers are followed elsewhere.
bool Retellings::can_be_retold(const Draft& draft, const Quotation& quotation) const {
  if (quotation.speaker_kind == SpeakerKind::kGroup && is_poll_name(quotation.authority.back().name))
    return false;
  return std::ranges::none_of(draft.authority, [&](TokenRange link) {
    for (std::uint32_t token = link.begin; token < link.end; ++token) {
      if (is_news_outlet(words_, token)) return false;
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
  retellings_.push_back({quotation.authority, quotation.speaker.value, noun_of_source(draft, quotation),
                         quotation.addressee.value, quotation.venue.value, quotation.when.value, paragraph});
  if (is_recording(quotation.authority.back().name)) record_ = retellings_.back();
}

bool Retellings::is_of(const Retelling& retelling, const Draft& draft, const Quotation& quotation,
                       const std::string& noun, std::uint32_t paragraph) const {
  const bool named = retelling.noun.empty();
  if (paragraph > retelling.paragraph + (named ? kNamedParagraphs : kUnnamedParagraphs)) return false;
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
