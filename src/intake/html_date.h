// Dates as pages write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onrecord {

/// A date in ISO 8601, as exact as it was written: "2025-08-11", "2025-08-11T09:00",
/// "2025-08-11T09:00:00-04:00". Reads ISO 8601 and its loose forms, RFC 2822, "August 11, 2025 9:00 a.m.
/// EDT", "11 August 2025" and 20250811; a zone is kept when it is written, and never added. A date in figures
/// whose order is a matter of custom (08/11/2025) is read when only one order is possible. None when the text
/// holds no such date.
[[nodiscard]] std::optional<std::string> iso_date(std::string_view text);

/// The date in the path of a URL: /2025/08/11/, /2025-08-11-, /20250811/. None when there is none.
[[nodiscard]] std::optional<std::string> date_in_url(std::string_view url);

/// Whether `date` lies a whole day or more after `limit`, as far as both are known to the day; zones may
/// shift a date by one day, so one day later does not count as after.
[[nodiscard]] bool is_after(std::string_view date, std::string_view limit);

}  // namespace onrecord
