#include "language/transition_net.h"

namespace onrecord::spacy {

Result<TransitionNet> TransitionNet::read(const ModelFile& file, const std::string& component,
                                          std::size_t slots, std::size_t width) {
  constexpr std::size_t kMostClasses = 4096;
  constexpr std::size_t kWidest = 4096;
  constexpr std::size_t kPieces = 2;
  const auto damaged = [&] {
    return fail(ErrorCode::kDamaged, "the model's part " + component + " is damaged");
  };
  TransitionNet net;
  RecordReader classes(file.section(component + ".classes"));
  const std::size_t count = classes.count();
  if (count == 0 || count > kMostClasses) return damaged();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t action = classes.number();
    net.classes_.push_back({action, classes.text()});
  }
  RecordReader shape(file.section(component + ".net"));
  const std::size_t projected = shape.number();
  net.hidden_ = shape.number();
  net.slots_ = shape.number();
  if (!classes.good() || !shape.good() || net.slots_ != slots || projected == 0 || projected % kBlock != 0 ||
      projected > kWidest || net.hidden_ == 0 || net.hidden_ % kBlock != 0 || net.hidden_ > kWidest) {
    return damaged();
  }
  const std::size_t table_width = slots * kPieces * net.hidden_;
  const auto projection = read_dense(file, component + ".projection", width, projected, 1);
  const auto table = read_dense(file, component + ".table", projected, table_width, 1);
  const auto output = read_dense(file, component + ".output", net.hidden_, count, 1);
  const auto missing = file.array<float>(component + ".missing", table_width);
  const auto bias = file.array<float>(component + ".state_bias", kPieces * net.hidden_);
  if (!projection) return std::unexpected(projection.error());
  if (!table) return std::unexpected(table.error());
  if (!output) return std::unexpected(output.error());
  if (!missing) return std::unexpected(missing.error());
  if (!bias) return std::unexpected(bias.error());
  net.projection_ = *projection;
  net.table_ = *table;
  net.output_ = *output;
  net.missing_ = missing->data();
  net.state_bias_ = bias->data();
  return net;
}

void TransitionNet::project(const float* encoded, std::size_t count, const Kernels& kernels,
                            float* projected) const {
  kernels.dense({encoded, projection_.inputs, count}, projection_, {projected, projection_.outputs, count});
}

void TransitionNet::tabulate(const float* projected, std::size_t count, const Kernels& kernels,
                             float* table) const {
  kernels.dense({projected, table_.inputs, count}, table_, {table, table_stride(), count});
}

void TransitionNet::score(const float* const* rows, const Kernels& kernels, float* hidden,
                          float* scores) const {
  kernels.sum_maxout2(rows, slots_, state_bias_, hidden_, hidden);
  kernels.dense({hidden, hidden_, 1}, output_, {scores, score_width(), 1});
}

}  // namespace onrecord::spacy
