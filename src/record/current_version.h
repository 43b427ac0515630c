// Which version of an article counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "record/sqlite.h"

namespace onrecord {

/// Marks one version of the article as current: the one modified (else published) last, then the one
/// published last, then the one with the greatest id. Never the one that came in last, so that the order does
/// not show.
void choose_current_version(Database& database, std::int64_t article);

/// A date with a zone in UTC, one without as it is: "2026-03-01T01:00+02:00" -> "2026-02-28T23:00:00Z". For
/// ordering only.
[[nodiscard]] std::string date_in_utc(std::string_view date);

}  // namespace onrecord
