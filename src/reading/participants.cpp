#include "reading/participants.h"

#include <algorithm>
#include <array>

#include "reading/attachment.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kBehindWith = 8;  // tokens between whom "with" names and what he says

constexpr std::uint32_t kReach = 60;  // tokens around the cue; farther phrases belong to something else

constexpr std::uint32_t kSubjectReach = 20;

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

bool overlap(TokenRange a, TokenRange b) { return a.begin < b.end && b.begin < a.end; }

class Participants {
 public:
  Participants(const Words& words, const Syntax& parse) : words_(words), parse_(parse) {}

  void complete(Draft& draft) const {
    if (draft.head == kNoToken) return find_subject_after(draft);
    read_announced_telling(draft);
    find_referent(draft);
    if (find_question(draft)) return;
    if (draft.addressee.empty()) draft.addressee = hearer(draft);
    // "In a letter to the Quay Post LOWE said": for the parser one name.
    if (inside(draft.addressee, draft.referent.begin) && draft.addressee.begin < draft.referent.begin &&
        draft.addressee.end == draft.referent.end)
      draft.addressee.end = draft.referent.begin;
    if (overlap(draft.addressee, draft.source) || overlap(draft.addressee, draft.referent))
      draft.addressee = {};
  }

 private:
  // --- the source
  // --------------------------------------------------------------------------------------------

  void find_referent(Draft& draft) const {
    if (draft.source.empty()) {
      const std::uint32_t verb = verb_of(draft);
      std::uint32_t subject = verb == kNoToken ? kNoToken : parse_.subject_of(verb);
      // Of "issued a STATEMENT saying" who issued it.
      if (subject != kNoToken && in_cue(draft, subject)) {
        const std::uint32_t first = first_verb(draft);
        subject = parse_.subject_of(first == kNoToken ? draft.head : first);
      }
      if (subject != kNoToken && in_cue(draft, subject)) subject = kNoToken;
      if (subject != kNoToken && !in_content(draft, subject)) {
        draft.referent = whole_phrase(subject);
        draft.subject = printed_subject(subject);
      }
      if (subject == kNoToken) draft.referent = name_before(draft);
      return;
    }
    const std::uint32_t relative = relative_pronoun(draft.source);
    if (relative == kNoToken) {
      find_own_subject(draft);
      if (draft.referent.empty()) find_subject_behind_with(draft);
      return;
    }
    // The cue has a subject of its own: "Lowe, who knew the harbor, told ..." is Lowe's.
    const std::uint32_t subject = parse_.child(draft.head, {"nsubj"});
    const bool other = subject != kNoToken && !inside(draft.source, subject) && !in_content(draft, subject);
    std::uint32_t noun = other ? subject : parse_.antecedent_of(relative);
    // "Lowe defended not paying a grower WHO sued, SAYING": the participle is Lowe's.
    const std::uint32_t above = parse_.subject_of(draft.head);
    if (!other && words_.document().tag(draft.head) == "VBG" && parse_.is(draft.head, {"advcl"}) &&
        draft.head != parse_.above(relative) && above != kNoToken && above != relative &&
        is_somebody(words_, above) && !in_content(draft, above))
      noun = above;
    // "Ada Lowe and Bo Quill, who SAY": both of them.
    const bool both = !other && parse_.above(relative) < words_.size() && noun < words_.size() &&
                      words_.document().tag(parse_.above(relative)) == "VBP" &&
                      words_.document().tag(noun) == "NNP";
    while (both && parse_.is(noun, {"conj"})) noun = parse_.above(noun);
    if (noun != kNoToken && !in_content(draft, noun)) draft.referent = whole_phrase(noun);
  }

