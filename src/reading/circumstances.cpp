#include "reading/circumstances.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "language/characters.h"
#include "reading/mentions.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kReach = 40;  // tokens around the cue; farther circumstances are another clause's

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kFullMonths = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};

using Date = std::chrono::year_month_day;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<Date> date_of(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = number(iso.substr(0, 4));
  const auto month = number(iso.substr(5, 2));
  const auto day = number(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }
std::string iso_month(int year, unsigned month) { return std::to_string(year) + "-" + two_digits(month); }
std::string iso(Date date) {
  return iso_month(static_cast<int>(date.year()), static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
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

struct Dated {
  TokenRange range;
  std::string value;
  DateBasis basis = DateBasis::kUnresolved;
  std::string reason;
};

/// A date expression that begins at `at`, with its year and day when they follow.
std::optional<Dated> date_at(const Words& words, std::uint32_t at, const std::optional<Date>& published) {
  using std::chrono::days;
  using std::chrono::sys_days;
  const std::string word = folded(words.text(at));
  const auto weekday = std::ranges::find(kWeekdays, word);
  if (weekday != kWeekdays.end() && words.is_capital(at)) {
    Dated dated{{at, at + 1}, "", DateBasis::kUnresolved, "a weekday, and no publication date is known"};
    if (!published) return dated;
    const sys_days day{*published};
    const auto index = static_cast<unsigned>(weekday - kWeekdays.begin());
    const unsigned back = (std::chrono::weekday(day).c_encoding() + 7 - index) % 7;
    dated.value = iso(Date{day - days(static_cast<int>(back))});
    dated.basis = DateBasis::kRelative;
    dated.reason = "the last " + std::string(words.text(at)) + " before publication";
    return dated;
  }
  if (word == "yesterday" || word == "today") {
    Dated dated{{at, at + 1}, "", DateBasis::kUnresolved, "relative, and no publication date is known"};
    if (!published) return dated;
    dated.value = iso(Date{sys_days{*published} - days(word == "yesterday" ? 1 : 0)});
    dated.basis = DateBasis::kRelative;
    dated.reason = "counted from the day of publication";
    return dated;
  }
  const unsigned month = month_of(words, at);
  if (month == 0) return std::nullopt;
  if (word == "may" && !words.is_number(at + 1) && !words.equals(at - 1, "in")) return std::nullopt;
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
  dated.reason = year ? "the date is told" : "the last such date not after publication";
  if (!year) {
    if (!published) {
      dated.basis = DateBasis::kUnresolved;
      dated.reason = "no year is told, and no publication date is known";
      return dated;
    }
    const int own = static_cast<int>(published->year());
    const auto own_month = static_cast<unsigned>(published->month());
    const bool later =
        month > own_month ||
        (month == own_month && day && static_cast<unsigned>(*day) > static_cast<unsigned>(published->day()));
    year = later ? own - 1 : own;
  }
  dated.value = iso_month(*year, month);
  if (day) dated.value += "-" + two_digits(static_cast<unsigned>(*day));
  return dated;
}

bool in_content(const Draft& draft, std::uint32_t token) {
  return std::ranges::any_of(draft.content,
                             [&](TokenRange range) { return range.begin <= token && token < range.end; });
}

/// "with the Quay Gazette", "on Harbor Radio" after a venue's noun: its end.
std::uint32_t venue_end(const Words& words, const Draft& draft, std::uint32_t noun, std::uint32_t high) {
  std::uint32_t end = noun + 1;
  const bool joins = words.equals(end, "with") || words.equals(end, "on") || words.equals(end, "in") ||
                     words.equals(end, "at") || words.equals(end, "to") || words.equals(end, "of");
  if (!joins || words.is(end + 1, WordClass::kTime)) return end;
  std::uint32_t at = end + 1;
  if (words.is(at, WordClass::kDeterminer)) ++at;
  const std::uint32_t begin = at;
  while (at < high && (words.is_capital(at) || words.equals(at, "'s")) && !words.is(at, WordClass::kTime) &&
         !in_content(draft, at))
    ++at;
  return at > begin ? at : end;
}

std::optional<TokenRange> venue_at(const Words& words, const Draft& draft, std::uint32_t at,
                                   std::uint32_t high) {
  const bool preposition = words.equals(at, "in") || words.equals(at, "during") || words.equals(at, "at") ||
                           words.equals(at, "on") || words.equals(at, "via") || words.equals(at, "through");
  if (!preposition) return std::nullopt;
  for (std::uint32_t t = at + 1; t < std::min(high, at + 9); ++t) {
    if (in_content(draft, t) || words.is_mark(t)) return std::nullopt;
    const bool noun =
        words.is(t, WordClass::kVenueNoun) && (words.equals(t + 1, "that") || !is_phrase_word(words, t + 1));
    if (noun ||
        (words.is(t, WordClass::kVenueNoun) && (t + 1 >= high || words.is(t + 1, WordClass::kTime)))) {
      std::uint32_t begin = at + 1;
      if (begin < t && (words.is(begin, WordClass::kDeterminer) || words.is(begin, WordClass::kPossessive)))
        ++begin;
      return TokenRange{begin, venue_end(words, draft, t, high)};
    }
    if (!is_phrase_word(words, t)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Circumstances find_circumstances(const Words& words, const Draft& draft, std::string_view published,
                                 StepCounter& steps) {
  Circumstances found;
  if (draft.head == kNoToken) return found;
  const auto date = date_of(published);
  const Sentence& sentence = words.sentence(draft.head);
  const std::uint32_t low = std::max(sentence.first, draft.head > kReach ? draft.head - kReach : 0);
  const std::uint32_t high = std::min(sentence.last, draft.head + kReach);
  for (std::uint32_t at = low; at < high; ++at) {
    steps.count();
    if (words.passage_of(at) >= 0 || in_content(draft, at)) continue;
    if (found.when.spans.empty()) {
      if (const auto dated = date_at(words, at, date)) {
        found.when = {
            dated->value, {words.span(dated->range)}, dated->value.empty() ? 0.0F : 0.75F, dated->reason};
        found.when_basis = dated->basis;
        at = dated->range.end - 1;
        continue;
      }
    }
    if (!found.venue.value.empty()) continue;
    if (const auto venue = venue_at(words, draft, at, high)) {
      const Span span = words.span(*venue);
      found.venue = {std::string(cut(words.document().text, span)), {span}, 0.75F, "told beside the cue"};
      at = venue->end - 1;
    }
  }
  return found;
}

}  // namespace onrecord
