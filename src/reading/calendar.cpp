#include "reading/calendar.h"

#include <fmt/format.h>

#include <charconv>

namespace onrecord {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kWeek = 7;
constexpr int kMonths = 12;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Date date(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}
Date last_day(int year, unsigned month) {
  return Date{std::chrono::year_month_day_last{std::chrono::year(year),
                                               std::chrono::month_day_last(std::chrono::month(month))}};
}
Date date_of_point(const CalendarPoint& point) { return date(point.year, point.month, point.day); }
int floor_divide(int value, int by) { return value >= 0 ? value / by : -((-value + by - 1) / by); }

/// Monday of an ISO week: that of the week with 4 January is week 1.
sys_days monday_of(int year, unsigned week) {
  const sys_days fourth{date(year, 1, 4)};
  const unsigned back = std::chrono::weekday(fourth).iso_encoding() - 1;
  return fourth - days(back) + days(kWeek * (static_cast<int>(week) - 1));
}

CalendarPoint week_point(sys_days day, Grain grain) {
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();
  const sys_days thursday = day + days(4 - static_cast<int>(weekday));  // its year is the week's
  const int year = static_cast<int>(Date{thursday}.year());
  CalendarPoint point{grain, year};
  point.part = static_cast<unsigned>((thursday - sys_days{date(year, 1, 1)}).count() / kWeek) + 1;
  return point;
}

/// The first year of the decade or century: 1980; 489 BC of the 480s BC; 1900 of the 20th century; 500 BC.
int first_year(int year, int length) {
  if (year > 0) return floor_divide(year, length) * length;
  const int before_christ = 1 - year;
  const int last = length == 10 ? before_christ / length * length + length - 1
                                : ((before_christ - 1) / length + 1) * length;
  return 1 - last;
}

std::string year_value(int year) {
  return year > 0 ? fmt::format("{:04}", year) : fmt::format("BC{:04}", 1 - year);
}

unsigned season_of_month(unsigned month) { return month % 12 / 3 == 0 ? 4 : month / 3; }

}  // namespace

std::optional<Date> date_of(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = number(iso.substr(0, 4));
  const auto month = number(iso.substr(5, 2));
  const auto day = number(iso.substr(8, 2));
  if (!year || !month || !day || *month < 0 || *day < 0) return std::nullopt;
  const Date found = date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
  return found.ok() ? std::optional(found) : std::nullopt;
}

