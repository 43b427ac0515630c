#include "reading/attribution_tagger.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <unordered_map>

#include "language/byte_dense.h"
#include "language/byte_kernels.h"
#include "language/kernels.h"
#include "language/model_bytes.h"
#include "language/string_ids.h"
#include "language/transformer.h"
#include "reading/attribution_model.h"

namespace onrecord {
namespace {

using spacy::DenseLayer;
using spacy::kBlock;
using spacy::Rows;

constexpr std::string_view kMagicWithEncoder = "ORTAG002";  // layers in floats
constexpr std::string_view kMagicInBytes = "ORTAG003";      // no encoder, more features, layers in bytes
constexpr std::size_t kWindow =
    254;  // word pieces an encoder sees at once, as in training, beside two marks of its own
constexpr std::size_t kContext = 24;    // of those, what stands on either side of the words that count
constexpr std::size_t kMostPieces = 8;  // of one token
constexpr std::size_t kRowsAtOnce =
    48;  // rows whose windows are gathered before a layer runs over them: fits the L1 cache
constexpr float kForbidden = -1e4F;  // score of a step that the labels do not allow, as in training

// A table with one row of `width` numbers a value; stored as bytes with a scale a row.
struct Table {
  std::uint32_t rows = 0;
  std::vector<float> values;
};

// In floats or, if `bytes` says so, in bytes; then the outputs are the first piece's, behind them the
// second's.
struct Layer {
  std::uint32_t dilation = 1;
  std::vector<float> weights;  // packed as kernels.h wants them
  std::vector<float> bias;
  std::vector<float> gain;
  std::vector<float> shift;
  DenseLayer dense;
  spacy::ByteDense bytes;
};

// From [output][piece][input] to blocks of 16 outputs.
void pack(DenseLayer& dense, const std::vector<float>& weights, const std::vector<float>& bias,
          std::vector<float>& packed, std::vector<float>& packed_bias) {
  packed.assign(dense.weight_count(), 0.0F);
  packed_bias.assign(dense.bias_count(), 0.0F);
  for (std::size_t output = 0; output < dense.outputs; ++output) {
    const std::size_t block = output / kBlock;
    const std::size_t lane = output % kBlock;
    for (std::size_t piece = 0; piece < dense.pieces; ++piece) {
      const std::size_t row = output * dense.pieces + piece;
      packed_bias[(block * dense.pieces + piece) * kBlock + lane] = bias[row];
      for (std::size_t k = 0; k < dense.inputs; ++k) {
        packed[((block * dense.inputs + k) * dense.pieces + piece) * kBlock + lane] =
            weights[row * dense.inputs + k];
      }
    }
  }
  dense.weights = packed.data();
  dense.bias = packed_bias.data();
}

// A hash of an id to a row, as training/fast_tagger.py has it.
std::uint32_t row_of(std::uint64_t id, std::uint64_t seed, std::uint32_t rows) {
  std::uint64_t h = (id ^ seed) * 0x9E3779B97F4A7C15ULL;
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93ULL;
  h ^= h >> 32;
  return static_cast<std::uint32_t>(h % rows);
}

using Index = std::unordered_map<std::string, std::uint32_t>;

Index index_of(const std::vector<std::string>& names) {
  Index index;
  for (const std::string& name : names) index.emplace(name, static_cast<std::uint32_t>(index.size() + 1));
  return index;
}

std::uint32_t find(const Index& index, std::string_view name) {
  const auto found = index.find(std::string(name));
  return found == index.end() ? 0 : found->second;
}

// The state of quotation marks: outside, inside, at an opening mark, at a closing mark. A paragraph break
// closes.
class MarkState {
 public:
  MarkState()
      : opening_(spacy::string_id("\u201C")),
        closing_(spacy::string_id("\u201D")),
        straight_(spacy::string_id("\"")) {}

  std::uint32_t next(const TaggerToken& token) {
    if (token.paragraph_break) {
      inside_ = false;
    } else if (token.prefix == opening_ || (token.prefix == straight_ && !inside_)) {
      inside_ = true;
      return 2;
    } else if (token.prefix == closing_ || (token.prefix == straight_ && inside_)) {
      inside_ = false;
      return 3;
    }
    return inside_ ? 1 : 0;
  }

