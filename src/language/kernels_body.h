// The kernels, written once over a type `Vector` of `kLanes` floats; each instruction set includes this with
// its own. No function of the standard library may be used here: the linker could keep the copy of it that
// was compiled for the newest CPU.
#pragma once

#include "language/kernels.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kVectors = kBlock / Vector::kLanes;  // vectors that make one block

/// `kRowTile` rows by one block of outputs, all pieces in registers.
template <std::size_t kPieces, std::size_t kRowTile>
inline void dense_tile(const float* in, std::size_t in_stride, const DenseLayer& layer, const float* weights,
                       const float* bias, float* out, std::size_t out_stride) {
  for (std::size_t part = 0; part < kVectors; ++part) {
    const std::size_t lane = part * Vector::kLanes;
    Vector sum[kRowTile][kPieces];
    for (std::size_t p = 0; p < kPieces; ++p) {
      const Vector start = Vector::load(bias + p * kBlock + lane);
      for (std::size_t r = 0; r < kRowTile; ++r) sum[r][p] = start;
    }
    const float* w = weights + lane;
    for (std::size_t k = 0; k < layer.inputs; ++k, w += kPieces * kBlock) {
      Vector weight[kPieces];
      for (std::size_t p = 0; p < kPieces; ++p) weight[p] = Vector::load(w + p * kBlock);
      for (std::size_t r = 0; r < kRowTile; ++r) {
        const Vector x = Vector::broadcast(in[r * in_stride + k]);
        for (std::size_t p = 0; p < kPieces; ++p) sum[r][p] = fused(x, weight[p], sum[r][p]);
      }
    }
    for (std::size_t r = 0; r < kRowTile; ++r) {
      Vector best = sum[r][0];
      for (std::size_t p = 1; p < kPieces; ++p) best = greater(best, sum[r][p]);
      best.store(out + r * out_stride + lane);
    }
  }
}

template <std::size_t kPieces>
void dense_pieces(ConstRows in, const DenseLayer& layer, Rows out) {
  constexpr std::size_t kRowTile = kTileSums / kPieces;
  const std::size_t blocks = blocks_of(layer.outputs);
  for (std::size_t block = 0; block < blocks; ++block) {
    const float* const weights = layer.weights + block * kBlock * kPieces * layer.inputs;
    const float* const bias = layer.bias + block * kBlock * kPieces;
    std::size_t row = 0;
    for (; row + kRowTile <= in.count; row += kRowTile) {
      dense_tile<kPieces, kRowTile>(in.data + row * in.stride, in.stride, layer, weights, bias,
                                    out.data + row * out.stride + block * kBlock, out.stride);
    }
    for (; row < in.count; ++row) {
      dense_tile<kPieces, 1>(in.data + row * in.stride, in.stride, layer, weights, bias,
                             out.data + row * out.stride + block * kBlock, out.stride);
    }
  }
}

void dense(ConstRows in, const DenseLayer& layer, Rows out) {
  if (layer.pieces == 1) dense_pieces<1>(in, layer, out);
  if (layer.pieces == 2) dense_pieces<2>(in, layer, out);
  if (layer.pieces == 3) dense_pieces<3>(in, layer, out);
}

/// The sum of 16 lanes as a fixed tree: 16 -> 8 -> 4 -> 2 -> 1, upper half onto lower half.
inline float sum_lanes(float* lanes) {
  for (std::size_t half = kBlock / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

inline float sum_row(const float* row, std::size_t width) {
  float lanes[kBlock];
  for (std::size_t part = 0; part < kVectors; ++part) {
    Vector sum = Vector::load(row + part * Vector::kLanes);
    for (std::size_t at = kBlock; at < width; at += kBlock) {
      sum = sum + Vector::load(row + at + part * Vector::kLanes);
    }
    sum.store(lanes + part * Vector::kLanes);
  }
  return sum_lanes(lanes);
}

inline float sum_of_squares(const float* row, std::size_t width, float mean) {
  float lanes[kBlock];
  const Vector center = Vector::broadcast(mean);
  for (std::size_t part = 0; part < kVectors; ++part) {
    Vector sum = Vector::broadcast(0.0F);
    for (std::size_t at = 0; at < width; at += kBlock) {
      const Vector distance = Vector::load(row + at + part * Vector::kLanes) - center;
      sum = fused(distance, distance, sum);
    }
    sum.store(lanes + part * Vector::kLanes);
  }
  return sum_lanes(lanes);
}

void normalize(ConstRows rows, std::size_t width, const float* gain, const float* shift, ConstRows residual,
               Rows out) {
  constexpr float kEpsilon = 1e-8F;  // as thinc's LayerNorm
  for (std::size_t r = 0; r < rows.count; ++r) {
    const float* const row = rows.data + r * rows.stride;
    const float mean = sum_row(row, width) / static_cast<float>(width);
    const float variance = sum_of_squares(row, width, mean) / static_cast<float>(width);
    const Vector center = Vector::broadcast(mean);
    const Vector scale = Vector::broadcast(1.0F / __builtin_sqrtf(variance + kEpsilon));
    for (std::size_t at = 0; at < width; at += Vector::kLanes) {
      const Vector scaled = (Vector::load(row + at) - center) * scale;
      Vector value = fused(scaled, Vector::load(gain + at), Vector::load(shift + at));
      if (residual.data != nullptr) value = Vector::load(residual.data + r * residual.stride + at) + value;
      value.store(out.data + r * out.stride + at);
    }
  }
}

void sum_maxout2(const float* const* rows, std::size_t slots, const float* bias, std::size_t width,
                 float* out) {
  for (std::size_t at = 0; at < width; at += Vector::kLanes) {
    Vector first = Vector::load(rows[0] + at);
    Vector second = Vector::load(rows[0] + width + at);
    for (std::size_t s = 1; s < slots; ++s) {
      first = first + Vector::load(rows[s] + at);
      second = second + Vector::load(rows[s] + width + at);
    }
    first = first + Vector::load(bias + at);
    second = second + Vector::load(bias + width + at);
    greater(first, second).store(out + at);
  }
}

}  // namespace
}  // namespace onrecord::spacy
