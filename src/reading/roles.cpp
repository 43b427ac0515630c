#include "reading/roles.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::size_t kMostHolders = 64;  // mentions of a role that are looked at
constexpr float kSureOfPost = 0.61F;      // of one that nobody in the article is said to hold

/// The short title of whom an article calls so: "Sen. Lowe" is the senator.
std::string title_of_role(const std::string& role) {
  if (role == "senator") return "sen.";
  if (role == "governor") return "gov.";
  return role == "representative" || role == "congressman" || role == "congresswoman" ? "rep."
                                                                                      : std::string();
}

/// "The Norland senator", who may be another one than the article's Sen. Lowe.
bool is_qualified(const Words& words, TokenRange source, std::uint32_t head) {
  for (std::uint32_t t = source.begin; t < head; ++t) {
    if (words.is_capital(t) && !words.is(t, WordClass::kDeterminer)) return true;
  }
  return false;
}

/// "FORMER Governor Lowe", "a FORMER harbor manager", up to three words before the role.
bool is_former(const Words& words, std::uint32_t role) {
  for (std::uint32_t t = role; t > 0 && t + 3 > role; --t) {
    if (words.is_one_of(t - 1, {"former", "ex", "onetime"})) return true;
  }
  return false;
}

bool has_former(const Words& words, TokenRange source, std::uint32_t head) {
  return head > source.begin + 1 && words.is_one_of(source.begin + 1, {"former", "onetime"});
}

/// "The president", "the pope": everybody knows who that is, whoever was named just before.
bool needs_no_introduction(const Words& words, std::uint32_t role) {
  static constexpr std::array<std::string_view, 6> kRoles = {"president", "pope",    "king",
                                                             "queen",     "premier", "chancellor"};
  static constexpr std::array<std::string_view, 4> kFirst = {"prime", "first", "foreign", "home"};
  const bool of_government =
      words.is_one_of(role, {"minister", "secretary"}) && role > 0 && words.is_one_of(role - 1, kFirst);
  return of_government || words.is_one_of(role, kRoles);
}

/// "The moderator", "the fire chief", "the church's minister": a part in the scene or a post, told by nouns;
/// "the gruff senator", "the candidate" and "the president" are named somewhere.
bool tells_which_one(const Words& words, TokenRange source, std::uint32_t head) {
  if (head + 1 != source.end || words.is(head, WordClass::kEpithet) || needs_no_introduction(words, head) ||
      !title_of_role(role_at(words, head)).empty())
    return false;
  for (std::uint32_t t = source.begin + 1; t < head; ++t) {
    if (!words.document().tag(t).starts_with("NN") && !is_possessive_mark(words, t)) return false;
  }
  return true;
}

}  // namespace

Speaker Roles::of_role(TokenRange source, std::uint32_t head) const {
  Speaker speaker = of_role_in_article(source, head);
  constexpr float kEnough = 0.6F;
  const bool nobody = speaker.kind == SpeakerKind::kUnnamed;
  if (!nobody && (speaker.confidence >= kEnough || speaker.kind != SpeakerKind::kPerson)) return speaker;
  if (const auto somewhere = offices_.of_office_somewhere(head)) return *somewhere;
  return speaker;
}

