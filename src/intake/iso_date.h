// Dates of publication as people and programs write them, in ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onrecord {

/// `written` as ISO 8601, as exact as it is written; nothing when it is no date of the calendar or could be
/// two ("03/04/2025"). The zone stands in the answer only when it was written.
///
///   2025 | 2025-08 | 2025-08-11 | 20250811 | 2025/08/11           the same with dashes
///   2025-08-11T09:00:00.123-0400, 2025-08-11 09:00 Z              2025-08-11T09:00:00-04:00, ...T09:00Z
///   August 11, 2025 | Aug. 11 2025 | 11 August 2025 | August 2025  2025-08-11, 2025-08
///   Mon, 11 Aug 2025 09:00:00 GMT                                 2025-08-11T09:00:00Z
///   11/25/2025 (the month can only be 11)                         2025-11-25
///   Monday, August 11, 2025, 9:05 p.m. EDT                        2025-08-11T21:05-04:00
/// Years 1600 to 2199. Costs O(bytes). Thread-safe.
[[nodiscard]] std::optional<std::string> iso_date(std::string_view written);

}  // namespace onrecord
