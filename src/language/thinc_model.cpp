#include "language/thinc_model.h"

#include <cstring>

namespace onrecord::spacy {

Result<Tensor> read_tensor(const PackedValue& value, std::size_t dimensions) {
  const PackedValue* const type = value.find("type");
  const PackedValue* const shape = value.find("shape");
  const PackedValue* const data = value.find("data");
  if (type == nullptr || shape == nullptr || data == nullptr || type->as_text() == nullptr ||
      shape->as_array() == nullptr || data->as_text() == nullptr) {
    return fail(ErrorCode::kMalformed, "an array of the model is missing or incomplete");
  }
  if (*type->as_text() != "<f4") {
    return fail(ErrorCode::kUnsupportedFormat, "an array of the model is not made of 32-bit floats");
  }
  Tensor tensor;
  std::size_t count = 1;
  const std::size_t available = data->as_text()->size() / sizeof(float);
  for (const PackedValue& size : *shape->as_array()) {
    if (size.as_unsigned() == nullptr || *size.as_unsigned() > available) {
      return fail(ErrorCode::kMalformed, "an array of the model has an impossible shape");
    }
    tensor.shape.push_back(*size.as_unsigned());
    count *= tensor.shape.back();
    if (count > available) return fail(ErrorCode::kMalformed, "an array of the model is cut off");
  }
  if (tensor.shape.size() != dimensions || count * sizeof(float) != data->as_text()->size()) {
    return fail(ErrorCode::kMalformed, "an array of the model has another shape than its layer");
  }
  tensor.values.resize(count);
  std::memcpy(tensor.values.data(), data->as_text()->data(), count * sizeof(float));
  return tensor;
}

Result<ThincModel> ThincModel::read(std::string_view bytes) {
  auto root = read_msgpack(bytes);
  if (!root) return std::unexpected(root.error());
  ThincModel model;
  model.root_ = std::move(*root);
  const auto list = [&](std::string_view name) {
    const PackedValue* const value = model.root_.find(name);
    return value == nullptr ? nullptr : value->as_array();
  };
  model.nodes_ = list("nodes");
  model.attributes_ = list("attrs");
  model.parameters_ = list("params");
  const bool complete = model.nodes_ != nullptr && model.attributes_ != nullptr &&
                        model.parameters_ != nullptr && model.nodes_->size() == model.attributes_->size() &&
                        model.nodes_->size() == model.parameters_->size();
  if (!complete) return fail(ErrorCode::kMalformed, "not a model of thinc: its lists of layers do not match");
  return model;
}

std::vector<ThincModel::Layer> ThincModel::layers(std::string_view name) const {
  std::vector<Layer> found;
  for (std::size_t i = 0; i < nodes_->size(); ++i) {
    const PackedValue* const held = (*nodes_)[i].find("name");
    if (held != nullptr && held->as_text() != nullptr && *held->as_text() == name) {
      found.emplace_back(&(*attributes_)[i], &(*parameters_)[i]);
    }
  }
  return found;
}

Result<Tensor> ThincModel::Layer::tensor(std::string_view name, std::size_t dimensions) const {
  const PackedValue* const value = parameters_->find(name);
  if (value == nullptr)
    return fail(ErrorCode::kMalformed, "a layer of the model lacks its array " + std::string(name));
  return read_tensor(*value, dimensions);
}

Result<std::uint64_t> ThincModel::Layer::number(std::string_view attribute) const {
  const PackedValue* const blob = attributes_->find(attribute);
  if (blob != nullptr && blob->as_text() != nullptr) {
    const auto value = read_msgpack(*blob->as_text());
    if (value && value->as_unsigned() != nullptr) return *value->as_unsigned();
  }
  return fail(ErrorCode::kMalformed, "a layer of the model lacks its setting " + std::string(attribute));
}

Result<std::vector<std::string>> ThincModel::Layer::texts(std::string_view attribute) const {
  const PackedValue* const blob = attributes_->find(attribute);
  if (blob != nullptr && blob->as_text() != nullptr) {
    const auto value = read_msgpack(*blob->as_text());
    if (value && value->as_array() != nullptr) {
      std::vector<std::string> texts;
      for (const PackedValue& item : *value->as_array()) {
        if (item.as_text() != nullptr) texts.emplace_back(*item.as_text());
      }
      if (texts.size() == value->as_array()->size()) return texts;
    }
  }
  return fail(ErrorCode::kMalformed, "a layer of the model lacks its setting " + std::string(attribute));
}

}  // namespace onrecord::spacy
