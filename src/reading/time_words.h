// The words of a text as time expressions ask for them: numbers, marks, and what data/time_words.txt knows.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "onrecord/span.h"
#include "reading/calendar.h"
#include "text/word_list.h"

namespace onrecord {

/// What a word can be (data/time_words.txt, second column), or a number, a mark, the end of a paragraph.
enum class TimeWordKind : std::uint8_t {
  kOther,  ///< a word that the list does not have
  kDigits,
  kMark,
  kBreak,  ///< between paragraphs, and beyond both ends
  kMonth,
  kMonthShort,
  kWeekday,
  kWeekdayShort,
  kWeekdays,
  kUnit,
  kUnits,
  kSeason,
  kDayPart,
  kDayParts,
  kClock,
  kMeridiem,
  kZone,
  kNumber,
  kTens,
  kHundred,
  kOrdinal,
  kSome,  ///< several, a few, many
  kHalf,
  kArticle,
  kThe,
  kThis,
  kThat,
  kThese,
  kLast,
  kNext,
  kSame,
  kBeforeIt,  ///< previous, preceding
  kAfterIt,   ///< following, subsequent
  kCurrent,
  kEarly,
  kLate,
  kMid,
  kEdgeStart,
  kEdgeEnd,
  kEdgeRest,
  kPartOf,
  kAgo,
  kAfterwards,
  kPreviously,
  kBefore,
  kAfter,
  kFrom,
  kEvery,
  kPer,
  kApproximately,
  kMore,
  kThan,
  kAt,
  kLeast,
  kPeriod,
  kTimes,
  kOld,
  kNow,
  kRecently,
  kRecent,
  kFormer,
  kFuture,
  kToday,
  kTonight,
  kOvernight,
  kSet,
  kBc,
  kAd,
  kDated,   ///< prepositions and conjunctions that dates follow
  kAhead,   ///< what is said beside them is to come
  kBehind,  ///< it is over
};

/// A word, number or mark. `text` in the list's spelling lives as long as the word list.
struct TimeWord {
  Span span;
  TimeWordKind kind = TimeWordKind::kOther;
  int value = 0;            ///< of digits, months, weekdays, numbers; a unit's or season's number
  std::string_view told;    ///< the list's spelling of the value ("MO", "PRESENT_REF"), else of the word
  std::uint8_t digits = 0;  ///< how many digits; 255 when they were grouped ("10,000")
  char mark = 0;            ///< an ASCII mark, or '-' for a dash, '\'' and '"' for their curly forms
  char ending = 0;          ///< of digits: 't' an ordinal ("21st"), 's' a decade ("1980s")
  bool is_capital = false;
  bool is_glued = false;  ///< no space before it
};

/// Which day of a year a named day is. The rules of data/named_days.txt.
struct NamedDay {
  enum class Rule : std::uint8_t { kNone, kFixed, kEaster, kNth };
  Rule rule = Rule::kNone;
  std::array<int, 4> numbers{};  ///< month and day; days from Easter; n, weekday, month, days after
};

/// The date of a named day; none when no rule tells it.
[[nodiscard]] std::optional<Date> date_in(const NamedDay& day, int year);

/// data/time_words.txt and data/named_days.txt, indexed. Immutable, safe for several threads.
class TimeLexicon {
 public:
  explicit TimeLexicon(const WordLists& lists);

  /// The words of one paragraph, appended to `words`; then a break. One look-up a word.
  void add_words(std::string_view text, Span paragraph, std::vector<TimeWord>& words) const;

  /// The longest named day that begins at `at`: its rule and the word after it; none when there is none.
  [[nodiscard]] std::pair<const NamedDay*, std::uint32_t> named_day(std::string_view text,
                                                                    const std::vector<TimeWord>& words,
                                                                    std::uint32_t at) const;

 private:
  struct Known {
    TimeWordKind kind = TimeWordKind::kOther;
    int value = 0;
    std::string told;
  };
  void know(TimeWord& word, std::string_view text) const;

  std::unordered_map<std::string, Known> known_;
  std::map<std::string, NamedDay, std::less<>> days_;
  std::unordered_map<std::string, std::size_t> longest_day_;  // by first word, its most words
};

}  // namespace onrecord
