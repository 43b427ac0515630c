#include "serve/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "record/quotation_json.h"
#include "record/store.h"

namespace onrecord {
namespace {

Result<std::uint64_t> number(const std::string& name, const std::string& text, std::uint64_t usual,
                             std::uint64_t most) {
  if (text.empty()) return usual;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} must be a number up to {}, not \"{}\"", name, most, text));
  }
  return value;
}

/// An ISO date as far as it is known ("2026", "2026-03", "2026-03-01"), with `times` also with a time of day;
/// anything else would be compared as text, and find who knows what.
Result<std::string> date(const Request& request, const std::string& name, bool times = false) {
  constexpr std::string_view kForm = "9999-99-99T99:99:99Z";
  std::string given = request.parameter(name);
  const std::size_t size = given.size();
  const bool whole = size == 0 || size == 4 || size == 7 || size == 10 ||
                     (times && (size == 16 || size == 19 || size == 20));
  const bool fits = whole && std::ranges::equal(given, kForm.substr(0, size), [](char c, char form) {
                      return form == '9' ? c >= '0' && c <= '9' : c == form;
                    });
  if (fits) return given;
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("{} must be a date like 2026-03-01, 2026-03 or 2026, not \"{}\"", name, given));
}

/// Values between commas, each of which `parse` must know.
template <class Value, class Parse>
Result<std::vector<Value>> values_of(const std::string& name, const std::string& text, const Parse& parse) {
  std::vector<Value> values;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, comma - at);
    const auto value = parse(word);
    if (!value) return fail(ErrorCode::kInvalidArgument, fmt::format("{} cannot be \"{}\"", name, word));
    values.push_back(*value);
    at = comma + 1;
  }
  return values;
}

}  // namespace

Result<PageOf> page_of(const Request& request, std::uint32_t usual) {
  const auto limit = number("limit", request.parameter("limit"), usual, kMostRows);
  if (!limit) return std::unexpected(limit.error());
  const auto offset = number("cursor", request.parameter("cursor"), 0, std::uint64_t{1} << 32);
  if (!offset) return std::unexpected(offset.error());
  return PageOf{static_cast<std::uint32_t>(std::max<std::uint64_t>(*limit, 1)), *offset};
}

Result<DatesOf> dates_of(const Request& request, bool times) {
  auto since = date(request, "since", times);
  if (!since) return std::unexpected(since.error());
  auto until = date(request, "until", times);
  if (!until) return std::unexpected(until.error());
  return DatesOf{std::move(*since), std::move(*until)};
}

Result<SearchQuery> search_query_of(const Request& request) {
  const auto page = page_of(request);
  if (!page) return std::unexpected(page.error());
  SearchQuery query;
  query.words = request.parameter("q");
  query.speaker = request.parameter("speaker");
  query.outlet = request.parameter("outlet");
  query.article = request.parameter("article");
  query.story = request.parameter("story");
  auto dates = dates_of(request);
  if (!dates) return std::unexpected(dates.error());
  query.since = std::move(dates->since), query.until = std::move(dates->until);
  auto new_since = date(request, "new_since", true);
  if (!new_since) return std::unexpected(new_since.error());
  query.new_since = std::move(*new_since);
  query.unsure_speakers = request.parameter("unsure") == "speaker";
  query.limit = page->limit;
  query.cursor = request.parameter("cursor");
  auto kinds = values_of<QuotationKind>("kind", request.parameter("kind"), quotation_kind);
  if (!kinds) return std::unexpected(kinds.error());
  query.kinds = std::move(*kinds);
  if (const std::string modes = request.parameter("mode"); modes == "all") {
    query.modes.clear();
  } else if (!modes.empty()) {
    auto known = values_of<QuotationMode>("mode", modes, quotation_mode);
    if (!known) return std::unexpected(known.error());
    query.modes = std::move(*known);
  }
  if (const std::string least = request.parameter("confidence"); !least.empty()) {
    float number = 0;
    const auto [end, error] = std::from_chars(least.data(), least.data() + least.size(), number);
    if (error != std::errc() || end != least.data() + least.size() || !(number >= 0 && number <= 1))
      return fail(ErrorCode::kInvalidArgument, "confidence must be a number from 0 to 1");
    query.least_confidence = number;
  }
  auto speaker_kinds =
      values_of<SpeakerKind>("speaker-kind", request.parameter("speaker-kind"), speaker_kind);
  if (!speaker_kinds) return std::unexpected(speaker_kinds.error());
  query.speaker_kinds = std::move(*speaker_kinds);
  const std::string order = request.parameter("order");
  if (!order.empty() && order != "relevance" && order != "date")
    return fail(ErrorCode::kInvalidArgument, "order must be relevance or date");
  const bool by_relevance = order == "relevance" || (order.empty() && !query.words.empty());
  query.order = query.unsure_speakers ? SearchOrder::kUnsureSpeaker
                : by_relevance        ? SearchOrder::kRelevance
                                      : SearchOrder::kDate;
  return query;
}

namespace {

Result<std::string> open_quotation(const RecordedQuotation& row, RecordedTexts& texts) {
  auto context = texts.json_context_of(row);
  if (!context) return std::unexpected(context.error());
  context->sentences = row.context;
  context->current = row.current;
  std::string json = quotation_json(row.quotation, *context);
  json.pop_back();  // the closing brace
  return json;
}

}  // namespace

Result<std::string> quotation_alone(const RecordedQuotation& row, RecordedTexts& texts) {
  auto json = open_quotation(row, texts);
  if (!json) return json;
  *json += fmt::format(R"(,"statement":"s{}","reports":1,"outlets":1,"independent":1}})", row.id.substr(1));
  return json;
}

Result<std::string> quotation_with_statement(const Record& record, const RecordedQuotation& row,
                                             RecordedTexts& texts) {
  auto found = record.store().database.prepare(
      "SELECT f.id, s.reports, s.outlets, s.independent FROM quotation q JOIN witness w ON w.quotation = "
      "q.key JOIN statement s ON s.first = w.statement JOIN quotation f ON f.key = s.first WHERE q.id = ? "
      "ORDER BY w.statement != q.key, w.confidence DESC, w.statement LIMIT 1");
  if (!found.bind(row.id).step()) return quotation_alone(row, texts);
  auto json = open_quotation(row, texts);
  if (!json) return json;
  *json += fmt::format(R"(,"statement":"s{}","reports":{},"outlets":{},"independent":{}}})",
                       found.text(0).substr(1), found.integer(1), found.integer(2), found.integer(3));
  return json;
}

ListWriter::ListWriter() { json_.begin_object(), json_.key("items"), json_.begin_array(); }

JsonWriter& ListWriter::close_items() {
  json_.end_array();
  return json_;
}

Response ListWriter::finish(std::uint64_t total, bool capped, std::string_view next, std::string_view order) {
  json_.member("total", total), json_.member("total_is_capped", capped);
  json_.member_or_null("next", next), json_.member("order", order);
  json_.end_object();
  Response response;
  response.body = json_.take();
  return response;
}

std::string next_cursor_of(const PageOf& page, std::uint64_t total) {
  return total > page.offset + page.limit ? std::to_string(page.offset + page.limit) : std::string();
}

std::string next_cursor(const PageOf& page, std::size_t rows) {
  return rows > page.limit ? std::to_string(page.offset + page.limit) : std::string();
}

}  // namespace onrecord
