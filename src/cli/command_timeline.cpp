// `onrecord timeline`: what a speaker said, in order of time, and where it differs from before.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/timeline_text.h"
#include "compare/timeline.h"
#include "compare/timeline_json.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  TimelineQuery query;
  std::vector<std::string> about;
};

void print_count(Console& console, const Timeline& found) {
  if (found.total == 0) {
    console.print(StyledText(
        "Nothing found. Fewer words or filters find more; `onrecord speakers` lists who is there."));
    return;
  }
  StyledText line(counted(found.total, "statement", "statements"), Style::kStrong);
  if (found.rows.size() < found.total) {
    line.add(fmt::format(", the first {} shown (--limit N shows more, --since begins later)",
                         with_commas(found.rows.size())),
             Style::kDim);
  }
  line.add(fmt::format(", {}.", counted(found.leads, "lead", "leads")));
  line.add(
      " A lead says that words differ; what it means is for you to judge. onrecord statement ID opens either "
      "side.",
      Style::kDim);
  console.print("\n");
  console.print(line);
}

ExitCode timeline_command(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  const Format format = options.format.resolve(console.output());
  TimelineQuery query = options.query;
  query.about = fmt::format("{}", fmt::join(options.about, " "));
  query.limit = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(options.limit.resolve(format), std::numeric_limits<std::uint32_t>::max()));
  const auto found = timeline(*record, query);
  if (!found) return console.fail(found.error());
  for (const TimelineRow& row : found->rows) {
    RecordedTexts texts(*record);
    if (format == Format::kTable) {
      if (&row != &found->rows.front()) console.print("\n");
      if (const auto printed = print_timeline_row(console, row, texts); !printed)
        return console.fail(printed.error());
      continue;
    }
    const auto json = timeline_row_json(row, texts);
    if (!json) return console.fail(json.error());
    console.print(*json + "\n");
  }
  if (format == Format::kTable) print_count(console, *found);
  if (found->is_capped) {
    console.note(
        fmt::format("Only the newest {} quotations that fit were looked at; --since and --until narrow it.\n",
                    with_commas(kMostInTimeline)));
  }
  return found->rows.empty() ? ExitCode::kNothing : ExitCode::kFound;
}

}  // namespace

Action declare_timeline(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--speaker", options->query.speaker,
                 "Who said it, under all names: a name, words of it, or an id; without it everybody")
      ->type_name("NAME");
  app.add_option("--about", options->about, "Statements with these words, as `search` finds them")
      ->type_name("WORDS");
  app.add_option("--story", options->query.story, "Those of this story")->type_name("ID");
  app.add_option("--since", options->query.since,
                 "Said (else published) on this day, month or year, or later; earlier ones still give leads")
      ->type_name("DATE")
      ->check(is_date());
  app.add_option("--until", options->query.until, "... or before")->type_name("DATE")->check(is_date());
  app.add_flag("--leads", options->query.only_leads,
               "Only statements that differ from an earlier one on the same matter");
  options->limit.declare(app, 30);
  add_examples(app, {{"onrecord timeline --speaker Pellamore", "everything she said, the earliest first"},
                     {"onrecord timeline --speaker Dollenby --about treaty", "one matter"},
                     {"onrecord timeline --speaker Dollenby --leads", "where his words differ from before"},
                     {"onrecord timeline --about bridge --since 2026-06", "everybody, since June"}});
  return [options](Console& console) { return timeline_command(*options, console); };
}

}  // namespace onrecord::cli
