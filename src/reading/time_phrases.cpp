#include "reading/time_phrases.h"

#include <fmt/format.h>

#include <algorithm>

#include "language/characters.h"

namespace onrecord {
namespace {

using Kind = TimeWordKind;

constexpr int kFirstYear = 1000;  // a number of four digits may be a year
constexpr int kSureYear = 1500;   // ... and is one where nothing speaks against it
constexpr int kLastYear = 2100;
constexpr int kOldestShortYear = 999;

/// A number of units: "3", "2.5", "X" for "several"; `value` is -1 when it is not whole or not told.
struct Count {
  std::string text;
  int value = -1;
  std::uint32_t end = 0;
};

/// What stands behind a word of an edge: "the end of", "early", "the second half of".
struct Edge {
  std::string_view mod;
  Grain part_grain = Grain::kYear;  // kHalf or kQuarter: a part of the year that follows
  unsigned part = 0;
  std::uint32_t end = 0;
};

class Scanner {
 public:
  Scanner(const TimeWords& words, const TimeLexicon& lexicon, std::uint64_t& steps)
      : text_(words.text), words_(words.words), lexicon_(lexicon), steps_(steps) {}

  std::vector<TimePhrase> run() {
    for (std::uint32_t at = 0; at < words_.size();) {
      const std::uint32_t end = may_begin(at) ? phrase_at(at) : at;
      at = std::max(end, at + 1);
    }
    share_years();
    return std::move(found_);
  }

 private:
  // --- words -----------------------------------------------------------------------------------------------

  [[nodiscard]] Kind kind(std::uint32_t at) const {
    ++steps_;
    return at < words_.size() ? words_[at].kind : Kind::kBreak;
  }
  [[nodiscard]] int value(std::uint32_t at) const { return at < words_.size() ? words_[at].value : 0; }
  [[nodiscard]] bool is(std::uint32_t at, Kind wanted) const { return kind(at) == wanted; }
  [[nodiscard]] bool is_mark(std::uint32_t at, char mark) const {
    return is(at, Kind::kMark) && words_[at].mark == mark;
  }
  [[nodiscard]] bool is_glued(std::uint32_t at) const { return at < words_.size() && words_[at].is_glued; }
  [[nodiscard]] bool is_capital(std::uint32_t at) const {
    return at < words_.size() && words_[at].is_capital;
  }
  /// Whether the word is `word`, given in lower case.
  [[nodiscard]] bool equals(std::uint32_t at, std::string_view word) const {
    if (at >= words_.size() || words_[at].span.size() != word.size()) return false;
    const std::string_view own = cut(text_, words_[at].span);
    return std::ranges::equal(own, word,
                              [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); });
  }
  [[nodiscard]] bool is_unit(std::uint32_t at) const { return is(at, Kind::kUnit) || is(at, Kind::kUnits); }
  /// An ordinal in words; "second" is a unit as well.
  [[nodiscard]] bool is_ordinal(std::uint32_t at) const {
    return is(at, Kind::kOrdinal) || (is(at, Kind::kUnit) && equals(at, "second"));
  }
  [[nodiscard]] int ordinal(std::uint32_t at) const { return is(at, Kind::kOrdinal) ? value(at) : 2; }
  [[nodiscard]] TimeUnit unit(std::uint32_t at) const { return static_cast<TimeUnit>(value(at)); }
  [[nodiscard]] bool is_sentence_start(std::uint32_t at) const {
    if (at == 0 || is(at - 1, Kind::kBreak)) return true;
    if (!is(at - 1, Kind::kMark)) return false;
    const char mark = words_[at - 1].mark;
    return mark == '.' || mark == '!' || mark == '?' || mark == ':' || mark == '"' || mark == '(';
  }
  /// A word with a capital that is none of time: most likely a name, when it does not begin a sentence.
  [[nodiscard]] bool is_name(std::uint32_t at) const { return is(at, Kind::kOther) && is_capital(at); }
  [[nodiscard]] bool ends_clause(std::uint32_t at) const {
    if (is(at, Kind::kBreak)) return true;
    return is(at, Kind::kMark) && words_[at].mark != '-' && words_[at].mark != '\'' && words_[at].mark != '$';
  }
  /// A period that ends an abbreviation, skipped.
  [[nodiscard]] std::uint32_t after_period(std::uint32_t at) const {
    return is_mark(at, '.') && is_glued(at) ? at + 1 : at;
  }

  // --- numbers ---------------------------------------------------------------------------------------------

  [[nodiscard]] bool is_plain_number(std::uint32_t at, unsigned digits) const {
    return is(at, Kind::kDigits) && words_[at].digits == digits && words_[at].ending == 0;
  }
  /// 1-31, as "4", "4th" or, told as `ordinal` only, "fourth".
  [[nodiscard]] std::pair<unsigned, std::uint32_t> day_number(std::uint32_t at) const {
    if (is(at, Kind::kDigits) && words_[at].digits <= 2 && words_[at].ending != 's' && value(at) >= 1 &&
        value(at) <= 31) {
      const bool decimal = (is_mark(at + 1, '.') || is_mark(at + 1, ':')) && is_glued(at + 1) &&
                           is(at + 2, Kind::kDigits) && is_glued(at + 2);
      const bool amount = is_mark(at + 1, '%') || (is(at + 1, Kind::kOther) && is_glued(at + 1));
      if (!decimal && !amount) return {static_cast<unsigned>(value(at)), at + 1};
    }
    if (is_ordinal(at) && ordinal(at) > 0) return {static_cast<unsigned>(ordinal(at)), at + 1};
    if (is(at, Kind::kTens) && is_mark(at + 1, '-') && is_ordinal(at + 2) && value(at) <= 30 &&
        ordinal(at + 2) > 0 && ordinal(at + 2) < 10 && value(at) + ordinal(at + 2) <= 31)
      return {static_cast<unsigned>(value(at) + ordinal(at + 2)), at + 3};
    return {0, at};
  }

  [[nodiscard]] std::optional<Count> single_count(std::uint32_t at) const {
    Count count;
    if (is(at, Kind::kDigits) && words_[at].ending == 0) {
      count.value = value(at);
      count.text = std::to_string(count.value);
      count.end = at + 1;
      if (is_mark(at + 1, '.') && is_glued(at + 1) && is(at + 2, Kind::kDigits) && is_glued(at + 2)) {
        count.text.append(".").append(std::string(cut(text_, words_[at + 2].span)));
        count.value = -1;
        count.end = at + 3;
      }
      return count;
    }
    if (is(at, Kind::kTens)) {
      count.value = value(at);
      count.end = at + 1;
      const std::uint32_t ones = is_mark(at + 1, '-') ? at + 2 : at + 1;
      if (is(ones, Kind::kNumber) && value(ones) < 10) {
        count.value += value(ones);
        count.end = ones + 1;
      }
    } else if (is(at, Kind::kNumber)) {
      count.value = value(at);
      count.end = at + 1;
      if (is(at + 1, Kind::kHundred)) {
        count.value *= 100;
        count.end = at + 2;
      }
    } else if (is(at, Kind::kArticle)) {
      // "a dozen", "a hundred", "a couple of", "a few"
      if (is(at + 1, Kind::kHundred)) count.value = value(at + 1), count.end = at + 2;
      if (equals(at + 1, "dozen")) count.value = value(at + 1), count.end = at + 2;
      if (equals(at + 1, "couple") && equals(at + 2, "of")) count.value = 2, count.end = at + 3;
      if (equals(at + 1, "few")) count.text = "X", count.end = at + 2;
    } else if (is(at, Kind::kSome) && !equals(at, "couple")) {
      count.text = "X";
      count.end = at + 1;
    }
    if (count.end == 0) return std::nullopt;
    if (count.value >= 0) count.text = std::to_string(count.value);
    return count;
  }

  /// "three", "two or three" (X), "2 1/2" is not read.
  [[nodiscard]] std::optional<Count> count_at(std::uint32_t at) const {
    auto count = single_count(at);
    if (!count) return count;
    const std::uint32_t join = count->end;
    const bool joins = equals(join, "to") || equals(join, "or") || (is_mark(join, '-') && is_glued(join));
    if (joins && count->text != "X") {
      const auto other = single_count(join + 1);
      if (other && other->value > count->value) {
        count->end = other->end;
        count->text = "X";
        count->value = -1;
      }
    }
    if (count->value >= 0 && equals(count->end, "and") && is(count->end + 1, Kind::kArticle) &&
        is(count->end + 2, Kind::kHalf)) {
      count->text += ".5";
      count->value = -1;
      count->end += 3;
    }
    return count;
  }

  // --- phrases ---------------------------------------------------------------------------------------------

  [[nodiscard]] TimePhrase phrase(std::uint32_t first, std::uint32_t last) const {
    TimePhrase made;
    made.first = first;
    made.last = last;
    return made;
  }

  void add(TimePhrase made) {
    made.span = {words_[made.first].span.begin, words_[made.last - 1].span.end};
    // The period of an abbreviation at the end ("in Sept.") stays outside.
    found_.push_back(std::move(made));
  }

  /// Words that cannot begin a phrase are passed over at once.
  [[nodiscard]] bool may_begin(std::uint32_t at) const {
    switch (kind(at)) {
      case Kind::kOther:
        return is_capital(at) && !is_glued(at);
      case Kind::kMark:
      case Kind::kBreak:
      case Kind::kAhead:
      case Kind::kBehind:
      case Kind::kDated:
        return is(at, Kind::kMark) ? words_[at].mark == '\'' : false;
      default:
        return true;
    }
  }

