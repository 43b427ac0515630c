// How well the hits of the full-text index fit: FTS5's bm25, asked for only where it is wanted.
//
// bm25() itself reads every row of every phrase anew in each search, to know how rare the phrase is, looks up
// the size of each row, and scores rows that a filter then drops. Here counts and sizes are kept between
// searches and rows are sifted first; the scores are the same to the last bit.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "record/sqlite.h"

namespace onrecord {

class SearchColumns;

/// A row of the columns that the index has found; the lower the score, the better it fits.
struct ScoredHit {
  std::uint32_t row = 0;
  double score = 0;
};

/// The words themselves count most, then who said them; a match that stands only around them counts least.
constexpr std::string_view kColumnWeights = "4.0, 1.0, 3.0";

/// Scores the hits of one connection.
class Relevance {
 public:
  /// Makes the connection know the function; must outlive it.
  explicit Relevance(Database& database);
  Relevance(const Relevance&) = delete;
  Relevance& operator=(const Relevance&) = delete;

  /// The hits of `match` whose rows `passes` lets through, those first that the record got last, which have
  /// the greatest keys; at most `most`.
  [[nodiscard]] std::vector<ScoredHit> hits(Database& database, const std::string& match,
                                            const SearchColumns& columns,
                                            const std::function<bool(std::uint32_t)>& passes,
                                            std::size_t most);

 private:
  struct Weights;
  static void score(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* result, int count,
                    sqlite3_value** values);
  [[nodiscard]] static Weights* weights_of(const Fts5ExtensionApi* api, Fts5Context* row, int& code);
  [[nodiscard]] std::int64_t rows_with(const Fts5ExtensionApi* api, Fts5Context* row, int phrase, int& code);

  // What the search in hand goes by.
  const std::function<bool(std::uint32_t)>* passes_ = nullptr;
  const SearchColumns* columns_ = nullptr;
  std::vector<std::string> phrases_;
};

/// The phrases of an expression that `parse_search` made, with the columns that each is looked for in: what
/// their counts are kept under.
[[nodiscard]] std::vector<std::string> phrases_of(std::string_view match);

}  // namespace onrecord
