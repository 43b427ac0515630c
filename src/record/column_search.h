// Searching in columns: the hits of `Record::search`, in the same order, for a program that answers many.
//
// Beyond `kSearchCountLimit` hits three things are told of a part, and said to be: the total is that limit;
// hits are counted by what they have in common among the first of them; and the order of relevance is that of
// the `kSearchCountLimit` hits that the record got last. The order of date is always that of all hits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/record.h"
#include "record/column_sieve.h"
#include "record/search_columns.h"
#include "record/understood_search.h"

namespace onrecord {

/// How many hits of a search have a value.
struct TallyValue {
  std::string value;  ///< a name; of speakers the id
  std::string label;  ///< for a reader
  std::uint64_t count = 0;
};

/// Hits by what they have in common, most first; of those with as many, the speaker most quoted in the whole
/// record, else by name.
struct SearchTally {
  std::vector<TallyValue> outlets, speakers, kinds, modes, speaker_kinds;
  /// ISO days, months or years on which they were said, else published; in order.
  std::vector<TallyValue> days;
};

/// The hits of one search.
class ColumnSearch {
 public:
  /// Fails as `Record::search` does. `columns` are those of `record`.
  static Result<ColumnSearch> find(const Record& record, std::shared_ptr<const SearchColumns> columns,
                                   const SearchQuery& asked);

  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] bool total_is_capped() const { return is_capped_; }
  /// Whether the order is that of the hits which the record got last, not of all.
  [[nodiscard]] bool is_ranked_in_part() const { return is_capped_ && by_relevance_; }
  /// The keys of the page that the query asks for.
  [[nodiscard]] std::vector<std::int64_t> page() const;
  /// Whether nobody else carries what a quotation says.
  [[nodiscard]] bool is_alone(std::int64_t key) const {
    return columns_->statements_of(columns_->row_of(key)).empty();
  }
  /// The cursor of the next page; empty at the end.
  [[nodiscard]] std::string next() const;
  /// The first `kSearchCountLimit` hits by what they have in common; at most `most` speakers.
  [[nodiscard]] Result<SearchTally> tally(const Record& record, std::size_t most) const;

 private:
  explicit ColumnSearch(std::shared_ptr<const SearchColumns> columns) : columns_(std::move(columns)) {}
  [[nodiscard]] Result<void> find_rows(const Record& record);
  void find_by_relevance(const Record& record, const ColumnSieve& sieve);
  template <class Rows>
  void take_in_order(const Rows& rows, const ColumnSieve& sieve);
  void take_least_sure();
  [[nodiscard]] std::uint64_t end_of_page() const { return offset_ + search_.query.limit; }

  std::shared_ptr<const SearchColumns> columns_;
  UnderstoodSearch search_;
  std::uint64_t offset_ = 0;
  std::vector<SearchColumns::Row> rows_;  // hits, as many as are needed, in order up to the page's end
  bool is_capped_ = false;
  bool by_relevance_ = false;
};

}  // namespace onrecord
