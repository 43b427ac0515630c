#include "reading/noun_phrases.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/shares_of_people.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

// As sure as a name must be to be given: what the article prints is all that is known.
constexpr float kSureAsPrinted = 0.62F;
constexpr float kSureOfCalled = 0.61F;         // less than that somebody speaks on who is called so
constexpr std::uint32_t kLongestPrinted = 12;  // tokens of "an accompanying list of his speaking fees"

/// "Surgeon", "botanist", "comedian": by its end a person.
bool does_something(std::string_view noun) {
  static constexpr std::array<std::string_view, 8> kEnds = {"er",  "or",  "ist",   "ian",
                                                            "eon", "man", "woman", "ee"};
  constexpr std::size_t kShortest = 6;
  return noun.size() >= kShortest &&
         std::ranges::any_of(kEnds, [&](auto end) { return noun.ends_with(end); });
}

/// "Juror No. 8": the words with the number; empty for anything else.
TokenRange numbered_person(const Words& words, TokenRange source) {
  constexpr std::uint32_t kReach = 3;  // "Trial juror No. 8"
  for (std::uint32_t t = source.begin + 1; t < std::min(source.end, source.begin + kReach); ++t) {
    const bool one = words.text(t) == "No.";
    const bool two = words.text(t) == "No" && words.text(t + 1) == ".";
    const std::uint32_t number = t + (one ? 1 : 2);
    if ((one || two) && number < source.end && words.is_number(number) &&
        words.is(t - 1, WordClass::kRoleNoun))
      return {source.begin, number + 1};
  }
  return {};
}

/// ", WHICH was there", ", WATCHING the pier", ", PARKED at the pier".
bool opens_clause(std::string_view tag) { return tag == "WDT" || tag == "VBG" || tag == "VBN"; }

bool may_stand_before_noun(std::string_view tag) {
  return tag.starts_with("NN") || tag.starts_with("JJ") || tag == "DT" || tag == "CD" || tag == "POS" ||
         tag == "PRP$";
}

/// "Radio 1", "50 Cent": a capital and a number, no more.
bool is_name_with_number(const Words& words, TokenRange source) {
  if (source.size() != 2) return false;
  const bool first = words.is_capital(source.begin) && words.is_number(source.begin + 1);
  const bool last = words.is_number(source.begin) && words.is_capital(source.begin + 1);
  const std::uint32_t name = first ? source.begin : source.begin + 1;
  return (first || last) && words.document().annotations &&
         (words.document().tag(name).starts_with("NNP") || words.entity_label(name) == "ORG");
}

/// "The 52-YEAR-OLD", and nothing more.
bool is_aged(const Words& words, TokenRange source) {
  const std::uint32_t age = source.begin + 1;
  const bool the = words.equals(source.begin, "the") && words.is_number(age) && words.equals(age + 2, "year");
  if (!the || !words.equals(age + 4, "old")) return false;
  return age + 5 >= source.end || words.equals(age + 5, ",");
}

/// "Marsh & Quill", "Wal-Mart", "Bank OF Norland".
bool joins_name(const Words& words, std::uint32_t token) {
  return words.text(token) == "&" || words.text(token) == "-" || words.equals(token, "of");
}

/// What can speak is a noun or stands for one: no "the", no "many of whom", and no "an easy - some".
bool may_head(const Words& words, TokenRange source, std::uint32_t head) {
  const std::uint32_t last = source.end - 1;
  if (words.is_mark(head) || words.equals(head, "the") || words.equals(head, "a") || words.equals(head, "an"))
    return false;
  if (source.size() > 1 && (words.equals(last, "whom") || words.equals(last, "which"))) return false;
  for (std::uint32_t t = source.begin; t < head; ++t) {
    if (words.text(t) == "-" && words.document().tag(t) == ":") return false;
  }
  return true;
}

/// "SEVERAL analyses", "A CHORUS of", "THE tests": what they are called is all that is known of them; "those
/// two" were told of before, "months of rain" say nothing, nor do "his eyes".
bool tells_of_itself(const Words& words, TokenRange source, std::uint32_t head) {
  const bool name = words.is_capital(head) && words.sentence(head).first != head;
  const bool one = words.is(source.begin, WordClass::kDeterminer) && !words.equals(source.begin, "the");
  const bool told_before = words.is_one_of(source.begin, {"those", "these", "this", "that", "such"}) ||
                           words.is_one_of(head, {"ones", "others"});
  const bool plural = words.document().annotations && words.document().tag(head) == "NNS";
  return !name && !told_before && (one || plural) && !words.is(source.begin, WordClass::kPossessive) &&
         !words.is(head, WordClass::kTime);
}

