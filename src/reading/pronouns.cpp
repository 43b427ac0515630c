#include "reading/pronouns.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/characters.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kPronounSentences =
    5;  // a pronoun's person is named in the last five sentences or not at all
constexpr std::size_t kPronounMentions = 48;
constexpr float kSpokeEarlier = 0.7F;    // a sentence between takes away from who spoke last
constexpr float kOtherParagraph = 0.4F;  // so does a paragraph between
constexpr float kSpeaksOn = 0.64F;       // just above a name without a person: two steps can fail
constexpr float kSureOfName = 0.55F;     // a name that less is thought of speaks on for nobody
constexpr float kSubjectNear = 0.62F;    // a body that was the subject in this sentence or the one before
constexpr float kSubjectFar = 0.5F;

bool may_be_named(const Words& words, std::uint32_t noun, bool plural) {
  const std::string_view tag = words.document().tag(noun);
  return tag == "NNP" || (plural ? tag == "NNS" || tag == "NNPS" || tag == "NN" : tag == "NN");
}

/// What "it" may stand for: a body, a text, a name that is nobody's for all that is known.
bool is_something(const Speaker& speaker) {
  return speaker.kind == SpeakerKind::kOrganization || speaker.kind == SpeakerKind::kDocument ||
         (speaker.kind == SpeakerKind::kUnknown && speaker.confidence > kSureOfName);
}

/// "Growers", "officials briefed on it".
bool are_several(const Speaker& speaker) {
  static constexpr std::array<std::string_view, 6> kPeople = {"officials", "sources",  "aides",
                                                              "people",    "insiders", "staffers"};
  const std::string called = folded(speaker.name);
  return speaker.kind == SpeakerKind::kGroup ||
         (speaker.kind == SpeakerKind::kUnnamed &&
          std::ranges::any_of(kPeople, [&](auto people) { return called.contains(people); }));
}

/// How many sentences before `sentence` a token stands; 0 in it and behind it.
std::uint32_t sentences_back(const Words& words, std::uint32_t sentence, std::uint32_t token) {
  const std::uint32_t own = words.sentence_of(token);
  return sentence > own ? sentence - own : 0;
}

}  // namespace

bool is_introduced_unnamed(const Speaker& speaker) {
  static constexpr std::array<std::string_view, 4> kOne = {"one ", "a ", "an ", "another "};
  const std::string called = folded(speaker.name);
  return (speaker.kind == SpeakerKind::kUnnamed || speaker.kind == SpeakerKind::kUnknown) &&
         std::ranges::any_of(kOne, [&](auto one) { return called.starts_with(one); });
}

Speaker Pronouns::of_pronoun(std::uint32_t token, const OfMention& of_mention) const {
  const bool male = words_.equals(token, "he") || words_.equals(token, "his") || words_.equals(token, "him");
  const bool female = words_.equals(token, "she") || words_.equals(token, "her");
  if ((words_.equals(token, "he") || words_.equals(token, "she")) && speaks_on(token)) {
    Speaker speaker = said_.last;
    speaker.confidence = kSpeaksOn;
    speaker.reason =
        "'" + std::string(words_.text(token)) + "': who spoke just before, and nobody is named since";
    return speaker;
  }
  if (male || female) {
    if (const auto announced = announced_in_front(token, male ? Gender::kMale : Gender::kFemale))
      return *announced;
  }
  if (male) return nearest_person(token, Gender::kMale);
  if (female) return nearest_person(token, Gender::kFemale);
  Speaker speaker;
  const bool they = words_.equals(token, "they") || words_.equals(token, "their");
  if (they && parse_ != nullptr && said_.last_token != kNoToken) {
    // What stands since the last statement, without this one's own words.
    speaker = subject_before(token, {said_.last_token, std::min(token, said_.statement_begin)}, of_mention);
    if (!speaker.name.empty()) return speaker;
  }
  if (they && are_several(said_.last) && is_recent(token)) {
    speaker = said_.last;
    speaker.confidence = 0.6F;
    speaker.reason = "the group that spoke before";
  } else if ((words_.equals(token, "it") || words_.equals(token, "its")) && is_something(said_.last) &&
             is_recent(token)) {
    speaker = said_.last;
    speaker.confidence = 0.6F;
    speaker.reason = "what was cited before";
  } else if (parse_ != nullptr && (words_.equals(token, "they") || words_.equals(token, "it"))) {
    return subject_before(token, {0, token}, of_mention);
  } else {
    speaker.reason = "the pronoun '" + std::string(words_.text(token)) + "' is not resolved";
  }
  return speaker;
}