  /// The words of a subject that can be a source; none of a thing.
  [[nodiscard]] TokenRange printed_subject(std::uint32_t subject) const {
    const bool speaks =
        is_relative(subject) || can_speak(words_, subject) || words_.is(subject, WordClass::kDocumentNoun);
    if (!speaks || !parse_.is(subject, {"nsubj"}) || words_.passage_of(subject) >= 0) return {};
    if (is_relative(subject)) return {subject, subject + 1};
    TokenRange phrase = parse_.phrase_of(subject);
    while (phrase.end > subject + 1 &&
           (words_.is_mark(phrase.end - 1) || words_.equals(phrase.end - 1, "but") ||
            words_.equals(phrase.end - 1, "and")))
      --phrase.end;
    return phrase;
  }

  /// "Lowe rose, DENOUNCING the plan after QUILL spoke", "Lowe mocked QUILL as": the cue's own subject, not
  /// whom it has as its object or who stands in a clause behind it.
  void find_own_subject(Draft& draft) const {
    if (!is_verb(draft.head) || words_.passage_of(draft.head) >= 0) return;
    const std::uint32_t noun = parse_.head_in(draft.source);
    const std::uint32_t subject = parse_.subject_of(draft.head);
    if (subject == kNoToken || in_content(draft, subject) || inside(draft.source, subject)) return;
    if (!is_somebody(words_, subject) || words_.passage_of(subject) >= 0) return;
    const bool floats = draft.source.size() == 1 && words_.is_one_of(noun, {"both", "all", "each"}) &&
                        words_.document().tag(noun).ends_with("DT");  // "growers BOTH praised it and"
    const bool is_object = parse_.is(noun, {"dobj", "dative"}) && parse_.above(noun) == draft.head;
    const bool is_participle = words_.document().tag(draft.head) == "VBG" && parse_.is(draft.head, {"advcl"});
    const std::uint32_t verb = parse_.is(noun, {"nsubj", "nsubjpass"}) ? parse_.above(noun) : kNoToken;
    const bool is_elsewhere = is_participle && noun > draft.head && verb != kNoToken && verb != draft.head &&
                              verb != parse_.above(draft.head);
    if (is_object || is_elsewhere || stands_beside(draft, noun) || (floats && noun > subject))
      draft.referent = whole_phrase(subject);
  }

  /// "Lowe railed against QUILL, promising", "Lowe, like QUILL, has said": whom a preposition before the cue
  /// has for its object says nothing.
  [[nodiscard]] bool stands_beside(const Draft& draft, std::uint32_t noun) const {
    if (noun > draft.head || parse_.is_passive(draft.head) || words_.passage_of(noun) >= 0) return false;
    if (parse_.is(noun, {"amod"})) return draft.source.size() == 1 && words_.document().tag(noun) == "JJ";
    if (!parse_.is(noun, {"pobj"})) return false;
    const std::uint32_t preposition = parse_.above(noun);
    if (preposition == kNoToken ||
        words_.is_one_of(preposition, {"to", "as", "after", "before", "since", "until"}))
      return false;
    // "Relies on QUILL to report", "an account of QUILL telling", "despite QUILL, a grower, now saying".
    const std::string_view tag = words_.document().tag(draft.head);
    const bool tells_of_it = words_.is_one_of(preposition, {"despite", "with", "without", "of"});
    return tag != "VB" && (tag != "VBG" || (draft.source.end != draft.head && !tells_of_it));
  }

  /// "Growers fumed, WITH MAYOR ADA LOWE, a farmer, SAYING": for the parser the growers say it.
  void find_subject_behind_with(Draft& draft) const {
    const std::uint32_t above = parse_.above(draft.head);
    if (words_.document().tag(draft.head) != "VBG" || !parse_.is(draft.head, {"advcl"}) || above == kNoToken)
      return;
    for (const std::uint32_t with : parse_.children(above)) {
      const std::uint32_t noun = words_.equals(with, "with") ? parse_.child(with, {"pobj"}) : kNoToken;
      if (noun == kNoToken || with > draft.head || words_.entity_label(noun) != "PERSON") continue;
      const TokenRange phrase = whole_phrase(noun);
      const bool close = words_.equals(with - 1, ",") && draft.head <= noun + kBehindWith &&
                         noun < draft.head && words_.is_mark(draft.head - 1);
      if (close && !inside(draft.source, noun) && !in_content(draft, noun)) draft.referent = phrase;
    }
  }

