#include "reading/speaker_resolution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "language/characters.h"
#include "reading/people.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kPronounSentences =
    5;  // a pronoun's person is named in the last five sentences or not at all
constexpr std::size_t kPronounMentions = 48;
constexpr std::size_t kMostHolders = 64;  // mentions of a role that are looked at
constexpr std::uint32_t kOftenNamed = 3;
constexpr float kOtherParagraph = 0.4F;  // so does a paragraph between
constexpr float kSpokeEarlier = 0.7F;    // a sentence between takes away from who spoke last

/// "prime minister of united kingdom on the day of publication (offices)".
constexpr std::string_view kOnTheDay = "on the day of publication";

std::string as_told(const OfficeHolder& holder, std::string_view when = kOnTheDay) {
  return fmt::format("{}{} {} (offices)", holder.office, holder.place == "*" ? "" : " of " + holder.place,
                     when);
}

/// Whether a person of the holder's surname has the same first name, or none in the article.
bool may_be(const Person& person, const OfficeHolder& holder) {
  return person.names.size() < 2 ||
         holder.name.starts_with(person.full_name.substr(0, person.full_name.find(' ')));
}

}  // namespace

TokenRange mention_of(const Draft& draft) { return draft.referent.empty() ? draft.source : draft.referent; }

bool is_same_name(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  return !one.empty() && other.ends_with(one) &&
         (one.size() == other.size() || other[other.size() - one.size() - 1] == ' ');
}

class SpeakerResolution::Inside {
 public:
  /// `parse` may be null.
  Inside(const Article& article, const Words& words, const Syntax* parse, const Offices& offices,
         StepCounter& steps)
      : words_(words),
        parse_(parse),
        offices_(offices),
        published_(article.field("published")),
        steps_(steps),
        people_(words, parse, article.field("outlet"), steps) {
    find_office_holders();
  }

  Speaker speaker_of(const Draft& draft, const Draft* previous_draft) {
    statement_begin_ = draft.content.front().begin;
    Speaker speaker =
        mention_of(draft).empty() ? inherited(draft, previous_draft) : of_mention(mention_of(draft));
    statement_begin_ = kNoToken;
    if (draft.source_inherited && speaker.confidence > 0) speaker.confidence *= 0.9F;
    if (!speaker.name.empty() || speaker.kind == SpeakerKind::kPerson)
      last_ = speaker;
    else
      last_ = Speaker{};
    return speaker;
  }

  Speaker of_mention(TokenRange source) {
    Speaker speaker = of_words(source);
    const auto in_office = office_holders_.find(speaker.person);
    if (in_office == office_holders_.end() || speaker.name != people_.person(speaker.person).full_name)
      return speaker;
    speaker.reason += "; " + in_office->second.name + " was " + as_told(in_office->second);
    speaker.name = in_office->second.name;
    return speaker;
  }

 private:
  Speaker of_words(TokenRange source) {
    if (source.size() == 1 &&
        (words_.is(source.begin, WordClass::kPronoun) || words_.is(source.begin, WordClass::kPossessive) ||
         words_.is(source.begin, WordClass::kObjectPronoun)))
      return of_pronoun(source.begin);
    if (const auto named = named_head(source)) return *named;
    return of_noun_phrase(source);
  }

  [[nodiscard]] std::string text(TokenRange range) const {
    std::string out(cut(words_.document().text, words_.span(range)));
    std::ranges::replace(out, '\n', ' ');
    return out;
  }

  // --- offices ---------------------------------------------------------------------------------------

  /// Whom the article names by surname only, and with an office that somebody of that surname held on its
  /// day.
  void find_office_holders() {
    for (const PersonMention& mention : people_.mentions()) {
      steps_.count();
      const Person& person = people_.person(mention.person);
      if (person.names.size() > 1 || mention.name.size() > 1 || mention.name.begin == 0) continue;
      const auto printed = offices_.office_at(words_, mention.name.begin - 1);
      if (!printed || printed->words.end != mention.name.begin) continue;
      const OfficeHolder* holder = offices_.holder(*printed, person.names[0], published_);
      if (holder != nullptr && holder->regional && printed->places.empty()) continue;
      if (holder != nullptr) office_holders_.try_emplace(mention.person, *holder);
    }
  }

  /// "The German chancellor": who that was when the article was published. By the name that the article gives
  /// to whom it names with the holder's surname.
  [[nodiscard]] std::optional<Speaker> of_office(std::uint32_t head) const {
    const auto printed = offices_.office_at(words_, head);
    if (!printed) return std::nullopt;
    const OfficeHolder* holder = offices_.holder(*printed, {}, published_);
    // One of several: whom of them the article names.
    if (holder == nullptr && !printed->places.empty()) return only_holder(*printed);
    if (holder == nullptr) return std::nullopt;
    // "the Democratic nominee for governor"
    const std::uint32_t end = printed->words.end;
    if (holder->place == "*" && words_.equals(end, "for") && !words_.equals(end + 1, "president"))
      return std::nullopt;
    Speaker speaker{holder->name, SpeakerKind::kPerson, -1, 0.85F, as_told(*holder)};
    const std::string surname = folded(std::string_view(holder->name).substr(holder->name.rfind(' ') + 1));
    for (std::size_t i = 0; i < people_.persons().size(); ++i) {
      const Person& person = people_.persons()[i];
      if (person.names.back() != surname) continue;
      // The article names two of that surname, or another one.
      if (speaker.person >= 0 || !may_be(person, *holder)) return std::nullopt;
      speaker.person = static_cast<std::int32_t>(i);
      if (person.names.size() > 1) speaker.name = person.full_name;
    }
    return speaker;
  }

  // --- names -----------------------------------------------------------------------------------------

