#include "reading/attachment.h"

#include <algorithm>
#include <array>

namespace onrecord {
namespace {

constexpr int kClimb = 16;  // steps up the parse; no phrase stands deeper below its verb

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

bool inside_any(const std::vector<TokenRange>& ranges, std::uint32_t token) {
  return std::ranges::any_of(ranges, [&](TokenRange range) { return inside(range, token); });
}

class Climb {
 public:
  Climb(const Words& words, const Syntax& parse, const Draft& draft)
      : words_(words), parse_(parse), draft_(draft) {}

  Attachment from(TokenRange phrase) const {
    if (stands_beside_cue(phrase)) return Attachment::kCue;
    bool loose = false;
    std::uint32_t at = parse_.head_in(phrase);
    for (int i = 0; i < kClimb; ++i) {
      if (is_cue(at)) return loose ? Attachment::kLoose : Attachment::kCue;
      // The parser often hangs a date behind the cue on the reported verb; on a noun of its subject it seldom
      // errs.
      if (inside_any(draft_.content, at)) return loose ? Attachment::kOther : Attachment::kLoose;
      if (is_verb(at) && leads_to_cue(at)) return loose ? Attachment::kLoose : Attachment::kEvent;
      const std::uint32_t above = parse_.above(at);
      if (above == kNoToken)
        return loose || draft_.head != kNoToken ? Attachment::kLoose : Attachment::kEvent;
      if (!inside(phrase, at)) {
        if (turns_away(at) || tells_of_the_source(at)) return Attachment::kOther;
        loose = loose || is_loose(at, above);
      }
      at = above;
    }
    return Attachment::kLoose;
  }

 private:
  [[nodiscard]] bool is_cue(std::uint32_t token) const {
    return token == draft_.head || inside_any(draft_.cue, token);
  }
  [[nodiscard]] bool is_verb(std::uint32_t token) const {
    const PartOfSpeech part = words_.document().annotation(token).part_of_speech;
    return part == PartOfSpeech::kVerb || part == PartOfSpeech::kAuxiliary;
  }
  [[nodiscard]] bool is_occasion(std::uint32_t noun) const {
    return words_.is(noun, WordClass::kVenueNoun) || words_.is(noun, WordClass::kTime);
  }

  /// "said Friday", "Friday said", "said on Friday", "said late on Friday": whatever the parse makes of it.
  [[nodiscard]] bool stands_beside_cue(TokenRange phrase) const {
    if (words_.equals(phrase.end, "'s")) return false;
    std::uint32_t before = phrase.begin;
    while (before > 0 && (words_.equals(before - 1, "on") || words_.equals(before - 1, "late") ||
                          words_.equals(before - 1, "early") || words_.equals(before - 1, "last")))
      --before;
    const std::uint32_t after = words_.is(phrase.end, WordClass::kTime) ? phrase.end + 1 : phrase.end;
    return std::ranges::any_of(draft_.cue, [&](TokenRange cue) {
      return cue.end == before || (cue.begin == after && !words_.equals(before - 1, "of"));
    });
  }

  /// Whether what hangs on `at` is told of another time than what `at` hangs on in its turn.
  [[nodiscard]] bool turns_away(std::uint32_t at) const {
    if (is_broadcast(at)) return false;
    if (parse_.is(at, {"ccomp", "csubj"})) return true;
    if (parse_.is(at, {"advcl"})) return is_circumstance_of_its_own(at);
    return parse_.is(at, {"prep"}) && is_bound(at);
  }

  /// "Lowe, WHO WAS in Drumlane on Friday, called": when she was there, not when she called.
  [[nodiscard]] bool tells_of_the_source(std::uint32_t verb) const {
    return parse_.is(verb, {"relcl"}) && draft_.head != kNoToken && words_.document().lemma(verb) == "be" &&
           inside(draft_.source, parse_.above(verb)) && !leads_to_cue(verb);
  }

  /// Whether what hangs on `at` may be told of something else than what `at` hangs on.
  [[nodiscard]] bool is_loose(std::uint32_t at, std::uint32_t above) const {
    // The person whom a scene is about may be told of in a relative clause.
    if (parse_.is(at, {"relcl"})) return draft_.head != kNoToken;
    if (parse_.is(at, {"acl"})) return !is_occasion(above) && words_.document().lemma(at) != "interview";
    const PartOfSpeech part = words_.document().annotation(at).part_of_speech;
    const bool noun = part == PartOfSpeech::kNoun || part == PartOfSpeech::kProperNoun;
    return noun && !is_occasion(at) && !inside(draft_.source, at);
  }

  /// An interview AIRED Monday: often taken for what is reported.
  [[nodiscard]] bool is_broadcast(std::uint32_t verb) const {
    static constexpr std::array<std::string_view, 3> kVerbs = {"air", "broadcast", "televise"};
    return std::ranges::find(kVerbs, words_.document().lemma(verb)) != kVerbs.end();
  }

  /// "because", "if", "until": a clause that tells something that is not the saying.
  [[nodiscard]] bool is_circumstance_of_its_own(std::uint32_t verb) const {
    const std::uint32_t mark = parse_.child(verb, {"mark"});
    if (mark == kNoToken) return false;
    static constexpr std::array<std::string_view, 8> kMarks = {"because", "although", "though", "if",
                                                               "unless",  "since",    "until",  "before"};
    return words_.is_one_of(mark, kMarks);
  }

  /// "since Friday", "before Friday", "by Friday": not on Friday.
  [[nodiscard]] bool is_bound(std::uint32_t preposition) const {
    static constexpr std::array<std::string_view, 11> kAway = {
        "since", "until", "till", "before", "by", "from", "through", "between", "to", "for", "about"};
    return words_.is_one_of(preposition, kAway);
  }

  /// Whether the cue goes on from `verb`: appeared ... AND SAID, appeared ..., SAYING.
  [[nodiscard]] bool leads_to_cue(std::uint32_t verb) const {
    std::uint32_t at = draft_.head;
    for (int i = 0; i < kClimb && at != kNoToken; ++i) {
      if (at == verb) return true;
      if (inside_any(draft_.content, at)) return false;
      if (!parse_.is(at, {"conj", "advcl", "xcomp", "pcomp", "prep", "acl", "dobj", "pobj"})) return false;
      at = parse_.above(at);
    }
    return false;
  }

  const Words& words_;
  const Syntax& parse_;
  const Draft& draft_;
};

}  // namespace

Attachment attachment_of(const Words& words, const Syntax& parse, const Draft& draft, TokenRange phrase) {
  return Climb(words, parse, draft).from(phrase);
}

}  // namespace onrecord
