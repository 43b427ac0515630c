// What stands at the other end of standard output and standard error.
#pragma once

#include <cstddef>

namespace onrecord::cli {

struct Terminal {
  bool interactive = false;  ///< a person looks at it
  bool colour = false;       ///< escape sequences for bold, dim and colour are wanted
  std::size_t width = 80;    ///< columns
};

/// Looks at `descriptor` and at NO_COLOR (https://no-color.org), TERM and COLUMNS.
[[nodiscard]] Terminal terminal_of(int descriptor);

}  // namespace onrecord::cli
