#include "reading/speaker_resolution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "language/characters.h"
#include "reading/article_offices.h"
#include "reading/body_names.h"
#include "reading/introductions.h"
#include "reading/named_persons.h"
#include "reading/noun_phrases.h"
#include "reading/people.h"
#include "reading/phrase_heads.h"
#include "reading/pronouns.h"
#include "reading/roles.h"
#include "reading/somebody.h"

namespace onrecord {

TokenRange mention_of(const Draft& draft) { return draft.referent.empty() ? draft.source : draft.referent; }

bool is_same_name(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  return !one.empty() && other.ends_with(one) &&
         (one.size() == other.size() || other[other.size() - one.size() - 1] == ' ');
}

namespace {

constexpr float kUnnamedAgain = 0.62F;
constexpr float kSureOfGoingOn = 0.93F;    // times that of the words before, where no source is told
constexpr float kSureOfOpenMarks = 0.95F;  // the same where their marks are still open
constexpr float kSureOfOwner = 0.6F;       // of the person whose supporters they are
constexpr float kSureOfSurname = 0.7F;
constexpr float kSureOfAuthor = 0.85F;
constexpr float kThingNearby = 0.9F;      // times that of a noun which nothing tells to be somebody
constexpr float kSureOfOthers = 0.7F;     // who they are is told by a noun alone
constexpr float kSureOfCampaign = 0.75F;  // at most: whose campaign it is may be told somewhere else

/// As printed, without the "Jr." behind it.
std::string surname_of(const Person& person) {
  std::size_t begin = person.full_name.size();
  while (begin > 0) {
    const std::size_t end = begin;
    begin = person.full_name.rfind(' ', end - 1) + 1;
    std::string word = person.full_name.substr(begin, end - begin);
    if (word.ends_with(',')) word.pop_back();
    if (folded(word) == person.surname) return word;
    if (begin > 0) --begin;
  }
  return person.full_name;
}

/// Who wrote an article, where one did alone; else empty.
std::string_view only_author(const Article& article) {
  std::string_view author;
  for (const Field& field : article.fields) {
    if (field.name != "author") continue;
    if (!author.empty() && author != field.value) return {};
    author = field.value;
  }
  return author;
}

}  // namespace

class SpeakerResolution::Inside {
 public:
  /// `parse` may be null.
  Inside(const Article& article, const Words& words, const Syntax* parse, const Offices& offices,
         StepCounter& steps)
      : words_(words),
        parse_(parse),
        steps_(steps),
        author_(only_author(article)),
        people_(words, parse, article.field("outlet"), steps),
        offices_(words, offices, people_, article.field("published"), steps),
        bodies_(words, parse, people_, steps),
        names_(words, parse, people_, steps),
        roles_(words, parse, people_, offices_, steps),
        noun_phrases_(words, parse, people_, names_, roles_, steps),
        pronouns_(words, parse, people_, names_, roles_, said_, steps) {}

  Speaker speaker_of(const Draft& draft, const Draft* previous_draft) {
    if (is_told(draft) || draws_words(draft))
      return {{}, SpeakerKind::kUnknown, -1, 0, "who asked or told it is not told"};
    said_.statement_begin = draft.content.front().begin;
    said_.was_asked = parse_ != nullptr && previous_draft != nullptr && asks(*previous_draft) &&
                      words_.document().lemma(previous_draft->head) == "ask";
    Speaker speaker = speaker_told(draft, previous_draft);
    // "The disruptions came with PROMISES to": the subject nearby does not speak unless it can.
    if (draft.source.empty() && speaker.kind == SpeakerKind::kUnknown) speaker.confidence *= kThingNearby;
    const bool nobody = speaker.name.empty() || speaker.kind == SpeakerKind::kUnnamed;
    if (nobody && is_unnamed_again(draft, previous_draft)) {
      speaker = said_.last;
      speaker.confidence = kUnnamedAgain;
      speaker.reason = "'" + text_of(words_, mention_of(draft)) + "': who spoke just before, without a name";
    }
    if (const auto named = named_elsewhere(draft, previous_draft, speaker)) speaker = *named;
    said_.statement_begin = kNoToken;
    note_unnamed(mention_of(draft), speaker);
    if (draft.source_inherited && speaker.confidence > 0) speaker.confidence *= 0.9F;
    last_is_known_ = !speaker.name.empty();
    // Words that nobody is told to say leave "he" who he was.
    if (last_is_known_ || !draft.source.empty()) said_.last = speaker;
    said_.last.candidates.clear();  // of his own pronoun, not of what comes after
    return speaker;
  }

