// Which quotations are worth comparing: those that share a few words in a row.
#pragma once

#include <cstdint>
#include <vector>

#include "compare/quotation_sketches.h"

namespace onrecord {

/// An index of all pairs and triples of words in a row. Pairs only where both words tell something. Building
/// sorts all of them once: 16 bytes a word while it does, 8 after.
class QuotationCandidates {
 public:
  explicit QuotationCandidates(const QuotationSketches& sketches);

  /// The quotations before `number` that share the most and rarest runs with it, at most `kMostCandidates`,
  /// by number. However many quotations there are, no more than a fixed number is looked at for each run:
  /// those that came last. Thread-safe.
  [[nodiscard]] std::vector<std::uint32_t> before(std::uint32_t number) const;

  static constexpr std::size_t kMostCandidates = 64;

 private:
  std::vector<std::uint32_t> holders_;  ///< quotations, by run, then number
  std::vector<std::uint32_t>
      place_of_;  ///< of every run of every quotation, in order: where it stands in `holders_`
  std::vector<std::uint32_t> first_run_;  ///< of every quotation, in `place_of_`
  std::vector<bool> begins_;              ///< whether a run's holders begin at this place of `holders_`
};

}  // namespace onrecord
