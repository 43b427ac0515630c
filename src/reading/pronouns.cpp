#include "reading/pronouns.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/characters.h"
#include "reading/phrase_heads.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kPronounSentences =
    5;  // a pronoun's person is named in the last five sentences or not at all
constexpr std::size_t kPronounMentions = 48;
constexpr std::uint32_t kMostSince = 4;  // sentences between who spoke last and the pronoun that are counted
constexpr float kLeastMargin = 0.25F;    // in logarithms of odds, before the runner-up
constexpr float kSurest = 0.93F;
constexpr float kSpeaksOn = 0.64F;     // just above a name without a person: two steps can fail
constexpr float kSureOfName = 0.55F;   // a name that less is thought of speaks on for nobody
constexpr float kSubjectNear = 0.62F;  // a body that was the subject in this sentence or the one before
constexpr float kSubjectFar = 0.5F;

bool may_be_named(const Words& words, std::uint32_t noun, bool plural) {
  const std::string_view tag = words.document().tag(noun);
  return tag == "NNP" || (plural ? tag == "NNS" || tag == "NNPS" || tag == "NN" : tag == "NN");
}

/// What "it" may stand for: a body, a text, a name that is nobody's for all that is known, "Gantry" that only
/// the language model has for a person.
bool is_something(const Speaker& speaker) {
  const bool no_person = speaker.kind == SpeakerKind::kPerson && speaker.person < 0 &&
                         !speaker.name.empty() && !speaker.name.contains(' ');
  return no_person || speaker.kind == SpeakerKind::kOrganization || speaker.kind == SpeakerKind::kDocument ||
         (speaker.kind == SpeakerKind::kUnknown && speaker.confidence > kSureOfName);
}

/// "Ada Lowe", "Robin de Quill", not "Lowe's remarks".
bool is_written_as_name(std::string_view name) {
  const auto is_small = [](std::string_view word) {
    return !word.empty() && word[0] >= 'a' && word[0] <= 'z';
  };
  const bool owned = name.contains("'s ") || name.contains("\u2019s ");
  return !name.empty() && !owned && !is_small(name) && !is_small(last_word(name));
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

template <typename Number>
void set(PronounEvidenceValues& evidence, PronounEvidence which, Number value) {
  evidence[static_cast<std::size_t>(which)] = static_cast<float>(value);
}

void set_gender(PronounEvidenceValues& evidence, bool is_known) {
  set(evidence, PronounEvidence::kGenderKnown, is_known);
  set(evidence, PronounEvidence::kGenderAgrees, is_known);
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
    const Gender gender = male ? Gender::kMale : Gender::kFemale;
    if (const auto announced = announced_in_front(token, gender)) return *announced;
    if (const auto behind = named_behind(token, gender)) return *behind;
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
      words_.passage_of(token) >= 0 || said_.was_asked)
    return false;
  const bool some_name = (last.kind == SpeakerKind::kPerson || last.kind == SpeakerKind::kUnknown) &&
                         last.confidence >= kSureOfName && is_written_as_name(last.name);
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

std::optional<Speaker> Pronouns::named_behind(std::uint32_t token, Gender gender) const {
  static constexpr std::array<std::string_view, 7> kMarks = {"as",     "while",  "when", "although",
                                                             "though", "before", "after"};
  std::uint32_t first = words_.sentence(token).first;
  if (words_.equals(first, "even")) ++first;
  if (parse_ == nullptr || token > first + 2 || !words_.is_one_of(first, kMarks) ||
      !parse_->is(token, {"nsubj"}))
    return std::nullopt;
  const std::uint32_t clause = parse_->above(token);
  const std::uint32_t verb = clause == kNoToken ? kNoToken : parse_->above(clause);
  if (verb == kNoToken || verb < clause || !parse_->is(clause, {"advcl"})) return std::nullopt;
  const std::uint32_t subject = parse_->child(verb, {"nsubj"});
  if (subject == kNoToken || subject < clause) return std::nullopt;
  for (std::size_t i = people_.mentions_before(clause); i < people_.mentions().size(); ++i) {
    steps_.count();
    const PersonMention& mention = people_.mentions()[i];
    if (mention.name.begin > subject) break;
    if (subject >= mention.name.end) continue;
    const Person& person = people_.person(mention.person);
    if (person.gender != Gender::kUnknown && person.gender != gender) return std::nullopt;
    constexpr float kSure = 0.8F;
    return Speaker{person.full_name, SpeakerKind::kPerson, mention.person, kSure,
                   "'" + std::string(words_.text(token)) + "': who does what the sentence goes on to tell"};
  }
  return std::nullopt;
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
    const TokenRange looked{std::max(place.first, range.begin), std::min(place.last, range.end)};
    // For "it", of a whole sentence whom its main verb has before whom its clauses have.
    for (const bool main : {true, false}) {
      for (std::uint32_t at = looked.end; at-- > looked.begin;) {
        steps_.count();
        if (!parse_->is(at, {"nsubj", "nsubjpass"}) || words_.passage_of(at) >= 0) continue;
        const bool is_main = back == 0 || plural || parse_->is(parse_->above(at), {"ROOT"});
        if (is_main != main || !may_be_meant(at, plural)) continue;
        Speaker speaker = of_mention(parse_->phrase_of(at));
        if (!is_meant(speaker, at, plural)) continue;
        speaker.confidence = back <= 1 ? kSubjectNear : kSubjectFar;
        speaker.reason = "'" + std::string(words_.text(token)) + "': the subject before, " + speaker.name;
        return speaker;
      }
    }
  }
  Speaker speaker;
  speaker.reason = "the pronoun '" + std::string(words_.text(token)) + "' is not resolved";
  return speaker;
}

