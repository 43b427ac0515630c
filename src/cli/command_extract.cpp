// `onrecord extract PATH...`: what intake sees in documents, one JSON object a line.
#include <memory>
#include <string>
#include <vector>

#include "cli/article_json.h"
#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/options.h"

namespace onrecord::cli {
namespace {

void print_article(Console& console, const Original& original, const Article& article) {
  console.print(StyledText(original.path, Style::kDim));
  for (const Field& field : article.fields) {
    StyledText line(field.name, Style::kStrong);
    line.add(" ").add(field.value).add(" ").add("(" + field.found_in + ")", Style::kDim);
    console.print(line, {2, 4});
  }
  console.print("\n");
  for (const Paragraph& paragraph : article.paragraphs) {
    StyledText line;
    if (paragraph.role != ParagraphRole::kBody) {
      line.add("[" + std::string(name(paragraph.role)) + "] ", Style::kDim);
    }
    console.print(line.add(cut(article.text, paragraph.span)), {2, 2});
    console.print("\n");
  }
}

struct Options {
  std::vector<std::string> paths;
  FormatOption format;
  ArticleOptions article;
  unsigned threads = 0;
};

ExitCode extract(const Options& options, Console& console) {
  if (!check_paths(options.paths, console) || !options.article.fit(options.paths, console))
    return ExitCode::kError;
  const bool table = options.format.resolve(console.output()) == Format::kTable;
  DocumentStream stream(options.paths, options.article.source_options());
  const auto make = [](const RawDocument& document) { return make_article(document, Limits{}); };
  const StreamOutcome outcome = for_each_made<Article>(
      stream, make, options.threads, console, [&](const Original& original, const Article& article) {
        table ? print_article(console, original, article) : console.print(article_json(original, article));
      });
  return outcome.exit_code();
}

}  // namespace

Action declare_extract(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("PATH", options->paths, "Files, folders, or - for standard input")->required();
  options->format.declare(app, {"table", "jsonl"});
  options->article.declare(app);
  app.add_option("--threads", options->threads, "How many documents are read at once; without it one a core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_examples(app,
               {{"onrecord extract page.html", "the headline, fields and paragraphs found in a page"},
                {"onrecord extract --format jsonl pages/ | jq -r .text", "the main text of many pages"}});
  return [options](Console& console) { return extract(*options, console); };
}

}  // namespace onrecord::cli
