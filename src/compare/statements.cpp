#include "compare/statements.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "compare/link_score.h"
#include "compare/parallel.h"
#include "compare/quotation_candidates.h"
#include "compare/quotation_sketches.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kQuotationsAtOnce = 256;

/// A pair that was found by its words, before the texts are read again.
struct FoundPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  SharedWords shared;
  LinkContext context;
  LinkDecision decision;
};

/// Finds links among the quotations of a coverage.
class LinkFinder {
 public:
  LinkFinder(const Coverage& coverage, std::span<const std::uint32_t> stories, const CompareOptions& options)
      : coverage_(coverage),
        stories_(stories),
        options_(options),
        sketches_(coverage, options),
        candidates_(sketches_) {}

  [[nodiscard]] std::vector<QuotationLink> find() const {
    std::vector<std::vector<FoundPair>> chunks((sketches_.size() + kQuotationsAtOnce - 1) /
                                               kQuotationsAtOnce);
    in_chunks(sketches_.size(), kQuotationsAtOnce, options_.threads,
              [&](std::uint32_t begin, std::uint32_t end, std::uint32_t chunk) {
                for (std::uint32_t i = begin; i < end; ++i) find_before(i, chunks[chunk]);
              });
    std::vector<FoundPair> pairs;
    for (auto& chunk : chunks) pairs.insert(pairs.end(), chunk.begin(), chunk.end());
    std::ranges::sort(pairs, {}, [](const FoundPair& pair) { return std::pair(pair.first, pair.second); });
    return read_again(pairs);
  }

 private:
  void find_before(std::uint32_t second, std::vector<FoundPair>& pairs) const {
    const QuotationSketch& b = sketches_[second];
    for (const std::uint32_t first : candidates_.before(second)) {
      const QuotationSketch& a = sketches_[first];
      if (a.place.article == b.place.article && a.reach.overlaps(b.reach)) continue;
      FoundPair pair{first, second, {}, context(a, b), {}};
      for (const SharedWords& shared : shared_words(sketches_, first, second)) {
        const LinkDecision decision = decide_link(shared, pair.context);
        if (std::pair(decision.verdict, decision.confidence) <=
            std::pair(pair.decision.verdict, pair.decision.confidence))
          continue;
        pair.shared = shared, pair.decision = decision;
      }
      if (pair.decision.verdict != LinkVerdict::kNone) pairs.push_back(pair);
    }
  }

  [[nodiscard]] LinkContext context(const QuotationSketch& a, const QuotationSketch& b) const {
    const bool same_story = !stories_.empty() && stories_[a.place.article] == stories_[b.place.article];
    return link_context(a, b, same_story);
  }

  /// The pairs collated, with their texts.
  [[nodiscard]] std::vector<QuotationLink> read_again(const std::vector<FoundPair>& pairs) const {
    std::vector<QuotationLink> links(pairs.size());
    in_chunks(static_cast<std::uint32_t>(pairs.size()), kQuotationsAtOnce, options_.threads,
              [&](std::uint32_t begin, std::uint32_t end, std::uint32_t) {
                for (std::uint32_t i = begin; i < end; ++i) links[i] = link(pairs[i]);
              });
    return links;
  }

  [[nodiscard]] QuotationLink link(const FoundPair& pair) const {
    QuotationLink made;
    made.first = sketches_[pair.first].place;
    made.second = sketches_[pair.second].place;
    const auto a = coverage_.article(made.first.article);
    const auto b = coverage_.article(made.second.article);
    const Collation collation = collate(a->article.text, a->quotations[made.first.quotation].quotation,
                                        b->article.text, b->quotations[made.second.quotation].quotation);
    made.relation = collation.relation;
    made.altered = collation.altered;
    made.proposed = pair.decision.verdict == LinkVerdict::kProposed;
    made.confidence = pair.decision.confidence;
    made.reason = link_reason(pair.shared, pair.context);
    if (collation.altered) made.reason += "; " + collation.what_changed;
    return made;
  }

  const Coverage& coverage_;
  std::span<const std::uint32_t> stories_;
  const CompareOptions& options_;
  QuotationSketches sketches_;
  QuotationCandidates candidates_;
};

}  // namespace

std::vector<QuotationLink> find_sure_links(const Coverage& coverage, const CompareOptions& options) {
  std::vector<QuotationLink> links = LinkFinder(coverage, {}, options).find();
  std::erase_if(links, [](const QuotationLink& link) {
    return link.proposed || link.first.article == link.second.article;
  });
  return links;
}

std::vector<QuotationLink> find_links(const Coverage& coverage, std::span<const ReusePair>,
                                      std::span<const std::uint32_t> stories, const CompareOptions& options) {
  return LinkFinder(coverage, stories, options).find();
}

}  // namespace onrecord