  std::optional<Speaker> named_head(TokenRange source) {
    const auto& mentions = people_.mentions();
    std::vector<const PersonMention*> heads;
    for (std::size_t i = people_.mentions_before(source.begin);
         i < mentions.size() && mentions[i].name.begin < source.end; ++i) {
      steps_.count();
      if (is_head(mentions[i], source)) heads.push_back(&mentions[i]);
    }
    if (heads.empty()) return std::nullopt;
    if (heads.size() > 1 && joined_by_and(*heads[0], *heads[1])) {
      if (depends_on_preposition(*heads[0], source)) return std::nullopt;
      return Speaker{text(source), SpeakerKind::kGroup, -1, 0.6F, "several persons are named"};
    }
    // "strategists for Ada Lowe and DRUMLANE"; not "the minister for roads, ADA LOWE"
    const PersonMention& first = *heads[0];
    const bool apart = first.phrase.begin < first.name.begin ||
                       (first.name.begin > source.begin && words_.equals(first.name.begin - 1, ","));
    if (!apart && depends_on_preposition(first, source)) return std::nullopt;
    return of_name(*heads[0]);
  }

  [[nodiscard]] bool joined_by_and(const PersonMention& first, const PersonMention& second) const {
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

  /// Whether the person is what the noun phrase names, not whose or of what it is.
  [[nodiscard]] bool is_head(const PersonMention& mention, TokenRange source) const {
    const std::uint32_t end = mention.name.end;
    // "Lowe's promise that ...", of which the source is "Lowe's".
    if (end + 1 == source.end && words_.text(end).ends_with('s') && words_.text(end).size() < 5 &&
        (words_.equals(end, "'s") || words_.text(end) == "\xE2\x80\x99s"))
      return mention.phrase.begin == source.begin;
    if (end < source.end) {
      const bool closes = words_.equals(end, ",") || words_.equals(end, "(") || words_.equals(end, "and") ||
                          words_.equals(end, "of") || words_.passage_of(end) >= 0 || words_.is_mark(end) ||
                          words_.equals(end, "himself") || words_.equals(end, "herself");
      if (!closes || words_.equals(end, "'s")) return false;
    }
    bool comma_before = false;
    for (std::uint32_t t = source.begin; t < mention.phrase.begin; ++t) {
      steps_.count();
      if (words_.equals(t, ",")) comma_before = true;
    }
    if (mention.phrase.begin > source.begin) {
      const std::uint32_t left = mention.phrase.begin - 1;
      if (words_.is(left, WordClass::kPreposition)) return false;
      if (comma_before && !words_.equals(left, ",") && !words_.is(left, WordClass::kRoleNoun)) return false;
    }
    return true;
  }

  /// "a study by economists Ada Lowe and Ivo Drumlane": what speaks is the study.
  [[nodiscard]] bool depends_on_preposition(const PersonMention& mention, TokenRange source) const {
    if (parse_ == nullptr) return false;
    const std::uint32_t head = noun_of(source);
    for (std::uint32_t at = parse_->head_in(mention.name), seen = 0; at != head && seen < source.size();
         ++seen) {
      steps_.count();
      if (at < source.begin || at >= source.end) return false;
      if (parse_->is(at, {"pobj"})) return head < at && words_.document().tag(head).starts_with("NN");
      at = parse_->above(at);
    }
    return false;
  }

  Speaker of_name(const PersonMention& mention) {
    const Person& person = people_.person(mention.person);
    Speaker speaker{person.full_name, SpeakerKind::kPerson, mention.person, 0.95F, ""};
    const std::string printed = text(mention.name);
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

  // --- pronouns --------------------------------------------------------------------------------------

  Speaker of_pronoun(std::uint32_t token) {
    if (words_.equals(token, "he") || words_.equals(token, "his") || words_.equals(token, "him"))
      return nearest_person(token, Gender::kMale);
    if (words_.equals(token, "she") || words_.equals(token, "her"))
      return nearest_person(token, Gender::kFemale);
    Speaker speaker;
    if ((words_.equals(token, "they") || words_.equals(token, "their")) &&
        last_.kind == SpeakerKind::kGroup && is_recent(token)) {
      speaker = last_;
      speaker.confidence = 0.6F;
      speaker.reason = "the group that spoke before";
    } else if ((words_.equals(token, "it") || words_.equals(token, "its")) &&
               (last_.kind == SpeakerKind::kOrganization || last_.kind == SpeakerKind::kDocument) &&
               is_recent(token)) {
      speaker = last_;
      speaker.confidence = 0.6F;
      speaker.reason = "what was cited before";
    } else if (parse_ != nullptr && (words_.equals(token, "they") || words_.equals(token, "it"))) {
      return subject_before(token);
    } else {
      speaker.reason = "the pronoun '" + std::string(words_.text(token)) + "' is not resolved";
    }
    return speaker;
  }

  /// "It", "they": the subject of the sentence before (or of this one, earlier), when it is a body or a
  /// group.
  Speaker subject_before(std::uint32_t token) {
    const bool plural = words_.equals(token, "they");
    const std::uint32_t sentence = words_.sentence_of(token);
    for (std::uint32_t back = 0; back < 3 && back <= sentence; ++back) {
      const Sentence& place = words_.document().sentences[sentence - back];
      for (std::uint32_t at = std::min(place.last, token); at-- > place.first;) {
        steps_.count();
        if (!parse_->is(at, {"nsubj", "nsubjpass"}) || words_.passage_of(at) >= 0) continue;
        if (words_.equals(at, "it") || words_.equals(at, "they") || !may_be_named(at, plural)) continue;
        Speaker speaker = of_mention(parse_->phrase_of(at));
        const bool fits = speaker.kind == SpeakerKind::kOrganization ||
                          speaker.kind == SpeakerKind::kDocument ||
                          (plural && speaker.kind == SpeakerKind::kGroup);
        if (!fits || speaker.name.empty()) continue;
        speaker.confidence = back <= 1 ? 0.62F : 0.5F;
        speaker.reason = "'" + std::string(words_.text(token)) + "': the subject before, " + speaker.name;
        return speaker;
      }
    }
    Speaker speaker;
    speaker.reason = "the pronoun '" + std::string(words_.text(token)) + "' is not resolved";
    return speaker;
  }

  [[nodiscard]] bool may_be_named(std::uint32_t noun, bool plural) const {
    const std::string_view tag = words_.document().tag(noun);
    return tag == "NNP" || (plural ? tag == "NNS" || tag == "NNPS" || tag == "NN" : tag == "NN");
  }

  [[nodiscard]] bool is_recent(std::uint32_t token) const {
    return last_token_ != kNoToken && words_.sentence_of(token) <= words_.sentence_of(last_token_) + 3;
  }

  /// The sentence from which a pronoun looks back: that where its statement begins, whose own sentences take
  /// nobody farther away.
  [[nodiscard]] std::uint32_t sentence_from(std::uint32_t token) const {
    return words_.sentence_of(std::min(token, statement_begin_));
  }

  /// How many sentences before `sentence` a token stands; 0 in it and behind it.
  [[nodiscard]] std::uint32_t sentences_back(std::uint32_t sentence, std::uint32_t token) const {
    const std::uint32_t own = words_.sentence_of(token);
    return sentence > own ? sentence - own : 0;
  }

  /// Whole sentences between the last statement and a token.
  [[nodiscard]] std::uint32_t sentences_since(std::uint32_t token) const {
    const std::uint32_t back = sentences_back(sentence_from(token), last_token_);
    return back > 1 ? back - 1 : 0;
  }

  /// The best person before a pronoun: near, of the right gender, a subject, the one who spoke last.
  Speaker nearest_person(std::uint32_t token, Gender gender) {
    const auto& mentions = people_.mentions();
    const std::uint32_t sentence = sentence_from(token);
    std::int32_t best = -1;
    float best_score = -100;
    float second_score = -100;
    std::size_t seen = 0;
    bool turned = false;  // somebody else was named as a subject since the last statement
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
      const std::uint32_t distance = sentences_back(sentence, mention.name.begin);
      if (distance > kPronounSentences) break;
      const Person& person = people_.person(mention.person);
      if (person.gender != Gender::kUnknown && person.gender != gender) continue;
      if (words_.passage_of(mention.name.begin) >= 0 && words_.passage_of(token) < 0) continue;
      if (parse_ != nullptr && shares_clause(token, mention)) continue;
      if (last_token_ != kNoToken && mention.name.begin > last_token_ && mention.person != last_.person &&
          parse_ != nullptr && person.gender == gender && is_subject(mention))
        turned = true;
      float score = 3.0F - 0.8F * static_cast<float>(distance);
      if (person.gender == gender) score += 1.0F;
      if (is_subject(mention)) score += 1.2F;
      if (parse_ != nullptr) score += by_place(mention, token);
      if (mention.name.end < words_.size() && words_.equals(mention.name.end, "'s")) score -= 0.6F;
      if (words_.is(mention.phrase.begin > 0 ? mention.phrase.begin - 1 : 0, WordClass::kPreposition))
        score -= 0.5F;
      score += std::min(1.0F, 0.1F * static_cast<float>(person.mentions));
      consider(mention.person, score + (mention.person == last_.person && !turned ? 1.5F : 0.0F));
    }
    if (parse_ != nullptr) consider_roles(token, gender, consider);
    if (last_.person >= 0 && is_recent(token) && !turned) {
      const Person& person = people_.person(last_.person);
      if (person.gender == Gender::kUnknown || person.gender == gender)
        consider(last_.person, (person.gender == gender ? 5.0F : 3.8F) -
                                   kSpokeEarlier * static_cast<float>(sentences_since(token)) -
                                   kOtherParagraph * paragraphs_back(token, last_token_));
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
    // Who spoke in the sentence before speaks on, whatever the first name tells.
    const bool speaks_on =
        best == last_.person && last_token_ != kNoToken && sentence <= words_.sentence_of(last_token_) + 1;
    const float by_gender = person.gender == gender ? 0.08F : speaks_on ? 0.0F : -0.1F;
    speaker.confidence = std::clamp(0.5F + 0.12F * margin + by_gender, 0.2F, 0.93F);
    speaker.reason = "'" + pronoun + "': the nearest fitting person" +
                     (person.gender == gender ? ", " + person.gender_evidence + " agrees" : std::string());
    return speaker;
  }

  /// What the parse and the paragraph add to a mention's score: the subject of the main clause is rather
  /// meant than one of a clause below it, an object or the "Lowe" of "a Lowe adviser". Chosen on
  /// hand-labelled pronouns; a model fitted to them judged no better.
  [[nodiscard]] float by_place(const PersonMention& mention, std::uint32_t pronoun) const {
    const std::uint32_t head = parse_->head_in(mention.name);
    float score = 0;
    if (parse_->is(head, {"compound", "nmod", "amod"})) score -= is_subject(mention) ? 1.4F : 0.8F;
    if (parse_->is(head, {"dobj", "dative"})) score -= 0.5F;
    if (parse_->is(head, {"nsubj", "nsubjpass"})) {
      const std::uint32_t verb = parse_->above(head);
      if (verb != kNoToken && parse_->is(verb, {"ROOT"})) score += 0.6F;
      if (verb != kNoToken && parse_->is(verb, {"ccomp", "advcl", "relcl", "acl"})) score -= 0.6F;
    }
    return score - kOtherParagraph * paragraphs_back(pronoun, mention.name.begin);
  }

  /// How many paragraphs before a pronoun's a token stands, three at most.
  [[nodiscard]] float paragraphs_back(std::uint32_t pronoun, std::uint32_t token) const {
    const std::uint32_t own = words_.sentence(std::min(pronoun, statement_begin_)).paragraph;
    const std::uint32_t its = words_.sentence(token).paragraph;
    return own > its ? static_cast<float>(std::min(own - its, 3U)) : 0.0F;
  }

  /// Whether a mention depends on the same verb as the pronoun, or on a verb whose subject the pronoun is:
  /// nobody is named again in one clause.
  [[nodiscard]] bool shares_clause(std::uint32_t pronoun, const PersonMention& mention) const {
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

  /// "The president" names a person as well as the name does, where the role is known.
  template <typename Consider>
  void consider_roles(std::uint32_t pronoun, Gender gender, const Consider& consider) {
    const std::uint32_t sentence = sentence_from(pronoun);
    const std::uint32_t first = words_.document().sentences[sentence > 2 ? sentence - 2 : 0].first;
    for (std::uint32_t at = pronoun; at-- > first;) {
      steps_.count();
      if (!words_.is(at, WordClass::kRoleNoun) || !words_.is_lower_word(at) || words_.passage_of(at) >= 0)
        continue;
      if (at == 0 || !words_.equals(at - 1, "the") || words_.is_capital(at + 1)) continue;
      const Speaker holder = of_role({at - 1, at + 1}, at);
      if (holder.person < 0) continue;
      const Person& person = people_.person(holder.person);
      if (person.gender != Gender::kUnknown && person.gender != gender) continue;
      // "The minister" of before is none who enters later.
      if (person.first_paragraph > words_.document().sentences[sentence].paragraph) continue;
      const auto distance = static_cast<float>(sentences_back(sentence, at));
      float score = 3.0F - 0.8F * distance + (person.gender == gender ? 1.0F : 0.0F);
      if (parse_->is_subject(at)) score += 1.2F;
      if (parse_->is(at, {"poss"})) score += parse_->is_subject(parse_->above(at)) ? 0.3F : -0.3F;
      score += std::min(1.0F, 0.1F * static_cast<float>(person.mentions));
      consider(holder.person, score + (holder.person == last_.person ? 1.5F : 0.0F));
    }
  }

  /// Whether a mention begins its sentence, or stands right before a verb.
  [[nodiscard]] bool is_subject(const PersonMention& mention) const {
    if (parse_ != nullptr) return parse_->is_subject(parse_->head_in(mention.phrase));
    const std::uint32_t first = words_.sentence(mention.phrase.begin).first;
    if (mention.phrase.begin <= first + 1) return true;
    const std::uint32_t next = mention.name.end;
    return next < words_.size() &&
           (words_.is(next, WordClass::kAuxiliary) || words_.is(next, WordClass::kCommonVerb) ||
            words_.is_reporting(next)) &&
           !words_.equals(next, "'s");
  }

  // --- other noun phrases ----------------------------------------------------------------------------

  /// The last word before the first preposition, comma or bracket: what the phrase is.
  [[nodiscard]] std::uint32_t head_of(TokenRange source) const {
    std::uint32_t at = source.begin;
    if (parse_ != nullptr) return noun_of(source);
    while (at < source.end) {
      const bool stops =
          at > source.begin && (words_.is(at, WordClass::kPreposition) || words_.equals(at, ",") ||
                                words_.equals(at, "(") || words_.is(at, WordClass::kSubordinator));
      if (stops) break;
      ++at;
    }
    return at > source.begin ? at - 1 : source.begin;
  }

  /// The noun on which the phrase's other words depend; before an "of" the whole counts: "a number OF
  /// officials".
  [[nodiscard]] std::uint32_t noun_of(TokenRange source) const {
    const std::uint32_t head = parse_->head_in(source);
    // A parse that takes the phrase for a clause: "Research conducted for the Harbor Board", "The LOWE
    // campaign projects".
    const std::string_view tag = words_.document().tag(head);
    const bool noun_like = !tag.starts_with("VB") && tag != "DT";
    if (noun_like) return head;
    std::uint32_t noun = kNoToken;
    for (std::uint32_t t = source.begin; t < source.end; ++t) {
      if (words_.document().tag(t).starts_with("NN"))
        noun = t;
      else if (noun != kNoToken)
        break;
    }
    return noun == kNoToken ? head : noun;
  }

  Speaker of_noun_phrase(TokenRange source) {
    const std::uint32_t head = head_of(source);
    const TokenRange phrase{source.begin, head + 1};
    Speaker speaker;
    const bool definite = words_.equals(source.begin, "the") ||
                          words_.is(source.begin, WordClass::kPossessive) ||
                          words_.equals(source.begin, "this");
    const bool indefinite = (words_.is(source.begin, WordClass::kDeterminer) && !definite) ||
                            (source.size() > 1 && words_.equals(source.begin, "one") && head > source.begin);
    if (words_.equals(head, "someone") || words_.equals(head, "somebody"))
      return Speaker{text(source), SpeakerKind::kUnnamed, -1, 0.75F, "a person without a name"};
    if (parse_ != nullptr && is_share_of_people(source))
      return Speaker{text(source), SpeakerKind::kGroup, -1, 0.65F, "a number of people"};
    // "Engineers" of whom the lists have one.
    const bool roles = parse_ != nullptr && words_.is_lower_word(head) &&
                       words_.document().tag(head) == "NNS" &&
                       words_.lexicon().find(words_.document().lemma(head)).is(WordClass::kRoleNoun);
    const bool plural = words_.is(head, WordClass::kGroupNoun) || roles;
    if (parse_ != nullptr && !may_head(source, head)) {
      speaker.reason = "'" + text(source) + "' is not resolved";
      return speaker;
    }
    if (const auto named = named_before_apposition(source, head)) return *named;
    // "The Associated Press" is none of the press.
    if (plural && words_.is(head, WordClass::kOutletWord) && head > source.begin && words_.is_capital(head) &&
        words_.is_capital(head - 1) && !words_.is(head - 1, WordClass::kDeterminer))
      return of_capitalised(source, phrase);
    // "Investors" that begins a sentence is no name.
    const bool common = parse_ != nullptr && words_.sentence(head).first == head &&
                        (words_.document().tag(head) == "NNS" || words_.document().tag(head) == "NN" ||
                         words_.is(head, WordClass::kDeterminer) || words_.is(head, WordClass::kPronoun));
    if (words_.is_capital(head) && !common && !words_.is(head, WordClass::kRoleNoun) &&
        !words_.is(head, WordClass::kGroupNoun)) {
      return of_capitalised(source, phrase);
    }
    if (words_.is(head, WordClass::kRoleNoun) && !plural) {
      if (!indefinite) {
        const Speaker holder = of_role(source, head);
        const bool nobody =
            holder.person < 0 && (holder.name.empty() || holder.kind == SpeakerKind::kUnnamed);
        return nobody ? described(source, head, holder) : holder;
      }
      return Speaker{text(source), SpeakerKind::kUnnamed, -1, 0.8F, "a person without a name"};
    }
    if (words_.is(head, WordClass::kUnnamedNoun))
      return Speaker{text(source), SpeakerKind::kUnnamed, -1, 0.75F, "a source without a name"};
    if (plural || words_.is(head, WordClass::kPronoun))
      return Speaker{text(source),
                     words_.is(head, WordClass::kPronoun) ? SpeakerKind::kUnknown : SpeakerKind::kGroup, -1,
                     0.75F, "a group"};
    if (words_.is(head, WordClass::kDocumentNoun))
      return Speaker{text(source), SpeakerKind::kDocument, -1, 0.7F, "a document"};
    if (words_.is(head, WordClass::kOrganizationNoun))
      return Speaker{text(source), SpeakerKind::kOrganization, -1, 0.7F, "a body"};
    const std::string word = folded(words_.text(head));
    if (word.ends_with('s') && !word.ends_with("ss")) return of_plural(source, word);
    // "A 46-page study": what it is called is all that is known of it.
    if (parse_ != nullptr && indefinite && words_.is_lower_word(head))
      return Speaker{text(phrase), SpeakerKind::kUnknown, -1, 0.4F, "a source that is not further known"};
    speaker.reason = "'" + text(phrase) + "' is not resolved";
    return definite && does_something(word) ? described(source, head, speaker) : speaker;
  }

  /// "Surgeon", "botanist", "comedian": by its end a person.
  [[nodiscard]] static bool does_something(std::string_view noun) {
    static constexpr std::array<std::string_view, 8> kEnds = {"er",  "or",  "ist",   "ian",
                                                              "eon", "man", "woman", "ee"};
    constexpr std::size_t kShortest = 6;
    return noun.size() >= kShortest &&
           std::ranges::any_of(kEnds, [&](auto end) { return noun.ends_with(end); });
  }

  /// "61 percent of voters", "a third of Norlanders", "one in four drivers", "at least 300": how many say
  /// something.
  [[nodiscard]] bool is_share_of_people(TokenRange source) const {
    std::uint32_t at = source.begin;
    while (at < source.end && is_about(at)) ++at;
    bool counts = false;
    for (; at < source.end; ++at) {
      steps_.count();
      if (words_.equals(at, "of") || words_.equals(at, "in"))
        return counts && has_people({at + 1, source.end});
      const bool noun = words_.document().tag(at).starts_with("NN");
      if (!is_count(at) && (!counts || noun)) return false;
      counts = true;
    }
    return counts && source.size() > 1;
  }

  /// "At least", "nearly", "some", "a".
  [[nodiscard]] bool is_about(std::uint32_t token) const {
    static constexpr std::array<std::string_view, 14> kWords = {
        "at",   "least", "about", "nearly", "almost",  "some", "more",
        "than", "fewer", "only",  "just",   "roughly", "a",    "another"};
    return std::ranges::any_of(kWords, [&](std::string_view word) { return words_.equals(token, word); });
  }

  [[nodiscard]] bool is_count(std::uint32_t token) const {
    static constexpr std::array<std::string_view, 11> kWords = {
        "percent",        "%",        "half",       "third", "quarter", "fifth", "two-thirds",
        "three-quarters", "majority", "majorities", "thirds"};
    return words_.is_number(token) || words_.is(token, WordClass::kNumber) ||
           std::ranges::any_of(kWords, [&](std::string_view word) { return words_.equals(token, word); });
  }

  /// "Voters", "four drivers in a poll": a noun for people, before the next comma or preposition.
  [[nodiscard]] bool has_people(TokenRange range) const {
    for (std::uint32_t t = range.begin; t < range.end; ++t) {
      if (words_.equals(t, ",") || words_.is(t, WordClass::kPreposition)) return false;
      if (is_people(t)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_people(std::uint32_t noun) const {
    const std::string_view tag = words_.document().tag(noun);
    return tag == "NNS" || tag == "NNPS" || words_.is(noun, WordClass::kGroupNoun) ||
           words_.entity_label(noun) == "NORP";
  }

  /// What can speak is a noun or stands for one: no "the", no "many of whom", and no "an easy - some".
  [[nodiscard]] bool may_head(TokenRange source, std::uint32_t head) const {
    const std::uint32_t last = source.end - 1;
    if (words_.is_mark(head) || words_.equals(head, "the") || words_.equals(head, "a") ||
        words_.equals(head, "an"))
      return false;
    if (source.size() > 1 && (words_.equals(last, "whom") || words_.equals(last, "which"))) return false;
    for (std::uint32_t t = source.begin; t < head; ++t) {
      if (words_.text(t) == "-" && words_.document().tag(t) == ":") return false;
    }
    return true;
  }

  /// "Lowe, an architect, ...", of which the source is the apposition alone.
  [[nodiscard]] std::optional<Speaker> named_before_apposition(TokenRange source, std::uint32_t head) {
    if (parse_ == nullptr || !parse_->is(head, {"appos"}) || !words_.is_lower_word(head)) return std::nullopt;
    const std::uint32_t above = parse_->above(head);
    if (above >= source.begin) return std::nullopt;
    const auto& mentions = people_.mentions();
    for (std::size_t i = people_.mentions_before(above + 1); i > 0 && mentions[i - 1].name.end > above; --i) {
      if (mentions[i - 1].name.begin <= above) return of_name(mentions[i - 1]);
    }
    return std::nullopt;
  }

  /// "The defenders", "court filings": people by what they do, and what is written, speak; "his eyes" do not.
  [[nodiscard]] Speaker of_plural(TokenRange source, const std::string& word) const {
    const LexiconEntry& one = words_.lexicon().find(word.substr(0, word.size() - 1));
    const LexiconEntry& of_y =
        words_.lexicon().find(word.ends_with("ies") ? word.substr(0, word.size() - 3) + "y" : word);
    if (one.is(WordClass::kDocumentNoun) || of_y.is(WordClass::kDocumentNoun))
      return {text(source), SpeakerKind::kDocument, -1, 0.7F, "documents"};
    if (one.is(WordClass::kRoleNoun) || one.is(WordClass::kUnnamedNoun) ||
        one.is(WordClass::kOrganizationNoun) || of_y.is(WordClass::kOrganizationNoun))
      return {text(source), SpeakerKind::kGroup, -1, 0.72F, "a group"};
    static constexpr std::array<std::string_view, 8> kWhoDo = {"ers",   "ors",  "ists",  "ians",
                                                               "tives", "ants", "crats", "ees"};
    const bool who_do =
        word.size() > 6 && std::ranges::any_of(kWhoDo, [&](auto end) { return word.ends_with(end); });
    return {text(source), SpeakerKind::kGroup, -1, who_do ? 0.62F : 0.5F, "a plural"};
  }

  /// "Ada Lowe, LEADER of the growers": a person, whatever the name looks like.
  [[nodiscard]] bool has_role_behind(TokenRange source, TokenRange name) const {
    for (std::uint32_t t = name.end; t < source.end; ++t) {
      if (words_.is(t, WordClass::kRoleNoun) && parse_->is(t, {"appos"})) return true;
    }
    return false;
  }

  /// "The University OF NORLAND", "the Center FOR CLEAN HARBORS": a body's name goes on behind its noun.
  [[nodiscard]] TokenRange whole_name(TokenRange source, TokenRange phrase) const {
    const std::int32_t entity = words_.entity_of(phrase.end - 1);
    if (entity >= 0) {
      const std::uint32_t last = words_.document().annotations->entities[entity].last;
      phrase.end = std::clamp(last, phrase.end, source.end);
      const std::string_view ends = words_.document().tag(phrase.end - 1);
      if (ends == "POS") --phrase.end;  // the Harbor Board'S
    }
    while (phrase.end + 1 < source.end) {
      const std::uint32_t joint = phrase.end;
      const bool joins =
          words_.equals(joint, "of") || words_.equals(joint, "for") || words_.equals(joint, "on");
      std::uint32_t at = joint + 1;
      while (at < source.end && words_.equals(at, "the")) ++at;
      if (!joins || at >= source.end || !words_.is_capital(at)) break;
      while (at < source.end && words_.is_capital(at)) ++at;
      phrase.end = at;
    }
    return phrase;
  }

  Speaker of_capitalised(TokenRange source, TokenRange phrase) {
    TokenRange name = phrase;
    if (name.size() > 1 && words_.is(name.begin, WordClass::kDeterminer)) ++name.begin;
    if (words_.equals(name.begin, "'s") || name.empty()) return {};
    const bool titled_name = words_.is(name.begin, WordClass::kCourtesyTitle);
    bool body = words_.is(source.begin, WordClass::kDeterminer) ||
                (!titled_name && name.size() > 1 && people_.is_body(words_, name)) || is_outlet_name(name);
    for (std::uint32_t t = name.begin; t < name.end; ++t) {
      body = body || words_.is(t, WordClass::kOrganizationNoun) || is_acronym(t);
    }
    if (body)
      return {text(whole_name(source, phrase)), SpeakerKind::kOrganization, -1, 0.75F, "a body's name"};
    // "Mr. Quill", of whom the article says no more, is Quill; he stays a person of this article.
    bool titled = false;
    while (name.size() > 1 && words_.is(name.begin, WordClass::kCourtesyTitle)) ++name.begin, titled = true;
    const std::string_view label = words_.entity_label(name.end - 1);
    const bool other = !titled && parse_ != nullptr && !has_role_behind(source, name) && label != "PERSON" &&
                       (!label.empty() || words_.document().tag(name.end - 1) == "NNS" ||
                        words_.document().tag(name.end - 1) == "NNPS" || words_.is_lower_word(name.begin));
    const bool person = (titled || name.size() > 1) && name.size() < 4 && !other;
    if (person || label == "PERSON")
      return {text(name), SpeakerKind::kPerson, -1, label == "PERSON" ? 0.65F : 0.6F,
              "a name that is not further known"};
    const bool spoken_for = parse_ != nullptr && words_.document().tag(name.end - 1).starts_with("NNP");
    const bool surname = name.size() == 1 && label == "ORG" && !is_acronym(name.begin);
    if (spoken_for && surname)
      return {text(name), SpeakerKind::kUnknown, -1, 0.62F, "a name that is not further known"};
    if (spoken_for && (label == "ORG" || label == "GPE"))
      return {text(name), SpeakerKind::kOrganization, -1, 0.62F, "a body's name"};
    if (spoken_for && label == "NORP") return {text(name), SpeakerKind::kGroup, -1, 0.62F, "a group"};
    // What is named again and again is called so, whatever it is.
    if (spoken_for && name.size() == 1 && times_named(name.begin) >= kOftenNamed)
      return {text(name), SpeakerKind::kUnknown, -1, 0.62F, "a name that the article has again and again"};
    return {text(name), SpeakerKind::kUnknown, -1, 0.55F, "a name that is not further known"};
  }

  /// How many times the article has a capitalised word.
  [[nodiscard]] std::uint32_t times_named(std::uint32_t token) {
    if (times_named_.empty()) {
      for (std::uint32_t t = 0; t < words_.size(); ++t) {
        steps_.count();
        if (words_.is_capital(t)) ++times_named_[words_.text(t)];
      }
    }
    return times_named_[words_.text(token)];
  }

  /// "Newsweek": a whole name that is a word for newspapers, and for the language model a body's.
  [[nodiscard]] bool is_outlet_name(TokenRange name) const {
    return name.size() == 1 && words_.is_capital(name.begin) &&
           words_.is(name.begin, WordClass::kOutletWord) && words_.entity_label(name.begin) == "ORG";
  }

  [[nodiscard]] bool is_acronym(std::uint32_t token) const {
    const std::string_view word = words_.text(token);
    if (word.size() < 2) return false;
    return std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  /// The short title of whom an article calls so: "Sen. Lowe" is the senator.
  [[nodiscard]] static std::string title_of_role(const std::string& role) {
    if (role == "senator") return "sen.";
    if (role == "governor") return "gov.";
    return role == "representative" || role == "congressman" || role == "congresswoman" ? "rep."
                                                                                        : std::string();
  }

  /// "The Norland senator", who may be another one than the article's Sen. Lowe.
  [[nodiscard]] bool is_qualified(TokenRange source, std::uint32_t head) const {
    for (std::uint32_t t = source.begin; t < head; ++t) {
      if (words_.is_capital(t) && !words_.is(t, WordClass::kDeterminer)) return true;
    }
    return false;
  }

  /// Whether an article names a person with one of the places that qualify a role: "Sen. Lowe (R-Nor.)" and
  /// "the Norland senator".
  [[nodiscard]] bool fits_qualifier(std::int32_t person, TokenRange source, std::uint32_t head) const {
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

  /// The only person called by a role whom its qualifier fits.
  [[nodiscard]] std::int32_t only_qualified(const std::vector<PersonRole>& holders, TokenRange source,
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

  /// Who of the article's persons held an office; `holder_of` gives the holder of a surname.
  template <class HolderOf>
  [[nodiscard]] std::optional<Speaker> only_holder(const HolderOf& holder_of, std::string_view when,
                                                   bool placed) const {
    std::optional<Speaker> only;
    for (std::size_t i = 0; i < people_.persons().size(); ++i) {
      steps_.count();
      const Person& person = people_.persons()[i];
      const OfficeHolder* holder = holder_of(person.surname);
      if (holder == nullptr || !may_be(person, *holder)) continue;
      if (holder->regional && !placed && person.names.size() < 2) continue;
      if (only) return std::nullopt;
      only = Speaker{person.names.size() < 2 ? holder->name : person.full_name, SpeakerKind::kPerson,
                     static_cast<std::int32_t>(i), 0.75F, as_told(*holder, when)};
    }
    return only;
  }

  [[nodiscard]] std::optional<Speaker> only_holder(const PrintedOffice& printed) const {
    return only_holder(
        [&](const std::string& surname) { return offices_.holder(printed, surname, published_); }, kOnTheDay,
        !printed.places.empty());
  }

  /// "The president", of no place: the only person of the article who was that somewhere on its day; "the
  /// former president": who was it before.
  [[nodiscard]] std::optional<Speaker> of_office_somewhere(std::uint32_t head) const {
    if (const auto printed = offices_.office_at(words_, head)) {
      if (!printed->places.empty()) return std::nullopt;
      return only_holder(*printed);
    }
    if (const auto former = offices_.former_office_at(words_, head)) {
      return only_holder(
          [&](const std::string& surname) { return offices_.former_holder(*former, surname, published_); },
          "before the day of publication", false);
    }
    return std::nullopt;
  }

  /// "the governor": the one person of that role, or the one named last.
  Speaker of_role(TokenRange source, std::uint32_t head) {
    Speaker speaker = of_role_in_article(source, head);
    constexpr float kEnough = 0.6F;
    if (speaker.confidence >= kEnough || speaker.kind != SpeakerKind::kPerson) return speaker;
    if (const auto somewhere = of_office_somewhere(head)) return *somewhere;
    return speaker;
  }

  Speaker of_role_in_article(TokenRange source, std::uint32_t head) {
    Speaker speaker;
    speaker.kind = SpeakerKind::kPerson;
    if (const auto in_office = of_office(head)) return *in_office;
    const std::string role = folded(words_.text(head));
    const auto* holders = people_.with_role(role);
    const bool by_title = holders == nullptr;
    if (by_title) holders = people_.with_role(title_of_role(role));
    if (holders == nullptr || words_.is(source.begin, WordClass::kPossessive)) {
      if (role.starts_with("spokes") || role == "official" || role == "source" || role == "aide") {
        return {text(source), SpeakerKind::kUnnamed, -1, 0.6F, "a role that nobody named holds"};
      }
      const bool described = parse_ != nullptr && source.size() > 2 && words_.is_lower_word(source.end - 1) &&
                             words_.is(source.begin, WordClass::kDeterminer) &&
                             words_.is_lower_word(source.begin + 1) &&
                             !words_.equals(source.begin + 1, "former");
      if (described) return {text(source), SpeakerKind::kUnnamed, -1, 0.4F, "a role that nobody named holds"};
      speaker.reason = "nobody in the article is called '" + role + "'";
      return speaker;
    }
    if (head + 1 == source.end && is_qualified(source, head)) {
      const std::int32_t person = only_qualified(*holders, source, head);
      if (person >= 0) {
        const std::string& name = people_.person(person).full_name;
        return {name, SpeakerKind::kPerson, person, 0.8F, "'" + text(source) + "' fits " + name};
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
    const std::int32_t person = only >= 0 ? only : last;
    const bool near = last >= 0 && words_.sentence_of(source.begin) <= words_.sentence_of(last_token) + 6;
    if (person < 0 || (only < 0 && !near)) {
      speaker.reason = "several persons are called '" + role + "'";
      return speaker;
    }
    speaker.person = person;
    speaker.name = people_.person(person).full_name;
    speaker.confidence = only >= 0 && !(by_title && is_qualified(source, head)) ? 0.75F : 0.5F;
    speaker.reason = "'" + role + "' is the role of " + speaker.name;
    return speaker;
  }

  /// "The senator", as the article calls one of its senators only: the one named in the two sentences before,
  /// if it is one. Nothing when no other of its persons held that office.
  [[nodiscard]] std::optional<Speaker> one_in_office(const std::vector<PersonRole>& called, TokenRange source,
                                                     std::uint32_t head) const {
    const auto printed = offices_.office_at(words_, head);
    if (!printed || !printed->places.empty()) return std::nullopt;
    std::set<std::int32_t> all;
    for (std::size_t i = 0; i < people_.persons().size(); ++i) {
      steps_.count();
      const Person& person = people_.persons()[i];
      const OfficeHolder* holder = offices_.holder(*printed, person.surname, published_);
      if (holder != nullptr && person.names.size() > 1 && may_be(person, *holder))
        all.insert(static_cast<std::int32_t>(i));
    }
    const std::size_t in_office = all.size();
    for (std::size_t i = 0; i < std::min(called.size(), kMostHolders); ++i) all.insert(called[i].person);
    if (all.size() == 1 || in_office == 0 || (in_office == 1 && all.size() == 1)) return std::nullopt;
    Speaker speaker{{}, SpeakerKind::kPerson, -1, 0, "several persons hold that office"};
    const std::uint32_t sentence = words_.sentence_of(head);
    const std::uint32_t first = words_.document().sentences[sentence > 1 ? sentence - 2 : 0].first;
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
                   "'" + text(source) + "': of several, " + name + " is named just before"};
  }

  /// "The candidate", "the Norland Republican", of whom no role was told: the only person named just before.
  /// `unresolved` when several are, or none, or when the words may be of somebody who has no name.
  Speaker described(TokenRange source, std::uint32_t head, const Speaker& unresolved) const {
    if (parse_ == nullptr || !words_.equals(source.begin, "the") || head + 1 != source.end) return unresolved;
    for (std::uint32_t t = source.begin; t <= head; ++t) {
      const bool of_another = words_.equals(t, "'s") || words_.text(t) == "\xE2\x80\x99s";
      if (of_another || (t == head && words_.is_capital(t))) return unresolved;
    }
    const std::uint32_t sentence = words_.sentence_of(head);
    const std::uint32_t first = words_.document().sentences[sentence > 1 ? sentence - 2 : 0].first;
    const auto& mentions = people_.mentions();
    std::int32_t only = -1;
    for (std::size_t i = people_.mentions_before(first);
         i < mentions.size() && mentions[i].name.begin < source.begin; ++i) {
      steps_.count();
      if (words_.passage_of(mentions[i].name.begin) >= 0) continue;
      if (only >= 0 && mentions[i].person != only) return unresolved;
      only = mentions[i].person;
    }
    if (only < 0 || somebody_enters(first, source.begin)) return unresolved;
    const Person& person = people_.person(only);
    const Gender told = words_.entry(head).gender;
    if (told != Gender::kUnknown && person.gender != Gender::kUnknown && told != person.gender)
      return unresolved;
    return {person.full_name, SpeakerKind::kPerson, only, 0.62F,
            "'" + text(source) + "': the only person named just before"};
  }

  /// "A judge ruled", "one man shouted": a person without a name does something there.
  [[nodiscard]] bool somebody_enters(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t t = begin; t < end; ++t) {
      steps_.count();
      const bool somebody = words_.is(t, WordClass::kRoleNoun) || words_.is(t, WordClass::kUnnamedNoun);
      if (!somebody || !words_.is_lower_word(t) ||
          parse_->is(t, {"appos", "attr", "compound", "amod", "nmod"}))
        continue;
      for (const std::uint32_t child : parse_->children(t)) {
        for (const std::string_view word : {"a", "an", "one", "another"}) {
          if (child < t && words_.equals(child, word)) return true;
        }
      }
    }
    return false;
  }

  // --- no source -------------------------------------------------------------------------------------

  Speaker inherited(const Draft& draft, const Draft* previous) {
    Speaker speaker;
    if (draft.head != kNoToken || previous == nullptr || last_.name.empty()) {
      speaker.reason = "no source is told";
      return speaker;
    }
    const std::uint32_t here = words_.sentence(draft.content.front().begin).paragraph;
    const std::uint32_t there = words_.sentence(previous->content.back().end - 1).paragraph;
    if (here > there + 1) {
      speaker.reason = "no source is told nearby";
      return speaker;
    }
    speaker = last_;
    speaker.confidence *= 0.75F;
    speaker.reason = "goes on after the words of " + last_.name;
    return speaker;
  }

 public:
  /// Whether a person is named as a subject in a sentence.
  [[nodiscard]] bool has_subject(const Sentence& sentence, std::int32_t person) const {
    const auto& mentions = people_.mentions();
    for (std::size_t i = people_.mentions_before(sentence.first);
         i < mentions.size() && mentions[i].name.begin < sentence.last; ++i) {
      steps_.count();
      if (mentions[i].person == person && is_subject(mentions[i])) return true;
    }
    return false;
  }

  void note_position(std::uint32_t token) { last_token_ = token; }

 private:
  const Words& words_;
  const Syntax* parse_;
  const Offices& offices_;
  std::string_view published_;
  StepCounter& steps_;
  People people_;
  std::unordered_map<std::int32_t, OfficeHolder> office_holders_;    ///< by person
  std::unordered_map<std::string_view, std::uint32_t> times_named_;  ///< by word; filled when first asked
  Speaker last_;
  std::uint32_t last_token_ = kNoToken;
  std::uint32_t statement_begin_ = kNoToken;  ///< of the statement whose speaker is looked for
};

SpeakerResolution::SpeakerResolution(const Article& article, const Words& words, const Syntax* parse,
                                     const Offices& offices, StepCounter& steps)
    : inside_(std::make_unique<Inside>(article, words, parse, offices, steps)) {}

SpeakerResolution::~SpeakerResolution() = default;

Speaker SpeakerResolution::speaker_of(const Draft& draft, const Draft* previous) {
  return inside_->speaker_of(draft, previous);
}

Speaker SpeakerResolution::of_mention(TokenRange mention) { return inside_->of_mention(mention); }

void SpeakerResolution::note_position(std::uint32_t token) { inside_->note_position(token); }

bool SpeakerResolution::has_subject(const Sentence& sentence, std::int32_t person) const {
  return inside_->has_subject(sentence, person);
}

}  // namespace onrecord
