#include "compare/reprints.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "compare/parallel.h"
#include "compare/reuse_alignment.h"
#include "compare/reuse_classes.h"
#include "compare/reuse_index.h"
#include "compare/story_words.h"

namespace onrecord {
namespace {

/// Articles that are read before the index is asked: enough for two threads to share, some 20 MB.
constexpr ArticleNumber kBatch = 512;

/// Tells how far two rounds over the articles are.
class Progress {
 public:
  Progress(ArticleNumber size, const std::function<void(ArticleNumber)>& tell) : size_(size), tell_(tell) {}
  void add(std::uint64_t articles) {
    if (!tell_) return;
    const std::scoped_lock lock(mutex_);
    done_ += articles;
    tell_(static_cast<ArticleNumber>(std::min<std::uint64_t>(done_ / 2, size_)));
  }

 private:
  ArticleNumber size_;
  const std::function<void(ArticleNumber)>& tell_;
  std::uint64_t done_ = 0;
  std::mutex mutex_;
};

using Candidates = std::vector<std::vector<ReuseCandidate>>;

Candidates find_candidates(const Coverage& coverage, unsigned threads, ReuseIndex& index,
                           Progress& progress) {
  OutletNumbers outlets;
  Candidates candidates;
  for (ArticleNumber first = 0; first < coverage.size(); first += kBatch) {
    const ArticleNumber size = std::min(kBatch, coverage.size() - first);
    std::vector<ArticleSketch> sketches(size);
    std::vector<std::string> names(size);
    for_each_in_parallel(size, threads, [&](std::size_t i) {
      const auto article = coverage.article(first + static_cast<ArticleNumber>(i));
      sample_shingles(story_words(*article), sketches[i].shingles);
      names[i] = outlet_of(article->article);
    });
    for (ArticleNumber i = 0; i < size; ++i) sketches[i].outlet = outlets.number(names[i]);
    for (auto& found : index.add(sketches, threads)) candidates.push_back(std::move(found));
    progress.add(size);
  }
  return candidates;
}

std::string percent(float part) { return fmt::format("{:.0f} %", static_cast<double>(part) * 100.0); }

std::string describe(const ReuseMeasures& measures, ReuseClass reuse) {
  switch (reuse) {
    case ReuseClass::kFullReprint:
    case ReuseClass::kAbridged:
      return fmt::format("{} of the shorter one's own words, {}", percent(measures.narrative_of_shorter()),
                         measures.order >= 0.9F ? "in their order" : "in another order");
    case ReuseClass::kPartialCopy:
    case ReuseClass::kCommonSource:
      return fmt::format("{} words of its own, {} of the shorter one", measures.narrative,
                         percent(measures.narrative_of_shorter()));
    default:
      return fmt::format("{} words in quotation marks", measures.quotation);
  }
}

Reuse compare(const FoldedWords& first, const FoldedWords& second) {
  const std::vector<CommonPassage> passages = common_passages(first, second);
  const ReuseMeasures measures = measure(first, second, passages);
  const ReuseVerdict verdict = judge(measures);
  Reuse reuse;
  reuse.reuse = verdict.reuse;
  reuse.confidence = verdict.confidence;
  reuse.narrative_containment = measures.narrative_of_shorter();
  reuse.quotation_containment = measures.quotation_of_shorter();
  if (reuse.reuse == ReuseClass::kIndependent) return reuse;
  reuse.reason = describe(measures, reuse.reuse);
  for (const CommonPassage& passage : passages) {
    if (passage.narrative + passage.quotation >= kShortestPassage) {
      reuse.passages.push_back(shared_passage(passage, first, second));
    }
  }
  return reuse;
}

}  // namespace

std::vector<ReusePair> find_reuse(const Coverage& coverage, const CompareOptions& options) {
  ReuseIndex index;
  Progress progress(coverage.size(), options.progress);
  const Candidates candidates = find_candidates(coverage, options.threads, index, progress);
  std::vector<std::vector<ReusePair>> found(coverage.size());
  for_each_in_parallel(coverage.size(), options.threads, [&](std::size_t i) {
    const auto second = static_cast<ArticleNumber>(i);
    if (!candidates[i].empty()) {
      const FoldedWords words = story_words(*coverage.article(second), index);
      for (const ReuseCandidate& candidate : candidates[i]) {
        Reuse reuse = compare(story_words(*coverage.article(candidate.article), index), words);
        if (reuse.reuse == ReuseClass::kIndependent) continue;
        found[i].push_back({candidate.article, second, std::move(reuse)});
      }
    }
    progress.add(1);
  });
  std::vector<ReusePair> pairs;
  for (auto& of_article : found) std::ranges::move(of_article, std::back_inserter(pairs));
  std::ranges::sort(pairs, {}, [](const ReusePair& pair) { return std::pair(pair.first, pair.second); });
  return pairs;
}

}  // namespace onrecord
