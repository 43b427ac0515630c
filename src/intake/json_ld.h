// The JSON-LD of a page: one script, what it says about the article.
#pragma once

#include <string_view>

#include "intake/html_metadata.h"

namespace onrecord {

/// Adds what one script says about its first article to `metadata`; false when it has none. Text that is no
/// JSON after mending, or that nests deeper than `limits.json_depth`, has none. Costs O(bytes).
bool add_json_ld(std::string_view script, const Limits& limits, PageMetadata& metadata);

/// The text with white space collapsed and HTML character references decoded (JSON-LD often carries them, and
/// some pages encode twice).
[[nodiscard]] std::string plain_value(std::string_view value);

}  // namespace onrecord
