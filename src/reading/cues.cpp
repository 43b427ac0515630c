#include "reading/cues.h"

#include <algorithm>

#include "reading/mentions.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kGroupReach = 8;  // auxiliaries and adverbs before a verb

bool may_be_noun(const Words& words, std::uint32_t token) {
  const LexiconEntry& entry = words.entry(token);
  return entry.form == VerbForm::kBase || entry.form == VerbForm::kThirdPerson;
}

bool is_group_word(const Words& words, std::uint32_t token) {
  if (words.passage_of(token) >= 0 || words.is_mark(token)) return false;
  if (words.equals(token, "'s")) return false;
  return words.is(token, WordClass::kAuxiliary) || words.is(token, WordClass::kNegation) ||
         (words.is(token, WordClass::kAdverb)) ||
         (words.is_lower_word(token) && words.text(token).size() > 4 && words.text(token).ends_with("ly"));
}

/// Where the verb group that ends with `head` begins: "has repeatedly" said.
std::uint32_t group_begin(const Words& words, std::uint32_t head, StepCounter& steps) {
  const std::uint32_t sentence = words.sentence(head).first;
  std::uint32_t begin = head;
  for (std::uint32_t at = head; at > sentence && head - at < kGroupReach; --at) {
    steps.count();
    if (!is_group_word(words, at - 1)) break;
    if (words.is(at - 1, WordClass::kAuxiliary) || words.is(at - 1, WordClass::kNegation))
      begin = at - 1;
    else if (words.text(at - 1).ends_with("ly") || words.equals(at - 1, "also"))
      begin = at - 1;
  }
  return begin;
}

bool is_plural_like(const Words& words, std::uint32_t token) {
  if (words.is(token, WordClass::kGroupNoun)) return true;
  for (const std::string_view pronoun : {"they", "we", "i", "you", "who"}) {
    if (words.equals(token, pronoun)) return true;
  }
  const std::string_view text = words.text(token);
  return is_phrase_word(words, token) && text.size() > 2 && text.ends_with('s') && !text.ends_with("ss") &&
         !words.equals(token, "'s") && !words.is(token, WordClass::kPossessive);
}

bool has_auxiliary(const Words& words, TokenRange group) {
  for (std::uint32_t at = group.begin; at < group.end; ++at) {
    if (words.is(at, WordClass::kAuxiliary)) return true;
  }
  return false;
}

bool is_passive(const Words& words, TokenRange group) {
  const LexiconEntry& head = words.entry(group.end - 1);
  if (head.form != VerbForm::kPast && head.form != VerbForm::kPastParticiple) return false;
  for (std::uint32_t at = group.end - 1; at > group.begin; --at) {
    if (words.is(at - 1, WordClass::kBe)) return true;
    if (words.is(at - 1, WordClass::kAuxiliary)) return false;
  }
  return false;
}

std::optional<Cue> verb_cue(const Words& words, std::uint32_t head, StepCounter& steps) {
  if (!words.is_reporting(head)) return std::nullopt;
  const LexiconEntry& entry = words.entry(head);
  Cue cue;
  cue.head = head;
  cue.range = {group_begin(words, head, steps), head + 1};
  cue.mode = words.verb(head).mode;
  cue.passive = is_passive(words, cue.range);
  const std::uint32_t first = words.sentence(head).first;
  const std::uint32_t before = cue.range.begin;
  if (entry.form == VerbForm::kGerund) {
    if (before > first &&
        (words.is(before - 1, WordClass::kDeterminer) || words.is(before - 1, WordClass::kPossessive)))
      return std::nullopt;
    cue.kind = has_auxiliary(words, cue.range) ? CueKind::kVerb : CueKind::kGerund;
    return cue;
  }
  if (!is_reporting_verb(words, head)) return std::nullopt;
  cue.infinitive = entry.form == VerbForm::kBase && before > first && words.equals(before - 1, "to");
  return cue;
}