  /// Adds what begins at `at`; the word after it, or `at` when nothing begins there.
  std::uint32_t phrase_at(std::uint32_t at) {
    if (is(at, Kind::kOther)) {
      const auto [day, end] = lexicon_.named_day(text_, words_, at);
      return day == nullptr ? at : named_day(at, *day, end);
    }
    if (is_capital(at)) {
      if (const auto [day, end] = lexicon_.named_day(text_, words_, at); day != nullptr)
        return named_day(at, *day, end);
    }
    if (const auto set = set_at(at)) return added(*set);
    if (const auto duration = duration_at(at)) return added(*duration);
    if (const auto time = time_at(at)) return added(*time);
    if (const auto date = date_at(at)) {
      const std::uint32_t begin = at;
      return days_joined(begin, *date);
    }
    if (const std::uint32_t end = days_before_month(at); end > at) return end;
    return at;
  }

  std::uint32_t added(TimePhrase made) {
    const std::uint32_t end = made.last;
    add(std::move(made));
    return end;
  }

  std::uint32_t named_day(std::uint32_t at, const NamedDay& day, std::uint32_t end) {
    if (day.rule == NamedDay::Rule::kNone) return end;  // no expression, and no weekday either
    // White Christmas, the Easter Rising
    if (is_name(end) || (at > 0 && is_name(at - 1) && !is_sentence_start(at - 1))) return end;
    TimePhrase made = phrase(at, end);
    made.named = &day;
    take_year(made);
    return added(made);
  }

  /// A year behind `made`: ", 2026", " 2026", "of 2026", "of that year"; then BC.
  void take_year(TimePhrase& made) const {
    std::uint32_t at = made.last;
    if (is_mark(at, ',') || equals(at, "of") || equals(at, "in")) ++at;
    if (equals(at - 1, "in") && made.grain != Grain::kSeason && made.named == nullptr) return;
    if (is_plain_number(at, 4) && value(at) >= kFirstYear && value(at) <= kLastYear && !is_amount(at)) {
      made.year = value(at);
      made.last = at + 1;
      take_era(made);
      return;
    }
    if (is(at, Kind::kDigits) && words_[at].digits <= 4 && is(era_at(at + 1), Kind::kBc)) {
      made.year = 1 - value(at);
      made.last = era_at(at + 1) + 1;
      return;
    }
    if (!equals(at - 1, "of")) return;
    const bool article = is(at, Kind::kThe);
    const std::uint32_t word = article ? at + 1 : at;
    const Which which = which_at(word, article);
    if (which != Which::kUntold && is(word + 1, Kind::kUnit) && unit(word + 1) == TimeUnit::kYear) {
      made.year_is = which;
      made.last = word + 2;
    }
  }
  [[nodiscard]] std::uint32_t era_at(std::uint32_t at) const { return at; }
  void take_era(TimePhrase& made) const {
    if (is(made.last, Kind::kBc)) {
      made.year = 1 - *made.year;
      ++made.last;
    } else if (is(made.last, Kind::kAd) && is_capital(made.last)) {
      ++made.last;
    }
  }

  /// Whether a number counts or measures: "$1500", "1,500", "1500 km", "1500 soldiers".
  [[nodiscard]] bool is_amount(std::uint32_t at) const {
    if (at > 0 && is(at - 1, Kind::kMark) && is_glued(at)) {
      const char mark = words_[at - 1].mark;
      if (mark == '$' || mark == '#' || mark == '.' || mark == '/' || mark == ':') return true;
    }
    if (is_mark(at + 1, '%') || is_unit(at + 1)) return true;
    if (!is_glued(at + 1)) return false;
    if (is(at + 1, Kind::kMark)) {
      const char mark = words_[at + 1].mark;
      const bool goes_on = is_glued(at + 2) && is(at + 2, Kind::kDigits);
      return (mark == '.' || mark == ':' || mark == '/' || mark == ',') && goes_on;
    }
    return is(at + 1, Kind::kOther);  // "1500m"
  }

  // --- years -----------------------------------------------------------------------------------------------

  /// A lower-case word that looks like a plural: what a number before it counts.
  [[nodiscard]] bool is_counted(std::uint32_t at) const {
    if (!is(at, Kind::kOther) || is_capital(at)) return false;
    const std::string_view word = cut(text_, words_[at].span);
    return (word.ends_with('s') && !word.ends_with("ss") && word != "was" && word != "has" && word != "is") ||
           word == "men" || word == "women" || word == "people" || word == "children" || word == "percent" ||
           word == "per" || word == "troops" || word == "million" || word == "thousand" || word == "billion";
  }

  [[nodiscard]] bool is_year(std::uint32_t at) const {
    if (!is_plain_number(at, 4) || value(at) < kFirstYear || value(at) > kLastYear || is_amount(at))
      return false;
    const bool dated = is(at - 1, Kind::kDated) || is(at - 1, Kind::kFrom) || is(at - 1, Kind::kBefore) ||
                       is(at - 1, Kind::kAfter) || is(at - 1, Kind::kThe) || is(at - 1, Kind::kEarly) ||
                       is(at - 1, Kind::kLate) || is_mark(at - 1, '-');
    if (at == 0) return value(at) >= kSureYear && !is_counted(at + 1);
    const bool counts =
        is(at - 1, Kind::kApproximately) || is(at - 1, Kind::kThan) || is(at - 1, Kind::kSome);
    const bool round = value(at) % 100 == 0;
    if (round && !dated) return false;
    if (counts && (round || is_counted(at + 1))) return false;
    if (is_counted(at + 1)) {
      // "the 1936 elections", "in 1936 soldiers": not "with 1500 soldiers".
      const bool defined =
          is(at - 1, Kind::kThe) || equals(at - 1, "in") || equals(at - 1, "since") || equals(at - 1, "by");
      if (round || !defined || value(at) < kSureYear + 200) return false;
    }
    if (equals(at - 1, "no") || (is_mark(at - 1, '.') && equals(at - 2, "no"))) return false;
    return value(at) >= kSureYear || dated;
  }

  /// "1942", "490 BC", "AD 70", "1914-18" (the second year of which is added when the first is).
  [[nodiscard]] std::optional<TimePhrase> year_at(std::uint32_t at) const {
    TimePhrase made = phrase(at, at + 1);
    made.grain = Grain::kYear;
    if (is(at, Kind::kAd) && is_capital(at) && is(at + 1, Kind::kDigits) && words_[at + 1].digits <= 4 &&
        value(at + 1) > 0) {
      made.year = value(at + 1);
      made.last = at + 2;
      return made;
    }
    if (!is(at, Kind::kDigits) || words_[at].digits > 4 || words_[at].ending != 0 || value(at) == 0)
      return std::nullopt;
    if (is(at + 1, Kind::kBc)) {
      made.year = 1 - value(at);
      made.last = at + 2;
      return made;
    }
    // "431-404 BC"
    if (is_mark(at + 1, '-') && is(at + 2, Kind::kDigits) && is(at + 3, Kind::kBc) &&
        value(at + 2) <= value(at)) {
      made.year = 1 - value(at);
      return made;
    }
    if (is(at + 1, Kind::kAd) && is_capital(at + 1) && words_[at].digits <= 4) {
      made.year = value(at);
      made.last = at + 2;
      return made;
    }
    if (is_year(at)) {
      made.year = value(at);
      return made;
    }
    const bool in_series = at >= 2 && is_mark(at - 1, '-') && is_glued(at) && is_glued(at - 1);
    if (in_series && is_plain_number(at, 2) && is_plain_number(at - 2, 4) && value(at - 2) >= kSureYear &&
        value(at - 2) <= kLastYear && value(at - 2) % 100 < value(at) &&
        !(is_mark(at + 1, '-') && is_glued(at + 1))) {
      made.year = value(at - 2) / 100 * 100 + value(at);
      return made;
    }
    const bool dated =
        at > 0 && (equals(at - 1, "in") || equals(at - 1, "by") || equals(at - 1, "until") ||
                   equals(at - 1, "since") || equals(at - 1, "of") || equals(at - 1, "early") ||
                   equals(at - 1, "late") || is(at - 1, Kind::kFrom));
    if (dated && words_[at].digits == 3 && value(at) <= kOldestShortYear && !is_amount(at) &&
        !is_counted(at + 1) && !is(at + 1, Kind::kOther)) {
      made.year = 1 - value(at);
      made.is_short_year = true;
      return made;
    }
    return std::nullopt;
  }

  // --- months and days -------------------------------------------------------------------------------------

  /// The month whose name or abbreviation stands at `at`, and the word after it.
  [[nodiscard]] std::pair<unsigned, std::uint32_t> month_name(std::uint32_t at) const {
    if (!is_capital(at)) return {0, at};
    if (is(at, Kind::kMonth)) return {static_cast<unsigned>(value(at)), at + 1};
    if (!is(at, Kind::kMonthShort)) return {0, at};
    const std::uint32_t end = after_period(at + 1);
    // "Jan", "Mar" are names as well; "Sept" is not.
    const bool is_date = end > at + 1 || is(end, Kind::kDigits) || (at > 0 && is(at - 1, Kind::kDigits));
    return is_date ? std::pair(static_cast<unsigned>(value(at)), end) : std::pair(0U, at);
  }

  /// Whether the word before says that a bare month or season is one: "in May", "last May", "early May".
  [[nodiscard]] bool is_introduced(std::uint32_t at) const {
    if (at == 0) return false;
    switch (kind(at - 1)) {
      case Kind::kDated:
        return !equals(at - 1, "for") && !equals(at - 1, "on") && (!equals(at - 1, "to") || at >= 2) &&
               !equals(at - 1, "into");
      case Kind::kEarly:
      case Kind::kLate:
      case Kind::kMid:
      case Kind::kLast:
      case Kind::kNext:
      case Kind::kThis:
      case Kind::kThat:
      case Kind::kFrom:
      case Kind::kBefore:
      case Kind::kAfter:
      case Kind::kEvery:
      case Kind::kSame:
        return true;
      case Kind::kMark:
        return words_[at - 1].mark == '-' && is(at - 2, Kind::kMid);
      case Kind::kAhead:
        return equals(at - 1, "until");
      default:
        return false;
    }
  }