 private:
  std::uint64_t opening_, closing_, straight_;
  bool inside_ = false;
};

// What is known of the passage in quotation marks that a row stands in; training/fast_tagger.py has the same.
// Inside: 3 + 4 * length + 2 if it is closed + 1 if a sentence of it has words outside. Outside: 1 or 2 where
// the sentence has a passage, the longest short or long; else 0.
std::vector<std::uint32_t> passages(std::span<const TaggerToken> tokens) {
  const std::size_t count = tokens.size();
  std::vector<std::uint32_t> state(count);
  std::vector<std::uint32_t> sentence(count);
  MarkState marks;
  std::uint32_t sentences = 0;
  for (std::size_t i = 0; i < count; ++i) {
    state[i] = marks.next(tokens[i]);
    if (tokens[i].sentence_begins || tokens[i].paragraph_break) ++sentences;
    sentence[i] = sentences;
  }
  std::vector<bool> has_words_outside(sentences + 1);
  for (std::size_t i = 0; i < count; ++i) {
    if (state[i] == 0) has_words_outside[sentence[i]] = true;
  }
  std::vector<std::uint32_t> code(count);
  std::vector<std::uint32_t> longest(sentences + 1);
  for (std::size_t i = 0; i < count;) {
    if (state[i] == 0 || state[i] == 3) {
      ++i;
      continue;
    }
    std::size_t last = i + 1;
    while (last < count && state[last] == 1) ++last;
    const std::size_t length = last - i - 1;
    const bool closed = last < count && state[last] == 3;
    if (closed) ++last;
    const std::uint32_t size = length <= 2 ? 0 : length <= 5 ? 1 : length <= 11 ? 2 : 3;
    bool mixed = false;
    for (std::size_t k = i; k < last; ++k) {
      mixed = mixed || has_words_outside[sentence[k]];
      longest[sentence[k]] = std::max(longest[sentence[k]], size < 2 ? 1U : 2U);
    }
    std::fill(code.begin() + static_cast<std::ptrdiff_t>(i), code.begin() + static_cast<std::ptrdiff_t>(last),
              3 + 4 * size + (closed ? 2U : 0U) + (mixed ? 1U : 0U));
    i = last;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (code[i] == 0) code[i] = longest[sentence[i]];
  }
  return code;
}

AttributionTagger compiled_in(std::string_view bytes) {
  auto loaded = AttributionTagger::load(bytes);
  assert(loaded.has_value());
  return std::move(*loaded);
}

// The numbers of some rows on their way through a layer.
struct Buffers {
  std::vector<float> windows;
  std::vector<float> pieces;
  spacy::ByteBuffer bytes;
};

constexpr std::size_t kFeatures = 16;
constexpr std::size_t kFeaturesWithEncoder = 13;  // without the last three
using Features = std::array<std::uint32_t, kFeatures>;

}  // namespace

struct AttributionTagger::Network {
  std::uint32_t width = 0;
  std::uint32_t vector_width = 0;
  bool in_bytes = false;
  Index tags, dependencies, entities;
  std::vector<Table> tables;
  Layer vectors;  // the encoders' vectors to the width; no norm
  std::optional<TransformerEncoder> encoder;
  std::vector<float> first_gain, first_shift;
  std::vector<Layer> layers;
  Layer output;
  std::array<std::array<float, kAttributionLabels>, kAttributionLabels> step{};
  std::array<float, kAttributionLabels> begin{};

