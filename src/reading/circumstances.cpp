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
  if (const auto loose = loose_date_at(words, at, published)) return loose;
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

/// The phrase of a venue's noun by the parse, without its determiner and what tells the time.
TokenRange venue_phrase(const Words& words, const Syntax& parse, const Draft& draft, std::uint32_t noun) {
  TokenRange phrase = parse.phrase_of(noun);
  while (phrase.begin < noun &&
         (words.is(phrase.begin, WordClass::kDeterminer) || words.is(phrase.begin, WordClass::kPossessive) ||
          words.is(phrase.begin, WordClass::kPreposition)))
    ++phrase.begin;
  for (std::uint32_t t = noun + 1; t < phrase.end; ++t) {
    const bool stops = words.is(t, WordClass::kTime) || in_content(draft, t) || words.is_mark(t);
    if (stops) phrase.end = t;
  }
  while (phrase.end > noun + 1 && (words.is(phrase.end - 1, WordClass::kPreposition) ||
                                   words.is(phrase.end - 1, WordClass::kDeterminer)))
    --phrase.end;
  return phrase;
}

std::optional<TokenRange> venue_at(const Words& words, const Syntax* parse, const Draft& draft,
                                   std::uint32_t at, std::uint32_t high) {
  const bool preposition = words.equals(at, "in") || words.equals(at, "during") || words.equals(at, "at") ||
                           words.equals(at, "on") || words.equals(at, "via") || words.equals(at, "through");
  if (!preposition) return std::nullopt;
  if (parse != nullptr) {
    const std::uint32_t noun = parse->child(at, {"pobj"});
    if (noun != kNoToken && noun < high && !in_content(draft, noun) && words.is(noun, WordClass::kVenueNoun))
      return venue_phrase(words, *parse, draft, noun);
  }
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

/// The first venue and the first date in [low, high) that are not content.
Circumstances circumstances_between(const Words& words, const Syntax* parse, const Draft& draft,
                                    TokenRange range, std::string_view published, StepCounter& steps) {
  Circumstances found;
  const auto date = date_of(published);
  std::uint32_t venue_searched_from = range.begin;
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    steps.count();
    if (words.passage_of(at) >= 0 || in_content(draft, at)) continue;
    if (found.venue.value.empty() && at >= venue_searched_from) {
      if (const auto venue = venue_at(words, parse, draft, at, range.end)) {
        const Span span = words.span(*venue);
        found.venue = {std::string(cut(words.document().text, span)), {span}, 0.75F, "told beside the cue"};
      }
    }
    if (!found.when.spans.empty()) continue;
    if (const auto dated = date_at(words, at, date)) {
      found.when = {
          dated->value, {words.span(dated->range)}, dated->value.empty() ? 0.0F : 0.75F, dated->reason};
      found.when_basis = dated->basis;
      venue_searched_from = dated->range.end;
    }
  }
  return found;
}

/// Verbs that name where the words stand: what is tweeted stands on Twitter.
void venue_of_verb(const Words& words, const Draft& draft, Circumstances& found) {
  for (const TokenRange cue : draft.cue) {
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      const std::string word = folded(words.text(token));
      if (word.starts_with("tweet") || word.starts_with("retweet"))
        found.venue = {"Twitter", {words.span({token, token + 1})}, 0.8F, "the cue tells it"};
    }
  }
}

}  // namespace

Circumstances find_circumstances(const Words& words, const Syntax* parse, const Draft& draft,
                                 std::string_view published, StepCounter& steps) {
  if (draft.head == kNoToken) return {};
  const Sentence& sentence = words.sentence(draft.head);
  const TokenRange range{std::max(sentence.first, draft.head > kReach ? draft.head - kReach : 0),
                         std::min(sentence.last, draft.head + kReach)};
  Circumstances found = circumstances_between(words, parse, draft, range, published, steps);
  venue_of_verb(words, draft, found);
  return found;
}

Circumstances circumstances_of_scene(const Words& words, const Syntax* parse, const Sentence& sentence,
                                     std::string_view published, StepCounter& steps) {
  const TokenRange range{sentence.first, std::min(sentence.last, sentence.first + 2 * kReach)};
  Circumstances found = circumstances_between(words, parse, Draft{}, range, published, steps);
  found.venue.reason = "told in the sentence before";
  return found;
}

}  // namespace onrecord
