#include "record/current_version.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <tuple>

namespace onrecord {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// Minutes east of Greenwich that a date ends with ("Z", "+02:00", "-0500"), and where that begins.
std::optional<std::pair<int, std::size_t>> zone_of(std::string_view date) {
  if (date.ends_with('Z')) return std::pair{0, date.size() - 1};
  const std::size_t sign = date.find_last_of("+-");
  if (sign == std::string_view::npos || sign < 16)
    return std::nullopt;  // a sign before the time is a date's dash
  const auto hours = digits(date, sign + 1, 2);
  const std::size_t colon = sign + 3 < date.size() && date[sign + 3] == ':' ? 1 : 0;
  const auto minutes = digits(date, sign + 3 + colon, 2);
  if (!hours || !minutes) return std::nullopt;
  const int east = *hours * 60 + *minutes;
  return std::pair{date[sign] == '-' ? -east : east, sign};
}

}  // namespace

std::string date_in_utc(std::string_view date) {
  const auto zone = zone_of(date);
  const auto year = digits(date, 0, 4);
  const auto month = digits(date, 5, 2);
  const auto day = digits(date, 8, 2);
  const auto hour = digits(date, 11, 2);
  const auto minute = digits(date, 14, 2);
  if (!zone || !year || !month || !day || !hour || !minute) return std::string(date);
  using namespace std::chrono;
  const sys_seconds local = sys_days{std::chrono::year{*year} / *month / *day} + hours{*hour} +
                            minutes{*minute} + seconds{digits(date, 17, 2).value_or(0)};
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(system_clock::to_time_t(local - minutes{zone->first})));
}

void choose_current_version(Database& database, std::int64_t article) {
  std::tuple<std::string, std::string, std::string> best;
  std::int64_t current = 0;
  {
    auto versions = database.prepare("SELECT key, modified, published, id FROM version WHERE article = ?");
    versions.bind(article);
    while (versions.step()) {
      const std::string published = date_in_utc(versions.text(2));
      std::string last = date_in_utc(versions.text(1));
      if (last < published) last = published;
      const std::tuple candidate{std::move(last), published, versions.string(3)};
      if (current != 0 && candidate < best) continue;
      best = candidate;
      current = versions.integer(0);
    }
  }
  database.prepare("UPDATE version SET current = (key = ?) WHERE article = ? AND current <> (key = ?)")
      .bind(current, article, current)
      .run();
}

}  // namespace onrecord