  Speaker of_mention(TokenRange source) {
    return bodies_.with_whole_name(offices_.with_whole_name(of_words(source)), source);
  }

  [[nodiscard]] bool has_subject(const Sentence& sentence, std::int32_t person) const {
    return names_.has_subject(sentence, person);
  }

  void note_position(std::uint32_t token) { said_.last_token = token; }

 private:
  /// "Lowe WAS ASKED whether ...", "Lowe shrugged when ASKED what ...": the words are another's, whom nobody
  /// names.
  [[nodiscard]] bool is_told(const Draft& draft) const {
    if (parse_ == nullptr || draft.head == kNoToken) return false;
    const std::string_view tag = words_.document().tag(draft.head);
    if (tag != "VBN" && tag != "VBD") return false;
    static constexpr std::array<std::string_view, 22> kHeard = {
        "ask",       "question", "tell",   "inform",   "remind",  "warn", "advise",   "urge",
        "criticize", "blame",    "accuse", "attack",   "praise",  "call", "describe", "declare",
        "instruct",  "deride",   "mock",   "denounce", "condemn", "hail"};
    const std::string_view lemma = words_.document().lemma(draft.head);
    if (std::ranges::find(kHeard, lemma) == kHeard.end()) return false;
    const TokenRange source = mention_of(draft);
    if (source.empty()) return false;
    const std::uint32_t subject = parse_->child(draft.head, {"nsubj", "nsubjpass"});
    if (subject != kNoToken && parse_->is(subject, {"nsubjpass"})) {
      // Not "told BY QUILL", nor "told in a letter FROM QUILL"; but who stands in another clause is not told
      // to have asked.
      const bool is_asked = subject >= source.begin && subject < source.end;
      return is_asked || parse_->verb_above(parse_->head_in(source)) != draft.head;
    }
    // The parser takes "When ASKED why, Lowe paused" for the main verb.
    return subject == kNoToken && lemma == "ask" && parse_->is(draft.head, {"advcl", "ROOT"}) &&
           parse_->child(draft.head, {"aux", "agent"}) == kNoToken;
  }

  /// "Lowe DREW a call for her resignation", "FACED criticism": others called.
  [[nodiscard]] bool draws_words(const Draft& draft) const {
    static constexpr std::array<std::string_view, 7> kDraw = {"draw", "face",  "receive", "attract",
                                                              "earn", "spark", "provoke"};
    const TokenRange source = mention_of(draft);
    if (parse_ == nullptr || draft.head == kNoToken || source.empty()) return false;
    if (!words_.document().tag(draft.head).starts_with("N")) return false;
    const std::uint32_t verb = parse_->verb_above(draft.head);
    if (verb == kNoToken || std::ranges::find(kDraw, words_.document().lemma(verb)) == kDraw.end())
      return false;
    const std::uint32_t subject = parse_->child(verb, {"nsubj"});
    return subject != kNoToken && subject >= source.begin && subject < source.end;
  }

  /// "He told ME", "I asked", outside of what somebody else said.
  [[nodiscard]] bool is_author(TokenRange source) const {
    return source.size() == 1 && !author_.empty() && words_.passage_of(source.begin) < 0 &&
           (words_.equals(source.begin, "i") || words_.equals(source.begin, "me"));
  }

  /// "HIS famous demand", "HER March (comment)": whose words they are; none for anything else.
  [[nodiscard]] std::uint32_t owner_of_words(TokenRange source) const {
    if (parse_ == nullptr || source.size() < 2 || words_.document().tag(source.begin) != "PRP$")
      return kNoToken;
    const auto is_saying = [&](std::uint32_t noun) {
      return noun < words_.size() && words_.entry(noun).noun_mode >= 0 &&
             !words_.is(noun, WordClass::kDocumentNoun);
    };
    const bool says = is_saying(parse_->head_in(source));
    const bool is_said = is_saying(source.end) && words_.is(source.end - 1, WordClass::kTime);
    return says || is_said ? source.begin : kNoToken;
  }

