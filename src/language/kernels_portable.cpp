#include <bit>
#include <cstddef>
#include <cstdint>

namespace onrecord::spacy {
namespace {

/// a * b + c rounded once, without an instruction for it and without asking the C library, which may be slow
/// or told not to use the CPU's. The product of two floats is exact in double; the sum is rounded to odd
/// there, so that rounding it again to float gives what one rounding would (Boldo and Melquiond, Emulation of
/// FMA, 2008).
inline float fused_one(float a, float b, float c) {
#if defined(__FP_FAST_FMAF)
  return __builtin_fmaf(a, b, c);
#else
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  const double sum = product + addend;
  const double from_addend = sum - product;
  const double error = (product - (sum - from_addend)) + (addend - from_addend);
  auto bits = std::bit_cast<std::uint64_t>(sum);
  const bool inexact_and_even = error != 0.0 && (bits & 1) == 0;
  if (inexact_and_even) {
    // Towards the exact value: one unit up in magnitude when the error has the sum's sign, else one down.
    const bool same_sign = (error > 0.0) == (sum > 0.0);
    bits = same_sign ? bits + 1 : bits - 1;
  }
  return static_cast<float>(std::bit_cast<double>(bits));
#endif
}

struct Vector {
  static constexpr std::size_t kLanes = 4;
  float value[kLanes];
  static Vector load(const float* from) {
    Vector out;
    for (std::size_t i = 0; i < kLanes; ++i) out.value[i] = from[i];
    return out;
  }
  static Vector broadcast(float one) { return {{one, one, one, one}}; }
  void store(float* to) const {
    for (std::size_t i = 0; i < kLanes; ++i) to[i] = value[i];
  }
};

template <class Operation>
inline Vector each(Vector a, Vector b, Operation operation) {
  Vector out;
  for (std::size_t i = 0; i < Vector::kLanes; ++i) out.value[i] = operation(a.value[i], b.value[i]);
  return out;
}

inline Vector operator+(Vector a, Vector b) {
  return each(a, b, [](float x, float y) { return x + y; });
}
inline Vector operator-(Vector a, Vector b) {
  return each(a, b, [](float x, float y) { return x - y; });
}
inline Vector operator*(Vector a, Vector b) {
  return each(a, b, [](float x, float y) { return x * y; });
}
inline Vector operator/(Vector a, Vector b) {
  return each(a, b, [](float x, float y) { return x / y; });
}
inline Vector fused(Vector a, Vector b, Vector c) {
  Vector out;
  for (std::size_t i = 0; i < Vector::kLanes; ++i)
    out.value[i] = fused_one(a.value[i], b.value[i], c.value[i]);
  return out;
}
inline Vector greater(Vector a, Vector b) {
  return each(a, b, [](float x, float y) { return x > y ? x : y; });
}
/// 2^n for a number whose last bits hold n + any multiple of 512.
inline Vector power_of_two(Vector shifted) {
  Vector out;
  for (std::size_t i = 0; i < Vector::kLanes; ++i)
    out.value[i] = std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted.value[i]) + 127) << 23);
  return out;
}

constexpr std::size_t kTileSums = 6;

}  // namespace
}  // namespace onrecord::spacy

#include "language/kernels_body.h"

namespace onrecord::spacy {
extern const Kernels kPortableKernels;
const Kernels kPortableKernels = {"portable", dense, normalize, sum_maxout2, gelu, exponentials};
}  // namespace onrecord::spacy
