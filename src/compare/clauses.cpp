#include "compare/clauses.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "compare/collation_words.h"
#include "compare/word_forms.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

/// The stem by which words are found again. Matching folds "-ised" to "-ized", also where it belongs to the
/// stem
/// ("promised"); one form of both will do here.
std::string stem_of(std::string_view folded) {
  std::string stem = word_stem(folded);
  if (stem.ends_with("iz")) stem.back() = 's';
  return stem;
}

enum class PositionClass : std::uint8_t { kTurns, kCommits, kCertain, kPossible, kAsks, kWithholds, kTells };

/// data/position_words.txt and common_words.txt by stem; a phrase of two words by its first one.
class PositionWords {
 public:
  struct Entry {
    std::string second;  // stem of the phrase's second word; empty for a single word
    PositionClass kind = PositionClass::kTurns;
  };

  PositionWords() {
    const std::unordered_map<std::string_view, PositionClass> classes = {
        {"turns", PositionClass::kTurns},     {"commits", PositionClass::kCommits},
        {"certain", PositionClass::kCertain}, {"possible", PositionClass::kPossible},
        {"asks", PositionClass::kAsks},       {"withholds", PositionClass::kWithholds},
        {"tells", PositionClass::kTells}};
    const WordLists lists;
    for (const auto& row : lists.rows("position_words")) {
      const std::string_view phrase = row.at(0);
      const std::size_t blank = phrase.find(' ');
      entries_.emplace(stem_of(phrase.substr(0, blank)),
                       Entry{blank == std::string_view::npos ? "" : stem_of(phrase.substr(blank + 1)),
                             classes.at(row.at(1))});
    }
    for (const std::string_view list : {"common_words", "function_words"}) {
      for (const std::string& word : lists.entries(list)) common_.insert(stem_of(word));
    }
  }

  /// What the word at `at` does, and the words it takes.
  struct Found {
    PositionClass kind;
    std::size_t words;
  };
  [[nodiscard]] std::optional<Found> find(const std::vector<std::string>& stems, std::size_t at) const {
    const auto found = entries_.find(stems[at]);
    if (found == entries_.end()) return std::nullopt;
    const Entry& entry = found->second;
    if (entry.second.empty()) return Found{entry.kind, 1};
    if (at + 1 >= stems.size() || stems[at + 1] != entry.second) return std::nullopt;
    return Found{entry.kind, 2};
  }
  [[nodiscard]] bool is_common(const std::string& stem) const { return common_.contains(stem); }

 private:
  std::unordered_map<std::string, Entry> entries_;
  std::unordered_set<std::string> common_;
};

const PositionWords& position_words() {
  static const PositionWords words;
  return words;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// What stands between two words ends a clause: an end of sentence, a semicolon, a colon or a dash.
bool ends_clause(std::string_view between) {
  if (between.find_first_of(";:?!") != std::string_view::npos) return true;
  if (between.find("\xE2\x80\x94") != std::string_view::npos ||
      between.find("- ") != std::string_view::npos ||
      between.find(" \xE2\x80\x93 ") != std::string_view::npos)
    return true;
  // A period beside a mark: "... there." And then
  const std::size_t period = between.find('.');
  if (period != std::string_view::npos && between.find_first_not_of(". ", period) != std::string_view::npos)
    return true;
  return between.find("\n\n") != std::string_view::npos;
}

/// Where a word begins a clause of its own, and whether that clause says only on what condition.
enum class Opening : std::uint8_t { kNone, kClause, kCondition };
Opening opening_of(std::string_view folded) {
  if (is_one_of(folded, {"if", "unless", "whether", "until"})) return Opening::kCondition;
  if (is_one_of(folded, {"but", "because", "although", "though", "whereas"})) return Opening::kClause;
  return Opening::kNone;
}

bool is_subject(const CollationWord& word) {
  return is_one_of(word.folded, {"i", "we", "he", "she", "they", "it"});
}

bool is_finite(const CollationWord& word) {
  if (word.weight == WordWeight::kModal) return true;
  return is_one_of(word.folded, {"am", "is", "are", "was", "were", "has", "have", "had", "do", "does", "did",
                                 "'s", "'re", "'m", "'ve", "'ll"});
}

/// Words `[begin, end)` of a quotation that are one clause.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool condition = false;
  bool question = false;
};

