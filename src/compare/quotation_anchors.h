// Quotations that may give one thought of one speaker in other words: another translation, an outlet's own
// report.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compare/quotation_sketches.h"

namespace onrecord {

/// What two quotations of one speaker have in common wherever it stands.
struct SharedAnchors {
  std::uint32_t first = 0;  ///< number of the quotation that came before
  float information = 0;    ///< of the telling words that both have in some form, in nats
  float share = 0;          ///< of those of the shorter one, 0..1
  std::uint32_t words = 0;  ///< how many
  bool numbers = false;     ///< a number among them
};

/// An index of the telling words, in any form, and numbers of every speaker's quotations. 12 bytes for each.
class QuotationAnchors {
 public:
  explicit QuotationAnchors(const QuotationSketches& sketches);

  /// The quotations of the same speaker before `number`, in other articles, that share two telling words or a
  /// number and a word with it: at most `kMostAnchored`, those with the most in common, by number. A fixed
  /// number of holders of each word is looked at, those that came last. Thread-safe.
  [[nodiscard]] std::vector<SharedAnchors> before(std::uint32_t number) const;

  static constexpr std::size_t kMostAnchored = 4;

 private:
  const QuotationSketches& sketches_;
  std::vector<std::uint32_t> holders_;
  std::vector<std::uint32_t> place_of_;
  std::vector<std::uint32_t> first_anchor_;
  std::vector<bool> begins_;
};

}  // namespace onrecord
