// `onrecord review`: what a comparison only proposes, and a person's decisions about it.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "compare/comparison.h"
#include "compare/decisions.h"
#include "record/recorded_texts.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  std::string first;
  std::string second;
  std::string note;
};

std::string decision_json(const RecordedDecision& decision) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/decision/1");
  json.member("id", std::string_view(decision.id)), json.member("kind", name(decision.kind));
  json.member_or_null("first", decision.first), json.member_or_null("second", decision.second);
  json.member("first_words", std::string_view(decision.first_words));
  json.member("second_words", std::string_view(decision.second_words));
  json.member_or_null("note", decision.note), json.member("made_at", std::string_view(decision.made_at));
  json.member_or_null("undone_at", decision.undone_at);
  json.end_object();
  return json.take() + "\n";
}

Result<void> print_pair(Console& console, const ProposedPair& pair, RecordedTexts& texts) {
  const auto first = texts.context_of(pair.first);
  if (!first) return std::unexpected(first.error());
  const auto second = texts.context_of(pair.second.quotation);
  if (!second) return std::unexpected(second.error());
  const auto side = [&](const RecordedQuotation& row, const QuotationContext& context) {
    console.print(
        speaker_text(row.quotation, context.text).add(" · ", Style::kDim).add(article_text(context)), {2, 2});
    console.print(words_text(row.quotation, context.text), {4, 4});
  };
  console.print(relation_text(pair.second.relation, pair.second.altered, {})
                    .add(fmt::format(" · {:.0f} %: {}", pair.second.confidence * 100, pair.second.reason)));
  side(pair.first, *first);
  side(pair.second.quotation, *second);
  console.print(StyledText(fmt::format("onrecord review accept {0} {1}   or   onrecord review reject {0} {1}",
                                       pair.first.id, pair.second.quotation.id),
                           Style::kDim),
                {2, 2});
  console.print("\n");
  return {};
}

std::string pair_json(const ProposedPair& pair) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/proposal/1");
  json.member("first", std::string_view(pair.first.id));
  json.member("second", std::string_view(pair.second.quotation.id));
  json.member("first_words", std::string_view(pair.first.content));
  json.member("second_words", std::string_view(pair.second.quotation.content));
  json.member("relation", name(pair.second.relation)), json.member("altered", pair.second.altered);
  json.member("confidence", rounded(pair.second.confidence));
  json.member_or_null("reason", pair.second.reason);
  json.end_object();
  return json.take() + "\n";
}