  /// "On Friday ADA LOWE said", "in a letter to the Post LOWE said": the parser hangs the name on another
  /// word.
  [[nodiscard]] TokenRange name_before(const Draft& draft) const {
    const std::uint32_t end = draft.head;
    if (end == 0 || !is_verb(end) || in_content(draft, end - 1)) return {};
    if (words_.entity_label(end - 1) != "PERSON") {
      const bool name = words_.is_capital(end - 1) && words_.document().tag(end - 1) == "NNP" &&
                        !words_.text(end - 1).ends_with('.');
      return name && words_.is_reporting(end) ? TokenRange{end - 1, end} : TokenRange{};
    }
    const Entity& name = words_.document().annotations->entities[words_.entity_of(end - 1)];
    return in_content(draft, name.first) ? TokenRange{} : TokenRange{name.first, end};
  }

  /// Marks without a cue: the subject that follows them in their sentence ("...," the niece of Lowe shouted).
  void find_subject_after(Draft& draft) const {
    if (!draft.source.empty() || draft.content.empty()) return;
    const std::uint32_t end = draft.content.back().end;
    const std::uint32_t last = std::min(words_.sentence(end - 1).last, end + kSubjectReach);
    for (std::uint32_t token = end; token < last; ++token) {
      if (!parse_.is(token, {"nsubj"}) || is_relative(token) || in_content(draft, token)) continue;
      draft.referent = parse_.phrase_of(token);
      return;
    }
  }

  /// The phrase of a noun; of a relative pronoun the phrase that it stands for.
  [[nodiscard]] TokenRange whole_phrase(std::uint32_t noun) const {
    if (is_relative(noun)) {
      const std::uint32_t antecedent = parse_.antecedent_of(noun);
      if (antecedent != kNoToken) noun = antecedent;
    }
    return parse_.phrase_of(noun);
  }

  [[nodiscard]] bool is_relative(std::uint32_t token) const {
    const std::string_view tag = words_.document().tag(token);
    return tag == "WP" || tag == "WDT";
  }

  [[nodiscard]] std::uint32_t relative_pronoun(TokenRange source) const {
    if (source.size() > 3) return kNoToken;
    for (std::uint32_t token = source.begin; token < source.end; ++token) {
      if (is_relative(token)) return token;
    }
    return kNoToken;
  }

  /// The cue's verb: its head, else a verb inside it, else the one above its head.
  [[nodiscard]] std::uint32_t verb_of(const Draft& draft) const {
    if (is_verb(draft.head)) return draft.head;
    const std::uint32_t verb = first_verb(draft);
    return verb == kNoToken ? parse_.verb_above(draft.head) : verb;
  }

