// A transformer encoder (BERT's layout) in bytes: what it says of word pieces in their context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "language/model_bytes.h"
#include "language/word_pieces.h"
#include "onrecord/error.h"

namespace onrecord {

/// Immutable once loaded; may be used by several threads at once. The same pieces give the same numbers, bit
/// for bit, on every CPU.
class TransformerEncoder {
 public:
  /// Reads the encoder's part of a model file (training/export_precise.py describes it). The bytes must
  /// outlive the encoder and begin at a multiple of 64. Fails with `kDamaged`.
  static Result<TransformerEncoder> load(ModelBytes& in);

  TransformerEncoder(TransformerEncoder&&) noexcept;
  TransformerEncoder& operator=(TransformerEncoder&&) noexcept;
  ~TransformerEncoder();

  [[nodiscard]] const WordPieces& pieces() const;
  [[nodiscard]] std::size_t width() const;
  /// The most pieces `encode` takes at once.
  [[nodiscard]] std::size_t positions() const;

  /// What the last layer says of each piece: `pieces.size()` rows of `width()` numbers into `out`. Numbers
  /// beyond the vocabulary count as unknown. Costs, with n pieces, n times 10.6 million multiply-adds in
  /// bytes and 4,600 n in floats for the six layers of width 384 that are in use.
  void encode(std::span<const std::uint32_t> pieces, float* out) const;

 private:
  struct Network;
  explicit TransformerEncoder(std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

}  // namespace onrecord
