#include "intake/html_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "intake/ascii.h"

namespace onrecord {
namespace {

/// A date while it is read; `zone` as it is written in ISO 8601.
struct DateParts {
  int year = 0;
  int month = 0;
  int day = 0;
  std::optional<int> hour;
  int minute = 0;
  std::optional<int> second;
  std::string zone;
};

bool is_possible(const DateParts& parts) {
  constexpr int kFirstYear = 1700;  // newspapers exist, and four figures are a year
  constexpr int kLastYear = 2199;
  const std::chrono::year_month_day day(std::chrono::year(parts.year),
                                        std::chrono::month(static_cast<unsigned>(parts.month)),
                                        std::chrono::day(static_cast<unsigned>(parts.day)));
  return parts.year >= kFirstYear && parts.year <= kLastYear && day.ok();
}

std::string to_iso(const DateParts& parts) {
  std::string iso = fmt::format("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day);
  if (!parts.hour) return iso;
  iso += fmt::format("T{:02}:{:02}", *parts.hour, parts.minute);
  if (parts.second) iso += fmt::format(":{:02}", *parts.second);
  return iso + parts.zone;
}

/// A run of figures or of letters, or one other character.
struct Piece {
  std::string_view text;
  bool is_number = false;
  int number = 0;
};

std::vector<Piece> pieces_of(std::string_view text) {
  constexpr std::size_t kLongestDate = 100;  // a line with a date, not a paragraph
  text = text.substr(0, kLongestDate);
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at++;
    if (is_ascii_digit(text[begin])) {
      while (at < text.size() && is_ascii_digit(text[at])) ++at;
    } else if (is_ascii_letter(text[begin])) {
      while (at < text.size() && is_ascii_letter(text[at])) ++at;
    } else if (is_ascii_space(text[begin])) {
      continue;
    }
    Piece piece{text.substr(begin, at - begin), is_ascii_digit(text[begin]), 0};
    if (piece.is_number) {
      const auto read =
          std::from_chars(piece.text.data(), piece.text.data() + piece.text.size(), piece.number);
      if (read.ec != std::errc()) piece.number = -1;
    }
    pieces.push_back(piece);
  }
  return pieces;
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  const std::string lower = ascii_lower(word);
  if (lower.size() < 3) return 0;
  if (lower == "sept") return 9;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower == kMonths[i] || lower == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

// Zones that name one offset (RFC 2822, section 4.3); "ET" and its like name two and are left out.
std::string_view zone_of(std::string_view word) {
  struct Zone {
    std::string_view name;
    std::string_view offset;
  };
  constexpr std::array<Zone, 11> kZones = {{{"Z", "Z"},
                                            {"GMT", "Z"},
                                            {"UTC", "Z"},
                                            {"EST", "-05:00"},
                                            {"EDT", "-04:00"},
                                            {"CST", "-06:00"},
                                            {"CDT", "-05:00"},
                                            {"MST", "-07:00"},
                                            {"MDT", "-06:00"},
                                            {"PST", "-08:00"},
                                            {"PDT", "-07:00"}}};
  for (const Zone& zone : kZones) {
    if (equals_ignoring_case(word, zone.name)) return zone.offset;
  }
  return {};
}

/// Reads a date, then a time, then a zone from the pieces of a line.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : pieces_(pieces_of(text)) {}

  std::optional<std::string> read() {
    for (at_ = 0; at_ < pieces_.size(); ++at_) {
      if (!read_day()) continue;
      if (!is_possible(parts_)) return std::nullopt;
      read_time();
      return to_iso(parts_);
    }
    return std::nullopt;
  }

 private:
  bool read_day() {
    return year_first() || compact() || month_name_first() || month_name_second() || figures();
  }

  // 2025-08-11, 2025/08/11
  bool year_first() {
    if (!(is_year(0) && is_mark(1, "-/.") && number(2) > 0 && is_mark(3, "-/.") && number(4) > 0))
      return false;
    return take(number(0), number(2), number(4), 5);
  }
  // 20250811, 20250811T090000Z
  bool compact() {
    if (!is_number(0) || pieces_[at_].text.size() != 8) return false;
    const int all = number(0);
    return take(all / 10000, all / 100 % 100, all % 100, 1);
  }
  // August 11, 2025
  bool month_name_first() {
    const int month = word_month(0);
    if (month == 0) return false;
    std::size_t day = 1;
    if (is_mark(day, ".")) ++day;
    std::size_t year = day + 1;
    if (is_ordinal(year)) ++year;
    while (is_mark(year, ",.")) ++year;
    return number(day) > 0 && is_year(year) && take(number(year), month, number(day), year + 1);
  }
  // 11 August 2025, 11-Aug-2025, 11th of August, 2025
  bool month_name_second() {
    if (number(0) <= 0) return false;
    std::size_t month = 1;
    if (is_ordinal(month)) ++month;
    while (is_mark(month, "-.")) ++month;
    std::size_t year = month + 1;
    while (is_mark(year, "-.,")) ++year;
    return word_month(month) > 0 && is_year(year) &&
           take(number(year), word_month(month), number(0), year + 1);
  }
  // 25/12/2025 or 12/25/2025: only when one of the two can be no month
  bool figures() {
    if (!(number(0) > 0 && is_mark(1, "/.-") && number(2) > 0 && is_mark(3, "/.-") && is_year(4)))
      return false;
    if (number(0) > 12) return take(number(4), number(2), number(0), 5);
    if (number(2) > 12 || number(0) == number(2)) return take(number(4), number(0), number(2), 5);
    return false;
  }

  // "T09:00:00.000Z", "9:00 a.m. EDT", ", at 09:00 +0200"
  void read_time() {
    constexpr std::size_t kMostBetween = 4;  // "T", "at", commas, bars
    for (std::size_t skip = 0; skip <= kMostBetween; ++skip, ++at_) {
      if (is_number(0) && pieces_[at_].text.size() == 6 && number(0) <= 235959) {
        set_time(number(0) / 10000, number(0) / 100 % 100, number(0) % 100);
        at_ += 1;
        return read_zone();
      }
      if (!(is_number(0) && is_mark(1, ":") && is_number(2))) continue;
      const bool has_second = is_mark(3, ":") && is_number(4);
      set_time(number(0), number(2), has_second ? std::optional(number(4)) : std::nullopt);
      at_ += has_second ? 5 : 3;
      if (has_second && is_mark(0, ".,") && is_number(1)) at_ += 2;  // fractions of a second
      read_half_of_day();
      return read_zone();
    }
  }

  void set_time(int hour, int minute, std::optional<int> second) {
    if (hour > 23 || minute > 59 || second.value_or(0) > 60) return;
    parts_.hour = hour;
    parts_.minute = minute;
    parts_.second = second;
  }

  void read_half_of_day() {
    const std::string word = ascii_lower(word_at(0));
    const bool dotted = is_mark(1, ".") && equals_ignoring_case(word_at(2), "m");
    const bool morning = word == "am" || (word == "a" && dotted);
    const bool evening = word == "pm" || (word == "p" && dotted);
    if (!morning && !evening) return;
    if (parts_.hour && *parts_.hour <= 12) parts_.hour = *parts_.hour % 12 + (evening ? 12 : 0);
    at_ += dotted ? (is_mark(3, ".") ? 4 : 3) : 1;
  }

  void read_zone() {
    if (!parts_.hour) return;
    while (is_mark(0, ",(")) ++at_;
    if (const std::string_view zone = zone_of(word_at(0)); !zone.empty()) {
      parts_.zone = zone;
    } else if (is_mark(0, "+-") && is_number(1)) {
      const std::string_view sign = pieces_[at_].text;
      const bool joined = pieces_[at_ + 1].text.size() == 4;
      const int hours = joined ? number(1) / 100 : number(1);
      const int minutes = joined ? number(1) % 100 : is_mark(2, ":") && is_number(3) ? number(3) : 0;
      if (hours > 14 || minutes > 59) return;
      parts_.zone = hours == 0 && minutes == 0 ? "Z" : fmt::format("{}{:02}:{:02}", sign, hours, minutes);
    }
  }

  bool take(int year, int month, int day, std::size_t pieces) {
    parts_.year = year;
    parts_.month = month;
    parts_.day = day;
    at_ += pieces;
    return true;
  }

  [[nodiscard]] bool exists(std::size_t ahead) const { return at_ + ahead < pieces_.size(); }
  [[nodiscard]] bool is_number(std::size_t ahead) const {
    return exists(ahead) && pieces_[at_ + ahead].is_number;
  }
  [[nodiscard]] int number(std::size_t ahead) const {
    return is_number(ahead) ? pieces_[at_ + ahead].number : -1;
  }
  [[nodiscard]] bool is_year(std::size_t ahead) const {
    return is_number(ahead) && pieces_[at_ + ahead].text.size() == 4;
  }
  [[nodiscard]] std::string_view word_at(std::size_t ahead) const {
    return exists(ahead) && is_ascii_letter(pieces_[at_ + ahead].text[0]) ? pieces_[at_ + ahead].text
                                                                          : std::string_view();
  }
  [[nodiscard]] int word_month(std::size_t ahead) const { return month_of(word_at(ahead)); }
  [[nodiscard]] bool is_mark(std::size_t ahead, std::string_view marks) const {
    return exists(ahead) && pieces_[at_ + ahead].text.size() == 1 &&
           marks.contains(pieces_[at_ + ahead].text[0]);
  }
  [[nodiscard]] bool is_ordinal(std::size_t ahead) const {
    const std::string word = ascii_lower(word_at(ahead));
    return word == "st" || word == "nd" || word == "rd" || word == "th";
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
  DateParts parts_;
};

// Days since 1970 of the first ten characters of an ISO date.
std::optional<int> day_number(std::string_view date) {
  const auto iso = iso_date(date.substr(0, 10));
  if (!iso) return std::nullopt;
  const auto part = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    std::from_chars(iso->data() + begin, iso->data() + begin + size, value);
    return value;
  };
  const std::chrono::year_month_day day(std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2))));
  return std::chrono::sys_days(day).time_since_epoch().count();
}

}  // namespace

std::optional<std::string> iso_date(std::string_view text) { return DateReader(text).read(); }

std::optional<std::string> date_in_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::size_t at = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  url = url.substr(0, std::min(url.find_first_of("?#"), url.size()));
  for (; at < url.size(); at = url.find('/', at + 1)) {
    const std::string_view rest = url.substr(at + 1);
    const bool long_form = rest.size() >= 10 && is_ascii_digit(rest[0]) && (rest[4] == '/' || rest[4] == '-');
    const bool compact = rest.size() >= 8 && rest.substr(0, 8).find_first_not_of("0123456789") == rest.npos &&
                         (rest.size() == 8 || !is_ascii_digit(rest[8]));
    if (!long_form && !compact) continue;
    const auto date = iso_date(rest.substr(0, long_form ? 10 : 8));
    if (date && date->starts_with(rest.substr(0, 4))) return date->substr(0, 10);
  }
  return std::nullopt;
}

bool is_after(std::string_view date, std::string_view limit) {
  const auto day = day_number(date);
  const auto last = day_number(limit);
  return day && last && *day > *last + 1;
}

}  // namespace onrecord
