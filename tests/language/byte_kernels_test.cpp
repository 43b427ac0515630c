// The kernels for bytes against their definition, bit for bit, on every instruction set of this CPU.
#include "language/byte_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace onrecord::spacy {
namespace {

struct TestLayer {
  std::vector<std::int8_t> room;  // weights begin at a multiple of 64 in it
  std::vector<float> scale, bias, sums;
  ByteLayer layer;

  TestLayer(std::size_t inputs, std::size_t outputs, std::mt19937& random)
      : room(inputs * outputs + 64), scale(outputs), bias(outputs), sums(outputs, 0.0F) {
    auto* weights = room.data();
    while (reinterpret_cast<std::uintptr_t>(weights) % 64 != 0) ++weights;
    for (std::size_t i = 0; i < inputs * outputs; ++i)
      weights[i] = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    std::normal_distribution<float> normal;
    for (std::size_t o = 0; o < outputs; ++o) {
      scale[o] = std::abs(normal(random)) * 0.01F;
      bias[o] = normal(random);
    }
    layer = {inputs, outputs, weights, scale.data(), bias.data(), sums.data()};
    for (std::size_t o = 0; o < outputs; ++o) {
      for (std::size_t k = 0; k < inputs; ++k) sums[o] += weight(k, o);
    }
  }
  [[nodiscard]] float weight(std::size_t input, std::size_t output) const {
    return layer.weights[output / 16 * layer.inputs * 16 + input / 4 * 64 + output % 16 * 4 + input % 4];
  }
};

TEST(ByteKernels, DenseIsTheWholeSumScaled) {
  std::mt19937 random(1);
  struct Shape {
    std::size_t rows, inputs, outputs;
  };
  for (const Shape shape : {Shape{1, 4, 16}, Shape{7, 384, 64}, Shape{13, 1536, 48}, Shape{6, 32, 128}}) {
    const TestLayer test(shape.inputs, shape.outputs, random);
    std::vector<std::uint8_t> bytes(shape.rows * shape.inputs);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    std::fill_n(bytes.begin(), shape.inputs, 255);  // the greatest sums
    std::vector<float> low(shape.rows);
    std::vector<float> step(shape.rows);
    for (std::size_t r = 0; r < shape.rows; ++r) {
      low[r] = -0.37F * static_cast<float>(r);
      step[r] = 0.011F + 0.003F * static_cast<float>(r);
    }
    const std::size_t stride = shape.outputs + 3;
    std::vector<float> expected(shape.rows * stride, 7.0F);
    for (std::size_t r = 0; r < shape.rows; ++r) {
      for (std::size_t o = 0; o < shape.outputs; ++o) {
        std::int64_t whole = 0;
        for (std::size_t k = 0; k < shape.inputs; ++k)
          whole += std::int64_t{bytes[r * shape.inputs + k]} * static_cast<std::int64_t>(test.weight(k, o));
        const float dot = step[r] * static_cast<float>(whole) + low[r] * test.sums[o];
        expected[r * stride + o] = dot * test.scale[o] + test.bias[o];
      }
    }
    for (const ByteKernels* const kernels : available_byte_kernels()) {
      std::vector<float> out(expected.size(), 7.0F);
      kernels->dense({shape.inputs, bytes.data(), low.data(), step.data()}, test.layer,
                     {out.data(), stride, shape.rows});
      EXPECT_EQ(std::memcmp(out.data(), expected.data(), out.size() * sizeof(float)), 0)
          << kernels->name << ", " << shape.outputs << " outputs";
    }
  }
}

TEST(ByteKernels, QuantizedRowsAreWithinHalfAStep) {
  std::mt19937 random(2);
  std::normal_distribution<float> normal;
  constexpr std::size_t kWidth = 64;
  std::vector<float> rows(5 * kWidth);
  for (float& value : rows) value = normal(random);
  std::fill_n(rows.begin(), kWidth, 0.25F);  // one value alone
  rows[kWidth] = 1000.0F;
  ByteBuffer first_buffer;
  const ByteRows first =
      first_buffer.quantize(*available_byte_kernels().back(), {rows.data(), kWidth, 5}, kWidth);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t r = i / kWidth;
    const double back = double{first.low[r]} + double{first.step[r]} * first.bytes[i];
    EXPECT_NEAR(back, rows[i], 0.5001 * first.step[r] + 1e-6);
  }
  for (const ByteKernels* const kernels : available_byte_kernels()) {
    ByteBuffer buffer;
    const ByteRows out = buffer.quantize(*kernels, {rows.data(), kWidth, 5}, kWidth);
    EXPECT_EQ(std::memcmp(out.bytes, first.bytes, rows.size()), 0) << kernels->name;
    EXPECT_EQ(std::memcmp(out.low, first.low, 5 * sizeof(float)), 0) << kernels->name;
    EXPECT_EQ(std::memcmp(out.step, first.step, 5 * sizeof(float)), 0) << kernels->name;
  }
}

}  // namespace
}  // namespace onrecord::spacy
