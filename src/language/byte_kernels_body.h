// The byte kernels, written once over three types of each instruction set: `Weights` (64 bytes: 16 outputs by
// 4 inputs), `Inputs` (4 bytes of a row, for all outputs alike) and `Sums` (16 whole numbers). No function of
// the standard library that does work may be used here: the linker could keep the copy of it that was
// compiled for the newest CPU.
#pragma once

#include "language/byte_kernels.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kStep = kBlock * kByteInputs;  // bytes of one `Weights`

/// `kRows` rows by `kBlocks` blocks of 16 outputs, all sums in registers.
template <std::size_t kRows, std::size_t kBlocks>
inline void byte_tile(const ByteRows& in, const ByteLayer& layer, std::size_t first_block, float* out,
                      std::size_t out_stride) {
  const std::size_t block_bytes = layer.inputs * kBlock;
  const std::int8_t* weights = layer.weights + first_block * block_bytes;
  Sums sums[kRows][kBlocks];
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t b = 0; b < kBlocks; ++b) sums[r][b] = Sums::zero();
  }
  for (std::size_t k = 0; k < layer.inputs; k += kByteInputs, weights += kStep) {
    Weights weight[kBlocks];
    for (std::size_t b = 0; b < kBlocks; ++b) weight[b] = Weights::load(weights + b * block_bytes);
    for (std::size_t r = 0; r < kRows; ++r) {
      const Inputs inputs = Inputs::load(in.bytes + r * in.width + k);
      for (std::size_t b = 0; b < kBlocks; ++b) sums[r][b] = plus_products(sums[r][b], inputs, weight[b]);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const std::size_t output = (first_block + b) * kBlock;
      float whole[kBlock];
      sums[r][b].store(whole);
      float* const to = out + r * out_stride + output;
      for (std::size_t lane = 0; lane < kBlock; ++lane) {
        const float dot = in.step[r] * whole[lane] + in.low[r] * layer.sums[output + lane];
        to[lane] = dot * layer.scale[output + lane] + layer.bias[output + lane];
      }
    }
  }
}

template <std::size_t kBlocks>
inline void byte_columns(const ByteRows& in, std::size_t count, const ByteLayer& layer, std::size_t block,
                         Rows out) {
  std::size_t row = 0;
  const auto rest = [&] {
    return ByteRows{in.width, in.bytes + row * in.width, in.low + row, in.step + row};
  };
  for (; row + kTileRows <= count; row += kTileRows)
    byte_tile<kTileRows, kBlocks>(rest(), layer, block, out.data + row * out.stride, out.stride);
  for (; row < count; ++row)
    byte_tile<1, kBlocks>(rest(), layer, block, out.data + row * out.stride, out.stride);
}

void dense(const ByteRows& in, const ByteLayer& layer, Rows out) {
  const std::size_t blocks = layer.outputs / kBlock;
  std::size_t block = 0;
  for (; block + kTileBlocks <= blocks; block += kTileBlocks)
    byte_columns<kTileBlocks>(in, out.count, layer, block, out);
  for (; block < blocks; ++block) byte_columns<1>(in, out.count, layer, block, out);
}

void quantize_row(const float* row, std::size_t width, std::uint8_t* bytes, float& low, float& step) {
  float least[kBlock];
  float most[kBlock];
  for (std::size_t lane = 0; lane < kBlock; ++lane) least[lane] = most[lane] = row[lane];
  for (std::size_t at = kBlock; at < width; at += kBlock) {
    for (std::size_t lane = 0; lane < kBlock; ++lane) {
      const float value = row[at + lane];
      least[lane] = value < least[lane] ? value : least[lane];
      most[lane] = value > most[lane] ? value : most[lane];
    }
  }
  float greatest = most[0];
  low = least[0];
  for (std::size_t lane = 1; lane < kBlock; ++lane) {
    low = least[lane] < low ? least[lane] : low;
    greatest = most[lane] > greatest ? most[lane] : greatest;
  }
  step = (greatest - low) / 255.0F;
  const float steps = step > 0 ? 1.0F / step : 0.0F;
  constexpr float kRounder = 8388608.0F;  // the last bit of 2^23 + x is worth 1: adding rounds x
  for (std::size_t i = 0; i < width; ++i) {
    const float rounded = (row[i] - low) * steps + kRounder - kRounder;
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(rounded < 255.0F ? rounded : 255.0F));
  }
}

}  // namespace
}  // namespace onrecord::spacy