bool Pronouns::speaks_on(std::uint32_t token) const {
  const Speaker& last = said_.last;
  if (parse_ == nullptr || last.name.empty() || last.person >= 0 || said_.last_token == kNoToken ||
      words_.passage_of(token) >= 0)
    return false;
  const bool some_name = (last.kind == SpeakerKind::kPerson || last.kind == SpeakerKind::kUnknown) &&
                         last.confidence >= kSureOfName && folded(last.name) != last.name;
  if ((!is_introduced_unnamed(last) && !some_name) || is_of_other_gender(last.name, token)) return false;
  if (sentences_back(words_, sentence_from(token), said_.last_token) > 1) return false;
  for (std::size_t i = people_.mentions_before(said_.last_token);
       i < people_.mentions().size() && people_.mentions()[i].name.begin < token; ++i) {
    steps_.count();
    const PersonMention& mention = people_.mentions()[i];
    const bool told =
        words_.passage_of(mention.name.begin) >= 0 || mention.name.begin >= said_.statement_begin;
    if (!told && names_.is_subject(mention)) return false;
  }
  return true;
}

std::optional<Speaker> Pronouns::announced_in_front(std::uint32_t token, Gender gender) const {
  const std::uint32_t first = words_.document().sentences[sentence_from(token)].first;
  if (!words_.equals(first, "as") || !words_.equals(first + 1, "for")) return std::nullopt;
  const std::size_t next = people_.mentions_before(first);
  if (next >= people_.mentions().size()) return std::nullopt;
  const PersonMention& mention = people_.mentions()[next];
  const Person& person = people_.person(mention.person);
  const bool fits = person.gender == Gender::kUnknown || person.gender == gender;
  if (mention.phrase.begin != first + 2 || mention.name.end > token || !fits) return std::nullopt;
  constexpr float kSure = 0.85F;
  return Speaker{person.full_name, SpeakerKind::kPerson, mention.person, kSure,
                 "'" + std::string(words_.text(token)) + "': as for " + person.full_name};
}

bool Pronouns::is_of_other_gender(std::string_view name, std::uint32_t token) const {
  const Gender told = words_.equals(token, "she") ? Gender::kFemale : Gender::kMale;
  while (!name.empty()) {
    const std::string_view word = name.substr(0, name.find(' '));
    name.remove_prefix(std::min(word.size() + 1, name.size()));
    const LexiconEntry& entry = words_.lexicon().find(folded(word));
    for (const Gender gender : {entry.gender, entry.name_gender}) {
      if (gender != Gender::kUnknown && gender != told) return true;
    }
  }
  return false;
}

Speaker Pronouns::subject_before(std::uint32_t token, TokenRange range, const OfMention& of_mention) const {
  const bool plural = words_.equals(token, "they") || words_.equals(token, "their");
  const std::uint32_t sentence = words_.sentence_of(token);
  for (std::uint32_t back = 0; back < 3 && back <= sentence; ++back) {
    const Sentence& place = words_.document().sentences[sentence - back];
    for (std::uint32_t at = std::min(place.last, range.end); at-- > std::max(place.first, range.begin);) {
      steps_.count();
      if (!parse_->is(at, {"nsubj", "nsubjpass"}) || words_.passage_of(at) >= 0) continue;
      if (words_.equals(at, "it") || words_.equals(at, "they") || !may_be_named(words_, at, plural)) continue;
      if (words_.document().tag(parse_->above(at)) == "VBG") continue;  // "With divers LOOKING on, they said"
      Speaker speaker = of_mention(parse_->phrase_of(at));
      const bool fits =
          plural ? speaker.kind == SpeakerKind::kOrganization || speaker.kind == SpeakerKind::kGroup
                 : is_something(speaker);
      // A country is "it"; of prices nothing says that they are people.
      const bool they = !plural || (words_.entity_label(at) != "GPE" && speaker.confidence >= kSureOfName);
      if (!fits || !they || speaker.name.empty()) continue;
      speaker.confidence = back <= 1 ? kSubjectNear : kSubjectFar;
      speaker.reason = "'" + std::string(words_.text(token)) + "': the subject before, " + speaker.name;
      return speaker;
    }
  }
  Speaker speaker;
  speaker.reason = "the pronoun '" + std::string(words_.text(token)) + "' is not resolved";
  return speaker;
}

bool Pronouns::is_recent(std::uint32_t token) const {
  return said_.last_token != kNoToken &&
         words_.sentence_of(token) <= words_.sentence_of(said_.last_token) + 3;
}

std::uint32_t Pronouns::sentence_from(std::uint32_t token) const {
  return words_.sentence_of(std::min(token, said_.statement_begin));
}

std::uint32_t Pronouns::sentences_since(std::uint32_t token) const {
  const std::uint32_t back = sentences_back(words_, sentence_from(token), said_.last_token);
  return back > 1 ? back - 1 : 0;
}

