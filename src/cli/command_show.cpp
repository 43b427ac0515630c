// `onrecord show ID` and `onrecord explain ID`: one statement, article or speaker, and why the record says
// so.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/article_json.h"
#include "cli/command.h"
#include "cli/explained_pair.h"
#include "cli/explanation.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "record/recorded_texts.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::string id;
  std::string other;  ///< of `explain`
  RecordOption record;
  FormatOption format;
};

/// How a part of a quotation is marked in its context: by colour, or by brackets where there is none.
struct Mark {
  Style style;
  std::string_view open;
  std::string_view close;
};
constexpr Mark kContentMark{Style::kWords, "[", "]"};
constexpr Mark kSourceMark{Style::kSource, "<", ">"};
constexpr Mark kCueMark{Style::kCue, "/", "/"};

struct MarkedSpan {
  Span span;
  const Mark* mark;
};

std::vector<MarkedSpan> marked_spans(const Quotation& quotation) {
  std::vector<MarkedSpan> marked;
  for (const Span span : quotation.content) marked.push_back({span, &kContentMark});
  for (const Span span : quotation.source) marked.push_back({span, &kSourceMark});
  for (const Span span : quotation.cue) marked.push_back({span, &kCueMark});
  std::ranges::sort(marked, {}, &MarkedSpan::span);
  return marked;
}

/// One paragraph with the parts of the quotation that stand in it. A part inside another one is not marked
/// again.
StyledText marked_paragraph(std::string_view text, Span paragraph, const std::vector<MarkedSpan>& marked,
                            bool colour) {
  StyledText line;
  std::uint32_t at = paragraph.begin;
  for (const auto& [span, mark] : marked) {
    if (span.begin < at || span.end > paragraph.end) continue;
    line.add(cut(text, {at, span.begin}));
    line.add(fmt::format("{}{}{}", colour ? "" : mark->open, cut(text, span), colour ? "" : mark->close),
             mark->style);
    at = span.end;
  }
  return line.add(cut(text, {at, paragraph.end}));
}

void print_context(Console& console, const Quotation& quotation, const Article& article) {
  const std::vector<MarkedSpan> marked = marked_spans(quotation);
  const bool colour = console.output().colour;
  for (const Paragraph& paragraph : article.paragraphs) {
    const bool holds = std::ranges::any_of(
        marked, [&](const MarkedSpan& part) { return paragraph.span.overlaps(part.span); });
    if (holds) console.print(marked_paragraph(article.text, paragraph.span, marked, colour), {4, 4});
  }
  StyledText legend("marked: ", Style::kDim);
  const auto entry = [&](std::string_view meaning, const Mark& mark) {
    legend.add(fmt::format("{}{}{}", colour ? "" : mark.open, meaning, colour ? "" : mark.close), mark.style)
        .add(" ");
  };
  entry("the words", kContentMark), entry("who", kSourceMark), entry("how it is reported", kCueMark);
  console.print(legend, {4, 4});
}

void print_places(Console& console, const RecordedQuotation& row, const QuotationContext& context) {
  for (const Span span : row.quotation.content) {
    const CodePointSpan in_code_points = context.code_points->to_code_points(span);
    console.print(
        StyledText(fmt::format("words at bytes {}–{}, code points {}–{} of the text of {}", span.begin,
                               span.end, in_code_points.begin, in_code_points.end, row.version),
                   Style::kDim),
        {2, 4});
  }
}

void print_reasons(Console& console, const RecordedQuotation& row, std::string_view text) {
  Table table({{"field"}, {"holds"}, {"sure", Align::kRight}, {"because", Align::kLeft, Style::kDim}});
  for (const Explained& explained : explain_fields(row, text)) {
    const bool known = explained.confidence > 0;
    table.add_row({explained.field, explained.value,
                   known ? fmt::format("{:.0f} %", explained.confidence * 100) : "", explained.reason});
  }
  console.print(table.render(console.output()));
  for (const std::string& correction : row.corrections) {
    console.print(StyledText(fmt::format("correction {0} applies; onrecord correct undo {0} takes it back",
                                         correction)),
                  {2, 4});
  }
}

