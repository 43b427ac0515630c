#include "reading/syntax.h"

#include <algorithm>

#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr int kClimb = 40;  // steps from a word up to the clause that it stands in
constexpr int kDepth = 12;  // clauses and phrases inside each other; deeper ones are not followed
constexpr std::uint32_t kPlaceReach = 10;  // tokens from a place back to who comes from there

bool is_place(std::string_view label) { return label == "GPE" || label == "LOC" || label == "FAC"; }

}  // namespace

std::optional<Syntax> syntax_of(const Words& words, StepCounter& steps) {
  if (!words.document().annotations) return std::nullopt;
  return Syntax(words, steps);
}

Syntax::Syntax(const Words& words, StepCounter& steps)
    : words_(words),
      document_(words.document()),
      steps_(steps),
      first_child_(words.size(), kNoToken),
      next_sibling_(words.size(), kNoToken) {
  for (std::uint32_t token = words.size(); token-- > 0;) {
    const std::uint32_t head = document_.head(token);
    if (head == token) continue;
    next_sibling_[token] = first_child_[head];
    first_child_[head] = token;
  }
}

std::uint32_t Syntax::above(std::uint32_t token) const {
  const std::uint32_t head = document_.head(token);
  return head == token ? kNoToken : head;
}

bool Syntax::is(std::uint32_t token, std::initializer_list<std::string_view> labels) const {
  const std::string_view own = document_.dependency(token);
  return std::ranges::find(labels, own) != labels.end();
}

std::uint32_t Syntax::child(std::uint32_t token, std::initializer_list<std::string_view> labels) const {
  for (std::uint32_t child = first_child_[token]; child != kNoToken; child = next_sibling_[child]) {
    steps_.count();
    if (is(child, labels)) return child;
  }
  return kNoToken;
}

std::vector<std::uint32_t> Syntax::children(std::uint32_t token) const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t child = first_child_[token]; child != kNoToken; child = next_sibling_[child]) {
    steps_.count();
    all.push_back(child);
  }
  return all;
}

std::uint32_t Syntax::head_in(TokenRange range) const {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    steps_.count();
    const std::uint32_t head = document_.head(token);
    if ((head == token || head < range.begin || head >= range.end) && !words_.is_mark(token)) return token;
  }
  return range.begin;
}

std::uint32_t Syntax::verb_above(std::uint32_t token) const {
  for (int i = 0; i < kDepth; ++i) {
    token = above(token);
    if (token == kNoToken) return kNoToken;
    const PartOfSpeech part = document_.annotation(token).part_of_speech;
    if (part == PartOfSpeech::kVerb || part == PartOfSpeech::kAuxiliary) return token;
  }
  return kNoToken;
}

bool Syntax::is_passive(std::uint32_t verb) const {
  return child(verb, {"nsubjpass", "auxpass"}) != kNoToken;
}

