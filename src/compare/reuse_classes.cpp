#include "compare/reuse_classes.h"

#include <algorithm>
#include <map>

namespace onrecord {
namespace {

float share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0F : std::min(1.0F, static_cast<float>(part) / static_cast<float>(whole));
}

/// Own words of the passages that can be read one after the other in both texts: the heaviest rising
/// sequence. O(n log n).
std::uint32_t words_in_order(std::span<const CommonPassage> passages) {
  std::map<std::uint32_t, std::uint32_t>
      best;  // by where a sequence ends in the second text, rising both ways
  std::uint32_t most = 0;
  for (const CommonPassage& passage : passages) {
    const std::uint32_t at = passage.runs.front().second;
    const auto after = best.upper_bound(at);
    const std::uint32_t words = passage.narrative + (after == best.begin() ? 0 : std::prev(after)->second);
    auto worse = after;
    while (worse != best.end() && worse->second <= words) worse = best.erase(worse);
    best[at] = std::max(best[at], words);
    most = std::max(most, words);
  }
  return most;
}

}  // namespace

WordCounts count_words(std::span<const FoldedWord> words) {
  WordCounts counts;
  for (const FoldedWord& word : words) {
    counts.narrative += word.kind == WordKind::kNarrative ? 1U : 0U;
    counts.quotation += word.kind == WordKind::kQuoted ? 1U : 0U;
  }
  return counts;
}

float ReuseMeasures::narrative_of_shorter() const {
  return share(narrative, std::min(first.narrative, second.narrative));
}
float ReuseMeasures::narrative_of_longer() const {
  return share(narrative, std::max(first.narrative, second.narrative));
}
float ReuseMeasures::quotation_of_shorter() const {
  return share(quotation, std::min(first.quotation, second.quotation));
}

ReuseMeasures measure(std::span<const FoldedWord> first, std::span<const FoldedWord> second,
                      std::span<const CommonPassage> passages) {
  ReuseMeasures measures{.first = count_words(first), .second = count_words(second)};
  std::vector<CommonPassage> copied;
  for (const CommonPassage& passage : passages) {
    if (passage.narrative >= kShortestPassage) {
      measures.narrative += passage.narrative;
      copied.push_back(passage);
    }
    if (passage.narrative + passage.quotation >= kShortestPassage) measures.quotation += passage.quotation;
    measures.longest_narrative = std::max(measures.longest_narrative, passage.narrative);
    measures.longest_quotation = std::max(measures.longest_quotation, passage.quotation);
  }
  measures.order = share(words_in_order(copied), measures.narrative);
  return measures;
}

ReuseVerdict judge(const ReuseMeasures& measures) {
  const float of_shorter = measures.narrative_of_shorter();
  const float of_longer = measures.narrative_of_longer();
  if (measures.narrative >= 20 && of_shorter >= 0.6F) {
    return {of_longer >= 0.6F ? ReuseClass::kFullReprint : ReuseClass::kAbridged, 0.9F};
  }
  if (measures.narrative >= 20 && of_shorter >= 0.1F) return {ReuseClass::kPartialCopy, 0.8F};
  if (measures.longest_quotation >= kShortestPassage) return {ReuseClass::kQuotesOnly, 0.9F};
  return {ReuseClass::kIndependent, 0.9F};
}

}  // namespace onrecord
