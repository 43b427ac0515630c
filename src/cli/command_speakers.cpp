// `onrecord speakers [WORDS]`: who is quoted in the record.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "onrecord/record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  RecordOption record;
  FormatOption format;
  std::uint32_t limit = 100;
};

std::string speaker_json(const SpeakerRow& row) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/speaker/1");
  json.member("id", std::string_view(row.id));
  json.member("name", std::string_view(row.name));
  json.member("kind", name(row.kind));
  json.member_or_null("article", row.article);
  json.member("quotations", row.quotations);
  json.member("articles", row.articles);
  json.member_or_null("first", row.first);
  json.member_or_null("last", row.last);
  json.end_object();
  return json.take() + "\n";
}

void print_table(Console& console, const std::vector<SpeakerRow>& rows) {
  Table table({{"speaker", Align::kLeft, Style::kStrong},
               {"kind"},
               {"said", Align::kRight},
               {"in", Align::kRight},
               {"first"},
               {"last"},
               {"id", Align::kLeft, Style::kDim}});
  for (const SpeakerRow& row : rows) {
    table.add_row({row.name, std::string(name(row.kind)), with_commas(row.quotations),
                   with_commas(row.articles), row.first.substr(0, 10), row.last.substr(0, 10), row.id});
  }
  console.print(table.render(console.output()));
}

ExitCode speakers(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const auto rows = record->speakers(fmt::format("{}", fmt::join(options.words, " ")), options.limit);
  if (!rows) return console.fail(rows.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    for (const SpeakerRow& row : *rows) console.print(speaker_json(row));
  } else if (!rows->empty()) {
    print_table(console, *rows);
  } else {
    console.print(StyledText("No speaker found."));
  }
  return rows->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

}  // namespace

Action declare_speakers(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("WORDS", options->words, "Words of the name; none: everybody");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--limit", options->limit, "How many at most")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  add_examples(app, {{"onrecord speakers", "who is quoted most"},
                     {"onrecord speakers harrowick", "everybody of that name"}});
  return [options](Console& console) { return speakers(*options, console); };
}

}  // namespace onrecord::cli
