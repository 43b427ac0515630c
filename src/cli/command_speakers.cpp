// `onrecord speakers [WORDS]`: who is quoted in the record, and what people say about who is who.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/identifier_file.h"
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
  std::string one;
  std::string other;
  std::string article;
  std::string reason;
  std::string file;
};

void write_speaker(JsonWriter& json, const SpeakerRow& row) {
  json.member("schema", "onrecord/speaker/1");
  json.member("id", std::string_view(row.id));
  json.member("name", std::string_view(row.name));
  json.member("kind", name(row.kind));
  json.member_or_null("article", row.article);
  json.member("quotations", row.quotations);
  json.member("articles", row.articles);
  json.member_or_null("first", row.first);
  json.member_or_null("last", row.last);
  json.member("names", row.names);
  json.member_or_null("identifier", row.identifier);
}

std::string speaker_json(const SpeakerRow& row) {
  JsonWriter json;
  json.begin_object();
  write_speaker(json, row);
  json.end_object();
  return json.take() + "\n";
}

std::string speaker_json(const SpeakerRow& row, const std::vector<SpeakerAlias>& aliases) {
  JsonWriter json;
  json.begin_object();
  write_speaker(json, row);
  json.key("aliases"), json.begin_array();
  for (const SpeakerAlias& alias : aliases) {
    json.begin_object();
    json.member("id", std::string_view(alias.id));
    json.member("name", std::string_view(alias.name));
    json.member_or_null("printed", alias.printed);
    json.member("quotations", alias.quotations);
    json.member("articles", alias.articles);
    json.member_or_null("first", alias.first);
    json.member_or_null("last", alias.last);
    json.member_or_null("joined_by", alias.joined_by);
    json.member_or_null("reason", alias.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

void print_table(Console& console, const std::vector<SpeakerRow>& rows) {
  const bool identified =
      std::ranges::any_of(rows, [](const SpeakerRow& row) { return !row.identifier.empty(); });
  std::vector<Column> columns{{"speaker", Align::kLeft, Style::kStrong},
                              {"kind"},
                              {"said", Align::kRight},
                              {"in", Align::kRight},
                              {"first"},
                              {"last"},
                              {"id", Align::kLeft, Style::kDim}};
  if (identified) columns.push_back({"identifier"});
  Table table(columns);
  for (const SpeakerRow& row : rows) {
    std::vector<std::string> cells{row.name,
                                   std::string(name(row.kind)),
                                   with_commas(row.quotations),
                                   with_commas(row.articles),
                                   row.first.substr(0, 10),
                                   row.last.substr(0, 10),
                                   row.id};
    if (identified) cells.push_back(row.identifier);
    table.add_row(std::move(cells));
  }
  console.print(table.render(console.output()));
}

/// The names and roles that articles give a speaker, and why names are joined.
void print_aliases(Console& console, const SpeakerRow& row, const std::vector<SpeakerAlias>& aliases) {
  console.print("\n");
  console.print(StyledText(fmt::format("{} is called", row.name)));
  Table table({{"printed", Align::kLeft, Style::kStrong},
               {"said", Align::kRight},
               {"in", Align::kRight},
               {"first"},
               {"last"},
               {"id", Align::kLeft, Style::kDim},
               {"because", Align::kLeft, Style::kDim}});
  for (const SpeakerAlias& alias : aliases) {
    table.add_row({alias.printed.empty() ? "(a pronoun, or nothing)" : shorten(alias.printed, 50),
                   with_commas(alias.quotations), with_commas(alias.articles), alias.first.substr(0, 10),
                   alias.last.substr(0, 10), alias.id, alias.reason});
  }
  console.print(table.render(console.output()));
}

/// Speakers that were asked for by name: with all they are called.
ExitCode named_speakers(const Options& options, const Record& record, const std::string& words,
                        Console& console) {
  constexpr std::uint32_t kPage = 1'000;
  constexpr std::size_t kTold = 5;  // with their aliases in a table
  const Format format = options.format.resolve(console.output());
  std::uint64_t left = options.limit.resolve(format);
  std::uint64_t printed = 0;
  while (left > 0) {
    const auto rows =
        record.speakers(words, static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kPage)), printed);
    if (!rows) return console.fail(rows.error());
    if (format == Format::kTable && !rows->empty()) print_table(console, *rows);
    for (const SpeakerRow& row : *rows) {
      if (format == Format::kTable && rows->size() > kTold) break;
      const auto aliases = record.aliases(row.id);
      if (!aliases) return console.fail(aliases.error());
      if (format == Format::kTable) {
        print_aliases(console, row, *aliases);
      } else {
        console.print(speaker_json(row, *aliases));
      }
    }
    printed += rows->size();
    left -= rows->size();
    if (rows->size() < kPage || format == Format::kTable) break;
  }
  if (printed == 0 && format == Format::kTable) console.print(StyledText("No speaker found."));
  return printed == 0 ? ExitCode::kNothing : ExitCode::kFound;
}

ExitCode speakers(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const std::string words = fmt::format("{}", fmt::join(options.words, " "));
  if (!words.empty()) return named_speakers(options, *record, words, console);
  const auto fetch = [&](std::uint32_t limit, std::uint64_t offset) {
    return record->speakers({}, limit, offset);
  };
  return print_rows<SpeakerRow>(console, options.format, options.limit, fetch, speaker_json, print_table,
                                "No speaker found.");
}

Result<Record> open_to_write(const Options& options) {
  RecordOptions writing;
  writing.mode = RecordOptions::Mode::kWrite;
  return Record::open(options.record.path, writing);
}

ExitCode tell_kept(const Options& options, const Result<std::string>& id, Console& console) {
  if (!id) return console.fail(id.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/correction/1");
    json.member("id", std::string_view(*id));
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(
        StyledText(fmt::format("Kept as {}; it holds for new articles and readings too. To take it back: "
                               "onrecord correct undo {}",
                               *id, *id)));
  }
  return ExitCode::kFound;
}

ExitCode merge(const Options& options, Console& console) {
  Result<Record> record = open_to_write(options);
  if (!record) return console.fail(record.error());
  return tell_kept(options, record->merge_speakers(options.one, options.other, options.reason), console);
}

ExitCode split(const Options& options, Console& console) {
  Result<Record> record = open_to_write(options);
  if (!record) return console.fail(record.error());
  return tell_kept(options, record->split_speaker(options.one, options.article, options.reason), console);
}

ExitCode identify(const Options& options, Console& console) {
  const Result<IdentifierFile> file = read_identifiers(options.file);
  if (!file) return console.fail(file.error());
  for (const Error& wrong : file->wrong) console.error(wrong);
  if (!file->wrong.empty()) return ExitCode::kError;
  Result<Record> record = open_to_write(options);
  if (!record) return console.fail(record.error());
  const Result<std::uint64_t> known = record->identify_speakers(file->rows);
  if (!known) return console.fail(known.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/identification/1");
    json.member("lines", static_cast<std::uint64_t>(file->rows.size()));
    json.member("speakers", *known);
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(
        StyledText(fmt::format("{} now have an identifier, of {}.", counted(*known, "speaker", "speakers"),
                               counted(file->rows.size(), "line", "lines"))));
  }
  return ExitCode::kFound;
}

using Chosen = std::shared_ptr<Action>;

CLI::App* add_command(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options,
                      const std::string& name, const std::string& summary,
                      ExitCode (*run)(const Options&, Console&)) {
  CLI::App* command = app.add_subcommand(name, summary);
  options->record.declare(*command);
  options->format.declare(*command, {"table", "jsonl"});
  command->callback([chosen, options, run] {
    *chosen = [options, run](Console& console) { return run(*options, console); };
  });
  return command;
}

void declare_corrections(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options) {
  CLI::App* same = add_command(app, chosen, options, "merge", "Two speakers are one", merge);
  same->add_option("SPEAKER", options->one, "A speaker (p...), or a name that only one has")->required();
  same->add_option("OTHER", options->other, "Who it is, too")->required();
  same->add_option("--reason", options->reason, "Why, in your words")->type_name("TEXT");
  add_examples(*same,
               {{"onrecord speakers merge 'Lene Harrowick-Ost' 'Lene Harrowick' --reason 'married'", ""},
                {"onrecord speakers merge p7k2m pw3c9", "by ids, which `onrecord speakers NAME` lists"}});
  CLI::App* other =
      add_command(app, chosen, options, "split", "A speaker is not whom it was joined with", split);
  other->add_option("SPEAKER", options->one, "A speaker (p...), or a name that only one has")->required();
  other
      ->add_option("--article", options->article,
                   "Only in this article (a...): another of the same name speaks there")
      ->type_name("ID");
  other->add_option("--reason", options->reason, "Why, in your words")->type_name("TEXT");
  add_examples(*other,
               {{"onrecord speakers split p7k2m --reason 'her sister'", "a name that was joined wrongly"},
                {"onrecord speakers split 'Lene Harrowick' --article a1b2c", "two people of one name"}});
  CLI::App* known = add_command(app, chosen, options, "identify",
                                "Take identifiers, of Wikidata for instance, from a file", identify);
  known->add_option("FILE", options->file, "CSV: name,identifier and, where known, role,since,until")
      ->required();
  add_examples(*known,
               {{"onrecord speakers identify people.csv", "in place of the identifiers from before"}});
}

}  // namespace

Action declare_speakers(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto chosen = std::make_shared<Action>();
  app.add_option("WORDS", options->words,
                 "Words of the name: with all that articles call them; none: everybody");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  options->limit.declare(app, 100);
  add_examples(
      app, {{"onrecord speakers", "who is quoted most"},
            {"onrecord speakers harrowick", "everybody of that name, with the names and roles as printed"}});
  declare_corrections(app, chosen, options);
  return [options, chosen](Console& console) {
    return *chosen ? (*chosen)(console) : speakers(*options, console);
  };
}

}  // namespace onrecord::cli
