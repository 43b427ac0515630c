#include "reading/body_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::size_t kFewestInitials = 3;
constexpr float kSureOfBody = 0.62F;
constexpr std::uint32_t kMostWords = 8;         // of a name
constexpr std::uint32_t kMostWordsOfShort = 3;  // of a name that its first word stands for
constexpr float kSureOfMeant = 0.66F;           // whom "the board" means; as a role that one person holds
constexpr std::size_t kMostForms = 64;          // of one name that are compared
constexpr std::uint32_t kMostQuoted = 4;        // sentences in marks between "the group" and who it is
constexpr std::uint32_t kOutletSentences = 8;   // back to whom "the newspaper" means

/// "Bureau OF Ports".
bool joins(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 5> kJoins = {"of", "for", "and", "the", "on"};
  return words.is_one_of(token, kJoins);
}

bool is_initials(std::string_view name) { return name.size() >= kFewestInitials && is_acronym(name); }

/// "The insurer", "the High Street RETAILER", "the US FIRM": what any body may be called, whatever its name
/// is. Not "the Quorl company", which is Quorl's, "the staff association", which tells of itself, nor a
/// film-maker.
bool is_any_body(const Words& words, TokenRange source) {
  const std::uint32_t noun = source.end - 1;
  if (!words.is(noun, WordClass::kBodyNoun) || !words.is_lower_word(noun)) return false;
  const bool needs_no_noun = !words.is(noun, WordClass::kOrganizationNoun);
  for (std::uint32_t t = source.begin; t < noun; ++t) {
    const std::string_view label = words.entity_label(t);
    if (label == "ORG" || label == "PERSON") return false;
    const bool described = words.document().annotations && words.is_lower_word(t) &&
                           words.document().tag(t).starts_with("NN") && !is_possessive_mark(words, t + 1);
    if (described && !needs_no_noun) return false;
    if (words.text(t) == "-" && t + 1 == noun) return false;
  }
  return true;
}

/// "The agency" may be the police.
bool may_be_of_the_state(const Words& words, std::uint32_t noun) {
  static constexpr std::array<std::string_view, 5> kNouns = {"agency", "organisation", "organization",
                                                             "regulator", "watchdog"};
  return words.is_one_of(noun, kNouns);
}

/// "The US Senate", "Harbor Police": no company, bank, club or group.
bool is_of_the_state(const Words& words, TokenRange name) {
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    if (words.is(t, WordClass::kStateWord)) return true;
  }
  return false;
}

/// "THE board", "THAT agency", "THE budget office", "THE Post": a body that was named before.
bool is_definite(const Words& words, TokenRange source) {
  constexpr std::uint32_t kMostOfEnd = 3;
  constexpr std::uint32_t kMostDescribed = 6;  // "the world's biggest insurer"
  if (source.size() < 2 || !words.is_one_of(source.begin, {"the", "that"})) return false;
  if (source.size() <= kMostDescribed && is_any_body(words, source)) return true;
  if (source.size() > kMostOfEnd + 1) return false;
  if (source.size() == 2 && words.is_capital(source.begin + 1))
    return words.is(source.begin + 1, WordClass::kOutletWord);
  for (std::uint32_t t = source.begin + 1; t < source.end; ++t) {
    if (!words.is_lower_word(t)) return false;
  }
  return true;
}

bool is_capital_word(const Words& words, std::uint32_t token) {
  return words.is_capital(token) && words.passage_of(token) < 0 && !words.is(token, WordClass::kDeterminer);
}

}  // namespace

Speaker BodyNames::with_whole_name(Speaker speaker, TokenRange source) {
  if (speaker.kind != SpeakerKind::kOrganization && speaker.kind != SpeakerKind::kUnknown) return speaker;
  if (is_definite(words_, source)) {
    find_names();
    const TokenRange body = meant_by(source);
    if (body.empty()) return speaker;
    std::string name = text_of(words_, longest_form(body));
    if (const auto whole = by_initials_.find(name); whole != by_initials_.end() && whole->second.is_only_one)
      name = whole->second.text;
    return {name, SpeakerKind::kOrganization, -1, kSureOfMeant,
            "'" + text_of(words_, source) + "' is " + name + ", named before"};
  }
  const bool the = speaker.name.starts_with("the ") || speaker.name.starts_with("The ");
  const std::string printed = speaker.name.substr(the ? 4 : 0);
  if (printed.find(' ') != std::string::npos) return speaker;
  find_names();
  const Index& index = is_initials(printed) ? by_initials_ : by_first_word_;
  const auto found = index.find(printed);
  if (found == index.end() || !found->second.is_only_one) return speaker;
  if (!is_initials(printed) && found->second.token >= source.begin) return speaker;
  if (speaker.kind == SpeakerKind::kUnknown) {
    speaker.kind = SpeakerKind::kOrganization;
    speaker.confidence = std::max(speaker.confidence, kSureOfBody);
  }
  speaker.name = (the ? "the " : "") + found->second.text;
  speaker.reason += "; '" + printed + "' is short for " + found->second.text;
  return speaker;
}

