// One source, several workers, one sink: work in parallel, results in the order of the source, bounded
// memory.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace onrecord {

/// Whether the sink wants more.
enum class Flow { kGoOn, kStop };

struct PipelineOptions {
  unsigned workers = 1;
  /// Bytes of input that may be between source and sink at once. One input always may, however large.
  std::uint64_t bytes_in_flight = 16ULL << 20;
  /// Inputs that may be: results are larger than their inputs where these are tiny.
  std::size_t items_in_flight = 4096;
};

/// Runs `next` in a thread of its own, `work` in `workers` threads at once, and `take` in the thread that
/// calls `run`, with the results in the order in which `next` gave their inputs.
///
/// An exception in any of the three stops all and is thrown from `run`. `next` must not wait for `take`.
template <class Input, class Output>
class OrderedPipeline {
 public:
  using Next = std::function<std::optional<Input>()>;
  using Size = std::function<std::uint64_t(const Input&)>;  ///< bytes that an input counts
  using Work = std::function<Output(Input)>;
  using Take = std::function<Flow(Output)>;

  OrderedPipeline(Next next, Size size, Work work, Take take, PipelineOptions options)
      : next_(std::move(next)),
        size_(std::move(size)),
        work_(std::move(work)),
        take_(std::move(take)),
        options_(options) {}

  /// Returns when the source has ended or `take` said stop, and every thread has. Call once.
  void run() {
    {
      std::vector<std::jthread> threads;
      threads.emplace_back([this] { guarded([this] { produce(); }); });
      for (unsigned i = 0; i < options_.workers; ++i) {
        threads.emplace_back([this] { guarded([this] { work_off(); }); });
      }
      guarded([this] { consume(); });
      stop();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Slot {
    std::optional<Input> input;
    std::optional<Output> output;
    std::uint64_t bytes = 0;
  };

  template <class Body>
  void guarded(Body body) {
    try {
      body();
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!error_) error_ = std::current_exception();
      stopped_ = true;
    }
    changed_.notify_all();
  }

  void stop() {
    {
      const std::scoped_lock lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  [[nodiscard]] bool has_room(std::uint64_t bytes) const {
    return slots_.empty() ||
           (slots_.size() < options_.items_in_flight && bytes_ + bytes <= options_.bytes_in_flight);
  }

  void produce() {
    while (std::optional<Input> input = next_()) {
      const std::uint64_t bytes = size_(*input);
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || has_room(bytes); });
      if (stopped_) return;
      slots_.push_back({std::move(input), std::nullopt, bytes});
      bytes_ += bytes;
      lock.unlock();
      changed_.notify_all();
    }
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }

  void work_off() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || claimed_ < slots_.size() || ended_; });
      if (stopped_ || claimed_ == slots_.size()) return;
      Slot& slot = slots_[claimed_++];  // stays where it is while slots come and go at the deque's ends
      Input input = std::move(*slot.input);
      slot.input.reset();
      lock.unlock();
      Output output = work_(std::move(input));
      lock.lock();
      slot.output = std::move(output);
      lock.unlock();
      changed_.notify_all();
    }
  }

  void consume() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] {
        return stopped_ || (slots_.empty() && ended_) || (!slots_.empty() && slots_.front().output);
      });
      if (stopped_ || slots_.empty()) return;
      Output output = std::move(*slots_.front().output);
      bytes_ -= slots_.front().bytes;
      slots_.pop_front();
      --claimed_;
      lock.unlock();
      changed_.notify_all();
      if (take_(std::move(output)) == Flow::kStop) return;
    }
  }

  Next next_;
  Size size_;
  Work work_;
  Take take_;
  PipelineOptions options_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Slot> slots_;   // between source and sink, in the source's order
  std::size_t claimed_ = 0;  // how many of them, from the front, have been given to a worker
  std::uint64_t bytes_ = 0;  // of their inputs
  bool ended_ = false;       // the source has no more
  bool stopped_ = false;     // the sink wants no more, or something threw
  std::exception_ptr error_;
};

}  // namespace onrecord
