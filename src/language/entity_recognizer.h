// spaCy's named entity recogniser: one transition a word (begin, inside, last, unit, out), chosen greedily by
// a net.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/kernels.h"
#include "language/model_file.h"
#include "language/transition_net.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// Words [first, last) of one kind, an index into `EntityRecognizer::labels`.
struct EntitySpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t label = 0;
};

struct EntityCache {
  std::vector<float> encoded;
  std::vector<float> projected;
  std::vector<float> table;
  std::vector<float> before;  ///< what the word before the piece adds
  std::vector<float> opened;  ///< what the first word of the open entity adds
  std::vector<float> hidden;
  std::vector<float> scores;
};

/// Immutable after `read`.
class EntityRecognizer {
 public:
  static Result<EntityRecognizer> read(const ModelFile& file, std::size_t width);

  [[nodiscard]] const TransitionNet& net() const { return net_; }
  /// Kinds of entities; views into the model file.
  [[nodiscard]] std::span<const std::string_view> labels() const { return labels_; }

  /// Where a document stands between two pieces.
  struct Progress {
    bool open = false;
    std::uint32_t first = 0;
    std::uint32_t label = 0;
  };

  /// Reads words [first, first + count) of a document of `starts.size()` words. Their encoded rows stand in
  /// `cache.encoded`. No entity goes over a sentence start or begins in white space. Appends to `out`.
  void read_piece(std::size_t first, std::size_t count, std::span<const std::uint8_t> starts,
                  std::span<const std::uint8_t> is_space, const Kernels& kernels, EntityCache& cache,
                  Progress& progress, std::vector<EntitySpan>& out) const;

 private:
  enum Action : std::uint8_t { kMissing, kBegin, kIn, kLast, kUnit, kOut, kActions };
  static constexpr std::size_t kSlots = 3;
  struct Choice {
    std::uint8_t action = kOut;
    bool blocked = false;  // U- without a label: only for entities that are preset as missing
    std::uint32_t label = 0;
  };

  [[nodiscard]] std::uint32_t best(const Progress& progress, bool more, bool space,
                                   const EntityCache& cache) const;

  TransitionNet net_;
  std::vector<Choice> choices_;  // by class
  std::vector<std::string_view> labels_;
};

}  // namespace onrecord::spacy
