#include "compare/reprints.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "compare/parallel.h"
#include "compare/provenance.h"
#include "compare/reuse_alignment.h"
#include "compare/reuse_classes.h"
#include "compare/reuse_direction.h"
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
      return fmt::format("{} of the {}own words, {}", percent(measures.scattered_of_shorter()),
                         reuse == ReuseClass::kAbridged ? "shorter one's " : "",
                         measures.order >= 0.9F ? "in their order" : "in another order");
    case ReuseClass::kPartialCopy:
    case ReuseClass::kCommonSource:
      return fmt::format("{} words in common passages, {} of the shorter one's own", measures.narrative,
                         percent(measures.narrative_of_shorter()));
    default:
      return fmt::format("{} words in quotation marks", measures.quotation);
  }
}

/// One article as a comparison needs it.
struct Compared {
  Compared(const Coverage& coverage, ArticleNumber number, const ReuseIndex& index)
      : covered(coverage.article(number)), words(story_words(*covered, index)) {}

  const Provenance& provenance() {
    if (!known) known = provenance_of(*covered);
    return *known;
  }

  std::shared_ptr<const CoveredArticle> covered;
  FoldedWords words;
  std::optional<Provenance> known;  ///< asked for few of the articles
};

/// A pair with what the last round asks of it.
struct FoundPair {
  ReusePair pair;
  bool first_is_release = false;
  bool second_is_release = false;
  std::string first_agency;  ///< whose report it is, as it says itself
  std::string second_agency;
  bool direction_is_open = false;  ///< nothing tells it but, maybe, time
};

void find_direction(Compared& first, Compared& second, const ReuseMeasures& measures, FoundPair& found) {
  Reuse& reuse = found.pair.reuse;
  std::string shared;
  for (const SharedPassage& passage : reuse.passages) {
    shared += cut(first.covered->article.text, passage.first);
    shared += '\n';
  }
  const DirectionVerdict verdict =
      direction_of(first.provenance(), second.provenance(), measures, reuse.reuse, shared);
  reuse.direction = verdict.direction;
  if (!verdict.evidence.empty()) reuse.reason += "; " + verdict.evidence;
  found.direction_is_open = verdict.evidence.empty() || verdict.by_time_alone;
  found.first_is_release = first.provenance().is_release;
  found.second_is_release = second.provenance().is_release;
  found.first_agency = first.provenance().agency();
  found.second_agency = second.provenance().agency();
}

bool is_reprint(ReuseClass reuse) {
  return reuse == ReuseClass::kFullReprint || reuse == ReuseClass::kAbridged;
}
bool is_copy(ReuseClass reuse) { return is_reprint(reuse) || reuse == ReuseClass::kPartialCopy; }

FoundPair compare(Compared& first, Compared& second) {
  const std::vector<CommonPassage> passages = common_passages(first.words, second.words);
  const ReuseMeasures measures = measure(first.words, second.words, passages);
  const std::string outlet = outlet_of(first.covered->article);
  const bool same_outlet = !outlet.empty() && outlet == outlet_of(second.covered->article);
  const ReuseVerdict verdict = judge(measures, same_outlet ? Outlets::kSame : Outlets::kDifferent);
  FoundPair found;
  Reuse& reuse = found.pair.reuse;
  reuse.reuse = verdict.reuse;
  reuse.confidence = verdict.confidence;
  reuse.narrative_containment = measures.narrative_of_shorter();
  reuse.quotation_containment = measures.quotation_of_shorter();
  if (reuse.reuse == ReuseClass::kIndependent) return found;
  reuse.reason = describe(measures, reuse.reuse);
  for (const CommonPassage& passage : passages) {
    if (passage.narrative + passage.quotation >= kShortestPassage) {
      reuse.passages.push_back(shared_passage(passage, first.words, second.words));
    }
  }
  if (is_copy(reuse.reuse)) find_direction(first, second, measures, found);
  return found;
}

