// Which articles copy which: the pairs of a coverage whose own words stand in each other.
#pragma once

#include <functional>
#include <vector>

#include "compare/coverage.h"
#include "onrecord/compare.h"

namespace onrecord {

/// Two articles that share words, `first` before `second` in the canonical order.
struct ReusePair {
  ArticleNumber first = 0;
  ArticleNumber second = 0;
  Reuse reuse;
};

/// The way of finding reuse; changes whenever its results can.
constexpr std::string_view kReuseMethod = "reuse-1";

struct CompareOptions {
  unsigned threads = 1;
  /// Called with how many articles are done; may be empty.
  std::function<void(ArticleNumber)> progress;
};

/// Every pair of articles that shares words beyond what one outlet repeats, by `first`, then `second`; pairs
/// that are not given are independent.
[[nodiscard]] std::vector<ReusePair> find_reuse(const Coverage& coverage, const CompareOptions& options);

}  // namespace onrecord
