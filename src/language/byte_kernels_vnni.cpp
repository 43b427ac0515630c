#if defined(__x86_64__)
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace onrecord::spacy {
namespace {

struct Weights {
  __m512i value;
  static Weights load(const std::int8_t* from) { return {_mm512_load_si512(from)}; }
};

struct Inputs {
  __m512i value;
  static Inputs load(const std::uint8_t* from) {
    std::int32_t four = 0;
    __builtin_memcpy(&four, from, sizeof four);
    return {_mm512_set1_epi32(four)};
  }
};

struct Sums {
  __m512i value;
  static Sums zero() { return {_mm512_setzero_si512()}; }
  void store(float* to) const { _mm512_storeu_ps(to, _mm512_cvtepi32_ps(value)); }
};

inline Sums plus_products(Sums sums, Inputs inputs, Weights weights) {
  // As an instruction: with the intrinsic, g++ 12 keeps half of the sums in memory, at half the speed.
  asm("vpdpbusd %2, %1, %0" : "+v"(sums.value) : "v"(inputs.value), "v"(weights.value));
  return sums;
}

// 24 sums, 4 weights and the inputs of 32 registers.
constexpr std::size_t kTileRows = 6;
constexpr std::size_t kTileBlocks = 4;

}  // namespace
}  // namespace onrecord::spacy

#include "language/byte_kernels_body.h"

namespace onrecord::spacy {
extern const ByteKernels kVnniByteKernels;
const ByteKernels kVnniByteKernels = {"avx512-vnni", dense, quantize_row};
}  // namespace onrecord::spacy
#endif
