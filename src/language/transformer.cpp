#include "language/transformer.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "language/byte_dense.h"
#include "language/byte_kernels.h"
#include "language/kernels.h"

namespace onrecord {
namespace {

using spacy::ByteDense;
using spacy::ByteKernels;
using spacy::kBlock;
using spacy::Kernels;
using spacy::Rows;

constexpr std::string_view kMagic = "ORENC001";
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kRowsAtOnce = 48;  // of the wide inner layer: they stay in the cache

struct Norm {
  std::vector<float> gain;
  std::vector<float> shift;
};

struct Layer {
  ByteDense questions;  // queries, keys and values of all heads, one after the other
  ByteDense answers;
  Norm after_attention;
  ByteDense inner;
  ByteDense outer;
  Norm after_inner;
};

void read(ModelBytes& in, std::size_t width, Norm& norm) {
  norm.gain = in.floats(width);
  norm.shift = in.floats(width);
}

// The numbers of one text on their way through the layers.
struct Buffers {
  std::vector<float> asked;     // queries, keys, values
  std::vector<float> keys;      // of one head, packed as a dense layer's weights: outputs are pieces
  std::vector<float> values;    // of one head, packed likewise: inputs are pieces
  std::vector<float> likeness;  // of one head: a row a piece
  std::vector<float> sums;
  std::vector<float> context;
  std::vector<float> inner;
  std::vector<float> added;
  std::vector<float> no_bias;
  spacy::ByteBuffer bytes;
};

}  // namespace

struct TransformerEncoder::Network {
  std::size_t width = 0;
  std::size_t heads = 0;
  std::size_t inner_width = 0;
  std::size_t position_count = 0;
  WordPieces pieces;
  std::vector<float> word_scale;
  const std::int8_t* words = nullptr;  // a row of `width` a piece
  std::vector<float> positions;        // rows of `width`
  Norm first;
  std::vector<Layer> layers;
  const Kernels* kernels = spacy::available_kernels().front();
  const ByteKernels* byte_kernels = spacy::available_byte_kernels().front();

  void embed(std::span<const std::uint32_t> ids, float* state) const;
  void attend(const Layer& layer, std::size_t count, float* state, Buffers& buffers) const;
  void attend_with_head(std::size_t head, std::size_t count, Buffers& buffers) const;
  void transform(const Layer& layer, std::size_t count, float* state, Buffers& buffers) const;

  [[nodiscard]] std::size_t head_width() const { return width / heads; }
  // state = norm(state + added)
  void add_and_normalize(const Norm& norm, std::size_t count, const float* added, float* state) const {
    for (std::size_t i = 0; i < count * width; ++i) state[i] += added[i];
    normalize(norm, count, state);
  }
  void normalize(const Norm& norm, std::size_t count, float* state) const {
    kernels->normalize({state, width, count}, width, norm.gain.data(), norm.shift.data(), {},
                       {state, width, count});
  }
};

TransformerEncoder::TransformerEncoder(std::unique_ptr<Network> network) : network_(std::move(network)) {}
TransformerEncoder::TransformerEncoder(TransformerEncoder&&) noexcept = default;
TransformerEncoder& TransformerEncoder::operator=(TransformerEncoder&&) noexcept = default;
TransformerEncoder::~TransformerEncoder() = default;

const WordPieces& TransformerEncoder::pieces() const { return network_->pieces; }
std::size_t TransformerEncoder::width() const { return network_->width; }
std::size_t TransformerEncoder::positions() const { return network_->position_count; }

Result<TransformerEncoder> TransformerEncoder::load(ModelBytes& in) {
  const auto damaged = [] {
    return fail(ErrorCode::kDamaged, "this is no transformer encoder of version 1, or it is damaged");
  };
  if (in.take(kMagic.size()) != kMagic) return damaged();
  auto network = std::make_unique<Network>();
  const std::uint32_t layer_count = in.number();
  const std::uint32_t width = in.number();
  const std::uint32_t heads = in.number();
  const std::uint32_t inner_width = in.number();
  const std::uint32_t position_count = in.number();
  if (in.failed() || layer_count > 48 || width == 0 || width > 4096 || heads == 0 || width % heads != 0 ||
      width / heads % kBlock != 0 || inner_width == 0 || inner_width > 16384 || inner_width % kBlock != 0 ||
      position_count == 0 || position_count > 8192)
    return damaged();
  network->width = width;
  network->heads = heads;
  network->inner_width = inner_width;
  network->position_count = position_count;
  network->pieces = WordPieces(in.take(in.number()));
  // 1. What a piece and its place say.
  network->word_scale = in.floats(network->pieces.size());
  in.align(kAlignment);
  network->words = reinterpret_cast<const std::int8_t*>(in.take(network->pieces.size() * width).data());
  network->positions = in.halves(std::size_t{position_count} * width);
  read(in, width, network->first);
  // 2. The layers.
  network->layers.resize(layer_count);
  for (Layer& layer : network->layers) {
    layer.questions.read(in, width, std::size_t{3} * width);
    layer.answers.read(in, width, width);
    read(in, width, layer.after_attention);
    layer.inner.read(in, width, inner_width);
    layer.outer.read(in, inner_width, width);
    read(in, width, layer.after_inner);
  }
  if (in.failed() || network->pieces.size() == 0) return damaged();
  return TransformerEncoder(std::move(network));
}

void TransformerEncoder::Network::embed(std::span<const std::uint32_t> ids, float* state) const {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::size_t piece = ids[i] < pieces.size() ? ids[i] : pieces.unknown();
    const std::int8_t* const word = words + piece * width;
    const float scale = word_scale[piece];
    for (std::size_t k = 0; k < width; ++k)
      state[i * width + k] = static_cast<float>(word[k]) * scale + positions[i * width + k];
  }
  normalize(first, ids.size(), state);
}

