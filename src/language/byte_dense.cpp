#include "language/byte_dense.h"

namespace onrecord::spacy {

void ByteDense::read(ModelBytes& in, std::size_t inputs, std::size_t outputs) {
  constexpr std::size_t kAlignment = 64;
  constexpr std::size_t kStep = kBlock * kByteInputs;
  inputs_ = inputs;
  outputs_ = outputs;
  bias_ = in.floats(outputs);
  scale_ = in.floats(outputs);
  in.align(kAlignment);
  const std::string_view bytes = in.take(inputs * outputs);
  if (in.failed()) return;
  weights_ = reinterpret_cast<const std::int8_t*>(bytes.data());
  sums_.assign(outputs, 0.0F);
  for (std::size_t output = 0; output < outputs; ++output) {
    const std::int8_t* const block =
        weights_ + output / kBlock * inputs * kBlock + output % kBlock * kByteInputs;
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < inputs; k += kByteInputs) {
      for (std::size_t i = 0; i < kByteInputs; ++i) sum += block[k / kByteInputs * kStep + i];
    }
    sums_[output] = static_cast<float>(sum);
  }
}

ByteLayer ByteDense::layer() const {
  return {inputs_, outputs_, weights_, scale_.data(), bias_.data(), sums_.data()};
}

}  // namespace onrecord::spacy
