#include "reading/authority.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kReach = 60;   // tokens around the cue; farther phrases belong to something else
constexpr int kClimb = 16;             // steps up the parse
constexpr std::uint32_t kCloseTo = 3;  // "first reported by": words between a verb and what tells of it

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

class Chains {
 public:
  Chains(const Words& words, const Syntax& parse) : words_(words), parse_(parse) {}

  void trace(std::vector<Draft>& drafts) const {
    std::unordered_set<std::uint32_t> heads;
    for (const Draft& draft : drafts) heads.insert(draft.head);
    std::erase_if(drafts, [&](const Draft& draft) {
      return only_names_sources(draft) || holds_anothers_subject(draft, heads);
    });
    for (Draft& draft : drafts) {
      if (draft.head == kNoToken) continue;
      widen_to_report(draft, drafts);
      if (read_set_off(draft) || read_told_beside(draft, drafts) || read_quoted_as_saying(draft) ||
          read_report_citing(draft) || read_said_according_to(draft, drafts))
        continue;
      if (draft.authority.empty()) draft.authority = beside(draft);
    }
    for (Draft& draft : drafts) {
      for (TokenRange& link : draft.authority) {
        if (link.size() > 1 && is_possessive_mark(words_, link.end - 1)) --link.end;
      }
    }
  }

 private:
  [[nodiscard]] bool is_verb(std::uint32_t token) const {
    return words_.document().annotation(token).part_of_speech == PartOfSpeech::kVerb;
  }
  [[nodiscard]] std::string_view lemma(std::uint32_t token) const { return words_.document().lemma(token); }
  [[nodiscard]] bool cites(std::uint32_t verb) const {
    return (lemma(verb) == "cite" || lemma(verb) == "quote") && is_verb(verb);
  }
  [[nodiscard]] bool is_document(std::uint32_t noun) const {
    if (words_.is(noun, WordClass::kDocumentNoun) || words_.is(noun, WordClass::kVenueNoun)) return true;
    if (words_.document().tag(noun) != "NNS") return false;
    const LexiconEntry& one = words_.lexicon().find(lemma(noun));
    return one.is(WordClass::kDocumentNoun) || one.is(WordClass::kVenueNoun);
  }
  /// The tokens of the cue's sentence in which something may be told of it.
  [[nodiscard]] TokenRange around(const Draft& draft) const {
    const Sentence& sentence = words_.sentence(draft.head);
    return {std::max(sentence.first, draft.head > kReach ? draft.head - kReach : 0),
            std::min(sentence.last, draft.head + kReach)};
  }

  // --- another's words, passed on -----------------------------------------------------------------------

  /// "The Herald QUOTED Lowe as saying ...", "Lowe WAS QUOTED by the Herald as saying ...".
  [[nodiscard]] bool read_quoted_as_saying(Draft& draft) const {
    std::uint32_t verb = draft.head;
    // The cue may be "saying" alone.
    const std::uint32_t as = parse_.is(verb, {"pcomp"}) ? parse_.above(verb) : kNoToken;
    if (as != kNoToken && words_.equals(as, "as") && parse_.above(as) != kNoToken) verb = parse_.above(as);
    const std::uint32_t saying = cites(verb) ? saying_of(verb) : kNoToken;
    if (saying == kNoToken) return false;
    const bool passive = parse_.is_passive(verb);
    const std::uint32_t speaks = parse_.child(verb, {passive ? "nsubjpass" : "dobj"});
    std::vector<TokenRange> said = draft.content;
    for (TokenRange& range : said) range.begin = std::max(range.begin, saying + 1);
    std::erase_if(said, [](TokenRange range) { return range.empty(); });
    if (speaks == kNoToken || !can_speak(words_, speaks) || said.empty()) return false;
    draft.content = std::move(said);
    const std::uint32_t carrier = passive ? carrier_of_passive(verb) : parse_.child(verb, {"nsubj"});
    draft.source = parse_.phrase_of(speaks);
    draft.referent = {};
    if (carrier != kNoToken) draft.authority = {parse_.phrase_of(carrier)};
    return true;
  }