  /// Of "the campaign", "the administration" whose surname the last one before has, when its sentence names
  /// no other; none otherwise.
  [[nodiscard]] std::uint32_t owner_of_the_campaign(TokenRange source) const {
    constexpr std::uint32_t kCampaignSentences = 8;
    constexpr std::uint32_t kCampaignReach = 400;  // tokens, where sentences are long
    if (source.size() != 2 || !words_.equals(source.begin, "the") ||
        !words_.is_one_of(source.begin + 1, {"campaign", "administration"}))
      return kNoToken;
    const std::uint32_t first =
        std::max(words_.first_token_before(words_.sentence_of(source.begin), kCampaignSentences),
                 source.begin - std::min(source.begin, kCampaignReach));
    const std::string body = folded(words_.text(source.begin + 1));
    std::uint32_t owner = kNoToken;
    for (std::uint32_t at = source.begin; at-- > first + 2;) {
      steps_.count();
      if (owner != kNoToken && words_.sentence_of(at) != words_.sentence_of(owner)) break;
      if (folded(words_.text(at)) != body || words_.passage_of(at) >= 0) continue;
      const std::uint32_t name = is_possessive_mark(words_, at - 1) ? at - 2 : at - 1;
      if (people_.count_of_surname(folded(words_.text(name))) == 0) continue;
      if (owner != kNoToken && words_.text(owner) != words_.text(name)) return kNoToken;
      owner = name;
    }
    return owner;
  }

  /// "HER campaign", "Lowe's campaign": whose it is; empty for anything else.
  [[nodiscard]] TokenRange owner_of_campaign(TokenRange source) const {
    if (source.size() < 2 || !words_.equals(source.end - 1, "campaign")) return {};
    const TokenRange owner{source.begin, source.end - 1};
    for (std::uint32_t token = owner.begin; token < owner.end; ++token) {
      if (words_.equals(token, ",")) return {};  // "Lowe, an aide of Quill's campaign"
    }
    if (owner.size() == 1) return words_.is(owner.begin, WordClass::kPossessive) ? owner : TokenRange{};
    return is_possessive_mark(words_, owner.end - 1) ? TokenRange{owner.begin, owner.end - 1} : TokenRange{};
  }

  Speaker of_words(TokenRange source) {
    // "Lowe and Quill BOTH", "they ALL"
    if (source.size() > 1 && words_.is_one_of(source.end - 1, {"both", "all", "each"})) --source.end;
    if (source.size() > 1 && words_.equals(source.end - 1, ",")) --source.end;
    if (is_author(source))
      return {std::string(author_), SpeakerKind::kPerson, -1, kSureOfAuthor, "the author, by the byline"};
    if (source.size() == 1 &&
        (words_.is(source.begin, WordClass::kPronoun) || words_.is(source.begin, WordClass::kPossessive) ||
         words_.is(source.begin, WordClass::kObjectPronoun)))
      return pronouns_.of_pronoun(source.begin, [this](TokenRange phrase) { return of_mention(phrase); });
    if (const std::uint32_t owner = owner_of_words(source); owner != kNoToken)
      return of_words({owner, owner + 1});
    if (const std::uint32_t owner = owner_of_the_campaign(source); owner != kNoToken) {
      const std::string body = folded(words_.text(source.end - 1));
      return {fmt::format("{} {}", words_.text(owner), body), SpeakerKind::kOrganization, -1, kSureOfCampaign,
              fmt::format("the {} {}, named before", words_.text(owner), body)};
    }
    if (const TokenRange candidate = owner_of_campaign(source); !candidate.empty()) {
      const Speaker owner = of_words(candidate);
      if (owner.person >= 0)
        return {surname_of(people_.person(owner.person)) + " campaign", SpeakerKind::kOrganization, -1,
                std::min(owner.confidence, kSureOfCampaign), "the campaign of " + owner.name};
    }
    if (const TokenRange subject = who_became(source); !subject.empty()) return of_words(subject);
    if (const auto one = one_of_two(source)) return *one;
    if (const auto another = another_one(source)) return *another;
    if (const auto several = pronoun_and_others(source)) return *several;
    if (const auto named = names_.named_head(source)) return with_others(*named, source);
    if (const auto person = only_one_of_surname(source)) return *person;
    return with_owner(with_others(noun_phrases_.of_noun_phrase(source), source), source);
  }

  /// "ANOTHER", after "one grower wrote": another grower.
  [[nodiscard]] std::optional<Speaker> another_one(TokenRange source) const {
    if (source.size() != 1 || !words_.equals(source.begin, "another") || !is_introduced_unnamed(said_.last))
      return std::nullopt;
    const std::string& last = said_.last.name;
    return Speaker{"another" + last.substr(last.find(' ')), said_.last.kind, -1, kUnnamedAgain,
                   "one more of those who spoke just before"};
  }

