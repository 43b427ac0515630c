// `onrecord story [ID]`: the articles of one event or running matter, or the list of stories.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_text.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/row_list.h"
#include "cli/table.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::string id;
  RecordOption record;
  FormatOption format;
  LimitOption limit;
  std::uint64_t least_articles = 2;
};

std::string day_of(const std::string& date) { return date.empty() ? "unknown" : date.substr(0, 10); }
std::string outlet_of(const ArticleRow& row) { return row.outlet.empty() ? "unknown" : row.outlet; }

std::string row_json(const StoryRow& row) { return story_json(row) + "\n"; }

void print_list(Console& console, const std::vector<StoryRow>& rows) {
  Table table({{"story", Align::kLeft, Style::kStrong},
               {"articles", Align::kRight},
               {"outlets", Align::kRight},
               {"first"},
               {"last"},
               {"id", Align::kLeft, Style::kDim}});
  for (const StoryRow& row : rows) {
    table.add_row({row.title.empty() ? "untitled" : row.title, with_commas(row.articles),
                   with_commas(row.outlets), day_of(row.first), day_of(row.last), row.id});
  }
  console.print(table.render(console.output()));
}

void print_story(Console& console, const ToldStory& told) {
  console.print(StyledText(told.story.title.empty() ? "untitled" : told.story.title, Style::kStrong));
  console.print(StyledText(fmt::format("{} by {} · {}", counted(told.story.articles, "article", "articles"),
                                       counted(told.story.outlets, "outlet", "outlets"), told.story.id),
                           Style::kDim));
  console.print("\n");
  Table table({{"published"},
               {"outlet"},
               {"title", Align::kLeft, Style::kStrong},
               {"id", Align::kLeft, Style::kDim},
               {"because", Align::kLeft, Style::kDim}});
  for (const StoryArticle& one : told.articles) {
    std::string because = one.reason;
    if (!one.reprint_of.empty()) because = fmt::format("a reprint of {}; {}", one.reprint_of, because);
    table.add_row({day_of(one.article.published), outlet_of(one.article),
                   one.article.title.empty() ? "untitled" : one.article.title, one.article.id, because});
  }
  console.print(table.render(console.output()));
}

Result<void> show_story(const Record& record, const Options& options, Console& console) {
  const auto told = Comparison(record).story(options.id);
  if (!told) return std::unexpected(told.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(story_json(*told) + "\n");
    return {};
  }
  print_story(console, *told);
  StatementQuery query;
  query.story = told->story.id;
  query.least_reports = 2;
  query.limit = 1;
  const auto carried = Comparison(record).statements(query);
  if (!carried) return std::unexpected(carried.error());
  if (!carried->empty()) {
    console.print(StyledText(
        fmt::format("\nWhat its outlets share: onrecord statement --story {}", told->story.id), Style::kDim));
  }
  return {};
}

ExitCode story(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (const auto told = tell_missing(*record, options.record.path, console); !told)
    return console.fail(told.error());
  if (!options.id.empty()) {
    const auto shown = show_story(*record, options, console);
    return shown ? ExitCode::kFound : console.fail(shown.error());
  }
  const auto fetch = [&](std::uint32_t limit, std::uint64_t offset) {
    return Comparison(*record).stories(options.least_articles, limit, offset);
  };
  return print_rows<StoryRow>(console, options.format, options.limit, fetch, row_json, print_list,
                              "No story has several articles here; --articles 1 lists all.");
}

}  // namespace

Action declare_story(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("ID", options->id, "Of a story (t...); its beginning is enough; without one: a list");
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  app.add_option("--articles", options->least_articles, "List those of at least so many articles")
      ->type_name("N")
      ->capture_default_str();
  options->limit.declare(app, 30);
  add_examples(app, {{"onrecord story", "the stories with most articles"},
                     {"onrecord story tznz1xk", "its articles in time, and why each belongs to it"}});
  return [options](Console& console) { return story(*options, console); };
}

}  // namespace onrecord::cli
