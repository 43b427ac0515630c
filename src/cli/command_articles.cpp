// `onrecord articles`: what the record holds, and what it could not take.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/row_list.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "onrecord/record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string outlet;
  LimitOption limit;
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
  json.member_or_null("path", row.path);
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

/// An article that has no title is told by the file that it was read from.
std::string title_of(const ArticleRow& row) {
  if (!row.title.empty() || row.path.empty()) return row.title.empty() ? "untitled" : row.title;
  return fmt::format("untitled ({})", file_name(row.path));
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
                   row.outlet.empty() ? "unknown" : row.outlet, title_of(row), with_commas(row.quotations),
                   with_commas(row.versions), row.id});
  }
  console.print(table.render(console.output()));
}

void print_rejections(Console& console, const std::vector<Error>& rows) {
  Table table(
      {{"file", Align::kLeft, Style::kStrong}, {"record", Align::kRight}, {"reason"}, {"what was wrong"}});
  for (const Error& row : rows) {
    table.add_row(
        {row.file, row.record ? std::to_string(*row.record) : "", std::string(name(row.code)), row.message});
  }
  console.print(table.render(console.output()));
}

ExitCode articles(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (options.rejected) {
    const auto rejections = [&](std::uint32_t limit, std::uint64_t offset) {
      return record->rejections(limit, offset);
    };
    return print_rows<Error>(console, options.format, options.limit, rejections, rejection_json,
                             print_rejections, "Nothing was rejected.");
  }
  const auto fetch = [&](std::uint32_t limit, std::uint64_t offset) {
    return record->articles({.outlet = options.outlet, .title_words = {}}, limit, offset);
  };
  return print_rows<ArticleRow>(console, options.format, options.limit, fetch, article_json, print_table,
                                "No article found.");
}

}  // namespace

Action declare_articles(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--outlet", options->outlet, "Only of this outlet: a name, or words of it")
      ->type_name("NAME");
  options->limit.declare(app, 100);
  app.add_flag("--rejected", options->rejected, "Instead, what could not be read, with the reason");
  add_examples(app, {{"onrecord articles", "newest first"},
                     {"onrecord articles --outlet 'Harbor Ledger'", ""},
                     {"onrecord articles --rejected", "what ingest could not read, and why"}});
  return [options](Console& console) { return articles(*options, console); };
}

}  // namespace onrecord::cli
