// A dense layer in bytes as model files hold it.
#pragma once

#include <cstddef>
#include <vector>

#include "language/byte_kernels.h"
#include "language/model_bytes.h"

namespace onrecord::spacy {

/// Bias and scale an output (float32), then the bytes of the weights at the file's next multiple of 64, as
/// [16 outputs][4 inputs][output][input]; these stay in the file.
class ByteDense {
 public:
  /// What `in` has not is noted by `in.failed()`. `inputs` is a multiple of 4, `outputs` of 16.
  void read(ModelBytes& in, std::size_t inputs, std::size_t outputs);

  /// Good as long as this layer, unmoved or moved, and the file.
  [[nodiscard]] ByteLayer layer() const;

 private:
  std::size_t inputs_ = 0;
  std::size_t outputs_ = 0;
  std::vector<float> bias_;
  std::vector<float> scale_;
  std::vector<float> sums_;
  const std::int8_t* weights_ = nullptr;
};

}  // namespace onrecord::spacy
