// `onrecord reprints [ARTICLE]`: what an article shares with others, or who copies from whom.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::string id;
  RecordOption record;
  FormatOption format;
  bool passages = false;
};

/// Who has it from whom, seen from the article that was asked about.
std::string from_whom(const ToldReuse& told) {
  switch (told.reuse.direction) {
    case ReuseDirection::kFirstFromSecond:
      return told.asked_is_first ? "has it from" : "gave it to";
    case ReuseDirection::kSecondFromFirst:
      return told.asked_is_first ? "gave it to" : "has it from";
    case ReuseDirection::kBothFromAgency:
      return "like it from an agency";
    case ReuseDirection::kUnknown:
      break;
  }
  return "with";
}

std::string percent(float share) { return fmt::format("{:.0f} %", share * 100); }

void print_table(Console& console, const std::vector<ToldReuse>& all) {
  Table table({{"what", Align::kLeft, Style::kStrong},
               {"which way"},
               {"published"},
               {"outlet"},
               {"title"},
               {"own words", Align::kRight},
               {"quoted", Align::kRight},
               {"id", Align::kLeft, Style::kDim},
               {"because", Align::kLeft, Style::kDim}});
  for (const ToldReuse& told : all) {
    table.add_row({readable(told.reuse.reuse), from_whom(told),
                   told.other.published.empty() ? "unknown" : told.other.published.substr(0, 10),
                   told.other.outlet.empty() ? "unknown" : told.other.outlet,
                   told.other.title.empty() ? "untitled" : told.other.title,
                   percent(told.reuse.narrative_containment), percent(told.reuse.quotation_containment),
                   told.other.id, told.reuse.reason});
  }
  console.print(table.render(console.output()));
}

/// The passages that both have, as the article that was asked about prints them.
Result<void> print_passages(Console& console, const Record& record, const RecordedArticle& article,
                            const ToldReuse& told) {
  const std::string& first = told.asked_is_first ? article.id : told.other.id;
  const std::string& second = told.asked_is_first ? told.other.id : article.id;
  const auto reuse = Comparison(record).reuse_between(first, second);
  if (!reuse) return std::unexpected(reuse.error());
  console.print(StyledText(fmt::format("\nThe same words in {} ({})", told.other.outlet, told.other.id),
                           Style::kStrong));
  for (const SharedPassage& passage : reuse->passages) {
    const Span span = told.asked_is_first ? passage.first : passage.second;
    console.print(StyledText(cut(article.article.text, span), Style::kWords), {2, 4});
  }
  return {};
}

Result<bool> show_reuse(const Record& record, const Options& options, Console& console) {
  const auto article = record.article(options.id);
  if (!article) return std::unexpected(article.error());
  const auto all = Comparison(record).reuse_of(article->id);
  if (!all) return std::unexpected(all.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    for (const ToldReuse& told : *all) console.print(reuse_json(article->id, told) + "\n");
    return !all->empty();
  }
  console.print(StyledText(article->article.field("title"), Style::kStrong));
  if (all->empty()) {
    console.print(StyledText("It shares no passage with another article of the record."));
    return false;
  }
  print_table(console, *all);
  for (const ToldReuse& told : *all) {
    if (!options.passages) break;
    if (auto printed = print_passages(console, record, *article, told); !printed)
      return std::unexpected(printed.error());
  }
  if (!options.passages)
    console.print(StyledText("--passages shows the words that they share.", Style::kDim));
  return true;
}

Result<bool> list_reuse(const Record& record, const Options& options, Console& console) {
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  bool any = false;
  Table rows({{"first", Align::kLeft, Style::kStrong},
              {"second", Align::kLeft, Style::kStrong},
              {"what"},
              {"which way"},
              {"because", Align::kLeft, Style::kDim}});
  const auto each = [&](const CopiedPair& pair) {
    any = true;
    const auto side = [](const ArticleRow& row) {
      return fmt::format("{} ({}, {})", row.title.empty() ? "untitled" : row.title,
                         row.outlet.empty() ? "outlet unknown" : row.outlet, row.id);
    };
    if (table) {
      rows.add_row({side(pair.first), side(pair.second.other), readable(pair.second.reuse.reuse),
                    std::string(from_whom(pair.second)), pair.second.reuse.reason});
    } else {
      console.print(reuse_json(pair.first.id, pair.second) + "\n");
    }
  };
  const auto pairs = Comparison(record).copies();
  if (!pairs) return std::unexpected(pairs.error());
  for (const CopiedPair& pair : *pairs) each(pair);
  if (table && any) console.print(rows.render(console.output()));
  if (table && !any) console.print(StyledText("No article of the record is copied from another one."));
  return any;
}

ExitCode reprints(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  const auto found =
      options.id.empty() ? list_reuse(*record, options, console) : show_reuse(*record, options, console);
  if (!found) return console.fail(found.error());
  return *found ? ExitCode::kFound : ExitCode::kNothing;
}

}  // namespace

Action declare_reprints(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option(
      "ARTICLE", options->id,
      "Id of an article; its beginning is enough; without one: every pair of which one copies the other");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_flag("--passages", options->passages, "Show the words that they share");
  add_examples(app, {{"onrecord reprints", "who copied whom, and how that is known"},
                     {"onrecord reprints a1b2c --passages", "what one article shares with others"}});
  return [options](Console& console) { return reprints(*options, console); };
}

}  // namespace onrecord::cli
