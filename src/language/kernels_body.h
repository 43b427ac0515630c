// The kernels, written once over a type `Vector` of `kLanes` floats; each instruction set includes this with
// its own. No function of the standard library may be used here: the linker could keep the copy of it that
// was compiled for the newest CPU.
#pragma once

#include "language/kernels.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kVectors = kBlock / Vector::kLanes;  // vectors that make one block

/// Where the weights of one tile lie: `kVectors` blocks of lanes, each with its own sum.
struct Tile {
  const float* weights;
  std::size_t vector_step;  ///< floats from one block's weights to the next one's
  std::size_t input_step;   ///< floats from one input's weights to the next one's
  const float* bias;        ///< blocks one after the other
};

/// What becomes of the sums of a tile: the greatest of them is one block, or each is a block of its own.
enum class Sums { kGreatest, kEach };

/// `kRowTile` rows by `kSums` sums of one block, all in registers.
template <std::size_t kSums, std::size_t kRowTile, Sums kMode>
inline void dense_tile(ConstRows in, std::size_t inputs, const Tile& tile, float* out,
                       std::size_t out_stride) {
  for (std::size_t part = 0; part < kVectors; ++part) {
    const std::size_t lane = part * Vector::kLanes;
    Vector sum[kRowTile][kSums];
    for (std::size_t s = 0; s < kSums; ++s) {
      const Vector start = Vector::load(tile.bias + s * kBlock + lane);
      for (std::size_t r = 0; r < kRowTile; ++r) sum[r][s] = start;
    }
    const float* w = tile.weights + lane;
    for (std::size_t k = 0; k < inputs; ++k, w += tile.input_step) {
      Vector weight[kSums];
      for (std::size_t s = 0; s < kSums; ++s) weight[s] = Vector::load(w + s * tile.vector_step);
      for (std::size_t r = 0; r < kRowTile; ++r) {
        const Vector x = Vector::broadcast(in.data[r * in.stride + k]);
        for (std::size_t s = 0; s < kSums; ++s) sum[r][s] = fused(x, weight[s], sum[r][s]);
      }
    }
    for (std::size_t r = 0; r < kRowTile; ++r) {
      float* const row = out + r * out_stride + lane;
      if constexpr (kMode == Sums::kGreatest) {
        Vector best = sum[r][0];
        for (std::size_t s = 1; s < kSums; ++s) best = greater(best, sum[r][s]);
        best.store(row);
      } else {
        for (std::size_t s = 0; s < kSums; ++s) sum[r][s].store(row + s * kBlock);
      }
    }
  }
}

/// All rows by one tile's width: many rows at a time, then four, then one.
template <std::size_t kSums, Sums kMode>
inline void dense_columns(ConstRows in, std::size_t inputs, const Tile& tile, float* out,
                          std::size_t out_stride) {
  constexpr std::size_t kMany = kTileSums / kSums;
  constexpr std::size_t kFew = kMany < 4 ? 1 : 4;
  std::size_t row = 0;
  const auto rest = [&] { return ConstRows{in.data + row * in.stride, in.stride, in.count - row}; };
  for (; row + kMany <= in.count; row += kMany) {
    dense_tile<kSums, kMany, kMode>(rest(), inputs, tile, out + row * out_stride, out_stride);
  }
  for (; row + kFew <= in.count; row += kFew) {
    dense_tile<kSums, kFew, kMode>(rest(), inputs, tile, out + row * out_stride, out_stride);
  }
  for (; row < in.count; ++row) {
    dense_tile<kSums, 1, kMode>(rest(), inputs, tile, out + row * out_stride, out_stride);
  }
}

template <std::size_t kPieces>
void dense_maxout(ConstRows in, const DenseLayer& layer, Rows out) {
  const std::size_t blocks = blocks_of(layer.outputs);
  for (std::size_t block = 0; block < blocks; ++block) {
    const Tile tile{layer.weights + block * kBlock * kPieces * layer.inputs, kBlock, kPieces * kBlock,
                    layer.bias + block * kBlock * kPieces};
    dense_columns<kPieces, Sums::kGreatest>(in, layer.inputs, tile, out.data + block * kBlock, out.stride);
  }
}

Tile plain_tile(const DenseLayer& layer, std::size_t block) {
  return {layer.weights + block * kBlock * layer.inputs, kBlock * layer.inputs, kBlock,
          layer.bias + block * kBlock};
}

