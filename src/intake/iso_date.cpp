#include "intake/iso_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "intake/ascii.h"

namespace onrecord {
namespace {

constexpr int kFirstYear = 1600;  // the first newspapers
constexpr int kLastYear = 2199;

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};

struct NamedZone {
  std::string_view name;
  std::string_view offset;
};
// Zones of RFC 5322, section 4.3, and those of Europe that news sites print. "IST", "CST" in China and the
// like could be two zones; only the American reading of RFC 5322 is taken. "ET" leaves the half of the year
// open, so that no offset is written for it.
constexpr std::array<NamedZone, 21> kZones = {
    {{"z", "Z"},        {"ut", "Z"},        {"utc", "Z"},      {"gmt", "Z"},      {"est", "-05:00"},
     {"edt", "-04:00"}, {"cst", "-06:00"},  {"cdt", "-05:00"}, {"mst", "-07:00"}, {"mdt", "-06:00"},
     {"pst", "-08:00"}, {"pdt", "-07:00"},  {"bst", "+01:00"}, {"cet", "+01:00"}, {"cest", "+02:00"},
     {"eet", "+02:00"}, {"eest", "+03:00"}, {"et", ""},        {"ct", ""},        {"mt", ""},
     {"pt", ""}}};

struct DateTime {
  std::optional<int> year, month, day, hour, minute, second;
  std::string zone;
};

bool is_in_calendar(const DateTime& date) {
  if (!date.year || *date.year < kFirstYear || *date.year > kLastYear) return false;
  if (date.month && (*date.month < 1 || *date.month > 12)) return false;
  if (date.day) {
    using namespace std::chrono;
    const year_month_day day{year(*date.year), month(static_cast<unsigned>(*date.month)),
                             std::chrono::day(static_cast<unsigned>(*date.day))};
    if (!day.ok()) return false;
  }
  return date.hour.value_or(0) < 24 && date.minute.value_or(0) < 60 && date.second.value_or(0) <= 60;
}

std::string write(const DateTime& date) {
  std::string out = fmt::format("{:04}", *date.year);
  if (date.month) out += fmt::format("-{:02}", *date.month);
  if (date.day) out += fmt::format("-{:02}", *date.day);
  if (date.day && date.hour) {
    out += fmt::format("T{:02}:{:02}", *date.hour, date.minute.value_or(0));
    if (date.second) out += fmt::format(":{:02}", *date.second);
    out += date.zone;
  }
  return out;
}

// A cursor over what was written. Each take_... either takes what it says or leaves the cursor where it is.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::size_t digits_ahead() const {
    return static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_ascii_digit) - rest_.begin());
  }
  bool take(char c) {
    if (rest_.empty() || ascii_lower(rest_.front()) != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view of) {
    return std::ranges::any_of(of, [&](char c) { return take(c); });
  }
  void skip(std::string_view of) { rest_.remove_prefix(std::min(rest_.find_first_not_of(of), rest_.size())); }
  std::optional<int> take_number(std::size_t least, std::size_t most) {
    const std::size_t digits = std::min(digits_ahead(), most);
    if (digits < least) return std::nullopt;
    int number = 0;
    for (const char c : rest_.substr(0, digits)) number = number * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return number;
  }
  std::string take_word() {
    const auto end = std::ranges::find_if_not(rest_, is_ascii_letter);
    const std::string word = ascii_lower(std::string_view(rest_.begin(), end));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
};

// "aug" or "august", "sept" too; 1 to 12.
std::optional<int> month_of(std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool short_form = word.size() == 3 || (word == "sept" && kMonths[i] == "september");
    if (kMonths[i] == word || (short_form && kMonths[i].starts_with(word))) return static_cast<int>(i + 1);
  }
  return std::nullopt;
}

bool is_weekday(std::string_view word) {
  return word.size() >= 3 && std::ranges::any_of(kWeekdays, [&](std::string_view day) {
           return day == word || (word.size() <= 5 && day.starts_with(word));
         });
}

// "+0200", "-04:00", "+02"; "" when there is none.
std::optional<std::string> take_offset(Cursor& in) {
  const char sign = in.take('+') ? '+' : in.take('-') ? '-' : '\0';
  if (sign == '\0') return std::string();
  const auto hours = in.take_number(2, 2);
  in.take(':');
  const auto minutes = in.digits_ahead() > 0 ? in.take_number(2, 2) : 0;
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  if (sign == '+' && *hours == 0 && *minutes == 0) return "Z";
  return fmt::format("{}{:02}:{:02}", sign, *hours, *minutes);
}

// "09:00", "9:05:30.123", then "p.m.". False when what stands there is no time of day.
bool take_time(Cursor& in, DateTime& date) {
  date.hour = in.take_number(1, 2);
  if (in.take(':')) {
    date.minute = in.take_number(2, 2);
    if (!date.minute) return false;
    if (in.take(':')) {
      date.second = in.take_number(2, 2);
      if (!date.second) return false;
      if (in.take_any(".,")) in.take_number(1, 9);
    }
  }
  Cursor after = in;
  after.skip(" ");
  const bool morning = after.take('a');
  if (morning || after.take('p')) {
    after.take('.');
    if (!after.take('m')) return date.minute.has_value();
    after.take('.');
    in = after;
    if (!date.hour || *date.hour < 1 || *date.hour > 12) return false;
    date.hour = *date.hour % 12 + (morning ? 0 : 12);
    return true;
  }
  return date.hour && date.minute;
}