Speaker Roles::of_role_in_article(TokenRange source, std::uint32_t head) const {
  Speaker speaker;
  speaker.kind = SpeakerKind::kPerson;
  if (const auto in_office = offices_.of_office(head)) return *in_office;
  const std::string role = role_at(words_, head);
  const auto* holders = people_.with_role(role);
  const bool by_title = holders == nullptr;
  if (by_title) holders = people_.with_role(title_of_role(role));
  std::vector<PersonRole> formers;
  if (holders != nullptr && has_former(words_, source, head)) {
    for (std::size_t i = 0; i < std::min(holders->size(), kMostHolders); ++i) {
      steps_.count();
      if (is_former(words_, (*holders)[i].token)) formers.push_back((*holders)[i]);
    }
    holders = formers.empty() ? nullptr : &formers;
  }
  const bool possessed = words_.is(source.begin, WordClass::kPossessive);
  if (possessed && holders != nullptr) {
    if (const auto kin = only_kin(*holders, head)) return *kin;
  }
  if (holders == nullptr || possessed) {
    if (role.starts_with("spokes") || role == "official" || role == "source" || role == "aide" ||
        role == "rep") {
      return {text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.6F, "a role that nobody named holds"};
    }
    const bool described = parse_ != nullptr && source.size() > 1 && words_.is_lower_word(source.end - 1) &&
                           words_.is(source.begin, WordClass::kDeterminer) &&
                           words_.is_lower_word(source.begin + 1) &&
                           !words_.equals(source.begin + 1, "former") && !words_.equals(source.begin, "this");
    const bool which = described && tells_which_one(words_, source, head);
    if (which || (described && source.size() > 2))
      return {text_of(words_, source), SpeakerKind::kUnnamed, -1, which ? kSureOfPost : 0.4F,
              "a role that nobody named holds"};
    speaker.reason = "nobody in the article is called '" + role + "'";
    return speaker;
  }
  if (head + 1 == source.end && is_qualified(words_, source, head)) {
    const std::int32_t person = only_qualified(*holders, source, head);
    if (person >= 0) {
      const std::string& name = people_.person(person).full_name;
      return {name, SpeakerKind::kPerson, person, 0.8F, "'" + text_of(words_, source) + "' fits " + name};
    }
  }
  if (const auto several = one_in_office(*holders, source, head)) return *several;
  std::int32_t last = -1;
  std::int32_t only = holders->front().person;
  std::uint32_t last_token = 0;
  std::size_t looked = 0;
  for (auto holder = holders->rbegin(); holder != holders->rend() && looked < kMostHolders;
       ++holder, ++looked) {
    steps_.count();
    if (holder->person != only) only = -1;
    if (last < 0 && holder->token < source.begin) last = holder->person, last_token = holder->token;
  }
  // "The candidate" is not she whom the article calls one two pages later.
  if (only >= 0 && last < 0 && is_introduced_late(source.begin, holders->front().token)) only = -1;
  const std::int32_t person = only >= 0 ? only : last;
  const bool near = last >= 0 && words_.sentence_of(source.begin) <= words_.sentence_of(last_token) + 6;
  if (person < 0 || (only < 0 && !near)) {
    speaker.reason = "several persons are called '" + role + "'";
    return speaker;
  }
  speaker.person = person;
  speaker.name = people_.person(person).full_name;
  speaker.confidence = only >= 0 && !(by_title && is_qualified(words_, source, head)) ? 0.75F : 0.5F;
  speaker.reason = "'" + role + "' is the role of " + speaker.name;
  return speaker;
}

bool Roles::is_introduced_late(std::uint32_t token, std::uint32_t holder) const {
  constexpr std::uint32_t kParagraphs = 5;
  return words_.sentence(holder).paragraph > words_.sentence(token).paragraph + kParagraphs;
}

std::optional<Speaker> Roles::only_kin(const std::vector<PersonRole>& holders, std::uint32_t head) const {
  if (!words_.is(head, WordClass::kKin)) return std::nullopt;
  const std::int32_t person = holders.front().person;
  for (std::size_t i = 1; i < std::min(holders.size(), kMostHolders); ++i) {
    steps_.count();
    if (holders[i].person != person) return std::nullopt;
  }
  const std::string& name = people_.person(person).full_name;
  return Speaker{name, SpeakerKind::kPerson, person, 0.65F,
                 "the only '" + std::string(words_.text(head)) + "' whom the article names"};
}

bool Roles::fits_qualifier(std::int32_t person, TokenRange source, std::uint32_t head) const {
  constexpr std::uint32_t kBefore = 2;  // "Norland Sen. Lowe"
  constexpr std::uint32_t kAfter = 9;
  constexpr std::size_t kShortest = 3;  // of an abbreviation
  for (const PersonMention& mention : people_.mentions()) {
    steps_.count();
    if (mention.person != person) continue;
    const Sentence& sentence = words_.sentence(mention.name.begin);
    const std::uint32_t low =
        std::max(sentence.first, mention.name.begin - std::min(mention.name.begin, kBefore));
    for (std::uint32_t t = low; t < std::min(sentence.last, mention.name.end + kAfter); ++t) {
      if (!words_.is_capital(t)) continue;
      std::string_view word = words_.text(t);
      if (word.starts_with("R-") || word.starts_with("D-")) word.remove_prefix(2);
      if (word.ends_with('.')) word.remove_suffix(1);
      for (std::uint32_t q = source.begin; q < head; ++q) {
        if (words_.is_capital(q) && !words_.is(q, WordClass::kDeterminer) && word.size() >= kShortest &&
            words_.text(q).starts_with(word))
          return true;
      }
    }
  }
  return false;
}

std::int32_t Roles::only_qualified(const std::vector<PersonRole>& holders, TokenRange source,
                                   std::uint32_t head) const {
  std::int32_t only = -1;
  std::size_t looked = 0;
  for (auto holder = holders.rbegin(); holder != holders.rend() && looked < kMostHolders;
       ++holder, ++looked) {
    if (holder->person == only || !fits_qualifier(holder->person, source, head)) continue;
    if (only >= 0) return -1;
    only = holder->person;
  }
  return only;
}

