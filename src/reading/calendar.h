// The calendar: points of time with the grain in which they are told, their TIMEX3 values and their days.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onrecord {

using Date = std::chrono::year_month_day;

/// The day of an ISO date ("2026-03-06", with or without a time behind it); none when it is no date.
[[nodiscard]] std::optional<Date> date_of(std::string_view iso);

/// "2026-03-06"; years before 1 are astronomical, as ISO 8601 has them ("-0489" is 490 BC).
[[nodiscard]] std::string iso_of(Date date);

/// What time is counted in.
enum class TimeUnit : std::uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kSeason,
  kYear,
  kDecade,
  kCentury,
  kMillennium,
};

/// How exactly a point of time is told, from the finest on.
enum class Grain : std::uint8_t {
  kMinute,
  kDayPart,
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kSeason,
  kHalf,
  kYear,
  kDecade,
  kCentury,
};

enum class Season : std::uint8_t { kSpring = 1, kSummer, kAutumn, kWinter };

/// A point of time. A value; only the members that its grain uses hold something.
struct CalendarPoint {
  Grain grain = Grain::kDay;
  int year = 0;        ///< astronomical (0 is 1 BC); of a week the ISO year, of a decade or century the first
  unsigned month = 0;  ///< 1-12: minutes to months
  unsigned day = 0;    ///< 1-31: minutes to days
  unsigned part = 0;   ///< number of the week, quarter, half or season
  std::string time{};  ///< of minutes and parts of a day: "T17:30", "TMO"

  friend bool operator==(const CalendarPoint&, const CalendarPoint&) = default;
};

/// The first and the last day of a point of time.
struct DayInterval {
  Date first;
  Date last;
};

[[nodiscard]] CalendarPoint day_point(Date date);
[[nodiscard]] CalendarPoint month_point(int year, unsigned month);
[[nodiscard]] CalendarPoint year_point(int year);

/// TIMEX3: "1998-02-13", "1998-W07", "1998-SU", "199" (a decade), "19" (a century), "BC0490".
[[nodiscard]] std::string value_of(const CalendarPoint& point);
[[nodiscard]] DayInterval days_of(const CalendarPoint& point);

/// The month, year, ... that holds `point`; none when the point is told less exactly than that.
[[nodiscard]] std::optional<CalendarPoint> containing(const CalendarPoint& point, TimeUnit unit);

/// `count` units after the unit that holds `point` (before, when negative); as exact as the unit.
[[nodiscard]] std::optional<CalendarPoint> shifted(const CalendarPoint& point, TimeUnit unit, int count);

/// "P3D", "PT2H", "P10Y" for decades; `count` may be "X".
[[nodiscard]] std::string duration_value(TimeUnit unit, std::string_view count);

/// "SP", "SU", "FA", "WI".
[[nodiscard]] std::string_view letters_of(Season season);

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, ch. 8).
[[nodiscard]] Date easter(int year);

}  // namespace onrecord
