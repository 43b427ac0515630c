// The net that scores transitions, of parser and entity recogniser: a table of what each word adds in each
// role, summed for the words that a state looks at.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/encoder.h"
#include "language/kernels.h"
#include "language/model_file.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// Immutable after `read`.
class TransitionNet {
 public:
  struct Class {
    std::uint64_t action = 0;
    std::string_view label;
  };

  /// The net of `component`, which looks at `slots` words. `width` is its encoder's.
  static Result<TransitionNet> read(const ModelFile& file, const std::string& component, std::size_t slots,
                                    std::size_t width);

  [[nodiscard]] std::span<const Class> classes() const { return classes_; }
  [[nodiscard]] std::size_t slots() const { return slots_; }
  /// Floats a word takes after `project` and in the table.
  [[nodiscard]] std::size_t projected_width() const { return projection_.outputs; }
  [[nodiscard]] std::size_t table_width() const { return table_.outputs; }
  /// Floats from one word to the next in a table: a block more than a word takes, since rows a power of two
  /// apart would fall into the same few lines of the first-level cache.
  [[nodiscard]] std::size_t table_stride() const { return table_.outputs + kBlock; }
  /// Floats that the scores take: `classes` rounded up to whole blocks.
  [[nodiscard]] std::size_t score_width() const { return blocks_of(classes_.size()) * kBlock; }
  [[nodiscard]] std::size_t hidden_width() const { return hidden_; }

  /// First step: encoder rows to projected rows, all words at once.
  void project(const float* encoded, std::size_t count, const Kernels& kernels, float* projected) const;
  /// Second step: what each word adds in each slot, `table_width()` floats every `table_stride()`.
  void tabulate(const float* projected, std::size_t count, const Kernels& kernels, float* table) const;
  /// The row of `slot` in a word's part of the table; of no word when null.
  [[nodiscard]] const float* row(const float* word, std::size_t slot) const {
    return (word == nullptr ? missing_ : word) + slot * 2 * hidden_;
  }
  /// Scores of all classes from one row a slot. `hidden` is scratch of `hidden_width()`, `scores` of
  /// `score_width()`.
  void score(const float* const* rows, const Kernels& kernels, float* hidden, float* scores) const;

  /// Multiply-adds: a word (projection, table) and a transition.
  [[nodiscard]] std::size_t word_steps() const { return projection_.weight_count() + table_.weight_count(); }
  [[nodiscard]] std::size_t transition_steps() const { return output_.weight_count(); }

 private:
  std::size_t slots_ = 0;
  std::size_t hidden_ = 0;
  std::vector<Class> classes_;
  DenseLayer projection_;
  DenseLayer table_;
  DenseLayer output_;
  const float* missing_ = nullptr;
  const float* state_bias_ = nullptr;
};

}  // namespace onrecord::spacy
