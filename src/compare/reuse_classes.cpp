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
/// Share of the shorter one's own words, scattered ones too, that makes a reprint. (.50 to .90.)
constexpr float kShareOfReprint = 0.72F;
/// So much of it must stand in passages: in a text of thousands of words any three words may be found.
constexpr float kPassagesOfReprint = 0.40F;
/// Share of the longer one's from which on nothing was cut. (.20 to .92.)
constexpr float kShareOfFull = 0.70F;

/// Of verdicts next to a threshold one in four is wrong there, of those a fifth above it hardly any.
constexpr float kSure = 0.95F;
float sure_by(float share, float threshold) {
  return std::min(kSure, 0.75F + (share - threshold) * (kSure - 0.75F) / 0.2F);
}

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
  const float share = measures.narrative_of_shorter();
  if (measures.narrative >= kFewestCopied && share >= kPassagesOfReprint &&
      measures.scattered_of_shorter() >= kShareOfReprint) {
    const float of_longer = measures.scattered_of_longer();
    return {of_longer >= kShareOfFull ? ReuseClass::kFullReprint : ReuseClass::kAbridged,
            sure_by(measures.scattered_of_shorter(), kShareOfReprint)};
  }
  const bool has_long_passage = measures.longest_narrative >= kLongPassage && outlets == Outlets::kDifferent;
  if (measures.narrative >= kFewestCopied && (share >= kShareOfCopy || has_long_passage)) {
    return {ReuseClass::kPartialCopy, has_long_passage ? kSure : sure_by(share, kShareOfCopy)};
  }
  if (measures.longest_quotation >= kShortestPassage) return {ReuseClass::kQuotesOnly, kSure};
  return {ReuseClass::kIndependent, kSure};
}

}  // namespace onrecord