  /// "Lowe" in what was taken for a longer name: "to the Quay Post LOWE said".
  [[nodiscard]] std::optional<Speaker> only_one_of_surname(TokenRange source) const {
    if (source.size() != 1 || !words_.is_capital(source.begin)) return std::nullopt;
    const std::string surname = folded(words_.text(source.begin));
    if (people_.count_of_surname(surname) != 1) return std::nullopt;
    const auto person = std::ranges::find(people_.persons(), surname, &Person::surname);
    return Speaker{person->full_name, SpeakerKind::kPerson,
                   static_cast<std::int32_t>(person - people_.persons().begin()), kSureOfSurname,
                   "the only one of that surname whom the article names"};
  }

  /// "THE LATTER", "THE FORMER" of the two who were named last, in one sentence.
  [[nodiscard]] std::optional<Speaker> one_of_two(TokenRange source) {
    if (source.size() == 3 && is_possessive_mark(words_, source.end - 1)) --source.end;
    const bool latter = words_.equals(source.end - 1, "latter");
    const bool alone = source.size() == 2 && (latter || words_.equals(source.end - 1, "former"));
    if (!alone || !words_.equals(source.begin, "the")) return std::nullopt;
    const auto& mentions = people_.mentions();
    const std::size_t before = people_.mentions_before(source.begin);
    if (before < 2) return std::nullopt;
    const PersonMention& last = mentions[before - 1];
    const PersonMention& first = mentions[before - 2];
    const std::uint32_t sentence = words_.sentence_of(last.name.begin);
    if (first.person == last.person || words_.sentence_of(first.name.begin) != sentence ||
        words_.sentence_of(source.begin) > sentence + 1)
      return std::nullopt;
    return of_words((latter ? last : first).name);
  }

  /// "HER supporters", "one of HER aides", "HER new ad": Ada Lowe's, as far as that is known.
  [[nodiscard]] Speaker with_owner(Speaker speaker, TokenRange source) {
    const bool described = speaker.kind == SpeakerKind::kGroup || speaker.kind == SpeakerKind::kUnnamed ||
                           speaker.kind == SpeakerKind::kDocument;
    if (!described || parse_ == nullptr) return speaker;
    const std::uint32_t pronoun = first_owner(source);
    if (pronoun == kNoToken) return speaker;
    const std::string printed = std::string(words_.text(pronoun)) + ' ';
    const std::size_t at = speaker.name.find(printed);
    if (at == std::string::npos || (at > 0 && speaker.name[at - 1] != ' ')) return speaker;
    const Speaker owner = of_words({pronoun, pronoun + 1});
    if (owner.person < 0 || owner.confidence < kSureOfOwner) return speaker;
    speaker.name.replace(at, printed.size(), people_.person(owner.person).full_name + "'s ");
    speaker.reason += "; " + owner.reason;
    return speaker;
  }

  /// "His" or "her" in a phrase, outside of clauses; none when there is none.
  [[nodiscard]] std::uint32_t first_owner(TokenRange source) const {
    for (std::uint32_t token = source.begin; token + 1 < source.end; ++token) {
      const std::string_view tag = words_.document().tag(token);
      if (words_.is_mark(token) || tag.starts_with("V") || tag.starts_with("W")) break;
      if (tag == "PRP$" && words_.is_one_of(token, {"his", "her"})) return token;
    }
    return kNoToken;
  }

  /// "Lowe and Quill became THE FIRST GROWERS to support it": who did; empty for anything else.
  [[nodiscard]] TokenRange who_became(TokenRange source) const {
    if (parse_ == nullptr || source.begin == 0 || !words_.equals(source.begin, "the")) return {};
    // Not "was a broker of the pact, THE FIRST to ...".
    if (words_.equals(source.begin - 1, ",")) return {};
    const std::uint32_t noun = parse_->head_in(source);
    if (!parse_->is(noun, {"attr"}) || !words_.is_lower_word(noun)) return {};
    const std::uint32_t subject = parse_->child(parse_->above(noun), {"nsubj"});
    if (subject == kNoToken || subject >= source.begin || !words_.is_capital(subject)) return {};
    return parse_->phrase_of(subject);
  }

