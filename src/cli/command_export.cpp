// `onrecord export`: all statements of the record, always in the same order.
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/options.h"
#include "onrecord/record.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string output;
};

ExportFormat export_format(Format format) {
  if (format == Format::kCsv) return ExportFormat::kCsv;
  return format == Format::kWebAnnotation ? ExportFormat::kWebAnnotation : ExportFormat::kJsonLines;
}

Result<void> export_to_file(const Record& record, ExportFormat format, const std::string& path) {
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
  if (auto written = record.export_to(format, write); !written) return written;
  file.close();
  return write({});
}

ExitCode export_record(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const ExportFormat format = export_format(options.format.resolve(console.output()));
  bool wrote = false;
  const auto print = [&](std::string_view piece) -> Result<void> {
    wrote = wrote || !piece.empty();
    console.print(piece);
    return console.check();
  };
  const Result<void> exported = options.output.empty() ? record->export_to(format, print)
                                                       : export_to_file(*record, format, options.output);
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
  app.add_option("--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  add_examples(app, {{"onrecord export > statements.jsonl", "one statement a line, with all its spans"},
                     {"onrecord export --format csv --output statements.csv", "for a spreadsheet"},
                     {"onrecord export --format webannotation --output page.json", "W3C Web Annotations"}});
  return [options](Console& console) { return export_record(*options, console); };
}

}  // namespace onrecord::cli
