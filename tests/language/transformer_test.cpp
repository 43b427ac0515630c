// A small encoder of random weights against the same sums in double precision.
#include "language/transformer.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <random>
#include <string>

namespace onrecord {
namespace {

constexpr std::size_t kLayers = 2;
constexpr std::size_t kWidth = 32;
constexpr std::size_t kHeads = 2;
constexpr std::size_t kInner = 64;
constexpr std::size_t kPositions = 24;
constexpr std::string_view kVocabulary = "[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd";
constexpr std::size_t kPieces = 7;

using Matrix = std::vector<std::vector<double>>;  // [output][input], or a row a piece

struct Dense {
  Matrix weights;
  std::vector<double> bias;
};
struct Norm {
  std::vector<double> gain, shift;
};
struct Layer {
  Dense questions, answers, inner, outer;
  Norm after_attention, after_inner;
};

// Weights that the file holds exactly, and the file.
struct SmallEncoder {
  Matrix words, positions;
  Norm first;
  std::vector<Layer> layers;
  std::string file;

  explicit SmallEncoder(unsigned seed) : random(seed) {
    file = "ORENC001";
    for (const std::size_t number : {kLayers, kWidth, kHeads, kInner, kPositions, kVocabulary.size()}) {
      const auto value = static_cast<std::uint32_t>(number);
      file.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    file += kVocabulary;
    write_floats(std::vector<double>(kPieces, 0.125));
    align();
    words = bytes(kPieces, kWidth, 0.125);
    for (std::size_t p = 0; p < kPositions; ++p) {
      positions.emplace_back();
      for (std::size_t k = 0; k < kWidth; ++k) {  // halves: +-1 or +-2
        const std::uint16_t half =
            static_cast<std::uint16_t>((random() % 2 << 15) | (random() % 2 == 0 ? 0x3C00 : 0x4000));
        positions.back().push_back(((half & 0x8000) != 0 ? -1.0 : 1.0) *
                                   ((half & 0x7FFF) == 0x3C00 ? 1.0 : 2.0));
        file.append(reinterpret_cast<const char*>(&half), sizeof half);
      }
    }
    first = norm();
    for (std::size_t i = 0; i < kLayers; ++i) {
      layers.emplace_back();
      Layer& layer = layers.back();
      layer.questions = dense(kWidth, 3 * kWidth);
      layer.answers = dense(kWidth, kWidth);
      layer.after_attention = norm();
      layer.inner = dense(kWidth, kInner);
      layer.outer = dense(kInner, kWidth);
      layer.after_inner = norm();
    }
  }

 private:
  std::mt19937 random;

  void write_floats(const std::vector<double>& values) {
    for (const double value : values) {
      const auto narrow = static_cast<float>(value);
      file.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
    }
  }
  void align() { file.resize((file.size() + 63) / 64 * 64, '\0'); }
  std::vector<double> some(std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back((static_cast<double>(random() % 33) - 16) / 16);
    write_floats(values);
    return values;
  }
  Norm norm() {
    Norm out;
    out.gain = some(kWidth);
    out.shift = some(kWidth);
    return out;
  }
  Matrix bytes(std::size_t rows, std::size_t columns, double scale) {
    Matrix out(rows, std::vector<double>(columns));
    for (auto& row : out) {
      for (double& value : row) {
        const auto byte = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
        file += static_cast<char>(byte);
        value = byte * scale;
      }
    }
    return out;
  }
  Dense dense(std::size_t inputs, std::size_t outputs) {
    constexpr double kScale = 1.0 / 256;
    Dense out;
    out.bias = some(outputs);
    write_floats(std::vector<double>(outputs, kScale));
    align();
    out.weights.assign(outputs, std::vector<double>(inputs));
    for (std::size_t block = 0; block < outputs; block += 16) {
      for (std::size_t k = 0; k < inputs; k += 4) {
        const Matrix four = bytes(16, 4, kScale);
        for (std::size_t lane = 0; lane < 16; ++lane) {
          for (std::size_t i = 0; i < 4; ++i) out.weights[block + lane][k + i] = four[lane][i];
        }
      }
    }
    return out;
  }
};

std::vector<double> times(const Dense& dense, const std::vector<double>& in) {
  std::vector<double> out = dense.bias;
  for (std::size_t o = 0; o < out.size(); ++o) {
    for (std::size_t k = 0; k < in.size(); ++k) out[o] += dense.weights[o][k] * in[k];
  }
  return out;
}

std::vector<double> normalized(const Norm& norm, std::vector<double> row) {
  double mean = 0;
  double variance = 0;
  for (const double value : row) mean += value / kWidth;
  for (const double value : row) variance += (value - mean) * (value - mean) / kWidth;
  for (std::size_t k = 0; k < kWidth; ++k)
    row[k] = (row[k] - mean) / std::sqrt(variance) * norm.gain[k] + norm.shift[k];
  return row;
}

Matrix reference(const SmallEncoder& encoder, const std::vector<std::uint32_t>& pieces) {
  constexpr std::size_t kHead = kWidth / kHeads;
  Matrix state;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::vector<double> row = encoder.positions[i];
    for (std::size_t k = 0; k < kWidth; ++k) row[k] += encoder.words[pieces[i]][k];
    state.push_back(normalized(encoder.first, row));
  }
  for (const Layer& layer : encoder.layers) {
    Matrix asked;
    for (const auto& row : state) asked.push_back(times(layer.questions, row));
    for (std::size_t i = 0; i < state.size(); ++i) {
      std::vector<double> context(kWidth, 0.0);
      for (std::size_t head = 0; head < kHeads; ++head) {
        std::vector<double> weight;
        double sum = 0;
        for (const auto& other : asked) {
          double likeness = 0;
          for (std::size_t k = 0; k < kHead; ++k)
            likeness += asked[i][head * kHead + k] * other[kWidth + head * kHead + k];
          weight.push_back(std::exp(likeness));
          sum += weight.back();
        }
        for (std::size_t j = 0; j < asked.size(); ++j) {
          for (std::size_t k = 0; k < kHead; ++k)
            context[head * kHead + k] += weight[j] / sum * asked[j][2 * kWidth + head * kHead + k];
        }
      }
      std::vector<double> row = times(layer.answers, context);
      for (std::size_t k = 0; k < kWidth; ++k) row[k] += state[i][k];
      row = normalized(layer.after_attention, row);
      std::vector<double> inner = times(layer.inner, row);
      for (double& value : inner) value *= 0.5 * std::erfc(-value / std::sqrt(2.0));
      std::vector<double> outer = times(layer.outer, inner);
      for (std::size_t k = 0; k < kWidth; ++k) outer[k] += row[k];
      context = normalized(layer.after_inner, outer);
      // The attention of the pieces that follow must see the state of before.
      asked[i].insert(asked[i].end(), context.begin(), context.end());
    }
    for (std::size_t i = 0; i < state.size(); ++i) state[i].assign(asked[i].end() - kWidth, asked[i].end());
  }
  return state;
}

// The file's bytes at a multiple of 64, as the loader wants them.
class Aligned {
 public:
  explicit Aligned(std::string_view bytes) : room_(bytes.size() + 64, '\0') {
    begin_ = (64 - reinterpret_cast<std::uintptr_t>(room_.data()) % 64) % 64;
    std::memcpy(room_.data() + begin_, bytes.data(), bytes.size());
    size_ = bytes.size();
  }
  [[nodiscard]] std::string_view bytes() const { return std::string_view(room_).substr(begin_, size_); }

