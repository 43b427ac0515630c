#include "reading/named_persons.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr float kSenderSpeaks = 0.85F;  // of how sure the person is: another may have written for him

}  // namespace

std::optional<Speaker> NamedPersons::named_head(TokenRange source) const {
  const auto& mentions = people_.mentions();
  std::vector<const PersonMention*> heads;
  for (std::size_t i = people_.mentions_before(source.begin);
       i < mentions.size() && mentions[i].name.begin < source.end; ++i) {
    steps_.count();
    // "Two engineers, Ada Lowe AND BO QUILL"; not "Lowe AND QUILL'S lawyers"
    const std::uint32_t begin = mentions[i].phrase.begin;
    const bool follows =
        !heads.empty() && heads.back()->name.end + 1 == begin && words_.equals(begin - 1, "and");
    // "Ada Lowe, the mayor, AND BO QUILL, a grower, ..."
    const auto is_joined = [&](std::uint32_t last) {
      return parse_->is(last, {"conj"}) && parse_->above(last) == parse_->head_in(heads.back()->name);
    };
    const bool ends = ends_name(mentions[i].name.end, source);
    if (follows && !ends) return std::nullopt;
    const bool joined =
        parse_ != nullptr && !heads.empty() && ends && is_joined(parse_->head_in(mentions[i].name));
    if (follows || joined || is_head(mentions[i], source)) heads.push_back(&mentions[i]);
  }
  if (heads.empty()) return std::nullopt;
  if (heads.size() > 1 && joined_by_and(*heads[heads.size() - 2], *heads.back())) {
    if (depends_on_preposition(*heads[0], source)) return std::nullopt;
    return of_names(heads);
  }
  // "strategists for Ada Lowe and DRUMLANE"; not "the minister for roads, ADA LOWE"
  const PersonMention& first = *heads[0];
  const bool apart = first.phrase.begin < first.name.begin ||
                     (first.name.begin > source.begin && words_.equals(first.name.begin - 1, ",")) ||
                     is_of_a_body(first, source);
  if (!apart && !is_behind_office(first, source) && depends_on_preposition(first, source))
    return std::nullopt;
  if (is_within_a_clause(first, source)) return std::nullopt;
  return of_name(*heads[0]);
}

std::vector<const PersonMention*> NamedPersons::list_that_ends(std::size_t last) const {
  const auto& mentions = people_.mentions();
  std::vector<const PersonMention*> list = {&mentions[last]};
  for (std::size_t i = last; i > 0; --i) {
    steps_.count();
    const std::uint32_t end = mentions[i - 1].name.end;
    const std::uint32_t begin = mentions[i].phrase.begin;
    const bool is_first_joint = list.size() == 1;
    const bool joined = is_first_joint ? begin > end && begin - end <= 2 && words_.equals(begin - 1, "and")
                                       : begin == end + 1 && words_.equals(end, ",");
    if (!joined) break;
    list.insert(list.begin(), &mentions[i - 1]);
  }
  return list;
}

std::optional<Speaker> NamedPersons::several_named_before(TokenRange source) const {
  constexpr std::uint32_t kSentences = 3;
  constexpr std::uint32_t kNounReach = 10;  // "three SENATORS from the harbor - Ada Lowe ..."
  if (parse_ == nullptr || source.size() < 2 || source.size() > 3 || words_.passage_of(source.begin) >= 0)
    return std::nullopt;
  const std::uint32_t noun = source.end - 1;
  const bool definite = words_.equals(source.begin, "the");
  const bool two = (definite && (words_.equals(source.begin + 1, "two") || words_.equals(noun, "pair"))) ||
                   (source.size() == 2 && words_.equals(source.begin, "both"));
  if (!two && (!definite || source.size() != 2 || words_.document().tag(noun) != "NNS")) return std::nullopt;
  const std::uint32_t first = words_.first_token_before(words_.sentence_of(noun), kSentences);
  for (std::size_t i = people_.mentions_before(source.begin); i > 0; --i) {
    steps_.count();
    if (people_.mentions()[i - 1].name.begin < first) break;
    if (words_.passage_of(people_.mentions()[i - 1].name.begin) >= 0) continue;
    const std::vector<const PersonMention*> list = list_that_ends(i - 1);
    if (list.size() < 2) continue;
    if (two) return list.size() == 2 ? std::optional(of_names(list)) : std::nullopt;
    const std::uint32_t begin = list.front()->phrase.begin;
    for (std::uint32_t t = begin; t > first && begin - t < kNounReach; --t) {
      if (folded(words_.text(t - 1)) == folded(words_.text(noun))) return of_names(list);
    }
    return std::nullopt;
  }
  static constexpr std::array<std::string_view, 14> kPersons = {
      "two",     "pair",  "duo",     "men",     "women",    "candidates", "rivals",
      "leaders", "stars", "players", "friends", "brothers", "sisters",    "contenders"};
  return two && definite && words_.is_one_of(noun, kPersons) ? only_two_named(first, source.begin)
                                                             : std::nullopt;
}