  /// "Ada Lowe AND OTHER GROWERS", "Gantry Corp. AND SOME RIVALS": all who speak; anybody else as given.
  [[nodiscard]] Speaker with_others(Speaker speaker, TokenRange source) const {
    const bool named = speaker.kind == SpeakerKind::kPerson || speaker.kind == SpeakerKind::kOrganization ||
                       speaker.kind == SpeakerKind::kUnknown;
    if (parse_ == nullptr || speaker.name.empty() || !named) return speaker;
    if (const TokenRange others = and_other(source); !others.empty())
      return joined_with(speaker, text_of(words_, others));
    const std::uint32_t head = parse_->head_in(source);
    const std::uint32_t other = words_.is_capital(head) ? parse_->child(head, {"conj"}) : kNoToken;
    if (other >= source.end || !words_.is_lower_word(other) || words_.document().tag(other) != "NNS")
      return speaker;
    const TokenRange others = parse_->phrase_of(other);
    if (!words_.equals(others.begin - 1, "and")) return speaker;
    return joined_with(speaker, text_of(words_, {others.begin, std::min(source.end, others.end)}));
  }

  /// "HE and other growers", "SHE and her aides": the pronoun's person with them; none where nobody fits it.
  [[nodiscard]] std::optional<Speaker> pronoun_and_others(TokenRange source) {
    if (source.size() < 3 || !words_.is_one_of(source.begin, {"he", "she"}) ||
        !words_.equals(source.begin + 1, "and"))
      return std::nullopt;
    const Speaker one = of_words({source.begin, source.begin + 1});
    if (one.person < 0) return std::nullopt;
    TokenRange others{source.begin + 2, source.begin + 3};
    while (others.end < source.end && (!words_.is_mark(others.end) || words_.text(others.end) == "-"))
      ++others.end;
    const Speaker other = of_words(others);
    return joined_with(one, other.person >= 0 ? other.name : text_of(words_, others));
  }

  /// "Lowe, the mayor, and OTHER GROWERS": the phrase behind that "and"; empty when there is none.
  [[nodiscard]] TokenRange and_other(TokenRange source) const {
    for (std::uint32_t t = source.begin + 1; t + 2 < source.end; ++t) {
      if (!words_.equals(t, "and") || !words_.is_one_of(t + 1, {"other", "several", "some"})) continue;
      std::uint32_t end = t + 3;
      while (end < source.end && !words_.is_mark(end)) ++end;
      return {t + 1, end};
    }
    return {};
  }

  [[nodiscard]] static Speaker joined_with(Speaker speaker, const std::string& others) {
    speaker.name += " and " + others;
    speaker.kind = SpeakerKind::kGroup;
    speaker.person = -1;
    speaker.confidence = std::min(speaker.confidence, kSureOfOthers);
    speaker.reason += "; others speak with them";
    return speaker;
  }

  Speaker speaker_told(const Draft& draft, const Draft* previous) {
    const TokenRange source = mention_of(draft);
    if (source.empty() || says_on_in_open_marks(source, previous)) return inherited(draft, previous);
    if (auto before = introduced_before(source)) {
      before->confidence = kUnnamedAgain;
      before->reason = "'" + text_of(words_, source) + "': who was introduced before, without a name";
      return *before;
    }
    return of_mention(source);
  }

  /// A source without a name, and where it was told of.
  struct Introduced {
    Speaker speaker;
    std::uint32_t token = 0;
  };

  /// "A SOURCE close to the board": whom "the source" stands for later.
  void note_unnamed(TokenRange source, const Speaker& speaker) {
    if (parse_ == nullptr || source.empty() || !is_introduced_unnamed(speaker)) return;
    const std::uint32_t head = head_of(words_, parse_, source);
    introduced_[folded(words_.text(head))] = {speaker, source.begin};
  }

