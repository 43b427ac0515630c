#include "compare/leads.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "reading/time_expressions.h"

namespace onrecord {
namespace {

/// A word that more statements of the speaker have tells no matter.
constexpr std::size_t kMostSharing = 100;
/// Below so many statements a count of them says little of how rare a word is.
constexpr std::size_t kLeastCounted = 20;

constexpr std::array<std::string_view, 5> kLeadKinds = {"negation", "commitment", "modal", "number", "date"};

/// A clause with where it stands.
struct PlacedClause {
  std::size_t statement = 0;
  Clause clause;
  float worth = 0;  // of its telling words
};

/// What two clauses share.
struct Shared {
  std::vector<const TellingWord*> words;  // of the later clause
  float share = 0;                        // of the shorter clause's worth
  bool only_names = true;
};

/// The words of two clauses that differ, and how.
struct Difference {
  LeadKind kind = LeadKind::kNegation;
  Span earlier, later;
  bool at_shared_words = false;
};

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char letter : text) {
    const bool blank = letter == ' ' || letter == '\n' || letter == '\t';
    if (!blank) line += letter;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

bool has(const Clause& clause, const std::string& stem) {
  return !stem.empty() && std::ranges::binary_search(clause.stems, stem);
}

/// Whether one clause has a word that the other has with "un-", "in-" or "dis-": sense is turned there as
/// well.
bool has_opposite_words(const Clause& one, const Clause& other) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"un", "in", "im", "dis", "non"};
  return std::ranges::any_of(one.stems, [&](const std::string& stem) {
    return std::ranges::any_of(
        kPrefixes, [&](std::string_view prefix) { return has(other, std::string(prefix) + stem); });
  });
}

/// Two turns in one clause may or may not add up: such clauses are left alone.
std::optional<Difference> negation_between(const Clause& earlier, const Clause& later) {
  if (earlier.turning.size() + later.turning.size() != 1) return std::nullopt;
  if (has_opposite_words(earlier, later) || has_opposite_words(later, earlier)) return std::nullopt;
  Difference difference;
  const Clause& turned = earlier.turning.empty() ? later : earlier;
  difference.at_shared_words = has(&turned == &earlier ? later : earlier, turned.turned);
  if (!earlier.turning.empty()) difference.earlier = earlier.turning.front();
  if (!later.turning.empty()) difference.later = later.turning.front();
  return difference;
}

/// "will" and "may" must govern the same word; a cue ("promised that ...", "expects ...") governs the whole
/// clause.
std::optional<Difference> certainty_between(const Clause& earlier, const Clause& later) {
  const bool both = earlier.certainty != Certainty::kUntold && later.certainty != Certainty::kUntold;
  if (!both || earlier.certainty == later.certainty) return std::nullopt;
  const bool same_word = earlier.is_certain == later.is_certain;
  const bool by_cue = (earlier.is_certain.empty() && has(earlier, later.is_certain)) ||
                      (later.is_certain.empty() && has(later, earlier.is_certain));
  if (!same_word && !by_cue) return std::nullopt;
  Difference difference;
  difference.kind = earlier.commits || later.commits ? LeadKind::kCommitment : LeadKind::kModal;
  difference.earlier = earlier.certainty_words, difference.later = later.certainty_words;
  difference.at_shared_words = true;
  return difference;
}

/// The only number of a clause that counts `of`; none when it has several ("from 7 to 12 crowns").
const CountedNumber* only_number(const Clause& clause, const std::string& of) {
  const auto counts_it = [&](const CountedNumber& one) { return one.of == of; };
  const auto found = std::ranges::find_if(clause.numbers, counts_it);
  if (found == clause.numbers.end() || std::ranges::count_if(clause.numbers, counts_it) > 1) return nullptr;
  return &*found;
}

std::optional<Difference> number_between(const Clause& earlier, const Clause& later) {
  for (const CountedNumber& one : earlier.numbers) {
    if (one.of.empty() || only_number(earlier, one.of) == nullptr) continue;
    const CountedNumber* other = only_number(later, one.of);
    if (other != nullptr && other->value != one.value)
      return Difference{LeadKind::kNumber, one.span, other->span, true};
  }
  return std::nullopt;
}

