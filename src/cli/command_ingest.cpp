// `onrecord ingest PATH...`: documents into the record.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/compare_step_line.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/rejection_log.h"
#include "compare/compare_record.h"
#include "compare/comparison.h"
#include "record/ingest.h"
#include "serve/fetched_document.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kIngestSchema = "onrecord/ingest/1";

struct Options {
  std::vector<std::string> paths;
  std::string fetch;  ///< an address, in place of paths
  RecordOption record;
  FormatOption format;
  ArticleOptions article;
  ReadingOptions reading;
  bool keep_originals = false;
  bool compare = true;
};

std::string summary_json(const IngestSummary& summary, const std::string& record) {
  const IngestCounts& counts = summary.counts;
  JsonWriter json;
  json.begin_object();
  json.member("schema", kIngestSchema);
  json.member("record", std::string_view(record));
  json.member("documents", counts.documents);
  json.member("new_articles", counts.new_articles);
  json.member("new_versions", counts.new_versions);
  json.member("reread", counts.reread);
  json.member("known", counts.known);
  json.member("removed", counts.removed);
  json.member("quotations", counts.quotations);
  json.member("rejected", counts.rejected);
  json.key("rejections");
  json.begin_object();
  for (const auto& [reason, count] : summary.rejections) json.member(name(reason), count);
  json.end_object();
  json.member("stopped", summary.stopped);
  json.end_object();
  return json.take() + "\n";
}

std::string rejection_list(const IngestSummary& summary) {
  std::string list;
  for (const auto& [reason, count] : summary.rejections) {
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", with_commas(count), name(reason));
  }
  return list;
}

void print_summary(Console& console, const IngestSummary& summary, const std::string& record) {
  const IngestCounts& counts = summary.counts;
  StyledText line(counted(counts.new_articles, "new article", "new articles"), Style::kStrong);
  const auto add = [&](std::uint64_t number, std::string_view one, std::string_view many) {
    if (number > 0) line.add_separated(", ", counted(number, one, many), Style::kPlain);
  };
  add(counts.new_versions, "new version of an article", "new versions of articles");
  add(counts.reread, "article read anew", "articles read anew");
  add(counts.quotations, "statement", "statements");
  add(counts.known, "article was known already", "articles were known already");
  add(counts.removed, "article passed over because it was removed",
      "articles passed over because they were removed");
  console.print(line);
  if (counts.rejected > 0) {
    StyledText rejected(counted(counts.rejected, "document rejected", "documents rejected"), Style::kWarning);
    console.print(rejected.add(": " + rejection_list(summary)));
  }
  console.print(StyledText("Record: ", Style::kDim).add(record));
  StyledText next("Next: ", Style::kDim);
  const std::string option = record == RecordOption{}.path ? "" : " --record " + shell_word(record);
  console.print(
      next.add(counts.quotations > 0 ? "onrecord search WORDS" + option : "onrecord articles" + option));
}

/// Joins what came in to what was there: the whole record when it is small, else provisionally.
Result<void> compare_what_is_new(const Options& options, Console& console) {
  RecordOptions how;
  how.mode = RecordOptions::Mode::kWrite;
  Result<Record> record = Record::open(options.record.path, how);
  if (!record) return std::unexpected(record.error());
  const auto state = Comparison(*record).state();
  if (!state) return std::unexpected(state.error());
  if (state->missing == 0) return {};
  CompareStepLine line(console);
  CompareRecordOptions comparing{.threads = worker_count(options.reading.threads)};
  comparing.progress = [&](CompareStep step, std::uint64_t done, std::uint64_t of) {
    line.tell(step, done, of);
  };
  const auto counts = compare_new_articles(*record, comparing);
  line.clear();
  if (!counts) return std::unexpected(counts.error());
  return {};
}

/// Whether what is to be read is named in one way, and is there.
bool check_what_to_read(const Options& options, Console& console) {
  if (options.paths.empty() == options.fetch.empty()) {
    console.error(options.fetch.empty() ? "there is nothing to read" : "paths and --fetch do not go together",
                  "Name files or folders, - for standard input, or one address (--fetch URL); onrecord "
                  "ingest --help has examples.");
    return false;
  }
  return !options.fetch.empty() ||
         (check_paths(options.paths, console) && options.article.fit(options.paths, console));
}

ExitCode ingest(const Options& options, Console& console) {
  if (!check_what_to_read(options, console)) return ExitCode::kError;
  const Result<ArticleReading> reading = options.reading.make_reading();
  if (!reading) return console.fail(reading.error());
  SourceOptions source = options.article.source_options();
  source.passed_over = options.record.files();
  Fetched fetched;
  if (!options.fetch.empty()) {
    auto got = fetch(options.fetch);
    if (!got) return console.fail(got.error());
    fetched = std::move(*got);
  }
  DocumentStream stream =
      options.fetch.empty() ? DocumentStream(options.paths, std::move(source)) : stream_of(fetched, source);
  const InterruptGuard guard;
  Progress progress(console, options.paths);
  RejectionLog rejections(console);
  IngestEvents events;
  events.progress = [&](const IngestCounts& counts, const IngestPlace& place) {
    progress.update(counts, place);
  };
  events.rejected = [&](const Error& error) {
    progress.clear();
    rejections.add(error);
  };
  events.packing = [&] { progress.say("All is kept; packing the record"); };
  events.wants_stop = InterruptGuard::interrupted;
  const IngestOptions how{.threads = worker_count(options.reading.threads),
                          .keep_originals = options.keep_originals};
  const Result<IngestSummary> summary = onrecord::ingest(options.record.path, stream, *reading, how, events);
  progress.clear();
  rejections.close();
  if (!summary) return console.fail(summary.error());
  if (options.compare && !summary->stopped) {
    if (auto compared = compare_what_is_new(options, console); !compared)
      return console.fail(compared.error());
  }
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  table ? print_summary(console, *summary, options.record.path)
        : console.print(summary_json(*summary, options.record.path));
  if (summary->stopped) {
    console.error("stopped on your request; everything up to here is in the record",
                  "The same command goes on where it stopped.");
    return ExitCode::kInterrupted;
  }
  if (summary->counts.rejected > 0) return ExitCode::kRejections;
  if (summary->counts.documents > 0) return ExitCode::kFound;
  console.error(fmt::format("nothing to read in {}", fmt::join(options.paths, ", ")),
                "docs/formats.md has what is read, and what is passed over in folders.");
  return ExitCode::kNothing;
}

}  // namespace

Action declare_ingest(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("PATH", options->paths,
                 "Text, HTML or JSON Lines, also as .gz or .zst: files, folders, or - for standard input");
  app.add_option("--fetch", options->fetch,
                 "Instead of paths, the address of one page on the public internet; http or https")
      ->type_name("URL");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  options->article.declare(app);
  app.add_flag("--keep-originals", options->keep_originals,
               "Keep the documents' bytes in the record, compressed");
  options->reading.declare(app);
  app.add_flag("!--no-compare", options->compare,
               "Do not line the new articles up with the others at the end; onrecord compare does it later");
  add_examples(app, {{"onrecord ingest coverage/", "a folder with all below it, into onrecord.db"},
                     {"onrecord ingest --record bridge.db articles.jsonl.zst", ""},
                     {"onrecord ingest letter.txt --outlet 'Harbor Ledger' --published 2026-03-01",
                      "a text that does not say itself where it appeared"},
                     {"zcat dump.jsonl.gz | onrecord ingest -", "from standard input"}});
  return [options](Console& console) { return ingest(*options, console); };
}

}  // namespace onrecord::cli
