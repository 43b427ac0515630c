#include "compare/story_score.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace onrecord {
namespace {

// Weights of a logistic regression (log-odds for one more of each measure) over the decisions of BASIL and
// ECB+, told in four orders of the undated articles (docs/comparing.md, Stories). What each half of the
// topics gives on the other stands in docs/accuracy.md.
constexpr float kBase = 1.0F;
constexpr float kWords = 5.2F;  // of the root: a small overlap tells much already
constexpr float kNearest = 6.1F;
constexpr float kHeadWords = 3.0F;
constexpr float kOwnNameMissing = -1.5F;
constexpr float kStoryNameMissing = -2.7F;
constexpr float kCopied = 2.2F;
constexpr float kSameQuotation = 1.3F;  // each, up to three
constexpr std::uint32_t kMostQuotations = 3;
/// A large story is like everything: the bar rises with the logarithm of its articles.
constexpr float kArticles = -1.3F;
/// Of the logarithm of the days from the second on.
constexpr float kDays = -0.45F;
constexpr std::int32_t kMostDays = 60;
/// An undated article may be of any day.
constexpr float kUndated = -0.9F;

/// In steps of 1/1024, so that the last bit of a processor's logarithm decides nothing.
float rounded(double value) { return static_cast<float>(std::round(value * 1024.0) / 1024.0); }

float score_of_days(const std::optional<std::int32_t>& days) {
  if (!days) return kUndated;
  return kDays * rounded(std::log1p(std::clamp(std::abs(*days) - 1, 0, kMostDays)));
}

}  // namespace

float story_score(const StoryLikeness& likeness) {
  const float quotations = static_cast<float>(std::min(likeness.same_quotations, kMostQuotations));
  return kBase + kWords * std::sqrt(likeness.words) + kNearest * likeness.nearest_articles +
         kHeadWords * likeness.head_words + kOwnNameMissing * likeness.own_name_missing +
         kStoryNameMissing * likeness.story_name_missing + (likeness.copied ? kCopied : 0.0F) +
         kSameQuotation * quotations + kArticles * rounded(std::log(likeness.articles)) +
         score_of_days(likeness.days_apart);
}

}  // namespace onrecord
