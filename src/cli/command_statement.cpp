// `onrecord statement [ID]`: one utterance with all that carry it, or the most carried ones.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"
#include "compare/statements.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::string id;
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  StatementQuery query;
  std::string speaker;
  std::string order = "carried";
};

Result<void> print_witness(Console& console, const ToldStatement& statement, const ToldWitness& witness,
                           RecordedTexts& texts) {
  const auto base = texts.context_of(statement.base_quotation());
  if (!base) return std::unexpected(base.error());
  const auto context = texts.context_of(witness.quotation);
  if (!context) return std::unexpected(context.error());
  StyledText heading = article_text(*context);
  heading.add(" · ", Style::kDim);
  if (witness.quotation.id == statement.base_quotation().id) {
    console.print(
        heading.add("the fullest wording · ", Style::kStrong).add(witness.quotation.id, Style::kDim), {2, 4});
    return {};
  }
  const Collation collation =
      collate(base->text, statement.base_quotation().quotation, context->text, witness.quotation.quotation);
  heading.add(relation_text(witness.relation, witness.altered, collation.what_changed));
  heading.add(" · " + witness.quotation.id, Style::kDim);
  console.print(heading, {2, 4});
  if (!witness.reprint_of.empty())
    console.print(StyledText("its article is a reprint of " + witness.reprint_of, Style::kDim), {4, 4});
  console.print(witness.relation == WitnessRelation::kIndirect
                    ? words_text(witness.quotation.quotation, context->text)
                    : collation_text(collation, base->text, context->text),
                {4, 4});
  if (!witness.reason.empty()) {
    console.print(
        StyledText(fmt::format("{:.0f} %: {}", witness.confidence * 100, witness.reason), Style::kDim),
        {4, 4});
  }
  return {};
}

/// What may be a witness too: each quotation once, by the pair that is surest.
Result<std::vector<ToldProposal>> proposals_of(const Comparison& comparison, const ToldStatement& statement) {
  std::vector<ToldProposal> all;
  for (const ToldWitness& witness : statement.witnesses) {
    auto proposals = comparison.proposals(witness.quotation.id);
    if (!proposals) return std::unexpected(proposals.error());
    std::ranges::move(*proposals, std::back_inserter(all));
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &ToldProposal::confidence);
  std::set<std::string> seen;
  for (const ToldWitness& witness : statement.witnesses) seen.insert(witness.quotation.id);
  std::erase_if(all, [&](const ToldProposal& one) { return !seen.insert(one.quotation.id).second; });
  return all;
}

Result<void> print_proposals(Console& console, const Comparison& comparison, const ToldStatement& statement,
                             RecordedTexts& texts) {
  const auto proposals = proposals_of(comparison, statement);
  if (!proposals) return std::unexpected(proposals.error());
  if (!proposals->empty()) console.print("\nMay be the same; onrecord review decides\n");
  for (const ToldProposal& proposal : *proposals) {
    const auto context = texts.context_of(proposal.quotation);
    if (!context) return std::unexpected(context.error());
    StyledText heading = article_text(*context);
    heading.add(" · ", Style::kDim).add(relation_text(proposal.relation, proposal.altered, {}));
    console.print(heading.add(" · " + proposal.quotation.id, Style::kDim), {2, 4});
    console.print(words_text(proposal.quotation.quotation, context->text), {4, 4});
    console.print(
        StyledText(fmt::format("{:.0f} %: {}", proposal.confidence * 100, proposal.reason), Style::kDim),
        {4, 4});
  }
  return {};
}

Result<void> show_statement(const Record& record, const Options& options, Console& console) {
  const Comparison comparison(record);
  const auto statement = comparison.statement(options.id);
  if (!statement) return std::unexpected(statement.error());
  RecordedTexts texts(record);
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    const auto json = statement_json(*statement, texts);
    if (!json) return std::unexpected(json.error());
    console.print(*json + "\n");
    return {};
  }
  const RecordedQuotation& base = statement->base_quotation();
  const auto context = texts.context_of(base);
  if (!context) return std::unexpected(context.error());
  console.print(speaker_text(base.quotation, context->text));
  console.print(words_text(base.quotation, context->text), {2, 2});
  console.print(circumstances_text(base.quotation, context->text).add(" · " + statement->id, Style::kDim),
                {2, 2});
  console.print(StyledText(reports_text(statement->reports, statement->outlets, statement->independent),
                           Style::kStrong),
                {2, 2});
  if (!statement->story.empty())
    console.print(StyledText(fmt::format("story: onrecord story {}", statement->story), Style::kDim), {2, 2});
  console.print(statement->witnesses.size() > 1 ? "\nWitnesses, the earliest first\n" : "\nWitness\n");
  for (const ToldWitness& witness : statement->witnesses) {
    if (auto printed = print_witness(console, *statement, witness, texts); !printed) return printed;
  }
  return print_proposals(console, comparison, *statement, texts);
}