  // --- "Lowe, according to notes of the meeting, said"
  // -------------------------------------------------------

  /// The subject of a reporting verb, behind which "according to" is set off by commas; none otherwise.
  [[nodiscard]] std::uint32_t subject_before(std::uint32_t verb, std::uint32_t according) const {
    if (verb == kNoToken || !is_verb(verb) || !words_.is_reporting(verb)) return kNoToken;
    const std::uint32_t subject = parse_.child(verb, {"nsubj"});
    const bool between = subject != kNoToken && subject < according && according < verb;
    return between && words_.equals(according - 1, ",") && is_somebody(words_, subject) ? subject : kNoToken;
  }

  /// "Said LOWE, according to notes".
  [[nodiscard]] std::uint32_t subject_behind(std::uint32_t verb, std::uint32_t according) const {
    if (verb == kNoToken || !is_verb(verb) || !words_.is_reporting(verb)) return kNoToken;
    const std::uint32_t subject = subject_beside(verb);
    const bool between = subject != kNoToken && verb < subject && subject < according;
    return between && is_somebody(words_, subject) ? subject : kNoToken;
  }

  /// The tagger takes the notes for who said it.
  [[nodiscard]] bool read_set_off(Draft& draft) const {
    if (draft.source.begin < 2 || !words_.equals(draft.source.begin - 2, "according")) return false;
    std::uint32_t subject = subject_before(draft.head, draft.source.begin - 2);
    if (subject == kNoToken) subject = subject_behind(draft.head, draft.source.begin - 2);
    if (subject == kNoToken || in_content(draft, subject)) return false;
    if (words_.equals(draft.source.end - 1, ",")) --draft.source.end;
    draft.authority = chain_of(draft.source);
    draft.source = parse_.phrase_of(subject);
    draft.referent = {};
    return true;
  }

  /// And the subject for what the notes tell. `heads`: of all drafts.
  [[nodiscard]] bool holds_anothers_subject(const Draft& draft,
                                            const std::unordered_set<std::uint32_t>& heads) const {
    if (draft.head == kNoToken || !words_.equals(draft.head, "according") || draft.content.size() != 1)
      return false;
    const TokenRange content = draft.content.front();
    const std::uint32_t verb = parse_.above(parse_.head_in(content));
    const std::uint32_t subject = heads.contains(verb) ? subject_before(verb, draft.head) : kNoToken;
    return subject != kNoToken && inside(content, subject) &&
           content.size() <= parse_.phrase_of(subject).size();
  }

  /// "Lowe told her, the complaint SAYS": where the tagger took the complaint for the source.
  [[nodiscard]] bool read_told_beside(Draft& draft, const std::vector<Draft>& drafts) const {
    if (!is_verb(draft.head) || draft.source.empty()) return false;
    const std::uint32_t verb = parse_.child(draft.head, {"ccomp", "parataxis"});
    if (verb == kNoToken || verb > draft.head || !is_verb(verb) || !words_.is_reporting(verb) ||
        in_content(draft, verb) || words_.verb(verb).mode == QuotationMode::kThought)
      return false;
    const std::uint32_t subject = parse_.child(verb, {"nsubj"});
    const std::uint32_t said = parse_.child(verb, {"ccomp"});
    if (is_head_of_one(verb, drafts) || subject == kNoToken || !can_speak(words_, subject) ||
        said == kNoToken || !in_content(draft, said) || in_content(draft, subject) ||
        inside(draft.source, subject))
      return false;
    draft.authority = chain_of(draft.source);
    hand_to(verb, subject, draft);
    return true;
  }

  [[nodiscard]] static bool is_head_of_one(std::uint32_t verb, const std::vector<Draft>& drafts) {
    return std::ranges::any_of(drafts, [&](const Draft& other) { return other.head == verb; });
  }

