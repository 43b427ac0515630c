#include "reading/speakers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "reading/occasions.h"
#include "reading/outlets_cited.h"
#include "reading/phrase_heads.h"
#include "reading/replies.h"
#include "reading/retellings.h"
#include "reading/scenes.h"
#include "reading/somebody.h"
#include "reading/speaker_resolution.h"
#include "reading/syntax.h"
#include "reading/unnamed_source.h"

namespace onrecord {
namespace {

/// Of "told THE PAPER", after "told the Harbor Post", the Harbor Post.
TokenRange outlet_meant(const Words& words, TokenRange mention) {
  constexpr std::uint32_t kReach = 300;  // tokens
  const bool noun =
      mention.size() == 2 && words.equals(mention.begin, "the") && is_outlet_noun(words, mention.begin + 1);
  if (!noun || !words.document().annotations) return {};
  const auto& entities = words.document().annotations->entities;
  for (auto entity = entities.rbegin(); entity != entities.rend(); ++entity) {
    if (entity->first >= mention.begin) continue;
    if (entity->last + kReach < mention.begin) break;
    if (words.entity_label(entity->first) == "ORG" && is_news_outlet(words, entity->last - 1))
      return {entity->first, entity->last};
  }
  return {};
}

Resolved hearer_of(SpeakerResolution& resolution, const Words& words, TokenRange mention) {
  Speaker hearer = is_programme(words, mention) ? Speaker{} : resolution.of_mention(mention);
  if (hearer.name.empty() || hearer.kind == SpeakerKind::kDocument) {
    const TokenRange outlet = outlet_meant(words, mention);
    if (!outlet.empty()) hearer = resolution.of_mention(outlet);
  }
  Resolved resolved{hearer.name, {words.span(mention)}, 0.8F * hearer.confidence, hearer.reason};
  if (!resolved.value.empty() || words.is(mention.begin, WordClass::kPronoun)) return resolved;
  if (mention.size() == 1 && words.is(mention.begin, WordClass::kObjectPronoun)) return resolved;
  resolved.value = std::string(cut(words.document().text, words.span(mention)));
  resolved.confidence = 0.4F;
  resolved.reason = "as printed";
  return resolved;
}

constexpr float kSureLink = 0.6F;  // a name that is less sure is printed as the article prints it

bool is_pronoun(const Words& words, TokenRange mention) {
  return mention.size() == 1 && (words.is(mention.begin, WordClass::kPronoun) ||
                                 words.is(mention.begin, WordClass::kObjectPronoun) ||
                                 words.is(mention.begin, WordClass::kPossessive));
}

/// Gives the persons of an authority their full names; whom nobody can tell, and the speaker himself, is
/// none.
void name_authority(SpeakerResolution& resolution, const Words& words, const Draft& draft,
                    Quotation& quotation) {
  std::vector<AuthorityLink> named;
  for (std::size_t i = 0; i < quotation.authority.size(); ++i) {
    AuthorityLink link = quotation.authority[i];
    const Speaker who = resolution.of_mention(draft.authority[i]);
    const bool sure = !who.name.empty() && who.confidence >= kSureLink;
    if (sure && who.kind == SpeakerKind::kPerson) link.name = who.name;
    if (!sure && is_pronoun(words, draft.authority[i])) continue;
    // Who tells the Herald something speaks for himself.
    const bool heard = quotation.speaker_kind == SpeakerKind::kPerson && !quotation.addressee.spans.empty() &&
                       is_same_name(link.name, quotation.addressee.value);
    // "Emails published by the Herald" are not the Herald.
    const bool same = quotation.speaker_kind == SpeakerKind::kDocument
                          ? link.name == quotation.speaker.value
                          : is_same_name(link.name, quotation.speaker.value);
    if (!heard && !same) named.push_back(std::move(link));
  }
  quotation.authority = std::move(named);
}

/// A statement inside a statement: its speaker by its own words, and the outer speaker as the last link of
/// its authority. False when the outer one is not known, or is the inner one too.
bool resolve_inner(SpeakerResolution& resolution, const Words& words, const Draft& draft,
                   const Draft& outer_draft, const Quotation& outer, Quotation& inner) {
  const Speaker speaker = resolution.of_mention(mention_of(draft));
  inner.speaker_kind = speaker.kind;
  inner.speaker_candidates = speaker.candidates;
  inner.speaker = {speaker.name, inner.source, speaker.confidence, speaker.reason};
  const TokenRange outer_mention = mention_of(outer_draft);
  AuthorityLink link{outer.speaker.value, outer.source};
  const bool sure = !link.name.empty() && outer.speaker.confidence >= kSureLink;
  if (!sure && (outer_mention.empty() || is_pronoun(words, outer_mention))) return false;
  if (!sure) link.name = std::string(cut(words.document().text, words.span(outer_mention)));
  if (is_same_name(link.name, speaker.name)) return false;
  inner.authority = outer.authority;
  if (!draft.addressee.empty()) {
    const bool speaker_hears =
        words.equals(draft.addressee.begin, "me") || words.equals(draft.addressee.begin, "us");
    if (speaker_hears && sure)
      inner.addressee = {link.name, {words.span(draft.addressee)}, outer.speaker.confidence, "who tells it"};
    else if (!speaker_hears)
      inner.addressee = hearer_of(resolution, words, draft.addressee);
    if (is_same_name(inner.addressee.value, speaker.name)) inner.addressee = {};
  }
  inner.authority.push_back(std::move(link));
  return true;
}

}  // namespace

void resolve_speakers(const Article& article, const Words& words, const Offices& offices,
                      const std::vector<Draft>& drafts, std::vector<Quotation>& quotations,
                      StepCounter& steps) {
  if (drafts.empty()) return;
  const std::optional<Syntax> parse = syntax_of(words, steps);
  const Syntax* parsed = parse ? &*parse : nullptr;
  SpeakerResolution resolution(article, words, parsed, offices, steps);
  OutletsCited outlets(words, article.field("outlet"), steps);
  Retellings retellings(words, parsed, resolution, steps);
  Occasions occasions(words, parsed, resolution, article.field("published"), steps);
  const Draft* before = nullptr;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Draft& draft = drafts[i];
    Quotation& quotation = quotations[i];
    if (draft.outer >= 0) {
      const auto outer = static_cast<std::size_t>(draft.outer);
      const bool known = !quotations[outer].content.empty() &&
                         resolve_inner(resolution, words, draft, drafts[outer], quotations[outer], quotation);
      if (known)
        retellings.note_inside(draft, drafts[outer], quotation, quotations[outer].speaker_kind);
      else
        quotation.content.clear();  // left out with what says nothing
      continue;
    }
    const Speaker speaker = resolution.speaker_of(draft, before);
    quotation.speaker_kind = speaker.kind;
    quotation.speaker_candidates = speaker.candidates;
    quotation.speaker = {speaker.name, quotation.source, speaker.confidence, speaker.reason};
    // A report says nothing aloud.
    if (speaker.kind == SpeakerKind::kDocument && quotation.mode == QuotationMode::kSpeech)
      quotation.mode = QuotationMode::kWriting;
    if (!draft.addressee.empty() && !is_gathering(words, draft.addressee))
      quotation.addressee = hearer_of(resolution, words, draft.addressee);
    if (is_same_name(quotation.addressee.value, speaker.name)) quotation.addressee = {};
    Resolved heard;
    if (parsed != nullptr && speaker.person >= 0 && draft.addressee.empty() &&
        quotation.mode != QuotationMode::kThought) {
      const TokenRange scene =
          hearer_of_scene(words, *parsed, resolution, speaker.person, last_word(speaker.name),
                          words.sentence_of(first_of_report(draft)), steps);
      if (!scene.empty()) heard = hearer_of(resolution, words, scene);
      if (is_same_name(heard.value, speaker.name)) heard = {};
    }
    occasions.fill(draft, before, speaker, std::move(heard), quotation);
    name_authority(resolution, words, draft, quotation);
    outlets.fill(draft, quotation);
    retellings.fill(draft, quotation);
    if (!outlets.is_own(quotation.speaker.value)) retellings.note_report(draft, quotation);
    resolution.note_position(
        std::max(draft.source.empty() ? 0 : draft.source.end - 1, draft.content.back().end - 1));
    before = &draft;
  }
  occasions.join_by_hearer(quotations);
  answer_each_other(words, drafts, quotations, steps);
  occasions.fill_leads(drafts, quotations);
  occasions.fill_only_day(drafts, quotations);
  if (parsed == nullptr) return;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    // The speaker's own spans stay empty: nothing but the parse tells who it is.
    if (quotations[i].source.empty() && !drafts[i].subject.empty())
      quotations[i].source = {words.span(drafts[i].subject)};
    if (quotations[i].speaker_kind == SpeakerKind::kUnnamed)
      quotations[i].unnamed = unnamed_source_of(words, *parsed, drafts[i]);
  }
}

}  // namespace onrecord
