// `onrecord times FILE...`: text in, time expressions out; no record, no language model.
#include <memory>
#include <string>
#include <vector>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "reading/time_expressions.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  FormatOption format;
  ArticleOptions article;
  std::string data_folder;
  unsigned threads = 0;
};

struct ReadTimes {
  Article article;
  TimeReading times;
};

std::string interval_text(const TimeExpression& time) {
  if (!time.interval) return {};
  const std::string first = iso_of(time.interval->first);
  const std::string last = iso_of(time.interval->last);
  return first == last ? first : first + "/" + last;
}

void write_pair(JsonWriter& json, std::uint32_t begin, std::uint32_t end) {
  json.begin_array();
  json.value(begin);
  json.value(end);
  json.end_array();
}

std::string json_line(const TimeExpression& time, const ReadTimes& read, const Original& original,
                      const CodePointIndex& code_points) {
  const CodePointSpan place = code_points.to_code_points(time.span);
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/time/1");
  json.member("path", std::string_view(original.path));
  if (original.record) json.member("record", *original.record);
  json.member("text", cut(read.article.text, time.span));
  json.key("bytes"), write_pair(json, time.span.begin, time.span.end);
  json.key("code_points"), write_pair(json, place.begin, place.end);
  json.member("type", name(time.type));
  json.member("value", std::string_view(time.value));
  if (!time.mod.empty()) json.member("mod", time.mod);
  if (time.interval) {
    json.member("first_day", std::string_view(iso_of(time.interval->first)));
    json.member("last_day", std::string_view(iso_of(time.interval->last)));
  }
  json.member("basis", name(time.basis));
  if (!time.reason.empty()) json.member("reason", time.reason);
  json.member("mode", name(read.times.mode));
  json.end_object();
  return json.take() + "\n";
}

void print_table(Console& console, const Original& original, const ReadTimes& read) {
  StyledText heading(original.path, Style::kStrong);
  heading.add("\n").add(std::string(name(read.times.mode)) + ": " + read.times.mode_reason, Style::kDim);
  console.print(heading);
  Table rows({{"expression", Align::kLeft, Style::kStrong}, {"type"}, {"value"}, {"days"}, {"known"}});
  for (const TimeExpression& time : read.times.expressions) {
    std::string known(time.reason);
    if (!time.reason.empty() && time.basis == DateBasis::kUnresolved) known.insert(0, "not known: ");
    rows.add_row({std::string(cut(read.article.text, time.span)), std::string(name(time.type)), time.value,
                  interval_text(time), known});
  }
  console.print(rows.render(console.output()) + "\n");
}

ExitCode times(const Options& options, Console& console) {
  if (!check_paths(options.paths, console) || !options.article.fit(options.paths, console))
    return ExitCode::kError;
  const Result<WordLists> lists = word_lists_with(options.data_folder);
  if (!lists) return console.fail(lists.error());
  const TimeReader reader(*lists);
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  DocumentStream stream(options.paths, options.article.source_options());
  const auto make = [&](const RawDocument& document) -> Result<ReadTimes> {
    auto article = make_article(document, Limits{});
    if (!article) return std::unexpected(article.error());
    TimeReading found = reader.read(article->text, article->paragraphs, date_of(article->field("published")));
    return ReadTimes{std::move(*article), std::move(found)};
  };
  std::uint64_t found = 0;
  const auto print = [&](const Original& original, const ReadTimes& read) {
    if (read.times.expressions.empty()) return;  // an article that tells no time has no heading either
    found += read.times.expressions.size();
    if (table) return print_table(console, original, read);
    const CodePointIndex code_points(read.article.text);
    for (const TimeExpression& time : read.times.expressions)
      console.print(json_line(time, read, original, code_points));
  };
  const StreamOutcome outcome = for_each_made<ReadTimes>(stream, make, options.threads, console, print);
  const ExitCode code = outcome.exit_code(found);
  if (code == ExitCode::kNothing && console.errors().interactive)
    console.note("No time expressions found.\n");
  return code;
}

}  // namespace

Action declare_times(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->paths, "Text, HTML or JSON Lines: files, folders, or - for standard input")
      ->required();
  options->format.declare(app, {"table", "jsonl"});
  options->article.declare(app);
  app.add_option("--data", options->data_folder, "Folder with word lists that extend the compiled-in ones")
      ->type_name("DIR");
  app.add_option("--threads", options->threads, "How many documents are read at once; without it one a core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_examples(
      app,
      {{"onrecord times story.html", "every date, time, duration and how often, with the days it tells"},
       {"echo 'He left on Friday.' | onrecord times - --published 2026-03-09", "which day a weekday was"},
       {"onrecord times coverage/ | jq -r 'select(.type == \"DATE\") | .value' | sort | uniq -c",
        "which dates a folder tells of"}});
  return [options](Console& console) { return times(*options, console); };
}

}  // namespace onrecord::cli
