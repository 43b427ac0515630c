// `onrecord speakers [WORDS]`: who is quoted in the record.
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
  std::vector<std::string> words;
  RecordOption record;
  FormatOption format;
  LimitOption limit;
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
  const std::string words = fmt::format("{}", fmt::join(options.words, " "));
  const auto fetch = [&](std::uint32_t limit, std::uint64_t offset) {
    return record->speakers(words, limit, offset);
  };
  return print_rows<SpeakerRow>(console, options.format, options.limit, fetch, speaker_json, print_table,
                                "No speaker found.");
}

}  // namespace

Action declare_speakers(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("WORDS", options->words, "Words of the name; none: everybody");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  options->limit.declare(app, 100);
  add_examples(app, {{"onrecord speakers", "who is quoted most"},
                     {"onrecord speakers harrowick", "everybody of that name"}});
  return [options](Console& console) { return speakers(*options, console); };
}

}  // namespace onrecord::cli