/// "The defenders", "court filings": people by what they do, and what is written, speak; "his eyes" do not.
Speaker of_plural(const Words& words, TokenRange source, std::uint32_t head, const std::string& word) {
  const LexiconEntry& one = words.lexicon().find(word.substr(0, word.size() - 1));
  const LexiconEntry& of_y =
      words.lexicon().find(word.ends_with("ies") ? word.substr(0, word.size() - 3) + "y" : word);
  if (one.is(WordClass::kDocumentNoun) || of_y.is(WordClass::kDocumentNoun))
    return {text_of(words, source), SpeakerKind::kDocument, -1, 0.7F, "documents"};
  if (one.is(WordClass::kRoleNoun) || one.is(WordClass::kUnnamedNoun) ||
      one.is(WordClass::kOrganizationNoun) || of_y.is(WordClass::kOrganizationNoun))
    return {text_of(words, source), SpeakerKind::kGroup, -1, 0.72F, "a group"};
  static constexpr std::array<std::string_view, 8> kWhoDo = {"ers",   "ors",  "ists",  "ians",
                                                             "tives", "ants", "crats", "ees"};
  const bool who_do =
      word.size() > 6 && std::ranges::any_of(kWhoDo, [&](auto end) { return word.ends_with(end); });
  if (who_do) return {text_of(words, source), SpeakerKind::kGroup, -1, kSureAsPrinted, "a plural"};
  return {text_of(words, source), SpeakerKind::kUnknown, -1,
          tells_of_itself(words, source, head) ? kSureAsPrinted : 0.5F, "a plural"};
}

}  // namespace

TokenRange NounPhrases::without_clause(TokenRange source, std::uint32_t head) const {
  for (std::uint32_t token = head + 1; parse_ != nullptr && token + 1 < source.end; ++token) {
    steps_.count();
    // Not inside of "Norland-based".
    const bool parts = words_.equals(token, ",") || words_.document().tag(token) == ":";
    const bool who = words_.is_mark(token) && words_.document().tag(token + 1) == "WP";
    if (!who && !(parts && opens_clause(words_.document().tag(token + 1)))) continue;
    source.end = token;
    break;
  }
  if (source.size() > 1 && words_.equals(source.end - 1, ",")) --source.end;
  return source;
}

TokenRange NounPhrases::name_behind(TokenRange source) const {
  if (parse_ == nullptr) return {};
  const auto ends = [&](std::uint32_t token) {
    return token >= source.end || words_.is_one_of(token, {",", "(", "-", "which", "that", "who"});
  };
  std::uint32_t noun = kNoToken;  // behind which the name begins
  for (std::uint32_t t = source.begin; t < source.end; ++t) {
    steps_.count();
    const std::string_view tag = words_.document().tag(t);
    const bool modifies = tag == "VBG" || tag == "VBN";
    if (tag == "IN" || (tag.starts_with("V") && !modifies) || tag.starts_with("W") || tag == "MD" ||
        tag == "CC")
      return {};
    if (words_.is_lower_word(t) && (tag == "NN" || words_.is(t, WordClass::kBodyNoun))) noun = t;
    if (noun == kNoToken || !words_.is_capital(t)) continue;
    TokenRange name{t, t + 1};
    if (t > noun + 1 && !words_.is_one_of(t - 1, {",", "the"})) return {};
    if (words_.equals(t - 1, "the") && t > noun + 3) return {};
    if (words_.equals(t - 1, "the")) --name.begin;
    const auto goes_on = [&](std::uint32_t at) {
      return words_.is_capital(at) || words_.is_number(at) || joins_name(words_, at);
    };
    while (name.end < source.end && goes_on(name.end)) ++name.end;
    while (joins_name(words_, name.end - 1)) --name.end;
    return ends(name.end) && is_told_of_a_body(noun) ? name : TokenRange{};
  }
  return {};
}

