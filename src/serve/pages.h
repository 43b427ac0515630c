// What lists of the API share: limits, cursors, quotations with the statement that they carry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "onrecord/record.h"
#include "record/recorded_texts.h"
#include "serve/http.h"
#include "text/json_writer.h"

namespace onrecord {

/// `limit` and `cursor` of a request: 1 to `kMostRows`.
struct PageOf {
  std::uint32_t limit = 30;
  std::uint64_t offset = 0;
};
constexpr std::uint32_t kMostRows = 500;
[[nodiscard]] Result<PageOf> page_of(const Request& request, std::uint32_t usual = 30);

/// `since` and `until` of a request, ISO dates (with `times` also times); empty when not given.
struct DatesOf {
  std::string since, until;
};
[[nodiscard]] Result<DatesOf> dates_of(const Request& request, bool times = false);

/// What the filters of a request ask for: q, speaker, outlet, article, story, since, until, new_since, kind,
/// mode, speaker-kind, unsure, order, limit, cursor.
[[nodiscard]] Result<SearchQuery> search_query_of(const Request& request);

/// An `onrecord/quotation/1` with `statement`, `reports`, `outlets`, `independent` of the statement that it
/// carries.
[[nodiscard]] Result<std::string> quotation_with_statement(const Record& record, const RecordedQuotation& row,
                                                           RecordedTexts& texts);

/// The same for one whose statement nobody else carries.
[[nodiscard]] Result<std::string> quotation_alone(const RecordedQuotation& row, RecordedTexts& texts);

/// {"items":[...],"total","next","order"} and what `more` adds.
class ListWriter {
 public:
  ListWriter();
  void add(std::string_view item) { json_.raw(item); }
  JsonWriter& close_items();
  [[nodiscard]] Response finish(std::uint64_t total, bool capped, std::string_view next,
                                std::string_view order);

 private:
  JsonWriter json_;
};

/// The cursor after a page of a list that was asked for one row more than it shows, and of one that has
/// `total` rows in all.
[[nodiscard]] std::string next_cursor(const PageOf& page, std::size_t rows);
[[nodiscard]] std::string next_cursor_of(const PageOf& page, std::uint64_t total);

}  // namespace onrecord