bool Pronouns::may_be_meant(std::uint32_t subject, bool plural) const {
  if (words_.is_one_of(subject, {"it", "they"}) || !may_be_named(words_, subject, plural)) return false;
  return words_.document().tag(parse_->above(subject)) != "VBG";  // "With divers LOOKING on, they said"
}

bool Pronouns::is_meant(const Speaker& speaker, std::uint32_t subject, bool plural) const {
  if (speaker.name.empty()) return false;
  if (!plural) return is_something(speaker);
  // A country is "it"; of prices nothing says that they are people.
  const bool several = speaker.kind == SpeakerKind::kOrganization || speaker.kind == SpeakerKind::kGroup;
  return several && words_.entity_label(subject) != "GPE" && speaker.confidence >= kSureOfName;
}

bool Pronouns::is_recent(std::uint32_t token) const {
  return said_.last_token != kNoToken && sentence_from(token) <= words_.sentence_of(said_.last_token) + 3;
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

std::vector<Pronouns::Candidate> Pronouns::candidates(std::uint32_t token, Gender gender) const {
  const auto& mentions = people_.mentions();
  const std::uint32_t sentence = sentence_from(token);
  std::size_t seen = 0;
  std::vector<Candidate> found;
  bool turned = false;  // somebody else was named as a subject since the last statement
  const std::vector<std::int32_t> spoken_of = named_in_own_words(token);
  const auto is_spoken_of = [&](std::int32_t person) {
    return std::ranges::find(spoken_of, person) != spoken_of.end();
  };
  for (std::size_t end_index = people_.mentions_before(token); end_index > 0 && seen < kPronounMentions;
       --end_index, ++seen) {
    steps_.count();
    const PersonMention& mention = mentions[end_index - 1];
    if (sentences_back(words_, sentence, mention.name.begin) > kPronounSentences) break;
    const Person& person = people_.person(mention.person);
    if (person.gender != Gender::kUnknown && person.gender != gender) continue;
    if (words_.passage_of(mention.name.begin) >= 0 && words_.passage_of(token) < 0) continue;
    if (parse_ != nullptr && shares_clause(token, mention)) continue;
    // "Lowe is wrong, HE said": nobody calls himself by name.
    if (mention.name.begin >= said_.statement_begin && words_.passage_of(token) < 0) continue;
    if (is_spoken_of(mention.person)) continue;
    const bool is_introduced = parse_ != nullptr && names_.is_subject(mention) &&
                               opens_paragraph(token, mention) &&
                               !parse_->is(parse_->head_in(mention.name), {"compound", "nmod", "amod"});
    if (said_.last_token != kNoToken && mention.name.begin > said_.last_token &&
        mention.person != said_.last.person && parse_ != nullptr && names_.is_subject(mention) &&
        (person.gender == gender || is_introduced))
      turned = true;
    found.push_back({mention.person, 0, of_mention_at(mention, token)});
    PronounEvidenceValues& evidence = found.back().evidence;
    set_gender(evidence, person.gender == gender);
    if (is_introduced) set(evidence, PronounEvidence::kGenderAgrees, true);
  }
  if (parse_ != nullptr) turned = add_roles(token, gender, found) || turned;
  for (Candidate& candidate : found)
    set(candidate.evidence, PronounEvidence::kSpokeLast, candidate.person == said_.last.person && !turned);
  if (said_.last.person >= 0 && is_recent(token) && !turned && !is_spoken_of(said_.last.person)) {
    const Gender his = people_.person(said_.last.person).gender;
    if (his == Gender::kUnknown || his == gender) {
      PronounEvidenceValues evidence{};
      set(evidence, PronounEvidence::kWordsThemselves, true);
      set_gender(evidence, his == gender);
      set(evidence, PronounEvidence::kSentencesSince, std::min(sentences_since(token), kMostSince));
      set(evidence, PronounEvidence::kParagraphsBack, paragraphs_back(token, said_.last_token));
      found.push_back({said_.last.person, 0, evidence});
    }
  }
  return best_of_each(std::move(found));
}

std::vector<Pronouns::Candidate> Pronouns::best_of_each(std::vector<Candidate> found) const {
  const auto is_another = [&](const Candidate& candidate) {
    return candidate.person != found.front().person;
  };
  const bool only_one = std::ranges::none_of(found, is_another);
  for (Candidate& candidate : found) {
    set(candidate.evidence, PronounEvidence::kAlways, true);
    set(candidate.evidence, PronounEvidence::kOnlyOne, only_one);
    candidate.worth = words_.lexicon().pronouns().worth(candidate.evidence);
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, &Candidate::worth);
  std::vector<Candidate> best;
  for (const Candidate& candidate : found) {
    steps_.count();
    if (std::ranges::find(best, candidate.person, &Candidate::person) == best.end())
      best.push_back(candidate);
  }
  return best;
}

Speaker Pronouns::nearest_person(std::uint32_t token, Gender gender) const {
  const std::vector<Candidate> fitting = candidates(token, gender);
  Speaker speaker;
  speaker.kind = SpeakerKind::kPerson;
  for (const Candidate& candidate : fitting) {
    speaker.candidates.push_back({people_.person(candidate.person).full_name, candidate.worth, {}});
    for (std::size_t i = 0; i < kPronounEvidence; ++i) {
      if (candidate.evidence[i] != 0)
        speaker.candidates.back().evidence.emplace_back(name(static_cast<PronounEvidence>(i)),
                                                        candidate.evidence[i]);
    }
  }
  const std::string pronoun(words_.text(token));
  const float runner_up = fitting.size() > 1 ? std::max(0.0F, fitting[1].worth) : 0.0F;
  const float margin = fitting.empty() ? 0.0F : fitting[0].worth - runner_up;
  if (margin < kLeastMargin) {
    speaker.reason = "the pronoun '" + pronoun + "' fits nobody surely";
    return speaker;
  }
  const Person& person = people_.person(fitting[0].person);
  speaker.name = person.full_name;
  speaker.person = fitting[0].person;
  speaker.confidence = std::min(kSurest, 0.5F + 0.5F * margin / (margin + 1.0F));
  speaker.reason = "'" + pronoun + "': the nearest fitting person" +
                   (person.gender == gender ? ", " + person.gender_evidence + " agrees" : std::string());
  return speaker;
}

PronounEvidenceValues Pronouns::of_mention_at(const PersonMention& mention, std::uint32_t pronoun) const {
  PronounEvidenceValues evidence{};
  set(evidence, PronounEvidence::kSentencesBack,
      sentences_back(words_, sentence_from(pronoun), mention.name.begin));
  set(evidence, PronounEvidence::kParagraphsBack, paragraphs_back(pronoun, mention.name.begin));
  set(evidence, PronounEvidence::kSubject, names_.is_subject(mention));
  set(evidence, PronounEvidence::kAfterPreposition,
      mention.phrase.begin > 0 && words_.is(mention.phrase.begin - 1, WordClass::kPreposition));
  set(evidence, PronounEvidence::kSinceWords,
      said_.last_token != kNoToken && mention.name.begin > said_.last_token);
  if (parse_ == nullptr) {
    set(evidence, PronounEvidence::kMainSubject, names_.is_subject(mention));
    return evidence;
  }
  const std::uint32_t head = parse_->head_in(mention.name);
  add_subject(head, evidence);
  set(evidence, PronounEvidence::kModifier, parse_->is(head, {"compound", "nmod", "amod"}));
  set(evidence, PronounEvidence::kObject, parse_->is(head, {"dobj", "dative"}));
  return evidence;
}

void Pronouns::add_subject(std::uint32_t noun, PronounEvidenceValues& evidence) const {
  const std::uint32_t verb = parse_->is(noun, {"nsubj", "nsubjpass"}) ? parse_->above(noun) : kNoToken;
  if (verb == kNoToken) return;
  set(evidence, PronounEvidence::kMainSubject, parse_->is(verb, {"ROOT"}));
  set(evidence, PronounEvidence::kSubordinateSubject, parse_->is(verb, {"ccomp", "advcl", "relcl", "acl"}));
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

bool Pronouns::add_roles(std::uint32_t pronoun, Gender gender, std::vector<Candidate>& found) const {
  bool turned = false;
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
    PronounEvidenceValues evidence{};
    set(evidence, PronounEvidence::kRole, true);
    set(evidence, PronounEvidence::kSentencesBack, sentences_back(words_, sentence, at));
    set(evidence, PronounEvidence::kParagraphsBack, paragraphs_back(pronoun, at));
    set_gender(evidence, person.gender == gender);
    set(evidence, PronounEvidence::kSubject, parse_->is_subject(at));
    const bool since = said_.last_token != kNoToken && at > said_.last_token;
    set(evidence, PronounEvidence::kSinceWords, since);
    add_subject(at, evidence);
    found.push_back({holder.person, 0, evidence});
    turned = turned || (since && holder.person != said_.last.person && parse_->is_subject(at));
  }
  return turned;
}

}  // namespace onrecord
