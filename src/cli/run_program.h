// Other programs, found in PATH.
#pragma once

#include <string>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::cli {

/// Runs a program and waits for it; its standard output goes to standard error. Answers its exit status.
/// Fails with `kNotFound` when there is no such program.
[[nodiscard]] Result<int> run_program(const std::vector<std::string>& words);

/// Starts a program and leaves it alone; what it prints is lost. Fails with `kNotFound` when there is no such
/// program.
[[nodiscard]] Result<void> start_program(const std::vector<std::string>& words);

}  // namespace onrecord::cli
