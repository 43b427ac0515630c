#include "language/entity_recognizer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace onrecord::spacy {

Result<EntityRecognizer> EntityRecognizer::read(const ModelFile& file, std::size_t width) {
  auto net = TransitionNet::read(file, "ner", kSlots, width);
  if (!net) return std::unexpected(net.error());
  EntityRecognizer recognizer;
  recognizer.net_ = std::move(*net);
  bool has_out = false;
  std::vector<std::uint8_t> can_begin;
  std::vector<std::uint8_t> can_end;
  for (const TransitionNet::Class& one : recognizer.net_.classes()) {
    if (one.action >= kActions || one.action == kMissing) {
      return fail(ErrorCode::kUnsupportedFormat,
                  "the pipeline's component \"ner\" cannot be run here: it has an unknown transition");
    }
    Choice choice;
    choice.action = static_cast<std::uint8_t>(one.action);
    choice.blocked = choice.action != kOut && one.label.empty();
    if (choice.action != kOut && !choice.blocked) {
      const auto known = std::ranges::find(recognizer.labels_, one.label);
      choice.label = static_cast<std::uint32_t>(known - recognizer.labels_.begin());
      if (known == recognizer.labels_.end()) recognizer.labels_.push_back(one.label);
      can_begin.resize(recognizer.labels_.size());
      can_end.resize(recognizer.labels_.size());
      if (choice.action == kBegin) can_begin[choice.label] = 1;
      if (choice.action == kLast) can_end[choice.label] = 1;
    }
    has_out = has_out || choice.action == kOut;
    recognizer.choices_.push_back(choice);
  }
  // Something is valid in every state: out when none is open, last when one is.
  if (!has_out || can_begin != can_end)
    return fail(ErrorCode::kDamaged, "the model's ner cannot end what it begins");
  return recognizer;
}

std::uint32_t EntityRecognizer::best(const Progress& progress, bool more, bool space,
                                     const EntityCache& cache) const {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t best = kNone;
  for (std::uint32_t i = 0; i < choices_.size(); ++i) {
    const Choice& choice = choices_[i];
    bool valid = false;
    if (progress.open) {
      const bool continues = choice.action == kLast || (choice.action == kIn && more);
      valid = continues && !choice.blocked && choice.label == progress.label;
    } else if (choice.action == kOut) {
      valid = true;
    } else {
      const bool begins = choice.action == kUnit || (choice.action == kBegin && more);
      valid = begins && !choice.blocked && !space;
    }
    if (valid && (best == kNone || cache.scores[i] > cache.scores[best])) best = i;
  }
  return best;
}

void EntityRecognizer::read_piece(std::size_t first, std::size_t count, std::span<const std::uint8_t> starts,
                                  std::span<const std::uint8_t> is_space, const Kernels& kernels,
                                  EntityCache& cache, Progress& progress,
                                  std::vector<EntitySpan>& out) const {
  const std::size_t width = net_.table_stride();
  cache.projected.resize(count * net_.projected_width());
  cache.table.resize(count * width);
  cache.before.resize(width);
  cache.opened.resize(width);
  cache.hidden.resize(net_.hidden_width());
  cache.scores.resize(net_.score_width());
  net_.project(cache.encoded.data(), count, kernels, cache.projected.data());
  net_.tabulate(cache.projected.data(), count, kernels, cache.table.data());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t word = first + i;
    const float* const table = &cache.table[i * width];
    const float* const before = i > 0 ? table - width : cache.before.data();
    const std::array<const float*, kSlots> rows = {net_.row(table, 0),
                                                   net_.row(progress.open ? cache.opened.data() : nullptr, 1),
                                                   net_.row(progress.open ? before : nullptr, 2)};
    net_.score(rows.data(), kernels, cache.hidden.data(), cache.scores.data());
    const bool more = word + 1 < starts.size() && starts[word + 1] == 0;
    const Choice& choice = choices_[best(progress, more, is_space[word] != 0, cache)];
    const auto at = static_cast<std::uint32_t>(word);
    if (choice.action == kBegin) {
      progress = {true, at, choice.label};
      std::memcpy(cache.opened.data(), table, width * sizeof(float));
    } else if (choice.action == kUnit) {
      out.push_back({at, at + 1, choice.label});
    } else if (choice.action == kLast) {
      out.push_back({progress.first, at + 1, choice.label});
      progress.open = false;
    }
  }
  if (count > 0) std::memcpy(cache.before.data(), &cache.table[(count - 1) * width], width * sizeof(float));
}

}  // namespace onrecord::spacy
