// The same work on many things, by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace onrecord {

/// Calls `work(i)` once for every i below `size`, from `threads` threads at once, in no order; returns when
/// all is done. What `work(i)` writes must be its own. The first exception is thrown on.
template <class Work>
void for_each_in_parallel(std::size_t size, unsigned threads, const Work& work) {
  threads = static_cast<unsigned>(std::min<std::size_t>(std::max(threads, 1U), size));
  if (threads <= 1) {
    for (std::size_t i = 0; i < size; ++i) work(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < size; i = next++) work(i);
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!error) error = std::current_exception();
      next = size;
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(run);
    run();
  }
  if (error) std::rethrow_exception(error);
}

/// The same for chunks of `[0, size)`: calls `work(begin, end, chunk)`, so that each chunk's results can be
/// kept by its number and put together in order.
template <class Work>
void in_chunks(std::uint32_t size, std::uint32_t chunk_size, unsigned threads, const Work& work) {
  const std::uint32_t chunks = (size + chunk_size - 1) / chunk_size;
  for_each_in_parallel(chunks, threads, [&](std::size_t i) {
    const auto chunk = static_cast<std::uint32_t>(i);
    const std::uint32_t begin = chunk * chunk_size;
    work(begin, std::min(size, begin + chunk_size), chunk);
  });
}

}  // namespace onrecord
