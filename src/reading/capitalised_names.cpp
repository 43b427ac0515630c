#include "reading/capitalised_names.h"

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kOftenNamed = 3;
constexpr float kSureOfMostly = 0.66F;  // the language model takes a surname for a body's name now and then

/// "Ada Lowe, LEADER of the growers": a person, whatever the name looks like.
bool has_role_behind(const Words& words, const Syntax& parse, TokenRange source, TokenRange name) {
  for (std::uint32_t t = name.end; t < source.end; ++t) {
    if (words.is(t, WordClass::kRoleNoun) && parse.is(t, {"appos"})) return true;
  }
  return false;
}

/// "Gantry, the Norland food GROUP", "Metrolink, the private FIRM which": a body, whatever the name looks
/// like.
bool has_body_behind(const Words& words, TokenRange name) {
  constexpr std::uint32_t kReach = 6;
  if (!words.equals(name.end, ",") || !words.is(name.end + 1, WordClass::kDeterminer)) return false;
  std::uint32_t noun = kNoToken;
  for (std::uint32_t t = name.end + 2; t < std::min(words.size(), name.end + 2 + kReach); ++t) {
    if (words.is(t, WordClass::kPreposition) || words.is_mark(t) ||
        words.is_one_of(t, {"which", "that", "who"}))
      break;
    noun = words.is_lower_word(t) ? t : kNoToken;
  }
  return noun != kNoToken &&
         (words.is(noun, WordClass::kBodyNoun) || words.is(noun, WordClass::kOrganizationNoun));
}

/// "The University OF NORLAND", "the Center FOR CLEAN HARBORS": a body's name goes on behind its noun.
TokenRange whole_name(const Words& words, TokenRange source, TokenRange phrase) {
  const std::int32_t entity = words.entity_of(phrase.end - 1);
  if (entity >= 0) {
    const std::uint32_t last = words.document().annotations->entities[entity].last;
    phrase.end = std::clamp(last, phrase.end, source.end);
    const std::string_view ends = words.document().tag(phrase.end - 1);
    if (ends == "POS") --phrase.end;  // the Harbor Board'S
  }
  while (phrase.end + 1 < source.end) {
    const std::uint32_t joint = phrase.end;
    const bool joins = words.equals(joint, "of") || words.equals(joint, "for") || words.equals(joint, "on");
    std::uint32_t at = joint + 1;
    while (at < source.end && words.equals(at, "the")) ++at;
    const auto is_of_name = [&](std::uint32_t t) {  // "for the 6TH Circuit"
      return words.is_capital(t) || (words.text(t)[0] >= '1' && words.text(t)[0] <= '9');
    };
    if (!joins || at >= source.end || !is_of_name(at)) break;
    while (at < source.end && is_of_name(at)) ++at;
    phrase.end = at;
  }
  return phrase;
}

/// "HARBOR GROWERS": words of a headline, no initials.
bool is_shouted(const Words& words, TokenRange name) {
  constexpr std::size_t kLongerThanInitials = 5;
  bool is_long = false;
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    if (!words.is_in_capitals(t) && !words.is_mark(t)) return false;
    is_long = is_long || words.text(t).size() > kLongerThanInitials;
  }
  return is_long && name.size() > 1;
}

/// A hyphenated name has one.
std::uint32_t count_of_words(const Words& words, TokenRange name) {
  std::uint32_t count = name.size();
  for (std::uint32_t t = name.begin; t < name.end; ++t) count -= words.text(t) == "-" ? 2 : 0;
  return count;
}

/// "QuayTown.com": a site's address without more.
bool is_site(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kEnds = {".com", ".org", ".net", ".gov"};
  return std::ranges::any_of(kEnds,
                             [&](auto end) { return word.size() > end.size() && word.ends_with(end); });
}

/// "ALL of them", "BOTH".
bool is_quantifier(std::string_view tag) { return tag == "DT" || tag == "PDT" || tag == "CC"; }

/// "Newsweek": a whole name that is a word for newspapers, and for the language model a body's.
bool is_outlet_name(const Words& words, TokenRange name) {
  return name.size() == 1 && words.is_capital(name.begin) && words.is(name.begin, WordClass::kOutletWord) &&
         words.entity_label(name.begin) == "ORG";
}

}  // namespace

