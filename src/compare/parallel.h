// Work on the articles of a coverage by several threads, in chunks whose results come in order.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace onrecord {

/// Calls `work(begin, end, chunk)` for chunks of `[0, size)`, from `threads` threads in no order; `done`,
/// when there is one, is told after each chunk how much is done, from one thread at a time no more than once
/// a chunk.
inline void in_chunks(std::uint32_t size, std::uint32_t chunk_size, unsigned threads,
                      const std::function<void(std::uint32_t, std::uint32_t, std::uint32_t)>& work) {
  const std::uint32_t chunks = (size + chunk_size - 1) / chunk_size;
  std::atomic<std::uint32_t> next{0};
  const auto run = [&] {
    for (std::uint32_t chunk = next++; chunk < chunks; chunk = next++) {
      const std::uint32_t begin = chunk * chunk_size;
      work(begin, std::min(size, begin + chunk_size), chunk);
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < std::min<unsigned>(std::max(threads, 1U), chunks); ++i) helpers.emplace_back(run);
  run();
}

}  // namespace onrecord
