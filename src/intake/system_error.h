// What the operating system said, as an error for the user.
#pragma once

#include <string>

#include "onrecord/error.h"

namespace onrecord {

/// The error for `number` (an errno) about the file or folder `path`: `kNotFound` or `kUnreadable`.
[[nodiscard]] Error error_of_system(int number, const std::string& path);

}  // namespace onrecord
