// `onrecord verify`: proves the record.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/originals.h"
#include "cli/progress.h"
#include "onrecord/record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  std::string originals;
  bool kept = false;
};

std::string verification_json(const Verification& verification) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/verification/1");
  json.member("passed", verification.passed());
  json.member("versions", verification.versions), json.member("quotations", verification.quotations);
  json.member("spans", verification.spans), json.member("corrections", verification.corrections);
  json.member("originals", verification.originals), json.member("found", verification.found);
  json.key("findings"), json.begin_array();
  for (const Finding& finding : verification.findings) {
    json.begin_object();
    json.member("check", std::string_view(finding.check));
    json.member("subject", std::string_view(finding.subject));
    json.member("message", std::string_view(finding.message));
    json.end_object();
  }
  json.end_array();
  json.member("originals_missing", verification.missing_count);
  json.key("missing"), json.begin_array();
  for (const Original& original : verification.missing) {
    json.begin_object();
    json.member("path", std::string_view(original.path));
    if (original.record) json.member("record", *original.record);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

void print(Console& console, const Verification& verification) {
  for (const Finding& finding : verification.findings) {
    StyledText line(finding.check, Style::kWarning);
    console.print(line.add(" " + finding.subject + ": ").add(finding.message), {0, 2});
  }
  if (verification.found > verification.findings.size()) {
    console.print(
        fmt::format("and {} more\n", with_commas(verification.found - verification.findings.size())));
  }
  constexpr std::size_t kMostNamed = 10;
  for (std::size_t i = 0; i < std::min(kMostNamed, verification.missing.size()); ++i) {
    const Original& original = verification.missing[i];
    StyledText line("not checked", Style::kWarning);
    line.add(" " + original.path);
    if (original.record) line.add(fmt::format(", record {}", with_commas(*original.record)));
    console.print(line.add(": no document has the bytes that it was read from"), {0, 2});
  }
  if (verification.missing_count > kMostNamed) {
    console.print(fmt::format("and {} more\n", with_commas(verification.missing_count - kMostNamed)));
  }
  StyledText line(verification.passed() ? "Sound: " : "NOT sound: ",
                  verification.passed() ? Style::kStrong : Style::kWarning);
  line.add(fmt::format("{}, {}, {}", counted(verification.versions, "text", "texts"),
                       counted(verification.quotations, "statement", "statements"),
                       counted(verification.spans, "span cut again", "spans cut again")));
  const std::uint64_t originals = verification.originals + verification.missing_count;
  if (originals > 0) {
    line.add(", " + counted(verification.originals, "original read again", "originals read again"));
    if (verification.missing_count > 0) line.add(fmt::format(" of {}", with_commas(originals)));
  }
  if (!verification.passed()) line.add(": " + counted(verification.found, "finding", "findings"));
  console.print(line);
}

/// What the record says of itself, and what the originals say of it.
Result<Verification> verify_all(const Record& record, const Options& options) {
  Result<Verification> verification = record.verify();
  if (!verification || (options.originals.empty() && !options.kept)) return verification;
  const Record::NextDocument next =
      options.originals.empty() ? Record::NextDocument{} : documents_below(options.originals);
  const Result<Verification> more = record.verify_originals(next, intake_again);
  if (!more) return more;
  verification->originals = more->originals;
  verification->missing = more->missing;
  verification->missing_count = more->missing_count;
  verification->found += more->found;
  verification->findings.insert(verification->findings.end(), more->findings.begin(), more->findings.end());
  return verification;
}

/// Opened for writing where that can be, though nothing is written: only then does SQLite compare the search
/// index with the text word for word.
Result<Record> open_to_verify(const std::string& path) {
  RecordOptions options;
  options.mode = RecordOptions::Mode::kWrite;
  Result<Record> record = Record::open(path, options);
  const bool locked_away =
      !record && (record.error().code == ErrorCode::kUnreadable || record.error().code == ErrorCode::kBusy);
  return locked_away ? Record::open(path) : std::move(record);
}

ExitCode verify(const Options& options, Console& console) {
  if (!options.originals.empty() && !check_paths({options.originals}, console)) return ExitCode::kError;
  const Result<Record> record = open_to_verify(options.record.path);
  if (!record) return console.fail(record.error());
  const Result<Verification> verification = verify_all(*record, options);
  if (!verification) return console.fail(verification.error());
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  table ? print(console, *verification) : console.print(verification_json(*verification));
  if (verification->passed() && verification->missing_count > 0) {
    console.error(
        fmt::format("{} not below {}", counted(verification->missing_count, "original is", "originals are"),
                    options.originals),
        "They were changed, moved or never there; the record itself is sound.");
    return ExitCode::kRejections;
  }
  if (verification->passed()) return ExitCode::kFound;
  console.error(options.record.path + ": the record is not what it says it is",
                "Restore a copy, or ingest the originals into a new record.");
  return ExitCode::kError;
}

}  // namespace

Action declare_verify(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--originals", options->originals,
                 "Also read the originals below this folder again and compare")
      ->type_name("DIR");
  app.add_flag("--kept", options->kept, "Also read again the originals that the record keeps");
  add_examples(app, {{"onrecord verify", "cut every span again, hash every text again"},
                     {"onrecord verify --originals coverage/", "and get the same text from the same files"}});
  return [options](Console& console) { return verify(*options, console); };
}

}  // namespace onrecord::cli