Result<bool> list_statements(const Record& record, const Options& options, Console& console) {
  const Comparison comparison(record);
  StatementQuery query = options.query;
  if (!options.speaker.empty()) {
    const auto called = record.called(options.speaker, 2);
    if (!called) return std::unexpected(called.error());
    if (called->size() != 1) {
      return fail(
          ErrorCode::kInvalidArgument,
          fmt::format("\"{}\" is {}; `onrecord speakers {}` has the ids", options.speaker,
                      called->empty() ? "nobody's name here" : "the name of several", options.speaker));
    }
    query.speaker = called->front().id;
  }
  query.order = options.order == "date" ? StatementOrder::kDate : StatementOrder::kCarried;
  const Format format = options.format.resolve(console.output());
  const std::uint64_t most = options.limit.resolve(format);
  query.limit =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(most, std::numeric_limits<std::uint32_t>::max()));
  const auto rows = comparison.statements(query);
  if (!rows) return std::unexpected(rows.error());
  for (const StatementRow& row : *rows) {
    RecordedTexts texts(record);
    if (format == Format::kJsonLines) {
      const auto json = statement_row_json(row, texts);
      if (!json) return std::unexpected(json.error());
      console.print(*json + "\n");
      continue;
    }
    const auto context = texts.context_of(row.base);
    if (!context) return std::unexpected(context.error());
    if (&row != &rows->front()) console.print("\n");
    console.print(speaker_text(row.base.quotation, context->text));
    console.print(words_text(row.base.quotation, context->text), {2, 2});
    StyledText line(reports_text(row.reports, row.outlets, row.independent));
    console.print(line.add(" · ").add(article_text(*context)).add(" · " + row.id, Style::kDim), {2, 2});
  }
  if (format == Format::kTable) {
    console.print(StyledText(rows->empty()
                                 ? "No statement is carried by several articles here; `onrecord search` "
                                   "finds every single one."
                                 : "\nonrecord statement ID shows the witnesses word by word.",
                             Style::kDim));
  }
  return !rows->empty();
}

ExitCode statement(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  if (!options.id.empty()) {
    const auto shown = show_statement(*record, options, console);
    return shown ? ExitCode::kFound : console.fail(shown.error());
  }
  const auto found = list_statements(*record, options, console);
  if (!found) return console.fail(found.error());
  return *found ? ExitCode::kFound : ExitCode::kNothing;
}

}  // namespace

Action declare_statement(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("ID", options->id,
                 "Of a statement (s...) or of any quotation that carries it (q...); without one: a list");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--speaker", options->speaker, "List those of this speaker: a name or an id")
      ->type_name("NAME");
  app.add_option("--story", options->query.story, "List those of this story")->type_name("ID");
  app.add_option("--since", options->query.since,
                 "Said (else published) on this day, month or year, or later")
      ->type_name("DATE");
  app.add_option("--until", options->query.until, "... or before")->type_name("DATE");
  options->query.least_reports = 2;
  app.add_option("--reports", options->query.least_reports, "List those that at least so many articles carry")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--order", options->order, "Most carried first, or newest first")
      ->type_name("ORDER")
      ->check(CLI::IsMember({"carried", "date"}))
      ->capture_default_str();
  options->limit.declare(app, 10);
  add_examples(app, {{"onrecord statement", "what most outlets carry"},
                     {"onrecord statement sq5be5", "one statement: who cut it, who changed it"},
                     {"onrecord statement qxq5be5", "the statement that a quotation carries"},
                     {"onrecord statement --speaker Pellamore --order date", ""}});
  return [options](Console& console) { return statement(*options, console); };
}

}  // namespace onrecord::cli