std::optional<Speaker> NamedPersons::only_two_named(std::uint32_t first, std::uint32_t end) const {
  const auto& mentions = people_.mentions();
  std::vector<const PersonMention*> named;
  for (std::size_t i = people_.mentions_before(first); i < mentions.size() && mentions[i].name.begin < end;
       ++i) {
    steps_.count();
    const bool again = std::ranges::any_of(
        named, [&](const PersonMention* one) { return one->person == mentions[i].person; });
    if (!again && words_.passage_of(mentions[i].name.begin) < 0) named.push_back(&mentions[i]);
  }
  return named.size() == 2 ? std::optional(of_names(named)) : std::nullopt;
}

Speaker NamedPersons::of_names(const std::vector<const PersonMention*>& named) const {
  Speaker speaker{"", SpeakerKind::kGroup, -1, 0.62F, "several persons are named"};
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (i > 0) speaker.name += i + 1 < named.size() ? ", " : " and ";
    speaker.name += people_.person(named[i]->person).full_name;
  }
  return speaker;
}

bool NamedPersons::joined_by_and(const PersonMention& first, const PersonMention& second) const {
  bool joined = false;
  for (std::uint32_t t = first.name.end; t < second.phrase.begin; ++t)
    joined = joined || words_.equals(t, "and");
  if (!joined || parse_ == nullptr) return joined;
  // "Marlow, a clerk who has read it and whose firm serves Lowe": the parse tells whom the word joins.
  const std::uint32_t head = parse_->head_in(first.name);
  for (std::uint32_t at = parse_->head_in(second.name); at > head && at < words_.size();
       at = parse_->above(at)) {
    if (parse_->is(at, {"relcl"})) return false;
    if (parse_->above(at) >= at) break;
  }
  return true;
}

bool NamedPersons::ends_name(std::uint32_t end, TokenRange source) const {
  if (end >= source.end) return true;
  // "Lowe's aides", of whom none is Lowe, "the Quayport-based lawyer".
  if (is_possessive_mark(words_, end)) return false;
  if (words_.text(end) == "-" && words_.is_lower_word(end + 1)) return false;
  return words_.is_one_of(end, {",", "(", "and", "of", "with", "from", "at", "in", "himself", "herself"}) ||
         words_.passage_of(end) >= 0 || words_.is_mark(end) || is_post_nominal(words_, end);
}

bool NamedPersons::is_head(const PersonMention& mention, TokenRange source) const {
  const std::uint32_t end = mention.name.end;
  // "Lowe's promise that ...", of which the source is "Lowe's".
  if (end + 1 == source.end && is_possessive_mark(words_, end)) return mention.phrase.begin == source.begin;
  if (!ends_name(end, source)) return false;
  std::uint32_t behind_comma = source.begin;
  bool bracket_before = false;
  for (std::uint32_t t = source.begin; t < mention.phrase.begin; ++t) {
    steps_.count();
    if (words_.equals(t, ",")) behind_comma = t + 1;
    if (words_.equals(t, "(")) bracket_before = true;
    if (words_.equals(t, ")")) bracket_before = false;
  }
  // "A rival (that would be ADA LOWE)"; not "the mayor (ADA LOWE)".
  if (bracket_before && !words_.equals(mention.phrase.begin - 1, "(")) return false;
  if (mention.phrase.begin > source.begin) {
    const std::uint32_t left = mention.phrase.begin - 1;
    // "The Guild FOR Harbors President Ada Lowe": the preposition is the body's.
    const bool in_a_body =
        words_.entity_of(left) >= 0 && words_.entity_of(left) == words_.entity_of(mention.phrase.begin);
    if (words_.is(left, WordClass::kPreposition) && !in_a_body) return false;
    const TokenRange described{behind_comma, mention.phrase.begin};
    if (behind_comma > source.begin && !words_.is(left, WordClass::kRoleNoun) &&
        !describes(described, mention))
      return false;
  }
  return true;
}

bool NamedPersons::describes(TokenRange words, const PersonMention& mention) const {
  for (std::uint32_t t = words.begin; t < words.end; ++t) {
    steps_.count();
    if (parse_ == nullptr || !parse_->is(t, {"compound", "amod", "nmod"})) return false;
    const std::uint32_t above = parse_->above(t);
    if (above < t || above >= mention.name.end) return false;
  }
  return true;
}

bool NamedPersons::is_within_a_clause(const PersonMention& mention, TokenRange source) const {
  if (parse_ == nullptr) return false;
  const std::uint32_t head = parse_->head_in(source);
  const std::uint32_t verb = parse_->verb_above(parse_->head_in(mention.name));
  const bool between = verb != kNoToken && head < verb && verb < mention.name.begin;
  if (!between || !parse_->is(verb, {"relcl"}) || parse_->above(verb) != head) return false;
  // Not "the woman I knew, ADA LOWE", who it is.
  return words_.document().tag(head).starts_with("NN") && !words_.equals(mention.phrase.begin - 1, ",");
}

