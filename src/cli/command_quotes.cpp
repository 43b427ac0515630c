// `onrecord quotes FILE...`: text in, statements out; no record.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/statement_text.h"
#include "record/quotation_json.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  FormatOption format;
  ArticleOptions article;
  ReadingOptions reading;
  std::vector<std::string> modes;
  std::optional<float> least_confidence;
  bool candidates = false;
};

/// A table has what was said or written and is sure, unless something else is asked for; JSON Lines keep
/// everything.
bool is_shown(const Options& options, bool table, const Quotation& quotation) {
  if (quotation.confidence < options.least_confidence.value_or(table ? kLeastShownConfidence : 0.0F))
    return false;
  const QuotationMode mode = quotation.mode;
  const auto asked = [&](std::string_view word) {
    return std::ranges::find(options.modes, word) != options.modes.end();
  };
  if (options.modes.empty()) return !table || mode != QuotationMode::kThought;
  return asked("all") || asked(name(mode));
}

QuotationContext context_of(const ReadArticle& read, const CodePointIndex& code_points, std::string_view id) {
  QuotationContext context = onrecord::context_of(read.article, code_points);
  context.path = read.original.path;
  context.record = read.original.record;
  context.article = id;
  return context;
}

ExitCode quotes(const Options& options, Console& console) {
  if (!check_paths(options.paths, console) || !options.article.fit(options.paths, console))
    return ExitCode::kError;
  const Result<ArticleReading> reading = options.reading.make_reading();
  if (!reading) return console.fail(reading.error());
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  StatementPrinter printer(console, StatementPrinter::Grouping::kArticle);
  std::uint64_t found = 0;
  DocumentStream stream(options.paths, options.article.source_options());
  const auto make = [&](const RawDocument& document) { return reading->read(document); };
  const auto print = [&](const Original&, const ReadArticle& read) {
    const CodePointIndex code_points(read.article.text);
    const std::string id = article_id(read.article);
    QuotationContext context = context_of(read, code_points, id);
    context.candidates = options.candidates;
    for (const Quotation& quotation : read.quotations) {
      if (!is_shown(options, table, quotation)) continue;
      ++found;
      table ? printer.print(quotation, context) : console.print(quotation_json(quotation, context) + "\n");
    }
  };
  const StreamOutcome outcome =
      for_each_made<ReadArticle>(stream, make, options.reading.threads, console, print);
  const ExitCode code = outcome.exit_code(found);
  if (code == ExitCode::kNothing && console.errors().interactive) console.note("No statements found.\n");
  return code;
}

}  // namespace

Action declare_quotes(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->paths, "Text, HTML or JSON Lines: files, folders, or - for standard input")
      ->required();
  options->format.declare(app, {"table", "jsonl"});
  options->article.declare(app);
  options->reading.declare(app);
  app.add_option("--mode", options->modes,
                 "Only these modes, or all; without it a table has speech and writing, JSON Lines all")
      ->type_name("MODE")
      ->check(CLI::IsMember({"speech", "writing", "thought", "all"}));
  app.add_option(
         "--confidence", options->least_confidence,
         fmt::format(
             "Only what the reading is at least so sure of, 0 to 1; without it a table has {} and more, "
             "JSON Lines all",
             kLeastShownConfidence))
      ->type_name("LEAST")
      ->check(CLI::Range(0.0F, 1.0F));
  app.add_flag("--candidates", options->candidates,
               "In JSON Lines, whom \"he\" or \"she\" could mean, best first, with what speaks for each");
  add_examples(app,
               {{"onrecord quotes story.html", "who says what in an article"},
                {"pbpaste | onrecord quotes - --published 2026-03-01", "in a text from elsewhere"},
                {"onrecord quotes coverage/ | jq -r '.speaker.value // empty' | sort | uniq -c | sort -rn",
                 "who is quoted how often in a folder"}});
  return [options](Console& console) { return quotes(*options, console); };
}

}  // namespace onrecord::cli
