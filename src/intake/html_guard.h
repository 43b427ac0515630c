// Keeps from libxml2's HTML parser what costs it more than linear time.
#pragma once

#include <string>
#include <string_view>

#include "onrecord/error.h"

namespace onrecord {

/// The page with NUL bytes replaced by spaces (libxml2 stops at them), or `kTooLarge` when one element has
/// more than 256 attributes: libxml2 2.9 compares each attribute of an element with all before it. Costs
/// O(bytes).
[[nodiscard]] Result<std::string> without_parser_traps(std::string_view html);

}  // namespace onrecord