/// Days that a clause names, with the words that name them.
struct NamedTime {
  Span span;
  DayInterval days;
};

/// The preposition before a time moves what it tells: "before the summer" ends where the summer begins.
DayInterval with_preposition(std::string_view before, DayInterval days) {
  while (before.ends_with(' ') || before.ends_with('\n')) before.remove_suffix(1);
  if (before.ends_with("the")) before.remove_suffix(3);
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (!before.ends_with("before")) return days;
  const Date day_before = std::chrono::sys_days(days.first) - std::chrono::days(1);
  return {day_before, day_before};
}

std::vector<NamedTime> times_in(const StatedPosition& position, const Clause& clause) {
  static const TimeReader reader{WordLists()};
  const std::vector<Paragraph> paragraph = {{clause.span, ParagraphRole::kBody}};
  std::vector<NamedTime> times;
  for (const TimeExpression& one :
       reader.read(position.text, paragraph, date_of(position.published)).expressions) {
    if (one.type != TimeType::kDate || !one.interval || !one.point) continue;
    const bool of_the_calendar = one.point->grain >= Grain::kDay && one.point->grain <= Grain::kYear;
    if (!of_the_calendar || !clause.span.contains(one.span)) continue;
    const std::string_view before =
        position.text.substr(clause.span.begin, one.span.begin - clause.span.begin);
    times.push_back({one.span, with_preposition(before, *one.interval)});
  }
  return times;
}

/// Two dates when each clause names one, and no day lies in both.
std::optional<Difference> date_between(const StatedPosition& earlier, const Clause& earlier_clause,
                                       const StatedPosition& later, const Clause& later_clause) {
  const std::vector<NamedTime> first = times_in(earlier, earlier_clause);
  if (first.size() != 1) return std::nullopt;
  const std::vector<NamedTime> second = times_in(later, later_clause);
  if (second.size() != 1) return std::nullopt;
  const DayInterval &a = first.front().days, &b = second.front().days;
  if (!(a.last < b.first) && !(b.last < a.first)) return std::nullopt;
  return Difference{LeadKind::kDate, first.front().span, second.front().span, true};
}

std::string quoted(std::string_view text, Span span) {
  return span.empty() ? "nothing of the kind" : fmt::format("\"{}\"", on_one_line(cut(text, span)));
}

/// Finds what `find_positions` gives.
class PositionFinder {
 public:
  explicit PositionFinder(std::span<const StatedPosition> statements) : statements_(statements) {
    read_clauses();
    weigh_words();
    find_names();
  }

  [[nodiscard]] Positions find() {
    std::map<std::size_t, Lead> best;  // by later statement
    std::vector<std::size_t> matter_of(statements_.size());
    for (std::size_t i = 0; i < matter_of.size(); ++i) matter_of[i] = i;
    for (std::size_t at = 0; at < clauses_.size(); ++at) {
      const PlacedClause& later = clauses_[at];
      float closest = 0;
      for (const std::size_t candidate : candidates(at)) {
        const PlacedClause& earlier = clauses_[candidate];
        const Shared shared = shared_words(earlier, later);
        if (!is_one_matter(shared)) continue;
        if (shared.share > closest) {
          closest = shared.share;
          matter_of[later.statement] = matter_of[earlier.statement];
        }
        auto lead = lead_between(earlier, later, shared);
        if (!lead) continue;
        const auto [known, added] = best.try_emplace(later.statement, *lead);
        if (!added && known->second.confidence < lead->confidence) known->second = std::move(*lead);
      }
      add_to_postings(at);
    }
    Positions positions;
    for (auto& [statement, lead] : best) positions.leads.push_back(std::move(lead));
    positions.matters = matters(matter_of);
    return positions;
  }