  /// Whether a month's name without a day or a year beside it is the month: not JUNE Carter, Mr. MARCH,
  /// "may".
  [[nodiscard]] bool is_bare_month(std::uint32_t at, std::uint32_t end) const {
    const bool introduced = is_introduced(at);
    const bool is_word_too = equals(at, "may") || equals(at, "march") || equals(at, "august");
    const bool is_first_name =
        equals(at, "april") || equals(at, "june") || equals(at, "jan") || equals(at, "dec");
    const bool weak = at > 0 && (equals(at - 1, "and") || equals(at - 1, "or") || equals(at - 1, "to") ||
                                 equals(at - 1, "of") || equals(at - 1, "by"));
    if (is_mark(end, '\'') && !introduced) return false;
    // "a June interview", "the March vote"; a May is a person as well
    const bool has_article = at > 0 && (is(at - 1, Kind::kArticle) || is(at - 1, Kind::kThe));
    if (has_article && is(end, Kind::kOther) && !is_capital(end) && !equals(at, "may")) return true;
    const bool goes_on = is_mark(end, '-') || equals(end, "and") || equals(end, "to") || equals(end, "or");
    if (goes_on && is(end + 1, Kind::kMonth) && is_capital(end + 1) && !is_name(end + 2) &&
        (at == 0 || !is_name(at - 1)))
      return true;
    // "and April said": only "March and April" are two months.
    if (at > 1 && (equals(at - 1, "and") || equals(at - 1, "or")) && !is(at - 2, Kind::kMonth) &&
        (is_word_too || is_first_name))
      return false;
    if ((is_word_too || is_first_name) && (!introduced || (weak && is_name(end)))) {
      // "between March and May": the other one is introduced.
      return false;
    }
    if (introduced) return !(weak && is_name(end));
    if (is_name(end)) return false;
    if (at > 0 && is_name(at - 1) && !is_sentence_start(at - 1)) return false;
    if (at > 0 && is_mark(at - 1, '.') && !is_sentence_start(at)) return false;
    return true;
  }

  /// "May 4", "May 4, 2026", "May 2026", "May of that year", "May".
  [[nodiscard]] std::optional<TimePhrase> month_first(std::uint32_t at) const {
    const auto [month, after] = month_name(at);
    if (month == 0) return std::nullopt;
    TimePhrase made = phrase(at, after);
    made.month = month;
    made.grain = Grain::kMonth;
    std::uint32_t next = after;
    if (is(next, Kind::kThe)) ++next;  // "May the 4th"
    const auto [day, day_end] = day_number(next);
    const bool is_day = day > 0 &&
                        (next == after || (is(next, Kind::kDigits) && words_[next].ending == 't')) &&
                        is(next, Kind::kDigits);
    if (is_day) {
      made.day = day;
      made.grain = Grain::kDay;
      made.last = day_end;
    }
    take_year(made);
    if (!is_day && made.last == after && !is_bare_month(at, after)) return std::nullopt;
    return made;
  }

  /// "4 May", "4th of May 2026", "the 4th of May".
  [[nodiscard]] std::optional<TimePhrase> day_first(std::uint32_t at) const {
    const std::uint32_t begin = is(at, Kind::kThe) ? at + 1 : at;
    auto [day, next] = day_number(begin);
    if (day == 0) return std::nullopt;
    const bool numbered = is(begin, Kind::kDigits) ? words_[begin].ending == 't' : true;
    if (begin > at && !numbered) return std::nullopt;
    if (numbered && equals(next, "of"))
      ++next;
    else if (!is(begin, Kind::kDigits))
      return std::nullopt;
    const auto [month, end] = month_name(next);
    if (month == 0) return std::nullopt;
    TimePhrase made = phrase(at, end);
    made.day = day;
    made.month = month;
    made.grain = Grain::kDay;
    // "4 May, 2026"; but not "4 May, 1500 men"
    take_year(made);
    return made;
  }

  /// "2026-03-06", "2026-03-06T17:00", "3/6/2026", "6.3.2026".
  [[nodiscard]] std::optional<TimePhrase> numeric_date(std::uint32_t at) const {
    if (!is(at, Kind::kDigits) || words_[at].ending != 0 || !is(at + 2, Kind::kDigits) ||
        !is(at + 4, Kind::kDigits) || !is(at + 1, Kind::kMark) || !is(at + 3, Kind::kMark) ||
        !is_glued(at + 1) || !is_glued(at + 2) || !is_glued(at + 3) || !is_glued(at + 4))
      return std::nullopt;
    const char mark = words_[at + 1].mark;
    if (mark != words_[at + 3].mark) return std::nullopt;
    TimePhrase made = phrase(at, at + 5);
    if (mark == '-' && words_[at].digits == 4 && words_[at + 2].digits == 2 && words_[at + 4].digits == 2) {
      made.year = value(at);
      made.month = static_cast<unsigned>(value(at + 2));
      made.day = static_cast<unsigned>(value(at + 4));
      if (!exists(made)) return std::nullopt;
      const std::uint32_t clock = at + 5;
      if (is_glued(clock) && equals(clock, "t") && is(clock + 1, Kind::kDigits) && is_mark(clock + 2, ':') &&
          is(clock + 3, Kind::kDigits)) {
        made.type = TimeType::kTime;
        made.clock = fmt::format("T{:02}:{:02}", value(clock + 1), value(clock + 3));
        made.last = clock + 4;
        if (is_mark(clock + 4, ':') && is(clock + 5, Kind::kDigits)) {
          made.clock += fmt::format(":{:02}", value(clock + 5));
          made.last = clock + 6;
        }
      }
      return made;
    }
    if ((mark != '/' && mark != '.') || words_[at + 4].digits != 4 || words_[at].digits > 2 ||
        words_[at + 2].digits > 2 || value(at + 4) < kSureYear)
      return std::nullopt;
    made.year = value(at + 4);
    const auto one = static_cast<unsigned>(value(at));
    const auto two = static_cast<unsigned>(value(at + 2));
    // Where both orders give a day, neither is taken.
    if (one > 12 || mark == '.') {
      made.day = one;
      made.month = two;
    } else if (two > 12 || one == two) {
      made.day = two;
      made.month = one;
    } else {
      made.told = TimeTold::kFixed;
      made.value = fmt::format("{:04}-XX-XX", *made.year);
      return made;
    }
    return exists(made) ? std::optional(made) : std::nullopt;
  }
  [[nodiscard]] static bool exists(const TimePhrase& made) {
    if (made.month < 1 || made.month > 12 || made.day < 1) return false;
    const Date date{std::chrono::year(made.year.value_or(2000)), std::chrono::month(made.month),
                    std::chrono::day(made.day)};
    return date.ok();
  }

  // --- weekdays --------------------------------------------------------------------------------------------

  [[nodiscard]] std::pair<int, std::uint32_t> weekday_name(std::uint32_t at) const {
    if (!is_capital(at)) return {-1, at};
    if (is(at, Kind::kWeekday)) return {value(at), at + 1};
    if (!is(at, Kind::kWeekdayShort)) return {-1, at};
    const std::uint32_t end = after_period(at + 1);
    const std::uint32_t next = is_mark(end, ',') ? end + 1 : end;
    const bool is_date =
        (end > at + 1 || next > end) && (month_name(next).first > 0 || is(next, Kind::kDigits));
    return is_date ? std::pair(value(at), end) : std::pair(-1, at);
  }

  /// Whether a weekday stands in a name: the SUNDAY Times, Black FRIDAY, MONDAY Night Football.
  [[nodiscard]] bool is_weekday_in_name(std::uint32_t at, std::uint32_t end) const {
    const bool follows_name = at > 0 && is_name(at - 1) && !is_sentence_start(at - 1);
    const bool capital_before = at > 0 && is_name(at - 1) && is_sentence_start(at - 1);
    if (is_name(end) && !is_mark(end, ',')) {
      if (at > 0 && is(at - 1, Kind::kThe)) return true;
      if (follows_name || capital_before) return true;
      const bool adverbial =
          at > 0 && (is(at - 1, Kind::kDated) || is(at - 1, Kind::kLast) || is(at - 1, Kind::kThis) ||
                     is(at - 1, Kind::kNext) || is(at - 1, Kind::kBehind) || is(at - 1, Kind::kEarly) ||
                     is(at - 1, Kind::kLate) || is_mark(at - 1, ',') ||
                     (is(at - 1, Kind::kOther) && !is_capital(at - 1)));
      return !adverbial;
    }
    if (is(end, Kind::kDayPart) && is_capital(end)) return true;
    // "the Friday" is one; "Bloody Sunday" and its like are in data/named_days.txt.
    return false;
  }

  /// "Friday", "Friday, March 6, 2026".
  [[nodiscard]] std::optional<TimePhrase> weekday_at(std::uint32_t at) const {
    const auto [weekday, end] = weekday_name(at);
    if (weekday < 0) return std::nullopt;
    const std::uint32_t next = is_mark(end, ',') ? end + 1 : end;
    for (const auto& date : {month_first(next), day_first(next), numeric_date(next)}) {
      if (!date || date->grain != Grain::kDay || date->first != next) continue;
      TimePhrase made = *date;
      made.first = at;
      made.weekday = weekday;
      return made;
    }
    if (is_weekday_in_name(at, end)) return std::nullopt;
    TimePhrase made = phrase(at, is(at, Kind::kWeekdayShort) ? end : at + 1);
    made.weekday = weekday;
    made.is_deictic = true;
    return made;
  }

