// Dates: which time expressions can tell when something was said, and the day, month or year that they tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/time_expressions.h"
#include "reading/words.h"

namespace onrecord {

constexpr std::size_t kMonthLength = 7;  ///< of a date's value: "2026-03"
constexpr std::size_t kDayLength = 10;   ///< "2026-03-06"

/// An expression with what it tells: a day, a month or a year, as exact as it is told.
struct Dated {
  TokenRange range;
  std::string value;
  DateBasis basis = DateBasis::kUnresolved;
  std::string reason;
};

/// Which day of those that an expression can mean: the last one that is over, or the first that is to come.
enum class Looking { kBack, kAhead };

/// The dates of one document. Views the words, which must outlive it. Building finds all time expressions,
/// one pass over the text; a question costs a search among them.
class StatementDates {
 public:
  /// `published` (ISO, may be empty) dates what is told from the day of writing.
  StatementDates(const Words& words, std::string_view published);

  /// The date expression that begins at `at`: "Friday", "March 6, 2026", "last month". None where no
  /// expression begins, for a month or weekday inside a name (Jan Quill, the Sunday Post), for what is to
  /// come for those that look back ("next Friday"), and of what is over for those that look ahead ("last
  /// month").
  [[nodiscard]] std::optional<Dated> at(std::uint32_t at, Looking looking) const;

 private:
  [[nodiscard]] std::optional<Dated> some_days_ago(std::uint32_t at) const;
  [[nodiscard]] TokenRange tokens_of(std::uint32_t at, Span span) const;

  const Words& words_;
  std::optional<Date> published_;
  std::vector<TimeExpression> times_;  // in text order
};

}  // namespace onrecord
