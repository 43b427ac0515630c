// /record, /quotations, /timeline, /new, /proposals, /export
#include <fmt/format.h>

#include <functional>

#include "compare/comparison.h"
#include "compare/comparison_json.h"
#include "record/column_search.h"
#include "record/quotation_csv.h"
#include "record/quotation_json.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "serve/api.h"
#include "serve/atom.h"
#include "serve/pages.h"

namespace onrecord {
namespace {

std::string one(Database& database, std::string_view sql) {
  auto row = database.prepare(sql);
  return row.step() ? row.string(0) : std::string();
}

void write_tally(JsonWriter& json, std::string_view member, const std::vector<TallyValue>& values,
                 std::size_t most) {
  json.key(member), json.begin_array();
  for (std::size_t i = 0; i < std::min(most, values.size()); ++i) {
    json.begin_object();
    json.member("value", std::string_view(values[i].value)),
        json.member("label", std::string_view(values[i].label));
    json.member("count", values[i].count);
    json.end_object();
  }
  json.end_array();
}

constexpr std::size_t kMostFacetValues = 30;

constexpr std::uint32_t kRowsAtOnce = 500;

/// The page of a search as items of a list.
Result<void> add_items(ListWriter& list, const Record& record, const ColumnSearch& found) {
  Database& database = record.store().database;
  RecordedTexts texts(record);
  for (const std::int64_t key : found.page()) {
    for (const RecordedQuotation& row : texts.quotations({key})) {
      const auto item =
          found.is_alone(key) ? quotation_alone(row, texts) : quotation_with_statement(record, row, texts);
      if (!item) return std::unexpected(item.error());
      list.add(*item);
    }
  }
  return database.outcome();
}

Result<ColumnSearch> find(const ServedRecord& served, const SearchQuery& query) {
  auto columns = served.columns();
  if (!columns) return std::unexpected(columns.error());
  return ColumnSearch::find(served.record(), std::move(*columns), query);
}

/// Rows of CSV.
Result<void> write_csv(const std::string& record_path, const std::vector<std::int64_t>& keys,
                       const std::function<Result<void>(std::string_view)>& write) {
  const auto record = Record::open(record_path);
  if (!record) return std::unexpected(record.error());
  Database& database = record->store().database;
  if (auto begun = write(quotation_csv_header()); !begun) return begun;
  for (std::size_t at = 0; at < keys.size(); at += kRowsAtOnce) {
    const auto end = keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), at + kRowsAtOnce));
    RecordedTexts texts(*record);
    const auto rows = texts.quotations({keys.begin() + static_cast<std::ptrdiff_t>(at), end});
    if (database.failed()) return std::unexpected(database.take_error());
    for (const RecordedQuotation& row : rows) {
      const auto context = texts.context_of(row);
      if (!context) return std::unexpected(context.error());
      if (auto written = write(quotation_csv(row.quotation, *context)); !written) return written;
    }
  }
  return {};
}

/// All hits of a search, up to `kSearchCountLimit`.
Response as_csv(const ServedRecord& served, SearchQuery query) {
  query.limit = kSearchCountLimit, query.cursor.clear();
  const auto found = find(served, query);
  if (!found) return error_response(found.error());
  Response response;
  response.type = "text/csv; charset=utf-8; header=present";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"quotations.csv\"");
  response.stream = [path = served.path(), keys = found->page()](const auto& write) {
    return write_csv(path, keys, write);
  };
  return response;
}

/// The newest hits as entries of a feed.
Response as_feed(const ServedRecord& served, const Request& request, SearchQuery query) {
  query.order = SearchOrder::kDate;
  const auto found = find(served, query);
  if (!found) return error_response(found.error());
  Database& database = served.record().store().database;
  AtomFeed atom(request.path, request.parameter("q"), request.header("host"));
  for (const RecordedQuotation& row : read_quotations(database, found->page())) atom.add(row);
  if (database.failed()) return error_response(database.take_error());
  Response response;
  response.type = "application/atom+xml; charset=utf-8";
  response.body = atom.finish();
  return response;
}

Response list_quotations(const ServedRecord& served, const Request& request) {
  const auto query = search_query_of(request);
  if (!query) return error_response(query.error());
  const std::string format = request.parameter("format");
  if (format == "csv") return as_csv(served, *query);
  if (format == "atom") return as_feed(served, request, *query);
  const auto found = find(served, *query);
  if (!found) return error_response(found.error());
  ListWriter list;
  if (const auto added = add_items(list, served.record(), *found); !added)
    return error_response(added.error());
  JsonWriter& json = list.close_items();
  const bool in_part = found->total_is_capped();
  // The pages after the first have the facets of the first.
  if (query->cursor.empty()) {
    const auto tally = found->tally(served.record(), kMostFacetValues);
    if (!tally) return error_response(tally.error());
    json.key("facets"), json.begin_object();
    write_tally(json, "speaker", tally->speakers, kMostFacetValues);
    write_tally(json, "outlet", tally->outlets, kMostFacetValues);
    write_tally(json, "kind", tally->kinds, kMostFacetValues);
    write_tally(json, "mode", tally->modes, kMostFacetValues);
    write_tally(json, "speaker-kind", tally->speaker_kinds, kMostFacetValues);
    json.end_object();
    json.key("facets_of_first"), in_part ? json.value(kSearchCountLimit) : json.null();
  }
  json.key("ranked_of_newest"), found->is_ranked_in_part() ? json.value(kSearchCountLimit) : json.null();
  return list.finish(found->total(), in_part, found->next(),
                     query->order == SearchOrder::kRelevance       ? "relevance"
                     : query->order == SearchOrder::kUnsureSpeaker ? "unsure"
                                                                   : "date");
}

}  // namespace

