// The arithmetic of the neural nets, for the CPU at hand.
//
// Every output is one sum accumulated in a fixed order with fused multiply-adds, and every reduction is a
// fixed tree over 16 lanes: AVX-512, AVX2 and portable code give the same bits.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace onrecord::spacy {

/// Outputs are packed in blocks of this many.
inline constexpr std::size_t kBlock = 16;

[[nodiscard]] constexpr std::size_t blocks_of(std::size_t outputs) { return (outputs + kBlock - 1) / kBlock; }

/// A dense layer with `pieces` values an output, of which maxout takes the greatest (1: a plain affine
/// layer). Weights lie as [block][input][piece][lane], biases as [block][piece][lane]; lanes beyond `outputs`
/// are zero.
struct DenseLayer {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  std::size_t pieces = 1;
  const float* weights = nullptr;
  const float* bias = nullptr;

  [[nodiscard]] std::size_t weight_count() const { return blocks_of(outputs) * kBlock * pieces * inputs; }
  [[nodiscard]] std::size_t bias_count() const { return blocks_of(outputs) * kBlock * pieces; }
};

/// Rows of floats in memory, `stride` apart.
struct Rows {
  float* data = nullptr;
  std::size_t stride = 0;
  std::size_t count = 0;
};
struct ConstRows {
  const float* data = nullptr;
  std::size_t stride = 0;
  std::size_t count = 0;
};

struct Kernels {
  std::string_view name;
  /// out[r][o] = max over pieces p of bias[o][p] + sum over k ascending of in[r][k] * weights[o][p][k].
  /// A row of `in` is `layer.inputs` floats from its begin, so windows are rows that overlap. A row of `out`
  /// has `blocks_of(outputs) * kBlock` floats. `pieces` is 1, 2 or 3.
  void (*dense)(ConstRows in, const DenseLayer& layer, Rows out);
  /// Layer norm of every row over `width` (a multiple of 16) floats, times gain plus shift; then
  /// out[r] = in `residual` ? residual[r] + that : that. `rows` may be `out`.
  void (*normalize)(ConstRows rows, std::size_t width, const float* gain, const float* shift,
                    ConstRows residual, Rows out);
  /// out = maxout over two pieces of the sum of `slots` rows of 2 * width floats (pieces one after the other)
  /// in their order, plus bias. `width` is a multiple of 16.
  void (*sum_maxout2)(const float* const* rows, std::size_t slots, const float* bias, std::size_t width,
                      float* out);
  /// x becomes x * Phi(x), Phi the normal distribution's, to about 3e-7. `count` is a multiple of 16.
  void (*gelu)(float* values, std::size_t count);
  /// Every value of a row becomes e to its distance from the row's greatest, to about 1e-7 of it; `sums` gets
  /// each row's sum. `width` values count and are finite; a row of `rows` has room for the next multiple of
  /// 16, and what lies beyond `width` is overwritten.
  void (*exponentials)(Rows rows, std::size_t width, float* sums);
};

/// One for every instruction set that is built in and that this CPU has, the fastest first; the last is
/// portable.
[[nodiscard]] std::span<const Kernels* const> available_kernels();

extern const Kernels kPortableKernels;
extern const Kernels kAvx2Kernels;    // defined on x86-64 alone
extern const Kernels kAvx512Kernels;  // defined on x86-64 alone

}  // namespace onrecord::spacy
