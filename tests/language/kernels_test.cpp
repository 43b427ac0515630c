// The kernels against the slow, obvious way, bit for bit, on every instruction set of this CPU.
#include "language/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace onrecord::spacy {
namespace {

std::vector<float> random_floats(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// kernels.h, word for word.
float reference_output(const float* in, const DenseLayer& layer, std::size_t output) {
  const std::size_t block = output / kBlock;
  const std::size_t lane = output % kBlock;
  float best = 0;
  for (std::size_t p = 0; p < layer.pieces; ++p) {
    float sum = layer.bias[(block * layer.pieces + p) * kBlock + lane];
    for (std::size_t k = 0; k < layer.inputs; ++k) {
      sum = std::fma(in[k], layer.weights[((block * layer.inputs + k) * layer.pieces + p) * kBlock + lane],
                     sum);
    }
    best = p == 0 || sum > best ? sum : best;
  }
  return best;
}

struct Shape {
  std::size_t rows, inputs, outputs, pieces;
};

TEST(Kernels, DenseIsTheFusedSumInOrder) {
  for (const Shape shape : {Shape{19, 288, 96, 3}, Shape{1, 64, 106, 1}, Shape{8, 33, 50, 2},
                            Shape{25, 576, 96, 3}, Shape{3, 1, 16, 1}}) {
    DenseLayer layer{.inputs = shape.inputs, .outputs = shape.outputs, .pieces = shape.pieces};
    const auto weights = random_floats(layer.weight_count(), 1);
    const auto bias = random_floats(layer.bias_count(), 2);
    layer.weights = weights.data();
    layer.bias = bias.data();
    // Rows overlap, as windows do.
    const std::size_t stride = std::max<std::size_t>(1, shape.inputs / 3);
    const auto in = random_floats(shape.rows * stride + shape.inputs, 3);
    const std::size_t width = blocks_of(shape.outputs) * kBlock;
    std::vector<float> expected(shape.rows * width);
    for (std::size_t r = 0; r < shape.rows; ++r) {
      for (std::size_t o = 0; o < width; ++o)
        expected[r * width + o] = reference_output(&in[r * stride], layer, o);
    }
    for (const Kernels* const kernels : available_kernels()) {
      std::vector<float> out(expected.size());
      kernels->dense({in.data(), stride, shape.rows}, layer, {out.data(), width, shape.rows});
      EXPECT_TRUE(same_bits(out, expected)) << kernels->name << ", " << shape.outputs << " outputs";
    }
  }
}

TEST(Kernels, PortableFusedMultiplyAddRoundsOnce) {
  // Products that cancel almost wholly, ties, subnormal results: where two roundings would differ from one.
  DenseLayer layer{.inputs = 1, .outputs = kBlock, .pieces = 1};
  std::mt19937 random(4);
  std::uniform_int_distribution<std::uint32_t> bits;
  for (int round = 0; round < 20'000; ++round) {
    const auto pick = [&](std::uint32_t exponent_spread) {
      const std::uint32_t exponent = 127 - exponent_spread / 2 + bits(random) % exponent_spread;
      const std::uint32_t value = (bits(random) & 0x807FFFFFU) | (exponent << 23);
      float out = 0;
      std::memcpy(&out, &value, sizeof out);
      return out;
    };
    const float x = pick(round % 2 == 0 ? 8 : 100);
    std::vector<float> weights(kBlock);
    std::vector<float> bias(kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
      weights[i] = pick(round % 2 == 0 ? 8 : 100);
      bias[i] = i % 3 == 0 ? -x * weights[i] : i % 3 == 1 ? std::nextafter(-x * weights[i], 0.0F) : pick(60);
    }
    layer.weights = weights.data();
    layer.bias = bias.data();
    std::vector<float> out(kBlock);
    kPortableKernels.dense({&x, 1, 1}, layer, {out.data(), kBlock, 1});
    for (std::size_t i = 0; i < kBlock; ++i) {
      const float expected = std::fma(x, weights[i], bias[i]);
      ASSERT_EQ(std::memcmp(&out[i], &expected, sizeof expected), 0)
          << x << " * " << weights[i] << " + " << bias[i];
    }
  }
}

TEST(Kernels, GeluIsTheNormalDistributionsShare) {
  std::vector<float> in = random_floats(160, 9);
  for (std::size_t i = 0; i < 16; ++i) in[i] = (static_cast<float>(i) - 8.0F) * 2.5F;
  in[16] = 0.0F;
  in[17] = -1e20F;
  in[18] = 1e20F;
  std::vector<float> first;
  for (const Kernels* const kernels : available_kernels()) {
    std::vector<float> out = in;
    kernels->gelu(out.data(), out.size());
    if (first.empty()) first = out;
    EXPECT_TRUE(same_bits(out, first)) << kernels->name;
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double x = in[i];
    EXPECT_NEAR(first[i], x * 0.5 * std::erfc(-x / std::sqrt(2.0)), 1e-6 * std::max(1.0, std::abs(x))) << x;
  }
}

TEST(Kernels, ExponentialsAreThoseOfTheDistanceFromTheGreatest) {
  constexpr std::size_t kStride = 48;
  for (const std::size_t width : {std::size_t{1}, std::size_t{16}, std::size_t{37}, std::size_t{48}}) {
    std::vector<float> in = random_floats(3 * kStride, 10);
    for (float& value : in) value *= 20.0F;
    in[kStride] = -3e4F;  // so far below the others that nothing is left of it
    std::vector<float> first;
    std::vector<float> first_sums;
    for (const Kernels* const kernels : available_kernels()) {
      std::vector<float> out = in;
      std::vector<float> sums(3);
      kernels->exponentials({out.data(), kStride, 3}, width, sums.data());
      if (first.empty()) {
        first = out;
        first_sums = sums;
      }
      for (std::size_t r = 0; r < 3; ++r)
        EXPECT_EQ(std::memcmp(&out[r * kStride], &first[r * kStride], width * sizeof(float)), 0)
            << kernels->name;
      EXPECT_TRUE(same_bits(sums, first_sums)) << kernels->name;
    }
    for (std::size_t r = 0; r < 3; ++r) {
      const float* const row = &in[r * kStride];
      const double most = *std::max_element(row, row + width);
      double sum = 0;
      for (std::size_t i = 0; i < width; ++i) {
        const double expected = std::exp(double{row[i] - static_cast<float>(most)});
        EXPECT_NEAR(first[r * kStride + i], expected, 1e-6 * expected + 1e-37);
        sum += expected;
      }
      EXPECT_NEAR(first_sums[r], sum, 1e-5 * sum);
    }
  }
}

TEST(Kernels, NormalizeAndSumAgreeOnAllInstructionSets) {
  constexpr std::size_t kWidth = 96;
  constexpr std::size_t kRows = 5;
  const auto rows = random_floats(kRows * kWidth, 5);
  const auto gain = random_floats(kWidth, 6);
  const auto shift = random_floats(kWidth, 7);
  const auto residual = random_floats(kRows * kWidth, 8);
  std::vector<float> first_normal;
  std::vector<float> first_sum;
  for (const Kernels* const kernels : available_kernels()) {
    std::vector<float> out(rows.size());
    kernels->normalize({rows.data(), kWidth, kRows}, kWidth, gain.data(), shift.data(),
                       {residual.data(), kWidth, kRows}, {out.data(), kWidth, kRows});
    if (first_normal.empty()) first_normal = out;
    EXPECT_TRUE(same_bits(out, first_normal)) << kernels->name;
    for (std::size_t r = 0; r < kRows; ++r) {
      double mean = 0;
      double variance = 0;
      for (std::size_t i = 0; i < kWidth; ++i) mean += rows[r * kWidth + i] / double{kWidth};
      for (std::size_t i = 0; i < kWidth; ++i)
        variance += std::pow(rows[r * kWidth + i] - mean, 2) / double{kWidth};
      for (std::size_t i = 0; i < kWidth; ++i) {
        const std::size_t at = r * kWidth + i;
        const double expected =
            residual[at] + (rows[at] - mean) / std::sqrt(variance + 1e-8) * gain[i] + shift[i];
        EXPECT_NEAR(out[at], expected, 1e-5);
      }
    }
    const float* const slots[] = {&rows[0], &rows[96], &rows[192]};
    std::vector<float> sum(48);
    kernels->sum_maxout2(slots, 3, shift.data(), 48, sum.data());
    if (first_sum.empty()) first_sum = sum;
    EXPECT_TRUE(same_bits(sum, first_sum)) << kernels->name;
    for (std::size_t i = 0; i < 48; ++i) {
      const auto piece = [&](std::size_t at) {
        return ((slots[0][at] + slots[1][at]) + slots[2][at]) + shift[at];
      };
      EXPECT_EQ(sum[i], std::max(piece(i), piece(i + 48)));
    }
  }
}

}  // namespace
}  // namespace onrecord::spacy
