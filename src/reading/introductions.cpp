#include "reading/introductions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kLead = 3;        // paragraphs, a headline in front among them
constexpr std::uint32_t kReach = 4;       // paragraphs behind, in which the name is told
constexpr std::uint32_t kMostBefore = 8;  // words before a name that describe who it is
constexpr std::uint32_t kMostBehind = 16;
// Points for what two descriptions share, and how many are enough.
constexpr int kName = 2;
constexpr int kRole = 2;
constexpr int kWord = 1;
constexpr int kAlike = 2;
constexpr float kSure = 0.65F;

/// What one person is called in a headline and in the text.
constexpr std::array<std::array<std::string_view, 6>, 3> kAlikeRoles = {{
    {"lawyer", "attorney", "counsel"},
    {"lawmaker", "senator", "sen.", "congressman", "representative", "rep."},
    {"chief", "president", "head", "chairman", "chairwoman", "ceo"},
}};

/// Of these an article has several, so that the noun alone tells nothing.
bool is_general(const Words& words, std::uint32_t role) {
  static constexpr std::array<std::string_view, 22> kGeneral = {
      "official", "source",   "aide",   "adviser", "advisor", "staffer", "person",    "man",
      "woman",    "employee", "leader", "officer", "member",  "friend",  "supporter", "voter",
      "resident", "insider",  "ally",   "critic",  "rep",     "agent"};
  return words.is_one_of(role, kGeneral) || words.text(role).starts_with("spokes") ||
         words.text(role).starts_with("Spokes");
}

/// "... WHO SPOKE ON CONDITION of anonymity", "not AUTHORIZED to speak".
bool is_kept_back(const Words& words, TokenRange source) {
  for (std::uint32_t t = source.begin; t < source.end; ++t) {
    if (words.is_one_of(t, {"anonymity", "anonymous", "anonymously", "condition", "authorized", "identified",
                            "named", "unnamed", "briefed", "familiar"}))
      return true;
  }
  return false;
}

/// Initials of "Growers' National Committee": "gnc".
std::string initials_of(const std::vector<std::string>& names) {
  std::string initials;
  for (const std::string& name : names) initials += name.front();
  return initials;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// How many words both have.
int shared(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return static_cast<int>(
      std::ranges::count_if(one, [&](const std::string& word) { return has(other, word); }));
}

}  // namespace

Introductions::Description Introductions::description(TokenRange phrase, std::uint32_t but) const {
  Description told;
  for (std::uint32_t t = phrase.begin; t < phrase.end; ++t) {
    steps_.count();
    constexpr std::size_t kShortest = 3;
    const std::string_view tag = words_.document().tag(t);
    const bool tells = tag.starts_with("NN") || tag.starts_with("JJ");
    if (t == but || !tells || words_.text(t).size() < kShortest || words_.is(t, WordClass::kTime) ||
        words_.is_one_of(t, {"former", "top", "senior", "other", "first", "new", "old"}))
      continue;
    const std::string_view label = words_.entity_label(t);
    const bool name = words_.is_capital(t) && tag.starts_with("NNP") && label != "NORP" && label != "GPE";
    (name ? told.names : told.words).push_back(folded(words_.text(t)));
  }
  return told;
}

TokenRange Introductions::around(const PersonMention& mention) const {
  const Sentence& sentence = words_.sentence(mention.name.begin);
  TokenRange phrase = mention.phrase;
  const auto ends = [&](std::uint32_t t) {
    return words_.passage_of(t) >= 0 || words_.is_reporting(t) ||
           words_.document().tag(t).starts_with("VB") || words_.document().tag(t) == "MD";
  };
  // "The harbor board's LAWYER, Ada Lowe"
  const std::uint32_t first = std::max(sentence.first, phrase.begin - std::min(phrase.begin, kMostBefore));
  while (phrase.begin > first && !ends(phrase.begin - 1) &&
         !(words_.is_mark(phrase.begin - 1) && phrase.begin < mention.phrase.begin))
    --phrase.begin;
  phrase.end = mention.name.end;
  const bool set_beside = words_.is_one_of(phrase.end, {",", "(", "of", "who", "with", "from"});
  const std::uint32_t last = std::min(sentence.last, phrase.end + kMostBehind);
  while (set_beside && phrase.end < last && words_.passage_of(phrase.end) < 0 &&
         !parse_.is(phrase.end, {"ROOT"}))
    ++phrase.end;
  return phrase;
}

