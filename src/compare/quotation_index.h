// Which quotations of a record share words with some words: an index that lies in the record.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "compare/coverage.h"
#include "onrecord/span.h"
#include "record/sqlite.h"

namespace onrecord {

/// Hashes, 31 bits each, of every three words in a row of `pieces` (joined), folded: letters and digits
/// without case, marks and accents left out. Fewer than three words give one hash of them all; none, nothing.
[[nodiscard]] std::vector<std::uint32_t> quotation_shingles(std::string_view text, const Spans& pieces);

/// Collects the shingles of quotations and writes them, sorted, in place of those that the record has: some
/// six bytes each, in blocks of about 4 KB. Memory: eight bytes a shingle.
class QuotationIndexWriter {
 public:
  void add(std::int64_t quotation, std::string_view text, const Spans& content);
  void write(Database& database);

 private:
  std::vector<std::uint64_t> postings_;  // hash and quotation
};

/// Adds one quotation to the index of a record, in rows of their own until the index is written anew.
void add_to_quotation_index(Database& database, std::int64_t quotation, std::string_view text,
                            const Spans& content);

/// A quotation with how many of the asked shingles it has, rare ones counting more.
struct QuotationHit {
  std::int64_t quotation = 0;
  float weight = 0;
};

/// The quotations that share most of `shingles`, at most `limit`, best first, ties by key. A shingle that
/// thousands have counts only where all are so. O(shingles) look-ups of a block or two.
[[nodiscard]] std::vector<QuotationHit> find_quotations(Database& database,
                                                        std::span<const std::uint32_t> shingles,
                                                        std::size_t limit);

}  // namespace onrecord
