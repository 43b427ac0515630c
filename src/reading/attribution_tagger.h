// The attribution tagger: a small convolutional network with a CRF that marks sources, cues and contents.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord {

/// What a token is to an attribution; "begin" opens a new piece, "inside" goes on with it.
enum class AttributionLabel : std::uint8_t {
  kOutside,
  kBeginSource,
  kInsideSource,
  kBeginCue,
  kInsideCue,
  kBeginContent,
  kInsideContent,
};
inline constexpr std::size_t kAttributionLabels = 7;

/// What the tagger is told of one token. Ids are those of the language layer (`string_id`), labels its words.
struct TaggerToken {
  std::uint64_t norm = 0;
  std::uint64_t prefix = 0;
  std::uint64_t suffix = 0;
  std::uint64_t shape = 0;
  std::string_view tag;         ///< part-of-speech tag, empty for white space the tagger gave none
  std::string_view dependency;  ///< label of the arc to the head
  std::string_view entity;      ///< type of the entity it stands in, empty outside
  std::string_view text;        ///< as printed; only an encoder of word pieces asks for it
  bool entity_begins = false;
  bool sentence_begins = false;
  bool paragraph_break = false;     ///< the row between two paragraphs; all else is zero then
  std::uint32_t head = 0;           ///< index of the head's row; its own for a root
  std::span<const float> vector{};  ///< what the encoders say, `vector_width()` numbers; empty = zeros
};

/// Immutable once loaded; may be used by several threads at once. The same rows give the same labels, bit
/// for bit, on every CPU: sums are formed in one fixed order with fused multiply-add.
class AttributionTagger {
 public:
  /// From a model file's bytes (training/export.py and export_precise.py describe it), which must outlive the
  /// tagger and begin at a multiple of 64. Fails with `kDamaged`.
  static Result<AttributionTagger> load(std::string_view bytes);
  /// The models that are compiled in: the convolutional network alone, and a transformer encoder below it.
  static const AttributionTagger& fast();
  static const AttributionTagger& precise();

  AttributionTagger(AttributionTagger&&) noexcept;
  AttributionTagger& operator=(AttributionTagger&&) noexcept;
  ~AttributionTagger();

  [[nodiscard]] std::size_t vector_width() const;

  struct Tagging {
    std::vector<AttributionLabel> labels;  ///< one a row: the best path of the CRF
    /// How much worse the best path is that gives the row another kind (outside, source, cue, content), in
    /// the scores' unit (natural logarithm of odds, roughly); 0 when there is one as good.
    std::vector<float> margins;
  };
  /// Costs O(rows): about a million multiply-adds each, in bytes; with an encoder as many in floats and
  /// sixteen million in bytes.
  [[nodiscard]] Tagging tag(std::span<const TaggerToken> tokens) const;

 private:
  using Scores = std::vector<std::array<float, kAttributionLabels>>;
  struct Network;
  explicit AttributionTagger(std::unique_ptr<Network> network);
  [[nodiscard]] Scores score(std::span<const TaggerToken> tokens) const;

  std::unique_ptr<Network> network_;
};

}  // namespace onrecord
