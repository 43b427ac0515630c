// What the attribution tagger is told of a document.
#pragma once

#include <cstdint>
#include <vector>

#include "onrecord/document.h"
#include "reading/attribution_tagger.h"
#include "reading/words.h"

namespace onrecord {

/// The rows of the paragraphs that are read, a break after each. Views into the document.
struct TaggerRows {
  std::vector<TaggerToken> rows;
  std::vector<std::uint32_t> token_of_row;  ///< `kNoToken` for a paragraph's break
};

/// The document must have been made by a language model that kept what its encoders say
/// (`Annotations::encoded`). `paragraph_is_read` tells by index which paragraphs count. A closing mark that
/// was typed where a passage opens is told as an opening one: the tagger takes curled marks at their word.
[[nodiscard]] TaggerRows make_tagger_rows(const Words& words, const std::vector<bool>& paragraph_is_read);

}  // namespace onrecord
