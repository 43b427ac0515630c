#include "compare/story_index.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <set>
#include <utility>

namespace onrecord {
namespace {

/// Terms of an article by which stories are looked up, and stories that one term leads to: those that got an
/// article last.
constexpr std::size_t kLookedUp = 40;
constexpr std::size_t kStoriesOfTerm = 64;
constexpr std::size_t kMostCandidates = 32;
/// Articles of a story that a new one is compared with, and the terms that are kept of each.
constexpr std::size_t kRecentArticles = 20;
constexpr std::size_t kRecentTerms = 128;
constexpr std::size_t kNearestArticles = 3;
/// A story that has grown beyond the first number of terms is cut to the second.
constexpr std::size_t kMostTerms = 1200;
constexpr std::size_t kKeptTerms = 800;
/// A name is known to a story when three of ten of its articles have it; it is one of its own when six of ten
/// do.
constexpr float kKnownShare = 0.3F;
constexpr float kOwnShare = 0.6F;
/// A word at the heads of half of the articles is one of the story's head.
constexpr float kHeadShare = 0.5F;
/// What has no name to compare stands between both.
constexpr float kNothingKnown = 0.5F;
/// A story whose last article is farther away is over.
constexpr std::int32_t kMostDays = 60;
constexpr std::size_t kShownTerms = 3;
/// "Mr" and the like tell a reader nothing.
constexpr std::uint32_t kShownBytes = 3;

/// In steps of 1/1024, so that the last bit of a processor's logarithm decides nothing.
float rounded(double value) { return static_cast<float>(std::round(value * 1024.0) / 1024.0); }

/// Calls `both(a, b)` for the elements of two ranges in order of hash that have the same.
template <class A, class B, class Both>
void for_common(const A& first, const B& second, const Both& both) {
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() && b != second.end()) {
    if (a->hash < b->hash) {
      ++a;
    } else if (b->hash < a->hash) {
      ++b;
    } else {
      both(*a++, *b++);
    }
  }
}

/// The heaviest terms first, at most `most`.
template <class Term>
void keep_heaviest(std::vector<Term>& terms, std::size_t most) {
  const std::size_t kept = std::min(most, terms.size());
  std::ranges::partial_sort(terms, terms.begin() + static_cast<std::ptrdiff_t>(kept),
                            [](const Term& a, const Term& b) {
                              return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
                            });
  terms.resize(kept);
}

float length_of(const std::vector<StoryTerm>& terms, bool names_only) {
  double square = 0;
  for (const StoryTerm& term : terms) {
    if (term.is_name || !names_only) square += static_cast<double>(term.weight) * term.weight;
  }
  return square > 0 ? static_cast<float>(std::sqrt(square)) : 1.0F;
}

float share_of(std::uint32_t part, std::uint32_t whole) {
  return static_cast<float>(part) / static_cast<float>(whole);
}

}  // namespace

float StoryIndex::rarity(TermHash term) const {
  const auto found = articles_with_.find(term);
  const double known = found == articles_with_.end() ? 0.0 : found->second;
  const double background = std::max(1.0, static_cast<double>(background_frequency(term)));
  return std::max(0.0F,
                  rounded(std::log((articles_ + kBackgroundArticles + 1.0) / (known + background + 0.5))));
}

StoryIndex::WeighedTerms StoryIndex::weigh(const StoryTerms& article) const {
  WeighedTerms weighed;
  double square = 0;
  for (const StoryTerm& term : article.words) {
    const float weight = term.weight * rarity(term.hash);
    square += static_cast<double>(weight) * weight;
    weighed.push_back({term.hash, weight});
  }
  const float length = square > 0 ? static_cast<float>(std::sqrt(square)) : 1.0F;
  for (WeighedTerm& term : weighed) term.weight /= length;
  return weighed;
}

/// The stories that share the article's heaviest words, those that share most.
std::vector<StoryNumber> StoryIndex::candidates(const WeighedTerms& article) const {
  WeighedTerms top = article;
  keep_heaviest(top, kLookedUp);
  std::unordered_map<StoryNumber, float> shared;
  for (const WeighedTerm& term : top) {
    const auto stories = stories_with_.find(term.hash);
    if (stories == stories_with_.end()) continue;
    for (const StoryNumber story : stories->second) shared[story] += term.weight;
  }
  std::vector<std::pair<float, StoryNumber>> best;
  best.reserve(shared.size());
  for (const auto& [story, weight] : shared) best.emplace_back(-weight, story);
  std::ranges::sort(best);
  std::vector<StoryNumber> stories;
  for (const auto& [weight, story] : best) {
    if (stories.size() == kMostCandidates) break;
    stories.push_back(story);
  }
  return stories;
}

