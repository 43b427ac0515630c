// Dates where pages print them: in a line of text, in a URL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onrecord {

/// The first date, known to the day, in a short line ("Updated Aug. 11, 2025 at noon"), as `iso_date` gives
/// it. A line of more than 100 bytes is prose and gives none.
[[nodiscard]] std::optional<std::string> date_in_line(std::string_view line);

/// The date in the path of a URL: /2025/08/11/, /2025-08-11-, /20250811/. None when there is none.
[[nodiscard]] std::optional<std::string> date_in_url(std::string_view url);

/// Whether `date` is certainly later than `limit`, both in ISO 8601 and known to the day. Zones may shift a
/// date by one day, so one day later does not count.
[[nodiscard]] bool is_after(std::string_view date, std::string_view limit);

}  // namespace onrecord
