#include "language/encoder.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace onrecord::spacy {
namespace {

constexpr std::size_t kWindow = 1;  // neighbours on each side of a convolution; the importer refuses others
constexpr std::size_t kMostTables = 16;
constexpr std::size_t kMostLayers = 64;
constexpr std::size_t kWidest = 1U << 16;
constexpr std::size_t kMostRows = 1U << 28;

std::unexpected<Error> damaged(const std::string& part) {
  return fail(ErrorCode::kDamaged, "the model's part " + part + " is damaged");
}

/// The four rows of a table over which `value` is spread: thinc's hash, a finalised MurmurHash3_x64_128 of
/// the eight bytes with `seed`, as four 32-bit words.
std::array<std::uint32_t, 4> hashed_rows(std::uint64_t value, std::uint32_t seed, std::uint32_t rows) {
  constexpr std::uint64_t kFirst = 0x87C37B91114253D5;
  constexpr std::uint64_t kSecond = 0x4CF5AD432745937F;
  constexpr std::uint64_t kLength = 8;
  const auto finalise = [](std::uint64_t h) {
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCD;
    h ^= h >> 33;
    h *= 0xC4CEB9FE1A85EC53;
    return h ^ (h >> 33);
  };
  std::uint64_t low = value * kFirst;
  low = (low << 31) | (low >> 33);
  low = (low * kSecond) ^ seed ^ kLength;
  std::uint64_t high = seed ^ kLength;
  low += high;
  high += low;
  low = finalise(low);
  high = finalise(high);
  low += high;
  high += low;
  const auto row = [rows](std::uint64_t word) { return static_cast<std::uint32_t>(word) % rows; };
  return {row(low), row(low >> 32), row(high), row(high >> 32)};
}

}  // namespace

Result<WordVectors> WordVectors::read(const ModelFile& file) {
  WordVectors vectors;
  if (!file.has("vectors")) return vectors;
  RecordReader record(file.section("vectors"));
  const std::uint64_t rows = record.number();
  const std::uint64_t width = record.number();
  const std::uint64_t count = record.number();
  if (!record.good() || width == 0 || width > kWidest || rows > kMostRows || count > kMostRows)
    return damaged("vectors");
  const auto ids = file.array<StringId>("vectors.ids", count);
  const auto row_numbers = file.array<std::uint32_t>("vectors.rows", count);
  const auto table = file.array<float>("vectors.table", rows * width);
  if (!ids) return std::unexpected(ids.error());
  if (!row_numbers) return std::unexpected(row_numbers.error());
  if (!table) return std::unexpected(table.error());
  if (!std::ranges::all_of(*row_numbers, [rows](std::uint32_t row) { return row < rows; }))
    return damaged("vectors");
  vectors.width_ = width;
  vectors.ids_ = *ids;
  vectors.rows_ = *row_numbers;
  vectors.table_ = *table;
  return vectors;
}

const float* WordVectors::of(StringId orth) const {
  const auto id = std::ranges::lower_bound(ids_, orth);
  if (id == ids_.end() || *id != orth) return nullptr;
  return &table_[rows_[static_cast<std::size_t>(id - ids_.begin())] * width_];
}

Result<DenseLayer> read_dense(const ModelFile& file, const std::string& prefix, std::size_t inputs,
                              std::size_t outputs, std::size_t pieces) {
  if (inputs == 0 || inputs > kWidest || outputs == 0 || outputs > kWidest || pieces == 0 || pieces > 3) {
    return damaged(prefix);
  }
  DenseLayer layer{.inputs = inputs, .outputs = outputs, .pieces = pieces};
  const auto weights = file.array<float>(prefix + ".weights", layer.weight_count());
  const auto bias = file.array<float>(prefix + ".bias", layer.bias_count());
  if (!weights) return std::unexpected(weights.error());
  if (!bias) return std::unexpected(bias.error());
  layer.weights = weights->data();
  layer.bias = bias->data();
  return layer;
}

Result<Encoder::Layer> Encoder::read_layer(const ModelFile& file, const std::string& prefix,
                                           std::size_t inputs, std::size_t outputs, std::size_t pieces) {
  Layer layer;
  const auto dense = read_dense(file, prefix, inputs, outputs, pieces);
  const auto gain = file.array<float>(prefix + ".gain", outputs);
  const auto shift = file.array<float>(prefix + ".shift", outputs);
  if (!dense) return std::unexpected(dense.error());
  if (!gain) return std::unexpected(gain.error());
  if (!shift) return std::unexpected(shift.error());
  layer.dense = *dense;
  layer.gain = gain->data();
  layer.shift = shift->data();
  return layer;
}