/// One row: many blocks at once, since a single sum would wait for each multiply-add to end.
void dense_row(ConstRows in, const DenseLayer& layer, float* out) {
  const std::size_t blocks = blocks_of(layer.outputs);
  for (std::size_t block = 0; block < blocks;) {
    const Tile tile = plain_tile(layer, block);
    float* const to = out + block * kBlock;
    switch (blocks - block) {
      case 1:
        dense_tile<1, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 2:
        dense_tile<2, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 3:
        dense_tile<3, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 4:
        dense_tile<4, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 5:
        dense_tile<5, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 6:
        dense_tile<6, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      case 7:
        dense_tile<7, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        return;
      default:
        dense_tile<8, 1, Sums::kEach>(in, layer.inputs, tile, to, 0);
        block += 8;
    }
  }
}

void dense_plain(ConstRows in, const DenseLayer& layer, Rows out) {
  if (in.count == 1) return dense_row(in, layer, out.data);
  const std::size_t blocks = blocks_of(layer.outputs);
  std::size_t block = 0;
  for (; block + 2 <= blocks; block += 2) {
    dense_columns<2, Sums::kEach>(in, layer.inputs, plain_tile(layer, block), out.data + block * kBlock,
                                  out.stride);
  }
  if (block < blocks) {
    dense_columns<1, Sums::kEach>(in, layer.inputs, plain_tile(layer, block), out.data + block * kBlock,
                                  out.stride);
  }
}

void dense(ConstRows in, const DenseLayer& layer, Rows out) {
  if (layer.pieces == 1) dense_plain(in, layer, out);
  if (layer.pieces == 2) dense_maxout<2>(in, layer, out);
  if (layer.pieces == 3) dense_maxout<3>(in, layer, out);
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

/// e^x for x in [-87, 0], and 0 and a little below that.
inline Vector exponential(Vector x) {
  // x = n ln 2 + r with |r| <= ln 2 / 2; n rounded to nearest by adding a number whose last bit is worth 1.
  const Vector rounder = Vector::broadcast(12582912.0F);
  const Vector shifted =
      fused(greater(x, Vector::broadcast(-87.0F)), Vector::broadcast(1.44269504F), rounder);
  const Vector n = shifted - rounder;
  Vector r = fused(n, Vector::broadcast(-0.693145752F), greater(x, Vector::broadcast(-87.0F)));
  r = fused(n, Vector::broadcast(-1.42860677e-6F), r);
  Vector power = Vector::broadcast(1.0F / 720);
  for (const float coefficient : {1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F})
    power = fused(power, r, Vector::broadcast(coefficient));
  return power * power_of_two(shifted);
}

/// The error function's approximation 7.1.26 of Abramowitz and Stegun (1964), written for Phi:
/// Phi(-|x|) = (a1 t + ... + a5 t^5) e^(-x^2/2) / 2 with t = 1 / (1 + p |x| / sqrt 2).
void gelu(float* values, std::size_t count) {
  const Vector zero = Vector::broadcast(0.0F);
  for (std::size_t at = 0; at < count; at += Vector::kLanes) {
    const Vector x = Vector::load(values + at);
    const Vector size = greater(x, zero - x);
    const Vector t =
        Vector::broadcast(1.0F) / fused(size, Vector::broadcast(0.231641888F), Vector::broadcast(1.0F));
    Vector sum = Vector::broadcast(0.5F * 1.061405429F);
    for (const float coefficient : {-1.453152027F, 1.421413741F, -0.284496736F, 0.254829592F})
      sum = fused(sum, t, Vector::broadcast(0.5F * coefficient));
    const Vector below = sum * t * exponential(zero - size * size * Vector::broadcast(0.5F));
    // x Phi(x) is -|x| Phi(-|x|) below zero and x - |x| Phi(-|x|) above.
    (greater(x, zero) - size * below).store(values + at);
  }
}

void exponentials(Rows rows, std::size_t width, float* sums) {
  const std::size_t padded = blocks_of(width) * kBlock;
  for (std::size_t r = 0; r < rows.count; ++r) {
    float* const row = rows.data + r * rows.stride;
    for (std::size_t i = width; i < padded; ++i) row[i] = row[0];
    float lanes[kBlock];
    for (std::size_t part = 0; part < kVectors; ++part) {
      Vector most = Vector::load(row + part * Vector::kLanes);
      for (std::size_t at = kBlock; at < padded; at += kBlock)
        most = greater(most, Vector::load(row + at + part * Vector::kLanes));
      most.store(lanes + part * Vector::kLanes);
    }
    float greatest = lanes[0];
    for (const float lane : lanes) greatest = lane > greatest ? lane : greatest;
    const Vector most = Vector::broadcast(greatest);
    for (std::size_t at = 0; at < padded; at += Vector::kLanes)
      exponential(Vector::load(row + at) - most).store(row + at);
    for (std::size_t i = width; i < padded; ++i) row[i] = 0.0F;
    sums[r] = sum_row(row, padded);
  }
}

}  // namespace
}  // namespace onrecord::spacy
