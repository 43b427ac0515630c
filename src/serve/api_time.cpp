// /positions: statements in the order of time, with leads; /changes: what the record got
#include "compare/timeline.h"
#include "compare/timeline_json.h"
#include "compare/whats_new.h"
#include "serve/api.h"
#include "serve/pages.h"

namespace onrecord {

Response answer_positions(const Record& record, const Request& request) {
  const auto page = page_of(request);
  if (!page) return error_response(page.error());
  TimelineQuery query;
  query.speaker = request.parameter("speaker"), query.about = request.parameter("about");
  query.story = request.parameter("story");
  auto dates = dates_of(request);
  if (!dates) return error_response(dates.error());
  query.since = std::move(dates->since), query.until = std::move(dates->until);
  query.only_leads = request.parameter("leads") == "only";
  query.limit = page->limit, query.offset = page->offset;
  const auto told = timeline(record, query);
  if (!told) return error_response(told.error());
  RecordedTexts texts(record);
  auto json = timeline_json(*told, texts);
  if (!json) return error_response(json.error());
  Response response;
  response.body = std::move(*json);
  return response;
}

Response answer_changes(const Record& record, const Request& request) {
  const auto page = page_of(request);
  if (!page) return error_response(page.error());
  NewQuery query;
  auto dates = dates_of(request, true);
  if (!dates) return error_response(dates.error());
  query.since = std::move(dates->since);
  query.limit = page->limit;
  if (query.since.empty())
    return error_response(400, "invalid-argument", "since must say from which day on: 2026-03-01");
  const auto found = whats_new(record, query);
  if (!found) return error_response(found.error());
  RecordedTexts texts(record);
  auto json = whats_new_json(*found, texts);
  if (!json) return error_response(json.error());
  Response response;
  response.body = std::move(*json);
  return response;
}

}  // namespace onrecord