// Context of one head: every piece's values, weighed by how well its key answers the query.
void TransformerEncoder::Network::attend_with_head(std::size_t head, std::size_t count,
                                                   Buffers& buffers) const {
  const std::size_t size = head_width();
  const std::size_t stride = 3 * width;
  const std::size_t padded = spacy::blocks_of(count) * kBlock;
  const float* const queries = buffers.asked.data() + head * size;
  const float* const keys = queries + width;
  const float* const values = keys + width;
  for (std::size_t piece = 0; piece < count; ++piece) {
    float* const key = buffers.keys.data() + piece / kBlock * kBlock * size + piece % kBlock;
    for (std::size_t k = 0; k < size; ++k) key[k * kBlock] = keys[piece * stride + k];
    for (std::size_t k = 0; k < size; ++k)
      buffers.values[(k / kBlock * count + piece) * kBlock + k % kBlock] = values[piece * stride + k];
  }
  const Rows likeness{buffers.likeness.data(), padded, count};
  kernels->dense({queries, stride, count}, {size, count, 1, buffers.keys.data(), buffers.no_bias.data()},
                 likeness);
  kernels->exponentials(likeness, count, buffers.sums.data());
  const Rows context{buffers.context.data() + head * size, width, count};
  kernels->dense({likeness.data, padded, count},
                 {count, size, 1, buffers.values.data(), buffers.no_bias.data()}, context);
  for (std::size_t piece = 0; piece < count; ++piece) {
    const float share = 1.0F / buffers.sums[piece];
    for (std::size_t k = 0; k < size; ++k) context.data[piece * width + k] *= share;
  }
}

void TransformerEncoder::Network::attend(const Layer& layer, std::size_t count, float* state,
                                         Buffers& buffers) const {
  byte_kernels->dense(buffers.bytes.quantize(*byte_kernels, {state, width, count}, width),
                      layer.questions.layer(), {buffers.asked.data(), 3 * width, count});
  for (std::size_t head = 0; head < heads; ++head) attend_with_head(head, count, buffers);
  byte_kernels->dense(buffers.bytes.quantize(*byte_kernels, {buffers.context.data(), width, count}, width),
                      layer.answers.layer(), {buffers.added.data(), width, count});
  add_and_normalize(layer.after_attention, count, buffers.added.data(), state);
}

void TransformerEncoder::Network::transform(const Layer& layer, std::size_t count, float* state,
                                            Buffers& buffers) const {
  for (std::size_t done = 0; done < count; done += kRowsAtOnce) {
    const std::size_t rows = std::min(kRowsAtOnce, count - done);
    const Rows inner{buffers.inner.data(), inner_width, rows};
    byte_kernels->dense(buffers.bytes.quantize(*byte_kernels, {state + done * width, width, rows}, width),
                        layer.inner.layer(), inner);
    kernels->gelu(inner.data, rows * inner_width);
    byte_kernels->dense(buffers.bytes.quantize(*byte_kernels, {inner.data, inner_width, rows}, inner_width),
                        layer.outer.layer(), {buffers.added.data() + done * width, width, rows});
  }
  add_and_normalize(layer.after_inner, count, buffers.added.data(), state);
}

void TransformerEncoder::encode(std::span<const std::uint32_t> pieces, float* out) const {
  const Network& network = *network_;
  const std::size_t count = pieces.size();
  assert(count <= network.position_count);
  if (count == 0) return;
  const std::size_t padded = spacy::blocks_of(count) * kBlock;
  Buffers buffers;
  buffers.asked.resize(count * 3 * network.width);
  buffers.keys.resize(padded * network.head_width());
  buffers.values.resize(count * network.head_width());
  buffers.likeness.resize(count * padded);
  buffers.sums.resize(count);
  buffers.context.resize(count * network.width);
  buffers.inner.resize(kRowsAtOnce * network.inner_width);
  buffers.added.resize(count * network.width);
  buffers.no_bias.resize(std::max(padded, network.head_width()));
  network.embed(pieces, out);
  for (const Layer& layer : network.layers) {
    network.attend(layer, count, out, buffers);
    network.transform(layer, count, out, buffers);
  }
}

}  // namespace onrecord