Response answer_record(const Record& record, const Request&, bool writable) {
  Database& database = record.store().database;
  const auto counts = record.counts();
  if (!counts) return error_response(counts.error());
  const auto state = Comparison(record).state();
  if (!state) return error_response(state.error());
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/record/1");
  json.member("articles", counts->articles), json.member("versions", counts->versions);
  json.member("quotations", counts->quotations), json.member("speakers", counts->speakers);
  const std::string outlets = one(database, "SELECT count(DISTINCT outlet) FROM article");
  json.key("outlets"), json.raw(outlets.empty() ? "0" : outlets);
  json.member_or_null("first", one(database, "SELECT min(published) FROM version WHERE current = 1"));
  json.member_or_null("last", one(database, "SELECT max(published) FROM version WHERE current = 1"));
  json.member("compared", !state->compared_at.empty());
  json.member_or_null("compared_at", state->compared_at);
  json.member("provisional", state->provisional), json.member("not_compared", state->missing);
  json.member("writable", writable);
  json.member("version", ONRECORD_VERSION);
  json.end_object();
  if (database.failed()) return error_response(database.take_error());
  Response response;
  response.body = json.take();
  return response;
}

Response answer_quotations(const ServedRecord& served, const Request& request, std::string_view rest) {
  if (rest.empty()) return list_quotations(served, request);
  const Record& record = served.record();
  const auto row = record.quotation(rest);
  if (!row) return error_response(row.error());
  RecordedTexts texts(record);
  auto json = quotation_with_statement(record, *row, texts);
  if (!json) return error_response(json.error());
  Response response;
  response.body = std::move(*json);
  return response;
}

Response answer_timeline(const ServedRecord& served, const Request& request) {
  auto query = search_query_of(request);
  if (!query) return error_response(query.error());
  query->cursor.clear();
  query->order = SearchOrder::kDate;  // the newest are counted; how well they fit does not matter
  const auto found = find(served, *query);
  if (!found) return error_response(found.error());
  const auto tally = found->tally(served.record(), 0);
  if (!tally) return error_response(tally.error());
  JsonWriter json;
  json.begin_object();
  json.key("items"), json.begin_array();
  for (const TallyValue& day : tally->days) {
    // A month or a year stands at its first day.
    const std::string full = day.value.size() == 4   ? day.value + "-01-01"
                             : day.value.size() == 7 ? day.value + "-01"
                                                     : day.value;
    json.begin_object();
    json.member("day", std::string_view(full)), json.member("told_as", std::string_view(day.value));
    json.member("count", day.count);
    json.end_object();
  }
  json.end_array();
  json.member("capped", found->total_is_capped());
  json.end_object();
  Response response;
  response.body = json.take();
  return response;
}

Response answer_new(const ServedRecord& served, const Request& request) {
  const auto page = page_of(request, 6);
  if (!page) return error_response(page.error());
  auto dates = dates_of(request, true);
  if (!dates) return error_response(dates.error());
  SearchQuery query;
  query.new_since = std::move(dates->since);
  // What the last batches brought; a batch is what one commit took in.
  if (query.new_since.empty())
    query.new_since =
        one(served.record().store().database, "SELECT max(committed_at) FROM batch").substr(0, 10);
  query.limit = page->limit, query.cursor = request.parameter("cursor");
  query.order = SearchOrder::kDate;
  const auto found = find(served, query);
  if (!found) return error_response(found.error());
  ListWriter list;
  if (const auto added = add_items(list, served.record(), *found); !added)
    return error_response(added.error());
  list.close_items().member_or_null("since", query.new_since);
  return list.finish(found->total(), found->total_is_capped(), found->next(), "date");
}

Response answer_proposals(const Record& record, const Request& request) {
  const auto page = page_of(request);
  if (!page) return error_response(page.error());
  const auto pairs = Comparison(record).all_proposals(page->limit + 1, page->offset);
  if (!pairs) return error_response(pairs.error());
  RecordedTexts texts(record);
  ListWriter list;
  for (std::size_t i = 0; i < std::min<std::size_t>(pairs->size(), page->limit); ++i) {
    const auto item = proposal_json((*pairs)[i], texts);
    if (!item) return error_response(item.error());
    list.add(*item);
  }
  list.close_items();
  const std::string total = one(record.store().database, "SELECT count(*) FROM proposal");
  return list.finish(total.empty() ? 0 : std::stoull(total), false, next_cursor(*page, pairs->size()),
                     "confidence");
}

Response answer_export(const std::string& record_path, const Request& request) {
  const std::string asked = request.parameter("format");
  const ExportFormat format = asked == "csv"             ? ExportFormat::kCsv
                              : asked == "webannotation" ? ExportFormat::kWebAnnotation
                                                         : ExportFormat::kJsonLines;
  if (!asked.empty() && asked != "csv" && asked != "webannotation" && asked != "jsonl") {
    return error_response(400, "invalid-argument", "format must be jsonl, csv or webannotation");
  }
  Response response;
  response.type = format == ExportFormat::kCsv             ? "text/csv; charset=utf-8; header=present"
                  : format == ExportFormat::kWebAnnotation ? "application/ld+json"
                                                           : "application/x-ndjson";
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"statements.{}\"",
                                                                   asked.empty() ? "jsonl" : asked));
  response.stream = [record_path,
                     format](const std::function<Result<void>(std::string_view)>& write) -> Result<void> {
    const auto record = Record::open(record_path);
    if (!record) return std::unexpected(record.error());
    return record->export_to(format, write);
  };
  return response;
}

}  // namespace onrecord
