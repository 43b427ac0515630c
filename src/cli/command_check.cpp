// `onrecord check WORDS|FILE`: every quotation of a draft against the record.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "compare/check.h"
#include "compare/comparison_json.h"
#include "record/recorded_texts.h"

namespace onrecord::cli {
namespace {

/// Shorter passages in marks that the reading did not take for a statement are titles and scare quotes more
/// often than not.
constexpr std::size_t kLeastPassageWords = 5;

struct Options {
  std::vector<std::string> what;
  std::string speaker;
  RecordOption record;
  FormatOption format;
  ReadingOptions reading;
};

/// How the quotations of a draft came out.
struct Tally {
  std::array<std::uint64_t, 6> verdicts{};
  [[nodiscard]] std::uint64_t of(CheckVerdict verdict) const {
    return verdicts.at(static_cast<std::size_t>(verdict));
  }
  [[nodiscard]] bool all_found() const {
    return of(CheckVerdict::kExact) + of(CheckVerdict::kCut) == total();
  }
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : verdicts) sum += count;
    return sum - of(CheckVerdict::kTooShort);
  }
};

StyledText verdict_text(CheckVerdict verdict) {
  switch (verdict) {
    case CheckVerdict::kExact:
      return StyledText("exact", Style::kStrong);
    case CheckVerdict::kCut:
      return StyledText("cut", Style::kStrong);
    case CheckVerdict::kAltered:
      return StyledText("ALTERED", Style::kWarning);
    case CheckVerdict::kOtherSpeaker:
      return StyledText("OTHER SPEAKER", Style::kWarning);
    case CheckVerdict::kNotInRecord:
      return StyledText("NOT IN THE RECORD", Style::kWarning);
    case CheckVerdict::kTooShort:
      break;
  }
  return StyledText("too short to tell", Style::kDim);
}

class Checker {
 public:
  Checker(const Record& record, const Options& options, Console& console)
      : record_(record),
        table_(options.format.resolve(console.output()) == Format::kTable),
        console_(console) {}

  Result<void> check(const Claim& claim, std::string_view path, std::uint64_t record_number) {
    const auto checked = onrecord::check(record_, claim);
    if (!checked) return std::unexpected(checked.error());
    ++tally_.verdicts.at(static_cast<std::size_t>(checked->verdict));
    return table_ ? print(claim, *checked) : print_json(claim, *checked, path, record_number);
  }
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  Result<void> print(const Claim& claim, const Checked& checked) {
    if (tally_.total() + tally_.of(CheckVerdict::kTooShort) > 1) console_.print("\n");
    StyledText heading = verdict_text(checked.verdict);
    if (!checked.collation.what_changed.empty() && checked.verdict == CheckVerdict::kAltered)
      heading.add(": " + checked.collation.what_changed, Style::kWarning);
    if (!checked.remark.empty()) heading.add(" · " + checked.remark);
    console_.print(heading);
    console_.print(words_text(claim.quotation, claim.text), {2, 2});
    if (!checked.statement) return {};
    RecordedTexts texts(record_);
    const ToldWitness& witness = checked.statement->witnesses[checked.witness];
    const auto context = texts.context_of(witness.quotation);
    if (!context) return std::unexpected(context.error());
    if (checked.verdict != CheckVerdict::kExact) {
      console_.print(StyledText("in the record", Style::kDim), {2, 2});
      console_.print(collation_text(checked.collation, context->text, claim.text), {4, 4});
    }
    const RecordedQuotation& earliest = checked.statement->witnesses.front().quotation;
    const auto first = texts.context_of(earliest);
    if (!first) return std::unexpected(first.error());
    StyledText line = speaker_text(witness.quotation.quotation, context->text);
    line.add(" · ", Style::kDim);
    line.add(
        reports_text(checked.statement->reports, checked.statement->outlets, checked.statement->independent));
    line.add(" · the earliest: ", Style::kDim).add(article_text(*first));
    line.add(fmt::format(" · onrecord statement {}", checked.statement->id), Style::kDim);
    console_.print(line, {2, 2});
    if (!witness.quotation.url.empty())
      console_.print(StyledText(witness.quotation.url, Style::kDim), {2, 2});
    return {};
  }

  Result<void> print_json(const Claim& claim, const Checked& checked, std::string_view path,
                          std::uint64_t record_number) {
    RecordedTexts texts(record_);
    const auto json = check_json(checked, claim, texts, path, record_number);
    if (!json) return std::unexpected(json.error());
    console_.print(*json + "\n");
    return {};
  }