std::optional<Cue> noun_cue(const Words& words, std::uint32_t head) {
  if (words.entry(head).noun_mode < 0 || words.is_capital(head)) return std::nullopt;
  if (!words.equals(head + 1, "that") || words.passage_of(head + 1) >= 0) return std::nullopt;
  Cue cue;
  cue.kind = CueKind::kNoun;
  cue.head = head;
  cue.range = {head, head + 1};
  cue.mode = static_cast<QuotationMode>(words.entry(head).noun_mode);
  return cue;
}

/// "detailed plans to", "old claims that": the plural of a noun that reports.
bool is_plural_of_reporting_noun(const Words& words, std::uint32_t token) {
  return words.lexicon().find(words.verb(token).base).noun_mode >= 0;
}

/// Prose ends with a period, headlines do not: only in headlines are verbs written with a capital.
bool ends_with_period(const Words& words, std::uint32_t token) {
  const Sentence& sentence = words.sentence(token);
  return words.equals(sentence.last - 1, ".") || words.passage_of(sentence.last - 1) >= 0;
}

}  // namespace

bool is_reporting_verb(const Words& words, std::uint32_t head) {
  if (!words.is_reporting(head) || words.passage_of(head) >= 0) return false;
  const LexiconEntry& entry = words.entry(head);
  const std::uint32_t first = words.sentence(head).first;
  if (words.is_capital(head) && head > first && words.is_capital(head - 1) && ends_with_period(words, head))
    return false;
  if (words.is_capital(head) && head == first && entry.form == VerbForm::kBase) return false;
  if (entry.form == VerbForm::kGerund) return true;
  std::uint32_t before = head;
  bool auxiliary = false;
  while (before > first && head - before < kGroupReach && is_group_word(words, before - 1)) {
    --before;
    auxiliary = auxiliary || words.is(before, WordClass::kAuxiliary);
  }
  if (auxiliary) return true;
  if (before == first)
    return before != head || !may_be_noun(words, head) || entry.form == VerbForm::kThirdPerson;
  const std::uint32_t left = before - 1;
  const std::string_view left_text = words.text(head - 1);
  if (left_text == "Newly" || left_text == "newly") return false;
  if (entry.form == VerbForm::kPast && words.is_lower_word(head - 1) && left_text.ends_with("ing") &&
      !words.is(head - 1, WordClass::kDeterminer))
    return false;  // "developing detailed plans"
  if (words.equals(left, "to") && entry.form == VerbForm::kBase) return true;
  if (words.is(left, WordClass::kDeterminer) || words.is(left, WordClass::kPossessive) ||
      words.equals(left, "'s") || words.is(left, WordClass::kPreposition)) {
    return words.equals(left, "that") || (words.equals(left, "this") && !may_be_noun(words, head));
  }
  if (!may_be_noun(words, head)) return true;
  if (entry.form == VerbForm::kBase) return is_plural_like(words, left) || words.equals(left, "and");
  // Third person: a name, a pronoun or a singular noun goes before, and no "of" or noun phrase mark follows.
  if (words.equals(head + 1, "of") || words.equals(head + 1, "from")) return false;
  return words.is_capital(left) || words.is(left, WordClass::kPronoun) ||
         words.is(left, WordClass::kRoleNoun) || words.is(left, WordClass::kDocumentNoun) ||
         words.is(left, WordClass::kOrganizationNoun) || words.equals(left, ",") ||
         words.equals(left, "and") || words.passage_of(left) >= 0 ||
         (!words.is(head, WordClass::kDocumentNoun) && !is_plural_of_reporting_noun(words, head));
}

std::vector<Cue> find_cues(const Words& words, TokenRange range, StepCounter& steps) {
  std::vector<Cue> cues;
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    steps.count();
    if (words.passage_of(at) >= 0) continue;
    if (words.equals(at, "according") && words.equals(at + 1, "to")) {
      Cue cue;
      cue.kind = CueKind::kAccording;
      cue.head = at;
      cue.range = {at, at + 2};
      cues.push_back(cue);
      continue;
    }
    if (auto cue = verb_cue(words, at, steps))
      cues.push_back(*cue);
    else if (auto noun = noun_cue(words, at))
      cues.push_back(*noun);
  }
  return cues;
}

}  // namespace onrecord
