#include "serve/text_difference.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace onrecord {
namespace {

/// Its trace takes 4 d^2 bytes: 64 MB at most.
constexpr std::ptrdiff_t kMostDifferences = 4'000;
/// A diagonal that no path has reached.
constexpr std::int32_t kNowhere = -1'000'000'000;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Words, each with the space behind it.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    while (end < text.size() && is_space(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

void add(std::vector<DifferenceRun>& runs, DifferenceKind kind, std::string_view text) {
  if (text.empty()) return;
  if (runs.empty() || runs.back().kind != kind) runs.push_back({kind, {}});
  runs.back().text += text;
}

using Words = std::vector<std::string_view>;
/// How far each diagonal from -d to d got after d differences, by d.
using Trace = std::vector<std::vector<std::int32_t>>;

/// Whether the furthest path on diagonal k after d differences came from the one above: a word was added.
bool came_down(const std::vector<std::int32_t>& before, std::ptrdiff_t d, std::ptrdiff_t k) {
  // `before` has the diagonals -(d-1) ... d-1.
  if (k == -d) return true;
  if (k == d) return false;
  const auto at = [&](std::ptrdiff_t diagonal) { return before[static_cast<std::size_t>(diagonal + d - 1)]; };
  if (k - 1 < -(d - 1)) return true;
  if (k + 1 > d - 1) return false;
  return at(k - 1) < at(k + 1);
}

/// The trace of the shortest script from `from` to `to`; empty when it takes too many differences.
Trace find_script(const Words& from, const Words& to) {
  const auto n = static_cast<std::ptrdiff_t>(from.size());
  const auto m = static_cast<std::ptrdiff_t>(to.size());
  Trace trace;
  for (std::ptrdiff_t d = 0; d <= std::min(n + m, kMostDifferences); ++d) {
    std::vector<std::int32_t> reach(static_cast<std::size_t>(2 * d + 1), kNowhere);
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      std::ptrdiff_t x = 0;
      if (d > 0) {
        const auto at = [&](std::ptrdiff_t diagonal) {
          return std::ptrdiff_t{trace.back()[static_cast<std::size_t>(diagonal + d - 1)]};
        };
        x = came_down(trace.back(), d, k) ? at(k + 1) : at(k - 1) + 1;
      }
      if (x < 0 || x > n || x - k < 0 || x - k > m) continue;  // off the grid
      while (x < n && x - k >= 0 && x - k < m &&
             from[static_cast<std::size_t>(x)] == to[static_cast<std::size_t>(x - k)])
        ++x;
      reach[static_cast<std::size_t>(k + d)] = static_cast<std::int32_t>(x);
      if (x >= n && x - k >= m) {
        trace.push_back(std::move(reach));
        return trace;
      }
    }
    trace.push_back(std::move(reach));
  }
  return {};
}

struct Step {
  DifferenceKind kind;
  std::string_view word;
};

/// The steps of the script, in order.
std::vector<Step> steps_of(const Words& from, const Words& to, const Trace& trace) {
  auto x = static_cast<std::ptrdiff_t>(from.size());
  auto y = static_cast<std::ptrdiff_t>(to.size());
  std::vector<Step> steps;
  const auto same_down_to = [&](std::ptrdiff_t left) {
    while (x > left && y > 0) {
      --x, --y;
      steps.push_back({DifferenceKind::kSame, to[static_cast<std::size_t>(y)]});
    }
  };
  for (auto d = static_cast<std::ptrdiff_t>(trace.size()) - 1; d > 0; --d) {
    const std::vector<std::int32_t>& before = trace[static_cast<std::size_t>(d - 1)];
    const std::ptrdiff_t k = x - y;
    const bool down = came_down(before, d, k);
    const std::ptrdiff_t from_k = down ? k + 1 : k - 1;
    const std::ptrdiff_t begin = before[static_cast<std::size_t>(from_k + d - 1)];
    same_down_to(down ? begin : begin + 1);
    if (down) {
      steps.push_back({DifferenceKind::kAdded, to[static_cast<std::size_t>(--y)]});
    } else {
      steps.push_back({DifferenceKind::kRemoved, from[static_cast<std::size_t>(--x)]});
    }
  }
  same_down_to(0);
  std::ranges::reverse(steps);
  return steps;
}

}  // namespace

std::vector<DifferenceRun> text_difference(std::string_view from, std::string_view to) {
  std::vector<DifferenceRun> runs;
  const Words old_words = words_of(from);
  const Words new_words = words_of(to);
  const Trace trace = find_script(old_words, new_words);
  if (trace.empty()) {
    add(runs, DifferenceKind::kRemoved, from), add(runs, DifferenceKind::kAdded, to);
    return runs;
  }
  for (const Step& step : steps_of(old_words, new_words, trace)) add(runs, step.kind, step.word);
  return runs;
}

}  // namespace onrecord
