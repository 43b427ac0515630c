// Which earlier articles share words with a new one: the index that finds candidates for reuse.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compare/coverage.h"
#include "compare/posting_table.h"
#include "compare/shingles.h"

namespace onrecord {

/// Who published an article, as a number; 0 = not known.
using OutletNumber = std::uint32_t;

/// What the index is told of an article.
struct ArticleSketch {
  OutletNumber outlet = 0;
  std::vector<SampledShingle> shingles;
};

/// An earlier article that shares sampled shingles.
struct ReuseCandidate {
  ArticleNumber article = 0;
  std::uint16_t narrative = 0;  ///< shingles that are the outlets' own words in both
  std::uint16_t quotation = 0;  ///< that stand in quotation marks in one of them
};

/// An inverted index of sampled shingles, filled in one order and asked at the same time. Every step an
/// article costs is bounded by its own length: lists have `kLongestList` postings at most, an article
/// `kMostCandidates` candidates. What it gives depends on the order of the articles alone, never on threads
/// or on how they are cut into batches.
class ReuseIndex {
 public:
  /// Candidates that an article has at most: those that share most.
  static constexpr std::size_t kMostCandidates = 64;
  /// Articles of one outlet from which on a shingle is what it prints again and again. An outlet repeats its
  /// own background paragraphs two or three times in a running story (ECB+), its formulas without end.
  static constexpr std::size_t kFrequentWithinOutlet = 4;
  /// The same of articles whose outlet nobody told, which may be of one or of many.
  static constexpr std::size_t kFrequentWithoutOutlet = 6;

  ReuseIndex();

  /// Adds articles, numbered on from those before, and gives for each the earlier ones that share a shingle
  /// of few articles or a quotation, or two of any kind, by number. `threads` work on it at once. Batches of
  /// some hundred use them, and the memory, best.
  [[nodiscard]] std::vector<std::vector<ReuseCandidate>> add(std::span<const ArticleSketch> batch,
                                                             unsigned threads);

  /// Whether one outlet printed the shingle in `kFrequentWithinOutlet` articles or more, or so many as
  /// `kFrequentWithoutOutlet` without an outlet have it, reruns not counted.
  /// May be asked from several threads while nothing is added.
  [[nodiscard]] bool is_boilerplate(std::uint64_t shingle) const;

  [[nodiscard]] ArticleNumber size() const { return static_cast<ArticleNumber>(outlets_.size()); }
  [[nodiscard]] std::size_t bytes() const;
  /// Counted work so far: slots looked at, postings read.
  [[nodiscard]] std::uint64_t steps() const;

 private:
  /// The tables share the shingles among them, so that several threads can fill them.
  static constexpr std::size_t kTables = 64;

  /// A sampled shingle of a batch.
  struct Entry {
    std::uint32_t tag = 0;
    Posting posting;
    std::uint32_t place = 0;  ///< of the article in its batch
  };
  /// A shingle that an earlier article has too.
  struct Hit {
    std::uint32_t place = 0;
    std::uint32_t bits = 0;  ///< earlier article * 4 + 2 when either one quotes + 1 when few articles have it
  };

  [[nodiscard]] static std::size_t table_of(std::uint64_t shingle) { return (shingle >> 32U) % kTables; }
  [[nodiscard]] std::vector<std::vector<Entry>> entries_by_table(std::span<const ArticleSketch> batch) const;
  void fill(PostingTable& table, std::span<const Entry> entries, std::vector<Hit>& hits) const;
  [[nodiscard]] bool is_of_one_outlet(std::span<const Posting> postings) const;
  [[nodiscard]] bool is_rerun(const ArticleSketch& sketch, std::span<const ReuseCandidate> candidates) const;

  std::vector<PostingTable> tables_;
  std::vector<OutletNumber> outlets_;  ///< by article
  std::vector<bool> reruns_;           ///< articles that their outlet had printed before, for the most part
};

}  // namespace onrecord