Result<void> show_quotation(const Record& record, const Options& options, Console& console) {
  const Result<RecordedQuotation> row = record.quotation(options.id);
  if (!row) return std::unexpected(row.error());
  RecordedTexts texts(record);
  const Result<QuotationContext> context = texts.context_of(*row);
  if (!context) return std::unexpected(context.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    QuotationContext shown = *context;
    shown.sentences = row->context;
    shown.current = row->current;
    console.print(quotation_json(row->quotation, shown) + "\n");
    return {};
  }
  if (!row->current) {
    console.print(
        StyledText(fmt::format("From an older version of the article; `onrecord search --article {}` has "
                               "the statements of the current one.",
                               row->article),
                   Style::kWarning));
  }
  StatementPrinter(console, StatementPrinter::Grouping::kArticle).print(row->quotation, *context);
  if (!row->url.empty()) console.print(StyledText(row->url, Style::kDim), {2, 2});
  console.print("\nIn the article\n");
  const Result<RecordedArticle> article = record.article(row->version);
  if (!article) return std::unexpected(article.error());
  print_context(console, row->quotation, article->article);
  console.print("\nWhy\n");
  print_reasons(console, *row, context->text);
  console.print("\n");
  print_places(console, *row, *context);
  return {};
}

void print_article(Console& console, const RecordedArticle& recorded) {
  console.print(StyledText(fmt::format("Article {}, version {}{}", recorded.id, recorded.version,
                                       recorded.current ? "" : " (not the current one)"),
                           Style::kStrong));
  for (const Field& field : recorded.article.fields) {
    StyledText line(field.name, Style::kStrong);
    line.add("  ").add(field.value).add("  (" + field.found_in + ")", Style::kDim);
    console.print(line, {2, 4});
  }
  for (const Original& original : recorded.originals) {
    const std::string number = original.record ? fmt::format(" record {}", *original.record) : "";
    console.print(StyledText(fmt::format("read from {}{}, sha256 {}", original.path, number, original.sha256),
                             Style::kDim),
                  {2, 4});
  }
  for (const std::string& version : recorded.versions) {
    if (version != recorded.version)
      console.print(StyledText("other version: " + version, Style::kDim), {2, 4});
  }
}

/// How many statements a search by `option` finds, and that search; likewise for what is thought and for what
/// the reading is not sure of, which a search leaves out unless it is asked for.
Result<void> print_where_they_are(const Record& record, const Options& options, SearchQuery query,
                                  std::string_view option, std::string_view id, Console& console) {
  const std::string where =
      options.record.path == RecordOption{}.path ? "" : " --record " + shell_word(options.record.path);
  query.limit = 1;
  const Result<SearchResult> said = record.search(query);
  if (!said) return std::unexpected(said.error());
  query.modes = {QuotationMode::kThought};
  const Result<SearchResult> thought = record.search(query);
  if (!thought) return std::unexpected(thought.error());
  query.modes.clear(), query.least_confidence = 0;
  const Result<SearchResult> all = record.search(query);
  if (!all) return std::unexpected(all.error());
  const auto print = [&](std::uint64_t total, std::string_view one, std::string_view many,
                         std::string_view mode) {
    StyledText line(counted(total, one, many));
    line.add(fmt::format(": onrecord search {} {}{}{}", option, id, mode, where), Style::kDim);
    console.print(line, {0, 2});
  };
  print(said->total, "statement", "statements", "");
  if (thought->total > 0)
    print(thought->total, "thought, wish or plan", "thoughts, wishes and plans", " --mode thought");
  if (all->total > said->total + thought->total)
    print(all->total, "with what may be none", "with what may be none", " --mode all --confidence 0");
  return {};
}

Result<void> show_article(const Record& record, const Options& options, Console& console) {
  const Result<RecordedArticle> article = record.article(options.id);
  if (!article) return std::unexpected(article.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(article_json(*article));
    return {};
  }
  print_article(console, *article);
  for (const Paragraph& paragraph : article->article.paragraphs) {
    console.print("\n");
    StyledText line;
    if (paragraph.role != ParagraphRole::kBody)
      line.add(fmt::format("[{}] ", name(paragraph.role)), Style::kDim);
    console.print(line.add(cut(article->article.text, paragraph.span)), {2, 2});
  }
  console.print("\n");
  SearchQuery query;
  query.article = article->id;
  return print_where_they_are(record, options, query, "--article", article->id, console);
}

Result<void> show_speaker(const Record& record, const Options& options, Console& console) {
  const Result<SpeakerRow> speaker = record.speaker(options.id);
  if (!speaker) return std::unexpected(speaker.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/speaker/1");
    json.member("id", std::string_view(speaker->id)), json.member("name", std::string_view(speaker->name));
    json.member("kind", name(speaker->kind));
    json.member("quotations", speaker->quotations), json.member("articles", speaker->articles);
    json.end_object();
    console.print(json.take() + "\n");
    return {};
  }
  StyledText line(speaker->name, Style::kStrong);
  line.add(
      fmt::format(" ({})  in {}", name(speaker->kind), counted(speaker->articles, "article", "articles")),
      Style::kDim);
  console.print(line);
  SearchQuery query;
  query.speaker = speaker->id;
  return print_where_they_are(record, options, query, "--speaker", speaker->id, console);
}

