// A word of the command line that nobody knows, and the one that was probably meant.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onrecord::cli {

/// The word of `known` that `typed` is most likely a slip of: at most a third of its letters are wrong,
/// missing, too many, or swapped with their neighbour.
[[nodiscard]] std::optional<std::string> nearest(std::string_view typed,
                                                 const std::vector<std::string>& known);

/// What is wrong with `typed`, which `command` (typed as `path`) knows neither as a command nor as an option.
[[nodiscard]] std::string unknown_word(const CLI::App& command, std::string_view path,
                                       const std::string& typed);

}  // namespace onrecord::cli
