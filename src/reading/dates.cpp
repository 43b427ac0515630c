#include "reading/dates.h"

#include <algorithm>

namespace onrecord {
namespace {

constexpr unsigned kWeek = 7;
constexpr std::uint32_t kDatelineTokens =
    8;  // from a dateline's begin to its date, and from there to its end

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
bool stands_in_a_name(const Words& words, std::uint32_t at, bool weekday) {
  if (words.is_number(at + 1)) return false;
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

/// Whether any word of an expression is a month or weekday that stands in a name.
bool names_something(const Words& words, TokenRange range) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (!words.is_capital(token) || !words.is(token, WordClass::kTime)) continue;
    const bool weekday = words.text(token).ends_with("day");
    if (stands_in_a_name(words, token, weekday)) return true;
  }
  return false;
}

bool is_dash(std::string_view mark) {
  return mark == "\u2014" || mark == "\u2013" || mark == "--" || mark == "-";
}

/// QUAYPORT, MARCH 6 (NWS) - Ada Lowe said: when and where a report was filed.
bool stands_in_dateline(const Words& words, TokenRange range) {
  const auto& sentences = words.document().sentences;
  const std::uint32_t own = words.sentence_of(range.begin);
  const Sentence& sentence = sentences[own];
  const bool begins_paragraph = own == 0 || sentences[own - 1].paragraph != sentence.paragraph;
  const bool in_capitals = words.is_in_capitals(sentence.first) && words.text(sentence.first).size() > 2;
  if (!begins_paragraph || !in_capitals || range.begin > sentence.first + kDatelineTokens) return false;
  std::uint32_t at = range.end;
  const std::uint32_t end = std::min(sentence.last, range.end + kDatelineTokens);
  while (at < end && (words.is_capital(at) || words.is_number(at) || words.is_mark(at)) &&
         !is_dash(words.text(at)))
    ++at;
  return at < end && is_dash(words.text(at));
}

bool holds(const Words& words, TokenRange range, std::string_view word) {
  for (std::uint32_t token = range.begin; token < range.end; ++token)
    if (words.equals(token, word)) return true;
  return false;
}

bool is_week(const CalendarPoint& point) {
  return point.grain == Grain::kWeek || point.grain == Grain::kWeekend;
}

/// On a Sunday, "last week" is the one that has just ended.
DayInterval last_week_of(DayInterval week, Date published) {
  using std::chrono::days;
  using std::chrono::sys_days;
  if (std::chrono::weekday(sys_days(published)) != std::chrono::Sunday) return week;
  return {sys_days(published) - days(kWeek), sys_days(published) - days(1)};
}

/// The month of a week that lies in one month.
std::optional<CalendarPoint> month_of(DayInterval week) {
  if (week.first.year() != week.last.year() || week.first.month() != week.last.month()) return std::nullopt;
  return month_point(static_cast<int>(week.first.year()), static_cast<unsigned>(week.first.month()));
}

bool is_text_or_occasion(const Words& words, std::uint32_t noun) {
  return words.is_lower_word(noun) &&
         (words.is(noun, WordClass::kVenueNoun) || words.is(noun, WordClass::kDocumentNoun));
}

/// "A 2009 REPORT found", "wrote in her 1990 BOOK", "in a 2012 INTERVIEW".
bool names_year_of_text(const Words& words, TokenRange year) {
  if (year.begin == 0 ||
      !(words.is(year.begin - 1, WordClass::kDeterminer) || words.is(year.begin - 1, WordClass::kPossessive)))
    return false;
  const bool has_adjective = words.is_lower_word(year.end) && is_text_or_occasion(words, year.end + 1);
  return is_text_or_occasion(words, year.end) || has_adjective;
}

/// Whether an expression can tell when something was said: a day, a week, a month or a year by its place in
/// the calendar.
bool tells_a_date(const Words& words, const TimeExpression& time, TokenRange range) {
  if (time.type != TimeType::kDate && time.type != TimeType::kTime) return false;
  if (!time.point) return time.looks_from_writing && time.value.starts_with("XXXX-");
  if (time.point->grain == Grain::kYear) {
    // "Six years ago" goes on for long; of told years only those with "in" come here: "the 2016 race" dates
    // nothing.
    return time.basis == DateBasis::kExplicit || holds(words, range, "last") || holds(words, range, "this");
  }
  // "a June interview": a month before a noun dates the saying where the noun is its occasion.
  const bool before_noun =
      range.begin > 0 && words.is(range.begin - 1, WordClass::kDeterminer) && words.is_lower_word(range.end);
  if (time.point->grain == Grain::kMonth && before_noun && !words.is(range.end, WordClass::kVenueNoun))
    return false;
  if (is_week(*time.point)) return time.basis == DateBasis::kRelative;
  // Counted from another date, it is another event's.
  if (time.basis == DateBasis::kInherited) return time.point->grain <= Grain::kDay;
  return time.point->grain <= Grain::kDay || time.point->grain == Grain::kMonth;
}

}  // namespace

