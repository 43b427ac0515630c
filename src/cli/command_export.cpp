// `onrecord export`: everything of a kind that the record holds, always in the same order.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/options.h"
#include "compare/comparison_json.h"
#include "onrecord/record.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string output;
  std::string of = "quotations";
};

using Write = std::function<Result<void>(std::string_view)>;

ExportFormat export_format(Format format) {
  if (format == Format::kCsv) return ExportFormat::kCsv;
  return format == Format::kWebAnnotation ? ExportFormat::kWebAnnotation : ExportFormat::kJsonLines;
}

Result<void> export_with(const Record& record, const Options& options, ExportFormat format,
                         const Write& write) {
  if (options.of == "statements") return export_comparison(record, ComparisonExport::kStatements, write);
  if (options.of == "links") return export_comparison(record, ComparisonExport::kLinks, write);
  if (options.of == "reuse") return export_comparison(record, ComparisonExport::kReuse, write);
  if (options.of == "stories") return export_comparison(record, ComparisonExport::kStories, write);
  return record.export_to(format, write);
}

Result<void> export_to_file(const Record& record, const Options& options, ExportFormat format) {
  const std::string& path = options.output;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  const auto write = [&](std::string_view piece) -> Result<void> {
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (file) return {};
    return std::unexpected(Error{ErrorCode::kSystem,
                                 std::string("cannot be written: ") + std::strerror(errno),  // NOLINT
                                 path,
                                 {},
                                 {}});
  };
  if (auto written = export_with(record, options, format, write); !written) return written;
  file.close();
  return write({});
}

ExitCode export_record(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (options.of != "quotations" && options.format.asked != "jsonl") {
    console.error(fmt::format("--of {} is written as JSON Lines only", options.of),
                  "Leave --format out, or export quotations.");
    return ExitCode::kError;
  }
  const ExportFormat format = export_format(options.format.resolve(console.output()));
  bool wrote = false;
  const auto print = [&](std::string_view piece) -> Result<void> {
    wrote = wrote || !piece.empty();
    console.print(piece);
    return console.check();
  };
  const Result<void> exported = options.output.empty() ? export_with(*record, options, format, print)
                                                       : export_to_file(*record, options, format);
  if (!exported) return console.fail(exported.error());
  return wrote || !options.output.empty() ? ExitCode::kFound : ExitCode::kNothing;
}

}  // namespace

Action declare_export(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.asked = "jsonl";
  app.add_option("--format", options->format.asked, "The format")
      ->type_name("NAME")
      ->check(CLI::IsMember({"jsonl", "csv", "webannotation"}))
      ->capture_default_str();
  app.add_option(
         "--of", options->of,
         "What: quotations; or what `onrecord compare` told: statements with their witnesses, links between "
         "quotations, reuse between articles, stories")
      ->type_name("WHAT")
      ->check(CLI::IsMember({"quotations", "statements", "links", "reuse", "stories"}))
      ->capture_default_str();
  app.add_option("--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  add_examples(app, {{"onrecord export > statements.jsonl", "one statement a line, with all its spans"},
                     {"onrecord export --format csv --output statements.csv", "for a spreadsheet"},
                     {"onrecord export --of statements", "each statement with all its witnesses"},
                     {"onrecord export --format webannotation --output page.json", "W3C Web Annotations"}});
  return [options](Console& console) { return export_record(*options, console); };
}

}  // namespace onrecord::cli
