#if defined(__x86_64__)
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace onrecord::spacy {
namespace {

// As 16-bit numbers: products of bytes added up in pairs would not fit the instruction for bytes.
struct Weights {
  __m256i value[4];
  static Weights load(const std::int8_t* from) {
    Weights out;
    for (int i = 0; i < 4; ++i)
      out.value[i] = _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(from + 16 * i)));
    return out;
  }
};

struct Inputs {
  __m256i value;
  static Inputs load(const std::uint8_t* from) {
    std::int32_t four = 0;
    __builtin_memcpy(&four, from, sizeof four);
    return {_mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)))};
  }
};

struct Sums {
  // Two numbers an output, to be added at the end.
  __m256i value[4];
  static Sums zero() {
    const __m256i none = _mm256_setzero_si256();
    return {{none, none, none, none}};
  }
  void store(float* to) const {
    for (int i = 0; i < 2; ++i) {
      const __m256i crossed = _mm256_hadd_epi32(value[2 * i], value[2 * i + 1]);  // quarters 0 2 1 3
      const __m256i sums = _mm256_permute4x64_epi64(crossed, 0b11'01'10'00);
      _mm256_storeu_ps(to + 8 * i, _mm256_cvtepi32_ps(sums));
    }
  }
};

inline Sums plus_products(Sums sums, Inputs inputs, Weights weights) {
  for (int i = 0; i < 4; ++i)
    sums.value[i] = _mm256_add_epi32(sums.value[i], _mm256_madd_epi16(inputs.value, weights.value[i]));
  return sums;
}

constexpr std::size_t kTileRows = 2;
constexpr std::size_t kTileBlocks = 1;

}  // namespace
}  // namespace onrecord::spacy

#include "language/byte_kernels_body.h"

namespace onrecord::spacy {
extern const ByteKernels kAvx2ByteKernels;
const ByteKernels kAvx2ByteKernels = {"avx2", dense, quantize_row};
}  // namespace onrecord::spacy
#endif
