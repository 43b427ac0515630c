// Which of some things belong together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace onrecord {

/// Numbers from 0 that are joined into families; the smallest of a family is its head. Near O(1) a question.
class Families {
 public:
  explicit Families(std::size_t size) : head_(size) { std::iota(head_.begin(), head_.end(), std::size_t{0}); }

  [[nodiscard]] std::size_t head(std::size_t one) {
    while (head_[one] != one) one = head_[one] = head_[head_[one]];
    return one;
  }
  void join(std::size_t a, std::size_t b) {
    a = head(a), b = head(b);
    head_[std::max(a, b)] = std::min(a, b);
  }
  [[nodiscard]] std::size_t count() {
    std::size_t heads = 0;
    for (std::size_t i = 0; i < head_.size(); ++i) heads += head(i) == i ? 1U : 0U;
    return heads;
  }

 private:
  std::vector<std::size_t> head_;
};

}  // namespace onrecord