  [[nodiscard]] std::vector<Features> features(std::span<const TaggerToken> tokens) const;
  [[nodiscard]] std::size_t told_width() const { return vector_width + (encoder ? encoder->width() : 0); }
  void encode(std::span<const TaggerToken> tokens, std::vector<float>& told) const;
  void embed(std::span<const TaggerToken> tokens, std::vector<float>& state) const;
  void run(const Layer& layer, std::span<const TaggerToken> tokens, const std::vector<float>& state,
           std::vector<float>& next, Buffers& buffers) const;
};

AttributionTagger::AttributionTagger(std::unique_ptr<Network> network) : network_(std::move(network)) {}
AttributionTagger::AttributionTagger(AttributionTagger&&) noexcept = default;
AttributionTagger& AttributionTagger::operator=(AttributionTagger&&) noexcept = default;
AttributionTagger::~AttributionTagger() = default;

std::size_t AttributionTagger::vector_width() const { return network_->vector_width; }

const AttributionTagger& AttributionTagger::fast() {
  static const AttributionTagger tagger = compiled_in(fast_attribution_model());
  return tagger;
}

const AttributionTagger& AttributionTagger::precise() {
  static const AttributionTagger tagger = compiled_in(precise_attribution_model());
  return tagger;
}

Result<AttributionTagger> AttributionTagger::load(std::string_view bytes) {
  const auto damaged = [] {
    return fail(ErrorCode::kDamaged, "this is no attribution model of version 2 or 3, or it is damaged");
  };
  ModelBytes in(bytes);
  const std::string_view magic = in.take(kMagicInBytes.size());
  if (magic != kMagicInBytes && magic != kMagicWithEncoder) return damaged();
  auto network = std::make_unique<Network>();
  network->in_bytes = magic == kMagicInBytes;
  if (magic == kMagicWithEncoder) {
    Result<TransformerEncoder> encoder = TransformerEncoder::load(in);
    if (!encoder) return std::unexpected(encoder.error());
    if (encoder->positions() < kWindow + 2) return damaged();
    network->encoder = std::move(*encoder);
  }
  network->width = in.number();
  network->vector_width = in.number();
  const std::uint32_t width = network->width;
  const std::uint32_t layer_count = in.number();
  if (in.failed() || width == 0 || width > 1024 || width % kBlock != 0 || network->vector_width > 4096 ||
      layer_count > 64)
    return damaged();
  network->layers.resize(layer_count);
  for (Layer& layer : network->layers) layer.dilation = in.number();
  network->tags = index_of(in.strings());
  network->dependencies = index_of(in.strings());
  network->entities = index_of(in.strings());
  // 1. Tables: rows, a scale a row, then the rows in bytes.
  network->tables.resize(network->in_bytes ? kFeatures : kFeaturesWithEncoder);
  for (Table& table : network->tables) {
    table.rows = in.number();
    if (in.failed() || table.rows == 0 || table.rows > (1U << 20)) return damaged();
    const std::vector<float> scales = in.floats(table.rows);
    const std::string_view quantized = in.take(std::size_t{table.rows} * width);
    if (in.failed()) return damaged();
    table.values.resize(quantized.size());
    for (std::size_t i = 0; i < quantized.size(); ++i) {
      table.values[i] = static_cast<float>(static_cast<signed char>(quantized[i])) * scales[i / width];
    }
  }
  // 2. Affine layers: weights in bytes or in half precision, the rest in full; the last one always in halves.
  const auto read_dense = [&](Layer& layer, std::size_t inputs, std::size_t outputs, std::size_t pieces) {
    layer.dense = {inputs, outputs, pieces, nullptr, nullptr};
    const std::vector<float> weights = in.halves(inputs * outputs * pieces);
    const std::vector<float> bias = in.floats(outputs * pieces);
    if (!in.failed()) pack(layer.dense, weights, bias, layer.weights, layer.bias);
  };
  const auto read_layer = [&](Layer& layer, std::size_t inputs, std::size_t pieces) {
    if (network->in_bytes) {
      layer.bytes.read(in, inputs, width * pieces);
    } else {
      read_dense(layer, inputs, width, pieces);
    }
  };
  read_layer(network->vectors, network->told_width(), 1);
  network->first_gain = in.floats(width);
  network->first_shift = in.floats(width);
  for (Layer& layer : network->layers) {
    read_layer(layer, std::size_t{4} * width, 2);
    layer.gain = in.floats(width);
    layer.shift = in.floats(width);
  }
  read_dense(network->output, width, kAttributionLabels, 1);
  // 3. The CRF: from a label to the next one, and the first.
  const std::vector<float> steps = in.floats(kAttributionLabels * kAttributionLabels);
  const std::vector<float> begin = in.floats(kAttributionLabels);
  if (in.failed() || !in.at_end()) return damaged();
  for (std::size_t of = 0; of < kAttributionLabels; ++of) {
    for (std::size_t to = 0; to < kAttributionLabels; ++to) {
      const bool inside = to == 2 || to == 4 || to == 6;
      const bool allowed = !inside || of == to || of + 1 == to;
      network->step[of][to] = steps[of * kAttributionLabels + to] + (allowed ? 0.0F : kForbidden);
      network->begin[to] = begin[to] + (inside ? kForbidden : 0.0F);
    }
  }
  return AttributionTagger(std::move(network));
}

std::vector<Features> AttributionTagger::Network::features(std::span<const TaggerToken> tokens) const {
  const std::size_t count = tokens.size();
  std::vector<Features> rows(count);
  const auto hashed = [&](std::uint64_t id, std::uint64_t seed, std::size_t table) {
    return row_of(id, seed, tables[table].rows);
  };
  // 1. What a token tells of itself.
  MarkState marks;
  for (std::size_t i = 0; i < count; ++i) {
    const TaggerToken& token = tokens[i];
    const auto distance = static_cast<std::int64_t>(token.head) - static_cast<std::int64_t>(i);
    Features& row = rows[i];
    row[0] = hashed(token.norm, 1, 0);
    row[1] = hashed(token.prefix, 3, 1);
    row[2] = hashed(token.suffix, 4, 2);
    row[3] = hashed(token.shape, 5, 3);
    row[4] = marks.next(token) + (token.paragraph_break ? 4 : 0);
    row[5] = find(tags, token.tag);
    row[6] = find(dependencies, token.dependency);
    row[7] = find(entities, token.entity) * 2 + (token.entity_begins ? 1 : 0);
    row[11] = static_cast<std::uint32_t>(std::clamp<std::int64_t>(distance, -6, 6) + 6);
    row[12] = token.sentence_begins || token.paragraph_break ? 1U : 0U;
  }
  // 2. What it is told by its head.
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t head = tokens[i].head;
    rows[i][8] = hashed(tokens[head].norm, 6, 8);
    rows[i][9] = rows[head][5];
    rows[i][10] = rows[head][6];
  }
  // 3. Its children, to the left and to the right, by the bits of their arcs' labels; its passage in marks.
  if (tables.size() == kFeatures) {
    std::vector<std::array<std::uint64_t, 2>> children(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t head = tokens[i].head;
      if (head != i) children[head][head > i ? 0 : 1] |= std::uint64_t{1} << rows[i][6] % 64;
    }
    const std::vector<std::uint32_t> passage = passages(tokens);
    for (std::size_t i = 0; i < count; ++i) {
      rows[i][13] = hashed(children[i][0], 7, 13);
      rows[i][14] = hashed(children[i][1], 8, 14);
      rows[i][15] = passage[i];
    }
  }
  for (Features& row : rows) {
    for (std::size_t f = 0; f < tables.size(); ++f) row[f] = std::min(row[f], tables[f].rows - 1);
  }
  return rows;
}

