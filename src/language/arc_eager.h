// spaCy's dependency parser: arc-eager transitions that may take back what they did (Honnibal, Goldberg and
// Johnson 2013; Honnibal and Johnson 2015), chosen greedily by a net.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/kernels.h"
#include "language/model_file.h"
#include "language/transition_net.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// Memory that a thread lends to the parser.
struct ParserCache {
  std::vector<std::int32_t> stack;
  std::vector<std::int32_t> put_back;  ///< words before the rest of the buffer, the last one first
  std::vector<std::int32_t> head;
  std::vector<std::int32_t> last_left;     ///< child of the newest left arc
  std::vector<std::int32_t> last_right;    ///< child of the newest right arc
  std::vector<std::int32_t> right_before;  ///< the right arc of the same head before this one
  std::vector<std::uint8_t> unshiftable;
  std::vector<std::uint8_t> starts;
  std::vector<float> projected;
  std::vector<float> table;
  std::vector<std::int64_t> table_blocks;
  std::vector<float> far_table;
  std::vector<std::int64_t> far_words;
  std::vector<float> hidden;
  std::vector<float> scores;
  std::uint64_t transitions = 0;  ///< made since the cache was made
};

/// Immutable after `read`.
class ArcEagerParser {
 public:
  static Result<ArcEagerParser> read(const ModelFile& file, std::size_t width);

  [[nodiscard]] const TransitionNet& net() const { return net_; }

  /// Parses one document of `encoded.size() / width` words, whose projected rows (`TransitionNet::project`)
  /// stand in `cache.projected`. Writes for each word its head (itself for a root) and the class whose label
  /// its arc has
  /// (`kRoot` for a root). O(words).
  void parse(std::size_t words, const Kernels& kernels, ParserCache& cache, std::span<std::uint32_t> heads,
             std::span<std::uint32_t> classes) const;

  static constexpr std::uint32_t kRoot = ~std::uint32_t{0};

 private:
  enum Action : std::uint8_t { kShift, kReduce, kLeft, kRight, kBreak, kActions };
  static constexpr std::size_t kSlots = 8;
  using ActionSet = std::uint8_t;  // bit 1 << action

  class State;
  friend class State;

  TransitionNet net_;
  std::vector<std::uint8_t> action_of_;  // by class
};

}  // namespace onrecord::spacy
