#include "language/network_import.h"

#include <algorithm>
#include <span>

#include "language/kernels.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kWidest = 4096;  // of a layer; spaCy's largest CNN pipelines have 300

std::unexpected<Error> cannot_run(std::string_view component, std::string_view why) {
  return fail(ErrorCode::kUnsupportedFormat, "the pipeline's component \"" + std::string(component) +
                                                 "\" cannot be run here: " + std::string(why));
}

/// Writes a layer in the order in which the kernels read it (kernels.h). `weights` is (outputs, pieces,
/// inputs), `bias` (outputs, pieces) or empty for none.
void add_packed(const std::string& prefix, const DenseLayer& layer, std::span<const float> weights,
                std::span<const float> bias, ModelFileWriter& out) {
  std::vector<float> packed_weights(layer.weight_count());
  std::vector<float> packed_bias(layer.bias_count());
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    const std::size_t block = o / kBlock;
    const std::size_t lane = o % kBlock;
    for (std::size_t p = 0; p < layer.pieces; ++p) {
      if (!bias.empty()) packed_bias[(block * layer.pieces + p) * kBlock + lane] = bias[o * layer.pieces + p];
      for (std::size_t k = 0; k < layer.inputs; ++k) {
        packed_weights[((block * layer.inputs + k) * layer.pieces + p) * kBlock + lane] =
            weights[(o * layer.pieces + p) * layer.inputs + k];
      }
    }
  }
  out.add_array<float>(prefix + ".weights", packed_weights);
  out.add_array<float>(prefix + ".bias", packed_bias);
}

/// A maxout layer and the layer norm behind it. Answers the number of pieces.
Result<std::size_t> import_maxout(const ThincModel::Layer& maxout, const ThincModel::Layer& norm,
                                  const std::string& prefix, std::size_t inputs, std::size_t outputs,
                                  ModelFileWriter& out) {
  const auto weights = maxout.tensor("W", 3);
  if (!weights) return std::unexpected(weights.error());
  const auto bias = maxout.tensor("b", 2);
  if (!bias) return std::unexpected(bias.error());
  const auto gain = norm.tensor("G", 1);
  if (!gain) return std::unexpected(gain.error());
  const auto shift = norm.tensor("b", 1);
  if (!shift) return std::unexpected(shift.error());
  const std::size_t pieces = weights->shape[1];
  const bool matches = weights->shape[0] == outputs && weights->shape[2] == inputs &&
                       bias->shape == std::vector{outputs, pieces} && gain->shape[0] == outputs &&
                       shift->shape[0] == outputs;
  if (!matches)
    return fail(ErrorCode::kMalformed, "a maxout layer of " + prefix + " has another shape than its place");
  if (pieces < 1 || pieces > 3) {
    return fail(ErrorCode::kUnsupportedFormat, "a maxout layer of " + prefix + " has more than three pieces");
  }
  add_packed(prefix, {.inputs = inputs, .outputs = outputs, .pieces = pieces}, weights->values, bias->values,
             out);
  out.add_array<float>(prefix + ".gain", gain->values);
  out.add_array<float>(prefix + ".shift", shift->values);
  return pieces;
}

/// The tables of hashed embeddings. Answers the sum of their widths.
Result<std::size_t> import_embeddings(const ThincModel& model, const std::string& component,
                                      RecordWriter& record, ModelFileWriter& out) {
  const auto extract = model.layers("extract_features");
  const auto tables = model.layers("hashembed");
  if (extract.size() != 1 || tables.empty())
    return cannot_run(component, "its embedding is not MultiHashEmbed");
  const auto columns = extract.front().texts("columns");
  if (!columns) return std::unexpected(columns.error());
  if (columns->size() != tables.size()) return cannot_run(component, "its embedding is not MultiHashEmbed");
  std::size_t width = 0;
  record.number(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto table = tables[i].tensor("E", 2);
    if (!table) return std::unexpected(table.error());
    const auto seed = tables[i].number("seed");
    if (!seed) return std::unexpected(seed.error());
    const auto column = tables[i].number("column");
    if (!column || *column != i) return cannot_run(component, "its embedding tables are not in column order");
    if (i > 0 && table->shape[1] * i != width)
      return cannot_run(component, "its embedding tables differ in width");
    width += table->shape[1];
    record.text((*columns)[i]);
    record.number(*seed);
    record.number(table->shape[0]);
    record.number(table->shape[1]);
    out.add_array<float>(component + ".table." + std::to_string(i), table->values);
  }
  return width;
}

/// The projection of word vectors, if there is one. Answers how much wider it makes the embedding.
Result<std::size_t> import_static_vectors(const ThincModel& model, const std::string& component,
                                          RecordWriter& record, ModelFileWriter& out) {
  const auto layers = model.layers("static_vectors");
  if (layers.size() > 1) return cannot_run(component, "it has more than one layer of word vectors");
  if (layers.empty()) {
    record.number(0);
    return 0;
  }
  const auto weights = layers.front().tensor("W", 2);
  if (!weights) return std::unexpected(weights.error());
  const std::size_t outputs = weights->shape[0];
  const std::size_t inputs = weights->shape[1];
  if (outputs % kBlock != 0) return cannot_run(component, "a width is no multiple of 16");
  record.number(inputs);
  add_packed(component + ".vectors", {.inputs = inputs, .outputs = outputs, .pieces = 1}, weights->values, {},
             out);
  return outputs;
}

}  // namespace