  // --- seasons, quarters, decades, centuries
  // ----------------------------------------------------------------

  /// "summer of 1942", "the summer", "spring 1942"; a bare one only where a word before it says so.
  [[nodiscard]] std::optional<TimePhrase> season_at(std::uint32_t at) const {
    const std::uint32_t word = is(at, Kind::kThe) ? at + 1 : at;
    if (!is(word, Kind::kSeason)) return std::nullopt;
    TimePhrase made = phrase(at, word + 1);
    made.grain = Grain::kSeason;
    made.part = static_cast<unsigned>(value(word));
    take_year(made);
    if (made.year || made.year_is != Which::kUntold) return made;
    made.last = word + 1;
    const bool ambiguous = equals(word, "spring") || equals(word, "fall");
    if (is_name(word + 1)) return std::nullopt;  // the Winter War
    if (is_capital(word) && !is_sentence_start(word) && is_name(word - 1)) return std::nullopt;
    if (equals(word + 1, "of")) return std::nullopt;  // the fall of the city
    const bool introduced = is_introduced(word);
    if (word > at) {
      const bool framed =
          at > 0 && (is(at - 1, Kind::kDated) || is(at - 1, Kind::kBefore) || is(at - 1, Kind::kAfter)) &&
          !equals(at - 1, "of") && !equals(at - 1, "to");
      return ambiguous && !framed ? std::nullopt : std::optional(made);
    }
    if (ambiguous && (equals(word - 1, "to") || equals(word - 1, "and") || equals(word - 1, "of") ||
                      equals(word - 1, "or")))
      return std::nullopt;
    return introduced ? std::optional(made) : std::nullopt;
  }

  /// "the third quarter of 2003", "the second half of 1942", "Q3 2003".
  [[nodiscard]] std::optional<TimePhrase> quarter_at(std::uint32_t at) const {
    std::uint32_t word = is(at, Kind::kThe) ? at + 1 : at;
    if (!is_ordinal(word) || ordinal(word) < 1 || ordinal(word) > 4) return std::nullopt;
    const auto part = static_cast<unsigned>(ordinal(word));
    const std::uint32_t noun = is_mark(word + 1, '-') ? word + 2 : word + 1;
    const bool quarter = is(noun, Kind::kUnit) && unit(noun) == TimeUnit::kQuarter;
    const bool half = is(noun, Kind::kHalf) && part <= 2;
    if (!quarter && !half) return std::nullopt;
    TimePhrase made = phrase(at, noun + 1);
    made.grain = quarter ? Grain::kQuarter : Grain::kHalf;
    made.part = part;
    made.is_deictic = true;
    take_year(made);
    if (made.year || made.year_is != Which::kUntold) return made;
    if (equals(noun + 1, "of")) {
      if (is(noun + 2, Kind::kThe) && is(noun + 3, Kind::kUnit) && unit(noun + 3) == TimeUnit::kYear) {
        made.year_is = Which::kThis;
        made.last = noun + 4;
        return made;
      }
      const Which which = which_at(noun + 2, false);
      if (which == Which::kUntold || !is(noun + 3, Kind::kUnit)) return std::nullopt;
    }
    return half ? std::nullopt : std::optional(made);
  }

  /// "the 1980s", "the '80s", "the 470s BC".
  [[nodiscard]] std::optional<TimePhrase> decade_at(std::uint32_t at) const {
    const std::uint32_t begin = is(at, Kind::kThe) ? at + 1 : at;
    const std::uint32_t digits = is_mark(begin, '\'') ? begin + 1 : begin;
    if (!is(digits, Kind::kDigits) || words_[digits].ending != 's' || value(digits) % 10 != 0)
      return std::nullopt;
    TimePhrase made = phrase(at, digits + 1);
    made.grain = Grain::kDecade;
    const unsigned length = words_[digits].digits;
    if (is(digits + 1, Kind::kBc) && length <= 4) {
      made.year = -(value(digits) + 8);  // 480s BC: from 489 BC
      made.last = digits + 2;
    } else if (length == 4 && value(digits) >= kFirstYear && value(digits) <= kLastYear) {
      made.year = value(digits);
    } else if (length == 2 && (digits > begin || begin > at) && value(digits) >= 20) {
      made.year = 1900 + value(digits);
    } else {
      return std::nullopt;
    }
    return made;
  }

  /// "the 19th century", "nineteenth century", "the 5th century BC".
  [[nodiscard]] std::optional<TimePhrase> century_at(std::uint32_t at) const {
    const std::uint32_t begin = is(at, Kind::kThe) ? at + 1 : at;
    int number = 0;
    std::uint32_t end = begin;
    if (is(begin, Kind::kDigits) && words_[begin].ending == 't') number = value(begin), end = begin + 1;
    if (is_ordinal(begin)) number = ordinal(begin), end = begin + 1;
    if (is(begin, Kind::kTens) && is_ordinal(begin + 2))
      number = value(begin) + ordinal(begin + 2), end = begin + 3;
    if (number < 1 || number > 30) return std::nullopt;
    const std::uint32_t noun = is_mark(end, '-') ? end + 1 : end;
    if (!is(noun, Kind::kUnit) || unit(noun) != TimeUnit::kCentury) return std::nullopt;
    if (is_capital(noun) && is_name(noun + 1)) return std::nullopt;  // the name of a company
    TimePhrase made = phrase(at, noun + 1);
    made.grain = Grain::kCentury;
    made.year = (number - 1) * 100;
    if (is(noun + 1, Kind::kBc)) {
      made.year = 1 - number * 100;
      made.last = noun + 2;
    } else if (is(noun + 1, Kind::kAd) && is_capital(noun + 1)) {
      made.last = noun + 2;
    } else if (number == 1) {
      return std::nullopt;  // "the first century of the dynasty"
    }
    return made;
  }

  // --- references ------------------------------------------------------------------------------------------

  [[nodiscard]] Which which_at(std::uint32_t at, bool article) const {
    switch (kind(at)) {
      case Kind::kLast:
        return article ? Which::kUntold : Which::kLast;
      case Kind::kThis:
        return article ? Which::kUntold : Which::kThis;
      case Kind::kCurrent:
        return Which::kThis;
      case Kind::kNext:
        return article ? Which::kFollowing : Which::kNext;
      case Kind::kThat:
        return article ? Which::kUntold : Which::kSame;
      case Kind::kSame:
        return article || is(at - 1, Kind::kThat) ? Which::kSame : Which::kUntold;
      case Kind::kBeforeIt:
        return Which::kPrevious;
      case Kind::kAfterIt:
        return Which::kFollowing;
      default:
        return Which::kUntold;
    }
  }

  static void take_which(TimePhrase& made, Which which, TimeUnit unit) {
    made.told = TimeTold::kUnits;
    made.unit = unit;
    made.count = which == Which::kLast || which == Which::kPrevious    ? -1
                 : which == Which::kNext || which == Which::kFollowing ? 1
                                                                       : 0;
    const bool deictic = which == Which::kLast || which == Which::kThis || which == Which::kNext;
    made.from = deictic ? CountedFrom::kPublication : CountedFrom::kText;
    made.is_deictic = deictic;
    made.which = which;
  }

  /// "last year", "the following day", "that same month", "next spring", "this Friday", "the next morning".
  [[nodiscard]] std::optional<TimePhrase> reference_at(std::uint32_t at) const {
    const bool article = is(at, Kind::kThe);
    std::uint32_t word = article ? at + 1 : at;
    const bool that_same = is(word, Kind::kThat) || is(word, Kind::kThis);
    if (that_same && is(word + 1, Kind::kSame)) ++word;
    Which which = which_at(word, article);
    if (article && (is(word, Kind::kLast))) return std::nullopt;
    if (which == Which::kUntold) return day_beside(at);
    // "this past week", "this coming Friday"
    if (which == Which::kThis && is(word + 1, Kind::kLast)) ++word, which = Which::kLast;
    if (which == Which::kThis && is(word + 1, Kind::kNext)) ++word, which = Which::kNext;
    const std::uint32_t noun = word + 1;
    TimePhrase made = phrase(at, noun + 1);
    const bool named = is_capital(noun) && is_capital(word) && !is_sentence_start(at);
    if (named && (is(noun, Kind::kUnit) || is(noun, Kind::kDayPart))) return std::nullopt;  // "This Week"
    if (is(noun, Kind::kUnit)) {
      const TimeUnit told = unit(noun);
      if (told < TimeUnit::kDay || told == TimeUnit::kMillennium || told == TimeUnit::kFortnight)
        return std::nullopt;
      take_which(made, which, told);
      if (told == TimeUnit::kDay && which == Which::kNext) made.from = CountedFrom::kText;
      if (told == TimeUnit::kDay && (which == Which::kThis || which == Which::kLast)) return std::nullopt;
      return made;
    }
    if (is(noun, Kind::kDayPart)) {
      const bool night = equals(word, "last");
      if (which == Which::kLast && !night) return std::nullopt;
      take_which(made, which, TimeUnit::kDay);
      if (which == Which::kNext) made.from = CountedFrom::kText;
      made.type = TimeType::kTime;
      made.hours = hours_of(noun);
      return made;
    }
    if (is(noun, Kind::kSeason)) {
      if (is_name(noun + 1)) return std::nullopt;
      made.grain = Grain::kSeason;
      made.part = static_cast<unsigned>(value(noun));
      made.which = which;
      return made;
    }
    if (const auto [weekday, end] = weekday_name(noun); weekday >= 0) {
      if (article && which == Which::kSame) return std::nullopt;
      if (is(end, Kind::kDayPart) && !is_capital(end)) {
        made.type = TimeType::kTime;
        made.hours = hours_of(end);
        made.last = end + 1;
      } else {
        made.last = noun + 1;
      }
      made.weekday = weekday;
      made.which = which;
      made.is_deictic = true;
      return made;
    }
    if (const auto [month, end] = month_name(noun); month > 0) {
      made.month = month;
      made.grain = Grain::kMonth;
      made.last = end;
      made.which = which;
      const auto [day, day_end] = day_number(end);
      if (day > 0 && is(end, Kind::kDigits)) made.day = day, made.last = day_end, made.grain = Grain::kDay;
      return made;
    }
    return day_beside(at);
  }

