#include "compare/story_clusters.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace onrecord {
namespace {

// Chosen on the halves of two sets with labelled stories by turns (docs/comparing.md, Stories).

/// Likeness that a story of one article asks for, and what it asks more as it grows, by the log of its
/// articles: a large story is like everything.
constexpr float kBar = 0.08F;
constexpr float kBarGrowth = 0.05F;
/// How much is taken off where an article lacks the names that the story's articles begin with ...
constexpr float kCoreLoss = 0.6F;
/// ... and where the story lacks the names that the article begins with.
constexpr float kLeadLoss = 0.1F;
/// A name of half of the story's articles is one of its own.
constexpr float kCoreShare = 0.5F;
/// A name that three of ten of its articles have is known to the story.
constexpr float kKnownShare = 0.3F;
/// News of the day before yesterday is fresh; after that a story fades within weeks.
constexpr int kFreshDays = 2;
constexpr float kFadeDays = 10;
constexpr int kMostDays = 120;
/// Words are counted as if so many articles had come before: the first ones would tell nothing else.
constexpr float kArticlesBefore = 20;
constexpr float kHalf = 0.5F;

/// The rarest words of an article, by which stories are looked up.
constexpr std::size_t kKeys = 40;
constexpr std::size_t kStoriesOfKey = 48;
constexpr std::size_t kMostCandidates = 64;
constexpr std::size_t kMostTerms = 600;
constexpr std::size_t kKeptTerms = 400;
constexpr std::size_t kShownWords = 3;

}  // namespace

float StoryClusters::rarity(std::uint64_t term) const {
  const auto found = articles_with_.find(term);
  const float with = found == articles_with_.end() ? 0 : static_cast<float>(found->second);
  return std::max(0.0F, std::log((static_cast<float>(articles_) + kArticlesBefore) / (with + kHalf)));
}

std::vector<std::uint32_t> StoryClusters::candidates(const StoryArticleView& article) const {
  std::vector<std::pair<float, std::uint64_t>> keys;
  keys.reserve(article.terms.size());
  for (const StoryTerm& term : article.terms) keys.emplace_back(-term.count * rarity(term.id), term.id);
  std::ranges::sort(keys);
  keys.resize(std::min(kKeys, keys.size()));
  std::unordered_map<std::uint32_t, float> weights;
  for (const auto& [weight, id] : keys) {
    const auto stories = with_term_.find(id);
    if (stories == with_term_.end()) continue;
    for (const std::uint32_t story : stories->second) weights[story] += weight;
  }
  std::vector<std::pair<float, std::uint32_t>> best;
  best.reserve(weights.size());
  for (const auto& [story, weight] : weights) best.emplace_back(weight, story);
  std::ranges::sort(best);
  std::vector<std::uint32_t> stories;
  for (const auto& [weight, story] : best) {
    if (stories.size() == kMostCandidates) break;
    stories.push_back(story);
  }
  return stories;
}

/// Cosine of the article's words and the story's, rare ones counting more.
float StoryClusters::likeness(const StoryArticleView& article, const Story& story) const {
  float dot = 0;
  float own = 0;
  for (const StoryTerm& term : article.terms) {
    const float weight = term.count * rarity(term.id);
    own += weight * weight;
    const auto shared = story.terms.find(term.id);
    if (shared != story.terms.end()) dot += weight * shared->second.weight * rarity(term.id);
  }
  float others = 0;
  for (const auto& [id, term] : story.terms) {
    const float weight = term.weight * rarity(id);
    others += weight * weight;
  }
  return own > 0 && others > 0 ? dot / std::sqrt(own * others) : 0;
}

/// Of the names that the story's articles begin with, what share the article has.
float StoryClusters::share_of_core(const StoryArticleView& article, const Story& story) const {
  std::unordered_set<std::uint64_t> names;
  for (const StoryTerm& term : article.terms) {
    if (term.is_name) names.insert(term.id);
  }
  float all = 0;
  float had = 0;
  for (const auto& [id, term] : story.terms) {
    const float share = static_cast<float>(term.as_lead) / static_cast<float>(story.articles);
    if (share < kCoreShare) continue;
    all += share * rarity(id);
    if (names.contains(id)) had += share * rarity(id);
  }
  return all > 0 ? had / all : 1;
}