 private:
  void read_clauses() {
    words_.resize(statements_.size());
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      for (Clause& clause : clauses_of(statements_[i].text, *statements_[i].quotation)) {
        for (const TellingWord& word : clause.telling) words_[i].insert(word.stem);
        if (clause.takes_no_position || clause.telling.empty()) continue;
        clauses_.push_back({i, std::move(clause), 0});
      }
    }
  }

  /// A word is worth 1 when one statement has it and 0 when all have it, by the logarithm of their number.
  void weigh_words() {
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> counts;  // statements, last one
    for (const PlacedClause& placed : clauses_) {
      for (const TellingWord& word : placed.clause.telling) {
        auto& [count, last] = counts[word.stem];
        if (count == 0 || last != placed.statement) ++count;
        last = placed.statement;
      }
    }
    const auto all = static_cast<float>(std::max(statements_.size(), kLeastCounted) + 1);
    for (const auto& [stem, count] : counts)
      worth_[stem] = std::log(all / static_cast<float>(count.first)) / std::log(all);
    for (PlacedClause& placed : clauses_) {
      for (const TellingWord& word : placed.clause.telling) placed.worth += worth_[word.stem];
    }
  }

  /// A word that is written like a name in one place is one at the beginning of a sentence as well.
  void find_names() {
    for (const PlacedClause& placed : clauses_) {
      for (const TellingWord& word : placed.clause.telling) {
        if (word.name) names_.insert(word.stem);
      }
    }
  }

  /// How many telling words the whole statements share.
  [[nodiscard]] std::size_t shared_by_statements(std::size_t one, std::size_t other) const {
    const std::set<std::string>&first = words_[one], &second = words_[other];
    return static_cast<std::size_t>(
        std::ranges::count_if(first, [&](const std::string& word) { return second.contains(word); }));
  }

  /// Clauses of earlier statements that share a word with this one, in order.
  [[nodiscard]] std::vector<std::size_t> candidates(std::size_t at) const {
    std::vector<std::size_t> found;
    for (const TellingWord& word : clauses_[at].clause.telling) {
      const auto posting = postings_.find(word.stem);
      if (posting == postings_.end() || posting->second.size() > kMostSharing) continue;
      found.insert(found.end(), posting->second.begin(), posting->second.end());
    }
    std::ranges::sort(found);
    const auto same = std::ranges::unique(found);
    found.erase(same.begin(), same.end());
    std::erase_if(found,
                  [&](std::size_t other) { return clauses_[other].statement == clauses_[at].statement; });
    return found;
  }

  void add_to_postings(std::size_t at) {
    for (const TellingWord& word : clauses_[at].clause.telling) postings_[word.stem].push_back(at);
  }

  [[nodiscard]] Shared shared_words(const PlacedClause& earlier, const PlacedClause& later) const {
    Shared shared;
    float worth = 0;
    for (const TellingWord& word : later.clause.telling) {
      const auto other = std::ranges::find(earlier.clause.telling, word.stem, &TellingWord::stem);
      if (other == earlier.clause.telling.end()) continue;
      shared.words.push_back(&word);
      worth += worth_.at(word.stem);
      if (!names_.contains(word.stem)) shared.only_names = false;
    }
    const float shorter = std::min(earlier.worth, later.worth);
    shared.share = shorter > 0 ? worth / shorter : 0;
    return shared;
  }

  static bool is_one_matter(const Shared& shared) {
    constexpr float kLeastShare = 0.4F;
    return shared.words.size() >= 2 && !shared.only_names && shared.share >= kLeastShare;
  }

  /// What differs, the plainest kind first. Beside a negation nothing else is compared.
  [[nodiscard]] std::optional<Difference> difference(const PlacedClause& earlier,
                                                     const PlacedClause& later) const {
    if (!earlier.clause.asserts || !later.clause.asserts) return std::nullopt;
    if (auto negation = negation_between(earlier.clause, later.clause)) return negation;
    if (earlier.clause.turning.size() != later.clause.turning.size()) return std::nullopt;
    if (auto date = date_between(statements_[earlier.statement], earlier.clause, statements_[later.statement],
                                 later.clause))
      return date;
    if (auto certainty = certainty_between(earlier.clause, later.clause)) return certainty;
    return number_between(earlier.clause, later.clause);
  }

  [[nodiscard]] std::optional<Lead> lead_between(const PlacedClause& earlier, const PlacedClause& later,
                                                 const Shared& shared) const {
    const StatedPosition& first = statements_[earlier.statement];
    const StatedPosition& second = statements_[later.statement];
    if (!is_earlier_day(first.date, second.date)) return std::nullopt;
    const auto differs = difference(earlier, later);
    if (!differs) return std::nullopt;
    // Where the difference stands at other words, the shorter clause must say nothing that the other does
    // not, and the whole statements must share more.
    constexpr float kLeastShareHere = 0.5F;
    constexpr float kLeastShareElsewhere = 0.95F;
    constexpr std::size_t kLeastWordsElsewhere = 3;
    if (shared.share < (differs->at_shared_words ? kLeastShareHere : kLeastShareElsewhere))
      return std::nullopt;
    if (!differs->at_shared_words &&
        shared_by_statements(earlier.statement, later.statement) < kLeastWordsElsewhere)
      return std::nullopt;
    Lead lead;
    lead.earlier = earlier.statement, lead.later = later.statement;
    lead.kind = differs->kind;
    lead.earlier_clause = earlier.clause.span, lead.later_clause = later.clause.span;
    lead.earlier_differs = differs->earlier, lead.later_differs = differs->later;
    for (const TellingWord* word : shared.words)
      lead.matter.push_back(on_one_line(cut(second.text, word->span)));
    lead.confidence = std::min(1.0F, shared.share);
    lead.what_differs = fmt::format("{}: {}, then {}", name(lead.kind), quoted(first.text, differs->earlier),
                                    quoted(second.text, differs->later));
    return lead;
  }

  [[nodiscard]] std::vector<Matter> matters(const std::vector<std::size_t>& matter_of) const {
    std::map<std::size_t, Matter> found;
    for (std::size_t i = 0; i < matter_of.size(); ++i) {
      Matter& matter = found[matter_of[i]];
      matter.first = matter_of[i];
      matter.statements.push_back(i);
    }
    std::vector<Matter> out;
    for (auto& [first, matter] : found) {
      if (matter.statements.size() < 2) continue;
      matter.words = words_of(matter);
      out.push_back(std::move(matter));
    }
    return out;
  }

  /// The telling words that most statements of a matter have, at most five.
  [[nodiscard]] std::vector<std::string> words_of(const Matter& matter) const {
    struct Word {
      std::size_t statements = 0, last = 0;
      std::string shown;
    };
    std::map<std::string, Word> words;
    for (const PlacedClause& placed : clauses_) {
      if (!std::ranges::binary_search(matter.statements, placed.statement)) continue;
      for (const TellingWord& told : placed.clause.telling) {
        Word& word = words[told.stem];
        if (word.shown.empty()) word.shown = on_one_line(cut(statements_[placed.statement].text, told.span));
        if (word.statements == 0 || word.last != placed.statement) ++word.statements;
        word.last = placed.statement;
      }
    }
    std::vector<Word> sorted;
    for (auto& [stem, word] : words) {
      if (word.statements >= 2) sorted.push_back(std::move(word));
    }
    std::ranges::stable_sort(sorted, std::ranges::greater(), &Word::statements);
    constexpr std::size_t kMostWords = 5;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(kMostWords, sorted.size()); ++i)
      out.push_back(std::move(sorted[i].shown));
    return out;
  }

  std::span<const StatedPosition> statements_;
  std::vector<PlacedClause> clauses_;
  std::vector<std::set<std::string>> words_;  // telling stems of each statement, questions included
  std::set<std::string> names_;               // stems
  std::unordered_map<std::string, float> worth_;
  std::unordered_map<std::string, std::vector<std::size_t>> postings_;
};

}  // namespace

std::string_view name(LeadKind kind) { return kLeadKinds.at(static_cast<std::size_t>(kind)); }

bool is_earlier_day(std::string_view first, std::string_view second) {
  constexpr std::size_t kDay = 10;  // "2026-01-14"
  const std::size_t slash = first.find('/');
  if (slash != std::string_view::npos) first.remove_prefix(slash + 1);
  second = second.substr(0, second.find('/'));
  const std::size_t size = std::min({first.size(), second.size(), kDay});
  return size > 0 && first.substr(0, size) < second.substr(0, size);
}

Positions find_positions(std::span<const StatedPosition> statements) {
  return PositionFinder(statements).find();
}

}  // namespace onrecord