void BodyNames::find_names() {
  if (std::exchange(is_built_, true)) return;
  for (std::uint32_t at = 0; at < words_.size(); ++at) {
    steps_.count();
    if (!is_capital_word(words_, at)) continue;
    TokenRange name{at, at + 1};
    for (std::uint32_t next = name.end; next < words_.size() && next - name.begin < kMostWords; ++next) {
      if (is_capital_word(words_, next))
        name.end = next + 1;
      else if (!joins(words_, next))
        break;
    }
    if (name.size() > 1) note_initials(name);
  }
  if (!words_.document().annotations) return;
  for (const Entity& entity : words_.document().annotations->entities) {
    steps_.count();
    if (words_.entity_label(entity.first) != "ORG") continue;
    if (is_capital_word(words_, entity.first)) note_first_word({entity.first, entity.last});
    if (words_.passage_of(entity.first) < 0) note_body({entity.first, entity.last});
  }
  find_topic();
}

void BodyNames::note_body(TokenRange name) {
  while (name.size() > 1 && words_.is(name.begin, WordClass::kDeterminer)) ++name.begin;
  while (name.size() > 1 && is_possessive_mark(words_, name.end - 1)) --name.end;
  bool is_outlet = false;
  for (std::uint32_t token = name.begin; token < name.end; ++token) {
    steps_.count();
    is_outlet = is_outlet || words_.is(token, WordClass::kOutletWord);
  }
  by_last_word_[folded(words_.text(name.end - 1))].push_back(bodies_.size());
  for (const std::uint32_t noun : {noun_behind(name), noun_before(name)}) {
    if (noun != kNoToken) by_description_[folded(words_.text(noun))].push_back(bodies_.size());
  }
  bodies_.push_back({name, is_outlet});
}

std::uint32_t BodyNames::noun_before(TokenRange name) const {
  std::uint32_t noun = name.begin;
  if (noun > 0 && words_.equals(noun - 1, "the")) --noun;
  if (noun > 0 && words_.equals(noun - 1, ",")) --noun;
  const bool described =
      noun > 0 && words_.is(noun - 1, WordClass::kBodyNoun) && words_.is_lower_word(noun - 1);
  return described ? noun - 1 : kNoToken;
}

std::uint32_t BodyNames::noun_behind(TokenRange name) const {
  constexpr std::uint32_t kMostDescribing = 6;
  if (!words_.equals(name.end, ",") || !words_.is(name.end + 1, WordClass::kDeterminer)) return kNoToken;
  std::uint32_t noun = kNoToken;
  for (std::uint32_t token = name.end + 2; token < name.end + 2 + kMostDescribing; ++token) {
    if (words_.is_mark(token) || words_.is(token, WordClass::kPreposition) ||
        words_.is(token, WordClass::kSubordinator) || words_.equals(token, "that"))
      return noun;
    noun = words_.is_lower_word(token) ? token : kNoToken;
  }
  return kNoToken;
}

TokenRange BodyNames::meant_by(TokenRange source) const {
  const std::uint32_t noun = source.end - 1;
  // A group and a campaign are called so among several.
  const std::string called = folded(words_.text(noun));
  if (called != "group" && called != "campaign") {
    const TokenRange named = last_of(by_last_word_, called, source);
    if (!named.empty()) return named;
  }
  const bool any = is_any_body(words_, source);
  if ((source.size() > 2 && !any) || words_.is_capital(noun)) return {};
  const TokenRange described = last_of(by_description_, called, {noun, source.end});
  if (!described.empty()) return described;
  if (is_outlet_noun(words_, noun)) return last_outlet(noun);
  return any ? of_the_sentences_before(noun) : TokenRange{};
}

TokenRange BodyNames::last_outlet(std::uint32_t token) const {
  const std::uint32_t first = words_.first_token_before(words_.sentence_of(token), kOutletSentences);
  for (std::size_t i = bodies_before(token); i > 0 && bodies_[i - 1].name.begin >= first; --i) {
    steps_.count();
    if (bodies_[i - 1].is_outlet) return bodies_[i - 1].name;
  }
  return {};
}

TokenRange BodyNames::of_the_sentences_before(std::uint32_t token) const {
  const std::uint32_t first = sentence_before(token);
  const bool state = may_be_of_the_state(words_, token);
  std::map<std::string, TokenRange> named;
  std::map<std::string, TokenRange> subjects;
  for (std::size_t i = bodies_before(token); i > 0 && bodies_[i - 1].name.begin >= first; --i) {
    steps_.count();
    if (!may_be_meant(bodies_[i - 1], state)) continue;
    const TokenRange whole = longest_form(bodies_[i - 1].name);
    named.try_emplace(text_of(words_, whole), whole);
    if (parse_ != nullptr && parse_->is_subject(parse_->head_in(bodies_[i - 1].name)))
      subjects.try_emplace(text_of(words_, whole), whole);
  }
  if (named.size() == 1) return named.begin()->second;
  if (subjects.size() == 1) return subjects.begin()->second;
  // "The group" and "the union" are others where somebody is near.
  static constexpr std::array<std::string_view, 5> kTrading = {"company", "firm", "airline", "bank", "club"};
  const bool trades = !words_.is(token, WordClass::kOrganizationNoun) || words_.is_one_of(token, kTrading);
  if (!trades && !named.empty()) return {};
  const bool is_topic =
      !topic_.empty() && topic_.begin < token && (named.empty() || named.contains(text_of(words_, topic_)));
  return is_topic ? topic_ : TokenRange{};
}