  /// Whom "the source", "the former executive" stands for: one introduced a few paragraphs before, or earlier
  /// where nobody named is called so.
  [[nodiscard]] std::optional<Speaker> introduced_before(TokenRange source) const {
    constexpr std::uint32_t kParagraphs = 3;
    if (parse_ == nullptr || !words_.equals(source.begin, "the")) return std::nullopt;
    const std::uint32_t head = head_of(words_, parse_, source);
    // "The source, BEN QUILL," has his name now.
    const std::size_t behind = people_.mentions_before(head + 1);
    const bool is_named = words_.equals(head + 1, ",") && behind < people_.mentions().size() &&
                          people_.mentions()[behind].phrase.begin == head + 2;
    if (!words_.is_lower_word(head) || is_named) return std::nullopt;
    const std::vector<PersonRole>* named = people_.with_role(role_at(words_, head));
    const auto found = introduced_.find(folded(words_.text(head)));
    if (found == introduced_.end())
      return named == nullptr ? brought_in_before(source.begin, head) : std::nullopt;
    const Introduced& before = found->second;
    if (named == nullptr) return before.speaker;
    const bool near =
        words_.sentence(source.begin).paragraph <= words_.sentence(before.token).paragraph + kParagraphs;
    // "A spokesman said ... SPOKESMAN BEN QUILL said ... the spokesman said": Quill.
    const auto next = std::ranges::upper_bound(*named, before.token, {}, &PersonRole::token);
    const bool since = next != named->end() && next->token < source.begin;
    return near && !since ? std::optional(before.speaker) : std::nullopt;
  }

  /// "AN ORGANIZER at the hall led them in. 'Write it down,' the organizer said": who did not speak so far.
  [[nodiscard]] std::optional<Speaker> brought_in_before(std::uint32_t source, std::uint32_t head) const {
    constexpr std::uint32_t kSentences = 2;
    if (!words_.is(head, WordClass::kRoleNoun)) return std::nullopt;
    const std::uint32_t first = words_.first_token_before(words_.sentence_of(source), kSentences);
    for (std::uint32_t at = source; at-- > first;) {
      steps_.count();
      if (words_.text(at) != words_.text(head) || words_.passage_of(at) >= 0) continue;
      const TokenRange phrase = parse_->phrase_of(at);
      if (!words_.is_one_of(phrase.begin, {"a", "an", "another"})) return std::nullopt;
      return Speaker{text_of(words_, phrase), SpeakerKind::kUnnamed, -1, 0, ""};
    }
    return std::nullopt;
  }

  /// "A diver at the pier called it unsafe. 'Nobody looked,' THE INSIDER said": nobody else is called so.
  [[nodiscard]] bool is_unnamed_again(const Draft& draft, const Draft* previous) const {
    const TokenRange source = mention_of(draft);
    if (!is_introduced_unnamed(said_.last) || source.size() < 2) return false;
    const bool alone = source.size() == 2 || words_.equals(source.begin + 2, ",");
    if (!alone || !words_.equals(source.begin, "the") || !words_.is(source.begin + 1, WordClass::kRoleNoun))
      return false;
    return follows(draft, previous);
  }

  /// Who a source without a name is, where the article tells it elsewhere: just before, or in its lead a few
  /// paragraphs later.
  [[nodiscard]] std::optional<Speaker> named_elsewhere(const Draft& draft, const Draft* previous,
                                                       const Speaker& speaker) const {
    const TokenRange source = mention_of(draft);
    const bool unnamed = speaker.kind == SpeakerKind::kUnnamed;
    if (parse_ == nullptr || source.empty() || (!unnamed && !speaker.name.empty())) return std::nullopt;
    if (!unnamed || speaker.confidence < kUnnamedAgain) {
      if (const auto before = spoke_so_called(draft, previous)) return before;
    }
    return Introductions(words_, *parse_, people_, steps_)
        .named_later(source, head_of(words_, parse_, source));
  }

  /// "The Democrat added", "the 55-year-old said", of whom no role was told: who spoke just before, when
  /// nobody else was named since.
  [[nodiscard]] std::optional<Speaker> spoke_so_called(const Draft& draft, const Draft* previous) const {
    const TokenRange source = mention_of(draft);
    if (parse_ == nullptr || said_.last.person < 0 || !is_epithet(source) || !follows(draft, previous) ||
        asks(*previous))
      return std::nullopt;
    const Person& person = people_.person(said_.last.person);
    const Gender told = words_.entry(head_of(words_, parse_, source)).gender;
    if (told != Gender::kUnknown && person.gender != Gender::kUnknown && told != person.gender)
      return std::nullopt;
    const auto& mentions = people_.mentions();
    for (std::size_t i = people_.mentions_before(said_.last_token);
         i < mentions.size() && mentions[i].name.begin < source.begin; ++i) {
      steps_.count();
      if (mentions[i].person != said_.last.person && words_.passage_of(mentions[i].name.begin) < 0 &&
          names_.is_subject(mentions[i]))
        return std::nullopt;
    }
    return Speaker{
        person.full_name, SpeakerKind::kPerson, said_.last.person, kUnnamedAgain,
        "'" + text_of(words_, source) + "': so " + person.full_name + " is called, who spoke just before"};
  }

