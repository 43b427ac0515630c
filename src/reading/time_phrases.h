// Time phrases: what an expression of time tells, before anything around it says which day that is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/span.h"
#include "reading/calendar.h"
#include "reading/time_words.h"

namespace onrecord {

/// The types of TIMEX3.
enum class TimeType : std::uint8_t { kDate, kTime, kDuration, kSet };

/// Which of several years, months, days is meant.
enum class Which : std::uint8_t {
  kUntold,
  kLast,       ///< last May
  kThis,       ///< this May
  kNext,       ///< next May
  kPrevious,   ///< the previous May
  kSame,       ///< that May
  kFollowing,  ///< the following May
};

/// How a phrase tells its time.
enum class TimeTold : std::uint8_t {
  kPoint,  ///< by its place in the calendar, maybe without its year: "May 4", "Friday", "the summer"
  kUnits,  ///< by counting: "two days later", "last year", "yesterday", "the same month"
  kFixed,  ///< as a value that no day is behind: "three years", "every Monday", "now"
};

/// What counting starts from.
enum class CountedFrom : std::uint8_t { kPublication, kText };

struct TimePhrase {
  Span span;
  std::uint32_t first = 0;  ///< words `[first, last)`
  std::uint32_t last = 0;
  TimeType type = TimeType::kDate;
  TimeTold told = TimeTold::kPoint;
  std::string_view mod;  ///< TIMEX3's: "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN"; or empty

  // kPoint
  Grain grain = Grain::kDay;
  std::optional<int> year;
  unsigned month = 0;
  unsigned day = 0;
  unsigned part = 0;
  int weekday = -1;  ///< 0 is Sunday; beside month and day it only repeats them
  const NamedDay* named = nullptr;
  Which which = Which::kUntold;
  Which year_is = Which::kUntold;  ///< "September of THAT YEAR"
  bool is_short_year = false;      ///< "490", a year before Christ where the text is about such years

  // kUnits
  TimeUnit unit = TimeUnit::kDay;
  int count = 0;
  CountedFrom from = CountedFrom::kPublication;

  // A part of a day: of the point or the units.
  std::string_view hours;       ///< "TMO", "TNI"
  std::string clock;            ///< "T17:30"
  bool is_without_day = false;  ///< only the clock or the part of the day is told

  // kFixed; with units "the past two years" also tell when
  std::string value;
  std::string_view vague;     ///< PAST_REF, PRESENT_REF, FUTURE_REF
  bool counts_back = false;   ///< `count` units until now
  bool counts_ahead = false;  ///< `count` units from now
  bool is_deictic = false;    ///< holds beside the day of writing: yesterday, this week, Friday
};

/// The words of a text in paragraphs, broken between them.
struct TimeWords {
  std::string_view text;
  std::vector<TimeWord> words;
};

/// The phrases in text order, none overlapping. One pass; each word is looked at by a bounded number of
/// others. `steps` grows by one each time that a word is looked at.
[[nodiscard]] std::vector<TimePhrase> find_time_phrases(const TimeWords& words, const TimeLexicon& lexicon,
                                                        std::uint64_t& steps);

}  // namespace onrecord