/// Which sources an article copies.
using Sources = std::map<ArticleNumber, std::set<ArticleNumber>>;

bool share_one(const Sources& sources, const ReusePair& pair) {
  const auto of_first = sources.find(pair.first);
  const auto of_second = sources.find(pair.second);
  if (of_first == sources.end() || of_second == sources.end()) return false;
  return std::ranges::any_of(of_first->second,
                             [&](ArticleNumber source) { return of_second->second.contains(source); });
}

/// Two that each copy passages of one press release have it in common: neither has it from the other.
void find_common_releases(std::vector<FoundPair>& pairs) {
  Sources releases;
  for (const FoundPair& found : pairs) {
    if (!is_copy(found.pair.reuse.reuse)) continue;
    if (found.first_is_release) releases[found.pair.second].insert(found.pair.first);
    if (found.second_is_release) releases[found.pair.first].insert(found.pair.second);
  }
  for (FoundPair& found : pairs) {
    Reuse& reuse = found.pair.reuse;
    if (reuse.reuse != ReuseClass::kPartialCopy || found.first_is_release || found.second_is_release)
      continue;
    if (!share_one(releases, found.pair)) continue;
    reuse.reuse = ReuseClass::kCommonSource;
    reuse.direction = ReuseDirection::kUnknown;
    reuse.reason += "; both copy one press release";
  }
}

/// Two that are reprints of one agency's report have it from there, though neither says so.
void find_common_agencies(std::vector<FoundPair>& pairs) {
  Sources reports;
  for (const FoundPair& found : pairs) {
    if (!is_reprint(found.pair.reuse.reuse)) continue;
    if (!found.first_agency.empty()) reports[found.pair.second].insert(found.pair.first);
    if (!found.second_agency.empty()) reports[found.pair.first].insert(found.pair.second);
  }
  for (FoundPair& found : pairs) {
    Reuse& reuse = found.pair.reuse;
    if (!is_copy(reuse.reuse) || !found.direction_is_open || !share_one(reports, found.pair)) continue;
    reuse.direction = ReuseDirection::kBothFromAgency;
    reuse.reason += "; both reprint one agency's report";
  }
}

/// The pairs of article `second` that hold when the texts are laid side by side.
std::vector<FoundPair> verify(const Coverage& coverage, const ReuseIndex& index, ArticleNumber second,
                              std::span<const ReuseCandidate> candidates) {
  std::vector<FoundPair> pairs;
  if (candidates.empty()) return pairs;
  Compared later(coverage, second, index);
  for (const ReuseCandidate& candidate : candidates) {
    Compared earlier(coverage, candidate.article, index);
    FoundPair found = compare(earlier, later);
    if (found.pair.reuse.reuse == ReuseClass::kIndependent) continue;
    found.pair.first = candidate.article;
    found.pair.second = second;
    pairs.push_back(std::move(found));
  }
  return pairs;
}

}  // namespace

std::vector<ReusePair> find_reuse(const Coverage& coverage, const CompareOptions& options) {
  ReuseIndex index;
  Progress progress(coverage.size(), options.progress);
  const Candidates candidates = find_candidates(coverage, options.threads, index, progress);
  std::vector<std::vector<FoundPair>> found_of(coverage.size());
  for_each_in_parallel(coverage.size(), options.threads, [&](std::size_t i) {
    found_of[i] = verify(coverage, index, static_cast<ArticleNumber>(i), candidates[i]);
    progress.add(1);
  });
  std::vector<FoundPair> found;
  for (auto& of_article : found_of) std::ranges::move(of_article, std::back_inserter(found));
  find_common_releases(found);
  find_common_agencies(found);
  std::vector<ReusePair> pairs;
  pairs.reserve(found.size());
  for (FoundPair& one : found) pairs.push_back(std::move(one.pair));
  std::ranges::sort(pairs, {}, [](const ReusePair& pair) { return std::pair(pair.first, pair.second); });
  return pairs;
}

}  // namespace onrecord