std::vector<Range> ranges_of(std::string_view text, const std::vector<CollationWord>& words) {
  std::vector<Range> ranges;
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool begins = i == 0;
    if (i > 0) {
      const CollationWord& before = words[i - 1];
      const std::uint32_t from = std::min(before.span.end, words[i].span.begin);
      const std::string_view between = text.substr(from, words[i].span.begin - from);
      const bool same_piece = before.piece == words[i].piece;
      // Between pieces stand the outlet's words: a period among them ends the sentence, "he said," goes on.
      if (same_piece) begins = words[i].starts_sentence || ends_clause(between);
      if (!same_piece) begins = between.find_first_of(".?!:") != std::string_view::npos;
      if (begins && between.find('?') != std::string_view::npos) ranges.back().question = true;
    }
    const Opening opening = opening_of(words[i].folded);
    if (begins || opening != Opening::kNone) {
      if (!ranges.empty()) ranges.back().end = i;
      ranges.push_back({i, words.size(), opening == Opening::kCondition, false});
    }
  }
  if (!ranges.empty() && words.back().span.end < text.size() && text[words.back().span.end] == '?')
    ranges.back().question = true;
  return ranges;
}

/// Whether a negation says nothing against what follows: "no doubt", "not only".
bool turns_nothing(const std::string& negation, const std::string& next) {
  if (negation == "no")
    return is_one_of(next, {"doubt", "matter", "question", "wonder", "more", "less", "one"});
  if (negation == "not")
    return is_one_of(next, {"only", "just", "even", "necessarily", "sure", "to", "least"});
  if (negation == "nor") return true;  // goes with "neither" or another negation
  return negation == "without" || (negation == "nothing" && next == "but");
}

/// Reads one clause's words.
class ClauseReader {
 public:
  ClauseReader(const Quotation& quotation, const std::vector<CollationWord>& words)
      : indirect_(quotation.kind != QuotationKind::kDirect), words_(words) {
    stems_.reserve(words.size());
    for (const CollationWord& word : words) stems_.push_back(stem_of(word.folded));
  }

