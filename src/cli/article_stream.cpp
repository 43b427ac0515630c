#include "cli/article_stream.h"

#include <algorithm>
#include <thread>

namespace onrecord::cli {

unsigned worker_count(unsigned asked) {
  return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace onrecord::cli