// What the encoder says of every token's first piece, behind the other numbers told of it. The text goes
// through it in windows that overlap.
void AttributionTagger::Network::encode(std::span<const TaggerToken> tokens, std::vector<float>& told) const {
  const WordPieces& words = encoder->pieces();
  const std::uint32_t opening = words.find("[CLS]");
  const std::uint32_t separator = words.find("[SEP]");
  // 1. The pieces of all tokens; those of token i begin at first[i].
  std::vector<std::uint32_t> pieces;
  std::vector<std::uint32_t> first;
  for (const TaggerToken& token : tokens) {
    first.push_back(static_cast<std::uint32_t>(pieces.size()));
    if (token.paragraph_break) {
      pieces.push_back(separator);
    } else {
      words.append(token.text, kMostPieces, pieces);
    }
  }
  first.push_back(static_cast<std::uint32_t>(pieces.size()));
  // 2. Windows: `from` to `end` is seen, `kept` to `kept_end` counts.
  std::vector<std::uint32_t> seen;
  std::vector<float> said;
  for (std::size_t kept = 0, kept_end = 0; kept < tokens.size(); kept = kept_end) {
    std::size_t from = kept;
    while (from > 0 && first[kept] - first[from - 1] <= kContext) --from;
    std::size_t end = kept;
    while (end < tokens.size() && first[end + 1] - first[from] <= kWindow) ++end;
    kept_end = end;
    while (end < tokens.size() && kept_end > kept + 1 && first[end] - first[kept_end - 1] <= kContext)
      --kept_end;
    seen.assign(1, opening);
    seen.insert(seen.end(), pieces.begin() + first[from], pieces.begin() + first[end]);
    seen.push_back(separator);
    said.resize(seen.size() * encoder->width());
    encoder->encode(seen, said.data());
    for (std::size_t i = kept; i < kept_end; ++i) {
      const float* const row = said.data() + (1 + first[i] - first[from]) * encoder->width();
      std::copy_n(row, encoder->width(), told.data() + i * told_width() + vector_width);
    }
  }
}