std::optional<Speaker> Roles::one_in_office(const std::vector<PersonRole>& called, TokenRange source,
                                            std::uint32_t head) const {
  std::set<std::int32_t> all = offices_.persons_in_office(head);
  const std::size_t in_office = all.size();
  for (std::size_t i = 0; i < std::min(called.size(), kMostHolders); ++i) all.insert(called[i].person);
  if (all.size() == 1 || in_office == 0) return std::nullopt;
  Speaker speaker{{}, SpeakerKind::kPerson, -1, 0, "several persons hold that office"};
  const std::uint32_t first = words_.first_token_before(words_.sentence_of(head), 2);
  std::int32_t near = -1;
  for (std::size_t i = people_.mentions_before(first); i < people_.mentions_before(source.begin); ++i) {
    const std::int32_t person = people_.mentions()[i].person;
    if (!all.contains(person) || person == near) continue;
    if (near >= 0) return speaker;
    near = person;
  }
  if (near < 0) return speaker;
  const std::string& name = people_.person(near).full_name;
  return Speaker{name, SpeakerKind::kPerson, near, 0.65F,
                 "'" + text_of(words_, source) + "': of several, " + name + " is named just before"};
}

Speaker Roles::described(TokenRange source, std::uint32_t head, const Speaker& unresolved) const {
  if (parse_ == nullptr || !words_.equals(source.begin, "the") || head + 1 != source.end) return unresolved;
  if (needs_no_introduction(words_, head) || !title_of_role(role_at(words_, head)).empty()) return unresolved;
  if (words_.is(head, WordClass::kSceneRole) && !has_former(words_, source, head)) return unresolved;
  for (std::uint32_t t = source.begin; t <= head; ++t) {
    if (words_.is_capital(t) && people_.count_of_surname(folded(words_.text(t))) > 0) return unresolved;
    const bool of_another = words_.equals(t, "'s") || words_.text(t) == "\xE2\x80\x99s";
    const bool title =
        t == head && words_.is_capital(t) && !words_.is(t, WordClass::kEpithet);  // "the Dutchman"
    if (of_another || title) return unresolved;
  }
  const std::int32_t topic = topic_before(source.begin);
  if (topic < 0) return unresolved;
  const Person& person = people_.person(topic);
  const Gender told = words_.entry(head).gender;
  if (told != Gender::kUnknown && person.gender != Gender::kUnknown && told != person.gender)
    return unresolved;
  return of_topic(topic, source);
}

Speaker Roles::of_topic(std::int32_t topic, TokenRange source) const {
  return {people_.person(topic).full_name, SpeakerKind::kPerson, topic, 0.62F,
          "'" + text_of(words_, source) + "': whom the sentences before are about"};
}

Speaker Roles::described_by_age(TokenRange source) const {
  const std::int32_t topic = parse_ == nullptr ? -1 : topic_before(source.begin);
  if (topic < 0)
    return {{}, SpeakerKind::kPerson, -1, 0, "'" + text_of(words_, source) + "' is not resolved"};
  return of_topic(topic, source);
}

std::int32_t Roles::topic_before(std::uint32_t token) const {
  constexpr std::uint32_t kSentences = 2;
  constexpr std::uint32_t kMostQuoted = 6;  // sentences in marks between
  const auto& sentences = words_.document().sentences;
  const std::uint32_t own = words_.sentence_of(token);
  std::uint32_t at = own;
  std::uint32_t told = 0;
  for (std::uint32_t quoted = 0; at > 0 && told < kSentences && quoted < kMostQuoted;) {
    steps_.count();
    ++(words_.is_in_marks(sentences[--at]) ? quoted : told);
  }
  if (somebody_enters(sentences[at].first, token)) return -1;
  std::set<std::int32_t> subjects;
  std::set<std::int32_t> others;
  const auto& mentions = people_.mentions();
  for (std::size_t i = people_.mentions_before(sentences[at].first);
       i < mentions.size() && mentions[i].name.begin < token; ++i) {
    steps_.count();
    if (words_.passage_of(mentions[i].name.begin) >= 0) continue;
    const std::uint32_t head = parse_->head_in(mentions[i].name);
    if (parse_->is(head, {"nsubj", "nsubjpass"}))
      subjects.insert(mentions[i].person);
    else if (!parse_->is(head, {"poss"}))
      others.insert(mentions[i].person);
  }
  const std::set<std::int32_t>& named = subjects.empty() ? others : subjects;
  if (named.size() != 1) return -1;
  // Who is named once beside whom the article is about is called what he is when he enters, not later.
  const std::int32_t topic = *named.begin();
  return 2 * people_.person(topic).mentions >= people_.most_mentions() ? topic : -1;
}

bool Roles::somebody_enters(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t t = begin; t < end; ++t) {
    steps_.count();
    const bool somebody = words_.is(t, WordClass::kRoleNoun) || words_.is(t, WordClass::kUnnamedNoun);
    if (!somebody || !words_.is_lower_word(t) || parse_->is(t, {"appos", "attr", "compound", "amod", "nmod"}))
      continue;
    for (const std::uint32_t child : parse_->children(t)) {
      for (const std::string_view word : {"a", "an", "one", "another"}) {
        if (child < t && words_.equals(child, word)) return true;
      }
    }
  }
  return false;
}

}  // namespace onrecord
