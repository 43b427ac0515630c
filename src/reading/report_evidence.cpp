#include "reading/report_evidence.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace onrecord {
namespace {

constexpr float kSureOfOwn = 0.6F;  // what the reader or the author says needs more to be a report

class Evidence {
 public:
  Evidence(const Words& words, const Syntax& parse, const Draft& draft, StepCounter& steps)
      : words_(words), parse_(parse), draft_(draft), steps_(steps) {}

  [[nodiscard]] bool has_marks() const {
    return any_token(draft_.content, [&](std::uint32_t t) { return words_.passage_of(t) >= 0; });
  }

  /// A verb or noun of reporting in any form, or "according to", "per".
  [[nodiscard]] bool cue_reports() const {
    return any_token(draft_.cue, [&](std::uint32_t t) {
      const LexiconEntry& base = words_.lexicon().find(words_.document().lemma(t));
      return words_.is_reporting(t) || words_.entry(t).noun_mode >= 0 || base.noun_mode >= 0 ||
             base.is(WordClass::kTelling) || words_.is(t, WordClass::kTelling) ||
             words_.is_one_of(t, {"according", "per", "reportedly", "allegedly"});
    });
  }

  /// Whether the content is a clause, or has one that tells what is said: "that ...", "whether ...".
  [[nodiscard]] bool has_clause() const {
    return any_token(draft_.content, [&](std::uint32_t t) {
      if (words_.is_one_of(t, {"that", "whether", "if", "how", "why", "what"}) &&
          !parse_.is(t, {"det", "nsubj", "nsubjpass", "dobj"}))
        return true;
      const std::string_view tag = words_.document().tag(t);
      if (!tag.starts_with("VB") && tag != "MD") return false;
      const std::uint32_t above = parse_.above(t);
      return parse_.is(t, {"ccomp", "xcomp", "ROOT", "conj", "advcl", "parataxis"}) &&
             !stands_in_content(above);
    });
  }

  [[nodiscard]] bool is_by_reader() const {
    return words_.equals(draft_.source.begin, "your") ||
           (draft_.source.size() == 1 && words_.equals(draft_.source.begin, "you"));
  }

  [[nodiscard]] bool is_by_author() const {
    return draft_.source.size() == 1 &&
           words_.is_one_of(draft_.source.begin, {"i", "we", "us", "me", "our", "my"});
  }

  [[nodiscard]] bool is_label() const {
    const bool colon = !draft_.cue.empty() && words_.equals(draft_.cue.front().begin, ":");
    if (!colon) return false;
    for (std::uint32_t t = draft_.source.begin; t < draft_.source.end; ++t) {
      steps_.count();
      const std::string_view entity = words_.entity_label(t);
      if (entity == "PERSON" || words_.is(t, WordClass::kFirstName) || words_.is(t, WordClass::kRoleNoun) ||
          words_.is(t, WordClass::kGroupNoun) || words_.is(t, WordClass::kDocumentNoun))
        return false;
    }
    return true;
  }

 private:
  template <typename Ranges, typename Test>
  [[nodiscard]] bool any_token(const Ranges& ranges, const Test& test) const {
    for (const TokenRange range : ranges) {
      for (std::uint32_t t = range.begin; t < range.end; ++t) {
        steps_.count();
        if (test(t)) return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool stands_in_content(std::uint32_t token) const {
    return std::ranges::any_of(draft_.content,
                               [&](TokenRange r) { return token >= r.begin && token < r.end; });
  }

  const Words& words_;
  const Syntax& parse_;
  const Draft& draft_;
  StepCounter& steps_;
};

}  // namespace

bool shows_no_report(const Words& words, const Syntax& parse, const Draft& draft, float sure,
                     StepCounter& steps) {
  const Evidence evidence(words, parse, draft, steps);
  if (evidence.has_marks()) return false;
  if (evidence.is_label()) return true;
  // "You can see", "we love": whoever reads or writes it says nothing that is reported.
  const bool by_reader = evidence.is_by_reader();
  const bool is_own = by_reader || evidence.is_by_author();
  if (draft.confidence >= (is_own ? std::max(sure, kSureOfOwn) : sure)) return false;
  if (by_reader) return true;
  if (draft.cue.empty() || evidence.cue_reports()) return false;
  return is_own || draft.source.empty() || !evidence.has_clause();
}

}  // namespace onrecord