// The first state: the rows of all features added up, plus the encoders' vectors; rectified and normalized.
void AttributionTagger::Network::embed(std::span<const TaggerToken> tokens, std::vector<float>& state) const {
  const spacy::Kernels& kernels = *spacy::available_kernels().front();
  const std::size_t told_each = told_width();
  std::vector<float> told(tokens.size() * told_each, 0.0F);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].vector.size() == vector_width)
      std::ranges::copy(tokens[i].vector, told.begin() + static_cast<std::ptrdiff_t>(i * told_each));
  }
  if (encoder) encode(tokens, told);
  const Rows first{state.data(), width, tokens.size()};
  if (in_bytes) {
    const spacy::ByteKernels& byte_kernels = *spacy::available_byte_kernels().front();
    spacy::ByteBuffer buffer;
    byte_kernels.dense(buffer.quantize(byte_kernels, {told.data(), told_each, tokens.size()}, told_each),
                       vectors.bytes.layer(), first);
  } else {
    kernels.dense({told.data(), told_each, tokens.size()}, vectors.dense, first);
  }
  const std::vector<Features> rows = features(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    float* const sum = state.data() + i * width;
    for (std::size_t f = 0; f < tables.size(); ++f) {
      const float* const row = tables[f].values.data() + std::size_t{rows[i][f]} * width;
      for (std::size_t k = 0; k < width; ++k) sum[k] += row[k];
    }
    for (std::size_t k = 0; k < width; ++k) sum[k] = std::max(sum[k], 0.0F);
  }
  kernels.normalize({state.data(), width, tokens.size()}, width, first_gain.data(), first_shift.data(), {},
                    {state.data(), width, tokens.size()});
}

// next = state + norm(maxout(left, middle, right, head)).
void AttributionTagger::Network::run(const Layer& layer, std::span<const TaggerToken> tokens,
                                     const std::vector<float>& state, std::vector<float>& next,
                                     Buffers& buffers) const {
  const spacy::Kernels& kernels = *spacy::available_kernels().front();
  const spacy::ByteKernels& byte_kernels = *spacy::available_byte_kernels().front();
  const std::size_t window = std::size_t{4} * width;
  std::vector<float>& windows = buffers.windows;
  windows.resize(kRowsAtOnce * window);
  buffers.pieces.resize(kRowsAtOnce * 2 * width);
  const auto copy_row = [&](std::size_t from, float* to) {
    std::copy_n(state.data() + from * width, width, to);
  };
  for (std::size_t first = 0; first < tokens.size(); first += kRowsAtOnce) {
    const std::size_t count = std::min(kRowsAtOnce, tokens.size() - first);
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t at = first + r;
      float* const row = windows.data() + r * window;
      if (at >= layer.dilation) {
        copy_row(at - layer.dilation, row);
      } else {
        std::fill_n(row, width, 0.0F);
      }
      copy_row(at, row + width);
      if (at + layer.dilation < tokens.size()) {
        copy_row(at + layer.dilation, row + 2 * width);
      } else {
        std::fill_n(row + 2 * width, width, 0.0F);
      }
      copy_row(tokens[at].head, row + 3 * width);
    }
    const Rows out{next.data() + first * width, width, count};
    if (in_bytes) {
      const float* pieces = buffers.pieces.data();
      byte_kernels.dense(buffers.bytes.quantize(byte_kernels, {windows.data(), window, count}, window),
                         layer.bytes.layer(), {buffers.pieces.data(), 2 * width, count});
      for (std::size_t r = 0; r < count; ++r, pieces += 2 * width) {
        for (std::size_t k = 0; k < width; ++k)
          out.data[r * width + k] = std::max(pieces[k], pieces[width + k]);
      }
    } else {
      kernels.dense({windows.data(), window, count}, layer.dense, out);
    }
    kernels.normalize({out.data, width, count}, width, layer.gain.data(), layer.shift.data(),
                      {state.data() + first * width, width, count}, out);
  }
}

