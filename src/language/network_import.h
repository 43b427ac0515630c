// The neural nets of a spaCy pipeline, repacked for the kernels into sections of a model file.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "language/model_file.h"
#include "language/thinc_model.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

using Done = Result<std::monostate>;

/// What stands in `component`.encoder and its arrays: hashed embeddings, mixing layer, convolutions. Answers
/// the encoder's width.
[[nodiscard]] Result<std::size_t> import_encoder(const ThincModel& model, const std::string& component,
                                                 ModelFileWriter& out);

/// The only layer called `layer_name` of kind x W^T + b as section `prefix` with its arrays.
[[nodiscard]] Done import_affine(const ThincModel::Layer& layer, const std::string& prefix,
                                 std::size_t inputs, std::size_t outputs, ModelFileWriter& out);

/// The transition net of parser or ner: projection, state table, output layer for `classes` classes.
[[nodiscard]] Done import_transitions(const ThincModel& model, const std::string& component,
                                      std::size_t width, std::size_t slots, std::size_t classes,
                                      ModelFileWriter& out);

}  // namespace onrecord::spacy