  /// "the day before", "the year after", "the day following": beside what was told last.
  [[nodiscard]] std::optional<TimePhrase> day_beside(std::uint32_t at) const {
    const std::uint32_t noun = is(at, Kind::kThe) ? at + 1 : at;
    if (noun == at || !(is(noun, Kind::kUnit) || is(noun, Kind::kDayPart))) return std::nullopt;
    const std::uint32_t side = noun + 1;
    const bool before = is(side, Kind::kBefore) || is(side, Kind::kPreviously) || equals(side, "earlier");
    const bool after = is(side, Kind::kAfter) || is(side, Kind::kAfterIt);
    if (!before && !after) return std::nullopt;
    TimePhrase made = phrase(at, side + 1);
    take_which(made, before ? Which::kPrevious : Which::kFollowing,
               is(noun, Kind::kUnit) ? unit(noun) : TimeUnit::kDay);
    if (is(noun, Kind::kDayPart)) {
      made.type = TimeType::kTime;
      made.hours = hours_of(noun);
    } else if (unit(noun) < TimeUnit::kDay) {
      return std::nullopt;
    }
    // "the day before yesterday", "the day after tomorrow"
    if (is(side + 1, Kind::kToday) && value(side + 1) != 0 && is(noun, Kind::kUnit) &&
        unit(noun) == TimeUnit::kDay) {
      made.count = value(side + 1) + (before ? -1 : 1);
      made.from = CountedFrom::kPublication;
      made.is_deictic = true;
      made.last = side + 2;
      return made;
    }
    return ends_clause(side + 1) || equals(side + 1, "and") ? std::optional(made) : std::nullopt;
  }

  /// "yesterday", "today", "tomorrow morning", "tonight", "now", "recently", "the future".
  [[nodiscard]] std::optional<TimePhrase> pointing_word(std::uint32_t at) const {
    TimePhrase made = phrase(at, at + 1);
    switch (kind(at)) {
      case Kind::kToday:
      case Kind::kTonight:
        if (is_capital(at) && !is_sentence_start(at)) return std::nullopt;  // USA TODAY
        if (is_capital(at) && is_name(at + 1)) return std::nullopt;
        made.told = TimeTold::kUnits;
        made.unit = TimeUnit::kDay;
        made.count = value(at);
        made.is_deictic = true;
        if (is(at, Kind::kTonight)) {
          made.type = TimeType::kTime;
          made.hours = "TNI";
        } else if (is(at + 1, Kind::kDayPart)) {
          made.type = TimeType::kTime;
          made.hours = hours_of(at + 1);
          made.last = at + 2;
        }
        return made;
      case Kind::kNow:
      case Kind::kRecently:
      case Kind::kRecent:
      case Kind::kFormer: {
        made.told = TimeTold::kFixed;
        made.vague = words_[at].told;
        // "recent months", "recent years"
        if (is(at, Kind::kRecent) && is(at + 1, Kind::kUnits)) made.last = at + 2;
        return made;
      }
      case Kind::kCurrent:
        if (equals(at, "present")) {
          if (!is(at + 1, Kind::kUnit) || unit(at + 1) != TimeUnit::kDay) return std::nullopt;
          made.last = at + 2;
        }
        made.told = TimeTold::kFixed;
        made.vague = "PRESENT_REF";
        return made;
      case Kind::kFuture:
        if (is_capital(at) && !is_sentence_start(at)) return std::nullopt;
        made.told = TimeTold::kFixed;
        made.vague = "FUTURE_REF";
        return made;
      case Kind::kThe:
        if (!is(at + 1, Kind::kFuture) && !equals(at + 1, "past") &&
            !(equals(at + 1, "present") && ends_clause(at + 2)))
          return std::nullopt;
        if (equals(at + 1, "past") && !ends_clause(at + 2)) return std::nullopt;
        made.last = at + 2;
        made.told = TimeTold::kFixed;
        made.vague = equals(at + 1, "past")      ? "PAST_REF"
                     : is(at + 1, Kind::kFuture) ? "FUTURE_REF"
                                                 : "PRESENT_REF";
        return made;
      case Kind::kThese:
        if (!equals(at, "these") || !is(at + 1, Kind::kUnits) || unit(at + 1) != TimeUnit::kDay)
          return std::nullopt;
        made.last = at + 2;
        made.told = TimeTold::kFixed;
        made.vague = "PRESENT_REF";
        return made;
      default:
        return std::nullopt;
    }
  }

  // --- edges -----------------------------------------------------------------------------------------------

  [[nodiscard]] static std::string_view mod_of(Kind kind) {
    switch (kind) {
      case Kind::kEarly:
      case Kind::kEdgeStart:
        return "START";
      case Kind::kLate:
      case Kind::kEdgeEnd:
        return "END";
      case Kind::kMid:
        return "MID";
      default:
        return "";
    }
  }

  /// "the end of", "early", "late in", "mid-", "the early part of", "the second half of".
  [[nodiscard]] std::optional<Edge> edge_at(std::uint32_t at) const {
    const bool article = is(at, Kind::kThe);
    const std::uint32_t word = article ? at + 1 : at;
    Edge edge{mod_of(kind(word)), Grain::kYear, 0, word + 1};
    switch (kind(word)) {
      case Kind::kEdgeStart:
      case Kind::kEdgeEnd:
      case Kind::kEdgeRest:
        if (!equals(word + 1, "of")) return std::nullopt;
        edge.end = word + 2;
        return edge;
      case Kind::kMid:
        if (equals(word, "middle")) {
          if (!equals(word + 1, "of")) return std::nullopt;
          edge.end = word + 2;
        } else if (is_mark(word + 1, '-')) {
          edge.end = word + 2;
        }
        return edge;
      case Kind::kEarly:
      case Kind::kLate:
      case Kind::kUnit:
      case Kind::kOrdinal: {
        if (is(word, Kind::kUnit) && !is_ordinal(word)) return std::nullopt;
        const std::uint32_t noun = is_mark(word + 1, '-') ? word + 2 : word + 1;
        const bool part = is(noun, Kind::kPartOf) || is(noun, Kind::kUnits) || is(noun, Kind::kHalf) ||
                          (is(noun, Kind::kUnit) && unit(noun) == TimeUnit::kQuarter);
        if (part && equals(noun + 1, "of")) {
          edge.end = noun + 2;
          if (is_ordinal(word)) {
            if (ordinal(word) == 1) edge.mod = "START";
            if (equals(word, "latter") || equals(word, "final") || equals(word, "closing")) edge.mod = "END";
            if (is(noun, Kind::kHalf) && (ordinal(word) == 1 || ordinal(word) == 2)) {
              edge.part_grain = Grain::kHalf;
              edge.part = static_cast<unsigned>(ordinal(word));
            } else if (is(noun, Kind::kUnit) && ordinal(word) >= 1 && ordinal(word) <= 4) {
              edge.part_grain = Grain::kQuarter;
              edge.part = static_cast<unsigned>(ordinal(word));
            } else if (is(noun, Kind::kHalf) || is(noun, Kind::kUnit)) {
              return std::nullopt;
            }
          }
          return edge;
        }
        if (is_ordinal(word)) return std::nullopt;
        if (!article && (equals(word + 1, "in") || equals(word + 1, "on")))
          edge.end = word + 2;
        else if (is_mark(word + 1, '-'))
          edge.end = word + 2;
        return edge;
      }
      default:
        return std::nullopt;
    }
  }

  /// "early 1942", "the end of the month", "late that year", "mid-May", "earlier this week".
  [[nodiscard]] std::optional<TimePhrase> edged_at(std::uint32_t at) const {
    const auto edge = edge_at(at);
    if (!edge) return std::nullopt;
    const std::uint32_t inner = edge->end;
    std::optional<TimePhrase> made = core_at(inner);
    const bool comparative = equals(at, "earlier") || equals(at, "later");
    if (!made && is(inner, Kind::kThe) && (is(inner + 1, Kind::kUnit) || is(inner + 1, Kind::kSeason))) {
      // "the end of the month", "later in the year": that of the text
      if (is(inner + 1, Kind::kUnit)) {
        if (unit(inner + 1) < TimeUnit::kDay || equals(inner + 2, "of")) return std::nullopt;
        made = phrase(inner, inner + 2);
        // A day is that of the text, other units are those of the day of writing.
        take_which(*made, unit(inner + 1) == TimeUnit::kDay ? Which::kSame : Which::kThis, unit(inner + 1));
      }
    }
    if (!made) return std::nullopt;
    if (made->told == TimeTold::kFixed || made->type == TimeType::kDuration) return std::nullopt;
    const bool in =
        inner > at + 1 && is(inner - 1, Kind::kDated) && (is(at, Kind::kEarly) || is(at, Kind::kLate));
    if (comparative && !in && !made->is_deictic && made->told == TimeTold::kPoint &&
        made->which == Which::kUntold)
      return std::nullopt;  // "later May came": two clauses
    made->first = at;
    made->mod = edge->mod;
    if (edge->part > 0) {
      const bool year = made->told == TimeTold::kPoint && made->grain == Grain::kYear && made->year;
      if (year) {
        made->grain = edge->part_grain;
        made->part = edge->part;
        made->mod = "";
      }
    }
    return made;
  }

