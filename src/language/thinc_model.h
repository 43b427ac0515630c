// A neural net as the thinc library serialises it: the layers' names, settings and arrays.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/msgpack.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// An array of floats in C order.
struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// The layers of one net. Holds views: the bytes that it was read from must outlive it.
class ThincModel {
 public:
  /// Reads a component's `model` file. Layers stand in it breadth first; which is a child of which does not.
  static Result<ThincModel> read(std::string_view bytes);

  /// One layer.
  class Layer {
   public:
    Layer(const PackedValue* attributes, const PackedValue* parameters)
        : attributes_(attributes), parameters_(parameters) {}
    /// The array called `name` with exactly `dimensions` dimensions; fails with `kMalformed` when it has
    /// others, is not there or is not made of floats.
    [[nodiscard]] Result<Tensor> tensor(std::string_view name, std::size_t dimensions) const;
    [[nodiscard]] Result<std::uint64_t> number(std::string_view attribute) const;
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view attribute) const;

   private:
    const PackedValue* attributes_;
    const PackedValue* parameters_;
  };

  /// The layers called `name`, in the order of the file.
  [[nodiscard]] std::vector<Layer> layers(std::string_view name) const;

 private:
  PackedValue root_;  // moving it leaves the lists where they are
  const PackedArray* nodes_ = nullptr;
  const PackedArray* attributes_ = nullptr;
  const PackedArray* parameters_ = nullptr;
};

/// An array as srsly writes one: a map with keys nd, type, shape, data. `dimensions` as in `Layer::tensor`.
[[nodiscard]] Result<Tensor> read_tensor(const PackedValue& value, std::size_t dimensions);

}  // namespace onrecord::spacy
