// `onrecord search WORDS...`: statements of the record.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "record/quotation_csv.h"
#include "record/recorded_texts.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  SearchQuery query;
  std::vector<std::string> kinds;
  std::vector<std::string> modes;
  std::vector<std::string> speaker_kinds;
  std::string order = "relevance";
};

SearchQuery query_of(const Options& options) {
  SearchQuery query = options.query;
  query.words = fmt::format("{}", fmt::join(options.words, " "));
  for (const std::string& kind : options.kinds) query.kinds.push_back(*quotation_kind(kind));
  if (!options.modes.empty()) query.modes.clear();
  for (const std::string& mode : options.modes) {
    if (const auto known = quotation_mode(mode)) query.modes.push_back(*known);
  }
  // None named is all of them.
  if (std::ranges::find(options.modes, "all") != options.modes.end()) query.modes.clear();
  for (const std::string& kind : options.speaker_kinds) query.speaker_kinds.push_back(*speaker_kind(kind));
  query.order = options.order == "date" ? SearchOrder::kDate : SearchOrder::kRelevance;
  return query;
}

Result<void> print_rows(Console& console, const Record& record, const SearchResult& result, Format format) {
  RecordedTexts texts(record);
  StatementPrinter printer(console, StatementPrinter::Grouping::kSpeaker);
  for (const RecordedQuotation& row : result.rows) {
    const Result<QuotationContext> context = texts.context_of(row);
    if (!context) return std::unexpected(context.error());
    if (format == Format::kTable) {
      printer.print(row.quotation, *context);
    } else if (format == Format::kCsv) {
      console.print(quotation_csv(row.quotation, *context));
    } else {
      console.print(quotation_json(row.quotation, *context) + "\n");
    }
  }
  return {};
}

/// What to do when nothing is found, and whether something is that the reading is less sure of.
Result<void> print_nothing(Console& console, const Record& record, SearchQuery query) {
  const bool leaves_out = query.least_confidence > 0;
  query.least_confidence = 0, query.limit = 1;
  const Result<SearchResult> all = leaves_out ? record.search(query) : SearchResult{};
  if (!all) return std::unexpected(all.error());
  StyledText line(
      all->total == 0
          ? "Nothing found. Fewer words or filters find more; `onrecord speakers` lists who is there."
          : fmt::format("Nothing sure found; --confidence 0 shows {} that may be none.",
                        counted(all->total, "statement", "statements")));
  console.print(line);
  return {};
}

void print_count(Console& console, const SearchResult& result) {
  StyledText line;
  line.add(counted(result.total, "statement", "statements"), Style::kStrong);
  if (result.total_is_capped) line.add(" and more");
  if (result.rows.size() < result.total) {
    line.add(fmt::format(", the first {} shown (--limit N shows more)", with_commas(result.rows.size())),
             Style::kDim);
  }
  line.add(". The id at a line's end opens it: onrecord show ID", Style::kDim);
  console.print("\n");
  console.print(line);
}

/// Says who is meant when a name is several people's, and how to choose. What they said is found all the
/// same.
Result<void> tell_candidates(const Record& record, const std::string& speaker, Console& console) {
  constexpr std::uint32_t kShown = 8;
  if (speaker.empty()) return {};
  const auto called = record.called(speaker, kShown + 1);
  if (!called) return std::unexpected(called.error());
  if (called->size() < 2) return {};
  StyledText line(fmt::format("{} speakers are called {}:",
                              called->size() > kShown ? fmt::format("More than {}", kShown)
                                                      : std::to_string(called->size()),
                              speaker),
                  Style::kWarning);
  for (const SpeakerRow& row : std::span(*called).first(std::min<std::size_t>(kShown, called->size()))) {
    line.add(fmt::format(" {} ({}, {})", row.name, row.id, with_commas(row.quotations)));
    line.add(&row == &called->back() ? "." : ";");
  }
  line.add(" All are shown; --speaker ID, or the full name, chooses one.", Style::kDim);
  console.note(wrap(line, console.errors()));
  return {};
}

