// Exports: JSON Lines, CSV and W3C Web Annotations, always in the same order.
#include <string>
#include <utility>

#include "onrecord/record.h"
#include "record/quotation_csv.h"
#include "record/quotation_json.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

/// The code points of a text before and after a quotation that help to find it again in a changed page.
constexpr std::uint32_t kAnnotationContext = 32;

/// One quotation with the text that it stands in.
struct Exported {
  const RecordedQuotation& row;
  std::string_view text;
  const CodePointIndex& code_points;

  [[nodiscard]] QuotationContext context() const { return context_of(row, text, code_points); }
};

std::string csv_line(const Exported& exported) {
  return quotation_csv(exported.row.quotation, exported.context());
}

std::string json_line(const Exported& exported) {
  return quotation_json(exported.row.quotation, exported.context()) + "\n";
}

/// https://www.w3.org/TR/annotation-model/: positions count from 0, in code points of the plain text; the
/// quote selector finds the words again where positions have moved.
void write_selectors(JsonWriter& json, const Exported& exported, Span span) {
  const CodePointSpan in_code_points = exported.code_points.to_code_points(span);
  const std::uint32_t before = exported.code_points.byte_of(
      in_code_points.begin < kAnnotationContext ? 0 : in_code_points.begin - kAnnotationContext);
  const std::uint32_t after = exported.code_points.byte_of(in_code_points.end + kAnnotationContext);
  json.begin_object();
  json.member("type", "TextPositionSelector");
  json.member("start", in_code_points.begin), json.member("end", in_code_points.end);
  json.end_object();
  json.begin_object();
  json.member("type", "TextQuoteSelector");
  json.member("exact", cut(exported.text, span));
  json.member("prefix", cut(exported.text, {before, span.begin}));
  json.member("suffix", cut(exported.text, {span.end, after}));
  json.end_object();
}

std::string annotation(const Exported& exported) {
  const RecordedQuotation& row = exported.row;
  JsonWriter json;
  json.begin_object();
  json.member("id", "urn:onrecord:" + row.id);
  json.member("type", "Annotation");
  json.member("motivation", "identifying");
  json.key("body"), json.begin_object();
  json.member("type", "TextualBody"), json.member("purpose", "identifying");
  json.member("value", row.quotation.speaker.value.empty() ? "unknown speaker" : row.quotation.speaker.value);
  json.end_object();
  // One target a piece of the content.
  json.key("target"), json.begin_array();
  for (const Span span : row.quotation.content) {
    json.begin_object();
    json.member("source", row.url.empty() ? "urn:onrecord:" + row.version : row.url);
    json.key("selector"), json.begin_array();
    write_selectors(json, exported, span);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::vector<std::string> current_versions(Database& database) {
  auto rows = database.prepare(
      "SELECT v.id FROM version v JOIN article a ON a.key = v.article WHERE v.current = 1 ORDER BY a.id");
  std::vector<std::string> ids;
  while (rows.step()) ids.push_back(rows.string(0));
  return ids;
}

std::string text_of(Database& database, const std::string& version) {
  auto row = database.prepare("SELECT text FROM version WHERE id = ?");
  return row.bind(version).step() ? sound_text(row.text(0)) : std::string();
}

std::string head(ExportFormat format) {
  switch (format) {
    case ExportFormat::kCsv:
      return std::string(quotation_csv_header());
    case ExportFormat::kWebAnnotation:
      return "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:onrecord:quotations\","
             "\"type\":\"AnnotationPage\",\"items\":[";
    case ExportFormat::kJsonLines:
      break;
  }
  return {};
}

std::string piece(ExportFormat format, const Exported& exported, bool first) {
  switch (format) {
    case ExportFormat::kCsv:
      return csv_line(exported);
    case ExportFormat::kWebAnnotation:
      return (first ? "\n" : ",\n") + annotation(exported);
    case ExportFormat::kJsonLines:
      break;
  }
  return json_line(exported);
}

}  // namespace

Result<void> Record::export_to(ExportFormat format,
                               const std::function<Result<void>(std::string_view)>& write) const {
  Database& database = store_->database;
  if (auto written = write(head(format)); !written) return written;
  bool first = true;
  for (const std::string& version : current_versions(database)) {
    const std::string text = text_of(database, version);
    const auto rows = quotations_of(version);
    if (!rows) return std::unexpected(rows.error());
    const CodePointIndex code_points(text);
    for (const RecordedQuotation& row : *rows) {
      if (row.rejected || !row.merged_into.empty() || row.quotation.content.empty()) continue;
      if (auto written = write(piece(format, {row, text, code_points}, first)); !written) return written;
      first = false;
    }
  }
  if (format == ExportFormat::kWebAnnotation) {
    if (auto written = write("\n]}\n"); !written) return written;
  }
  return database.outcome();
}

}  // namespace onrecord