  /// Gives a draft to another verb and its subject; whom that one tells hears it.
  void hand_to(std::uint32_t verb, std::uint32_t subject, Draft& draft) const {
    draft.source = parse_.phrase_of(subject);
    draft.referent = {};
    draft.cue = {{verb, verb + 1}};
    draft.head = verb;
    draft.mode = words_.verb(verb).mode;
    draft.addressee = {};
    const std::uint32_t told = parse_.child(verb, {"dobj"});
    if (words_.verb(verb).takes(Frame::kPerson) && told != kNoToken && is_somebody(words_, told))
      draft.addressee = parse_.phrase_of(told);
  }

  /// A source, and before it who has it: "a transcript obtained by the Herald".
  [[nodiscard]] std::vector<TokenRange> chain_of(TokenRange source) const {
    const std::uint32_t noun = parse_.head_in(source);
    const std::uint32_t holds = holder_of(noun);
    if (holds == kNoToken) return {source};
    return {parse_.phrase_of(holds), parse_.phrase_of(noun)};
  }

  /// Of "quoted as SAYING" the participle.
  [[nodiscard]] std::uint32_t saying_of(std::uint32_t verb) const {
    for (const std::uint32_t as : parse_.children(verb)) {
      const std::uint32_t saying = words_.equals(as, "as") ? parse_.child(as, {"pcomp"}) : kNoToken;
      if (saying != kNoToken && words_.is_reporting(saying)) return saying;
    }
    return kNoToken;
  }

  /// Of "was quoted BY the Herald", "was quoted IN the Herald" the Herald.
  [[nodiscard]] std::uint32_t carrier_of_passive(std::uint32_t verb) const {
    const std::uint32_t agent = parse_.agent_of(verb);
    if (agent != kNoToken) return agent;
    for (const std::uint32_t in : parse_.children(verb)) {
      const std::uint32_t noun = words_.equals(in, "in") ? parse_.child(in, {"pobj"}) : kNoToken;
      if (noun != kNoToken && (is_news_outlet(words_, noun) || is_document(noun))) return noun;
    }
    return kNoToken;
  }

  /// Whether all that a draft has is whom or what an outlet cites: (the Herald reported ...,) CITING two
  /// officials; or who was quoted: LOWE WAS QUOTED (as saying).
  [[nodiscard]] bool only_names_sources(const Draft& draft) const {
    if (draft.head == kNoToken || !cites(draft.head) || draft.content.size() != 1) return false;
    const std::uint32_t noun = parse_.child(draft.head, {"dobj", "nsubjpass"});
    if (noun == kNoToken || !inside(draft.content.front(), noun)) return false;
    const std::uint32_t saying = saying_of(draft.head);
    if (saying != kNoToken) return draft.content.front().end <= saying;
    // A person who cites a release tells of it; an outlet tells whom it has its report from.
    const std::uint32_t who = draft.source.empty() ? kNoToken : parse_.head_in(draft.source);
    const bool outlet = who != kNoToken && is_news_outlet(words_, who);
    return (can_be_cited(noun) || (outlet && words_.is(noun, WordClass::kDocumentNoun))) &&
           parse_.clause_of(noun).end >= draft.content.front().end;
  }

  [[nodiscard]] bool can_be_cited(std::uint32_t noun) const {
    return is_somebody(words_, noun) && !words_.is(noun, WordClass::kDocumentNoun);
  }

