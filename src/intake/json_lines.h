// Records of JSON: the members OnRecord knows, and all others kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// One record: fields and a body.
struct JsonRecord {
  enum class Body { kNone, kText, kHtml };

  /// url, outlet, title, published, author (one field each), and modified, canonical_url, language, section,
  /// retrieved where they are strings; then every other member as `extra.KEY`: strings as they are, other
  /// values as compact JSON. Null and empty strings are left out. `found_in` is "json:KEY" in a record.
  std::vector<Field> fields;
  Body body_kind = Body::kNone;
  std::string body;
  std::uint64_t replaced = 0;  ///< bytes, zeros and lone surrogates that became U+FFFD
};

/// Reads one JSON object. `origin` is "json" for a record, or what `found_in` is to say instead: "sidecar".
///
/// `kMalformed`: no JSON, no object, a known member of the wrong type or there twice, both html and text.
/// `kTooDeep` beyond `Limits::json_depth`; `kBadEncoding` when more than one byte in a hundred is not UTF-8.
/// Costs O(bytes). Thread-safe.
[[nodiscard]] Result<JsonRecord> parse_json_record(std::string_view json, std::string_view origin,
                                                   const Limits& limits);

}  // namespace onrecord
