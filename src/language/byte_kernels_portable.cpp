#include <cstddef>
#include <cstdint>

namespace onrecord::spacy {
namespace {

struct Weights {
  const std::int8_t* value;
  static Weights load(const std::int8_t* from) { return {from}; }
};

struct Inputs {
  const std::uint8_t* value;
  static Inputs load(const std::uint8_t* from) { return {from}; }
};

struct Sums {
  std::int32_t value[16];
  static Sums zero() { return {}; }
  void store(float* to) const {
    for (std::size_t lane = 0; lane < 16; ++lane) to[lane] = static_cast<float>(value[lane]);
  }
};

inline Sums plus_products(Sums sums, Inputs inputs, Weights weights) {
  for (std::size_t lane = 0; lane < 16; ++lane) {
    for (std::size_t i = 0; i < 4; ++i) sums.value[lane] += inputs.value[i] * weights.value[4 * lane + i];
  }
  return sums;
}

constexpr std::size_t kTileRows = 2;
constexpr std::size_t kTileBlocks = 1;

}  // namespace
}  // namespace onrecord::spacy

#include "language/byte_kernels_body.h"

namespace onrecord::spacy {
extern const ByteKernels kPortableByteKernels;
const ByteKernels kPortableByteKernels = {"portable", dense, quantize_row};
}  // namespace onrecord::spacy