std::uint32_t Syntax::subject_of(std::uint32_t verb) const {
  for (int i = 0; i < kDepth && verb != kNoToken; ++i) {
    if (child(verb, {"auxpass"}) != kNoToken) {
      const std::uint32_t agent = child(verb, {"agent"});
      return i == 0 ? (agent == kNoToken ? kNoToken : child(agent, {"pobj"})) : child(verb, {"nsubjpass"});
    }
    const std::uint32_t subject = child(verb, {"nsubj", "nsubjpass"});
    if (subject != kNoToken) return subject;
    // A participle after a noun has it as its subject (an official ADDING); an infinitive of purpose
    // likewise.
    if (is(verb, {"acl"}) && document_.tag(verb) == "VBG") return above(verb);
    if (!is(verb, {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep"})) return kNoToken;
    verb = above(verb);
  }
  return kNoToken;
}

std::uint32_t Syntax::antecedent_of(std::uint32_t pronoun) const {
  std::uint32_t token = pronoun;
  for (int i = 0; i < kDepth && token != kNoToken; ++i) {
    if (is(token, {"relcl"})) return above_places(above(token), pronoun);
    token = above(token);
  }
  return noun_before_some_of(pronoun);
}

std::uint32_t Syntax::above_places(std::uint32_t noun, std::uint32_t pronoun) const {
  if (words_.document().tag(pronoun) != "WP") return noun;
  for (int i = 0; i < kDepth && is_place(words_.entity_label(noun)); ++i) {
    const std::uint32_t up = above(noun);
    if (up == kNoToken || !is(noun, {"pobj", "appos", "npadvmod", "conj"})) break;
    const std::uint32_t higher = is(noun, {"pobj"}) && above(up) != kNoToken ? above(up) : up;
    if (words_.document().tag(higher).starts_with("V")) return nearest_somebody(noun);
    noun = higher;
  }
  return noun;
}

std::uint32_t Syntax::nearest_somebody(std::uint32_t place) const {
  const std::uint32_t first = words_.sentence(place).first;
  for (std::uint32_t back = 1; back <= std::min(kPlaceReach, place - first); ++back) {
    if (words_.entity_label(place - back) == "PERSON") return place - back;
  }
  return place;
}

std::uint32_t Syntax::noun_before_some_of(std::uint32_t pronoun) const {
  if (pronoun < 4 || !words_.equals(pronoun - 1, "of") || !words_.equals(pronoun - 3, ",")) return kNoToken;
  std::uint32_t noun = pronoun - 4;
  for (int i = 0; i < kDepth && is(noun, {"pobj"}); ++i) {
    if (!words_.equals(above(noun), "of") && is_somebody(words_, noun)) break;
    const std::uint32_t whole = above(above(noun));
    if (whole == kNoToken || !words_.document().tag(whole).starts_with("N")) break;
    noun = whole;
  }
  return words_.document().tag(noun).starts_with("N") ? noun : kNoToken;
}

std::uint32_t Syntax::edge(std::uint32_t token, bool right, int depth) const {
  std::uint32_t far = token;
  if (depth == 0) return far;
  for (const std::uint32_t child : children(token)) {
    if (is(child, {"relcl", "acl", "punct", "advcl", "parataxis", "ccomp", "dep"})) continue;
    if (words_.sentence_of(child) != words_.sentence_of(token)) continue;
    const std::uint32_t reached = edge(child, right, depth - 1);
    far = right ? std::max(far, reached) : std::min(far, reached);
  }
  return far;
}

TokenRange Syntax::phrase_of(std::uint32_t noun) const {
  return {edge(noun, false, kDepth), edge(noun, true, kDepth) + 1};
}

bool Syntax::depends(std::uint32_t token, std::uint32_t on) const {
  for (int i = 0; i < kClimb && token != kNoToken; ++i) {
    steps_.count();
    if (token == on) return true;
    token = above(token);
  }
  return false;
}

TokenRange Syntax::clause_of(std::uint32_t token) const {
  const Sentence& sentence = words_.sentence(token);
  TokenRange clause{token, token + 1};
  while (clause.begin > sentence.first && depends(clause.begin - 1, token)) --clause.begin;
  while (clause.end < sentence.last && depends(clause.end, token)) ++clause.end;
  const auto trims = [&](std::uint32_t at) { return words_.is_mark(at) && words_.passage_of(at) < 0; };
  while (clause.end > token + 1 && trims(clause.end - 1)) --clause.end;
  while (clause.begin < token && trims(clause.begin)) ++clause.begin;
  return clause;
}

std::uint32_t Syntax::agent_of(std::uint32_t verb) const {
  const std::uint32_t agent = child(verb, {"agent"});
  return agent == kNoToken ? kNoToken : child(agent, {"pobj"});
}

bool Syntax::is_subject(std::uint32_t token) const {
  for (int i = 0; i < kDepth && token != kNoToken; ++i) {
    if (is(token, {"nsubj", "nsubjpass"})) return true;
    if (!is(token, {"compound", "conj", "appos", "flat"})) return false;
    token = above(token);
  }
  return false;
}

}  // namespace onrecord
