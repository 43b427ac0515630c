#include "compare/statements.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "compare/link_score.h"
#include "compare/parallel.h"
#include "compare/quotation_anchors.h"
#include "compare/quotation_candidates.h"
#include "compare/quotation_sketches.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kQuotationsAtOnce = 256;

/// Word for word copies before a quotation that it is linked to, the last ones: those before them are linked
/// to these, and statements are made of chains of copies. A report that 500 outlets print costs each of them
/// no more than that.
constexpr std::size_t kMostCopies = 8;

/// A pair that was found by its words, before the texts are read again.
struct FoundPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  SharedWords shared;
  LinkContext context;
  LinkDecision decision;
  std::optional<SharedAnchors> anchors;  ///< when only they brought the pair up
};

/// How sure an anchored pair is: half at most, for nobody has lined its words up.
constexpr float kAnchoredConfidence = 0.5F;
/// Days between two reports of one speaker's words that are proposed to be the same ones.
constexpr std::int32_t kAnchoredDays = 1;

/// Finds links among the quotations of a coverage.
class LinkFinder {
 public:
  LinkFinder(const Coverage& coverage, std::span<const ReusePair> reuse,
             std::span<const std::uint32_t> stories, const CompareOptions& options)
      : coverage_(coverage),
        stories_(stories),
        options_(options),
        sketches_(coverage, options),
        candidates_(sketches_),
        anchors_(sketches_) {
    for (const ReusePair& pair : reuse) {
      if (pair.reuse.reuse != ReuseClass::kIndependent) sharing_.insert({pair.first, pair.second});
    }
  }

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
    const std::size_t found_from = pairs.size();
    const std::vector<std::uint32_t> stems = sorted_stems(sketches_.words(second));
    const std::vector<std::uint32_t> candidates = candidates_.before(second);
    std::size_t copies = 0;
    for (auto first = candidates.rbegin(); first != candidates.rend(); ++first) {  // the last ones first
      if (!may_be_one(*first, second)) continue;
      const bool is_copy = are_copies(*first, second);
      if (is_copy && copies == kMostCopies) continue;
      const FoundPair pair = compared(*first, second, stems);
      if (pair.decision.verdict == LinkVerdict::kNone) continue;
      copies += is_copy && pair.decision.verdict == LinkVerdict::kLinked ? 1U : 0U;
      pairs.push_back(pair);
    }
    propose_before(second, found_from, pairs);
  }

  [[nodiscard]] bool may_be_one(std::uint32_t first, std::uint32_t second) const {
    const QuotationSketch& a = sketches_[first];
    const QuotationSketch& b = sketches_[second];
    if (a.place.article == b.place.article && a.reach.overlaps(b.reach)) return false;
    // What two outlets copied of a text need not have been said.
    return a.quoted || b.quoted || !(a.doubtful || b.doubtful);
  }

  /// Word for word.
  [[nodiscard]] bool are_copies(std::uint32_t first, std::uint32_t second) const {
    return std::ranges::equal(sketches_.words(first), sketches_.words(second), {}, &SketchWord::code,
                              &SketchWord::code);
  }

  /// Lined up as they are and by their pieces, the best of it.
  [[nodiscard]] FoundPair compared(std::uint32_t first, std::uint32_t second,
                                   std::span<const std::uint32_t> stems_of_second) const {
    FoundPair pair{first, second, {}, context(sketches_[first], sketches_[second]), {}, {}};
    if (most_information(sketches_.words(first), stems_of_second) < least_information(pair.context))
      return pair;
    for (const SharedWords& shared : shared_words(sketches_.words(first), sketches_.words(second))) {
      const LinkDecision decision = decide_link(shared, pair.context);
      if (std::pair(decision.verdict, decision.confidence) <=
          std::pair(pair.decision.verdict, pair.decision.confidence))
        continue;
      pair.shared = shared, pair.decision = decision;
    }
    return pair;
  }

  /// Proposes pairs that say one thing in other words, unless their words have linked or proposed them
  /// already.
  void propose_before(std::uint32_t second, std::size_t found_from, std::vector<FoundPair>& pairs) const {
    for (const SharedAnchors& anchors : anchors_.before(second)) {
      const bool is_found = std::any_of(pairs.begin() + static_cast<std::ptrdiff_t>(found_from), pairs.end(),
                                        [&](const FoundPair& pair) { return pair.first == anchors.first; });
      if (is_found || are_copies(anchors.first, second)) continue;
      FoundPair pair{anchors.first, second, {}, context(sketches_[anchors.first], sketches_[second]), {},
                     anchors};
      const bool one_day = pair.context.days_apart && *pair.context.days_apart <= kAnchoredDays;
      if (!pair.context.same_story && !one_day) continue;
      pair.decision = {LinkVerdict::kProposed, kAnchoredConfidence * anchors.share};
      pairs.push_back(pair);
    }
  }

  [[nodiscard]] LinkContext context(const QuotationSketch& a, const QuotationSketch& b) const {
    const bool same_story = !stories_.empty() && stories_[a.place.article] == stories_[b.place.article];
    const bool shares = sharing_.contains({a.place.article, b.place.article});  // in canonical order
    return link_context(a, b,
                        same_story ? CommonGround::kStory
                        : shares   ? CommonGround::kPassages
                                   : CommonGround::kNone);
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
    made.reason =
        pair.anchors ? anchored_reason(*pair.anchors, pair.context) : link_reason(pair.shared, pair.context);
    if (pair.anchors) {
      made.relation = pair.context.both_quoted ? WitnessRelation::kTranslated : WitnessRelation::kIndirect;
      made.altered = false;
    } else if (collation.altered)
      made.reason += "; " + collation.what_changed;
    return made;
  }

  const Coverage& coverage_;
  std::span<const std::uint32_t> stories_;
  std::set<std::pair<ArticleNumber, ArticleNumber>>
      sharing_;  ///< articles of which one has words of the other
  const CompareOptions& options_;
  QuotationSketches sketches_;
  QuotationCandidates candidates_;
  QuotationAnchors anchors_;
};

}  // namespace

std::vector<QuotationLink> find_sure_links(const Coverage& coverage, const CompareOptions& options) {
  std::vector<QuotationLink> links = LinkFinder(coverage, {}, {}, options).find();
  std::erase_if(links, [](const QuotationLink& link) {
    return link.proposed || link.first.article == link.second.article;
  });
  return links;
}

std::vector<QuotationLink> find_links(const Coverage& coverage, std::span<const ReusePair> reuse,
                                      std::span<const std::uint32_t> stories, const CompareOptions& options) {
  return LinkFinder(coverage, reuse, stories, options).find();
}

}  // namespace onrecord