  const Record& record_;
  bool table_;
  Console& console_;
  Tally tally_;
};

Result<void> check_text(const ReadArticle& read, const WordLists& lists, const Options& options,
                        Checker& checker) {
  for (const Claim& claim :
       claims_of(read.article, read.quotations, options.speaker, kLeastPassageWords, lists)) {
    if (auto done = checker.check(claim, read.original.path, read.original.record.value_or(0)); !done)
      return done;
  }
  return {};
}

void print_tally(Console& console, const Tally& tally) {
  StyledText line("\n" + counted(tally.total(), "quotation", "quotations"), Style::kStrong);
  const auto add = [&](CheckVerdict verdict, std::string_view what, Style style) {
    if (tally.of(verdict) > 0) line.add(fmt::format(", {} {}", with_commas(tally.of(verdict)), what), style);
  };
  add(CheckVerdict::kExact, "exact", Style::kPlain);
  add(CheckVerdict::kCut, "cut", Style::kPlain);
  add(CheckVerdict::kAltered, "altered", Style::kWarning);
  add(CheckVerdict::kOtherSpeaker, "by another speaker", Style::kWarning);
  add(CheckVerdict::kNotInRecord, "not in the record", Style::kWarning);
  add(CheckVerdict::kTooShort, "too short to tell", Style::kDim);
  console.print(line);
}

/// Whether the argument is words to look up and no path: nothing of that name is there, and it has a blank.
bool is_words(const std::string& what) {
  std::error_code error;
  return what != "-" && !std::filesystem::exists(what, error) && what.find(' ') != std::string::npos;
}

ExitCode finish(const Checker& checker, const Options& options, Console& console) {
  if (options.format.resolve(console.output()) == Format::kTable) print_tally(console, checker.tally());
  return checker.tally().all_found() ? ExitCode::kFound : ExitCode::kNothing;
}

ExitCode check_files(const Record& record, const Options& options, Console& console) {
  if (!check_paths(options.what, console)) return ExitCode::kError;
  const Result<ArticleReading> reading = options.reading.make_reading();
  if (!reading) return console.fail(reading.error());
  const auto lists = word_lists_with(options.reading.data_folder);
  if (!lists) return console.fail(lists.error());
  Checker checker(record, options, console);
  DocumentStream stream(options.what, {});
  std::optional<Error> failed;
  const auto make = [&](const RawDocument& document) { return reading->read(document); };
  const auto each = [&](const Original&, const ReadArticle& read) {
    if (failed) return;
    if (auto done = check_text(read, *lists, options, checker); !done) failed = done.error();
  };
  const StreamOutcome outcome =
      for_each_made<ReadArticle>(stream, make, options.reading.threads, console, each);
  if (failed) return console.fail(*failed);
  const ExitCode code = outcome.exit_code(1);
  return code == ExitCode::kFound ? finish(checker, options, console) : code;
}

ExitCode check(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const auto state = Comparison(*record).state();
  if (!state) return console.fail(state.error());
  if (state->compared_at.empty()) {
    Error never{
        ErrorCode::kInvalidArgument, "the record has not been compared yet", options.record.path, {}, {}};
    never.advice = "onrecord compare does it.";
    return console.fail(never);
  }
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  if (options.what.size() == 1 && is_words(options.what.front())) {
    Checker checker(*record, options, console);
    if (auto done = checker.check(claim_of(options.what.front(), options.speaker), {}, 0); !done)
      return console.fail(done.error());
    return checker.tally().all_found() && checker.tally().total() > 0 ? ExitCode::kFound : ExitCode::kNothing;
  }
  return check_files(*record, options, console);
}

}  // namespace

Action declare_check(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("WORDS|FILE", options->what,
                 "A quotation, or drafts: files, folders, or - for standard input")
      ->required();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--speaker", options->speaker, "Who is said to have said it")->type_name("NAME");
  options->reading.declare(app);
  add_examples(app,
               {{"onrecord check \"reopen to cars before the summer\" --speaker Pellamore", "one quotation"},
                {"onrecord check draft.txt",
                 "every quotation of a draft; exit code 1 when one is altered or not "
                 "found"},
                {"onrecord check --format jsonl - < draft.txt", "for a script"}});
  return [options](Console& console) { return check(*options, console); };
}

}  // namespace onrecord::cli