Speaker CapitalisedNames::of_capitalised(TokenRange source, TokenRange phrase) {
  TokenRange name = phrase;
  if (name.size() > 1 && words_.is(name.begin, WordClass::kDeterminer)) ++name.begin;
  if (words_.equals(name.begin, "'s") || name.empty()) return {};
  if (source.begin == name.begin && is_shouted(words_, name))
    return {{}, SpeakerKind::kUnknown, -1, 0, "a headline in capitals"};
  if (parse_ != nullptr && name.size() == 1 && is_quantifier(words_.document().tag(name.begin)))
    return {text_of(words_, source), SpeakerKind::kGroup, -1, 0.5F, "a group that is not further known"};
  const bool titled_name = words_.is(name.begin, WordClass::kCourtesyTitle);
  bool body = words_.is(source.begin, WordClass::kDeterminer) ||
              (!titled_name && name.size() > 1 && people_.is_body(words_, name)) ||
              is_outlet_name(words_, name) || (parse_ != nullptr && has_body_behind(words_, name));
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    body = body || words_.is(t, WordClass::kOrganizationNoun) || is_acronym(words_.text(t)) ||
           is_site(words_.text(t));
  }
  if (body)
    return {text_of(words_, whole_name(words_, source, phrase)), SpeakerKind::kOrganization, -1, 0.75F,
            "a body's name"};
  // "Mr. Quill", of whom the article says no more, is Quill; he stays a person of this article.
  bool titled = false;
  while (name.size() > 1 && words_.is(name.begin, WordClass::kCourtesyTitle)) ++name.begin, titled = true;
  const std::string_view label = words_.entity_label(name.end - 1);
  const bool initial = name.size() > 2 && words_.text(name.begin).size() == 2 &&
                       words_.text(name.begin).ends_with('.');  // "M. Ada Lowe"
  const bool other = !titled && !initial && parse_ != nullptr &&
                     !has_role_behind(words_, *parse_, source, name) && label != "PERSON" &&
                     (!label.empty() || words_.document().tag(name.end - 1) == "NNS" ||
                      words_.document().tag(name.end - 1) == "NNPS" || words_.is_lower_word(name.begin));
  if (name.size() == 1 && !titled && is_mostly_body(name.begin))
    return {text_of(words_, name), SpeakerKind::kOrganization, -1, kSureOfMostly, "a body's name"};
  const bool person = (titled || name.size() > 1) && count_of_words(words_, name) < 4 && !other;
  if (person || label == "PERSON")
    return {text_of(words_, name), SpeakerKind::kPerson, -1, label == "PERSON" ? 0.65F : 0.6F,
            "a name that is not further known"};
  const bool spoken_for = parse_ != nullptr && words_.document().tag(name.end - 1).starts_with("NNP");
  const bool surname = name.size() == 1 && label == "ORG" && !is_acronym(words_.text(name.begin));
  if (spoken_for && surname)
    return {text_of(words_, name), SpeakerKind::kUnknown, -1, 0.62F, "a name that is not further known"};
  if (spoken_for && (label == "ORG" || label == "GPE"))
    return {text_of(words_, name), SpeakerKind::kOrganization, -1, 0.62F, "a body's name"};
  if (spoken_for && label == "NORP")
    return {text_of(words_, name), SpeakerKind::kGroup, -1, 0.62F, "a group"};
  // What is named again and again is called so, whatever it is.
  if (spoken_for && name.size() == 1 && count_of(name.begin).named >= kOftenNamed)
    return {text_of(words_, name), SpeakerKind::kUnknown, -1, 0.62F,
            "a name that the article has again and again"};
  return {text_of(words_, name), SpeakerKind::kUnknown, -1, 0.55F, "a name that is not further known"};
}

CapitalisedNames::Count CapitalisedNames::count_of(std::uint32_t token) {
  if (counts_.empty()) {
    for (std::uint32_t t = 0; t < words_.size(); ++t) {
      steps_.count();
      if (!words_.is_capital(t)) continue;
      Count& count = counts_[words_.text(t)];
      ++count.named;
      const std::int32_t entity = words_.entity_of(t);
      if (entity < 0) continue;
      const Entity& name = words_.document().annotations->entities[entity];
      const std::uint32_t end = is_possessive_mark(words_, name.last - 1) ? name.last - 1 : name.last;
      if (name.first != t || end != t + 1) continue;
      count.body += words_.entity_label(t) == "ORG" ? 1 : 0;
      count.person += words_.entity_label(t) == "PERSON" ? 1 : 0;
    }
  }
  return counts_[words_.text(token)];
}

bool CapitalisedNames::is_body_elsewhere(std::uint32_t token) {
  return count_of(token).body > 0 && people_.count_of_surname(folded(words_.text(token))) == 0;
}

bool CapitalisedNames::is_mostly_body(std::uint32_t token) {
  constexpr std::uint32_t kFewest = 3;
  const Count count = count_of(token);
  return count.body >= kFewest && count.body >= 3 * count.person;
}

}  // namespace onrecord
