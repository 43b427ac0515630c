#include "intake/html_date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

#include "intake/ascii.h"
#include "intake/iso_date.h"

namespace onrecord {
namespace {

constexpr std::size_t kDayBytes = 10;  // "2025-08-11"

// Where the words of a line begin and end.
struct Word {
  std::size_t begin;
  std::size_t end;
};

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (is_ascii_space(line[at])) continue;
    const std::size_t begin = at;
    while (at < line.size() && !is_ascii_space(line[at])) ++at;
    words.push_back({begin, at});
  }
  return words;
}

std::optional<std::string> date_known_to_the_day(std::string_view written) {
  auto date = iso_date(written);
  if (date && date->size() < kDayBytes) date.reset();
  return date;
}

std::optional<std::chrono::sys_days> day_of(std::string_view date) {
  if (date.size() < kDayBytes) return std::nullopt;
  const auto part = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    std::from_chars(date.data() + begin, date.data() + begin + size, value);
    return value;
  };
  const std::chrono::year_month_day day(std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2))));
  return day.ok() ? std::optional(std::chrono::sys_days(day)) : std::nullopt;
}

}  // namespace

std::optional<std::string> date_in_line(std::string_view line) {
  constexpr std::size_t kLongestLine = 100;
  constexpr std::size_t kMostWords = 8;  // "Monday, August 11, 2025 at 9:05 p.m. EDT"
  const bool has_year = std::ranges::count_if(line, is_ascii_digit) >= 4;
  if (line.size() > kLongestLine || !has_year) return std::nullopt;
  const std::vector<Word> words = words_of(line);
  for (std::size_t first = 0; first < words.size(); ++first) {
    for (std::size_t count = std::min(kMostWords, words.size() - first); count > 0; --count) {
      const std::size_t begin = words[first].begin;
      std::string_view written = line.substr(begin, words[first + count - 1].end - begin);
      while (written.ends_with(',') || written.ends_with('|')) written.remove_suffix(1);
      if (auto date = date_known_to_the_day(written)) return date;
    }
  }
  return std::nullopt;
}

std::optional<std::string> date_in_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  url = url.substr(0, url.find_first_of("?#"));
  std::size_t at = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  for (; at < url.size(); at = url.find('/', at + 1)) {
    const std::string_view rest = url.substr(at + 1);
    const bool is_compact = rest.find_first_not_of("0123456789") == 8 || (rest.size() == 8);
    if (const auto date = date_known_to_the_day(rest.substr(0, is_compact ? 8 : kDayBytes))) return date;
  }
  return std::nullopt;
}

bool is_after(std::string_view date, std::string_view limit) {
  const auto day = day_of(date);
  const auto last = day_of(limit);
  return day && last && *day > *last + std::chrono::days(1);
}

}  // namespace onrecord
