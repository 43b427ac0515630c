#include "compare/timeline_json.h"

#include <utility>
#include <vector>

#include "compare/comparison_json.h"
#include "record/quotation_json.h"
#include "text/json_writer.h"

namespace onrecord {
namespace {

void write_words(JsonWriter& json, std::string_view member, const std::vector<std::string>& words) {
  json.key(member), json.begin_array();
  for (const std::string& word : words) json.value(std::string_view(word));
  json.end_array();
}

void write_lead(JsonWriter& json, const TimelineLead& lead) {
  json.begin_object();
  json.member("kind", name(lead.kind)), json.member("what_differs", std::string_view(lead.what_differs));
  json.member("confidence", rounded(lead.confidence));
  write_words(json, "matter", lead.matter);
  json.key("earlier"), json.begin_object();
  json.member("statement", std::string_view(lead.statement));
  json.member("quotation", std::string_view(lead.quotation));
  json.member_or_null("date", lead.date), json.member_or_null("outlet", lead.outlet);
  json.member("words", std::string_view(lead.earlier_words));
  json.member_or_null("differs", lead.earlier_differs);
  json.end_object();
  json.key("later"), json.begin_object();
  json.member("words", std::string_view(lead.later_words));
  json.member_or_null("differs", lead.later_differs);
  json.end_object();
  json.end_object();
}

Result<void> write_row(JsonWriter& json, const TimelineRow& row, RecordedTexts& texts) {
  const auto context = texts.json_context_of(row.base);
  if (!context) return std::unexpected(context.error());
  json.member("statement", std::string_view(row.id));
  json.member_or_null("date", row.date);
  json.key("date_is");
  row.date.empty() ? json.null() : json.value(row.date_is_published ? "published" : "said");
  json.member("witness_count", row.witnesses), json.member("reports", row.reports);
  json.member("outlets", row.outlets), json.member("independent", row.independent);
  json.member_or_null("matter", row.matter), json.member("begins_matter", row.begins_matter);
  if (row.begins_matter) {
    json.member("statements_on_matter", row.on_matter);
    write_words(json, "matter_words", row.matter_words);
  }
  json.key("leads"), json.begin_array();
  for (const TimelineLead& lead : row.leads) write_lead(json, lead);
  json.end_array();
  json.key("base"), json.raw(quotation_json(row.base.quotation, *context));
  return {};
}

std::string new_line(const WhatsNew& found) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/new/1"), json.member("what", "counts");
  json.member("articles", found.articles), json.member("statements", found.statements);
  json.member("witnesses", found.witnesses), json.member("leads", found.leads);
  json.member("copies", found.copies), json.member("stories", found.stories);
  json.member("speakers", found.speakers), json.member("speakers_searched", found.speakers_searched);
  json.end_object();
  return json.take();
}

/// {"schema","what",WHAT: object}.
std::string item(std::string_view what, std::string_view object) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/new/1"), json.member("what", what);
  json.key(what), json.raw(object);
  json.end_object();
  return json.take();
}

Result<std::string> witness_object(const NewWitness& witness, RecordedTexts& texts) {
  const auto context = texts.json_context_of(witness.quotation);
  if (!context) return std::unexpected(context.error());
  JsonWriter json;
  json.begin_object();
  json.member("statement", std::string_view(witness.statement));
  json.key("quotation"), json.raw(quotation_json(witness.quotation.quotation, *context));
  json.end_object();
  return json.take();
}

Result<std::vector<std::string>> items_of(const WhatsNew& found, RecordedTexts& texts) {
  std::vector<std::string> items;
  for (const StatementRow& row : found.new_statements) {
    const auto json = statement_row_json(row, texts);
    if (!json) return std::unexpected(json.error());
    items.push_back(item("statement", *json));
  }
  for (const NewWitness& witness : found.new_witnesses) {
    const auto json = witness_object(witness, texts);
    if (!json) return std::unexpected(json.error());
    items.push_back(item("witness", *json));
  }
  for (const TimelineRow& row : found.new_leads) {
    const auto json = timeline_row_json(row, texts);
    if (!json) return std::unexpected(json.error());
    items.push_back(item("lead", *json));
  }
  for (const CopiedPair& pair : found.new_copies)
    items.push_back(item("copy", reuse_json(pair.first.id, pair.second)));
  for (const StoryRow& story : found.new_stories) items.push_back(item("story", story_json(story)));
  return items;
}

}  // namespace

Result<std::string> timeline_row_json(const TimelineRow& row, RecordedTexts& texts) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/timeline/1");
  if (auto written = write_row(json, row, texts); !written) return std::unexpected(written.error());
  json.end_object();
  return json.take();
}

Result<std::string> timeline_json(const Timeline& timeline, RecordedTexts& texts) {
  JsonWriter json;
  json.begin_object();
  json.member("total", timeline.total), json.member("leads", timeline.leads);
  json.member("capped", timeline.is_capped);
  json.key("rows"), json.begin_array();
  for (const TimelineRow& row : timeline.rows) {
    const auto object = timeline_row_json(row, texts);
    if (!object) return object;
    json.raw(*object);
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Result<std::string> whats_new_lines(const WhatsNew& found, RecordedTexts& texts) {
  const auto items = items_of(found, texts);
  if (!items) return std::unexpected(items.error());
  std::string lines = new_line(found) + "\n";
  for (const std::string& one : *items) lines += one + "\n";
  return lines;
}

Result<std::string> whats_new_json(const WhatsNew& found, RecordedTexts& texts) {
  const auto items = items_of(found, texts);
  if (!items) return std::unexpected(items.error());
  JsonWriter json;
  json.begin_object();
  json.key("counts"), json.raw(new_line(found));
  json.key("items"), json.begin_array();
  for (const std::string& one : *items) json.raw(one);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace onrecord