std::optional<Speaker> NounPhrases::named_kin(TokenRange source) const {
  for (std::uint32_t t = source.begin; parse_ != nullptr && t + 1 < source.end; ++t) {
    steps_.count();
    if (words_.is_capital(t) && t > source.begin && !is_possessive_mark(words_, t + 1)) return std::nullopt;
    if (!words_.is(t, WordClass::kKin)) continue;
    const std::uint32_t name = words_.equals(t + 1, ",") ? t + 2 : t + 1;
    const bool owned = words_.is(source.begin, WordClass::kPossessive) || is_possessive_mark(words_, t - 1);
    const bool alone = name + 1 >= source.end || words_.is_mark(name + 1);
    if (!owned || !alone || name >= source.end || !words_.is_capital(name)) return std::nullopt;
    if (words_.document().tag(name) != "NNP" && !words_.is(name, WordClass::kFirstName)) return std::nullopt;
    return Speaker{std::string(words_.text(name)), SpeakerKind::kPerson, -1, kSureAsPrinted,
                   "a first name is told"};
  }
  return std::nullopt;
}

bool NounPhrases::is_told_of_a_body(std::uint32_t noun) const {
  return words_.is(noun, WordClass::kBodyNoun) || words_.is(noun, WordClass::kOrganizationNoun) ||
         is_outlet_noun(words_, noun) ||
         words_.is_one_of(noun, {"site", "body", "magazine", "daily", "team"});
}

std::string NounPhrases::document_before(TokenRange source, std::uint32_t head) const {
  constexpr std::uint32_t kReach = 1'200;  // tokens
  constexpr int kMostLooked = 16;
  if (parse_ == nullptr || source.size() != 2 || head != source.begin + 1 ||
      !words_.is_one_of(source.begin, {"the", "that"}) || !words_.is_lower_word(head))
    return {};
  int looked = 0;
  for (std::uint32_t at = source.begin; at-- > source.begin - std::min(source.begin, kReach);) {
    steps_.count();
    if (words_.text(at) != words_.text(head) || words_.passage_of(at) >= 0) continue;
    if (++looked > kMostLooked) return {};
    const std::string name = name_of_document(at);
    const std::uint32_t first = parse_->phrase_of(at).begin;
    // Another one that was brought in since, without a name, is meant.
    if (!name.empty() || words_.is_one_of(first, {"a", "an", "another", "its"})) return name;
  }
  return {};
}

/// "The Harbor Board's report", "a Lowe campaign memo"; of "a report by the Harbor Board" "Harbor Board
/// report". Empty where nobody is named with it.
std::string NounPhrases::name_of_document(std::uint32_t noun) const {
  constexpr std::uint32_t kMostWords = 8;
  TokenRange phrase{noun, noun + 1};
  while (phrase.begin > words_.sentence(noun).first && noun - phrase.begin < kMostWords &&
         (may_stand_before_noun(words_.document().tag(phrase.begin - 1)) ||
          words_.equals(phrase.begin - 1, "/")) &&
         words_.passage_of(phrase.begin - 1) < 0) {
    --phrase.begin;
    if (words_.is(phrase.begin, WordClass::kDeterminer)) break;
  }
  while (words_.document().tag(phrase.begin) == "CD") ++phrase.begin;
  for (std::uint32_t token = phrase.begin; token < noun; ++token) {
    const std::string_view label = words_.entity_label(token);
    const bool owner = words_.is_capital(token) && is_possessive_mark(words_, token + 1);
    const bool named = words_.is_capital(token) && words_.document().tag(token) == "NNP" &&
                       token > words_.sentence(token).first && !words_.is(token, WordClass::kTime);
    if (label == "ORG" || label == "PERSON" || owner || named) return text_of(words_, phrase);
  }
  if (!words_.is_one_of(noun + 1, {"by", "from"})) return {};
  std::uint32_t first = noun + 2;
  if (words_.is(first, WordClass::kDeterminer)) ++first;
  std::uint32_t end = first;
  while (end < first + kMostWords && words_.is_capital(end) && words_.passage_of(end) < 0) ++end;
  if (end == first || words_.entity_label(end - 1) != "ORG") return {};
  return text_of(words_, {first, end}) + " " + std::string(words_.text(noun));
}

TokenRange NounPhrases::behind_verb(TokenRange source, std::uint32_t head) const {
  if (parse_ == nullptr) return source;
  const auto is_finite = [&](std::uint32_t token) {
    const std::string_view tag = words_.document().tag(token);
    return tag == "VBZ" || tag == "VBP" || tag == "MD";
  };
  std::uint32_t verb = kNoToken;
  for (std::uint32_t token = source.begin; token < head; ++token) {
    if (is_finite(token)) verb = token;
  }
  if (verb == kNoToken) return source;
  std::uint32_t begin = head;
  while (begin > verb + 1 && may_stand_before_noun(words_.document().tag(begin - 1))) --begin;
  return {begin, source.end};
}

