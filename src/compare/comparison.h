// What a comparison told of a record: statements with their witnesses, reprints, stories.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/compare.h"
#include "onrecord/record.h"

namespace onrecord {

/// How far the record is compared.
struct ComparisonState {
  std::string compared_at;        ///< empty: never
  std::string compared_by;        ///< the methods' names and versions
  std::uint64_t articles = 0;     ///< that are in it
  std::uint64_t provisional = 0;  ///< of them, joined since as they came
  std::uint64_t missing = 0;      ///< current articles that are not in it, or were read otherwise since
};

/// A quotation as a carrier of a statement.
struct ToldWitness {
  RecordedQuotation quotation;
  WitnessRelation relation = WitnessRelation::kIdentical;  ///< to the base
  bool altered = false;
  float confidence = 1;
  bool decided = false;  ///< by a person
  std::string reason;
  std::string reprint_of;  ///< id of the article that its article is a reprint of; empty when of none
  bool provisional = false;
};

/// One utterance with all that carry it; a quotation that nobody else has is a statement of one.
struct ToldStatement {
  std::string id;     ///< "s..."
  std::string story;  ///< id of the story of its first witness; empty when not compared
  std::string story_title;
  std::size_t base = 0;                ///< index of the fullest wording
  std::vector<ToldWitness> witnesses;  ///< in canonical order
  std::uint64_t reports = 1;           ///< articles that carry it
  std::uint64_t outlets = 1;
  std::uint64_t independent = 1;  ///< reports of them that are no copies of one another
  [[nodiscard]] const RecordedQuotation& base_quotation() const { return witnesses[base].quotation; }
};

/// A quotation that may be of the same statement, which the evidence does not carry.
struct ToldProposal {
  RecordedQuotation quotation;
  WitnessRelation relation = WitnessRelation::kTranslated;
  bool altered = false;
  float confidence = 0;
  std::string reason;
};

/// A pair that waits for a person's decision.
struct ProposedPair {
  RecordedQuotation first;
  ToldProposal second;
};

/// What the record tells of two articles.
struct ToldReuse {
  ArticleRow other;
  bool asked_is_first = true;  ///< whether `reuse` has the article that was asked about as its first one
  Reuse reuse;
  bool decided = false;
};

/// Two articles of which one is copied from the other, or both from a third.
struct CopiedPair {
  ArticleRow first;
  ToldReuse second;
};

struct StoryRow {
  std::string id, title;
  std::uint64_t articles = 0, outlets = 0;
  std::string first, last;  ///< dates of publication
};

struct StoryArticle {
  ArticleRow article;
  std::string reason;      ///< why it stands in the story
  std::string reprint_of;  ///< id; empty when it is its own report
  bool provisional = false;
};

struct ToldStory {
  StoryRow story;
  std::vector<StoryArticle> articles;  ///< by date of publication, undated ones last
};

enum class StatementOrder {
  kCarried,  ///< by independent reports, then reports, most first
  kDate,     ///< by when it was said (else published), newest first
};

/// Which statements. Every filter that is given must hold of a witness.
struct StatementQuery {
  std::string speaker;  ///< id of a speaker
  std::string story;    ///< id
  std::string since, until;
  std::uint64_t least_reports = 1;
  StatementOrder order = StatementOrder::kCarried;
  std::uint32_t limit = 20;
  std::uint64_t offset = 0;
};

struct StatementRow {
  std::string id;
  RecordedQuotation base;
  std::uint64_t witnesses = 1, reports = 1, outlets = 1, independent = 1;
};

/// Reads a record's comparison. A view: the record must outlive it. Fails as `Record` does.
class Comparison {
 public:
  explicit Comparison(const Record& record) : record_(record) {}

  [[nodiscard]] Result<ComparisonState> state() const;
  /// By the id of a statement (also one given out before), or of any quotation that carries it; an
  /// unambiguous beginning will do. Of a quotation that carries several statements, the one it is surest of.
  [[nodiscard]] Result<ToldStatement> statement(std::string_view id) const;
  [[nodiscard]] Result<std::vector<StatementRow>> statements(const StatementQuery& query) const;
  /// Those whose first witnesses have these keys, in their order.
  [[nodiscard]] Result<std::vector<StatementRow>> statements_of(std::span<const std::int64_t> firsts) const;
  /// Other statements that a quotation may be a witness of, surest first.
  [[nodiscard]] Result<std::vector<ToldProposal>> proposals(std::string_view quotation_id) const;

  /// All pairs that are proposed and not decided, surest first.
  [[nodiscard]] Result<std::vector<ProposedPair>> all_proposals(std::uint32_t limit = 100,
                                                                std::uint64_t offset = 0) const;

  /// What an article shares with others, the strongest first.
  [[nodiscard]] Result<std::vector<ToldReuse>> reuse_of(std::string_view article_id) const;
  /// All pairs that are copies, in full, abridged, in part or from a common source, in canonical order.
  [[nodiscard]] Result<std::vector<CopiedPair>> copies(
      std::uint32_t limit = std::numeric_limits<std::uint32_t>::max(), std::uint64_t offset = 0) const;
  /// The same for two articles, with the passages; `first` is the one that stands first in the canonical
  /// order.
  [[nodiscard]] Result<Reuse> reuse_between(std::string_view first, std::string_view second) const;

  [[nodiscard]] Result<ToldStory> story(std::string_view id) const;
  /// By number of articles, then by date.
  [[nodiscard]] Result<std::vector<StoryRow>> stories(std::uint64_t least_articles = 1,
                                                      std::uint32_t limit = 100,
                                                      std::uint64_t offset = 0) const;
  /// The id of the story that an article stands in; empty when it is not compared.
  [[nodiscard]] Result<std::string> story_of(std::string_view article_id) const;

 private:
  const Record& record_;
};

/// How the second quotation gives the words of the first; both of one statement.
[[nodiscard]] Result<Collation> collate(const Record& record, const RecordedQuotation& first,
                                        const RecordedQuotation& second);

}  // namespace onrecord
