// Lists of rows that a record gives in pages: a table on a terminal, JSON Lines in a pipe.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace onrecord::cli {

/// Prints what `fetch(limit, offset)` gives: with `json` one line a row, all of them page by page; or with
/// `table` one page and, where it does not hold all, a line that says so. `nothing` is told on a terminal.
template <class Row, class Fetch>
ExitCode print_rows(Console& console, const FormatOption& format, const LimitOption& limit,
                    const Fetch& fetch, std::string (*json)(const Row&),
                    void (*table)(Console&, const std::vector<Row>&), std::string_view nothing) {
  constexpr std::uint64_t kPage = 10'000;  // rows in memory at once
  const Format form = format.resolve(console.output());
  const std::uint64_t most = limit.resolve(form);
  if (form == Format::kTable) {
    Result<std::vector<Row>> rows = fetch(static_cast<std::uint32_t>(most + 1), 0);
    if (!rows) return console.fail(rows.error());
    if (rows->empty()) {
      console.print(StyledText(nothing));
      return ExitCode::kNothing;
    }
    const bool more = rows->size() > most;
    if (more) rows->pop_back();
    table(console, *rows);
    if (more) {
      console.print(StyledText(
          fmt::format("The first {} are shown (--limit N shows more).", with_commas(most)), Style::kDim));
    }
    return ExitCode::kFound;
  }
  std::uint64_t printed = 0;
  while (printed < most) {
    const std::uint64_t wanted = std::min(kPage, most - printed);
    const Result<std::vector<Row>> rows = fetch(static_cast<std::uint32_t>(wanted), printed);
    if (!rows) return console.fail(rows.error());
    for (const Row& row : *rows) console.print(json(row));
    printed += rows->size();
    if (rows->size() < wanted) break;
  }
  return printed == 0 ? ExitCode::kNothing : ExitCode::kFound;
}

}  // namespace onrecord::cli
