#include "language/plain_document.h"

#include "language/sentences.h"

namespace onrecord {

Document make_document(const Article& article, const Tokenizer& tokenizer, const Limits& limits) {
  Document document;
  document.text = article.text;
  document.paragraphs = article.paragraphs;
  for (std::uint32_t i = 0; i < document.paragraphs.size(); ++i) {
    const auto first = static_cast<std::uint32_t>(document.tokens.size());
    tokenizer.tokenize(article.text, document.paragraphs[i].span, limits, document.tokens);
    split_sentences(article.text, tokenizer, document.tokens, first,
                    static_cast<std::uint32_t>(document.tokens.size()), i, document.sentences);
  }
  return document;
}

}  // namespace onrecord