Result<std::size_t> import_encoder(const ThincModel& model, const std::string& component,
                                   ModelFileWriter& out) {
  const auto maxouts = model.layers("maxout");
  const auto norms = model.layers("layernorm");
  const auto windows = model.layers("expand_window");
  if (maxouts.empty() || norms.size() != maxouts.size() || windows.size() + 1 != maxouts.size()) {
    return cannot_run(component, "its encoder is not MaxoutWindowEncoder");
  }
  RecordWriter record;
  const auto embedded = import_embeddings(model, component, record, out);
  if (!embedded) return embedded;
  const auto vectors = import_static_vectors(model, component, record, out);
  if (!vectors) return vectors;
  const auto first = maxouts.front().tensor("W", 3);
  if (!first) return std::unexpected(first.error());
  const std::size_t width = first->shape[0];
  if (width % kBlock != 0 || width == 0 || width > kWidest) {
    return cannot_run(component, "its width is no multiple of 16");
  }
  record.number(width);
  const auto mixing =
      import_maxout(maxouts.front(), norms.front(), component + ".mixing", *embedded + *vectors, width, out);
  if (!mixing) return mixing;
  record.number(*mixing);
  record.number(windows.size());
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const auto window = windows[i].number("window_size");
    if (!window) return std::unexpected(window.error());
    if (*window != 1) return cannot_run(component, "the window of its encoder is not 1");
    const auto pieces = import_maxout(maxouts[i + 1], norms[i + 1], component + ".layer." + std::to_string(i),
                                      3 * width, width, out);
    if (!pieces) return pieces;
    record.number(*pieces);
  }
  out.add(component + ".encoder", record.take());
  return width;
}

Done import_affine(const ThincModel::Layer& layer, const std::string& prefix, std::size_t inputs,
                   std::size_t outputs, ModelFileWriter& out) {
  const auto weights = layer.tensor("W", 2);
  if (!weights) return std::unexpected(weights.error());
  const auto bias = layer.tensor("b", 1);
  if (!bias) return std::unexpected(bias.error());
  if (weights->shape != std::vector{outputs, inputs} || bias->shape[0] != outputs) {
    return fail(ErrorCode::kMalformed, "the layer " + prefix + " has another shape than its place");
  }
  add_packed(prefix, {.inputs = inputs, .outputs = outputs, .pieces = 1}, weights->values, bias->values, out);
  return std::monostate();
}

Done import_transitions(const ThincModel& model, const std::string& component, std::size_t width,
                        std::size_t slots, std::size_t classes, ModelFileWriter& out) {
  const auto linear = model.layers("linear");
  const auto tables = model.layers("precomputable_affine");
  if (linear.size() != 2 || tables.size() != 1)
    return cannot_run(component, "it is not TransitionBasedParser.v2");
  const auto weights = tables.front().tensor("W", 4);
  if (!weights) return std::unexpected(weights.error());
  const auto bias = tables.front().tensor("b", 2);
  if (!bias) return std::unexpected(bias.error());
  const auto missing = tables.front().tensor("pad", 4);
  if (!missing) return std::unexpected(missing.error());
  const std::size_t hidden = weights->shape[1];
  const std::size_t pieces = weights->shape[2];
  const std::size_t projected = weights->shape[3];
  const bool matches = weights->shape[0] == slots && bias->shape == std::vector{hidden, pieces} &&
                       missing->shape == std::vector<std::size_t>{1, slots, hidden, pieces};
  if (!matches) return cannot_run(component, "it looks at other words than spaCy's own");
  if (pieces != 2 || hidden % kBlock != 0 || projected % kBlock != 0 || hidden > kWidest ||
      projected > kWidest) {
    return cannot_run(component,
                      "its hidden layer has other than two pieces or a width that is no multiple of 16");
  }
  // The table's outputs are numbered slot, piece, unit: what the sum over slots adds lies together.
  const std::size_t unit_stride = projected;
  std::vector<float> ordered(weights->values.size());
  std::vector<float> ordered_missing(missing->values.size());
  std::vector<float> ordered_bias(bias->values.size());
  for (std::size_t s = 0; s < slots; ++s) {
    for (std::size_t o = 0; o < hidden; ++o) {
      for (std::size_t p = 0; p < pieces; ++p) {
        const std::size_t from = (s * hidden + o) * pieces + p;
        const std::size_t to = (s * pieces + p) * hidden + o;
        std::copy_n(&weights->values[from * unit_stride], unit_stride, &ordered[to * unit_stride]);
        ordered_missing[to] = missing->values[from];
        if (s == 0) ordered_bias[p * hidden + o] = bias->values[o * pieces + p];
      }
    }
  }
  RecordWriter record;
  record.number(projected);
  record.number(hidden);
  record.number(slots);
  out.add(component + ".net", record.take());
  add_packed(component + ".table", {.inputs = projected, .outputs = slots * pieces * hidden, .pieces = 1},
             ordered, {}, out);
  out.add_array<float>(component + ".missing", ordered_missing);
  out.add_array<float>(component + ".state_bias", ordered_bias);
  // Breadth first: the output layer comes before the projection.
  if (auto done = import_affine(linear[0], component + ".output", hidden, classes, out); !done) return done;
  return import_affine(linear[1], component + ".projection", width, projected, out);
}

}  // namespace onrecord::spacy