Result<Encoder> Encoder::read(const ModelFile& file, const std::string& component,
                              const WordVectors& vectors) {
  constexpr std::pair<std::string_view, Attribute> kAttributes[] = {
      {"NORM", Attribute::kNorm},   {"PREFIX", Attribute::kPrefix}, {"SUFFIX", Attribute::kSuffix},
      {"SHAPE", Attribute::kShape}, {"SPACY", Attribute::kSpacy},   {"IS_SPACE", Attribute::kIsSpace},
      {"ORTH", Attribute::kOrth},   {"LOWER", Attribute::kLower}};
  const std::string part = component + ".encoder";
  RecordReader record(file.section(part));
  Encoder encoder;
  const std::size_t tables = record.count();
  if (tables == 0 || tables > kMostTables) return damaged(part);
  for (std::size_t i = 0; i < tables; ++i) {
    Table table;
    const std::string_view name = record.text();
    const auto known = std::ranges::find(kAttributes, name, &std::pair<std::string_view, Attribute>::first);
    if (known == std::end(kAttributes)) {
      return fail(ErrorCode::kUnsupportedFormat, "the pipeline's component \"" + component +
                                                     "\" cannot be run here: it looks at the attribute " +
                                                     std::string(name));
    }
    table.attribute = known->second;
    table.seed = static_cast<std::uint32_t>(record.number());
    const std::uint64_t rows = record.number();
    table.width = record.number();
    if (!record.good() || rows == 0 || rows > kMostRows || table.width == 0 || table.width > kWidest)
      return damaged(part);
    table.rows = static_cast<std::uint32_t>(rows);
    const auto values = file.array<float>(component + ".table." + std::to_string(i), rows * table.width);
    if (!values) return std::unexpected(values.error());
    table.values = values->data();
    encoder.sees_spaces_ = encoder.sees_spaces_ || table.attribute == Attribute::kSpacy;
    encoder.embedded_width_ += table.width;
    encoder.tables_.push_back(table);
  }
  const std::uint64_t vector_width = record.number();
  encoder.width_ = record.number();
  if (!record.good() || encoder.width_ == 0 || encoder.width_ % kBlock != 0 || encoder.width_ > kWidest)
    return damaged(part);
  if (vector_width != 0) {
    if (vector_width != vectors.width()) return damaged(part);
    const auto projection = read_dense(file, component + ".vectors", vector_width, encoder.width_, 1);
    if (!projection) return std::unexpected(projection.error());
    encoder.vectors_ = &vectors;
    encoder.vector_projection_ = *projection;
    encoder.embedded_width_ += encoder.width_;
  }
  const auto mixing =
      read_layer(file, component + ".mixing", encoder.embedded_width_, encoder.width_, record.number());
  if (!mixing) return std::unexpected(mixing.error());
  encoder.mixing_ = *mixing;
  const std::size_t layers = record.count();
  if (layers > kMostLayers) return damaged(part);
  for (std::size_t i = 0; i < layers; ++i) {
    const auto layer = read_layer(file, component + ".layer." + std::to_string(i),
                                  (2 * kWindow + 1) * encoder.width_, encoder.width_, record.number());
    if (!layer) return std::unexpected(layer.error());
    encoder.layers_.push_back(*layer);
  }
  return encoder;
}

std::size_t Encoder::convolution_steps() const {
  std::size_t steps = 0;
  for (const Layer& layer : layers_) steps += layer.dense.weight_count();
  return steps;
}

