// `onrecord remove ID`: a text out of the record, for good.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "compare/compare_record.h"
#include "compare/comparison.h"
#include "onrecord/record.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::string id;
  RecordOption record;
  FormatOption format;
  std::string reason;
  bool yes = false;
  bool undo = false;
};

/// Asks on a terminal; elsewhere `--yes` must have said so.
bool is_confirmed(const Options& options, const RecordedArticle& article, Console& console) {
  if (options.yes) return true;
  if (isatty(STDIN_FILENO) == 0 || !console.errors().interactive) {
    console.error("remove deletes text for good and was not told --yes", "Add --yes when you mean it.");
    return false;
  }
  const std::string title(article.article.field("title"));
  console.note(fmt::format("Delete \"{}\" with {} for good? [y/N] ",
                           printable(title.empty() ? article.id : title),
                           counted(article.quotations.size(), "statement", "statements")));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

ExitCode remove(const Options& options, Console& console) {
  RecordOptions writing;
  writing.mode = RecordOptions::Mode::kWrite;
  Result<Record> record = Record::open(options.record.path, writing);
  if (!record) return console.fail(record.error());
  if (options.undo) {
    const Result<std::string> forgiven = record->forgive(options.id);
    if (!forgiven) return console.fail(forgiven.error());
    if (options.format.resolve(console.output()) == Format::kJsonLines) {
      JsonWriter json;
      json.begin_object();
      json.member("schema", "onrecord/removal/1");
      json.member("undone", std::string_view(*forgiven));
      json.end_object();
      console.print(json.take() + "\n");
    } else {
      console.print(StyledText(
          "Its mark is gone: ingest takes it again. The text itself was deleted and has to be read anew."));
    }
    return ExitCode::kFound;
  }
  const Result<RecordedArticle> article = record->article(options.id);
  if (!article) return console.fail(article.error());
  if (!is_confirmed(options, *article, console)) return ExitCode::kError;
  const auto gone = record->remove(options.id, options.reason);
  if (!gone) return console.fail(gone.error());
  // What other articles carry of its statements is told anew.
  const auto state = Comparison(*record).state();
  if (!state) return console.fail(state.error());
  if (!state->compared_at.empty() && state->missing > 0) {
    if (const auto compared = compare_new_articles(*record, {}); !compared)
      return console.fail(compared.error());
  }
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/removal/1");
    json.key("removed"), json.begin_array();
    for (const std::string& id : *gone) json.value(std::string_view(id));
    json.end_array();
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(
        StyledText(fmt::format("Removed: {}. A mark stays, so that ingest does not take it again; "
                               "onrecord remove --undo {} takes the mark away.",
                               fmt::join(*gone, ", "), gone->empty() ? options.id : gone->back())));
  }
  return ExitCode::kFound;
}

}  // namespace

Action declare_remove(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("ID", options->id, "The article (a...) with all its versions, or one version (v...)")
      ->required();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--reason", options->reason, "Why; kept with the mark that stays")->type_name("TEXT");
  app.add_flag("--yes", options->yes, "Do not ask");
  app.add_flag("--undo", options->undo, "Take the mark away, so that ingest takes the article again");
  add_examples(app, {{"onrecord remove a1b2c --reason 'asked for by the publisher'", ""},
                     {"onrecord remove --undo a1b2c", "let ingest take it again"}});
  return [options](Console& console) { return remove(*options, console); };
}

}  // namespace onrecord::cli
