// `onrecord new --since DATE`: what the record got since then.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "cli/timeline_text.h"
#include "compare/timeline_json.h"
#include "compare/whats_new.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  NewQuery query;
};

/// "12 new statements, the first 5 shown"; false when there is none.
bool print_heading(Console& console, std::uint64_t count, std::size_t shown, std::string_view one,
                   std::string_view many) {
  if (count == 0) return false;
  StyledText line(counted(count, one, many), Style::kStrong);
  if (shown < count) line.add(fmt::format(", {} shown", with_commas(shown)), Style::kDim);
  console.print("\n");
  console.print(line);
  return true;
}

Result<void> print_statements(Console& console, const WhatsNew& found, RecordedTexts& texts) {
  if (!print_heading(console, found.statements, found.new_statements.size(), "new statement",
                     "new statements"))
    return {};
  for (const StatementRow& row : found.new_statements) {
    const auto context = texts.context_of(row.base);
    if (!context) return std::unexpected(context.error());
    StyledText line = speaker_text(row.base.quotation, context->text);
    line.add(" · ", Style::kDim).add(words_text(row.base.quotation, context->text));
    console.print(line, {2, 4});
    StyledText below(reports_text(row.reports, row.outlets, row.independent), Style::kDim);
    console.print(below.add(" · ", Style::kDim).add(article_text(*context)).add(" · " + row.id, Style::kDim),
                  {4, 4});
  }
  return {};
}

Result<void> print_witnesses(Console& console, const WhatsNew& found, RecordedTexts& texts) {
  if (!print_heading(console, found.witnesses, found.new_witnesses.size(),
                     "new witness of an older statement", "new witnesses of older statements"))
    return {};
  for (const NewWitness& witness : found.new_witnesses) {
    const auto context = texts.context_of(witness.quotation);
    if (!context) return std::unexpected(context.error());
    StyledText line = speaker_text(witness.quotation.quotation, context->text);
    line.add(" · ", Style::kDim).add(words_text(witness.quotation.quotation, context->text));
    console.print(line, {2, 4});
    console.print(article_text(*context).add(
                      fmt::format(" · {} of {}", witness.quotation.id, witness.statement), Style::kDim),
                  {4, 4});
  }
  return {};
}

Result<void> print_leads(Console& console, const WhatsNew& found, RecordedTexts& texts) {
  if (!print_heading(console, found.leads, found.new_leads.size(), "lead", "leads")) return {};
  for (const TimelineRow& row : found.new_leads) {
    if (auto printed = print_timeline_row(console, row, texts); !printed) return printed;
  }
  return {};
}

void print_copies(Console& console, const WhatsNew& found) {
  if (!print_heading(console, found.copies, found.new_copies.size(), "copy", "copies")) return;
  const auto side = [](const ArticleRow& row) {
    return fmt::format("{} ({}, {})", row.title.empty() ? "untitled" : row.title,
                       row.outlet.empty() ? "outlet unknown" : row.outlet, row.id);
  };
  for (const CopiedPair& pair : found.new_copies) {
    StyledText line(readable(pair.second.reuse.reuse) + ": ", Style::kStrong);
    line.add(fmt::format("{} and {}", side(pair.first), side(pair.second.other)));
    console.print(line.add(" · " + pair.second.reuse.reason, Style::kDim), {2, 4});
  }
}

void print_stories(Console& console, const WhatsNew& found) {
  if (!print_heading(console, found.stories, found.new_stories.size(), "story begun", "stories begun"))
    return;
  for (const StoryRow& story : found.new_stories) {
    StyledText line(story.title.empty() ? "untitled" : story.title);
    line.add(fmt::format(" · {} by {} · {}", counted(story.articles, "article", "articles"),
                         counted(story.outlets, "outlet", "outlets"), story.id),
             Style::kDim);
    console.print(line, {2, 4});
  }
}

Result<void> print_table(Console& console, const WhatsNew& found, const Record& record) {
  RecordedTexts texts(record);
  console.print(StyledText(counted(found.articles, "article added", "articles added"), Style::kStrong));
  if (auto printed = print_statements(console, found, texts); !printed) return printed;
  if (auto printed = print_witnesses(console, found, texts); !printed) return printed;
  if (auto printed = print_leads(console, found, texts); !printed) return printed;
  print_copies(console, found);
  print_stories(console, found);
  if (found.speakers_searched < found.speakers) {
    console.print(StyledText(fmt::format("Leads were looked for with the {} most quoted of {} speakers.",
                                         with_commas(found.speakers_searched), with_commas(found.speakers)),
                             Style::kDim));
  }
  return {};
}

ExitCode new_command(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  const Format format = options.format.resolve(console.output());
  NewQuery query = options.query;
  query.limit = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(options.limit.resolve(format), std::numeric_limits<std::uint32_t>::max()));
  const auto found = whats_new(*record, query);
  if (!found) return console.fail(found.error());
  if (format == Format::kTable) {
    if (const auto printed = print_table(console, *found, *record); !printed)
      return console.fail(printed.error());
  } else {
    RecordedTexts texts(*record);
    const auto lines = whats_new_lines(*found, texts);
    if (!lines) return console.fail(lines.error());
    console.print(*lines);
  }
  return found->articles == 0 ? ExitCode::kNothing : ExitCode::kFound;
}

}  // namespace

Action declare_new(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--since", options->query.since,
                 "Added to the record on this day or at this time (UTC), or later")
      ->type_name("DATE")
      ->check(is_date())
      ->required();
  options->limit.declare(app, 10);
  add_examples(
      app, {{"onrecord new --since 2026-11-27", "since yesterday, ten of each kind"},
            {"onrecord new --since 2026-11-27T08:00:00Z --limit 100", "since this morning"},
            {"onrecord new --since 2026-11 --format jsonl > new.jsonl", "everything, for another program"}});
  return [options](Console& console) { return new_command(*options, console); };
}

}  // namespace onrecord::cli