  /// The first verb of the cue; none when it has none.
  [[nodiscard]] std::uint32_t first_verb(const Draft& draft) const {
    for (const TokenRange cue : draft.cue) {
      for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
        if (is_verb(token)) return token;
      }
    }
    return kNoToken;
  }

  [[nodiscard]] bool is_verb(std::uint32_t token) const {
    return words_.document().annotation(token).part_of_speech == PartOfSpeech::kVerb;
  }

  /// "Lowe WAS ASKED whether ...", "ASKED whether ..., Lowe said", by somebody or in an interview with
  /// somebody: the one who is asked hears, the other one speaks.
  [[nodiscard]] bool find_question(Draft& draft) const {
    static constexpr std::array<std::string_view, 4> kAsk = {"ask", "press", "question", "quiz"};
    if (!is_verb(draft.head) || std::ranges::find(kAsk, words_.document().lemma(draft.head)) == kAsk.end())
      return false;
    const std::uint32_t asked = who_is_asked(draft);
    if (asked == kNoToken || !is_somebody(words_, asked)) return false;
    draft.addressee = whole_phrase(asked);
    // Whom a cue has as its subject is no part of what it reports.
    if (draft.content.size() > 1)
      std::erase_if(draft.content, [&](TokenRange range) { return inside(range, asked); });
    if (inside(draft.source, asked) || overlap(draft.source, draft.addressee)) draft.source = {};
    if (overlap(draft.referent, draft.addressee)) draft.referent = {};
    if (mention_is_empty(draft)) draft.referent = object_of_agent(draft.head);
    if (mention_is_empty(draft)) draft.referent = partner_of_occasion(draft);
    // "told Harbor News when asked whether": it was Harbor News that asked.
    const std::uint32_t above = parse_.above(draft.head);
    if (mention_is_empty(draft) && above != kNoToken && parse_.is(draft.head, {"advcl"}) && is_verb(above))
      draft.referent = hearer_of_verb(draft, above);
    if (overlap(draft.referent, draft.addressee)) draft.referent = {};
    // The answer's words may name a hearer of their own.
    const bool in_answer = !draft.referent.empty() && words_.passage_of(draft.referent.begin) >= 0 &&
                           words_.passage_of(draft.head) < 0;
    if (in_answer) draft.referent = {};
    draft.is_question_to_hearer = true;
    return true;
  }

  /// The subject of a passive "asked"; of a participle the subject of the verb that it stands beside.
  [[nodiscard]] std::uint32_t who_is_asked(const Draft& draft) const {
    const std::uint32_t verb = draft.head;
    const std::uint32_t subject = parse_.child(verb, {"nsubjpass"});
    if (subject != kNoToken) return subject;
    // "Lowe, asked whether ..., said": the parser takes it for the main verb; those follow no single comma.
    if (verb > 2 && words_.equals(verb - 1, ",") && parse_.child(verb, {"nsubj"}) == verb - 2)
      return verb - 2;
    // "Lowe, WHEN asked whether": it takes that for a relative clause.
    const bool when = verb > 0 && words_.equals(verb - 1, "when") && parse_.is(verb, {"relcl"});
    if (when && parse_.child(verb, {"nsubj", "aux"}) == kNoToken) return parse_.above(verb);
    const bool is_participle = words_.document().tag(verb) == "VBN" && parse_.is(verb, {"advcl", "acl"}) &&
                               parse_.child(verb, {"nsubj", "aux", "dobj"}) == kNoToken;
    if (!is_participle) return kNoToken;
    const std::uint32_t above = parse_.above(verb);
    if (above == kNoToken || parse_.is(verb, {"acl"})) return above;
    const std::uint32_t answers = parse_.child(above, {"nsubj", "nsubjpass"});
    return answers != kNoToken && !in_content(draft, answers) ? answers : kNoToken;
  }

  /// Of "asked BY the board" the board.
  [[nodiscard]] TokenRange object_of_agent(std::uint32_t verb) const {
    const std::uint32_t agent = parse_.child(verb, {"agent"});
    const std::uint32_t noun = agent == kNoToken ? kNoToken : parse_.child(agent, {"pobj"});
    return noun != kNoToken && is_somebody(words_, noun) ? parse_.phrase_of(noun) : TokenRange{};
  }

  [[nodiscard]] static bool mention_is_empty(const Draft& draft) {
    return draft.source.empty() && draft.referent.empty();
  }

  // --- announced
  // ----------------------------------------------------------------------------------------------

  /// "Lowe is expected TO TELL the council that the pier must close": the hearer is no part of the words.
  void read_announced_telling(Draft& draft) const {
    for (TokenRange& range : draft.content) {
      const std::uint32_t verb = range.begin + 1;
      const bool tells = words_.equals(range.begin, "to") && inside(range, verb) &&
                         words_.is_reporting(verb) && words_.verb(verb).takes(Frame::kPerson) &&
                         parse_.is(verb, {"xcomp"}) && parse_.above(verb) == draft.head;
      if (!tells) continue;
      const std::uint32_t told = parse_.child(verb, {"dobj"});
      const std::uint32_t clause = parse_.child(verb, {"ccomp"});
      const std::uint32_t subject = parse_.child(draft.head, {"nsubj", "nsubjpass"});
      if (told == kNoToken || clause == kNoToken || !inside(range, told) || !inside(range, clause)) return;
      const TokenRange said = parse_.clause_of(clause);
      draft.content = {{std::max(said.begin, told + 1), range.end}};
      draft.cue.push_back({range.begin, verb + 1});
      draft.addressee = parse_.phrase_of(told);
      draft.head = verb;
      if (draft.source.empty() && subject != kNoToken) draft.source = parse_.phrase_of(subject);
      return;
    }
  }

  // --- to whom
  // -----------------------------------------------------------------------------------------------

  [[nodiscard]] TokenRange hearer(const Draft& draft) const {
    for (const TokenRange range : draft.cue) {
      for (std::uint32_t token = range.begin; token < range.end; ++token) {
        if (!is_verb(token)) continue;
        const TokenRange object = hearer_of_verb(draft, token);
        if (!object.empty()) return object;
      }
    }
    const TokenRange behind = hearer_behind_marks(draft);
    if (!behind.empty()) return behind;
    const TokenRange partner = partner_of_occasion(draft);
    if (!partner.empty()) return partner;
    const TokenRange asked_by = asker(draft);
    return asked_by.empty() ? hearer_of_verb_above(draft) : asked_by;
  }

  /// "told the board ..., ADDING that": who hears the verb from which the cue goes on.
  [[nodiscard]] TokenRange hearer_of_verb_above(const Draft& draft) const {
    const std::uint32_t above = parse_.above(draft.head);
    if (above == kNoToken) return {};
    // Boasted to reporters AND SAID; whom one urges does not hear the rest.
    const bool heard = words_.document().lemma(above) == "tell" ||
                       (words_.is_reporting(above) && !words_.verb(above).takes(Frame::kPerson) &&
                        words_.document().lemma(above) != "call");
    const bool beside = parse_.is(draft.head, {"conj"}) && heard;
    const bool goes_on = (beside || parse_.is(draft.head, {"advcl"})) &&
                         parse_.child(draft.head, {"nsubj", "nsubjpass"}) == kNoToken;
    return goes_on && is_verb(above) && !in_content(draft, above) ? hearer_of_verb(draft, above)
                                                                  : TokenRange{};
  }

  [[nodiscard]] TokenRange hearer_of_verb(const Draft& draft, std::uint32_t verb) const {
    const bool takes_person = words_.is_reporting(verb) && words_.verb(verb).takes(Frame::kPerson);
    for (const std::uint32_t child : parse_.children(verb)) {
      if (parse_.is(child, {"dobj", "dative"}) && (takes_person || tells_somebody(draft, verb, child))) {
        const std::uint32_t noun = words_.equals(child, "to") ? parse_.child(child, {"pobj"}) : child;
        const std::uint32_t present = members_of(noun);
        if (present != kNoToken && can_be_told(draft, present)) return parse_.phrase_of(present);
        if (can_be_told(draft, noun) || is_told(draft, verb, noun) || is_urged(draft, verb, noun))
          return with_programme(draft, parse_.phrase_of(noun));
      }
      // The clause after URGE, ASK ... may have its subject instead: urged THEM to leave.
      if (takes_person && parse_.is(child, {"ccomp", "xcomp"}) && words_.document().tag(child) == "VB") {
        const std::uint32_t subject = parse_.child(child, {"nsubj"});
        const std::uint32_t to = parse_.child(child, {"aux"});
        if (to != kNoToken && words_.equals(to, "to") && can_be_told(draft, subject))
          return parse_.phrase_of(subject);
      }
      const bool calls_on = words_.equals(child, "on") && words_.document().lemma(verb) == "call";
      if ((calls_on || words_.equals(child, "to")) && parse_.is(child, {"prep", "dative"})) {
        const std::uint32_t noun = parse_.child(child, {"pobj"});
        if (calls_on && can_be_told(draft, noun)) return parse_.phrase_of(noun);
        if (can_hear(draft, noun)) return parse_.phrase_of(noun);
      }
      // "Made the case TO growers that", "sent a letter TO the board".
      if (parse_.is(child, {"dobj"}) && in_cue(draft, child)) {
        for (const std::uint32_t to : parse_.children(child)) {
          const std::uint32_t noun = words_.equals(to, "to") ? parse_.child(to, {"pobj"}) : kNoToken;
          if (can_hear(draft, noun)) return parse_.phrase_of(noun);
        }
      }
    }
    return {};
  }

  /// "Promised VOTERS that taxes would fall", "sent LOWE a letter": a person beside what is told.
  [[nodiscard]] bool tells_somebody(const Draft& draft, std::uint32_t verb, std::uint32_t object) const {
    if (!is_somebody(words_, object) || in_content(draft, object)) return false;
    static constexpr std::array<std::string_view, 4> kWrite = {"send", "write", "email", "text"};
    if (parse_.is(object, {"dative"}))
      return std::ranges::find(kWrite, words_.document().lemma(verb)) != kWrite.end();
    return words_.is_reporting(verb) && words_.verb(verb).takes(Frame::kThat) &&
           parse_.child(verb, {"ccomp"}) != kNoToken && object > verb;
  }

  [[nodiscard]] static bool in_cue(const Draft& draft, std::uint32_t token) {
    return std::ranges::any_of(draft.cue, [&](TokenRange range) { return inside(range, token); });
  }

  /// Of "said “we are ready” TO reporters" the reporters; the parser hangs them on a word in the marks.
  [[nodiscard]] TokenRange hearer_behind_marks(const Draft& draft) const {
    const std::uint32_t to = draft.content.back().end;
    if (to >= words_.size() || !words_.equals(to, "to") || words_.passage_of(to - 1) < 0) return {};
    const std::uint32_t noun = parse_.child(to, {"pobj"});
    return can_hear(draft, noun) ? parse_.phrase_of(noun) : TokenRange{};
  }

  /// Of "a MEETING of growers" the growers.
  [[nodiscard]] std::uint32_t members_of(std::uint32_t noun) const {
    if (noun == kNoToken || !words_.is(noun, WordClass::kVenueNoun)) return kNoToken;
    const std::uint32_t of = parse_.child(noun, {"prep"});
    return of != kNoToken && words_.equals(of, "of") ? parse_.child(of, {"pobj"}) : kNoToken;
  }

  /// A hearer, who may begin the content: URGED the council to leave. A question's subject hears nothing:
  /// ASKED how the council could.
  [[nodiscard]] bool can_be_told(const Draft& draft, std::uint32_t noun) const {
    if (noun == kNoToken || !is_somebody(words_, noun) || inside(draft.source, noun) ||
        words_.passage_of(noun) >= 0)
      return false;
    return !in_content(draft, noun) || !words_.is(draft.content.front().begin, WordClass::kWh);
  }

  /// Whom TELL has as its object hears, whatever the noun: told INSPECTORS that; not "told the story".
  [[nodiscard]] bool is_told(const Draft& draft, std::uint32_t verb, std::uint32_t noun) const {
    const bool that = words_.is_reporting(verb) && words_.verb(verb).takes(Frame::kPerson) &&
                      words_.verb(verb).takes(Frame::kThat) && parse_.child(verb, {"ccomp"}) != kNoToken;
    if (noun == kNoToken || noun < verb || !(that || words_.document().lemma(verb) == "tell")) return false;
    const std::string_view tag = words_.document().tag(noun);
    const bool people = tag == "NNS" || tag == "NNP" || tag == "NNPS" ||
                        is_gathering(words_, {noun, noun + 1}) || is_outlet_noun(words_, noun);
    return people && !in_content(draft, noun) && words_.passage_of(noun) < 0 &&
           (!words_.is(noun, WordClass::kTime) || parse_.child(noun, {"poss"}) != kNoToken);
  }

  /// "URGED states to act": who is to act hears it.
  [[nodiscard]] bool is_urged(const Draft& draft, std::uint32_t verb, std::uint32_t noun) const {
    const std::uint32_t act = parse_.child(verb, {"xcomp", "ccomp"});
    const std::uint32_t to = act == kNoToken ? kNoToken : parse_.child(act, {"aux"});
    const std::string_view tag = noun == kNoToken ? std::string_view{} : words_.document().tag(noun);
    return words_.is_reporting(verb) && words_.verb(verb).takes(Frame::kPerson) && to != kNoToken &&
           words_.equals(to, "to") && verb < noun && noun < to && (tag == "NNS" || tag.starts_with("NNP")) &&
           words_.passage_of(noun) < 0 && !inside(draft.source, noun);
  }

  /// "Told Harbor News' FACE THE QUAY on Sunday": the parser breaks the title off, or takes the day to it.
  [[nodiscard]] TokenRange with_programme(const Draft& draft, TokenRange hearer) const {
    std::uint32_t owner = hearer.begin + 1;
    while (owner <= hearer.end && !is_possessive_mark(words_, owner)) ++owner;
    if (owner > hearer.end || !words_.is(owner - 1, WordClass::kOutletWord)) return hearer;
    std::uint32_t end = owner + 1;
    while (end < words_.size() && !in_content(draft, end) &&
           (words_.is_capital(end) ||
            (words_.is_lower_word(end) && words_.is_capital(end + 1) && end > owner + 1)) &&
           !(words_.equals(end, "on") && words_.is(end + 1, WordClass::kTime)) &&
           !(words_.text(end).ends_with("day") && end > owner + 1))  // of the week
      ++end;
    const TokenRange named{hearer.begin, end};
    return is_programme(words_, named) ? named : hearer;
  }

  [[nodiscard]] bool can_hear(const Draft& draft, std::uint32_t noun) const {
    return noun != kNoToken && is_somebody(words_, noun) && !in_content(draft, noun) &&
           !inside(draft.source, noun);
  }

  /// "in an interview with X", "in a letter to X", "in a X interview" in the cue's sentence.
  [[nodiscard]] TokenRange partner_of_occasion(const Draft& draft) const {
    const Sentence& sentence = words_.sentence(draft.head);
    const std::uint32_t low = std::max(sentence.first, draft.head > kReach ? draft.head - kReach : 0);
    for (std::uint32_t token = low; token < std::min(sentence.last, draft.head + kReach); ++token) {
      if (in_content(draft, token) || inside(draft.source, token)) continue;
      const bool talks = words_.is(token, WordClass::kVenueNoun) || words_.equals(token, "speaking") ||
                         words_.equals(token, "talking");
      if (!talks || is_over(token)) continue;
      if (attachment_of(words_, parse_, draft, {token, token + 1}) == Attachment::kOther) continue;
      const bool interview = words_.equals(token, "interview");
      // "In a Bloomberg interview Lowe said": the parser takes all of it for one name.
      if (interview && token > low && words_.is_capital(token - 1) && is_news_outlet(words_, token - 1) &&
          !inside(draft.source, token - 1))
        return name_that_ends(token);
      // "On a visit TO Norland": a place.
      const bool goes = words_.equals(token, "visit") || words_.equals(token, "trip");
      for (const std::uint32_t child : parse_.children(token)) {
        const bool joins = words_.equals(child, "with") || (words_.equals(child, "to") && !goes) ||
                           words_.equals(child, "before");
        // The parser takes "to press" for a verb.
        if (words_.text(child) == "press" && words_.equals(child - 1, "to")) return {child, child + 1};
        // "In a statement PROVIDED TO the Herald".
        if (parse_.is(child, {"acl"}) && is_given(child)) {
          for (const std::uint32_t to : parse_.children(child)) {
            const std::uint32_t noun = words_.equals(to, "to") ? parse_.child(to, {"pobj"}) : kNoToken;
            if (can_hear(draft, noun)) return parse_.phrase_of(noun);
          }
        }
        // "In an interview on Harbor News": with it, where nobody else is named.
        const bool on_air = interview && words_.equals(child, "on");
        const std::uint32_t aired = on_air ? last_object(child) : kNoToken;
        if (aired != kNoToken && is_news_outlet(words_, aired) && can_hear(draft, aired))
          return parse_.phrase_of(aired);
        const std::uint32_t noun = joins ? last_object(child)
                                   : interview && parse_.is(child, {"compound"}) && is_outlet(child)
                                       ? child
                                       : kNoToken;
        // "In an interview BEFORE the vote" nobody is named.
        const bool letter = words_.is_one_of(token, {"letter", "letters", "email", "memo", "note"});
        const bool any =
            (joins && interview && !words_.equals(child, "before")) || (letter && words_.equals(child, "to"));
        if (noun != kNoToken && (can_hear(draft, noun) || any)) return parse_.phrase_of(noun);
      }
    }
    return {};
  }

  /// AFTER a meeting with growers, EMERGING FROM one: whom one met there does not hear what is said then.
  [[nodiscard]] bool is_over(std::uint32_t occasion) const {
    static constexpr std::array<std::string_view, 7> kBeside = {"after", "from",  "following", "before",
                                                                "since", "until", "of"};
    const std::uint32_t above = parse_.above(occasion);
    return above != kNoToken && parse_.is(occasion, {"pobj", "pcomp"}) && words_.is_one_of(above, kBeside);
  }

  /// The capitalised words before a token.
  [[nodiscard]] TokenRange name_that_ends(std::uint32_t end) const {
    std::uint32_t begin = end - 1;
    while (begin > words_.sentence(end).first + 1 && words_.is_capital(begin - 1)) --begin;
    return {begin, end};
  }

  [[nodiscard]] bool is_given(std::uint32_t verb) const {
    static constexpr std::array<std::string_view, 7> kGive = {"provide", "send",    "email",  "give",
                                                              "issue",   "release", "address"};
    return std::ranges::find(kGive, words_.document().lemma(verb)) != kGive.end();
  }

  /// Of "with Harbor News's Robin Quill" the person.
  [[nodiscard]] std::uint32_t last_object(std::uint32_t preposition) const {
    std::uint32_t object = kNoToken;
    for (const std::uint32_t child : parse_.children(preposition)) {
      if (parse_.is(child, {"pobj"})) object = child;
    }
    return object;
  }

  [[nodiscard]] bool is_outlet(std::uint32_t noun) const {
    return words_.entity_label(noun) == "ORG" ||
           (words_.is_capital(noun) && words_.is(noun, WordClass::kOutletWord));
  }

  /// "Asked by X whether ..., she said".
  [[nodiscard]] TokenRange asker(const Draft& draft) const {
    for (const std::uint32_t child : parse_.children(draft.head)) {
      if (!parse_.is(child, {"advcl"}) || words_.document().lemma(child) != "ask") continue;
      const std::uint32_t agent = parse_.child(child, {"agent"});
      const std::uint32_t noun = agent == kNoToken ? kNoToken : parse_.child(agent, {"pobj"});
      if (!can_hear(draft, noun)) continue;
      TokenRange phrase = parse_.phrase_of(noun);
      for (std::uint32_t t = noun + 1; t < phrase.end; ++t) {  // "by a reporter ABOUT the bridge"
        if (words_.equals(t, "about") || words_.equals(t, "whether")) phrase.end = t;
      }
      return phrase;
    }
    return {};
  }

  const Words& words_;
  const Syntax& parse_;
};

}  // namespace

void complete_participants(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  const Participants participants(words, parse);
  for (Draft& draft : drafts) participants.complete(draft);
}

}  // namespace onrecord
