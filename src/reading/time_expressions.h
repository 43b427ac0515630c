// Time expressions: TIMEX3-style recognition, and the days that each tells, with how that is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/quotation.h"
#include "reading/calendar.h"
#include "reading/time_phrases.h"
#include "reading/time_words.h"

namespace onrecord {

/// "DATE", "TIME", "DURATION", "SET".
[[nodiscard]] std::string_view name(TimeType type);

/// Where a text looks from: news back from its publication, a narrative on from the date that it told last.
enum class TimeMode : std::uint8_t { kNews, kNarrative };
[[nodiscard]] std::string_view name(TimeMode mode);

/// One expression. A value; the span points into the text.
struct TimeExpression {
  Span span;  ///< TIMEX3's extent: with articles and "early", "the end of"; without prepositions
  TimeType type = TimeType::kDate;
  /// TIMEX3: "2026-03-06", "2026-W10", "2026-SU", "199", "P3D", "XXXX-WXX-1", "PAST_REF"; with X for what is
  /// not known ("XXXX-03" where no year can be told).
  std::string value;
  std::string_view
      mod;  ///< "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", ...; or empty. Static.
  std::optional<DayInterval> interval;  ///< its first and last day; none when they are not known
  DateBasis basis = DateBasis::kUnresolved;
  std::optional<CalendarPoint> point;  ///< what `value` is, where it is a point of the calendar
  bool looks_from_writing = false;     ///< needs the day of writing: "Friday", "yesterday", "May 4"
  std::string_view reason;             ///< one clause for a reader; static
  /// What an expression without its year or week ("May 4", "Friday") is when it is over, and when it is to
  /// come; `value` holds the one that the words around it speak for.
  std::optional<CalendarPoint> over;
  std::optional<CalendarPoint> to_come;
};

struct TimeReading {
  TimeMode mode = TimeMode::kNews;
  std::string mode_reason;                  ///< what spoke for the mode
  std::vector<TimeExpression> expressions;  ///< in text order, none overlapping
  std::uint64_t steps = 0;                  ///< words looked at: grows with the text
};

/// Finds time expressions. Needs no language model. Immutable: one may be used by several threads at once.
class TimeReader {
 public:
  explicit TimeReader(const WordLists& lists) : lexicon_(lists) {}

  /// The expressions of `paragraphs` of `text`. `published` dates what is told from the day of writing;
  /// without it "Friday" stays without a day. Costs O(bytes of the text).
  [[nodiscard]] TimeReading read(std::string_view text, const std::vector<Paragraph>& paragraphs,
                                 const std::optional<Date>& published) const;

 private:
  TimeLexicon lexicon_;
};

}  // namespace onrecord