std::vector<std::int32_t> Pronouns::named_in_own_words(std::uint32_t token) const {
  std::vector<std::int32_t> persons;
  if (said_.statement_begin >= token || words_.passage_of(token) >= 0) return persons;
  for (std::size_t i = people_.mentions_before(said_.statement_begin);
       i < people_.mentions().size() && people_.mentions()[i].name.begin < token; ++i) {
    steps_.count();
    const PersonMention& mention = people_.mentions()[i];
    if (words_.passage_of(mention.name.begin) >= 0) persons.push_back(mention.person);
  }
  return persons;
}

Speaker Pronouns::nearest_person(std::uint32_t token, Gender gender) const {
  const auto& mentions = people_.mentions();
  const std::uint32_t sentence = sentence_from(token);
  std::int32_t best = -1;
  float best_score = -100;
  float second_score = -100;
  std::size_t seen = 0;
  std::vector<std::pair<std::int32_t, float>> scored;
  std::int32_t introduced = -1;
  bool turned = false;  // somebody else was named as a subject since the last statement
  const std::vector<std::int32_t> spoken_of = named_in_own_words(token);
  const auto is_spoken_of = [&](std::int32_t person) {
    return std::ranges::find(spoken_of, person) != spoken_of.end();
  };
  const auto consider = [&](std::int32_t person, float score) {
    if (person == best) {
      best_score = std::max(best_score, score);
    } else if (score > best_score) {
      second_score = best_score;
      best_score = score;
      best = person;
    } else {
      second_score = std::max(second_score, score);
    }
  };
  for (std::size_t end_index = people_.mentions_before(token); end_index > 0 && seen < kPronounMentions;
       --end_index, ++seen) {
    const std::size_t i = end_index - 1;
    steps_.count();
    const PersonMention& mention = mentions[i];
    const std::uint32_t distance = sentences_back(words_, sentence, mention.name.begin);
    if (distance > kPronounSentences) break;
    const Person& person = people_.person(mention.person);
    if (person.gender != Gender::kUnknown && person.gender != gender) continue;
    if (words_.passage_of(mention.name.begin) >= 0 && words_.passage_of(token) < 0) continue;
    if (parse_ != nullptr && shares_clause(token, mention)) continue;
    // "Lowe is wrong, HE said": nobody calls himself by name.
    if (mention.name.begin >= said_.statement_begin && words_.passage_of(token) < 0) continue;
    if (is_spoken_of(mention.person)) continue;
    const bool is_subject = names_.is_subject(mention);
    const bool is_introduced = is_subject && parse_ != nullptr && opens_paragraph(token, mention) &&
                               !parse_->is(parse_->head_in(mention.name), {"compound", "nmod", "amod"});
    if (is_introduced) introduced = mention.person;
    if (said_.last_token != kNoToken && mention.name.begin > said_.last_token &&
        mention.person != said_.last.person && parse_ != nullptr && is_subject &&
        (person.gender == gender || is_introduced))
      turned = true;
    float score = 3.0F - 0.8F * static_cast<float>(distance);
    if (person.gender == gender || is_introduced) score += 1.0F;
    if (is_subject) score += 1.2F;
    if (parse_ != nullptr) score += by_place(mention, token);
    if (mention.name.end < words_.size() && words_.equals(mention.name.end, "'s")) score -= 0.6F;
    if (words_.is(mention.phrase.begin > 0 ? mention.phrase.begin - 1 : 0, WordClass::kPreposition))
      score -= 0.5F;
    score += std::min(1.0F, 0.1F * static_cast<float>(person.mentions));
    scored.emplace_back(mention.person, score);
  }
  for (const auto& [person, score] : scored)
    consider(person, score + (person == said_.last.person && !turned ? 1.5F : 0.0F));
  if (parse_ != nullptr) consider_roles(token, gender, consider);
  if (said_.last.person >= 0 && is_recent(token) && !turned && !is_spoken_of(said_.last.person)) {
    const Person& person = people_.person(said_.last.person);
    if (person.gender == Gender::kUnknown || person.gender == gender)
      consider(said_.last.person, (person.gender == gender ? 5.0F : 3.8F) -
                                      kSpokeEarlier * static_cast<float>(sentences_since(token)) -
                                      kOtherParagraph * paragraphs_back(token, said_.last_token));
  }
  Speaker speaker;
  speaker.kind = SpeakerKind::kPerson;
  const std::string pronoun(words_.text(token));
  if (best < 0 || best_score < 1.5F || (best_score - second_score < 0.3F)) {
    speaker.reason = "the pronoun '" + pronoun + "' fits nobody surely";
    return speaker;
  }
  const Person& person = people_.person(best);
  const float margin = std::min(3.0F, best_score - second_score);
  speaker.name = person.full_name;
  speaker.person = best;
  // Who spoke in the sentence before speaks on, and whom the paragraph begins with speaks, whatever the first
  // name tells.
  const bool speaks_on = best == said_.last.person && said_.last_token != kNoToken &&
                         sentence <= words_.sentence_of(said_.last_token) + 1;
  const float by_gender = person.gender == gender ? 0.08F : speaks_on || best == introduced ? 0.0F : -0.1F;
  speaker.confidence = std::clamp(0.5F + 0.12F * margin + by_gender, 0.2F, 0.93F);
  speaker.reason = "'" + pronoun + "': the nearest fitting person" +
                   (person.gender == gender ? ", " + person.gender_evidence + " agrees" : std::string());
  return speaker;
}