void Encoder::embed(const Lexeme& lexeme, bool followed_by_space, const Kernels& kernels, float* out) const {
  const LexicalAttributes& attributes = lexeme.attributes;
  for (const Table& table : tables_) {
    StringId value = 0;
    switch (table.attribute) {
      case Attribute::kNorm:
        value = attributes.norm;
        break;
      case Attribute::kPrefix:
        value = attributes.prefix;
        break;
      case Attribute::kSuffix:
        value = attributes.suffix;
        break;
      case Attribute::kShape:
        value = attributes.shape;
        break;
      case Attribute::kSpacy:
        value = followed_by_space ? 1 : 0;
        break;
      case Attribute::kIsSpace:
        value = attributes.is_space ? 1 : 0;
        break;
      case Attribute::kOrth:
        value = attributes.orth;
        break;
      case Attribute::kLower:
        value = string_id(lexeme.lower);
        break;
    }
    const auto rows = hashed_rows(value, table.seed, table.rows);
    const float* const a = table.values + rows[0] * table.width;
    const float* const b = table.values + rows[1] * table.width;
    const float* const c = table.values + rows[2] * table.width;
    const float* const d = table.values + rows[3] * table.width;
    for (std::size_t i = 0; i < table.width; ++i) out[i] = ((a[i] + b[i]) + c[i]) + d[i];
    out += table.width;
  }
  if (vectors_ == nullptr) return;
  const float* const vector = vectors_->of(attributes.orth);
  if (vector == nullptr) {
    std::fill_n(out, width_, 0.0F);
  } else {
    kernels.dense({vector, 0, 1}, vector_projection_, {out, 0, 1});
  }
}

/// Mixes the words that the cache does not know yet, all at once.
void Encoder::mix(std::span<const TokenPiece> tokens, const LexemeTable& lexemes, const Kernels& kernels,
                  EncoderCache& cache) const {
  if (cache.generation != lexemes.generation()) {
    cache.generation = lexemes.generation();
    cache.slots.clear();
    cache.mixed.clear();
  }
  if (cache.slots.size() < lexemes.size() * 2) cache.slots.resize(lexemes.size() * 2, EncoderCache::kNone);
  const std::size_t first_new = cache.mixed.size() / width_;
  std::size_t count = 0;
  for (const TokenPiece& token : tokens) {
    std::uint32_t& slot = cache.slots[slot_index(token)];
    if (slot != EncoderCache::kNone) continue;
    slot = static_cast<std::uint32_t>(first_new + count);
    ++count;
    if (cache.embedded.size() < count * embedded_width_) cache.embedded.resize(count * embedded_width_ * 2);
    embed(lexemes[token.lexeme], token.followed_by_space, kernels,
          &cache.embedded[(count - 1) * embedded_width_]);
  }
  if (count == 0) return;
  cache.mixed.resize((first_new + count) * width_);
  float* const out = &cache.mixed[first_new * width_];
  kernels.dense({cache.embedded.data(), embedded_width_, count}, mixing_.dense, {out, width_, count});
  kernels.normalize({out, width_, count}, width_, mixing_.gain, mixing_.shift, {}, {out, width_, count});
}

void Encoder::encode(std::span<const TokenPiece> document, std::size_t first, std::size_t last,
                     const LexemeTable& lexemes, const Kernels& kernels, EncoderCache& cache,
                     float* out) const {
  if (first >= last) return;
  // Rows of words out of reach of the piece do not matter; rows beyond the document are zero before the first
  // layer and go through the layers like any other, as in spaCy's with_array(pad).
  const std::size_t reach = kWindow * layers_.size();
  const std::size_t rows = last - first + 2 * reach;
  const std::size_t begin = first - std::min(first, reach);
  const std::size_t end = std::min(document.size(), last + reach);
  mix(document.subspan(begin, end - begin), lexemes, kernels, cache);
  for (auto& layer : cache.layers) layer.resize(rows * width_);
  cache.maxed.resize(rows * width_);
  float* in = cache.layers[0].data();
  float* next = cache.layers[1].data();
  const std::size_t padding_before = reach - (first - begin);
  std::fill_n(in, padding_before * width_, 0.0F);
  for (std::size_t i = begin; i < end; ++i) {
    std::memcpy(in + (padding_before + i - begin) * width_,
                &cache.mixed[cache.slots[slot_index(document[i])] * width_], width_ * sizeof(float));
  }
  const std::size_t filled = padding_before + end - begin;
  std::fill_n(in + filled * width_, (rows - filled) * width_, 0.0F);
  // Layer l makes the rows that later layers still need: `reach` rows at both ends shrink by one each time.
  std::size_t count = rows;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    count -= 2 * kWindow;
    const Rows maxed{cache.maxed.data(), width_, count};
    kernels.dense({in, width_, count}, layer.dense, maxed);
    float* const target = l + 1 == layers_.size() ? out : next;
    kernels.normalize({maxed.data, width_, count}, width_, layer.gain, layer.shift,
                      {in + kWindow * width_, width_, count}, {target, width_, count});
    std::swap(in, next);
  }
  if (layers_.empty()) std::copy_n(in, (last - first) * width_, out);
}

}  // namespace onrecord::spacy
