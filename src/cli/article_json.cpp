#include "cli/article_json.h"

#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kArticleSchema = "onrecord/article/1";

void write_offsets(JsonWriter& json, const CodePointIndex& code_points, Span span) {
  const CodePointSpan in_code_points = code_points.to_code_points(span);
  json.key("bytes"), json.begin_array(), json.value(span.begin), json.value(span.end), json.end_array();
  json.key("code_points"), json.begin_array();
  json.value(in_code_points.begin), json.value(in_code_points.end), json.end_array();
}

/// Text, paragraphs and fields as members of the object that is open.
void write_article(JsonWriter& json, const Article& article) {
  const CodePointIndex code_points(article.text);
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
}

void write_original(JsonWriter& json, const Original& original) {
  json.member("path", std::string_view(original.path));
  if (original.record) json.member("record", *original.record);
}

}  // namespace

std::string article_json(const Original& original, const Article& article) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", kArticleSchema);
  write_original(json, original);
  write_article(json, article);
  json.end_object();
  return json.take() + "\n";
}

std::string article_json(const RecordedArticle& recorded) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", kArticleSchema);
  json.member("id", std::string_view(recorded.id));
  json.member("version", std::string_view(recorded.version));
  json.member("current", recorded.current);
  json.member("text_sha256", std::string_view(recorded.text_sha256));
  json.member("reading", std::string_view(recorded.reading));
  json.member("added_at", std::string_view(recorded.added_at));
  json.key("originals"), json.begin_array();
  for (const Original& original : recorded.originals) {
    json.begin_object();
    write_original(json, original);
    json.member("sha256", std::string_view(original.sha256));
    json.end_object();
  }
  json.end_array();
  for (const auto& [key, ids] :
       {std::pair("versions", &recorded.versions), std::pair("quotations", &recorded.quotations)}) {
    json.key(key), json.begin_array();
    for (const std::string& id : *ids) json.value(std::string_view(id));
    json.end_array();
  }
  write_article(json, recorded.article);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace onrecord::cli
