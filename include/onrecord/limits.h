// What one document may cost. Beyond a limit it is a recorded rejection with its reason, never a crash.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace onrecord {

struct Limits {
  std::uint64_t document_bytes = 32ULL << 20;  ///< one document (a file, or one record of a file), inflated
  std::uint64_t inflation_ratio = 200;         ///< inflated : stored, checked beyond the first MiB
  std::uint64_t text_bytes = 4ULL << 20;       ///< the readable text of one article
  std::uint32_t html_depth = 256;              ///< nesting of HTML elements; a deeper page is rejected
  std::uint32_t html_nodes = 1'000'000;        ///< elements and text nodes of one page
  std::uint32_t json_depth = 64;               ///< nesting of one JSON record
  std::uint32_t folder_depth = 64;             ///< nesting of folders below a path that was named
  std::uint32_t token_bytes = 1'000;  ///< a longer run without white space is cut into tokens of this size
  std::uint32_t quotations = 20'000;  ///< quotations of one article
  std::uint64_t steps_per_byte =
      2'000;  ///< counted work (comparisons in loops that look back) a byte of text
};

/// One row of the table of limits as the documentation and `onrecord doctor` print it.
struct LimitRow {
  std::string_view name;  ///< the member's name
  std::uint64_t value;
  std::string_view unit;
  std::string_view meaning;  ///< what happens beyond it
};

/// Every limit with its value in `limits`, in the order of the members. The views are static.
[[nodiscard]] std::vector<LimitRow> limit_table(const Limits& limits);

}  // namespace onrecord
