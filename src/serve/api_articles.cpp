// /articles, /articles/ID, /articles/ID/diff, /speakers, /speakers/ID
#include <fmt/format.h>

#include <algorithm>

#include "compare/column_comparison.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"
#include "record/column_lists.h"
#include "record/quotation_json.h"
#include "record/store.h"
#include "serve/api.h"
#include "serve/pages.h"
#include "serve/statement_items.h"
#include "serve/text_difference.h"

namespace onrecord {
namespace {

/// The page shows some; `/statements?speaker=ID` lists all.
constexpr std::uint32_t kStatementsOfSpeaker = 20;

void write_points(JsonWriter& json, std::string_view member, const CodePointIndex& points, Span span) {
  const CodePointSpan at = points.to_code_points(span);
  json.key(member), json.begin_array(), json.value(at.begin), json.value(at.end), json.end_array();
}

void write_article_row(JsonWriter& json, const ArticleRow& row) {
  json.begin_object();
  json.member("article", std::string_view(row.id)), json.member("version", std::string_view(row.version));
  json.member_or_null("outlet", row.outlet), json.member_or_null("title", row.title);
  json.member_or_null("published", row.published), json.member_or_null("url", row.url);
  json.member("quotations", row.quotations), json.member("versions", row.versions);
  json.end_object();
}

Response list_articles(const ServedRecord& served, const Request& request) {
  const auto page = page_of(request, 100);
  if (!page) return error_response(page.error());
  ArticleFilter filter;
  filter.outlet = request.parameter("outlet");
  filter.title_words = request.parameter("q");
  const auto columns = served.columns();
  if (!columns) return error_response(columns.error());
  const auto found = articles_page(served.record(), **columns, filter, page->limit, page->offset);
  if (!found) return error_response(found.error());
  ListWriter list;
  for (const ArticleRow& row : found->rows) {
    JsonWriter json;
    write_article_row(json, row);
    list.add(json.take());
  }
  list.close_items();
  return list.finish(found->total, false, next_cursor_of(*page, found->total), "published");
}

void write_versions(JsonWriter& json, const Record& record, const RecordedArticle& article) {
  json.key("versions"), json.begin_array();
  for (const std::string& id : article.versions) {
    auto row = record.store().database.prepare(
        "SELECT v.published, v.modified, b.committed_at, v.current FROM version v JOIN batch b ON b.key = "
        "v.batch WHERE "
        "v.id = ?");
    if (!row.bind(id).step()) continue;
    json.begin_object();
    json.member("id", std::string_view(id));
    json.member_or_null("published", row.text(0)), json.member_or_null("modified", row.text(1));
    json.member("added_at", row.text(2)), json.member("current", row.integer(3) != 0);
    json.end_object();
  }
  json.end_array();
}

Result<void> write_quotations(JsonWriter& json, const Record& record, const RecordedArticle& article) {
  const auto rows = record.quotations_of(article.version);
  if (!rows) return std::unexpected(rows.error());
  RecordedTexts texts(record);
  json.key("quotations"), json.begin_array();
  for (const RecordedQuotation& row : *rows) {
    if (row.rejected || !row.merged_into.empty()) continue;
    const auto item = quotation_with_statement(record, row, texts);
    if (!item) return std::unexpected(item.error());
    json.raw(*item);
  }
  json.end_array();
  return {};
}

/// What it shares with other articles; the passages of the closest ones.
Result<void> write_shared(JsonWriter& json, const Record& record, const RecordedArticle& article,
                          const CodePointIndex& points) {
  constexpr std::size_t kWithPassages = 6;
  json.key("shared"), json.begin_array();
  const Comparison comparison(record);
  const auto all = article.current ? comparison.reuse_of(article.id) : Result<std::vector<ToldReuse>>{};
  if (!all) return std::unexpected(all.error());
  for (std::size_t i = 0; i < all->size(); ++i) {
    const ToldReuse& told = (*all)[i];
    json.begin_object();
    json.key("other"), write_article_row(json, told.other);
    json.member("class", name(told.reuse.reuse));
    // As the page reads it: a is this article, b the other one.
    const bool turned = !told.asked_is_first;
    const ReuseDirection direction = told.reuse.direction;
    json.member("direction",
                name(!turned                                         ? direction
                     : direction == ReuseDirection::kFirstFromSecond ? ReuseDirection::kSecondFromFirst
                     : direction == ReuseDirection::kSecondFromFirst ? ReuseDirection::kFirstFromSecond
                                                                     : direction));
    json.member("narrative_containment", rounded(told.reuse.narrative_containment));
    json.member("quotation_containment", rounded(told.reuse.quotation_containment));
    json.member("confidence", rounded(told.reuse.confidence)), json.member("decided", told.decided);
    json.member_or_null("reason", told.reuse.reason);
    json.key("passages"), json.begin_array();
    if (i < kWithPassages) {
      const auto reuse =
          comparison.reuse_between(turned ? told.other.id : article.id, turned ? article.id : told.other.id);
      const auto other = record.article(told.other.id);
      if (!reuse || !other) return std::unexpected(reuse ? other.error() : reuse.error());
      const CodePointIndex there(other->article.text);
      for (const SharedPassage& passage : reuse->passages) {
        json.begin_object();
        write_points(json, "here", points, turned ? passage.second : passage.first);
        write_points(json, "there", there, turned ? passage.first : passage.second);
        json.end_object();
      }
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return {};
}

Response one_article(const Record& record, std::string_view id) {
  const auto article = record.article(id);
  if (!article) return error_response(article.error());
  const std::string& text = article->article.text;
  const CodePointIndex points(text);
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/article/1");
  json.member("id", std::string_view(article->id)),
      json.member("version", std::string_view(article->version));
  json.member("current", article->current), json.member("text", std::string_view(text));
  json.member("text_sha256", std::string_view(article->text_sha256));
  json.member("reading", std::string_view(article->reading));
  json.key("paragraphs"), json.begin_array();
  for (const Paragraph& paragraph : article->article.paragraphs) {
    json.begin_object();
    json.member("role", name(paragraph.role)), write_points(json, "code_points", points, paragraph.span);
    json.end_object();
  }
  json.end_array();
  json.key("fields"), json.begin_array();
  for (const Field& field : article->article.fields) {
    json.begin_object();
    json.member("name", std::string_view(field.name)), json.member("value", std::string_view(field.value));
    json.member("found_in", std::string_view(field.found_in));
    json.end_object();
  }
  json.end_array();
  json.key("originals"), json.begin_array();
  for (const Original& original : article->originals) {
    json.begin_object();
    json.member("path", std::string_view(original.path));
    if (original.record) json.member("record", *original.record);
    json.end_object();
  }
  json.end_array();
  write_versions(json, record, *article);
  if (const auto written = write_quotations(json, record, *article); !written)
    return error_response(written.error());
  const auto story = Comparison(record).story_of(article->id);
  if (!story) return error_response(story.error());
  write_story(json, "story", record, *story);
  if (const auto written = write_shared(json, record, *article, points); !written)
    return error_response(written.error());
  json.end_object();
  Response response;
  response.body = json.take();
  return response;
}

Response difference(const Record& record, const Request& request, std::string_view id) {
  const auto from = record.article(request.parameter("from"));
  if (!from) return error_response(from.error());
  const auto to = record.article(request.parameter("to"));
  if (!to) return error_response(to.error());
  if (from->id != to->id || !from->id.starts_with(id)) {
    return error_response(400, "invalid-argument", "from and to must be versions of this article",
                          "The article's answer lists its versions.");
  }
  JsonWriter json;
  json.begin_object();
  json.key("runs"), json.begin_array();
  for (const DifferenceRun& run : text_difference(from->article.text, to->article.text)) {
    json.begin_object();
    json.member("kind", run.kind == DifferenceKind::kSame      ? "same"
                        : run.kind == DifferenceKind::kRemoved ? "removed"
                                                               : "added");
    json.member("text", std::string_view(run.text));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  Response response;
  response.body = json.take();
  return response;
}

void write_speaker(JsonWriter& json, const SpeakerRow& row) {
  json.member("schema", "onrecord/speaker/1");
  json.member("id", std::string_view(row.id)), json.member("name", std::string_view(row.name));
  json.member("kind", name(row.kind)), json.member("quotations", row.quotations);
  json.member("articles", row.articles), json.member("names", row.names);
  json.member_or_null("first", row.first), json.member_or_null("last", row.last);
  json.member_or_null("identifier", row.identifier);
}

Response list_speakers(const ServedRecord& served, const Request& request) {
  const auto page = page_of(request, 100);
  if (!page) return error_response(page.error());
  const auto columns = served.columns();
  if (!columns) return error_response(columns.error());
  const auto found =
      speakers_page(served.record(), **columns, request.parameter("q"), page->limit, page->offset);
  if (!found) return error_response(found.error());
  ListWriter list;
  for (const SpeakerRow& row : found->rows) {
    JsonWriter json;
    json.begin_object(), write_speaker(json, row), json.end_object();
    list.add(json.take());
  }
  list.close_items();
  return list.finish(found->total, false, next_cursor_of(*page, found->total), "quotations");
}

Result<void> write_newest_statements(JsonWriter& json, const Record& record, const SearchColumns& columns,
                                     const std::string& speaker) {
  StatementQuery query;
  query.speaker = speaker, query.order = StatementOrder::kDate, query.limit = kStatementsOfSpeaker;
  const auto found = statements_page(record, columns, query);
  if (!found) return std::unexpected(found.error());
  RecordedTexts texts(record);
  json.key("statements"), json.begin_array();
  for (const StatementRow& row : found->rows) {
    const auto item = statement_item(record, row, texts);
    if (!item) return std::unexpected(item.error());
    json.raw(*item);
  }
  json.end_array();
  json.member("statement_count", found->total);
  return {};
}

Response one_speaker(const ServedRecord& served, std::string_view id) {
  const Record& record = served.record();
  const auto kept = served.columns();
  if (!kept) return error_response(kept.error());
  const SearchColumns& columns = **kept;
  const auto person = locate_person(record, columns, id);
  if (!person) return error_response(person.error());
  const auto speaker = speaker_row(record, columns, *person);
  if (!speaker) return error_response(speaker.error());
  const auto aliases = aliases_of(record, columns, *person);
  if (!aliases) return error_response(aliases.error());
  JsonWriter json;
  json.begin_object();
  write_speaker(json, *speaker);
  json.key("aliases"), json.begin_array();
  for (const SpeakerAlias& alias : *aliases) {
    json.begin_object();
    json.member("id", std::string_view(alias.id)), json.member("name", std::string_view(alias.name));
    json.member_or_null("printed", alias.printed), json.member("quotations", alias.quotations);
    json.member_or_null("first", alias.first), json.member_or_null("last", alias.last);
    json.member_or_null("joined_by", alias.joined_by), json.member_or_null("reason", alias.reason);
    json.end_object();
  }
  json.end_array();
  json.member("alias_counts_are_estimates", speaker->quotations > kMostRead);
  json.key("outlets"), json.begin_array();
  for (const auto& [outlet, quotations] : outlets_of(columns, *person)) {
    json.begin_object();
    json.member("name", std::string_view(outlet)), json.member("quotations", quotations);
    json.end_object();
  }
  json.end_array();
  if (const auto written = write_newest_statements(json, record, columns, speaker->id); !written)
    return error_response(written.error());
  json.end_object();
  Response response;
  response.body = json.take();
  return response;
}

}  // namespace

Response answer_articles(const ServedRecord& served, const Request& request, std::string_view rest) {
  if (rest.empty()) return list_articles(served, request);
  const Record& record = served.record();
  constexpr std::string_view kDiff = "/diff";
  if (rest.ends_with(kDiff)) return difference(record, request, rest.substr(0, rest.size() - kDiff.size()));
  const std::string version = request.parameter("version");
  return one_article(record, version.empty() ? rest : std::string_view(version));
}

Response answer_speakers(const ServedRecord& served, const Request& request, std::string_view rest) {
  return rest.empty() ? list_speakers(served, request) : one_speaker(served, rest);
}

}  // namespace onrecord