/// Of the names that the article begins with, what share the story knows.
float StoryClusters::share_of_lead(const StoryArticleView& article, const Story& story) const {
  float all = 0;
  float known = 0;
  for (const StoryTerm& term : article.terms) {
    if (!term.leads) continue;
    all += rarity(term.id);
    const auto found = story.terms.find(term.id);
    if (found == story.terms.end()) continue;
    const float share = static_cast<float>(found->second.as_name) / static_cast<float>(story.articles);
    known += rarity(term.id) * std::min(1.0F, share / kKnownShare);
  }
  return all > 0 ? known / all : 1;
}

std::vector<std::string> StoryClusters::shared_words(const StoryArticleView& article,
                                                     const Story& story) const {
  std::vector<std::pair<float, const StoryTerm*>> shared;
  for (const StoryTerm& term : article.terms) {
    const auto found = story.terms.find(term.id);
    if (found != story.terms.end() && term.word.front() >= 'A')
      shared.emplace_back(-term.count * rarity(term.id) * found->second.weight, &term);
  }
  std::ranges::sort(shared, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->id < b.second->id;
  });
  std::vector<std::string> words;
  for (const auto& [weight, term] : shared) {
    if (words.size() == kShownWords) break;
    words.push_back(term->word);
  }
  return words;
}

std::optional<StoryFit> StoryClusters::best(const StoryArticleView& article,
                                            const std::unordered_map<std::uint32_t, float>& evidence,
                                            std::optional<std::uint32_t> but) const {
  std::vector<std::uint32_t> stories = candidates(article);
  for (const auto& [story, weight] : evidence) stories.push_back(story);
  std::ranges::sort(stories);
  const auto repeated = std::ranges::unique(stories);
  stories.erase(repeated.begin(), repeated.end());
  std::optional<StoryFit> best;
  for (const std::uint32_t number : stories) {
    if (but == number) continue;
    const Story& story = stories_[number];
    StoryFit fit;
    fit.story = number;
    float fit_of_words = likeness(article, story);
    fit_of_words *= (1 - kCoreLoss * (1 - share_of_core(article, story))) *
                    (1 - kLeadLoss * (1 - share_of_lead(article, story)));
    if (article.day && story.last_day) {
      fit.days_after = *article.day - *story.last_day;
      const int apart = std::abs(*fit.days_after);
      if (apart > kMostDays) continue;
      fit_of_words *= std::exp(-static_cast<float>(std::max(0, apart - kFreshDays)) / kFadeDays);
    }
    const auto told = evidence.find(number);
    fit.evidence = told == evidence.end() ? 0 : std::min(1.0F, told->second);
    fit.above =
        fit_of_words + fit.evidence - kBar - kBarGrowth * std::log(static_cast<float>(story.articles));
    if (!best || fit.above > best->above) best = fit;
  }
  if (best) best->words = shared_words(article, stories_[best->story]);
  return best;
}

std::uint32_t StoryClusters::begin() {
  stories_.emplace_back();
  return static_cast<std::uint32_t>(stories_.size() - 1);
}

/// Leaves the heaviest words of a story that has grown long.
void StoryClusters::trim(Story& story) const {
  if (story.terms.size() <= kMostTerms) return;
  std::vector<std::pair<float, std::uint64_t>> weights;
  weights.reserve(story.terms.size());
  for (const auto& [id, term] : story.terms) weights.emplace_back(-term.weight * rarity(id), id);
  std::ranges::sort(weights);
  for (std::size_t i = kKeptTerms; i < weights.size(); ++i) story.terms.erase(weights[i].second);
}

void StoryClusters::add(std::uint32_t number, const StoryArticleView& article) {
  Story& story = stories_[number];
  ++story.articles;
  if (article.day) story.last_day = std::max(*article.day, story.last_day.value_or(*article.day));
  std::vector<std::pair<float, std::uint64_t>> keys;
  float length = 0;
  for (const StoryTerm& term : article.terms) {
    keys.emplace_back(-term.count * rarity(term.id), term.id);
    length += term.count * term.count;
  }
  length = std::sqrt(std::max(length, 1e-6F));
  for (const StoryTerm& term : article.terms) {
    TermOfStory& shared = story.terms[term.id];
    shared.weight += term.count / length;
    shared.as_name += term.is_name ? 1U : 0U;
    shared.as_lead += term.leads ? 1U : 0U;
  }
  std::ranges::sort(keys);
  keys.resize(std::min(kKeys, keys.size()));
  for (const auto& [weight, id] : keys) {
    std::deque<std::uint32_t>& stories = with_term_[id];
    std::erase(stories, number);
    stories.push_back(number);
    if (stories.size() > kStoriesOfKey) stories.pop_front();
  }
  for (const StoryTerm& term : article.terms) ++articles_with_[term.id];
  ++articles_;
  trim(story);
}

}  // namespace onrecord