  // --- parts of a day and clocks
  // -----------------------------------------------------------------------------

  [[nodiscard]] std::string_view hours_of(std::uint32_t at) const {
    const std::string_view letters = words_[at].told;
    for (const std::string_view hours : {"TMO", "TDT", "TAF", "TEV", "TNI", "TMI"})
      if (hours.substr(1) == letters) return hours;
    return "";
  }

  /// "5 p.m.", "5:30 pm", "17:30", "noon", "5 o'clock": its "T17:30" and the word after it.
  [[nodiscard]] std::pair<std::string, std::uint32_t> clock_at(std::uint32_t at) const {
    if (is(at, Kind::kClock)) return {std::string(words_[at].told), at + 1};
    if (is(at, Kind::kNumber) && value(at) <= 12 && equals(at + 1, "o") && is_mark(at + 2, '\'') &&
        equals(at + 3, "clock"))
      return {"", at + 4};
    if (!is(at, Kind::kDigits) || words_[at].digits > 2 || words_[at].ending != 0 || value(at) > 24)
      return {"", at};
    if (at > 0 && is_glued(at) && is(at - 1, Kind::kMark) && words_[at - 1].mark != '(' &&
        words_[at - 1].mark != '-' && words_[at - 1].mark != '"')
      return {"", at};
    std::uint32_t end = at + 1;
    int minutes = -1;
    if ((is_mark(end, ':') || is_mark(end, '.')) && is_glued(end) && is_plain_number(end + 1, 2) &&
        is_glued(end + 1) && value(end + 1) < 60) {
      minutes = value(end + 1);
      end += 2;
    }
    const bool colon = minutes >= 0 && is_mark(at + 1, ':');
    if (equals(end, "o") && is_mark(end + 1, '\'') && equals(end + 2, "clock")) return {"", end + 3};
    if (is(end, Kind::kMeridiem) && value(at) >= 1 && value(at) <= 12) {
      const int hour = value(at) % 12 + value(end);
      return {minutes < 0 ? fmt::format("T{:02}", hour) + ":00" : fmt::format("T{:02}:{:02}", hour, minutes),
              end + 1};
    }
    if (!colon || words_[at].digits == 0 || (is_mark(end, ':') && is_glued(end))) return {"", at};
    const bool introduced =
        at > 0 && (is(at - 1, Kind::kAt) || equals(at - 1, "by") || equals(at - 1, "until") ||
                   equals(at - 1, "from") || equals(at - 1, "between") || equals(at - 1, "around") ||
                   equals(at - 1, "about") || equals(at - 1, "before") || equals(at - 1, "after"));
    if (!introduced && !is(end, Kind::kZone) && !equals(end, "hours")) return {"", at};
    if (equals(end, "hours")) ++end;
    return {fmt::format("T{:02}:{:02}", value(at), minutes), end};
  }

  /// A clock's time with its date when that stands right behind it; a part of a day with or without its date.
  [[nodiscard]] std::optional<TimePhrase> time_at(std::uint32_t at) const {
    if (const auto [clock, end] = clock_at(at); end > at) return clock_time(at, clock, end);
    return part_of_day(at);
  }

  [[nodiscard]] std::optional<TimePhrase> clock_time(std::uint32_t at, const std::string& clock,
                                                     std::uint32_t end) const {
    std::uint32_t after = end;
    if (is(after, Kind::kZone) && is_capital(after)) ++after;
    const std::uint32_t next = is_mark(after, ',') ? after + 1 : after;
    auto date = core_at(next);
    const bool joins = date && date->type == TimeType::kDate && date->told != TimeTold::kFixed &&
                       (date->grain == Grain::kDay || date->told == TimeTold::kUnits) &&
                       date->weekday + 1 + (date->month > 0) + (date->told == TimeTold::kUnits) > 0;
    TimePhrase made = joins ? *date : phrase(at, after);
    made.first = at;
    if (joins && date->told == TimeTold::kUnits && date->unit != TimeUnit::kDay) {
      made = phrase(at, after);
      made.is_without_day = true;
    }
    if (!joins) made.is_without_day = true;
    if (joins && is(made.last, Kind::kZone) && is_capital(made.last)) ++made.last;
    made.type = TimeType::kTime;
    made.clock = clock;
    if (clock.empty()) made.hours = "";
    return made;
  }

  /// "Monday morning", "the night of 7 May", "the early morning hours of 7 May", "in the morning", "at
  /// night".
  [[nodiscard]] std::optional<TimePhrase> part_of_day(std::uint32_t at) const {
    // 1. A day, then the part: "Monday morning", "May 4 night".
    if (const auto weekday = weekday_at(at); weekday) {
      const std::uint32_t word = weekday->last;
      if (!is(word, Kind::kDayPart) || is_capital(word)) return std::nullopt;
      TimePhrase made = *weekday;
      made.type = TimeType::kTime;
      made.hours = hours_of(word);
      made.last = word + 1;
      return made;
    }
    // 2. The part, then the day.
    std::uint32_t word = at;
    std::string_view mod;
    if (is(word, Kind::kEarly) || is(word, Kind::kLate)) {
      mod = mod_of(kind(word));
      ++word;
      if (equals(word, "in") || equals(word, "on")) ++word;
    }
    const bool article = is(word, Kind::kThe);
    if (article) ++word;
    if (article && mod.empty() && (is(word, Kind::kEarly) || is(word, Kind::kLate)))
      mod = mod_of(kind(word)), ++word;
    if (!is(word, Kind::kDayPart)) return std::nullopt;
    std::uint32_t end = word + 1;
    if (is(end, Kind::kUnits) && unit(end) == TimeUnit::kHour) ++end;
    if (article && (equals(end, "of") || equals(end, "on"))) {
      const auto day = core_at(end + 1);
      const bool is_day = day && day->type == TimeType::kDate &&
                          ((day->told == TimeTold::kPoint && day->grain == Grain::kDay) ||
                           (day->told == TimeTold::kUnits && day->unit == TimeUnit::kDay));
      if (is_day && equals(end, "of")) {
        TimePhrase made = *day;
        made.first = at;
        made.type = TimeType::kTime;
        made.hours = hours_of(word);
        made.mod = mod;
        return made;
      }
      if (equals(end, "of")) return std::nullopt;
    }
    // 3. The part alone: where a preposition says that it is a time.
    const std::uint32_t before = at - 1;
    const bool in_the = at > 0 && article &&
                        (equals(before, "in") || equals(before, "during") || equals(before, "by") ||
                         equals(before, "until") || equals(before, "throughout"));
    const bool at_night = at > 0 && !article && mod.empty() &&
                          (is(before, Kind::kAt) || equals(before, "by") || equals(before, "until") ||
                           equals(before, "before") || equals(before, "after"));
    const bool edged = at > 0 && !mod.empty() && is(at, Kind::kEarly) && article;
    if (!in_the && !at_night && !edged) return std::nullopt;
    if (is_name(end)) return std::nullopt;
    TimePhrase made = phrase(at, end);
    made.type = TimeType::kTime;
    made.hours = hours_of(word);
    made.mod = mod;
    made.is_without_day = true;
    return made;
  }

  // --- durations and counted times
  // ----------------------------------------------------------------------------

  struct Approximation {
    std::string_view mod;
    std::uint32_t end = 0;
  };
  [[nodiscard]] Approximation approximation_at(std::uint32_t at) const {
    if (is(at, Kind::kMore) && is(at + 1, Kind::kThan))
      return {equals(at, "more") ? "MORE_THAN" : "LESS_THAN", at + 2};
    if (is(at, Kind::kAt) && is(at + 1, Kind::kLeast))
      return {equals(at + 1, "least") ? "EQUAL_OR_MORE" : "EQUAL_OR_LESS", at + 2};
    if (!is(at, Kind::kApproximately)) return {"", at};
    if (equals(at, "over")) return {"MORE_THAN", at + 1};
    if (equals(at, "nearly") || equals(at, "almost") || equals(at, "barely")) return {"LESS_THAN", at + 1};
    return {equals(at, "only") || equals(at, "just") ? "" : "APPROX", at + 1};
  }

