#include "record/article_reading.h"

#include <fmt/format.h>

#include "intake/intake.h"
#include "language/plain_document.h"
#include "reading/plain_reader.h"

namespace onrecord {

Original original_of(const RawDocument& document) {
  Original original;
  original.path = document.path;
  if (document.record > 0) original.record = document.record;
  original.sha256 = hex(document.sha256);
  return original;
}

Result<ArticleReading> ArticleReading::make(std::string_view name, const WordLists& lists,
                                            const Limits& limits) {
  if (name != "plain") {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("there is no reading called {}; there is: plain", name));
  }
  return ArticleReading(Tokenizer(lists), make_plain_reader(lists), limits);
}

Result<Article> ArticleReading::article(const RawDocument& document) const {
  return make_article(document, limits_);
}

Result<ReadArticle> ArticleReading::read(Article article, Original original) const {
  ReadArticle read;
  const Document document = make_document(article, tokenizer_, limits_);
  Result<std::vector<Quotation>> quotations = reader_->read(article, document, limits_);
  if (!quotations) {
    Error error = quotations.error();
    error.file = original.path;
    error.record = original.record;
    return std::unexpected(error);
  }
  for (const Sentence& sentence : document.sentences) read.sentences.push_back(document.span(sentence));
  read.quotations = std::move(*quotations);
  read.reading = version();
  read.article = std::move(article);
  read.original = std::move(original);
  return read;
}

Result<ReadArticle> ArticleReading::read(const RawDocument& document) const {
  Result<Article> made = article(document);
  if (!made) return std::unexpected(made.error());
  return read(std::move(*made), original_of(document));
}

}  // namespace onrecord
