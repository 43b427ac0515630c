#if defined(__x86_64__)
#include <immintrin.h>

#include <cstddef>

namespace onrecord::spacy {
namespace {

struct Vector {
  static constexpr std::size_t kLanes = 8;
  __m256 value;
  static Vector load(const float* from) { return {_mm256_loadu_ps(from)}; }
  static Vector broadcast(float one) { return {_mm256_set1_ps(one)}; }
  void store(float* to) const { _mm256_storeu_ps(to, value); }
};
inline Vector operator+(Vector a, Vector b) { return {_mm256_add_ps(a.value, b.value)}; }
inline Vector operator-(Vector a, Vector b) { return {_mm256_sub_ps(a.value, b.value)}; }
inline Vector operator*(Vector a, Vector b) { return {_mm256_mul_ps(a.value, b.value)}; }
inline Vector operator/(Vector a, Vector b) { return {_mm256_div_ps(a.value, b.value)}; }
inline Vector fused(Vector a, Vector b, Vector c) { return {_mm256_fmadd_ps(a.value, b.value, c.value)}; }
inline Vector greater(Vector a, Vector b) { return {_mm256_max_ps(a.value, b.value)}; }
/// 2^n for a number whose last bits hold n + any multiple of 512.
inline Vector power_of_two(Vector shifted) {
  const __m256i bits = _mm256_add_epi32(_mm256_castps_si256(shifted.value), _mm256_set1_epi32(127));
  return {_mm256_castsi256_ps(_mm256_slli_epi32(bits, 23))};
}

// Sums kept in registers: 12 of 16, the rest for weights and the input.
constexpr std::size_t kTileSums = 12;

}  // namespace
}  // namespace onrecord::spacy

#include "language/kernels_body.h"

namespace onrecord::spacy {
extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = {"avx2", dense, normalize, sum_maxout2, gelu, exponentials};
}  // namespace onrecord::spacy
#endif
