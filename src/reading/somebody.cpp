#include "reading/somebody.h"

#include <algorithm>
#include <array>

#include "reading/phrase_heads.h"

namespace onrecord {

bool is_somebody(const Words& words, std::uint32_t noun) {
  const std::string_view entity = words.entity_label(noun);
  if (entity == "PERSON" || entity == "ORG" || entity == "NORP") return true;
  if (words.equals(noun, "it") || words.equals(noun, "this") || words.equals(noun, "that")) return false;
  if (words.document().tag(noun) == "PRP") return !words.document().word(noun).ends_with("self");
  // "Engineers" of whom the lists have one.
  if (words.document().tag(noun) == "NNS" &&
      words.lexicon().find(words.document().lemma(noun)).is(WordClass::kRoleNoun))
    return true;
  return words.is(noun, WordClass::kRoleNoun) || words.is(noun, WordClass::kGroupNoun) ||
         words.is(noun, WordClass::kUnnamedNoun) || words.is(noun, WordClass::kOrganizationNoun) ||
         words.equals(noun, "crowd") || words.equals(noun, "audience") || words.text(noun) == "press" ||
         words.text(noun) == "media" || words.text(noun) == "delegation";
}

bool can_speak(const Words& words, std::uint32_t subject) {
  if (is_somebody(words, subject)) return true;
  const std::string_view entity = words.entity_label(subject);
  return words.document().tag(subject) == "NNP" && (entity.empty() || entity == "WORK_OF_ART");
}

bool is_outlet_noun(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 9> kNouns = {"newspaper", "paper",   "magazine",
                                                             "network",   "website", "outlet",
                                                             "affiliate", "station", "broadcaster"};
  return words.is_one_of(token, kNouns);
}

bool is_news_outlet(const Words& words, std::uint32_t noun) {
  if (words.is_capital(noun))
    return words.is(noun, WordClass::kOutletWord) && words.entity_label(noun) != "PERSON";
  return noun > 0 && words.equals(noun - 1, "the") && is_outlet_noun(words, noun);
}

bool is_poll_name(std::string_view name) { return has_word(name, {"poll", "polls", "survey", "surveys"}); }

bool is_possessive_mark(const Words& words, std::uint32_t token) {
  const std::string_view text = words.text(token);
  return text == "'" || text == "'s" || text == "\u2019" || text == "\u2019s";
}

bool is_gathering(const Words& words, TokenRange phrase) {
  static constexpr std::array<std::string_view, 14> kGatherings = {
      "conference", "rally",   "briefing",  "forum", "hearing",  "summit", "convention",
      "fundraiser", "meeting", "gathering", "event", "luncheon", "dinner", "hall"};
  std::uint32_t noun = phrase.begin;
  while (noun + 1 < phrase.end && !words.is(noun + 1, WordClass::kPreposition) && !words.is_mark(noun + 1))
    ++noun;
  return words.is_one_of(noun, kGatherings);
}

bool is_programme(const Words& words, TokenRange name) {
  if (words.entity_label(name.end - 1) == "PERSON" || !words.is_capital(name.end - 1)) return false;
  for (std::uint32_t t = name.begin + 1; t + 1 < name.end; ++t) {
    if (is_possessive_mark(words, t) && words.is(t - 1, WordClass::kOutletWord)) return true;
  }
  return false;
}

}  // namespace onrecord
