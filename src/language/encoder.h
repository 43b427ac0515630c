// The encoder of a spaCy pipeline: hashed embeddings of words, mixed, then convolutions over their
// neighbours.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/kernels.h"
#include "language/lexemes.h"
#include "language/model_file.h"
#include "language/spacy_tokenizer.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// Word vectors that a model may bring. Views into the model file.
class WordVectors {
 public:
  static Result<WordVectors> read(const ModelFile& file);
  [[nodiscard]] std::size_t width() const { return width_; }
  /// The vector of the word with this id; null when it has none.
  [[nodiscard]] const float* of(StringId orth) const;

 private:
  std::size_t width_ = 0;
  std::span<const StringId> ids_;  // ascending
  std::span<const std::uint32_t> rows_;
  std::span<const float> table_;
};

/// A dense layer with its arrays in the model file.
[[nodiscard]] Result<DenseLayer> read_dense(const ModelFile& file, const std::string& prefix,
                                            std::size_t inputs, std::size_t outputs, std::size_t pieces);

/// What a thread remembers of an encoder: the mixed vectors of words met, which depend on the word alone.
struct EncoderCache {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint64_t generation = 0;
  std::vector<std::uint32_t> slots;  ///< by lexeme * 2 + followed_by_space
  std::vector<float> mixed;          ///< by slot
  std::vector<float> embedded;       ///< rows waiting to be mixed
  std::vector<std::uint32_t> waiting;
  std::array<std::vector<float>, 2> layers;
  std::vector<float> maxed;
};

/// Immutable after `read`: threads share it, each with its own cache.
class Encoder {
 public:
  /// The encoder of `component`. `vectors` must outlive it.
  static Result<Encoder> read(const ModelFile& file, const std::string& component,
                              const WordVectors& vectors);

  [[nodiscard]] std::size_t width() const { return width_; }

  /// Encodes tokens [first, last) of a document in the context of the whole: writes `last - first` rows of
  /// `width` floats to `out`. The rows do not depend on how a document is cut into such pieces.
  void encode(std::span<const TokenPiece> document, std::size_t first, std::size_t last,
              const LexemeTable& lexemes, const Kernels& kernels, EncoderCache& cache, float* out) const;

  /// Multiply-adds a token: of the convolutions, and of the mixing layer where a word is new.
  [[nodiscard]] std::size_t convolution_steps() const;
  [[nodiscard]] std::size_t mixing_steps() const { return mixing_.dense.weight_count(); }

 private:
  enum class Attribute : std::uint8_t { kNorm, kPrefix, kSuffix, kShape, kSpacy, kIsSpace, kOrth, kLower };
  struct Table {
    Attribute attribute = Attribute::kNorm;
    std::uint32_t seed = 0;
    std::uint32_t rows = 0;
    std::size_t width = 0;
    const float* values = nullptr;
  };
  struct Layer {
    DenseLayer dense;
    const float* gain = nullptr;
    const float* shift = nullptr;
  };

  static Result<Layer> read_layer(const ModelFile& file, const std::string& prefix, std::size_t inputs,
                                  std::size_t outputs, std::size_t pieces);
  void embed(const Lexeme& lexeme, bool followed_by_space, const Kernels& kernels, float* out) const;
  void mix(std::span<const TokenPiece> tokens, const LexemeTable& lexemes, const Kernels& kernels,
           EncoderCache& cache) const;
  [[nodiscard]] std::size_t slot_index(const TokenPiece& token) const {
    return std::size_t{token.lexeme} * 2 + (sees_spaces_ && token.followed_by_space ? 1 : 0);
  }

  std::vector<Table> tables_;
  bool sees_spaces_ = false;  // an attribute is SPACY
  const WordVectors* vectors_ = nullptr;
  DenseLayer vector_projection_;
  std::size_t embedded_width_ = 0;
  std::size_t width_ = 0;
  Layer mixing_;
  std::vector<Layer> layers_;
};

}  // namespace onrecord::spacy
