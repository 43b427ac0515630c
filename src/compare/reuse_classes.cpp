#include "compare/reuse_classes.h"

#include <algorithm>
#include <map>

namespace onrecord {
namespace {

// Thresholds, from the reprint pairs of ECB+ (332, chosen by F1, each topic judged by those chosen on the
// others), then tried on those of PolNeAR (53) and BASIL (78); docs/comparing.md has the figures.

/// Copied words at least: one sentence. (12 to 40 tried.)
constexpr std::uint32_t kFewestCopied = 20;
/// Share of the shorter one's own words from which on passages are copied, not met by chance. (0 to .30.)
constexpr float kShareOfCopy = 0.12F;
/// Own words of one passage that are copied whatever their share: a long article that takes one sentence of
/// another. Formulas reach 23 words in PolNeAR and BASIL; of one outlet's articles more, so there it says
/// nothing.
constexpr std::uint32_t kLongPassage = 25;
/// Words from the begin or end of a text that count as its edge: a date, a name, a photographer's.
constexpr std::uint32_t kEdge = 10;
/// Share of the shorter one's own words, scattered ones too, that makes a reprint. (.50 to .90.)
constexpr float kShareOfReprint = 0.72F;
/// So much of it must stand in passages: in a text of thousands of words any three words may be found.
constexpr float kPassagesOfReprint = 0.40F;
/// Share of the longer one's from which on nothing was cut. (.20 to .92.)
constexpr float kShareOfFull = 0.70F;

// How often a verdict is right, of those on ECB+, PolNeAR and BASIL: partial copies of fewer than 30 words 21
// of 32, of more 116 of 119; full or abridged with less than nine tenths of the words 34 of 45, with more 26
// of 27.
constexpr float kSure = 0.95F;
constexpr std::uint32_t kFewCopied = 30;
constexpr float kSureOfFew = 0.65F;
constexpr float kNearlyAll = 0.90F;
constexpr float kSureOfLess = 0.75F;

float share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0F : std::min(1.0F, static_cast<float>(part) / static_cast<float>(whole));
}

/// Own words of the passages that can be read one after the other in both texts: the heaviest rising
/// sequence. O(n log n).
std::uint32_t words_in_order(std::span<const CommonPassage> passages) {
  // By where a sequence ends in the second text, rising both ways.
  std::map<std::uint32_t, std::uint32_t> best;
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

/// Whether a passage stands at the begin, or at the end, of both texts.
bool is_at_ends(const CommonPassage& passage, std::size_t first_size, std::size_t second_size) {
  const CommonRun from = passage.runs.front();
  const CommonRun to = passage.runs.back();
  return (from.first < kEdge && from.second < kEdge) ||
         (to.first + to.words + kEdge > first_size && to.second + to.words + kEdge > second_size);
}

/// How sure passages are copied; 0 when they are not. What begins or ends two articles of one outlet is
/// mostly its note to readers, even before the index has seen that often enough to learn it.
float sure_of_copy(const ReuseMeasures& measures, Outlets outlets) {
  const bool same = outlets == Outlets::kSame;
  const std::uint32_t copied = measures.narrative - (same ? measures.at_ends : 0U);
  if (copied < kFewestCopied) return 0;
  const bool has_long = !same && measures.longest_narrative >= kLongPassage;
  const float part = share(copied, std::min(measures.first.narrative, measures.second.narrative));
  if (!has_long && part < kShareOfCopy) return 0;
  return copied < kFewCopied ? kSureOfFew : kSure;
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
float ReuseMeasures::scattered_of_shorter() const {
  return share(scattered, std::min(first.narrative, second.narrative));
}
float ReuseMeasures::scattered_of_longer() const {
  return share(scattered, std::max(first.narrative, second.narrative));
}
float ReuseMeasures::quotation_of_shorter() const {
  return share(quotation, std::min(first.quotation, second.quotation));
}

ReuseMeasures measure(std::span<const FoldedWord> first, std::span<const FoldedWord> second,
                      std::span<const CommonPassage> passages) {
  ReuseMeasures measures{.first = count_words(first), .second = count_words(second)};
  std::vector<CommonPassage> copied;
  for (const CommonPassage& passage : passages) {
    measures.scattered += passage.narrative;
    if (passage.narrative >= kShortestPassage) {
      measures.narrative += passage.narrative;
      if (is_at_ends(passage, first.size(), second.size())) measures.at_ends += passage.narrative;
      copied.push_back(passage);
    }
    if (passage.narrative + passage.quotation >= kShortestPassage) measures.quotation += passage.quotation;
    measures.longest_narrative = std::max(measures.longest_narrative, passage.narrative);
    measures.longest_quotation = std::max(measures.longest_quotation, passage.quotation);
  }
  measures.order = share(words_in_order(copied), measures.narrative);
  return measures;
}

ReuseVerdict judge(const ReuseMeasures& measures, Outlets outlets) {
  const float of_shorter = measures.scattered_of_shorter();
  if (measures.narrative >= kFewestCopied && measures.narrative_of_shorter() >= kPassagesOfReprint &&
      of_shorter >= kShareOfReprint) {
    const bool is_full = measures.scattered_of_longer() >= kShareOfFull;
    return {is_full ? ReuseClass::kFullReprint : ReuseClass::kAbridged,
            of_shorter >= kNearlyAll ? kSure : kSureOfLess};
  }
  if (const float sure = sure_of_copy(measures, outlets); sure > 0) return {ReuseClass::kPartialCopy, sure};
  if (measures.longest_quotation >= kShortestPassage) return {ReuseClass::kQuotesOnly, kSure};
  return {ReuseClass::kIndependent, kSure};
}

}  // namespace onrecord