AttributionTagger::Scores AttributionTagger::score(std::span<const TaggerToken> tokens) const {
  const Network& network = *network_;
  Scores scores(tokens.size());
  if (tokens.empty()) return scores;
  std::vector<float> state(tokens.size() * network.width);
  std::vector<float> next(state.size());
  network.embed(tokens, state);
  Buffers buffers;
  for (const Layer& layer : network.layers) {
    network.run(layer, tokens, state, next, buffers);
    state.swap(next);
  }
  std::vector<float> out(tokens.size() * kBlock);
  spacy::available_kernels().front()->dense({state.data(), network.width, tokens.size()},
                                            network.output.dense, {out.data(), kBlock, tokens.size()});
  for (std::size_t i = 0; i < tokens.size(); ++i)
    std::copy_n(out.data() + i * kBlock, kAttributionLabels, scores[i].begin());
  return scores;
}

// Viterbi forwards and backwards: the best path that begins, and the best one that ends, at each row's each
// label.
AttributionTagger::Tagging AttributionTagger::tag(std::span<const TaggerToken> tokens) const {
  const Scores scores = score(tokens);
  const Network& network = *network_;
  Tagging tagging;
  const std::size_t count = tokens.size();
  if (count == 0) return tagging;
  constexpr std::size_t kLabels = kAttributionLabels;
  Scores until(count);
  Scores from(count);
  std::vector<std::array<std::uint8_t, kLabels>> before(count);
  for (std::size_t to = 0; to < kLabels; ++to) until[0][to] = network.begin[to] + scores[0][to];
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t to = 0; to < kLabels; ++to) {
      std::size_t choice = 0;
      for (std::size_t of = 1; of < kLabels; ++of) {
        if (until[i - 1][of] + network.step[of][to] > until[i - 1][choice] + network.step[choice][to])
          choice = of;
      }
      before[i][to] = static_cast<std::uint8_t>(choice);
      until[i][to] = until[i - 1][choice] + network.step[choice][to] + scores[i][to];
    }
  }
  for (std::size_t i = count - 1; i-- > 0;) {
    for (std::size_t of = 0; of < kLabels; ++of) {
      float best = network.step[of][0] + scores[i + 1][0] + from[i + 1][0];
      for (std::size_t to = 1; to < kLabels; ++to) {
        best = std::max(best, network.step[of][to] + scores[i + 1][to] + from[i + 1][to]);
      }
      from[i][of] = best;
    }
  }
  tagging.labels.resize(count);
  tagging.margins.resize(count);
  const auto kind = [](std::size_t label) { return (label + 1) / 2; };
  auto label = static_cast<std::size_t>(std::ranges::max_element(until.back()) - until.back().begin());
  for (std::size_t i = count; i-- > 0;) {
    tagging.labels[i] = static_cast<AttributionLabel>(label);
    float other = 2 * kForbidden;
    for (std::size_t l = 0; l < kLabels; ++l) {
      if (kind(l) != kind(label))
        other = std::max(other, until[i][l] + from[i][l] - until[i][label] - from[i][label]);
    }
    tagging.margins[i] = std::max(0.0F, -other);
    label = before[i][label];
  }
  return tagging;
}

}  // namespace onrecord
