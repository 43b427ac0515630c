#include "record/ordered_pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

namespace onrecord {
namespace {

using Numbers = OrderedPipeline<int, int>;

/// 0, 1, ... below `count`.
Numbers::Next numbers_below(int count) {
  return [count, next = 0]() mutable { return next < count ? std::optional(next++) : std::nullopt; };
}

std::uint64_t one_byte(const int&) { return 1; }

/// Lets other threads overtake: the work on every seventh number takes long.
int slow_square(int number) {
  if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
  return number * number;
}

std::vector<int> squares_below(int count) {
  std::vector<int> squares;
  for (int i = 0; i < count; ++i) squares.push_back(i * i);
  return squares;
}

TEST(OrderedPipeline, GivesResultsInTheOrderOfTheSourceWhateverTheWorkers) {
  for (const unsigned workers : {1U, 2U, 5U}) {
    std::vector<int> taken;
    const auto take = [&](int number) { return taken.push_back(number), Flow::kGoOn; };
    Numbers(numbers_below(500), one_byte, slow_square, take, {.workers = workers}).run();
    EXPECT_EQ(taken, squares_below(500)) << workers << " workers";
  }
}

TEST(OrderedPipeline, EndsWhereTheSourceIsEmpty) {
  int taken = 0;
  Numbers(numbers_below(0), one_byte, slow_square, [&](int) { return ++taken, Flow::kGoOn; }, {.workers = 3})
      .run();
  EXPECT_EQ(taken, 0);
}

TEST(OrderedPipeline, HoldsNoMoreBytesThanItMay) {
  std::atomic<std::uint64_t> in_flight = 0;
  std::atomic<std::uint64_t> most = 0;
  // An input counts from the call of `work`, so at most the budget is ever counted.
  const auto work = [&](int number) {
    const std::uint64_t now = in_flight += 10;
    std::uint64_t before = most;
    while (before < now && !most.compare_exchange_weak(before, now)) {
    }
    return slow_square(number);
  };
  const auto take = [&](int) { return in_flight -= 10, Flow::kGoOn; };
  // What `take` has in hand no longer counts for the pipeline: one input more than the budget of five.
  Numbers(numbers_below(300), [](const int&) -> std::uint64_t { return 10; }, work, take,
          {.workers = 4, .bytes_in_flight = 50})
      .run();
  EXPECT_LE(most, 60U);
  EXPECT_EQ(in_flight, 0U);
}

TEST(OrderedPipeline, HoldsNoMoreInputsThanItMay) {
  std::atomic<int> given = 0;
  std::atomic<int> taken = 0;
  std::atomic<int> most = 0;
  const auto next = [&]() -> std::optional<int> {
    most = std::max<int>(most, given - taken);
    return given < 300 ? std::optional<int>(given++) : std::nullopt;
  };
  const auto take = [&](int) { return ++taken, Flow::kGoOn; };
  Numbers(next, one_byte, slow_square, take, {.workers = 2, .items_in_flight = 8}).run();
  // Eight between source and sink, one that waits at the source for room, one in the hand of the sink.
  EXPECT_LE(most, 10);
  EXPECT_EQ(taken, 300);
}

TEST(OrderedPipeline, LetsOneInputThroughThatIsLargerThanTheBudget) {
  int taken = 0;
  Numbers(
      numbers_below(20), [](const int&) -> std::uint64_t { return 1'000; }, slow_square,
      [&](int) { return ++taken, Flow::kGoOn; }, {.workers = 2, .bytes_in_flight = 10})
      .run();
  EXPECT_EQ(taken, 20);
}

TEST(OrderedPipeline, StopsWhenTheSinkSaysSo) {
  std::vector<int> taken;
  const auto take = [&](int number) {
    taken.push_back(number);
    return taken.size() == 10 ? Flow::kStop : Flow::kGoOn;
  };
  Numbers(numbers_below(1'000'000'000), one_byte, slow_square, take, {.workers = 3}).run();
  EXPECT_EQ(taken, squares_below(10));
}

TEST(OrderedPipeline, ThrowsWhatAnyPartThrewAndEndsAllThreads) {
  const auto forever = numbers_below(1'000'000'000);
  const auto going_on = [](int) { return Flow::kGoOn; };
  const auto thrown_by = [&](const Numbers::Next& next, const Numbers::Work& work,
                             const Numbers::Take& take) -> std::string {
    try {
      Numbers(next, one_byte, work, take, {.workers = 3}).run();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "nothing";
  };
  const auto fail_at_nine = [](const char* what) {
    return [what, calls = std::make_shared<std::atomic<int>>(0)](auto&&...) -> int {
      if (++*calls == 9) throw std::runtime_error(what);
      return 0;
    };
  };
  const auto next = [fail = fail_at_nine("source")] { return std::optional(fail()); };
  const auto take = [fail = fail_at_nine("sink")](int) { return fail(), Flow::kGoOn; };
  EXPECT_EQ(thrown_by(next, slow_square, going_on), "source");
  EXPECT_EQ(thrown_by(forever, fail_at_nine("work"), going_on), "work");
  EXPECT_EQ(thrown_by(forever, slow_square, take), "sink");
}

}  // namespace
}  // namespace onrecord
