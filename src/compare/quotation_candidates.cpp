#include "compare/quotation_candidates.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace onrecord {
namespace {

/// How many holders of a run are looked at, the last ones first: the same words are printed within days.
constexpr std::uint32_t kMostHolders = 64;

std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29U);
}

/// Calls `each` with a hash of every run.
template <class Each>
void for_each_run(std::span<const SketchWord> words, const Each& each) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::uint64_t pair = mixed((std::uint64_t{words[i].code} << 32U) | words[i + 1].code);
    if (!words[i].small && !words[i + 1].small) each(pair);
    if (i + 2 < words.size()) each(mixed(pair + words[i + 2].code));
  }
}

}  // namespace

QuotationCandidates::QuotationCandidates(const QuotationSketches& sketches) {
  struct Posting {
    std::uint64_t run;
    std::uint32_t holder;
    std::uint32_t number;  // of the run, in `place_of_`
  };
  std::vector<Posting> postings;
  first_run_.reserve(sketches.size() + 1);
  for (std::uint32_t i = 0; i < sketches.size(); ++i) {
    first_run_.push_back(static_cast<std::uint32_t>(postings.size()));
    for_each_run(sketches.words(i), [&](std::uint64_t run) {
      postings.push_back({run, i, static_cast<std::uint32_t>(postings.size())});
    });
  }
  first_run_.push_back(static_cast<std::uint32_t>(postings.size()));
  std::ranges::sort(postings, [](const Posting& a, const Posting& b) {
    return std::pair(a.run, a.number) < std::pair(b.run, b.number);
  });
  holders_.resize(postings.size());
  place_of_.resize(postings.size());
  begins_.resize(postings.size());
  for (std::uint32_t p = 0; p < postings.size(); ++p) {
    holders_[p] = postings[p].holder;
    place_of_[postings[p].number] = p;
    begins_[p] = p == 0 || postings[p].run != postings[p - 1].run;
  }
}

std::vector<std::uint32_t> QuotationCandidates::before(std::uint32_t number) const {
  std::vector<std::pair<std::uint32_t, float>> found;
  for (std::uint32_t r = first_run_[number]; r < first_run_[number + 1]; ++r) {
    std::uint32_t looked_at = 0;
    const std::size_t begin = found.size();
    std::uint32_t p = place_of_[r];
    while (!begins_[p] && looked_at < kMostHolders) {
      --p;
      if (holders_[p] == number || (found.size() > begin && found.back().first == holders_[p])) continue;
      found.emplace_back(holders_[p], 0.0F);
      ++looked_at;
    }
    const float worth = 1.0F / static_cast<float>(looked_at + 1);
    for (std::size_t i = begin; i < found.size(); ++i) found[i].second = worth;
  }
  std::ranges::sort(found);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (kept > 0 && found[kept - 1].first == found[i].first) {
      found[kept - 1].second += found[i].second;
    } else {
      found[kept++] = found[i];
    }
  }
  found.resize(kept);
  if (found.size() > kMostCandidates) {
    std::ranges::nth_element(found, found.begin() + kMostCandidates, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first > b.first;
    });
    found.resize(kMostCandidates);
  }
  std::vector<std::uint32_t> numbers;
  numbers.reserve(found.size());
  for (const auto& [holder, worth] : found) numbers.push_back(holder);
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace onrecord