  [[nodiscard]] Clause read(const Range& range) {
    Clause clause;
    clause.span = {words_[range.begin].span.begin, words_[range.end - 1].span.end};
    clause.takes_no_position = range.condition || range.question;
    clause.asserts = asserts(range);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      i += read_word(i, range.begin, range.end, clause);
    }
    std::ranges::sort(clause.stems);
    return clause;
  }

  /// Whether the word at `at` is one of telling: "to say".
  [[nodiscard]] bool tells(std::size_t at) const {
    const auto found = at < stems_.size() ? position_words().find(stems_, at) : std::nullopt;
    return found && (found->kind == PositionClass::kTells || found->kind == PositionClass::kWithholds);
  }

  /// The stem of the first word of `range` that says something.
  [[nodiscard]] std::string first_word(const Range& range) const { return governed(range.begin, range.end); }

  /// The cue's words: what they do to the first clause. False when the speaker withholds.
  static bool read_cue(const std::vector<CollationWord>& cue, Clause& clause) {
    std::vector<std::string> stems;
    stems.reserve(cue.size());
    for (const CollationWord& word : cue) stems.push_back(stem_of(word.folded));
    bool negated = false;
    for (std::size_t i = 0; i < cue.size(); ++i) {
      if (cue[i].weight == WordWeight::kNegation) {
        negated = true;
        clause.turning.insert(clause.turning.begin(), cue[i].span);
      }
      const auto found = position_words().find(stems, i);
      if (!found) continue;
      if (found->kind == PositionClass::kWithholds) return false;
      if (found->kind == PositionClass::kTells && negated) return false;
      if (found->kind == PositionClass::kTurns) negated = true;  // "refused to say"
      if (found->kind == PositionClass::kAsks) clause.takes_no_position = true;
      const Span span{cue[i].span.begin, cue[i + found->words - 1].span.end};
      if (found->kind == PositionClass::kTurns) clause.turning.insert(clause.turning.begin(), span);
      if (found->kind == PositionClass::kCommits) commit(clause, span);
      clause.asserts =
          clause.asserts || found->kind == PositionClass::kTurns || found->kind == PositionClass::kCommits;
      if (found->kind == PositionClass::kPossible && clause.certainty == Certainty::kUntold) {
        clause.certainty = Certainty::kPossible, clause.certainty_words = span;
      }
    }
    return true;
  }

 private:
  static void commit(Clause& clause, Span span) {
    clause.commits = true;
    if (clause.certainty == Certainty::kPossible) return;
    clause.certainty = Certainty::kCertain, clause.certainty_words = span;
  }

  /// Whether a finite verb is likely: a pronoun as a subject at the beginning, or a verb that is told by its
  /// form alone. Behind a pronoun further on it is one of a relative clause: "the deal he is pushing". Words
  /// in marks that are long enough are taken for a sentence.
  [[nodiscard]] bool asserts(const Range& range) const {
    constexpr std::size_t kSentence = 5;   // words
    constexpr std::size_t kBeginning = 3;  // words: "and so we"
    if (!indirect_ && range.end - range.begin >= kSentence) return true;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (i - range.begin < kBeginning && is_subject(words_[i])) return true;
      const bool relative = i > range.begin + kBeginning && is_subject(words_[i - 1]);
      if (is_finite(words_[i]) && !relative) return true;
    }
    return false;
  }

  /// The stem of the first word from `at` on that says something.
  [[nodiscard]] std::string governed(std::size_t at, std::size_t end) const {
    constexpr std::size_t kReach = 5;  // words: "not be able to sign"
    for (std::size_t i = at; i < std::min(end, at + kReach); ++i) {
      const WordWeight weight = words_[i].weight;
      if (weight == WordWeight::kContent || (weight == WordWeight::kLight && words_[i].folded.size() > 2))
        return stems_[i];
    }
    return {};
  }

  /// Takes the word at `i` in; gives how many more words it took.
  std::size_t read_word(std::size_t i, std::size_t begin, std::size_t end, Clause& clause) {
    const CollationWord& word = words_[i];
    const std::string next = i + 1 < end ? words_[i + 1].folded : std::string();
    if (word.weight == WordWeight::kNegation) {
      const bool is_object = is_one_of(word.folded, {"nothing", "nobody", "none"});
      // "by not paying" says how, not that somebody does not pay.
      const bool is_manner =
          i > begin && is_one_of(words_[i - 1].folded, {"by", "for", "of", "about", "from"});
      if (is_manner) return 0;
      if (turns_nothing(word.folded, next)) return word.folded == "no" && i + 1 < end ? 1 : 0;
      turn(clause, word.span, is_object && i > begin ? stems_[i - 1] : governed(i + 1, end));
      return 0;
    }
    if (word.weight == WordWeight::kNumber) {
      add_number(i, end, clause);
      return 0;
    }
    const auto found = position_words().find(stems_, i);
    if (found && found->kind != PositionClass::kTells && i + found->words <= end) {
      read_position(i, *found, end, clause);
      if (word.weight != WordWeight::kModal) clause.stems.push_back(stems_[i]);
      return found->words - 1;
    }
    if (word.folded == "would" && indirect_ && clause.certainty == Certainty::kUntold) {
      clause.certainty = Certainty::kCertain, clause.certainty_words = word.span;
      clause.is_certain = governed(i + 1, end);
    }
    if (word.weight == WordWeight::kLight || word.weight == WordWeight::kContent) {
      clause.stems.push_back(stems_[i]);
      if (word.weight == WordWeight::kContent) add_telling(i, clause);
    }
    return 0;
  }

  static void turn(Clause& clause, Span span, std::string governed) {
    if (clause.turning.empty()) clause.turned = std::move(governed);
    clause.turning.push_back(span);
  }

  void read_position(std::size_t i, PositionWords::Found found, std::size_t end, Clause& clause) {
    const Span span{words_[i].span.begin, words_[i + found.words - 1].span.end};
    const std::string follows = governed(i + found.words, end);
    clause.asserts = true;
    switch (found.kind) {
      case PositionClass::kTurns:
        return turn(clause, span, follows);
      case PositionClass::kCommits:
        return commit(clause, span);
      case PositionClass::kCertain:
        if (clause.certainty == Certainty::kPossible) return;
        clause.certainty = Certainty::kCertain;
        break;
      case PositionClass::kPossible:
        if (words_[i].capital) return;  // the month
        clause.certainty = Certainty::kPossible;
        break;
      case PositionClass::kAsks:
        clause.takes_no_position = true;
        return;
      case PositionClass::kWithholds:
      case PositionClass::kTells:
        return;
    }
    clause.certainty_words = span, clause.is_certain = follows;
  }

  void add_telling(std::size_t i, Clause& clause) const {
    constexpr std::size_t kShortest = 3;
    const std::string& stem = stems_[i];
    if (words_[i].folded.size() < kShortest || position_words().is_common(stem)) return;
    if (std::ranges::find(clause.telling, stem, &TellingWord::stem) != clause.telling.end()) return;
    clause.telling.push_back({stem, words_[i].span, words_[i].capital});
  }

  void add_number(std::size_t i, std::size_t end, Clause& clause) const {
    constexpr std::size_t kRange = 2;  // "40 to 50 feet" tells no one number of feet
    for (std::size_t before = i; before > 0 && i - before < kRange; --before) {
      const CollationWord& other = words_[before - 1];
      if (other.weight != WordWeight::kNumber) continue;
      if (!clause.numbers.empty() && clause.numbers.back().span == other.span) clause.numbers.pop_back();
      return;
    }
    const std::string& value = words_[i].folded;
    CountedNumber number{value, {}, words_[i].span};
    if (value.ends_with('%') || value.ends_with('$')) {
      number.of = value.substr(value.size() - 1);
    } else {
      number.of = governed(i + 1, std::min(end, i + 3));
    }
    clause.numbers.push_back(std::move(number));
  }

  bool indirect_;
  const std::vector<CollationWord>& words_;
  std::vector<std::string> stems_;
};

