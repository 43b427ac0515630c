// An article's text as plain tokens and sentences.
#pragma once

#include "language/tokenizer.h"
#include "onrecord/article.h"
#include "onrecord/document.h"
#include "onrecord/limits.h"

namespace onrecord {

/// Tokens and sentences of `article`, paragraph by paragraph. The document views `article.text`, which must
/// outlive it. Costs one pass over the text; deterministic.
[[nodiscard]] Document make_document(const Article& article, const Tokenizer& tokenizer,
                                     const Limits& limits);

}  // namespace onrecord