 private:
  std::string room_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
};

TEST(Transformer, SaysWhatTheSumsSay) {
  const SmallEncoder small(3);
  const Aligned file(small.file);
  ModelBytes in(file.bytes());
  const auto encoder = TransformerEncoder::load(in);
  ASSERT_TRUE(encoder.has_value());
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(encoder->width(), kWidth);
  for (const std::size_t count : {std::size_t{1}, std::size_t{5}, std::size_t{16}, std::size_t{23}}) {
    std::vector<std::uint32_t> pieces;
    for (std::size_t i = 0; i < count; ++i)
      pieces.push_back(static_cast<std::uint32_t>((i * 5 + 1) % kPieces));
    std::vector<float> out(count * kWidth);
    encoder->encode(pieces, out.data());
    const Matrix expected = reference(small, pieces);
    double apart = 0;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < kWidth; ++k)
        apart = std::max(apart, std::abs(out[i * kWidth + k] - expected[i][k]));
    }
    EXPECT_LT(apart, 0.15) << count;  // activations are rounded to bytes; values reach 3
    std::vector<float> again(out.size());
    encoder->encode(pieces, again.data());
    EXPECT_EQ(std::memcmp(out.data(), again.data(), out.size() * sizeof(float)), 0);
  }
}

TEST(Transformer, AUnknownPieceIsReadAsSuch) {
  const SmallEncoder small(4);
  const Aligned file(small.file);
  ModelBytes in(file.bytes());
  const auto encoder = TransformerEncoder::load(in);
  ASSERT_TRUE(encoder.has_value());
  std::vector<float> beyond(kWidth);
  std::vector<float> unknown(kWidth);
  encoder->encode(std::vector<std::uint32_t>{12345}, beyond.data());
  encoder->encode(std::vector<std::uint32_t>{0}, unknown.data());
  EXPECT_EQ(beyond, unknown);
  encoder->encode({}, nullptr);
}

TEST(Transformer, RefusesAFileCutAnywhere) {
  const SmallEncoder small(5);
  for (std::size_t size = 0; size < small.file.size(); size += size < 400 ? 1 : 97) {
    const Aligned file(std::string_view(small.file).substr(0, size));
    ModelBytes in(file.bytes());
    EXPECT_FALSE(TransformerEncoder::load(in).has_value()) << size;
  }
  std::string wrong = small.file;
  wrong[16] = 5;  // heads that do not divide the width
  const Aligned file(wrong);
  ModelBytes in(file.bytes());
  EXPECT_FALSE(TransformerEncoder::load(in).has_value());
}

}  // namespace
}  // namespace onrecord