  /// "three years", "a two-day", "27-year-old", "two days later", "six months ago", "the past two years".
  [[nodiscard]] std::optional<TimePhrase> duration_at(std::uint32_t at) const {
    const auto [mod, begin] = approximation_at(at);
    if (begin == at) {
      if (const auto framed = framed_duration(at)) return framed;
    }
    // "year-long", "decades-long"
    if (is_unit(at) && is_mark(at + 1, '-') && equals(at + 2, "long")) {
      TimePhrase made = phrase(at, at + 3);
      made.type = TimeType::kDuration;
      made.told = TimeTold::kFixed;
      made.value = duration_value(unit(at), is(at, Kind::kUnits) ? "X" : "1");
      return made;
    }
    // "a sixty-day period", "a period of three years"
    if (is(at, Kind::kArticle) && begin == at) {
      const bool names_it = is(at + 1, Kind::kPeriod) && equals(at + 2, "of") && !is(at + 3, Kind::kArticle);
      if (auto inner = names_it ? duration_at(at + 3) : duration_before_period(at + 1)) {
        inner->first = at;
        return inner;
      }
    }
    std::string number;
    int counted = -1;
    std::uint32_t noun = begin;
    if (const auto count = count_at(begin)) {
      number = count->text;
      counted = count->value;
      noun = count->end;
      if (is_mark(noun, '-') && is_unit(noun + 1))
        ++noun;
      else if (!is_unit(noun) && is(noun + 1, Kind::kUnits) && counted != 1 &&
               ((is(noun, Kind::kOther) && !is_capital(noun)) || is(noun, Kind::kMore)) &&
               !is(begin, Kind::kArticle))
        ++noun;  // "two bloody weeks", "three more years"
    } else if (is(begin, Kind::kArticle)) {
      number = "1";
      counted = 1;
      noun = begin + 1;
      if (is(noun, Kind::kHalf)) return half(at, noun + 1, mod);
      if (equals(noun, "full") || equals(noun, "whole") || equals(noun, "single")) ++noun;
      if (!is(noun, Kind::kUnit) || unit(noun) == TimeUnit::kSecond || unit(noun) == TimeUnit::kQuarter)
        return std::nullopt;
    } else if (is(begin, Kind::kHalf)) {
      return is(begin + 1, Kind::kArticle) ? half(at, begin + 2, mod) : std::nullopt;
    } else if (is(begin, Kind::kUnits) && unit(begin) != TimeUnit::kSecond &&
               unit(begin) != TimeUnit::kQuarter) {
      number = "X";
      if (!stands_for_long(at) && !counts_on(begin + 1)) return std::nullopt;
    } else {
      return std::nullopt;
    }
    if (!is_unit(noun)) return std::nullopt;
    if (unit(noun) == TimeUnit::kQuarter && is_mark(noun - 1, '-')) return std::nullopt;
    if (unit(noun) == TimeUnit::kQuarter &&
        (!is(noun, Kind::kUnits) || equals(noun + 1, "of") || number == "X"))
      return std::nullopt;
    if (number == "1" && is(noun, Kind::kUnits)) return std::nullopt;
    if (is(begin, Kind::kDigits) && words_[begin].digits == 4 && is(noun, Kind::kUnit)) return std::nullopt;
    TimePhrase made = phrase(at, noun + 1);
    made.type = TimeType::kDuration;
    made.told = TimeTold::kFixed;
    made.mod = mod;
    made.unit = unit(noun);
    made.count = counted;
    made.value = duration_value(made.unit, number);
    return suffixed(made, number);
  }

  [[nodiscard]] std::optional<TimePhrase> duration_before_period(std::uint32_t at) const {
    if (!is(at, Kind::kDigits) && !is(at, Kind::kNumber) && !is(at, Kind::kTens)) return std::nullopt;
    auto made = duration_at(at);
    if (!made || made->type != TimeType::kDuration || !is(made->last, Kind::kPeriod)) return std::nullopt;
    ++made->last;
    return made;
  }

  [[nodiscard]] std::optional<TimePhrase> half(std::uint32_t at, std::uint32_t noun,
                                               std::string_view mod) const {
    if (!is(noun, Kind::kUnit) || unit(noun) == TimeUnit::kSecond || unit(noun) == TimeUnit::kQuarter)
      return std::nullopt;
    TimePhrase made = phrase(at, noun + 1);
    made.type = TimeType::kDuration;
    made.told = TimeTold::kFixed;
    made.mod = mod;
    made.value = duration_value(unit(noun), "0.5");
    return made;
  }

  /// Whether a bare plural is a time and not a thing: "for months", "within days", "years of war".
  [[nodiscard]] bool stands_for_long(std::uint32_t at) const {
    if (at == 0) return false;
    return equals(at - 1, "for") || equals(at - 1, "in") || equals(at - 1, "within") ||
           equals(at - 1, "after") || equals(at - 1, "over") || equals(at - 1, "and") ||
           equals(at - 1, "took") || equals(at - 1, "lasted") || equals(at - 1, "spent");
  }
  [[nodiscard]] bool counts_on(std::uint32_t at) const {
    return is(at, Kind::kAgo) || equals(at, "later") || equals(at, "earlier");
  }

  /// What follows a duration and makes it a point of time, or goes on with it: "later", "ago", "old".
  [[nodiscard]] TimePhrase suffixed(TimePhrase made, const std::string& number) const {
    std::uint32_t next = made.last;
    if (is_mark(next, '\'') && is_glued(next)) {
      // "two years' time", "two years' imprisonment"
      return made;
    }
    if (equals(next, "and")) {
      // "two years and six months"
      const auto more = count_at(next + 1);
      if (more && more->value >= 0 && made.count >= 0 && is_unit(more->end) && unit(more->end) < made.unit &&
          unit(more->end) >= TimeUnit::kDay) {
        const std::string rest = duration_value(unit(more->end), more->text);
        made.value += rest.substr(1);
        made.last = more->end + 1;
        made.count = -1;
        next = made.last;
      }
    }
    if (is_mark(next, '-') && equals(next + 1, "old")) {
      made.last = next + 2;
      return made;
    }
    if (is(next, Kind::kOld)) {
      if (equals(next, "old")) made.last = next + 1;
      return made;
    }
    const bool clause_ends = ends_clause(next + 1) || equals(next + 1, "and");
    int direction = 0;
    CountedFrom from = CountedFrom::kText;
    std::uint32_t end = next + 1;
    if (is(next, Kind::kAgo))
      direction = -1, from = CountedFrom::kPublication;
    else if (equals(next, "later") || (is(next, Kind::kAfterwards) && !equals(next, "hence")))
      direction = 1;
    else if (equals(next, "earlier") || (is(next, Kind::kPreviously)))
      direction = -1;
    else if (is(next, Kind::kBefore) && clause_ends)
      direction = -1;
    else if (is(next, Kind::kAfter) && clause_ends)
      direction = 1;
    else if ((is(next, Kind::kFrom) && equals(next + 1, "now")) || equals(next, "hence")) {
      direction = 1, from = CountedFrom::kPublication;
      end = equals(next, "hence") ? next + 1 : next + 2;
    }
    if (direction == 0) return made;
    made.last = end;
    made.type = TimeType::kDate;
    made.is_deictic = from == CountedFrom::kPublication;
    if (number == "X" || made.count < 0) {
      made.vague = direction < 0 ? "PAST_REF" : "FUTURE_REF";
      return made;
    }
    made.told = TimeTold::kUnits;
    made.value.clear();
    made.count *= direction;
    made.from = from;
    if (made.unit < TimeUnit::kDay) made.type = TimeType::kTime;
    return made;
  }

  /// "the past two years", "the next few months", "the previous four weeks", "the first three days",
  /// "the last year", "the following days", "those years".
  [[nodiscard]] std::optional<TimePhrase> framed_duration(std::uint32_t at) const {
    const bool article = is(at, Kind::kThe);
    std::uint32_t word = article || (is(at, Kind::kThis) || is(at, Kind::kThat)) ? at + 1 : at;
    if (!article && word > at && !is(word, Kind::kSame) && !is(word, Kind::kLast)) return std::nullopt;
    const bool back = is(word, Kind::kLast) || is(word, Kind::kBeforeIt);
    const bool ahead = is(word, Kind::kNext) || is(word, Kind::kAfterIt);
    const bool numbered = article && (is_ordinal(word) || is(word, Kind::kEarly) || is(word, Kind::kLate));
    const bool same = is(word, Kind::kSame);
    std::uint32_t next = word + 1;
    if (!back && !ahead && !numbered && !same) {
      // "the four previous weeks", "the three years"
      if (!article) return std::nullopt;
      const auto count = count_at(word);
      if (!count || count->text == "1") return std::nullopt;
      std::uint32_t noun = count->end;
      if (is(noun, Kind::kBeforeIt) || is(noun, Kind::kAfterIt) || is(noun, Kind::kLast) ||
          is(noun, Kind::kNext))
        ++noun;
      if (!is_unit(noun)) return std::nullopt;  // "the 27-year-old" is without its article
      TimePhrase made = phrase(at, noun + 1);
      made.type = TimeType::kDuration;
      made.told = TimeTold::kFixed;
      made.value = duration_value(unit(noun), count->text);
      return made;
    }
    std::string number;
    int counted = -1;
    if (const auto count = count_at(next); count && count->text != "1") {
      number = count->text;
      counted = count->value;
      next = count->end;
      if (is_mark(next, '-') && is(next + 1, Kind::kUnit)) ++next;
    } else if (is(next, Kind::kUnits)) {
      number = "X";
      if (numbered) return std::nullopt;
    } else if (article && is(word, Kind::kLast) && is(next, Kind::kUnit) && unit(next) > TimeUnit::kDay) {
      // "over the last year": the twelve months until now; "the last year of the war" is another's.
      if (equals(next + 1, "of")) return std::nullopt;
      number = "1";
      counted = 1;
    } else {
      return std::nullopt;
    }
    if (!is_unit(next)) return std::nullopt;
    TimePhrase made = phrase(at, next + 1);
    made.type = TimeType::kDuration;
    made.told = TimeTold::kFixed;
    made.unit = unit(next);
    made.count = counted;
    made.value = duration_value(made.unit, number);
    made.counts_back = is(word, Kind::kLast) && counted > 0;
    made.counts_ahead = is(word, Kind::kNext) && counted > 0;
    made.is_deictic = made.counts_back;
    return made;
  }

  // --- sets ------------------------------------------------------------------------------------------------