  /// "THE CANDIDATE", "the Norland Republican", "the 55-year-old surgeon", "the former head of Gantry Corp.",
  /// who is nobody else's anything.
  [[nodiscard]] bool is_epithet(TokenRange source) const {
    if (source.size() < 2 || !words_.equals(source.begin, "the")) return false;
    const std::uint32_t head = head_of(words_, parse_, source);
    bool described = words_.is(head, WordClass::kEpithet);
    for (std::uint32_t t = source.begin; t < head; ++t) {
      if (is_possessive_mark(words_, t) || people_.count_of_surname(folded(words_.text(t))) > 0) return false;
      const bool aged = words_.text(t) == "-" && words_.equals(t + 1, "old");
      described = described || aged || (words_.equals(t, "former") && !words_.is(head, WordClass::kTitle));
    }
    const bool whole = head + 1 == source.end || words_.is_mark(head + 1);
    const bool of_office = words_.equals(head + 1, "of") && words_.equals(source.begin + 1, "former");
    const bool and_more = words_.equals(head + 1, "and") && !words_.is(head + 2, WordClass::kDeterminer) &&
                          !words_.is(head + 2, WordClass::kPossessive);
    return described && (whole || of_office || and_more);
  }

  /// "Lowe ASKED", "tried to PRESS him on it": who answers is another.
  [[nodiscard]] bool asks(const Draft& draft) const {
    static constexpr std::array<std::string_view, 4> kAsk = {"ask", "press", "question", "wonder"};
    return draft.head != kNoToken && !is_told(draft) &&
           std::ranges::find(kAsk, words_.document().lemma(draft.head)) != kAsk.end();
  }

  /// Whether a draft stands in the paragraph of the one before it, whose speaker is known, or at most so many
  /// behind it.
  [[nodiscard]] bool follows(const Draft& draft, const Draft* previous, std::uint32_t paragraphs = 1) const {
    if (previous == nullptr || !last_is_known_) return false;
    const std::uint32_t here = words_.sentence(draft.content.front().begin).paragraph;
    const std::uint32_t there = words_.sentence(previous->content.back().end - 1).paragraph;
    return here <= there + paragraphs;
  }

  /// Whether the marks around the end of a draft were never closed: what follows may go on in them.
  [[nodiscard]] bool ends_in_open_marks(const Draft& draft) const {
    const std::int32_t passage = words_.passage_of(draft.content.back().end - 1);
    return passage >= 0 && !words_.passages()[static_cast<std::size_t>(passage)].closed;
  }

  /// "I feel like ..." in a paragraph without marks, after one whose marks were never closed.
  [[nodiscard]] bool says_on_in_open_marks(TokenRange source, const Draft* previous) const {
    return previous != nullptr && source.size() == 1 && words_.equals(source.begin, "i") &&
           words_.passage_of(source.begin) < 0 && ends_in_open_marks(*previous);
  }

  Speaker inherited(const Draft& draft, const Draft* previous) const {
    constexpr std::uint32_t kParagraphs = 3;  // of one quotation whose marks are not closed
    Speaker speaker;
    const bool on = says_on_in_open_marks(mention_of(draft), previous);
    if ((draft.head != kNoToken && !on) || previous == nullptr || said_.last.name.empty()) {
      speaker.reason = "no source is told";
      return speaker;
    }
    const bool open = ends_in_open_marks(*previous);
    if (!follows(draft, previous, open ? kParagraphs : 1)) {
      speaker.reason = "no source is told nearby";
      return speaker;
    }
    speaker = said_.last;
    speaker.confidence *= open ? kSureOfOpenMarks : kSureOfGoingOn;
    speaker.reason = "goes on after the words of " + said_.last.name;
    return speaker;
  }

  const Words& words_;
  const Syntax* parse_;
  StepCounter& steps_;
  std::string_view author_;
  People people_;
  ArticleOffices offices_;
  BodyNames bodies_;
  NamedPersons names_;
  Roles roles_;
  NounPhrases noun_phrases_;
  SaidBefore said_;
  bool last_is_known_ = false;  ///< who said the statement before; `said_.last` may be from further back
  Pronouns pronouns_;
  std::unordered_map<std::string, Introduced> introduced_;  ///< by the noun, folded
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
