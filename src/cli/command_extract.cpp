// `onrecord extract PATH...`: what intake sees in documents, one JSON object a line.
#include <memory>
#include <string>
#include <vector>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/options.h"
#include "record/quotation_json.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kArticleSchema = "onrecord/article/1";

void write_offsets(JsonWriter& json, const CodePointIndex& code_points, Span span) {
  const CodePointSpan in_code_points = code_points.to_code_points(span);
  json.key("bytes"), json.begin_array(), json.value(span.begin), json.value(span.end), json.end_array();
  json.key("code_points"), json.begin_array();
  json.value(in_code_points.begin), json.value(in_code_points.end), json.end_array();
}

std::string article_json(const Original& original, const Article& article) {
  const CodePointIndex code_points(article.text);
  JsonWriter json;
  json.begin_object();
  json.member("schema", kArticleSchema);
  json.member("path", std::string_view(original.path));
  if (original.record) json.member("record", *original.record);
  json.member("text", std::string_view(article.text));
  json.key("paragraphs"), json.begin_array();
  for (const Paragraph& paragraph : article.paragraphs) {
    json.begin_object();
    json.member("role", name(paragraph.role));
    write_offsets(json, code_points, paragraph.span);
    json.end_object();
  }
  json.end_array();
  json.key("fields"), json.begin_array();
  for (const Field& field : article.fields) {
    json.begin_object();
    json.member("name", std::string_view(field.name));
    json.member("value", std::string_view(field.value));
    json.member("found_in", std::string_view(field.found_in));
    if (field.span) write_offsets(json, code_points, *field.span);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

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
  if (!check_paths(options.paths, console)) return ExitCode::kError;
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