  /// "every Monday", "each year", "every two weeks", "daily", "twice a week", "$5 a day", "Mondays".
  [[nodiscard]] std::optional<TimePhrase> set_at(std::uint32_t at) const {
    TimePhrase made = phrase(at, at + 1);
    made.type = TimeType::kSet;
    made.told = TimeTold::kFixed;
    switch (kind(at)) {
      case Kind::kSet:
        if (is_capital(at) && !is_sentence_start(at)) return std::nullopt;  // the Daily Clapper
        if (is_capital(at) && is_name(at + 1)) return std::nullopt;
        made.value = words_[at].told;
        return made;
      case Kind::kWeekday:
        // "Monday nights"
        if (!is_capital(at) || !is(at + 1, Kind::kDayParts)) return std::nullopt;
        made.value = fmt::format("XXXX-WXX-{}{}", value(at) == 0 ? 7 : value(at), hours_of(at + 1));
        made.last = at + 2;
        return made;
      case Kind::kWeekdays:
        if (!is_capital(at)) return std::nullopt;
        made.value = fmt::format("XXXX-WXX-{}", value(at) == 0 ? 7 : value(at));
        return made;
      case Kind::kEvery:
        return every_at(at);
      case Kind::kPer:
        if (!is(at + 1, Kind::kUnit)) return std::nullopt;
        made.last = at + 2;
        made.value = each(unit(at + 1));
        return made.value.empty() ? std::nullopt : std::optional(made);
      case Kind::kTimes:
        if (!is(at + 1, Kind::kArticle) || !is(at + 2, Kind::kUnit) || unit(at + 2) < TimeUnit::kHour)
          return std::nullopt;
        if (equals(at, "times")) return std::nullopt;
        made.last = at + 3;
        made.value = duration_value(unit(at + 2), "1");
        return made;
      case Kind::kArticle: {
        if (!is(at + 1, Kind::kUnit) || at == 0 || unit(at + 1) < TimeUnit::kHour) return std::nullopt;
        const bool times = is(at - 1, Kind::kTimes);
        const bool money = is(at - 1, Kind::kDigits) && at >= 2 && is_mark(at - 2, '$');
        const bool more_money = (equals(at - 1, "million") || equals(at - 1, "billion")) && at >= 3;
        if (!times && !money && !more_money) return std::nullopt;
        made.last = at + 2;
        made.value = duration_value(unit(at + 1), "1");
        return made;
      }
      default:
        return std::nullopt;
    }
  }

  [[nodiscard]] static std::string each(TimeUnit unit) {
    switch (unit) {
      case TimeUnit::kDay:
        return "XXXX-XX-XX";
      case TimeUnit::kWeek:
        return "XXXX-WXX";
      case TimeUnit::kMonth:
        return "XXXX-XX";
      case TimeUnit::kYear:
        return "XXXX";
      case TimeUnit::kHour:
      case TimeUnit::kMinute:
      case TimeUnit::kSecond:
        return duration_value(unit, "1");
      default:
        return {};
    }
  }

  [[nodiscard]] std::optional<TimePhrase> every_at(std::uint32_t at) const {
    std::uint32_t next = at + 1;
    TimePhrase made = phrase(at, at + 1);
    made.type = TimeType::kSet;
    made.told = TimeTold::kFixed;
    std::string number = "1";
    if (equals(next, "other"))
      number = "2", ++next;
    else if (const auto count = count_at(next))
      number = count->text, next = count->end;
    made.last = next + 1;
    if (is_unit(next)) {
      if (equals(next, "second") || unit(next) == TimeUnit::kSecond) return std::nullopt;
      made.value = duration_value(unit(next), number);
      return made;
    }
    if (const auto [weekday, end] = weekday_name(next); weekday >= 0) {
      made.value = fmt::format("XXXX-WXX-{}", weekday == 0 ? 7 : weekday);
      made.last = end;
      if (is(end, Kind::kDayPart)) {
        made.value += hours_of(end);
        made.last = end + 1;
      }
      return made;
    }
    if (const auto [month, end] = month_name(next); month > 0) {
      made.value = fmt::format("XXXX-{:02}", month);
      made.last = end;
      return made;
    }
    if (is(next, Kind::kSeason)) {
      made.value = fmt::format("XXXX-{}", letters_of(static_cast<Season>(std::clamp(value(next), 1, 4))));
      return made;
    }
    if (is(next, Kind::kDayPart)) {
      made.value = fmt::format("XXXX-XX-XX{}", hours_of(next));
      return made;
    }
    return std::nullopt;
  }

  // --- the order -------------------------------------------------------------------------------------------

  /// What may stand alone or inside "the end of ...".
  [[nodiscard]] std::optional<TimePhrase> core_at(std::uint32_t at) const {
    if (at >= words_.size()) return std::nullopt;
    if (auto made = numeric_date(at)) return made;
    if (auto made = weekday_at(at)) return made;
    if (auto made = month_first(at)) return made;
    if (auto made = day_first(at)) return made;
    if (auto made = decade_at(at)) return made;
    if (auto made = century_at(at)) return made;
    if (auto made = quarter_at(at)) return made;
    if (auto made = reference_at(at)) return made;
    if (auto made = season_at(at)) return made;
    if (auto made = years_word(at)) return made;
    if (auto made = year_at(at)) return made;
    if (auto made = pointing_word(at)) return made;
    if (is_capital(at) && is(at, Kind::kOther)) {
      const auto [day, end] = lexicon_.named_day(text_, words_, at);
      if (day != nullptr && day->rule != NamedDay::Rule::kNone) {
        TimePhrase made = phrase(at, end);
        made.named = day;
        take_year(made);
        return made;
      }
    }
    return std::nullopt;
  }

  /// "the year 1942", "the years 1941 to 1944", "the month of May 1942".
  [[nodiscard]] std::optional<TimePhrase> years_word(std::uint32_t at) const {
    const std::uint32_t noun = is(at, Kind::kThe) ? at + 1 : at;
    if (!is_unit(noun)) return std::nullopt;
    if (unit(noun) == TimeUnit::kYear) {
      auto made = year_at(noun + 1);
      if (made && !made->is_short_year) made->first = at;
      return made;
    }
    if (unit(noun) != TimeUnit::kMonth || !equals(noun + 1, "of")) return std::nullopt;
    auto made = month_first(noun + 2);
    if (made) made->first = at;
    return made;
  }

  [[nodiscard]] std::optional<TimePhrase> date_at(std::uint32_t at) const {
    if (auto made = edged_at(at)) return made;
    if (auto made = core_at(at)) return made;
    if (!is(at, Kind::kOvernight)) return std::nullopt;
    TimePhrase made = phrase(at, at + 1);
    made.type = TimeType::kTime;
    made.hours = "TNI";
    made.is_without_day = true;
    return made;
  }

  // --- series ----------------------------------------------------------------------------------------------

  /// A date, and the days that go on from it: "May 4-6", "May 4 and 5", "May 4 to 6, 2026".
  std::uint32_t days_joined(std::uint32_t /*begin*/, TimePhrase date) {
    const std::size_t index = found_.size();
    const std::uint32_t end = added(date);
    const bool month_before_day = date.told == TimeTold::kPoint && date.grain == Grain::kDay &&
                                  date.month > 0 && !date.year && date.named == nullptr &&
                                  is(date.last - 1, Kind::kDigits);
    if (!month_before_day) return end;
    const bool dash = is_mark(end, '-') && is_glued(end + 1);
    const bool word = equals(end, "and") || equals(end, "to") || equals(end, "or");
    if (!dash && !word) return end;
    const auto [day, day_end] = day_number(end + 1);
    if (day == 0 || !is(end + 1, Kind::kDigits) || day <= date.day || month_name(day_end).first > 0)
      return end;
    if (word && !ends_clause(day_end) && !is(day_end, Kind::kDated) && !is(day_end, Kind::kBehind) &&
        !is(day_end, Kind::kAhead))
      return end;
    TimePhrase second = date;
    second.first = end + 1;
    second.last = day_end;
    second.day = day;
    second.weekday = -1;
    take_year(second);
    if (second.year) found_[index].year = second.year;
    return added(second);
  }

  /// The days before a month that is told once: "4-6 May 2026", "4 and 5 May".
  std::uint32_t days_before_month(std::uint32_t at) {
    const auto [day, end] = day_number(at);
    if (day == 0 || !is(at, Kind::kDigits)) return at;
    const bool dash = is_mark(end, '-') && is_glued(end) && is_glued(end + 1);
    const bool word = equals(end, "and") || equals(end, "to") || equals(end, "or");
    if (!dash && !word) return at;
    if (!is(end + 1, Kind::kDigits)) return at;
    const auto second = day_first(end + 1);
    if (!second || second->day <= day) return at;
    TimePhrase first = *second;
    first.first = at;
    first.last = end;
    first.day = day;
    add(first);
    return added(*second);
  }

  /// "April and June 1955", "19 March - 30 April 2003": the first has the second's year.
  void share_years() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      TimePhrase& first = found_[i];
      const TimePhrase& second = found_[i + 1];
      const bool joined =
          second.first == first.last + 1 &&
          (equals(first.last, "and") || equals(first.last, "to") || equals(first.last, "or") ||
           equals(first.last, "until") || equals(first.last, "through") || is_mark(first.last, '-'));
      if (!joined || first.told != TimeTold::kPoint || second.told != TimeTold::kPoint || first.year ||
          !second.year || first.month == 0 || second.month == 0 || first.which != Which::kUntold ||
          first.year_is != Which::kUntold)
        continue;
      first.year = *second.year - (first.month > second.month ? 1 : 0);
    }
  }

  std::string_view text_;
  const std::vector<TimeWord>& words_;
  const TimeLexicon& lexicon_;
  std::uint64_t& steps_;
  std::vector<TimePhrase> found_;
};

}  // namespace

std::vector<TimePhrase> find_time_phrases(const TimeWords& words, const TimeLexicon& lexicon,
                                          std::uint64_t& steps) {
  return Scanner(words, lexicon, steps).run();
}

}  // namespace onrecord