ExitCode search(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const Format format = options.format.resolve(console.output());
  SearchQuery query = query_of(options);
  if (const auto told = tell_candidates(*record, query.speaker, console); !told)
    return console.fail(told.error());
  if (format == Format::kCsv) console.print(quotation_csv_header());
  std::uint64_t left = options.limit.resolve(format);
  const std::uint64_t page = format == Format::kTable ? left : 10'000;  // rows in memory at once
  bool found = false;
  do {
    query.limit = static_cast<std::uint32_t>(std::min(left, page));
    const Result<SearchResult> result = record->search(query);
    if (!result) return console.fail(result.error());
    if (const auto printed = print_rows(console, *record, *result, format); !printed) {
      return console.fail(printed.error());
    }
    if (format == Format::kTable && result->total > 0) {
      print_count(console, *result);
    } else if (format == Format::kTable) {
      if (const auto printed = print_nothing(console, *record, query); !printed)
        return console.fail(printed.error());
    }
    found = found || !result->rows.empty();
    left -= result->rows.size();
    query.cursor = result->next;
  } while (left > 0 && !query.cursor.empty());
  return found ? ExitCode::kFound : ExitCode::kNothing;
}

void declare_filters(CLI::App& app, Options& options) {
  SearchQuery& query = options.query;
  app.add_option("--speaker", query.speaker,
                 "Who said it, under all names: a name, words of it, or an id or its beginning")
      ->type_name("NAME");
  app.add_option("--outlet", query.outlet, "Who published it: a name, or words of it")->type_name("NAME");
  app.add_option("--article", query.article, "In this article or version")->type_name("ID");
  app.add_option("--since", query.since, "Said (else published) on this day, month or year, or later")
      ->type_name("DATE")
      ->check(is_date());
  app.add_option("--until", query.until, "Said (else published) on this day, month or year, or before")
      ->type_name("DATE")
      ->check(is_date());
  app.add_option("--new-since", query.new_since, "In the record since this day or time (UTC)")
      ->type_name("DATE")
      ->check(is_date());
  app.add_option("--kind", options.kinds, "Only these kinds")
      ->type_name("KIND")
      ->check(CLI::IsMember({"direct", "mixed", "indirect"}));
  app.add_option("--mode", options.modes, "Only these modes, or all; without it speech and writing")
      ->type_name("MODE")
      ->check(CLI::IsMember({"speech", "writing", "thought", "all"}));
  app.add_option("--confidence", query.least_confidence,
                 "Only what the reading is at least so sure of, from 0 (everything) to 1")
      ->type_name("LEAST")
      ->check(CLI::Range(0.0F, 1.0F))
      ->capture_default_str();
  app.add_option("--speaker-kind", options.speaker_kinds, "Only from speakers of these kinds")
      ->type_name("KIND")
      ->check(CLI::IsMember({"person", "organization", "group", "document", "unnamed", "unknown"}));
  app.add_option("--order", options.order, "Best match first, or newest first")
      ->type_name("ORDER")
      ->check(CLI::IsMember({"relevance", "date"}))
      ->capture_default_str();
  options.limit.declare(app, query.limit);
}

}  // namespace

Action declare_search(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("WORDS", options->words,
                 "Words, \"phrases\", beginning*, or a question; -word (after --) leaves out; \"unnamed "
                 "officials\" and the "
                 "like: such speakers; none: everything");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl", "csv"});
  declare_filters(app, *options);
  add_examples(
      app, {{"onrecord search bridge toll", "statements with both words, best match first"},
            {"onrecord search what did Pellamore say about the bridge", "a question will do"},
            {"onrecord search who spoke for Velmara", "those whom an article gives an office of it"},
            {"onrecord search --speaker Vestrik --since 2026-03 --kind direct", "her own words since March"},
            {"onrecord search --speaker-kind unnamed",
             "what rests on unnamed sources; `unnamed officials` will do too"},
            {"onrecord search ferry --format csv > ferry.csv", "for a spreadsheet"}});
  return [options](Console& console) { return search(*options, console); };
}

}  // namespace onrecord::cli