float StoryIndex::words_in_common(const StoryTerms& article, const Story& story) const {
  double own = 0;
  for (const StoryTerm& term : article.words) {
    const double weight = static_cast<double>(term.weight) * rarity(term.hash);
    own += weight * weight;
  }
  double others = 0;
  for (const TermOfStory& term : story.terms) {
    const double weight = static_cast<double>(term.weight) * rarity(term.hash);
    others += weight * weight;
  }
  double both = 0;
  for_common(article.words, story.terms, [&](const StoryTerm& own_term, const TermOfStory& term) {
    const double rare = rarity(term.hash);
    both += own_term.weight * rare * term.weight * rare;
  });
  return both > 0 ? static_cast<float>(both / std::sqrt(own * others)) : 0.0F;
}

float StoryIndex::head_words_known(const StoryTerms& article, const Story& story) const {
  const auto counts = [](const StoryTerm& term) { return term.at_head && !term.is_number; };
  float all = 0;
  for (const StoryTerm& term : article.words) {
    if (counts(term)) all += rarity(term.hash);
  }
  float known = 0;
  for_common(article.words, story.terms, [&](const StoryTerm& own, const TermOfStory& term) {
    if (counts(own))
      known += rarity(own.hash) * std::min(1.0F, share_of(term.at_head, story.articles) / kHeadShare);
  });
  return all > 0 ? known / all : kNothingKnown;
}

float StoryIndex::name_missing_in_story(const StoryTerms& article, const Story& story) const {
  float heaviest = 0;
  float missing = 0;
  for (const StoryTerm& term : article.words) {
    if (!term.is_name) continue;
    const float weight = term.weight * rarity(term.hash);
    heaviest = std::max(heaviest, weight);
    const auto found = std::ranges::lower_bound(story.terms, term.hash, {}, &TermOfStory::hash);
    const bool stands_there = found != story.terms.end() && found->hash == term.hash;
    const float known =
        stands_there ? std::min(1.0F, share_of(found->articles, story.articles) / kKnownShare) : 0.0F;
    missing = std::max(missing, weight * (1 - known));
  }
  return heaviest > 0 ? missing / heaviest : kNothingKnown;
}

float StoryIndex::name_missing_in_article(const StoryTerms& article, const Story& story) const {
  float heaviest = 0;
  float missing = 0;
  for (const TermOfStory& term : story.terms) {
    if (share_of(term.as_name, story.articles) < kOwnShare) continue;
    const float weight = term.name_weight * rarity(term.hash);
    heaviest = std::max(heaviest, weight);
    const auto found = std::ranges::lower_bound(article.words, term.hash, {}, &StoryTerm::hash);
    if (found == article.words.end() || found->hash != term.hash) missing = std::max(missing, weight);
  }
  return heaviest > 0 ? missing / heaviest : kNothingKnown;
}

StoryLikeness StoryIndex::likeness(const StoryTerms& article, const WeighedTerms& weighed,
                                   const Story& story) const {
  StoryLikeness likeness;
  likeness.words = words_in_common(article, story);
  std::vector<float> nearest;
  for (const WeighedTerms& other : story.recent) {
    float both = 0;
    for_common(weighed, other,
               [&](const WeighedTerm& a, const WeighedTerm& b) { both += a.weight * b.weight; });
    nearest.push_back(both);
  }
  std::ranges::sort(nearest, std::greater<>());
  nearest.resize(std::min(kNearestArticles, nearest.size()));
  for (const float one : nearest) likeness.nearest_articles += one / static_cast<float>(nearest.size());
  likeness.head_words = head_words_known(article, story);
  likeness.own_name_missing = name_missing_in_story(article, story);
  likeness.story_name_missing = name_missing_in_article(article, story);
  if (article.day && story.last_day) likeness.days_apart = *article.day - *story.last_day;
  likeness.articles = story.articles;
  return likeness;
}

