// `onrecord compare`: lines up what the articles of the record have in common.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/compare_step_line.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "compare/compare_record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  unsigned threads = 0;
  bool only_new = false;
};

std::string counts_json(const CompareCounts& counts) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/compare/1");
  json.member("articles", counts.articles);
  json.key("pairs"), json.begin_object();
  for (std::size_t i = 0; i < counts.reuse.size(); ++i) {
    json.member(name(static_cast<ReuseClass>(i)), counts.reuse.at(i));
  }
  json.end_object();
  json.member("statements", counts.statements), json.member("witnesses", counts.witnesses);
  json.member("altered", counts.altered), json.member("proposals", counts.proposals);
  json.member("stories", counts.stories);
  json.end_object();
  return json.take() + "\n";
}

void print(Console& console, const CompareCounts& counts, const std::string& record) {
  const std::string option = record == RecordOption{}.path ? "" : " --record " + shell_word(record);
  StyledText line(counted(counts.articles, "article", "articles"), Style::kStrong);
  console.print(line.add(" compared with each other"));
  const auto of = [&](ReuseClass reuse) { return counts.reuse.at(static_cast<std::size_t>(reuse)); };
  const auto row = [&](std::string_view what, const std::string& counted_things, std::string_view command) {
    StyledText told(fmt::format("{:<12}", what), Style::kStrong);
    told.add(" " + counted_things);
    if (!command.empty()) told.add(fmt::format("  onrecord {}{}", command, option), Style::kDim);
    console.print(told, {2, 15});
  };
  row("statements",
      fmt::format("{} carried more than once, by {}, {} of them altered", with_commas(counts.statements),
                  counted(counts.witnesses, "witness", "witnesses"), with_commas(counts.altered)),
      "statement");
  if (counts.proposals > 0) {
    row("proposals",
        counted(counts.proposals, "pair of quotations that may be one statement",
                "pairs of quotations that may be one statement"),
        "review");
  }
  row("copies",
      fmt::format("{} full, {} abridged, {} in part, {} from a common source",
                  with_commas(of(ReuseClass::kFullReprint)), with_commas(of(ReuseClass::kAbridged)),
                  with_commas(of(ReuseClass::kPartialCopy)), with_commas(of(ReuseClass::kCommonSource))),
      "reprints");
  row("stories", counted(counts.stories, "of several articles", "of several articles"), "story");
}

ExitCode compare(const Options& options, Console& console) {
  RecordOptions how;
  how.mode = RecordOptions::Mode::kWrite;
  Result<Record> record = Record::open(options.record.path, how);
  if (!record) return console.fail(record.error());
  CompareStepLine line(console);
  CompareRecordOptions comparing;
  comparing.threads = worker_count(options.threads);
  comparing.progress = [&](CompareStep step, std::uint64_t done, std::uint64_t of) {
    line.tell(step, done, of);
  };
  const Result<CompareCounts> counts =
      options.only_new ? compare_new_articles(*record, comparing) : compare_record(*record, comparing);
  line.clear();
  if (!counts) return console.fail(counts.error());
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  table ? print(console, *counts, options.record.path) : console.print(counts_json(*counts));
  return counts->articles > 0 ? ExitCode::kFound : ExitCode::kNothing;
}

}  // namespace

Action declare_compare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--threads", options->threads, "How many threads compare (default: one a core)")
      ->type_name("N");
  app.add_flag("--new", options->only_new,
               "Join only the articles that are not compared yet; what that tells is provisional until all "
               "are compared "
               "again");
  add_examples(app, {{"onrecord compare", "one statement over all its outlets, copies, stories"},
                     {"onrecord compare && onrecord statement", "and the most carried statements"}});
  return [options](Console& console) { return compare(*options, console); };
}

}  // namespace onrecord::cli
