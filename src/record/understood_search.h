// What a search asks for, once its words are read: for whoever then looks, in the tables or in columns.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "onrecord/record.h"
#include "record/sqlite.h"

namespace onrecord {

struct UnderstoodSearch {
  SearchQuery query;  ///< with the dates that the question tells
  std::string match;  ///< an expression of the full-text index; empty: every quotation
  bool wants_unnamed = false;
  /// Speakers who were found by how articles describe them, by key.
  std::optional<std::vector<std::int64_t>> described;
};

/// What understanding a question asks of the record.
struct SearchedRecord {
  Database& database;
  std::function<std::string()> newest_published;  ///< the latest date of publication
  std::function<Result<bool>(const UnderstoodSearch&)> has_hits;
};

/// Fails as `parse_search` does, and with what `has_hits` says.
[[nodiscard]] Result<UnderstoodSearch> understand(const SearchedRecord& record, const SearchQuery& asked);

/// The row from which a cursor of a list goes on. `kInvalidArgument` for one that no list gave.
[[nodiscard]] Result<std::uint64_t> offset_of(const std::string& cursor);

}  // namespace onrecord
