#include "reading/unnamed_source.h"

#include <algorithm>
#include <array>

#include "reading/phrase_heads.h"

namespace onrecord {
namespace {

constexpr int kClimb = 12;  // steps from "anonymity" up to the clause that tells of it

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

class Describing {
 public:
  Describing(const Words& words, const Syntax& parse, const Draft& draft)
      : words_(words),
        parse_(parse),
        draft_(draft),
        mention_(draft.referent.empty() ? draft.source : draft.referent) {}

  [[nodiscard]] UnnamedSource describe() const {
    if (mention_.empty()) return {};
    UnnamedSource source;
    const std::uint32_t noun = parse_.head_in(mention_);
    const TokenRange count = count_of(noun);
    // "One of the officials", "some of them" are a count alone.
    const std::uint32_t begin = count.empty() ? mention_.begin : count.end;
    TokenRange kind{begin, mention_.end};
    // "One OF THE diggers".
    if (words_.equals(kind.begin, "of") && kind.begin > mention_.begin) ++kind.begin;
    while (kind.begin < kind.end && words_.is(kind.begin, WordClass::kDeterminer)) ++kind.begin;
    const std::uint32_t clause = parse_.child(noun, {"relcl"});
    if (clause != kNoToken && clause > noun) kind.end = std::min(kind.end, parse_.clause_of(clause).begin);
    while (kind.end > kind.begin && words_.is_mark(kind.end - 1)) --kind.end;
    if (!count.empty()) source.how_many = told(count);
    if (!kind.empty()) source.kind = told(kind);
    const TokenRange reason = reason_told();
    if (!reason.empty()) source.reason = told(reason);
    return source;
  }

 private:
  [[nodiscard]] Told told(TokenRange range) const { return {text_of(words_, range), {words_.span(range)}}; }

  /// "two", "at least three", "several", "one of", "a dozen", "another": the words before the noun that count
  /// it.
  [[nodiscard]] TokenRange count_of(std::uint32_t noun) const {
    static constexpr std::array<std::string_view, 14> kCounts = {
        "several", "many", "some",    "few", "multiple", "dozens", "both",
        "a",       "an",   "another", "one", "numerous", "scores", "dozen"};
    const auto counts = [&](std::uint32_t token) {
      return words_.document().tag(token) == "CD" || words_.is_one_of(token, kCounts);
    };
    TokenRange count;
    for (std::uint32_t token = mention_.begin; token <= noun && token < mention_.end; ++token) {
      if (!counts(token)) continue;
      if (count.empty()) count = {token, token + 1};
      // "two current and two former officials": the first number alone would be wrong.
      if (token > count.end) return {};
      count.end = token + 1;
    }
    if (count.empty()) return {};
    // "At least", "more than", "about" a number belong to it.
    while (count.begin > mention_.begin && !words_.is(count.begin - 1, WordClass::kDeterminer)) --count.begin;
    return count;
  }

  // --- why no name is given -----------------------------------------------------------------------------

  [[nodiscard]] TokenRange reason_told() const {
    const std::uint32_t anchor = draft_.head == kNoToken ? mention_.begin : draft_.head;
    const Sentence& own = words_.sentence(anchor);
    const TokenRange here = reason_in({own.first, own.last});
    if (!here.empty()) return here;
    return reason_in_next(words_.sentence_of(anchor));
  }

  /// "They asked not to be named because ...": the sentence after it, when they are its subject.
  [[nodiscard]] TokenRange reason_in_next(std::uint32_t sentence) const {
    const auto& sentences = words_.document().sentences;
    if (sentence + 1 >= sentences.size() ||
        sentences[sentence + 1].paragraph != sentences[sentence].paragraph)
      return {};
    const Sentence& next = sentences[sentence + 1];
    const std::uint32_t noun = parse_.head_in(mention_);
    for (std::uint32_t token = next.first; token < next.last; ++token) {
      if (!parse_.is(token, {"nsubj", "nsubjpass"})) continue;
      const bool same = words_.equals(token, "they") || words_.equals(token, "he") ||
                        words_.equals(token, "she") ||
                        words_.document().lemma(token) == words_.document().lemma(noun);
      if (!same) return {};
      TokenRange rest{token + 1, next.last};
      while (!rest.empty() && words_.is_mark(rest.end - 1)) --rest.end;
      return reason_in(rest).empty() ? TokenRange{} : rest;
    }
    return {};
  }

  [[nodiscard]] TokenRange reason_in(TokenRange range) const {
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (!in_content(token) && words_.passage_of(token) < 0 && withholds_name(token))
        return clause_around(token);
    }
    return {};
  }

  /// "anonymity", "not to be named", "not authorized to speak", "declined to be identified".
  [[nodiscard]] bool withholds_name(std::uint32_t token) const {
    if (words_.equals(token, "anonymity") || words_.equals(token, "anonymously")) return true;
    const std::string_view lemma = words_.document().lemma(token);
    const bool names = lemma == "name" || lemma == "identify" || lemma == "quote";
    const bool allows = words_.equals(token, "authorized") || words_.equals(token, "authorised") ||
                        words_.equals(token, "permitted") || words_.equals(token, "allowed");
    if (!names && !allows) return false;
    if (words_.document().tag(token) != "VBN") return false;
    for (std::uint32_t back = 1; back <= 4 && token >= back; ++back) {
      const std::uint32_t before = token - back;
      if (words_.equals(before, "not") || words_.text(before) == "n't" || words_.text(before) == "n\u2019t" ||
          words_.document().lemma(before) == "decline" || words_.document().lemma(before) == "refuse")
        return true;
    }
    return false;
  }

  [[nodiscard]] bool in_content(std::uint32_t token) const {
    return std::ranges::any_of(draft_.content, [&](TokenRange range) { return inside(range, token); });
  }

  /// The clause or phrase beside the source or its cue that tells it, with the "because" that goes on from
  /// it.
  [[nodiscard]] TokenRange clause_around(std::uint32_t token) const {
    std::uint32_t top = token;
    const std::uint32_t who = parse_.head_in(mention_);
    for (int i = 0; i < kClimb; ++i) {
      const std::uint32_t above = parse_.above(top);
      if (above == kNoToken || above == draft_.head || above == who || in_content(above)) break;
      top = above;
      if (parse_.is(top, {"relcl"})) break;
    }
    TokenRange clause = parse_.clause_of(top);
    if (inside(clause, draft_.head) || clause.end <= mention_.begin + 1) clause = {token, token + 1};
    const std::uint32_t last = words_.sentence(token).last;
    std::uint32_t next = clause.end;
    if (next < last && words_.equals(next, ",")) ++next;
    const bool goes_on = next < last && (words_.equals(next, "because") || words_.equals(next, "since") ||
                                         words_.equals(next, "as") || words_.equals(next, "to") ||
                                         words_.equals(next, "citing"));
    if (goes_on) {
      while (next < last && next != draft_.head && !in_content(next) && words_.passage_of(next) < 0) ++next;
      clause.end = next;
    }
    while (!clause.empty() && words_.is_mark(clause.end - 1)) --clause.end;
    for (std::uint32_t at = clause.begin; at < clause.end; ++at) {
      if (in_content(at)) return {};
    }
    return clause;
  }

  const Words& words_;
  const Syntax& parse_;
  const Draft& draft_;
  TokenRange mention_;
};

}  // namespace

UnnamedSource unnamed_source_of(const Words& words, const Syntax& parse, const Draft& draft) {
  return Describing(words, parse, draft).describe();
}

}  // namespace onrecord