float Pronouns::by_place(const PersonMention& mention, std::uint32_t pronoun) const {
  const std::uint32_t head = parse_->head_in(mention.name);
  float score = 0;
  if (parse_->is(head, {"compound", "nmod", "amod"})) score -= names_.is_subject(mention) ? 1.4F : 0.8F;
  if (parse_->is(head, {"dobj", "dative"})) score -= 0.5F;
  if (parse_->is(head, {"nsubj", "nsubjpass"})) {
    const std::uint32_t verb = parse_->above(head);
    if (verb != kNoToken && parse_->is(verb, {"ROOT"})) score += 0.6F;
    if (verb != kNoToken && parse_->is(verb, {"ccomp", "advcl", "relcl", "acl"})) score -= 0.6F;
  }
  return score - kOtherParagraph * paragraphs_back(pronoun, mention.name.begin);
}

bool Pronouns::opens_paragraph(std::uint32_t pronoun, const PersonMention& mention) const {
  const std::uint32_t sentence = words_.sentence_of(mention.name.begin);
  const auto& sentences = words_.document().sentences;
  const std::uint32_t paragraph = sentences[sentence].paragraph;
  return words_.sentence(pronoun).paragraph == paragraph &&
         (sentence == 0 || sentences[sentence - 1].paragraph != paragraph) &&
         (said_.last_token == kNoToken || words_.sentence(said_.last_token).paragraph != paragraph);
}

float Pronouns::paragraphs_back(std::uint32_t pronoun, std::uint32_t token) const {
  const std::uint32_t own = words_.sentence(std::min(pronoun, said_.statement_begin)).paragraph;
  const std::uint32_t its = words_.sentence(token).paragraph;
  return own > its ? static_cast<float>(std::min(own - its, 3U)) : 0.0F;
}

bool Pronouns::shares_clause(std::uint32_t pronoun, const PersonMention& mention) const {
  if (words_.sentence_of(pronoun) != words_.sentence_of(mention.name.begin)) return false;
  const std::uint32_t own = parse_->verb_above(pronoun);
  const std::uint32_t head = parse_->head_in(mention.name);
  if (own == kNoToken || parse_->is(head, {"poss", "nmod", "compound"}) || parse_->is(pronoun, {"poss"}))
    return false;
  const std::uint32_t verb = parse_->verb_above(head);
  if (verb == own) return true;
  // "Lowe sings to her before asking HER": who asks is not asked.
  if (parse_->is(pronoun, {"dobj", "dative"}) && parse_->subject_of(own) == head) return true;
  return verb != kNoToken && parse_->above(verb) == own && parse_->is(verb, {"advcl", "xcomp"}) &&
         parse_->child(verb, {"nsubj", "nsubjpass"}) == kNoToken;
}

template <typename Consider>
void Pronouns::consider_roles(std::uint32_t pronoun, Gender gender, const Consider& consider) const {
  const std::uint32_t sentence = sentence_from(pronoun);
  const std::uint32_t first = words_.first_token_before(sentence, 2);
  for (std::uint32_t at = pronoun; at-- > first;) {
    steps_.count();
    if (!words_.is(at, WordClass::kRoleNoun) || !words_.is_lower_word(at) || words_.passage_of(at) >= 0)
      continue;
    if (at == 0 || !words_.equals(at - 1, "the") || words_.is_capital(at + 1)) continue;
    const Speaker holder = roles_.of_role({at - 1, at + 1}, at);
    if (holder.person < 0) continue;
    const Person& person = people_.person(holder.person);
    if (person.gender != Gender::kUnknown && person.gender != gender) continue;
    // "The minister" of before is none who enters later.
    if (person.first_paragraph > words_.document().sentences[sentence].paragraph) continue;
    const auto distance = static_cast<float>(sentences_back(words_, sentence, at));
    float score = 3.0F - 0.8F * distance + (person.gender == gender ? 1.0F : 0.0F);
    if (parse_->is_subject(at)) score += 1.2F;
    if (parse_->is(at, {"poss"})) score += parse_->is_subject(parse_->above(at)) ? 0.3F : -0.3F;
    score += std::min(1.0F, 0.1F * static_cast<float>(person.mentions));
    consider(holder.person, score + (holder.person == said_.last.person ? 1.5F : 0.0F));
  }
}

}  // namespace onrecord