bool NamedPersons::is_of_a_body(const PersonMention& mention, TokenRange source) const {
  const std::uint32_t begin = mention.phrase.begin;
  if (begin == source.begin || !is_possessive_mark(words_, begin - 1)) return false;
  for (std::uint32_t t = source.begin; t < begin; ++t) {
    if (parse_ != nullptr && words_.is_lower_word(t) && words_.document().tag(t).starts_with("NN"))
      return false;
  }
  return words_.is_capital(source.begin);
}

bool NamedPersons::is_behind_office(const PersonMention& mention, TokenRange source) const {
  const std::uint32_t begin = mention.phrase.begin;
  if (begin < source.begin + 3 || !words_.is_lower_word(begin - 1) ||
      words_.is(begin - 1, WordClass::kRoleNoun))
    return false;
  return words_.is_one_of(begin - 2, {"of", "for"}) && words_.is(begin - 3, WordClass::kRoleNoun);
}

bool NamedPersons::depends_on_preposition(const PersonMention& mention, TokenRange source) const {
  if (parse_ == nullptr) return false;
  const std::uint32_t head = noun_of(words_, *parse_, source);
  for (std::uint32_t at = parse_->head_in(mention.name), seen = 0; at != head && seen < source.size();
       ++seen) {
    steps_.count();
    if (at < source.begin || at >= source.end) return false;
    if (parse_->is(at, {"pobj"})) return head < at && words_.document().tag(head).starts_with("NN");
    at = parse_->above(at);
  }
  return false;
}

Speaker NamedPersons::of_name(const PersonMention& mention) const {
  const Person& person = people_.person(mention.person);
  Speaker speaker{person.full_name, SpeakerKind::kPerson, mention.person, 0.95F, ""};
  const std::string printed = text_of(words_, mention.name);
  if (printed == person.full_name) {
    speaker.reason = "named in full";
    if (person.names.size() < 2) speaker.confidence = 0.85F;
    return speaker;
  }
  speaker.reason = (mention.name.size() == 1 ? "surname of " : "short for ") + person.full_name +
                   ", named in paragraph " + std::to_string(person.first_paragraph + 1);
  const std::size_t same = people_.count_of_surname(folded(words_.text(mention.name.end - 1)));
  speaker.confidence = std::min(mention.sureness, 0.92F);
  if (same > 1) speaker.reason += "; others have the same surname";
  return speaker;
}

std::optional<Speaker> NamedPersons::sender_of(TokenRange source, std::uint32_t head) const {
  const auto& mentions = people_.mentions();
  for (std::size_t i = people_.mentions_before(head);
       i < mentions.size() && mentions[i].name.begin < source.end; ++i) {
    steps_.count();
    if (mentions[i].phrase.begin < head + 2) continue;
    const std::uint32_t from = mentions[i].phrase.begin - 1;
    if (!words_.equals(from, "from")) continue;
    if (parse_ != nullptr && parse_->above(from) != head) continue;
    Speaker sender = of_name(mentions[i]);
    sender.confidence *= kSenderSpeaks;
    sender.reason += "; from whom it is";
    return sender;
  }
  return std::nullopt;
}

std::optional<Speaker> NamedPersons::named_before_apposition(TokenRange source, std::uint32_t head) const {
  if (parse_ == nullptr || !parse_->is(head, {"appos"}) || !words_.is_lower_word(head)) return std::nullopt;
  const std::uint32_t above = parse_->above(head);
  if (above >= source.begin) return std::nullopt;
  const auto& mentions = people_.mentions();
  for (std::size_t i = people_.mentions_before(above + 1); i > 0 && mentions[i - 1].name.end > above; --i) {
    if (mentions[i - 1].name.begin <= above) return of_name(mentions[i - 1]);
  }
  return std::nullopt;
}

bool NamedPersons::is_subject(const PersonMention& mention) const {
  if (parse_ != nullptr) return parse_->is_subject(parse_->head_in(mention.phrase));
  const std::uint32_t first = words_.sentence(mention.phrase.begin).first;
  if (mention.phrase.begin <= first + 1) return true;
  const std::uint32_t next = mention.name.end;
  return next < words_.size() &&
         (words_.is(next, WordClass::kAuxiliary) || words_.is(next, WordClass::kCommonVerb) ||
          words_.is_reporting(next)) &&
         !words_.equals(next, "'s");
}

bool NamedPersons::has_subject(const Sentence& sentence, std::int32_t person) const {
  const auto& mentions = people_.mentions();
  for (std::size_t i = people_.mentions_before(sentence.first);
       i < mentions.size() && mentions[i].name.begin < sentence.last; ++i) {
    steps_.count();
    if (mentions[i].person == person && is_subject(mentions[i])) return true;
  }
  return false;
}

}  // namespace onrecord