std::string iso_of(Date date) {
  const int year = static_cast<int>(date.year());
  return fmt::format("{}{:04}-{:02}-{:02}", year < 0 ? "-" : "", year < 0 ? -year : year,
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

CalendarPoint day_point(Date date) {
  CalendarPoint point{Grain::kDay, static_cast<int>(date.year())};
  point.month = static_cast<unsigned>(date.month());
  point.day = static_cast<unsigned>(date.day());
  return point;
}
CalendarPoint month_point(int year, unsigned month) {
  CalendarPoint point{Grain::kMonth, year};
  point.month = month;
  return point;
}
CalendarPoint year_point(int year) { return {Grain::kYear, year}; }

std::string_view letters_of(Season season) {
  switch (season) {
    case Season::kSpring:
      return "SP";
    case Season::kSummer:
      return "SU";
    case Season::kAutumn:
      return "FA";
    case Season::kWinter:
      return "WI";
  }
  return "";
}

std::string value_of(const CalendarPoint& point) {
  std::string year = year_value(point.year);
  switch (point.grain) {
    case Grain::kMinute:
    case Grain::kDayPart:
      return fmt::format("{}-{:02}-{:02}{}", year, point.month, point.day, point.time);
    case Grain::kDay:
      return fmt::format("{}-{:02}-{:02}", year, point.month, point.day);
    case Grain::kWeekend:
      return fmt::format("{}-W{:02}-WE", year, point.part);
    case Grain::kWeek:
      return fmt::format("{}-W{:02}", year, point.part);
    case Grain::kMonth:
      return fmt::format("{}-{:02}", year, point.month);
    case Grain::kQuarter:
      return fmt::format("{}-Q{}", year, point.part);
    case Grain::kHalf:
      return fmt::format("{}-H{}", year, point.part);
    case Grain::kSeason:
      return fmt::format("{}-{}", year, letters_of(static_cast<Season>(point.part)));
    case Grain::kYear:
      return year;
    case Grain::kDecade:
      return point.year > 0 ? fmt::format("{:03}", point.year / 10)
                            : fmt::format("BC{:03}", (1 - point.year) / 10);
    case Grain::kCentury:
      return point.year > 0 ? fmt::format("{:02}", point.year / 100)
                            : fmt::format("BC{:02}", -point.year / 100);
  }
  return {};
}

DayInterval days_of(const CalendarPoint& point) {
  const int year = point.year;
  switch (point.grain) {
    case Grain::kMinute:
    case Grain::kDayPart:
    case Grain::kDay:
      return {date_of_point(point), date_of_point(point)};
    case Grain::kWeekend: {
      const sys_days monday = monday_of(year, point.part);
      return {Date{monday + days(5)}, Date{monday + days(6)}};
    }
    case Grain::kWeek: {
      const sys_days monday = monday_of(year, point.part);
      return {Date{monday}, Date{monday + days(6)}};
    }
    case Grain::kMonth:
      return {date(year, point.month, 1), last_day(year, point.month)};
    case Grain::kQuarter:
      return {date(year, 3 * point.part - 2, 1), last_day(year, 3 * point.part)};
    case Grain::kHalf:
      return {date(year, 6 * point.part - 5, 1), last_day(year, 6 * point.part)};
    case Grain::kSeason: {
      // Meteorological seasons; a winter is named after the year in which it begins.
      const unsigned first = 3 * point.part;
      return {date(year, first, 1), first == 12 ? last_day(year + 1, 2) : last_day(year, first + 2)};
    }
    case Grain::kYear:
      return {date(year, 1, 1), date(year, 12, 31)};
    case Grain::kDecade:
      return {date(year, 1, 1), date(year + 9, 12, 31)};
    case Grain::kCentury: {
      const int first = year > 0 ? year + 1 : year;  // the 20th century: 1901-2000
      return {date(first, 1, 1), date(first + 99, 12, 31)};
    }
  }
  return {};
}

std::optional<CalendarPoint> containing(const CalendarPoint& point, TimeUnit unit) {
  const bool has_day = point.grain <= Grain::kDay;
  const bool has_month = has_day || point.grain == Grain::kMonth;
  switch (unit) {
    case TimeUnit::kDay:
      return has_day ? std::optional(day_point(date_of_point(point))) : std::nullopt;
    case TimeUnit::kWeek:
    case TimeUnit::kWeekend: {
      const Grain grain = unit == TimeUnit::kWeek ? Grain::kWeek : Grain::kWeekend;
      if (has_day) return week_point(sys_days{date_of_point(point)}, grain);
      if (point.grain != Grain::kWeek && point.grain != Grain::kWeekend) return std::nullopt;
      CalendarPoint week = point;
      week.grain = grain;
      return week;
    }
    case TimeUnit::kMonth: {
      if (has_month) return month_point(point.year, point.month);
      if (point.grain != Grain::kWeek && point.grain != Grain::kWeekend) return std::nullopt;
      const DayInterval covered = days_of(point);
      if (covered.first.month() != covered.last.month()) return std::nullopt;
      return containing(day_point(covered.first), unit);
    }
    case TimeUnit::kQuarter: {
      if (point.grain == Grain::kQuarter) return point;
      if (!has_month) return std::nullopt;
      CalendarPoint quarter{Grain::kQuarter, point.year};
      quarter.part = (point.month - 1) / 3 + 1;
      return quarter;
    }
    case TimeUnit::kSeason: {
      if (point.grain == Grain::kSeason) return point;
      if (!has_month) return std::nullopt;
      CalendarPoint season{Grain::kSeason, point.month < 3 ? point.year - 1 : point.year};
      season.part = season_of_month(point.month);
      return season;
    }
    case TimeUnit::kYear:
      return point.grain <= Grain::kYear ? std::optional(year_point(point.year)) : std::nullopt;
    case TimeUnit::kDecade:
      if (point.grain > Grain::kDecade) return std::nullopt;
      return CalendarPoint{Grain::kDecade, first_year(point.year, 10)};
    case TimeUnit::kCentury:
      return CalendarPoint{Grain::kCentury, first_year(point.year, 100)};
    case TimeUnit::kSecond:
    case TimeUnit::kMinute:
    case TimeUnit::kHour:
    case TimeUnit::kFortnight:
    case TimeUnit::kMillennium:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<CalendarPoint> shifted(const CalendarPoint& point, TimeUnit unit, int count) {
  if (unit == TimeUnit::kFortnight) return shifted(point, TimeUnit::kWeek, 2 * count);
  auto found = containing(point, unit);
  // More years than the calendar holds are none that a text tells.
  constexpr int kMost = 5000;
  if (!found || count > kMost || count < -kMost) return std::nullopt;
  switch (unit) {
    case TimeUnit::kDay:
      return day_point(Date{sys_days{date_of_point(*found)} + days(count)});
    case TimeUnit::kWeek:
    case TimeUnit::kWeekend:
      return week_point(monday_of(found->year, found->part) + days(kWeek * count), found->grain);
    case TimeUnit::kMonth: {
      const int months = found->year * kMonths + static_cast<int>(found->month) - 1 + count;
      const int year = floor_divide(months, kMonths);
      return month_point(year, static_cast<unsigned>(months - year * kMonths) + 1);
    }
    case TimeUnit::kQuarter:
    case TimeUnit::kSeason: {
      const int parts = found->year * 4 + static_cast<int>(found->part) - 1 + count;
      found->year = floor_divide(parts, 4);
      found->part = static_cast<unsigned>(parts - found->year * 4) + 1;
      return found;
    }
    case TimeUnit::kYear:
      found->year += count;
      return found;
    case TimeUnit::kDecade:
      if (count < -kMost / 10 || count > kMost / 10) return std::nullopt;
      found->year = first_year(found->year + 10 * count, 10);
      return found;
    case TimeUnit::kCentury:
      if (count < -kMost / 100 || count > kMost / 100) return std::nullopt;
      found->year = first_year(found->year + 100 * count, 100);
      return found;
    default:
      return std::nullopt;
  }
}

std::string duration_value(TimeUnit unit, std::string_view count) {
  const auto number_of = [&](int factor) {
    const auto value = number(count);
    return value ? std::to_string(*value * factor) : std::string(count);
  };
  switch (unit) {
    case TimeUnit::kSecond:
      return fmt::format("PT{}S", count);
    case TimeUnit::kMinute:
      return fmt::format("PT{}M", count);
    case TimeUnit::kHour:
      return fmt::format("PT{}H", count);
    case TimeUnit::kDay:
      return fmt::format("P{}D", count);
    case TimeUnit::kWeekend:
      return fmt::format("P{}WE", count);
    case TimeUnit::kWeek:
      return fmt::format("P{}W", count);
    case TimeUnit::kFortnight:
      return fmt::format("P{}W", number_of(2));
    case TimeUnit::kMonth:
      return fmt::format("P{}M", count);
    case TimeUnit::kQuarter:
      return fmt::format("P{}Q", count);
    case TimeUnit::kSeason:
      return fmt::format("P{}Q", count);
    case TimeUnit::kYear:
      return fmt::format("P{}Y", count);
    case TimeUnit::kDecade:
      return fmt::format("P{}DE", count);
    case TimeUnit::kCentury:
      return fmt::format("P{}CE", count);
    case TimeUnit::kMillennium:
      return fmt::format("P{}ML", count);
  }
  return {};
}

Date easter(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return date(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

}  // namespace onrecord
