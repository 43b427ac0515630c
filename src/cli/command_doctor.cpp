// `onrecord doctor`: what this program is made of, what it allows, and how a record is.
#include <fmt/format.h>
#include <libxml/xmlversion.h>
#include <sqlite3.h>
#include <unicode/uversion.h>
#include <zstd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "onrecord/limits.h"
#include "onrecord/record.h"
#include "text/embedded_data.h"
#include "text/json_writer.h"
#include "text/word_list.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string data_folder;
};

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts program_facts() {
  UVersionInfo icu{};
  u_getVersion(icu);
  return {{"onrecord", ONRECORD_VERSION},
          {"SQLite", sqlite3_libversion()},
          {"ICU", fmt::format("{}.{}", icu[0], icu[1])},
          {"libxml2", LIBXML_DOTTED_VERSION},
          {"zstd", ZSTD_versionString()}};
}

std::string cpu_features() {
#if defined(__x86_64__)
  std::string features = "x86-64";
  if (__builtin_cpu_supports("sse4.2")) features += " sse4.2";
  if (__builtin_cpu_supports("avx2")) features += " avx2";
  if (__builtin_cpu_supports("avx512f")) features += " avx512f";
  return features;
#elif defined(__aarch64__)
  return "arm64";
#else
  return "unknown";
#endif
}

/// The health of the record, as far as it can be told without reading all of it.
Result<Facts> record_facts(const std::string& path) {
  const Result<Record> record = Record::open(path);
  if (!record) return std::unexpected(record.error());
  const Result<RecordCounts> counts = record->counts();
  if (!counts) return std::unexpected(counts.error());
  return Facts{{"articles", with_commas(counts->articles)},
               {"versions", with_commas(counts->versions)},
               {"statements", with_commas(counts->quotations)},
               {"speakers", with_commas(counts->speakers)},
               {"corrections", with_commas(counts->corrections)},
               {"corrections that fit nothing now", with_commas(counts->detached)},
               {"rejected documents", with_commas(counts->rejections)},
               {"removed", with_commas(counts->tombstones)},
               {"originals kept", with_commas(counts->originals_kept)},
               {"bytes of text", with_commas(counts->text_bytes)},
               {"bytes of the file", with_commas(counts->file_bytes)}};
}

void print_facts(Console& console, std::string_view heading, const Facts& facts) {
  console.print(StyledText(heading, Style::kStrong));
  for (const auto& [name, value] : facts)
    console.print(StyledText(fmt::format("{}: {}", name, value)), {2, 4});
  console.print("\n");
}

void print_limits(Console& console) {
  console.print(StyledText("Limits", Style::kStrong));
  Table table({{"limit"}, {"value", Align::kRight}, {"unit"}, {"beyond it"}});
  for (const LimitRow& row : limit_table({})) {
    table.add_row(
        {std::string(row.name), with_commas(row.value), std::string(row.unit), std::string(row.meaning)});
  }
  console.print(table.render(console.output()) + "\n");
}

void print_lists(Console& console, const WordLists& lists) {
  console.print(StyledText("Word lists", Style::kStrong));
  Table table({{"list"}, {"entries", Align::kRight}});
  for (const EmbeddedData& list : embedded_data()) {
    table.add_row({std::string(list.name), with_commas(lists.rows(list.name).size())});
  }
  console.print(table.render(console.output()));
}

void write_facts(JsonWriter& json, std::string_view key, const Facts& facts) {
  json.key(key), json.begin_object();
  for (const auto& [name, value] : facts) json.member(name, std::string_view(value));
  json.end_object();
}

std::string doctor_json(const WordLists& lists, const std::optional<Facts>& record) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/doctor/1");
  write_facts(json, "versions", program_facts());
  json.member("cpu", std::string_view(cpu_features()));
  json.member("cores", std::thread::hardware_concurrency());
  json.key("limits"), json.begin_object();
  for (const LimitRow& row : limit_table({})) json.member(row.name, row.value);
  json.end_object();
  json.key("word_lists"), json.begin_object();
  for (const EmbeddedData& list : embedded_data()) json.member(list.name, lists.rows(list.name).size());
  json.end_object();
  if (record) write_facts(json, "record", *record);
  json.end_object();
  return json.take() + "\n";
}

ExitCode doctor(const Options& options, Console& console, bool record_named) {
  WordLists lists;
  if (!options.data_folder.empty()) {
    Result<WordLists> with_folder = WordLists::with_folder(options.data_folder);
    if (!with_folder) return console.fail(with_folder.error());
    lists = std::move(*with_folder);
  }
  std::optional<Facts> record;
  std::error_code error;
  if (record_named || std::filesystem::exists(options.record.path, error)) {
    Result<Facts> facts = record_facts(options.record.path);
    if (!facts) return console.fail(facts.error());
    record = std::move(*facts);
  }
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(doctor_json(lists, record));
    return ExitCode::kFound;
  }
  Facts program = program_facts();
  program.emplace_back("CPU", fmt::format("{}, {}", cpu_features(),
                                          counted(std::thread::hardware_concurrency(), "core", "cores")));
  print_facts(console, "Program", program);
  if (record) print_facts(console, "Record " + options.record.path, *record);
  print_limits(console);
  print_lists(console, lists);
  return ExitCode::kFound;
}

}  // namespace

Action declare_doctor(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--data", options->data_folder, "Folder with word lists that add to the compiled-in ones")
      ->type_name("DIR");
  add_examples(app, {{"onrecord doctor", "versions, limits, word lists, and onrecord.db when it is there"},
                     {"onrecord doctor --record bridge.db", "how much a record holds"}});
  return [options, &app](Console& console) { return doctor(*options, console, app.count("--record") > 0); };
}

}  // namespace onrecord::cli
