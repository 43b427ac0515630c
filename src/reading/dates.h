// Dates: expressions of time as they are printed, and the day, month or year that they tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "onrecord/quotation.h"
#include "reading/calendar.h"
#include "reading/words.h"

namespace onrecord {

/// An expression with what it tells: a day, a month or a year, as exact as it is told.
struct Dated {
  TokenRange range;
  std::string value;
  DateBasis basis = DateBasis::kUnresolved;
  std::string reason;
};

/// Which day of those that an expression can mean: the last one that is over, or the first that is to come.
enum class Looking { kBack, kAhead };

/// The date expression that begins at `at`, with its year and day when they follow: "Friday", "March 6,
/// 2026", "last month". `published` dates what is told without a year. None where no expression begins, for
/// a month or weekday inside a name (Jan Quill, the Sunday Post), for those that look forward ("next
/// Friday"), and of what is to come for those that look back ("last month").
[[nodiscard]] std::optional<Dated> date_at(const Words& words, std::uint32_t at,
                                           const std::optional<Date>& published,
                                           Looking looking = Looking::kBack);

}  // namespace onrecord