StatementDates::StatementDates(const Words& words, std::string_view published)
    : words_(words), published_(date_of(published)) {
  const Document& document = words.document();
  times_ = words.lexicon().times().read(document.text, document.paragraphs, published_).expressions;
}

TokenRange StatementDates::tokens_of(std::uint32_t at, Span span) const {
  TokenRange range{at, at + 1};
  const auto& tokens = words_.document().tokens;
  while (range.end < words_.size() && tokens[range.end].span.begin < span.end) ++range.end;
  return range;
}

std::optional<Dated> StatementDates::some_days_ago(std::uint32_t at) const {
  // "a few days ago", "over the past few days": the month, when it cannot be another one.
  const bool few = words_.equals(at, "few") && words_.equals(at + 1, "days") &&
                   (words_.equals(at + 2, "ago") || (at > 0 && words_.equals(at - 1, "past")));
  if (!few || !published_ || static_cast<unsigned>(published_->day()) <= kWeek) return std::nullopt;
  return Dated{
      {at, at + 2},
      value_of(month_point(static_cast<int>(published_->year()), static_cast<unsigned>(published_->month()))),
      DateBasis::kRelative,
      "some days before publication"};
}

std::optional<Dated> StatementDates::at(std::uint32_t at, Looking looking) const {
  // A year is told by "in": it belongs to it.
  const bool in = words_.equals(at, "in") && at + 1 < words_.size();
  const Span token = words_.document().tokens[in ? at + 1 : at].span;
  const auto time = std::ranges::lower_bound(times_, token.begin, {},
                                             [](const TimeExpression& one) { return one.span.begin; });
  if (time == times_.end() || time->span.begin >= token.end)
    return looking == Looking::kBack ? some_days_ago(at) : std::nullopt;
  const bool year = time->point && time->point->grain == Grain::kYear && time->basis == DateBasis::kExplicit;
  const TokenRange range = tokens_of(at, time->span);
  if (in != year && !(year && names_year_of_text(words_, range))) return std::nullopt;
  if (!tells_a_date(words_, *time, range) || names_something(words_, range)) return std::nullopt;
  if (stands_in_dateline(words_, range)) return std::nullopt;
  Dated dated{range, {}, time->basis, std::string(time->reason)};
  std::optional<CalendarPoint> point = time->point;
  const bool ahead = looking == Looking::kAhead;
  if (time->over || time->to_come) {
    point = ahead ? time->to_come : time->over;
    dated.basis = DateBasis::kRelative;
    dated.reason = ahead ? "the first such date that is not before publication"
                         : "the last such date that is not after publication";
  }
  if (!point) {
    dated.basis = DateBasis::kUnresolved;
    return dated;
  }
  // What was said lies not after publication, what is announced not before it.
  DayInterval covered = days_of(*point);
  if (published_ && (ahead ? covered.last < *published_ : covered.first > *published_)) return std::nullopt;
  if (ahead && (point->grain == Grain::kYear || dated.basis == DateBasis::kInherited)) return std::nullopt;
  if (is_week(*point)) {
    if (published_ && holds(words_, range, "last") && point->grain == Grain::kWeek)
      covered = last_week_of(covered, *published_);
    if (published_ && !ahead) covered.last = std::min(covered.last, *published_);
    point = month_of(covered);
    if (!point) return std::nullopt;
  }
  dated.value = value_of(*point);
  if (dated.value.size() > kDayLength && point->grain <= Grain::kDay) dated.value.resize(kDayLength);
  return dated;
}

}  // namespace onrecord
