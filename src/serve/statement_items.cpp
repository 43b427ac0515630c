#include "serve/statement_items.h"

#include "compare/comparison_json.h"
#include "record/store.h"

namespace onrecord {

void write_story(JsonWriter& json, std::string_view member, const Record& record, std::string_view id) {
  json.key(member);
  if (id.empty()) return json.null();
  auto row = record.store().database.prepare("SELECT title FROM story WHERE id = ?");
  json.begin_object();
  json.member("id", id);
  json.member_or_null("title", row.bind(id).step() ? row.string(0) : std::string());
  json.end_object();
}

Result<std::string> statement_item(const Record& record, const StatementRow& row, RecordedTexts& texts) {
  auto written = statement_row_json(row, texts);
  if (!written) return written;
  written->pop_back();  // the closing brace
  JsonWriter more;
  more.begin_object();
  const auto story = Comparison(record).story_of(row.base.article);
  if (!story) return std::unexpected(story.error());
  write_story(more, "story", record, *story);
  more.key("carriers"), more.begin_array();
  auto rows = record.store().database.prepare(
      "SELECT a.id, q.id, a.outlet, v.published FROM witness w JOIN quotation q ON q.key = w.quotation JOIN "
      "version v ON "
      "v.key = q.version JOIN article a ON a.key = v.article JOIN compared k ON k.version = v.key WHERE "
      "w.statement = "
      "(SELECT key FROM quotation WHERE id = ?) ORDER BY k.place, q.content_begin");
  const std::string first = "q" + row.id.substr(1);
  rows.bind(first);
  while (rows.step()) {
    more.begin_object();
    more.member("article", rows.text(0)), more.member("quotation", rows.text(1));
    more.member_or_null("outlet", rows.text(2)), more.member_or_null("published", rows.text(3));
    more.end_object();
  }
  more.end_array();
  more.end_object();
  return *written + "," + more.take().substr(1);
}

}  // namespace onrecord