std::vector<StoryTerm> StoryIndex::shared_terms(const StoryTerms& article, const Story& story) const {
  std::vector<StoryTerm> shared;
  for_common(article.words, story.terms, [&](const StoryTerm& own, const TermOfStory& term) {
    if (own.is_number || own.first.size() < kShownBytes) return;
    shared.push_back(own);
    shared.back().weight = own.weight * rarity(own.hash) * term.weight;
  });
  keep_heaviest(shared, kShownTerms);
  return shared;
}

std::optional<StoryFit> StoryIndex::best(const StoryTerms& article, const StoryEvidences& evidence,
                                         std::optional<StoryNumber> but) const {
  const WeighedTerms weighed = weigh(article);
  std::set<StoryNumber> stories;
  for (const StoryNumber story : candidates(weighed)) stories.insert(story);
  for (const auto& [story, told] : evidence) stories.insert(story);
  std::optional<StoryFit> best;
  for (const StoryNumber number : stories) {
    if (but == number) continue;
    StoryLikeness likeness = this->likeness(article, weighed, stories_[number]);
    if (likeness.days_apart && std::abs(*likeness.days_apart) > kMostDays) continue;
    StoryFit fit;
    fit.story = number;
    fit.days_after = likeness.days_apart;
    if (const auto told = evidence.find(number); told != evidence.end()) fit.evidence = told->second;
    likeness.copied = fit.evidence.copied;
    likeness.same_quotations = fit.evidence.same_quotations;
    fit.score = story_score(likeness);
    if (!best || fit.score > best->score) best = std::move(fit);
  }
  if (best) best->shared = shared_terms(article, stories_[best->story]);
  return best;
}

void StoryIndex::add_terms(Story& story, const StoryTerms& article) const {
  const float length = length_of(article.words, false);
  const float names_length = length_of(article.words, true);
  std::vector<TermOfStory> merged;
  merged.reserve(story.terms.size() + article.words.size());
  auto before = story.terms.begin();
  for (const StoryTerm& term : article.words) {
    while (before != story.terms.end() && before->hash < term.hash) merged.push_back(*before++);
    const bool is_known = before != story.terms.end() && before->hash == term.hash;
    merged.push_back(is_known ? *before++ : TermOfStory{term.hash});
    TermOfStory& sum = merged.back();
    sum.weight += term.weight / length;
    ++sum.articles;
    sum.at_head += term.at_head ? 1U : 0U;
    if (!term.is_name) continue;
    sum.name_weight += term.weight / names_length;
    ++sum.as_name;
  }
  merged.insert(merged.end(), before, story.terms.end());
  story.terms = std::move(merged);
  trim(story);
}

/// Leaves the heaviest terms of a story that has grown long.
void StoryIndex::trim(Story& story) const {
  if (story.terms.size() <= kMostTerms) return;
  std::vector<WeighedTerm> heaviest;
  heaviest.reserve(story.terms.size());
  for (const TermOfStory& term : story.terms)
    heaviest.push_back({term.hash, term.weight * rarity(term.hash)});
  keep_heaviest(heaviest, kKeptTerms);
  std::set<TermHash> kept;
  for (const WeighedTerm& term : heaviest) kept.insert(term.hash);
  std::erase_if(story.terms, [&](const TermOfStory& term) { return !kept.contains(term.hash); });
}

StoryNumber StoryIndex::add(const StoryTerms& article, std::optional<StoryNumber> given) {
  const auto number = given.value_or(static_cast<StoryNumber>(stories_.size()));
  if (!given) stories_.emplace_back();
  Story& story = stories_[number];
  ++story.articles;
  if (article.day) story.last_day = std::max(*article.day, story.last_day.value_or(*article.day));
  WeighedTerms weighed = weigh(article);
  add_terms(story, article);
  keep_heaviest(weighed, kRecentTerms);
  for (std::size_t i = 0; i < std::min(kLookedUp, weighed.size()); ++i) {
    std::vector<StoryNumber>& stories = stories_with_[weighed[i].hash];
    std::erase(stories, number);
    if (stories.size() == kStoriesOfTerm) stories.erase(stories.begin());
    stories.push_back(number);
  }
  std::ranges::sort(weighed, {}, &WeighedTerm::hash);
  if (story.recent.size() == kRecentArticles) story.recent.erase(story.recent.begin());
  story.recent.push_back(std::move(weighed));
  for (const StoryTerm& term : article.words) ++articles_with_[term.hash];
  ++articles_;
  return number;
}

}  // namespace onrecord