bool BodyNames::may_be_meant(const Body& body, bool state) const {
  // The language model takes a surname for a body's name now and then.
  const bool surname =
      body.name.size() == 1 && people_.count_of_surname(folded(words_.text(body.name.begin))) > 0;
  return !body.is_outlet && !surname && (state || !is_of_the_state(words_, body.name));
}

void BodyNames::find_topic() {
  constexpr std::uint32_t kFewestMentions = 3;
  constexpr std::uint32_t kTimesTheNext = 2;
  std::map<std::string, std::pair<std::uint32_t, TokenRange>> counts;
  for (const Body& body : bodies_) {
    steps_.count();
    if (!may_be_meant(body, false)) continue;
    const TokenRange whole = longest_form(body.name);
    auto& [count, name] = counts.try_emplace(text_of(words_, whole), 0, whole).first->second;
    ++count;
  }
  std::uint32_t most = 0;
  std::uint32_t next = 0;
  for (const auto& [text, counted] : counts) {
    const auto& [count, name] = counted;
    next = std::max(next, std::min(count, most));
    if (count <= most) continue;
    most = count;
    topic_ = name;
  }
  if (most < kFewestMentions || most < kTimesTheNext * next) topic_ = {};
}

std::size_t BodyNames::bodies_before(std::uint32_t token) const {
  const auto after =
      std::ranges::lower_bound(bodies_, token, {}, [](const Body& body) { return body.name.begin; });
  return static_cast<std::size_t>(after - bodies_.begin());
}

std::uint32_t BodyNames::sentence_before(std::uint32_t token) const {
  std::uint32_t sentence = words_.sentence_of(token);
  for (std::uint32_t quoted = 0; sentence > 0 && quoted <= kMostQuoted; ++quoted) {
    steps_.count();
    if (!words_.is_in_marks(words_.document().sentences[--sentence])) break;
  }
  return words_.document().sentences[sentence].first;
}

TokenRange BodyNames::last_of(const ByWord& bodies, const std::string& word, TokenRange source) const {
  const auto found = bodies.find(word);
  if (found == bodies.end()) return {};
  for (auto at = found->second.rbegin(); at != found->second.rend(); ++at) {
    steps_.count();
    const TokenRange name = bodies_[*at].name;
    if (name.end <= source.begin && name.size() >= source.size() && ends_alike(name, source)) return name;
  }
  return {};
}

bool BodyNames::ends_alike(TokenRange name, TokenRange source) const {
  for (std::uint32_t back = 2; back < source.size(); ++back) {
    if (folded(words_.text(name.end - back)) != folded(words_.text(source.end - back))) return false;
  }
  return true;
}

TokenRange BodyNames::longest_form(TokenRange name) const {
  const auto found = by_last_word_.find(folded(words_.text(name.end - 1)));
  if (found == by_last_word_.end()) return name;
  const std::string text = text_of(words_, name);
  TokenRange longest = name;
  for (std::size_t i = 0; i < std::min(found->second.size(), kMostForms); ++i) {
    steps_.count();
    const TokenRange other = bodies_[found->second[i]].name;
    if (other.begin >= name.begin) break;
    if (other.size() > longest.size() && text_of(words_, {other.end - name.size(), other.end}) == text)
      longest = other;
  }
  return longest;
}

void BodyNames::note_initials(TokenRange name) {
  std::string capitals;
  std::string all;
  for (std::uint32_t token = name.begin; token < name.end; ++token) {
    steps_.count();
    const char first = words_.text(token).front();
    all += first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
    if (!joins(words_, token)) capitals += first;
  }
  if (is_initials(all) && all != capitals) note(by_initials_, all, name);
  if (is_initials(capitals)) note(by_initials_, capitals, name);
}

void BodyNames::note_first_word(TokenRange name) {
  if (name.size() < 2 || name.size() > kMostWordsOfShort) return;
  for (std::uint32_t token = name.begin; token < name.end; ++token) {
    if (!is_capital_word(words_, token)) return;
  }
  // "The House" is none of its committees.
  const bool a_body_itself =
      words_.is(name.begin, WordClass::kOrganizationNoun) || words_.is(name.begin, WordClass::kOutletWord);
  if (!a_body_itself) note(by_first_word_, std::string(words_.text(name.begin)), name);
}

void BodyNames::note(Index& index, std::string shortened, TokenRange name) {
  std::string text = text_of(words_, name);
  const auto [found, is_new] = index.try_emplace(std::move(shortened), Name{text, name.begin, true});
  if (!is_new && found->second.text != text) found->second.is_only_one = false;
}

}  // namespace onrecord