TokenRange NounPhrases::several_bodies(TokenRange source, std::uint32_t head) const {
  if (parse_ == nullptr || !words_.is_capital(head) || words_.is(head, WordClass::kRoleNoun)) return {};
  TokenRange bodies;
  for (std::uint32_t last = head; last != kNoToken; last = parse_->child(last, {"conj"})) {
    steps_.count();
    const std::string_view label = words_.entity_label(last);
    const bool unknown = last != head && label.empty() && words_.document().tag(last) == "NNP";
    const bool body = label == "ORG" || words_.is(last, WordClass::kOrganizationNoun) || unknown;
    if (last >= source.end || !words_.is_capital(last) || !body) break;
    if (last > head) bodies = {source.begin, std::min(source.end, parse_->phrase_of(last).end)};
  }
  return bodies;
}

Speaker NounPhrases::of_noun_phrase(TokenRange source) {
  const std::uint32_t head = head_of(words_, parse_, source);
  source = behind_verb(without_clause(source, head), head);
  if (source.size() > 1 && is_possessive_mark(words_, source.end - 1)) --source.end;
  const TokenRange phrase{source.begin, head + 1};
  Speaker speaker;
  const bool definite = words_.equals(source.begin, "the") ||
                        words_.is(source.begin, WordClass::kPossessive) ||
                        words_.equals(source.begin, "this");
  const std::uint32_t article = parse_ == nullptr ? kNoToken : parse_->child(head, {"det"});
  const bool any = article > source.begin && article < head && words_.is_one_of(article, {"a", "an", "any"});
  const bool indefinite = any || (words_.is(source.begin, WordClass::kDeterminer) && !definite) ||
                          (source.size() > 1 && words_.equals(source.begin, "one") && head > source.begin);
  if (const TokenRange numbered = numbered_person(words_, source); !numbered.empty())
    return Speaker{text_of(words_, numbered), SpeakerKind::kUnnamed, -1, 0.75F, "a person by a number"};
  if (words_.equals(head, "someone") || words_.equals(head, "somebody"))
    return Speaker{text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.75F, "a person without a name"};
  if (const auto kin = named_kin(source)) return *kin;
  if (is_name_with_number(words_, source))
    return {text_of(words_, source), SpeakerKind::kUnknown, -1, kSureAsPrinted, "a name with a number"};
  if (is_aged(words_, source)) return roles_.described_by_age(source);
  if (words_.is_one_of(head, {"everyone", "everybody"}))
    return Speaker{text_of(words_, source), SpeakerKind::kGroup, -1, 0.65F, "a group"};
  if (parse_ != nullptr && is_share_of_people(words_, source, steps_)) {
    const bool one = words_.equals(source.begin, "one") && words_.equals(source.begin + 1, "of");
    if (one)
      return Speaker{text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.65F, "a person without a name"};
    return Speaker{text_of(words_, source), SpeakerKind::kGroup, -1, 0.65F, "a number of people"};
  }
  if (const auto several = names_.several_named_before(source)) return *several;
  if (const TokenRange name = name_behind(source); !name.empty())
    return {text_of(words_, name), SpeakerKind::kOrganization, -1, 0.75F, "a body's name"};
  // "Engineers" of whom the lists have one.
  const bool roles = parse_ != nullptr && words_.is_lower_word(head) &&
                     words_.document().tag(head) == "NNS" &&
                     words_.lexicon().find(words_.document().lemma(head)).is(WordClass::kRoleNoun);
  const bool plural = words_.is(head, WordClass::kGroupNoun) || roles;
  if (parse_ != nullptr && !may_head(words_, source, head)) {
    speaker.reason = "'" + text_of(words_, source) + "' is not resolved";
    return speaker;
  }
  if (const auto named = names_.named_before_apposition(source, head)) return *named;
  // "The Associated Press" is none of the press.
  if (plural && words_.is(head, WordClass::kOutletWord) && head > source.begin && words_.is_capital(head) &&
      words_.is_capital(head - 1) && !words_.is(head - 1, WordClass::kDeterminer))
    return capitalised_.of_capitalised(source, phrase);
  // "Investors" that begins a sentence is no name.
  const bool is_name = source.size() == 1 && words_.is_capital(head) && capitalised_.is_body_elsewhere(head);
  const bool common = parse_ != nullptr && words_.sentence(head).first == head && !is_name &&
                      (words_.document().tag(head) == "NNS" || words_.document().tag(head) == "NN" ||
                       words_.is(head, WordClass::kDeterminer) || words_.is(head, WordClass::kPronoun));
  if (const TokenRange bodies = several_bodies(source, head); !bodies.empty())
    return {text_of(words_, bodies), SpeakerKind::kOrganization, -1, 0.7F, "several bodies"};
  // "The Harbor CALLER" is no caller.
  const std::int32_t entity = words_.entity_of(head);
  const bool in_a_name = parse_ != nullptr && words_.is_capital(head) && words_.entity_label(head) == "ORG" &&
                         words_.document().annotations->entities[entity].first < head &&
                         !words_.is(head, WordClass::kTitle) && words_.is_capital(head - 1);
  if (words_.is_capital(head) && !common && (in_a_name || !words_.is(head, WordClass::kRoleNoun)) &&
      !words_.is(head, WordClass::kGroupNoun)) {
    return capitalised_.of_capitalised(source, phrase);
  }
  if (words_.equals(source.begin, "those") && source.size() > 1 && head == source.begin)
    return Speaker{text_of(words_, source), SpeakerKind::kGroup, -1, 0.65F, "a group"};
  if (words_.is(head, WordClass::kRoleNoun) && !plural) {
    if (!indefinite) {
      const Speaker holder = roles_.of_role(source, head);
      const bool nobody = holder.person < 0 && (holder.name.empty() || holder.kind == SpeakerKind::kUnnamed);
      Speaker who = nobody ? roles_.described(source, head, holder) : holder;
      // "The Dutchman", "the Quay MP"
      const bool called = words_.is_capital(head) &&
                          (is_post_nominal(words_, head) || (words_.is(head, WordClass::kEpithet) &&
                                                             words_.entry(head).gender != Gender::kUnknown));
      if (who.name.empty() && called)
        who = {text_of(words_, source), SpeakerKind::kUnnamed, -1, kSureOfCalled, "a person without a name"};
      return who;
    }
    return Speaker{text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.8F, "a person without a name"};
  }
  if (words_.is(head, WordClass::kUnnamedNoun))
    return Speaker{text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.75F, "a source without a name"};
  if (plural || words_.is(head, WordClass::kPronoun))
    return Speaker{text_of(words_, source),
                   words_.is(head, WordClass::kPronoun) ? SpeakerKind::kUnknown : SpeakerKind::kGroup, -1,
                   0.75F, "a group"};
  if (words_.is(head, WordClass::kDocumentNoun)) {
    if (const auto sender = names_.sender_of(source, head)) return *sender;
    if (const std::string named = document_before(source, head); !named.empty())
      return Speaker{named, SpeakerKind::kDocument, -1, 0.68F,
                     "'" + text_of(words_, source) + "' is the one named before"};
    return Speaker{text_of(words_, source), SpeakerKind::kDocument, -1, 0.7F, "a document"};
  }
  const bool called_body =
      parse_ != nullptr && words_.is(head, WordClass::kBodyNoun) && words_.text(head - 1) != "-";
  if (words_.is(head, WordClass::kOrganizationNoun) || called_body)
    return Speaker{text_of(words_, source), SpeakerKind::kOrganization, -1, 0.7F, "a body"};
  const std::string word = folded(words_.text(head));
  if (word.ends_with('s') && !word.ends_with("ss")) return of_plural(words_, source, head, word);
  // "A 46-page study": what it is called is all that is known of it.
  if (parse_ != nullptr && indefinite && words_.is_lower_word(head) && words_.document().tag(head) == "NN" &&
      does_something(word))
    return Speaker{text_of(words_, source), SpeakerKind::kUnnamed, -1, 0.65F, "a person without a name"};
  if (parse_ != nullptr && indefinite && words_.is_lower_word(head))
    return Speaker{text_of(words_, source.size() <= kLongestPrinted ? source : phrase), SpeakerKind::kUnknown,
                   -1, phrase.size() > 1 ? kSureAsPrinted : 0.4F, "a source that is not further known"};
  speaker.reason = "'" + text_of(words_, phrase) + "' is not resolved";
  return definite && does_something(word) ? roles_.described(source, head, speaker) : speaker;
}

}  // namespace onrecord
