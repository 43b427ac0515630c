// A document: an article's text as the language layer sees it, in tokens and sentences.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/span.h"

namespace onrecord {

/// A word, number or mark.
struct Token {
  Span span;
};

/// Tokens `[first, last)` of a document. A sentence never crosses a paragraph.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t paragraph = 0;  ///< index into `Document::paragraphs`
};

/// Text in tokens and sentences. Holds no text of its own: `text` must outlive it (it is the article's).
/// Tokens are in text order and do not overlap; white space belongs to none.
struct Document {
  std::string_view text;
  std::vector<Paragraph> paragraphs;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;

  /// The words of a token.
  [[nodiscard]] std::string_view word(std::size_t token) const { return cut(text, tokens[token].span); }
  /// From the first token's begin to the last one's end.
  [[nodiscard]] Span span(const Sentence& sentence) const {
    return {tokens[sentence.first].span.begin, tokens[sentence.last - 1].span.end};
  }
};

}  // namespace onrecord