int Introductions::likeness(const Description& told, std::uint32_t head, const PersonMention& mention,
                            bool is_first) const {
  const Description his = description(around(mention), kNoToken);
  const auto is_called = [&](std::string_view role) {
    return has(his.words, std::string(role)) || has(his.names, std::string(role));
  };
  const std::string role = folded(words_.text(head));
  bool same_role = is_called(role);
  for (const auto& alike : kAlikeRoles) {
    if (std::ranges::find(alike, role) != alike.end())
      same_role = same_role || std::ranges::any_of(alike, is_called);
  }
  const bool by_initials = told.names.size() > 2 && is_called(initials_of(told.names));
  const int names = kName * (shared(told.names, his.names) + (by_initials ? 1 : 0));
  if (is_general(words_, head)) return same_role && names > 0 ? kRole + names : 0;
  // "A publicist says ... ADA LOWE SAID on Friday": the reader has been told who she is.
  if (is_first && his.words.empty() && his.names.size() == mention.name.size() && speaks(mention))
    return kAlike;
  if (!told.names.empty() && names == 0) return 0;
  const bool other_role = !same_role && std::ranges::any_of(his.words, [&](const std::string& word) {
    return words_.lexicon().find(word).is(WordClass::kRoleNoun);
  });
  if (other_role) return 0;
  return (same_role ? kRole : 0) + names + kWord * (shared(told.words, his.words));
}

bool Introductions::speaks(const PersonMention& mention) const {
  const std::uint32_t name = parse_.head_in(mention.name);
  return parse_.is(name, {"nsubj"}) && words_.is_reporting(parse_.above(name));
}

std::optional<Speaker> Introductions::named_later(TokenRange source, std::uint32_t head) const {
  if (!may_be_named_later(source, head)) return std::nullopt;
  const Description told = description(without_clause(source, head), head);
  const std::uint32_t paragraph = words_.sentence(source.begin).paragraph;
  std::int32_t best = -1;
  int most = kAlike - 1;
  bool is_one = false;
  bool somebody_entered = false;
  const auto& mentions = people_.mentions();
  // Whom the sentence itself names is spoken of.
  for (std::size_t i = people_.mentions_before(words_.sentence(source.begin).last); i < mentions.size();
       ++i) {
    steps_.count();
    const PersonMention& mention = mentions[i];
    const std::uint32_t there = words_.sentence(mention.name.begin).paragraph;
    if (there > paragraph + kReach) break;
    const std::uint32_t first = people_.person(mention.person).first_paragraph;
    if (first != there || first < paragraph) continue;
    const bool is_first = !std::exchange(somebody_entered, true);
    if (mention.name.size() < 2 || words_.passage_of(mention.name.begin) >= 0) continue;
    const int alike = likeness(told, head, mention, is_first);
    if (alike < most || alike < kAlike || (alike == most && mention.person == best)) continue;
    is_one = alike > most;
    if (is_one) most = alike, best = mention.person;
  }
  if (!is_one) return std::nullopt;
  const std::string& name = people_.person(best).full_name;
  return Speaker{name, SpeakerKind::kPerson, best, kSure,
                 "'" + text_of(words_, source) + "': " + name + ", who is named later and described alike"};
}

bool Introductions::may_be_named_later(TokenRange source, std::uint32_t head) const {
  if (words_.sentence(source.begin).paragraph >= kLead || words_.passage_of(source.begin) >= 0) return false;
  if (!words_.is(head, WordClass::kRoleNoun) || is_possessive_mark(words_, source.end - 1)) return false;
  if (words_.is_one_of(source.begin, {"every", "each", "no", "neither"})) return false;
  // "The judge" has been told of; "the judge who blocked the plan" is described here.
  const bool definite = words_.is_one_of(source.begin, {"the", "this", "that"}) ||
                        words_.is(source.begin, WordClass::kPossessive);
  return (!definite || head + 2 < source.end) && !is_kept_back(words_, source);
}

TokenRange Introductions::without_clause(TokenRange source, std::uint32_t head) const {
  std::uint32_t end = head + 1;
  while (end < source.end && !words_.is_mark(end) && !words_.equals(end, "who") &&
         !words_.document().tag(end).starts_with("V"))
    ++end;
  return {source.begin, end};
}

}  // namespace onrecord
