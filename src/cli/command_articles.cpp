// `onrecord articles`: what the record holds, and what it could not take.
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "onrecord/record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string outlet;
  std::uint32_t limit = 100;
  bool rejected = false;
};

std::string article_json(const ArticleRow& row) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/article-row/1");
  json.member("id", std::string_view(row.id));
  json.member("version", std::string_view(row.version));
  json.member_or_null("outlet", row.outlet);
  json.member_or_null("title", row.title);
  json.member_or_null("published", row.published);
  json.member_or_null("url", row.url);
  json.member("added_at", std::string_view(row.added_at));
  json.member("text_bytes", row.text_bytes);
  json.member("quotations", row.quotations);
  json.member("versions", row.versions);
  json.end_object();
  return json.take() + "\n";
}

std::string rejection_json(const Error& error) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/rejection/1");
  json.member("path", std::string_view(error.file));
  if (error.record) json.member("record", *error.record);
  if (error.offset) json.member("offset", *error.offset);
  json.member("reason", name(error.code));
  json.member("message", std::string_view(error.message));
  json.end_object();
  return json.take() + "\n";
}

void print_table(Console& console, const std::vector<ArticleRow>& rows) {
  Table table({{"published"},
               {"outlet"},
               {"title", Align::kLeft, Style::kStrong},
               {"said", Align::kRight},
               {"versions", Align::kRight},
               {"id", Align::kLeft, Style::kDim}});
  for (const ArticleRow& row : rows) {
    table.add_row({row.published.empty() ? "unknown" : row.published.substr(0, 10),
                   row.outlet.empty() ? "unknown" : row.outlet, row.title.empty() ? "untitled" : row.title,
                   with_commas(row.quotations), with_commas(row.versions), row.id});
  }
  console.print(table.render(console.output()));
}

void print_table(Console& console, const std::vector<Error>& rows) {
  Table table(
      {{"file", Align::kLeft, Style::kStrong}, {"record", Align::kRight}, {"reason"}, {"what was wrong"}});
  for (const Error& row : rows) {
    table.add_row(
        {row.file, row.record ? std::to_string(*row.record) : "", std::string(name(row.code)), row.message});
  }
  console.print(table.render(console.output()));
}

template <class Row>
ExitCode print(const Options& options, Console& console, const Result<std::vector<Row>>& rows,
               std::string (*json)(const Row&), std::string_view nothing) {
  if (!rows) return console.fail(rows.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    for (const Row& row : *rows) console.print(json(row));
  } else if (rows->empty()) {
    console.print(StyledText(nothing));
  } else {
    print_table(console, *rows);
  }
  return rows->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

ExitCode articles(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (options.rejected)
    return print(options, console, record->rejections(), rejection_json, "Nothing was rejected.");
  return print(options, console, record->articles(options.outlet, options.limit), article_json,
               "No article found.");
}

}  // namespace

Action declare_articles(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--outlet", options->outlet, "Only of this outlet")->type_name("NAME");
  app.add_option("--limit", options->limit, "How many at most")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_flag("--rejected", options->rejected, "Instead, what could not be read, with the reason");
  add_examples(app, {{"onrecord articles", "newest first"},
                     {"onrecord articles --outlet 'Harbor Ledger'", ""},
                     {"onrecord articles --rejected", "what ingest could not read, and why"}});
  return [options](Console& console) { return articles(*options, console); };
}

}  // namespace onrecord::cli
