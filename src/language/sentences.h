// Plain sentences: where a sentence ends, by its marks and what follows them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/tokenizer.h"
#include "onrecord/document.h"

namespace onrecord {

/// Appends the sentences of tokens `[first, last)`, one paragraph, to `sentences`. A sentence ends
///   - after . ? ! or an ellipsis, with the closing marks and brackets that follow without a space,
///     when the next token does not begin in lower case;
///   - after an abbreviation that may end a sentence ("p.m.", "Inc.") when a word follows that
///     begins a sentence more often than it goes on (a capital, and the abbreviation is no part of a name).
/// Costs one pass over the tokens.
void split_sentences(std::string_view text, const Tokenizer& tokenizer, const std::vector<Token>& tokens,
                     std::uint32_t first, std::uint32_t last, std::uint32_t paragraph,
                     std::vector<Sentence>& sentences);

}  // namespace onrecord