ExitCode review(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const Format format = options.format.resolve(console.output());
  const std::uint64_t most = options.limit.resolve(format);
  const auto pairs = Comparison(*record).all_proposals(
      static_cast<std::uint32_t>(std::min<std::uint64_t>(most, std::numeric_limits<std::uint32_t>::max())));
  if (!pairs) return console.fail(pairs.error());
  RecordedTexts texts(*record);
  for (const ProposedPair& pair : *pairs) {
    if (format == Format::kJsonLines) {
      console.print(pair_json(pair));
    } else if (auto printed = print_pair(console, pair, texts); !printed) {
      return console.fail(printed.error());
    }
  }
  if (pairs->empty() && format == Format::kTable) console.print(StyledText("Nothing waits for a decision."));
  return pairs->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

ExitCode list(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const auto all = decisions(*record);
  if (!all) return console.fail(all.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    for (const RecordedDecision& decision : *all) console.print(decision_json(decision));
    return all->empty() ? ExitCode::kNothing : ExitCode::kFound;
  }
  Table table(
      {{"id", Align::kLeft, Style::kDim}, {"decided"}, {"first"}, {"second"}, {"because"}, {"holds"}});
  for (const RecordedDecision& decision : *all) {
    const bool there = !decision.first.empty() && !decision.second.empty();
    table.add_row({decision.id, std::string(name(decision.kind)), shorten(decision.first_words, 40),
                   shorten(decision.second_words, 40), decision.note,
                   !decision.undone_at.empty() ? "taken back"
                   : there                     ? "yes"
                                               : "no: it is not there any more"});
  }
  console.print(all->empty() ? StyledText("No decision was made yet.").pieces().front().text + "\n"
                             : table.render(console.output()));
  return all->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

Result<Record> open_for_deciding(const Options& options) {
  RecordOptions how;
  how.mode = RecordOptions::Mode::kWrite;
  return Record::open(options.record.path, how);
}

/// The quotation that a statement's id names, where one was given.
Result<std::string> quotation_of(const Record& record, const std::string& id) {
  if (!id.starts_with('s')) return id;
  const auto statement = Comparison(record).statement(id);
  if (!statement) return std::unexpected(statement.error());
  return statement->base_quotation().id;
}

ExitCode decide_on(const Options& options, bool same, Console& console) {
  Result<Record> record = open_for_deciding(options);
  if (!record) return console.fail(record.error());
  Decision decision;
  const bool articles = options.first.starts_with('a') || options.first.starts_with('v');
  decision.kind = articles ? (same ? DecisionKind::kSameStory : DecisionKind::kOtherStory)
                           : (same ? DecisionKind::kSameStatement : DecisionKind::kOtherStatement);
  for (auto [id, out] :
       {std::pair(&options.first, &decision.first), std::pair(&options.second, &decision.second)}) {
    const auto found = articles ? Result<std::string>(*id) : quotation_of(*record, *id);
    if (!found) return console.fail(found.error());
    *out = *found;
  }
  decision.note = options.note;
  const auto id = onrecord::decide(*record, decision);
  if (!id) return console.fail(id.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/decision/1"), json.member("id", std::string_view(*id));
    json.member("kind", name(decision.kind));
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(
        StyledText(fmt::format("Decided; it is kept as {0} and holds for new comparisons and readings. To "
                               "take it back: onrecord review undo "
                               "{0}",
                               *id)));
  }
  return ExitCode::kFound;
}

ExitCode no_copy(const Options& options, Console& console) {
  Result<Record> record = open_for_deciding(options);
  if (!record) return console.fail(record.error());
  const auto id =
      onrecord::decide(*record, {DecisionKind::kNoCopy, options.first, options.second, options.note});
  if (!id) return console.fail(id.error());
  console.print(
      StyledText(fmt::format("Decided; it is kept as {0}. To take it back: onrecord review undo {0}", *id)));
  return ExitCode::kFound;
}

ExitCode undo(const Options& options, Console& console) {
  Result<Record> record = open_for_deciding(options);
  if (!record) return console.fail(record.error());
  const auto id = undo_decision(*record, options.first);
  if (!id) return console.fail(id.error());
  console.print(StyledText(
      fmt::format("Taken back: {}. onrecord compare tells anew what it had joined or parted.", *id)));
  return ExitCode::kFound;
}

using Run = ExitCode (*)(const Options&, Console&);

/// A subcommand about two things, with a reason.
void declare_pair(CLI::App& app, std::string_view name, std::string_view summary,
                  const std::shared_ptr<Options>& options, std::shared_ptr<Run>& run, Run what) {
  CLI::App* sub = app.add_subcommand(std::string(name), std::string(summary));
  sub->add_option("FIRST", options->first, "Id of a quotation or statement, or of an article")->required();
  sub->add_option("SECOND", options->second, "The other one's")->required();
  sub->add_option("--reason", options->note, "Why; kept with the decision")->type_name("TEXT");
  options->record.declare(*sub);
  sub->callback([run, what] { *run = what; });
}

}  // namespace

Action declare_review(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto run = std::make_shared<Run>(review);
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  options->limit.declare(app, 10);
  declare_pair(app, "accept", "The two quotations are of one statement", options, run,
               [](const Options& o, Console& c) { return decide_on(o, true, c); });
  declare_pair(app, "reject", "The two quotations are not of one statement", options, run,
               [](const Options& o, Console& c) { return decide_on(o, false, c); });
  declare_pair(app, "merge", "Two statements are one; or two articles are about one story", options, run,
               [](const Options& o, Console& c) { return decide_on(o, true, c); });
  declare_pair(app, "split", "The first is not of the second one's statement, or story", options, run,
               [](const Options& o, Console& c) { return decide_on(o, false, c); });
  declare_pair(app, "no-copy", "Of two articles none has it from the other", options, run, no_copy);
  CLI::App* back = app.add_subcommand("undo", "Take a decision back");
  back->add_option("ID", options->first, "Of the decision (d...)")->required();
  options->record.declare(*back);
  back->callback([run] { *run = undo; });
  CLI::App* all = app.add_subcommand("list", "Every decision that was made");
  options->record.declare(*all);
  all->callback([run] { *run = list; });
  app.require_subcommand(0, 1);
  add_examples(app, {{"onrecord review", "pairs that may be one statement, the surest first"},
                     {"onrecord review accept q7k2m q9d3x --reason 'same interview'", ""},
                     {"onrecord review split a1b2c a4d5e", "the first article is about something else"},
                     {"onrecord review list", "what was decided"}});
  return [options, run](Console& console) { return (*run)(*options, console); };
}

}  // namespace onrecord::cli
