#include "reading/dates.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "language/characters.h"

namespace onrecord {
namespace {

constexpr unsigned kWeek = 7;
constexpr std::size_t kMonthLength = 7;  // "2026-03"
constexpr std::array<std::string_view, kWeek> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kFullMonths = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string two_digits(unsigned value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}
std::string iso_month(int year, unsigned month) {
  std::string text = std::to_string(year);
  text.append("-").append(two_digits(month));
  return text;
}
std::string iso(Date date) {
  std::string text = iso_month(static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
  text.append("-").append(two_digits(static_cast<unsigned>(date.day())));
  return text;
}

/// 1-12 for a month's name or abbreviation that is printed with a capital.
unsigned month_of(const Words& words, std::uint32_t token) {
  if (!words.is_capital(token)) return 0;
  std::string name = folded(words.text(token));
  if (name.ends_with('.')) name.pop_back();
  for (unsigned i = 0; i < 12; ++i) {
    if (name == kFullMonths[i] || name == kMonths[i] || (i == 8 && name == "sept")) return i + 1;
  }
  return 0;
}

/// Whether two capitalised words are one name by the parse: JUNE Carter, the SUNDAY Post, Ada MARCH.
bool is_part_of_name(const Words& words, std::uint32_t part, std::uint32_t rest) {
  if (rest >= words.size() || !words.is_capital(rest) || words.is(rest, WordClass::kTime)) return false;
  if (words.sentence_of(part) != words.sentence_of(rest)) return false;
  const Document& document = words.document();
  if (!document.annotations || !document.tag(rest).starts_with("NNP")) return false;
  const std::uint32_t first = std::min(part, rest);
  return document.dependency(first) == "compound" && document.head(first) > first;
}

/// Whether a month or weekday is no date but (part of) a name: Mr. MARCH, JAN Quill, the SUNDAY Post.
bool stands_in_a_name(const Words& words, std::uint32_t at) {
  const bool weekday =
      words.is_capital(at) && std::ranges::find(kWeekdays, folded(words.text(at))) != kWeekdays.end();
  if ((!weekday && month_of(words, at) == 0) || words.is_number(at + 1)) return false;
  const std::string_view entity = words.entity_label(at);
  for (const std::string_view name :
       {"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "LAW"}) {
    if (entity == name) return true;
  }
  const bool says = words.document().annotations && words.document().dependency(at) == "nsubj" &&
                    words.is_reporting(words.document().head(at));
  if (says) return true;  // "April said"
  const bool begins = words.sentence(at).first == at;
  if (!begins && words.is_capital(at - 1)) {
    if (words.is(at - 1, WordClass::kTitle) || words.is(at - 1, WordClass::kCourtesyTitle)) return true;
    const bool is_day = entity == "DATE" || entity == "EVENT";  // Super Tuesday
    if (!is_day && is_part_of_name(words, at, at - 1)) return true;
  }
  // "On Friday Ada Lowe said", "said Friday Ada Lowe": the parser often takes the day for a part of the name.
  const bool is_adverbial =
      !begins && (words.equals(at - 1, "last") || words.equals(at - 1, "late") ||
                  words.equals(at - 1, "early") || words.equals(at - 1, "in") ||
                  (weekday && words.equals(at - 1, "on")) || (weekday && words.is_reporting(at - 1)));
  return !is_adverbial && is_part_of_name(words, at, at + 1);
}

/// "last month", "this year", "in 2012", "a few days ago": a month or a year, told no more exactly.
std::optional<Dated> loose_date_at(const Words& words, std::uint32_t at,
                                   const std::optional<Date>& published) {
  using std::chrono::days;
  using std::chrono::sys_days;
  if (words.equals(at, "in") && words.is_number(at + 1) && words.text(at + 1).size() == 4) {
    const auto year = number(words.text(at + 1));
    const bool past =
        year && *year >= 1900 && (published ? *year <= static_cast<int>(published->year()) : *year <= 2100);
    if (past && !words.is_number(at + 2))
      return Dated{{at, at + 2}, std::to_string(*year), DateBasis::kExplicit, "the year is told"};
  }
  if (!published) return std::nullopt;
  const int year = static_cast<int>(published->year());
  const auto month = static_cast<unsigned>(published->month());
  const bool last = words.equals(at, "last");
  if (last && words.equals(at + 1, "night"))
    return Dated{{at, at + 2},
                 iso(Date{sys_days{*published} - days(1)}),
                 DateBasis::kRelative,
                 "counted from the day of publication"};
  if ((last || words.equals(at, "this")) && words.equals(at + 1, "month")) {
    const bool before = last && month == 1;
    const unsigned told = last ? (month == 1 ? 12 : month - 1) : month;
    return Dated{{at, at + 2},
                 iso_month(before ? year - 1 : year, told),
                 DateBasis::kRelative,
                 "counted from the month of publication"};
  }
  if ((last || words.equals(at, "this")) && words.equals(at + 1, "year"))
    return Dated{{at, at + 2},
                 std::to_string(last ? year - 1 : year),
                 DateBasis::kRelative,
                 "counted from the year of publication"};
  // "a few days ago", "over the past few days": the month, when it cannot be another one.
  const bool few = words.equals(at, "few") && words.equals(at + 1, "days") &&
                   (words.equals(at + 2, "ago") || (at > 0 && words.equals(at - 1, "past")));
  if (few && static_cast<unsigned>(published->day()) > 7)
    return Dated{{at, at + 2}, iso_month(year, month), DateBasis::kRelative, "some days before publication"};
  return std::nullopt;
}

/// "March", "March 6", "March 6, 2026".
std::optional<Dated> calendar_date_at(const Words& words, std::uint32_t at,
                                      const std::optional<Date>& published, Looking looking) {
  const unsigned month = month_of(words, at);
  if (month == 0 || words.equals(at - 1, "next")) return std::nullopt;
  if (words.equals(at, "may") && !words.is_number(at + 1) && !words.equals(at - 1, "in")) return std::nullopt;
  Dated dated{{at, at + 1}, "", DateBasis::kUnresolved, "no year is told, and no publication date is known"};
  std::optional<int> day;
  std::optional<int> year;
  std::uint32_t next = at + 1;
  if (words.is_number(next)) {
    const auto value = number(words.text(next));
    if (value && *value >= 1 && *value <= 31) day = value, ++next;
  }
  const std::uint32_t place = words.equals(next, ",") ? next + 1 : next;
  if (words.is_number(place)) {
    const auto value = number(words.text(place));
    if (value && *value >= 1900 && *value <= 2100) year = value, next = place + 1;
  }
  dated.range.end = next;
  dated.basis = year ? DateBasis::kExplicit : DateBasis::kRelative;
  dated.reason = year                         ? "the date is told"
                 : looking == Looking::kAhead ? "the first such date not before publication"
                                              : "the last such date not after publication";
  if (!year) {
    if (!published) {
      dated.basis = DateBasis::kUnresolved;
      dated.reason = "no year is told, and no publication date is known";
      return dated;
    }
    const int own = static_cast<int>(published->year());
    const auto own_month = static_cast<unsigned>(published->month());
    const int own_day = static_cast<int>(static_cast<unsigned>(published->day()));
    const bool later = month > own_month || (month == own_month && day && *day > own_day);
    const bool earlier = month < own_month || (month == own_month && day && *day < own_day);
    year = looking == Looking::kAhead ? (earlier ? own + 1 : own) : (later ? own - 1 : own);
  }
  dated.value = iso_month(*year, month);
  if (day) dated.value.append("-").append(two_digits(static_cast<unsigned>(*day)));
  return dated;
}

/// "Friday", "last Friday", "Friday, March 6": the nearest day that it names, over or to come.
std::optional<Dated> weekday_at(const Words& words, std::uint32_t at, unsigned weekday,
                                const std::optional<Date>& published, Looking looking) {
  using std::chrono::days;
  using std::chrono::sys_days;
  if (at > 0 && words.equals(at - 1, "next")) return std::nullopt;
  const std::uint32_t after = words.equals(at + 1, ",") ? at + 2 : at + 1;
  if (auto exact = calendar_date_at(words, after, published, looking);
      exact && exact->value.size() > kMonthLength) {
    exact->range.begin = at;
    return exact;
  }
  Dated dated{{at, at + 1}, "", DateBasis::kUnresolved, "a weekday, and no publication date is known"};
  if (!published) return dated;
  const sys_days day{*published};
  const bool last = at > 0 && words.equals(at - 1, "last");
  if (looking == Looking::kAhead) {
    if (last) return std::nullopt;
    const unsigned ahead = (weekday + kWeek - std::chrono::weekday(day).c_encoding()) % kWeek;
    dated.value = iso(Date{day + days(static_cast<int>(ahead))});
    dated.basis = DateBasis::kRelative;
    dated.reason = "the first ";
    dated.reason.append(words.text(at)).append(" that is not before publication");
    return dated;
  }
  unsigned back = (std::chrono::weekday(day).c_encoding() + kWeek - weekday) % kWeek;
  if (back == 0 && last) back = kWeek;
  dated.value = iso(Date{day - days(static_cast<int>(back))});
  dated.basis = DateBasis::kRelative;
  dated.reason = "the last ";
  dated.reason.append(words.text(at)).append(" before publication");
  return dated;
}

}  // namespace

std::optional<Dated> date_at(const Words& words, std::uint32_t at, const std::optional<Date>& published,
                             Looking looking) {
  using std::chrono::days;
  using std::chrono::sys_days;
  if (stands_in_a_name(words, at)) return std::nullopt;
  const std::string word = folded(words.text(at));
  const auto weekday = std::ranges::find(kWeekdays, word);
  if (weekday != kWeekdays.end() && words.is_capital(at))
    return weekday_at(words, at, static_cast<unsigned>(weekday - kWeekdays.begin()), published, looking);
  const bool ahead = looking == Looking::kAhead;
  if (word == "today" || word == (ahead ? "tomorrow" : "yesterday")) {
    Dated dated{{at, at + 1}, "", DateBasis::kUnresolved, "relative, and no publication date is known"};
    if (!published) return dated;
    const int from_today = word == "today" ? 0 : ahead ? 1 : -1;
    dated.value = iso(Date{sys_days{*published} + days(from_today)});
    dated.basis = DateBasis::kRelative;
    dated.reason = "counted from the day of publication";
    return dated;
  }
  if (!ahead) {
    if (auto loose = loose_date_at(words, at, published)) return loose;
  }
  return calendar_date_at(words, at, published, looking);
}

}  // namespace onrecord