// What may follow a time: a zone by name or offset, "(EDT)" after an offset, and nothing else.
bool take_zone(Cursor& in, DateTime& date) {
  in.skip(" ");
  const auto offset = take_offset(in);
  if (!offset) return false;
  date.zone = *offset;
  in.skip(" (");
  const std::string word = in.take_word();
  in.skip(" )");
  if (word.empty()) return in.at_end();
  const auto* const zone = std::ranges::find(kZones, std::string_view(word), &NamedZone::name);
  if (zone == kZones.end()) return false;
  if (date.zone.empty()) date.zone = zone->offset;
  if (const auto more = take_offset(in); !more || !more->empty()) return false;  // "GMT+2" is not in RFC 5322
  return in.at_end();
}

bool take_rest(Cursor& in, DateTime& date) {
  if (in.at_end()) return true;
  if (!date.day) return false;
  return take_time(in, date) && take_zone(in, date);
}

// 2025, 2025-08, 2025-08-11, 20250811, 2025/08/11, and a time after a "T" or space.
std::optional<DateTime> read_year_first(Cursor in) {
  DateTime date;
  if (in.digits_ahead() == 8) {
    date.year = in.take_number(4, 4), date.month = in.take_number(2, 2), date.day = in.take_number(2, 2);
  } else if (in.digits_ahead() == 4) {
    date.year = in.take_number(4, 4);
    const char separator = in.take('-') ? '-' : in.take('/') ? '/' : '\0';
    if (separator != '\0') {
      date.month = in.take_number(1, 2);
      if (!date.month) return std::nullopt;
      if (in.take(separator)) {
        date.day = in.take_number(1, 2);
        if (!date.day) return std::nullopt;
      }
    }
  } else {
    return std::nullopt;
  }
  const bool time_follows = in.take('t');
  if (time_follows && in.at_end()) return std::nullopt;
  in.skip(" ,");
  return take_rest(in, date) ? std::optional(date) : std::nullopt;
}

// 11/25/2025 and 25.11.2025 where only one reading is in the calendar.
std::optional<DateTime> read_day_and_month(Cursor in) {
  const auto first = in.take_number(1, 2);
  const char separator = in.take('/') ? '/' : in.take('.') ? '.' : in.take('-') ? '-' : '\0';
  const auto second = separator == '\0' ? std::nullopt : in.take_number(1, 2);
  if (!first || !second || !in.take(separator) || in.digits_ahead() != 4) return std::nullopt;
  DateTime date;
  date.year = in.take_number(4, 4);
  const bool month_first = *first <= 12;
  const bool day_first = *second <= 12;
  if (month_first && day_first && *first != *second) return std::nullopt;
  date.month = month_first ? *first : *second;
  date.day = month_first ? *second : *first;
  in.skip(" ,");
  return take_rest(in, date) ? std::optional(date) : std::nullopt;
}

void take_ordinal(Cursor& in) {
  Cursor after = in;
  const std::string word = after.take_word();
  if (word == "st" || word == "nd" || word == "rd" || word == "th") in = after;
}

// "Monday, August 11, 2025 at 9:05 p.m. EDT", "11 Aug 2025 09:00:00 GMT", "August 2025".
std::optional<DateTime> read_with_month_name(Cursor in) {
  DateTime date;
  std::string word = in.take_word();
  if (is_weekday(word)) {
    in.skip("., ");
    word = in.take_word();
  }
  if (word.empty()) {
    date.day = in.take_number(1, 2);
    take_ordinal(in);
    in.skip(" -");
    word = in.take_word();
  }
  date.month = month_of(word);
  if (!date.month) return std::nullopt;
  in.skip(". -");
  if (!date.day && in.digits_ahead() <= 2 && in.digits_ahead() > 0) {
    date.day = in.take_number(1, 2);
    take_ordinal(in);
  }
  in.skip(", -");
  if (in.digits_ahead() != 4) return std::nullopt;
  date.year = in.take_number(4, 4);
  in.skip(" ,|-");
  Cursor after = in;
  if (const std::string at = after.take_word(); at == "at" || at == "t") in = after;
  in.skip(" ");
  return take_rest(in, date) ? std::optional(date) : std::nullopt;
}

// En and em dashes as hyphens, no-break spaces as spaces.
std::string with_plain_dashes(std::string_view written) {
  std::string out;
  while (!written.empty()) {
    const bool is_dash = written.starts_with("\xE2\x80\x93") || written.starts_with("\xE2\x80\x94");
    const bool is_space = written.starts_with("\xC2\xA0") || written.starts_with("\xE2\x80\xAF");
    out += is_dash ? '-' : is_space ? ' ' : written.front();
    written.remove_prefix(is_dash ? 3 : is_space ? (written.starts_with("\xC2") ? 2 : 3) : 1);
  }
  return out;
}

}  // namespace

std::optional<std::string> iso_date(std::string_view written) {
  const std::string plain = with_plain_dashes(trim_ascii(written));
  const Cursor in(plain);
  for (const auto read : {read_year_first, read_day_and_month, read_with_month_name}) {
    const std::optional<DateTime> date = read(in);
    if (date && is_in_calendar(*date)) return write(*date);
  }
  return std::nullopt;
}

}  // namespace onrecord