  /// "The Herald reported, CITING two officials, that": their words, on the word of the Herald.
  [[nodiscard]] bool read_report_citing(Draft& draft) const {
    if (cites(draft.head)) return take_over_report(draft);
    // A person who speaks and cites others speaks for himself; who writes may be a reporter.
    const std::uint32_t who = draft.source.empty() ? kNoToken : parse_.head_in(draft.source);
    const bool person =
        who != kNoToken && (words_.entity_label(who) == "PERSON" || words_.document().tag(who) == "PRP");
    if (who == kNoToken || (person && lemma(draft.head) != "write" && lemma(draft.head) != "report"))
      return false;
    const TokenRange range = around(draft);
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (!cites(token) || in_content(draft, token)) continue;
      // "CITING two officials, the Herald reported".
      if (token < draft.source.begin && parse_.above(token) != draft.head) continue;
      if (words_.passage_of(token) >= 0 || !parse_.is(token, {"relcl", "advcl", "acl"})) continue;
      const std::uint32_t noun = parse_.child(token, {"dobj"});
      if (noun == kNoToken || !can_be_cited(noun) || in_content(draft, noun)) continue;
      draft.authority = {before_clause(draft.source, token)};
      draft.source = parse_.phrase_of(noun);
      draft.referent = {};
      return true;
    }
    return false;
  }

  /// Of "the Herald, which cited two officials" the Herald.
  [[nodiscard]] TokenRange before_clause(TokenRange source, std::uint32_t verb) const {
    if (inside(source, verb)) source.end = std::max(source.begin + 1, parse_.clause_of(verb).begin);
    while (source.size() > 1 &&
           (words_.is_mark(source.end - 1) || words_.document().tag(source.end - 1).starts_with("W")))
      --source.end;
    return source;
  }

  /// The tagger gave the clause to "citing" and took whom it cites for words: the report is the verb above.
  [[nodiscard]] bool take_over_report(Draft& draft) const {
    const std::uint32_t noun = parse_.child(draft.head, {"dobj"});
    std::uint32_t verb = parse_.above(draft.head);
    if (noun == kNoToken || verb == kNoToken || !in_content(draft, noun) || !can_be_cited(noun)) return false;
    // The parser hangs "citing" on the report, or on the verb that is reported, and that one on either.
    std::uint32_t clause = parse_.child(verb, {"ccomp"});
    if (clause == kNoToken) clause = parse_.child(draft.head, {"ccomp"});
    if (parse_.is(verb, {"ccomp"}) && in_content(draft, verb)) {
      clause = verb;
      verb = parse_.above(verb);
    }
    const std::uint32_t outlet = parse_.child(verb, {"nsubj"});
    if (!words_.is_reporting(verb) || outlet == kNoToken || clause == kNoToken || !in_content(draft, clause))
      return false;
    TokenRange said = parse_.clause_of(clause);
    if (said.begin <= noun) said.begin = parse_.clause_of(noun).end;
    while (!said.empty() && words_.is_mark(said.begin) && words_.passage_of(said.begin) < 0) ++said.begin;
    if (!inside(said, clause)) return false;
    draft.content = {said};
    draft.cue = {{verb, verb + 1}};
    draft.head = verb;
    draft.mode = words_.verb(verb).mode;
    draft.source = parse_.phrase_of(noun);
    draft.referent = {};
    draft.authority = {parse_.phrase_of(outlet)};
    return true;
  }

  /// "The protocol calls for a search, SOURCES SAID": where the tagger took the inner statement alone, the
  /// whole clause is what they said; the inner one is found inside it again.
  void widen_to_report(Draft& draft, const std::vector<Draft>& drafts) const {
    const std::uint32_t reports = reporter_above(draft);
    if (reports == kNoToken || holds_marks(draft)) return;
    const std::uint32_t verb = parse_.above(draft.head);
    const bool taken = std::ranges::any_of(drafts, [&](const Draft& other) {
      return other.head == verb || in_content(other, verb) ||
             (&other != &draft && overlaps(other, draft.head));
    });
    const TokenRange clause = parse_.clause_of(draft.head);
    if (taken || inside(clause, verb) || inside(clause, reports)) return;
    draft.content = {clause};
    draft.cue = {{verb, verb + 1}};
    draft.head = verb;
    draft.mode = lemma(verb) == "learn" ? QuotationMode::kSpeech : words_.verb(verb).mode;
    draft.source = parse_.phrase_of(reports);
    draft.referent = {};
    draft.addressee = {};
    draft.reason = "cue '" + std::string(words_.text(verb)) + "' beside the clause";
  }

  [[nodiscard]] bool holds_marks(const Draft& draft) const {
    return std::ranges::any_of(draft.content, [&](TokenRange range) {
      for (std::uint32_t token = range.begin; token < range.end; ++token) {
        if (words_.passage_of(token) >= 0) return true;
      }
      return false;
    });
  }

  [[nodiscard]] bool overlaps(const Draft& draft, std::uint32_t head) const {
    const TokenRange clause = parse_.clause_of(head);
    return std::ranges::any_of(draft.content, [&](TokenRange range) {
      return range.begin < clause.end && clause.begin < range.end;
    });
  }

  /// "Lowe told the council that ..., ACCORDING TO a transcript": where the tagger took the transcript for
  /// the source. "Harbor News reported that ..., ACCORDING TO Lowe": where it took the outlet.
  [[nodiscard]] bool read_said_according_to(Draft& draft, const std::vector<Draft>& drafts) const {
    const bool according = words_.equals(draft.head, "according");
    const std::uint32_t verb = according ? parse_.above(draft.head) : draft.head;
    if (verb == kNoToken || !words_.is_reporting(verb) || !is_verb(verb) || in_content(draft, verb) ||
        words_.verb(verb).mode == QuotationMode::kThought)
      return false;
    if (!according) return pass_on_to_outlet(draft);
    const std::uint32_t subject = subject_beside(verb);
    const std::uint32_t clause = parse_.child(verb, {"ccomp"});
    const bool taken = is_head_of_one(verb, drafts);
    const bool reported = clause == kNoToken ? is_in_marks(draft) : in_content(draft, clause);
    if (taken || subject == kNoToken || !reported || in_content(draft, subject) ||
        !is_somebody(words_, subject) || draft.source.empty())
      return false;
    draft.authority = chain_of(draft.source);
    hand_to(verb, subject, draft);
    return true;
  }

  /// The subject of a verb; where the parser has none, the last word of a name right beside it.
  [[nodiscard]] std::uint32_t subject_beside(std::uint32_t verb) const {
    const std::uint32_t subject = parse_.child(verb, {"nsubj"});
    if (subject != kNoToken) return subject;
    const Sentence& sentence = words_.sentence(verb);
    if (verb > sentence.first && words_.entity_label(verb - 1) == "PERSON") return verb - 1;
    if (verb + 1 >= sentence.last || words_.entity_label(verb + 1) != "PERSON") return kNoToken;
    const std::int32_t entity = words_.entity_of(verb + 1);
    return words_.document().annotations->entities[static_cast<std::size_t>(entity)].last - 1;
  }

  [[nodiscard]] bool is_in_marks(const Draft& draft) const {
    return std::ranges::all_of(draft.content, [&](TokenRange range) {
      return words_.passage_of(range.begin) >= 0 && words_.passage_of(range.end - 1) >= 0;
    });
  }

  [[nodiscard]] bool pass_on_to_outlet(Draft& draft) const {
    if (draft.source.empty() || !is_news_outlet(words_, parse_.head_in(draft.source))) return false;
    const TokenRange range = around(draft);
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (in_content(draft, token) || words_.passage_of(token) >= 0) continue;
      const std::vector<TokenRange> chain = according_to(draft, token);
      if (chain.size() != 1) continue;
      const std::uint32_t noun = parse_.head_in(chain.front());
      if (!is_somebody(words_, noun) || is_news_outlet(words_, noun)) return false;
      draft.authority = {draft.source};
      draft.source = chain.front();
      draft.referent = {};
      return true;
    }
    return false;
  }

  // --- told beside the cue ------------------------------------------------------------------------------

  [[nodiscard]] std::vector<TokenRange> beside(const Draft& draft) const {
    const TokenRange spokesman = spoken_through(draft);
    if (!spokesman.empty()) return {spokesman};
    std::uint32_t reports = reporter_above(draft);
    if (reports == kNoToken) reports = reporter_set_in(draft);
    if (reports != kNoToken) return {parse_.phrase_of(reports)};
    const TokenRange range = around(draft);
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (in_content(draft, token) || words_.passage_of(token) >= 0) continue;
      std::vector<TokenRange> chain = according_to(draft, token);
      if (chain.empty()) chain = reported_by(draft, token);
      if (chain.empty()) chain = obtained_by(draft, token);
      if (!chain.empty()) return chain;
    }
    return {};
  }

  /// The subject of a verb: of "said Lowe, reports the HERALD", where the parser finds two, the one that is
  /// not the source.
  [[nodiscard]] std::uint32_t subject_outside(std::uint32_t verb, TokenRange source) const {
    std::uint32_t subject = kNoToken;
    for (const std::uint32_t child : parse_.children(verb)) {
      if (parse_.is(child, {"nsubj"}) && (subject == kNoToken || inside(source, subject))) subject = child;
    }
    return subject;
  }

  /// Of "Lowe denied it through HIS LAWYER", "Lowe, through A SPOKESWOMAN, refused" who spoke.
  [[nodiscard]] TokenRange spoken_through(const Draft& draft) const {
    static constexpr std::array<std::string_view, 8> kSpeakFor = {
        "lawyer",       "attorney",  "spokesman",      "spokeswoman",
        "spokesperson", "publicist", "representative", "intermediary"};
    for (std::uint32_t verb : {draft.head, parse_.child(draft.head, {"nsubj"})}) {
      if (verb == kNoToken) continue;
      for (const std::uint32_t through : parse_.children(verb)) {
        const std::uint32_t noun =
            words_.equals(through, "through") ? parse_.child(through, {"pobj"}) : kNoToken;
        if (noun != kNoToken && std::ranges::find(kSpeakFor, lemma(noun)) != kSpeakFor.end() &&
            !in_content(draft, noun))
          return parse_.phrase_of(noun);
      }
    }
    return {};
  }

  /// Of "Lowe said the pier is old, the HERALD reported" the Herald.
  [[nodiscard]] std::uint32_t reporter_above(const Draft& draft) const {
    if (!is_verb(draft.head) || !parse_.is(draft.head, {"ccomp", "parataxis"})) return kNoToken;
    const std::uint32_t verb = parse_.above(draft.head);
    if (verb == kNoToken || !words_.is_reporting(verb) || in_content(draft, verb) ||
        words_.document().tag(verb) == "VB")
      return kNoToken;
    const std::uint32_t noun = subject_outside(verb, draft.source);
    // "The Herald HAS LEARNED" reports.
    const bool learned = lemma(verb) == "learn" && noun != kNoToken && is_news_outlet(words_, noun);
    if (words_.verb(verb).mode == QuotationMode::kThought && !learned) return kNoToken;
    const bool somebody = noun != kNoToken && (is_somebody(words_, noun) || is_document(noun));
    if (!somebody || inside(draft.source, noun) || inside(draft.referent, noun) || in_content(draft, noun))
      return kNoToken;
    // "World leaders denounce the test; Lowe vows": two clauses of a headline.
    for (std::uint32_t token = std::min(draft.head, noun); token < std::max(draft.head, noun); ++token) {
      if (words_.equals(token, ";")) return kNoToken;
      // "Polls favor Lowe: the Herald's survey found ...": what stands before the colon is told whole.
      if (words_.equals(token, ":") && noun < draft.head && parse_.child(verb, {"dobj", "ccomp"}) < token)
        return kNoToken;
    }
    const bool author = words_.equals(noun, "i") || words_.equals(noun, "we") || words_.equals(noun, "you");
    return author ? kNoToken : noun;
  }

  /// Of "at the meeting, QUILL writes, Lowe said the pier is old" Quill.
  [[nodiscard]] std::uint32_t reporter_set_in(const Draft& draft) const {
    for (const std::uint32_t verb : parse_.children(draft.head)) {
      if (!parse_.is(verb, {"parataxis"}) || !is_verb(verb) || !words_.is_reporting(verb) ||
          in_content(draft, verb) || words_.verb(verb).mode == QuotationMode::kThought ||
          parse_.child(verb, {"ccomp", "dobj", "xcomp"}) != kNoToken)
        continue;
      const std::uint32_t noun = parse_.child(verb, {"nsubj"});
      if (noun == kNoToken || words_.document().tag(noun) == "PRP" || in_content(draft, noun) ||
          inside(draft.source, noun) || noun + 1 != verb || !words_.is_mark(verb + 1))
        continue;
      if (can_speak(words_, noun) || is_document(noun)) return noun;
    }
    return kNoToken;
  }

  /// "according to X" beside another's cue; "according to a letter obtained by X" has both.
  [[nodiscard]] std::vector<TokenRange> according_to(const Draft& draft, std::uint32_t token) const {
    // What a poll or an account tells of somebody's views is that poll's finding, nobody's words.
    const bool other = !words_.equals(draft.head, "according") && words_.is_reporting(draft.head);
    if (!words_.equals(token, "according") || !other || draft.source.empty()) return {};
    const std::uint32_t to = parse_.child(token, {"prep"});
    const std::uint32_t noun = to == kNoToken ? kNoToken : parse_.child(to, {"pobj"});
    if (noun == kNoToken || inside(draft.source, noun) || in_content(draft, noun)) return {};
    if (tells_of_a_clause(draft, token)) return {};
    const std::uint32_t holds = holder_of(noun);
    if (holds == kNoToken) return {parse_.phrase_of(noun)};
    return {parse_.phrase_of(holds), parse_.phrase_of(noun)};
  }

  /// "(nearer to a tenth, ACCORDING to a count)", "the deal, which would cut taxes, ACCORDING to its
  /// critics": where that is known from, and not what was said.
  [[nodiscard]] bool tells_of_a_clause(const Draft& draft, std::uint32_t according) const {
    const std::uint32_t first =
        std::max(words_.sentence(according).first, according - std::min(according, kReach));
    for (std::uint32_t token = according; token-- > first;) {
      if (words_.text(token) == ")") break;
      // "(ACCORDING to a transcript)" alone tells of the sentence.
      if (words_.text(token) == "(" && token > draft.head && token + 1 < according) return true;
    }
    std::uint32_t token = parse_.above(according);
    for (int climbed = 0; climbed < kClimb && token != kNoToken && token != draft.head; ++climbed) {
      if (parse_.is(token, {"relcl"}) && !inside(parse_.clause_of(token), draft.head)) return true;
      token = parse_.above(token);
    }
    return false;
  }

  /// "as reported by X", "which was first reported by X", "as X reported".
  [[nodiscard]] std::vector<TokenRange> reported_by(const Draft& draft, std::uint32_t token) const {
    if (words_.equals(token, "per") || words_.equals(token, "via")) return named_after(draft, token);
    if ((lemma(token) != "report" && lemma(token) != "quote") || !is_verb(token) || token == draft.head)
      return {};
    const auto marked = [&](std::string_view word) {
      for (std::uint32_t at = token - std::min(token, kCloseTo); at < token; ++at) {
        if (words_.equals(at, word)) return true;
      }
      return false;
    };
    const TokenRange inverted = named_behind(token);
    if (!inverted.empty() && !inside(draft.source, inverted.begin)) return {inverted};
    const std::uint32_t agent = parse_.agent_of(token);
    if (agent != kNoToken && is_news_outlet(words_, agent) && (marked("as") || marked("first")))
      return {parse_.phrase_of(agent)};
    const std::uint32_t subject = parse_.child(token, {"nsubj"});
    const std::uint32_t mark = parse_.child(token, {"mark"});
    // "..., Lowe said, the Herald reported": the parser takes it for what Lowe said.
    if (subject != kNoToken && parse_.above(token) == draft.head &&
        parse_.is(token, {"ccomp", "parataxis"}) && subject > draft.head && ends_sentence(token, subject) &&
        (is_news_outlet(words_, subject) || (lemma(token) == "report" && can_speak(words_, subject))))
      return {parse_.phrase_of(subject)};
    if (subject != kNoToken && mark != kNoToken && words_.equals(mark, "as") && parse_.is(token, {"advcl"}) &&
        is_news_outlet(words_, subject) && !inside(draft.source, subject))
      return {parse_.phrase_of(subject)};
    return {};
  }

  /// "..., REPORTED the Quay Herald.": whatever the parser makes of it.
  [[nodiscard]] TokenRange named_behind(std::uint32_t verb) const {
    if (verb == 0 || !words_.equals(verb - 1, ",")) return {};
    const std::uint32_t first = verb + 1 + (words_.equals(verb + 1, "the") ? 1 : 0);
    if (!words_.is_capital(first) || words_.entity_label(first) != "ORG") return {};
    TokenRange name{verb + 1, first + 1};
    while (words_.is_capital(name.end)) ++name.end;
    return words_.is_mark(name.end) ? name : TokenRange{};
  }

  /// "..., the Herald REPORTED Monday.": what is reported stands before.
  [[nodiscard]] bool ends_sentence(std::uint32_t verb, std::uint32_t subject) const {
    const std::uint32_t said = parse_.child(verb, {"ccomp", "dobj"});
    const TokenRange outlet = parse_.phrase_of(subject);
    return (said == kNoToken || said < outlet.begin) && outlet.begin > 0 &&
           words_.is_mark(outlet.begin - 1) && verb + kCloseTo + 1 >= words_.sentence(verb).last;
  }

  /// Of "Lowe said, PER the Herald" the Herald.
  [[nodiscard]] std::vector<TokenRange> named_after(const Draft& draft, std::uint32_t per) const {
    const std::uint32_t noun = parse_.child(per, {"pobj"});
    if (noun == kNoToken || !is_news_outlet(words_, noun) || inside(draft.source, noun)) return {};
    return {parse_.phrase_of(noun)};
  }

  /// "in a letter OBTAINED by X": the article has the letter from X.
  [[nodiscard]] std::vector<TokenRange> obtained_by(const Draft& draft, std::uint32_t token) const {
    if (!is_document(token) || words_.is(token, WordClass::kOutletWord)) return {};
    const std::uint32_t holds = holder_of(token);
    if (holds == kNoToken || in_content(draft, holds)) return {};
    return {parse_.phrase_of(holds)};
  }

  /// What another one made public: no statement or report, which its author releases.
  [[nodiscard]] bool is_private(std::uint32_t document) const {
    static constexpr std::array<std::string_view, 12> kPrivate = {
        "email", "e-mail",     "recording", "video", "audio",   "tape",
        "memo",  "transcript", "letter",    "clip",  "message", "footage"};
    return std::ranges::find(kPrivate, lemma(document)) != kPrivate.end();
  }
  [[nodiscard]] bool makes_public(std::uint32_t verb) const {
    static constexpr std::array<std::string_view, 3> kVerbs = {"publish", "release", "post"};
    return std::ranges::find(kVerbs, lemma(verb)) != kVerbs.end();
  }

  /// Of "a transcript obtained by the Herald" the Herald.
  [[nodiscard]] std::uint32_t holder_of(std::uint32_t document) const {
    static constexpr std::array<std::string_view, 10> kHas = {
        "obtain", "see", "review", "view", "leak", "share", "uncover", "acquire", "unearth", "report"};
    for (const std::uint32_t verb : parse_.children(document)) {
      const bool has =
          std::ranges::find(kHas, lemma(verb)) != kHas.end() || (is_private(document) && makes_public(verb));
      if (!parse_.is(verb, {"acl", "relcl"}) || !has) continue;
      std::uint32_t noun = parse_.agent_of(verb);
      const std::uint32_t also = parse_.child(verb, {"conj"});  // "obtained and REPORTED by"
      if (noun == kNoToken && also != kNoToken) noun = parse_.agent_of(also);
      for (const std::uint32_t with : parse_.children(verb)) {
        const bool given = words_.equals(with, "to") || words_.equals(with, "with");
        if (noun == kNoToken && given && (lemma(verb) == "leak" || lemma(verb) == "share"))
          noun = parse_.child(with, {"pobj"});
      }
      // "the Herald's Wenna Marsh"
      const std::uint32_t whose = noun == kNoToken ? kNoToken : parse_.child(noun, {"poss"});
      if (whose != kNoToken && is_news_outlet(words_, whose)) return whose;
      for (const std::uint32_t holds : {noun, whose}) {
        if (holds != kNoToken && (is_news_outlet(words_, holds) || words_.entity_label(holds) == "ORG"))
          return holds;
      }
    }
    return kNoToken;
  }

  const Words& words_;
  const Syntax& parse_;
};

}  // namespace

void trace_authority(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  Chains(words, parse).trace(drafts);
}

}  // namespace onrecord
