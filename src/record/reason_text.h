// Reasons without the words that the record holds elsewhere, which makes most of them the same: "cue
// '{cue}'".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onrecord {

/// What stands in a kept reason, and the words it stands for, in the order in which they are put back.
using Placeholders = std::vector<std::pair<std::string_view, std::string>>;

/// The reason to keep. `full_reason` of it is the reason again; only where a reason itself holds a
/// placeholder its braces become parentheses.
[[nodiscard]] std::string short_reason(std::string_view reason, const Placeholders& placeholders);

/// The reason as a reader sees it. The views do the same with `replace`.
[[nodiscard]] std::string full_reason(std::string_view kept, const Placeholders& placeholders);

}  // namespace onrecord
