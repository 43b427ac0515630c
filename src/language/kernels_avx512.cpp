#if defined(__x86_64__)
#include <immintrin.h>

#include <cstddef>

namespace onrecord::spacy {
namespace {

struct Vector {
  static constexpr std::size_t kLanes = 16;
  __m512 value;
  static Vector load(const float* from) { return {_mm512_loadu_ps(from)}; }
  static Vector broadcast(float one) { return {_mm512_set1_ps(one)}; }
  void store(float* to) const { _mm512_storeu_ps(to, value); }
};
inline Vector operator+(Vector a, Vector b) { return {_mm512_add_ps(a.value, b.value)}; }
inline Vector operator-(Vector a, Vector b) { return {_mm512_sub_ps(a.value, b.value)}; }
inline Vector operator*(Vector a, Vector b) { return {_mm512_mul_ps(a.value, b.value)}; }
inline Vector operator/(Vector a, Vector b) { return {_mm512_div_ps(a.value, b.value)}; }
inline Vector fused(Vector a, Vector b, Vector c) { return {_mm512_fmadd_ps(a.value, b.value, c.value)}; }
inline Vector greater(Vector a, Vector b) { return {_mm512_max_ps(a.value, b.value)}; }
/// 2^n for a number whose last bits hold n + any multiple of 512.
inline Vector power_of_two(Vector shifted) {
  const __m512i bits = _mm512_add_epi32(_mm512_castps_si512(shifted.value), _mm512_set1_epi32(127));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(bits, 23))};
}

// Sums kept in registers: 24 of 32, the rest for weights and the input.
constexpr std::size_t kTileSums = 24;

}  // namespace
}  // namespace onrecord::spacy

#include "language/kernels_body.h"

namespace onrecord::spacy {
extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels = {"avx512", dense, normalize, sum_maxout2, gelu, exponentials};
}  // namespace onrecord::spacy
#endif