ExitCode show(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const char kind = options.id.empty() ? ' ' : static_cast<char>(options.id.front() | 0x20);
  if (!std::string_view("qavp").contains(kind)) {
    return console.fail(
        {ErrorCode::kInvalidArgument,
         fmt::format("\"{}\" is no id: those of statements begin with q, of articles with a, of "
                     "versions with v, of speakers with p",
                     options.id),
         {},
         {},
         {}});
  }
  const Result<void> shown = kind == 'a' || kind == 'v' ? show_article(*record, options, console)
                             : kind == 'p'              ? show_speaker(*record, options, console)
                                                        : show_quotation(*record, options, console);
  return shown ? ExitCode::kFound : console.fail(shown.error());
}

std::string explanation_json(const RecordedQuotation& row, std::string_view text) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/explanation/1");
  json.member("id", std::string_view(row.id));
  json.member("current", row.current);
  json.key("fields"), json.begin_array();
  for (const Explained& explained : explain_fields(row, text)) {
    json.begin_object();
    json.member("field", std::string_view(explained.field));
    json.member("value", std::string_view(explained.value));
    if (explained.confidence > 0) json.member("confidence", rounded(explained.confidence));
    json.member("reason", std::string_view(explained.reason));
    json.member("sentence", std::string_view(sentence(explained)));
    json.end_object();
  }
  json.end_array();
  json.key("corrections"), json.begin_array();
  for (const std::string& id : row.corrections) json.value(std::string_view(id));
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

ExitCode explain_two(const Record& record, const Options& options, Console& console) {
  const auto pair = explain_pair(record, options.id, options.other);
  if (!pair) return console.fail(pair.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/pair/1");
    json.member("first", std::string_view(options.id)),
        json.member("second", std::string_view(options.other));
    json.member("verdict", std::string_view(pair->verdict)),
        json.member("reason", std::string_view(pair->reason));
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(StyledText(pair->verdict, Style::kStrong));
    console.print(StyledText(pair->reason + "."), {2, 2});
  }
  return ExitCode::kFound;
}

ExitCode explain(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  if (!options.other.empty()) return explain_two(*record, options, console);
  const Result<RecordedQuotation> row = record->quotation(options.id);
  if (!row) return console.fail(row.error());
  RecordedTexts texts(*record);
  const Result<QuotationContext> context = texts.context_of(*row);
  if (!context) return console.fail(context.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(explanation_json(*row, context->text));
    return ExitCode::kFound;
  }
  console.print(words_text(row->quotation, context->text));
  console.print("\n");
  print_reasons(console, *row, context->text);
  console.print(StyledText(fmt::format("read by {}", row->reading), Style::kDim), {2, 2});
  return ExitCode::kFound;
}

std::shared_ptr<Options> declare(CLI::App& app, const char* what) {
  auto options = std::make_shared<Options>();
  app.add_option("ID", options->id, what)->required();
  options->record.declare(app);
  options->format.declare(app, {"table", "jsonl"});
  return options;
}

}  // namespace

Action declare_show(CLI::App& app) {
  auto options = declare(
      app,
      "Of a statement (q...), article (a...), version (v...) or speaker (p...); its beginning is enough");
  add_examples(app,
               {{"onrecord show q7k2m", "a statement in its paragraph, its parts marked, and why each field"},
                {"onrecord show a1b2c", "an article: fields, paragraphs, versions"}});
  return [options](Console& console) { return show(*options, console); };
}

Action declare_explain(CLI::App& app) {
  auto options = declare(app, "Of a statement (q...); its beginning is enough");
  app.add_option(
      "OTHER", options->other,
      "Why this one is the same statement; of two articles (a...): the same report or story; or why not");
  add_examples(app, {{"onrecord explain q7k2m", "for each field what it holds, how sure, and why"},
                     {"onrecord explain q7k2m q9d3x", "why two quotations are one statement"},
                     {"onrecord explain a1b2c a4d5e", "why two articles are one report, or one story"}});
  return [options](Console& console) { return explain(*options, console); };
}

}  // namespace onrecord::cli
