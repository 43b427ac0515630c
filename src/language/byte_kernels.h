// Dense layers in bytes: activations rounded to 256 steps a row, weights to 255 an output.
//
// The sums are whole numbers, and what is done with them in floats happens one output at a time in a fixed
// order: every CPU gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/kernels.h"

namespace onrecord::spacy {

/// Weights that one step of the kernels takes at once: of 16 outputs by 4 inputs.
inline constexpr std::size_t kByteInputs = 4;

/// A dense layer whose weight is `scale[output]` times a byte. Bytes lie as [16 outputs][4
/// inputs][lane][input], blocks of outputs first; `outputs` is a multiple of 16, `inputs` of 4 and at most
/// 32,768.
struct ByteLayer {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  const std::int8_t* weights = nullptr;  ///< aligned to 64 bytes
  const float* scale = nullptr;
  const float* bias = nullptr;
  const float* sums = nullptr;  ///< of an output's bytes
};

/// Rows of bytes, `width` apart: a value is `low[row] + byte * step[row]`.
struct ByteRows {
  std::size_t width = 0;
  const std::uint8_t* bytes = nullptr;
  const float* low = nullptr;
  const float* step = nullptr;
};

struct ByteKernels {
  std::string_view name;
  /// For the rows of `out`: out[r][o] = bias[o] + scale[o] * (step[r] * sum over k of bytes * weights +
  /// low[r] * sums[o]).
  void (*dense)(const ByteRows& in, const ByteLayer& layer, Rows out);
  /// One row, from its least to its greatest value in 256 steps, to the nearest one (ties to even). `width`
  /// is a multiple of 16.
  void (*quantize_row)(const float* row, std::size_t width, std::uint8_t* bytes, float& low, float& step);
};

/// As `available_kernels`: the fastest first; the last is portable.
[[nodiscard]] std::span<const ByteKernels* const> available_byte_kernels();

/// Memory for rows of bytes, used again and again.
class ByteBuffer {
 public:
  /// `quantize_row` of all rows; good until the next call.
  ByteRows quantize(const ByteKernels& kernels, ConstRows rows, std::size_t width);

 private:
  std::vector<std::uint8_t> bytes_;
  std::vector<float> low_;
  std::vector<float> step_;
};

extern const ByteKernels kPortableByteKernels;
extern const ByteKernels kAvx2ByteKernels;  // defined on x86-64 alone
extern const ByteKernels kVnniByteKernels;  // defined on x86-64 alone: AVX-512 with its instruction for bytes

}  // namespace onrecord::spacy
