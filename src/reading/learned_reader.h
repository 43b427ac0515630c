// The learned reading: sources, cues and contents marked by a trained network, then linked and resolved.
#pragma once

#include <memory>

#include "onrecord/reader.h"
#include "text/word_list.h"

namespace onrecord {

/// Which network marks the pieces.
enum class LearnedReading {
  kFast,     ///< a convolution over the language layer's numbers
  kPrecise,  ///< a transformer encoder below it: a quarter of the speed, fewer errors
};

/// A reader of version "fast-14" or "precise-12" that knows the words of `lists`. It reads the paragraphs of
/// role body, caption and title of documents that a language model made with `Keep::kEncoded`; others fail
/// with `kInvalidArgument`. Costs O(bytes).
[[nodiscard]] std::unique_ptr<Reader> make_learned_reader(const WordLists& lists,
                                                          LearnedReading reading = LearnedReading::kFast);

}  // namespace onrecord
