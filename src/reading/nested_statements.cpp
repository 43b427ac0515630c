#include "reading/nested_statements.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr float kInnerConfidence = 0.8F;  // times the outer one's: both must be right
constexpr std::uint32_t kInnerWords = 2;  // shorter ones are pronouns and answers: said so, said yes
constexpr int kDeepest = 2;               // statements inside each other below the outermost

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

class Nested {
 public:
  Nested(const Words& words, const Syntax& parse) : words_(words), parse_(parse) {}

  void add(std::vector<Draft>& drafts) const {
    std::vector<int> depth(drafts.size(), 0);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      if (depth[i] == kDeepest || drafts[i].mode == QuotationMode::kThought) continue;
      for (Draft& draft : inside_of(drafts[i])) {
        draft.outer = static_cast<std::int32_t>(i);
        drafts.push_back(std::move(draft));
        depth.push_back(depth[i] + 1);
      }
    }
    sort_by_content(drafts);
  }

  void hand_over(Draft& outer) const {
    if (outer.head == kNoToken || !words_.equals(outer.head, "according") || outer.content.size() != 1)
      return;
    const TokenRange range = outer.content.front();
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      std::optional<Draft> inner = of_verb(outer, range, token);
      if (!inner) continue;
      const auto is_told = [&](std::uint32_t word) {
        return inside(inner->content.front(), word) || inside(inner->source, word) || word == token ||
               words_.is_mark(word) || words_.equals(word, "that");
      };
      for (std::uint32_t word = range.begin; word < range.end; ++word) {
        if (!is_told(word)) return;
      }
      inner->confidence = outer.confidence;
      inner->reason = "cue '" + std::string(words_.text(token)) + "'";
      outer = std::move(*inner);
      return;
    }
  }

 private:
  [[nodiscard]] std::vector<Draft> inside_of(const Draft& outer) const {
    std::vector<Draft> found;
    for (const TokenRange range : outer.content) {
      for (std::uint32_t token = range.begin; token < range.end; ++token) {
        // What stands in an inner statement is looked at with that one.
        if (!found.empty() && inside(found.back().content.front(), token)) continue;
        std::optional<Draft> inner = of_verb(outer, range, token);
        if (!inner) inner = according_to(range, token);
        if (!inner || inner->content.front().size() < kInnerWords) continue;
        inner->confidence = kInnerConfidence * outer.confidence;
        found.push_back(std::move(*inner));
      }
    }
    return found;
  }

  // --- a verb that reports ------------------------------------------------------------------------------

  [[nodiscard]] std::optional<Draft> of_verb(const Draft& outer, TokenRange range, std::uint32_t verb) const {
    const bool reports = verb != outer.head && words_.is_reporting(verb) && is_verb(verb) && is_told(verb) &&
                         words_.verb(verb).mode != QuotationMode::kThought;
    if (!reports) return std::nullopt;
    Draft inner;
    if (!find_source(range, verb, inner)) return std::nullopt;
    const TokenRange words = complement(verb, inner);
    inner.content = {{std::max(words.begin, range.begin), std::min(words.end, range.end)}};
    if (inner.content.front().empty() || inside(inner.content.front(), verb)) return std::nullopt;
    inner.cue = {{verb, verb + 1}};
    inner.head = verb;
    inner.mode = words_.verb(verb).mode;
    inner.reason = "told inside another statement, cue '" + std::string(words_.text(verb)) + "'";
    return inner;
  }

  [[nodiscard]] bool is_verb(std::uint32_t token) const {
    return words_.document().annotation(token).part_of_speech == PartOfSpeech::kVerb;
  }

  /// Whether a verb tells that something was said: said, had said, says; not "would say", "if she says".
  [[nodiscard]] bool is_told(std::uint32_t verb) const {
    const std::string_view tag = words_.document().tag(verb);
    if (tag == "VBP" && is_asked_for(verb)) return false;
    bool perfect = false;
    for (const std::uint32_t child : parse_.children(verb)) {
      if (parse_.is(child, {"neg", "auxpass", "nsubjpass"})) return false;
      if (parse_.is(child, {"aux"})) {
        if (words_.document().tag(child) == "MD" || words_.document().lemma(child) == "do") return false;
        perfect = perfect || words_.document().lemma(child) == "have" || words_.text(child) == "'d";
      }
      const bool supposes =
          parse_.is(child, {"mark"}) &&
          (words_.equals(child, "if") || words_.equals(child, "unless") || words_.equals(child, "whether"));
      if (supposes) return false;
    }
    return tag == "VBD" || tag == "VBZ" || (tag == "VBP" && !perfect) || (tag == "VBN" && perfect);
  }

  /// "Demand that the council PROPOSE a budget".
  [[nodiscard]] bool is_asked_for(std::uint32_t verb) const {
    static constexpr std::array<std::string_view, 8> kAsk = {"demand",  "insist",  "urge",    "request",
                                                             "propose", "suggest", "require", "recommend"};
    const std::uint32_t above = parse_.above(verb);
    return above != kNoToken && parse_.is(verb, {"ccomp"}) &&
           std::ranges::find(kAsk, words_.document().lemma(above)) != kAsk.end();
  }

  /// Who says it: a subject inside the content, or what "who" stands for. The speaker's own "I told them" is
  /// none; whom "they" and "it" stand for inside another's words is seldom told.
  [[nodiscard]] bool find_source(TokenRange range, std::uint32_t verb, Draft& inner) const {
    const std::uint32_t subject = parse_.child(verb, {"nsubj"});
    if (subject == kNoToken || !inside(range, subject)) return false;
    for (const std::string_view word : {"i", "we", "you", "it", "they", "one", "people"}) {
      if (words_.equals(subject, word)) return false;
    }
    inner.source = within(range, parse_.phrase_of(subject));
    if (words_.document().tag(subject) == "WP") {
      const std::uint32_t noun = parse_.antecedent_of(subject);
      if (noun == kNoToken || !is_somebody(words_, noun)) return false;
      inner.referent = parse_.phrase_of(noun);
      return true;
    }
    const std::uint32_t name = parse_.child(subject, {"appos"});  // "her supervisor, ADA LOWE, told her"
    return can_speak(words_, subject) || words_.is(subject, WordClass::kDocumentNoun) ||
           (name != kNoToken && can_speak(words_, name));
  }

  [[nodiscard]] static TokenRange within(TokenRange range, TokenRange part) {
    return {std::max(range.begin, part.begin), std::min(range.end, part.end)};
  }

  /// What a verb reports; whom it tells becomes the addressee.
  [[nodiscard]] TokenRange complement(std::uint32_t verb, Draft& inner) const {
    const std::uint32_t told = parse_.child(verb, {"dobj", "dative"});
    const bool takes_person = words_.verb(verb).takes(Frame::kPerson);
    const bool hears =
        told != kNoToken && (is_somebody(words_, told) || words_.document().tag(told) == "NNS");
    if (takes_person && hears) inner.addressee = parse_.phrase_of(told);
    std::uint32_t clause = parse_.child(verb, {"ccomp", "xcomp"});
    if (clause == kNoToken && takes_person && hears) clause = clause_behind(told);
    if (clause == kNoToken || clause < verb) {
      inner.addressee = {};  // the object is what is said
      return takes_object(verb) ? object_of(verb, told) : TokenRange{};
    }
    const ReportingVerb& reports = words_.verb(verb);
    const bool infinitive = words_.document().tag(clause) == "VB" &&
                            parse_.child(clause, {"aux"}) != kNoToken &&
                            words_.equals(parse_.child(clause, {"aux"}), "to");
    const bool fits = infinitive ? takes_person || reports.takes(Frame::kTo)
                                 : reports.takes(Frame::kThat) || reports.takes(Frame::kClause) ||
                                       reports.takes(Frame::kWh) || takes_person;
    if (!fits) return {};
    TokenRange words = parse_.clause_of(clause);
    words.begin = std::max(words.begin, verb + 1);
    if (words_.equals(words.begin, "that")) ++words.begin;
    // ORDERED the workers to leave: they are its subject for the parser, and hear it.
    const std::uint32_t subject = parse_.child(clause, {"nsubj"});
    const std::uint32_t to = parse_.child(clause, {"aux"});
    if (takes_person && subject != kNoToken && to != kNoToken && words_.equals(to, "to") && subject < to) {
      if (is_somebody(words_, subject)) inner.addressee = parse_.phrase_of(subject);
      words.begin = to;
    }
    return words;
  }

  /// "Lowe told officers SHE FELL": for the parser a clause about the officers.
  [[nodiscard]] std::uint32_t clause_behind(std::uint32_t told) const {
    const std::uint32_t clause = parse_.child(told, {"relcl"});
    const std::uint32_t subject = clause == kNoToken ? kNoToken : parse_.child(clause, {"nsubj"});
    const bool own = subject == told + 1 && !words_.document().tag(subject).starts_with("W");
    return own ? clause : kNoToken;
  }

  /// Verbs whose object tells what was said: ordered dozens of workers to the pier, denied the claim.
  [[nodiscard]] bool takes_object(std::uint32_t verb) const {
    static constexpr std::array<std::string_view, 9> kVerbs = {
        "order", "announce", "deny", "promise", "confirm", "reject", "stress", "propose", "demand"};
    return std::ranges::find(kVerbs, words_.document().lemma(verb)) != kVerbs.end();
  }

  [[nodiscard]] TokenRange object_of(std::uint32_t verb, std::uint32_t object) const {
    if (object == kNoToken || object < verb || words_.document().tag(object) == "PRP") return {};
    TokenRange words = parse_.clause_of(object);
    for (const std::uint32_t child : parse_.children(verb)) {
      if (child > object && parse_.is(child, {"prep", "xcomp", "advcl"}) &&
          parse_.clause_of(child).begin == words.end)
        words.end = parse_.clause_of(child).end;
    }
    return words;
  }

  // --- according to -------------------------------------------------------------------------------------

  [[nodiscard]] std::optional<Draft> according_to(TokenRange range, std::uint32_t token) const {
    if (!words_.equals(token, "according") || !inside(range, token + 1)) return std::nullopt;
    const std::uint32_t to = parse_.child(token, {"prep"});
    const std::uint32_t noun = to == kNoToken ? kNoToken : parse_.child(to, {"pobj"});
    const std::uint32_t verb = parse_.verb_above(token);
    if (noun == kNoToken || verb == kNoToken || !inside(range, noun) || !inside(range, verb))
      return std::nullopt;
    const TokenRange phrase = parse_.clause_of(token);
    TokenRange clause = within(range, parse_.clause_of(verb));
    if (phrase.begin <= clause.begin + 1) {
      clause.begin = phrase.end;
    } else if (phrase.end + 1 >= clause.end) {
      clause.end = phrase.begin;
    } else {
      return std::nullopt;  // in the midst of the clause
    }
    while (!clause.empty() && words_.equals(clause.begin, ",")) ++clause.begin;
    while (!clause.empty() && words_.equals(clause.end - 1, ",")) --clause.end;
    if (clause.empty()) return std::nullopt;
    Draft inner;
    inner.content = {clause};
    inner.cue = {{token, to + 1}};
    inner.head = token;
    inner.source = within(range, parse_.phrase_of(noun));
    inner.reason = "told inside another statement, cue 'according to'";
    return inner;
  }

  /// By the first content token, the outer one of two first; `outer` follows.
  static void sort_by_content(std::vector<Draft>& drafts) {
    std::vector<std::size_t> order(drafts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return drafts[i].content.front().begin; });
    std::vector<std::int32_t> place(drafts.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::int32_t>(i);
    std::vector<Draft> sorted;
    sorted.reserve(drafts.size());
    for (const std::size_t i : order) {
      sorted.push_back(std::move(drafts[i]));
      if (sorted.back().outer >= 0)
        sorted.back().outer = place[static_cast<std::size_t>(sorted.back().outer)];
    }
    drafts = std::move(sorted);
  }

  const Words& words_;
  const Syntax& parse_;
};

}  // namespace

void add_nested_statements(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  Nested(words, parse).add(drafts);
}

void hand_over_to_inner_statements(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  const Nested nested(words, parse);
  for (Draft& draft : drafts) nested.hand_over(draft);
}

}  // namespace onrecord