std::vector<CollationWord> words_of_spans(std::string_view text, const Spans& spans) {
  Quotation as_quotation;
  as_quotation.content = spans;
  return collation_words(text, as_quotation);
}

}  // namespace

std::vector<Clause> clauses_of(std::string_view text, const Quotation& quotation) {
  std::vector<CollationWord> words = collation_words(text, quotation);
  std::erase_if(words, [](const CollationWord& word) { return word.nothing || word.span.empty(); });
  if (words.empty()) return {};
  if (opening_of(words.front().folded) == Opening::kCondition) return {};
  ClauseReader reader(quotation, words);
  std::vector<Clause> clauses;
  const std::vector<Range> ranges = ranges_of(text, words);
  clauses.reserve(ranges.size());
  for (const Range& range : ranges) clauses.push_back(reader.read(range));
  // "declined 'to release a page'": an infinitive is governed by its cue, in marks or not.
  const bool is_infinitive = words.front().folded == "to";
  if (quotation.kind == QuotationKind::kDirect && !is_infinitive) return clauses;
  Clause& first = clauses.front();
  const std::size_t turns = first.turning.size();
  if (!ClauseReader::read_cue(words_of_spans(text, quotation.cue), first)) return {};
  if (first.turning.size() > turns && is_infinitive && reader.tells(1)) return {};
  if (first.turning.size() > turns) first.turned = reader.first_word(ranges.front());
  if (is_one_of(words.front().folded, {"what", "how", "why", "when", "who", "where", "which"}))
    first.takes_no_position = true;
  return clauses;
}

}  // namespace onrecord
