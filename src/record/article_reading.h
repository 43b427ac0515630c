// A way of reading, from the bytes of a document to what is kept of it.
#pragma once

#include <memory>
#include <string_view>

#include "intake/source.h"
#include "onrecord/error.h"
#include "onrecord/language.h"
#include "onrecord/limits.h"
#include "onrecord/reader.h"
#include "onrecord/record.h"
#include "reading/learned_reader.h"
#include "text/word_list.h"

namespace onrecord {

/// Where `document` was read.
[[nodiscard]] Original original_of(const RawDocument& document);

/// Intake, language and reading in one. Immutable: may be used by several threads at once.
class ArticleReading {
 public:
  /// The reading by marks, cue words and names, without a language model.
  static ArticleReading plain(const WordLists& lists, const Limits& limits = {});
  /// The reading by a language model and the attribution model that was trained on it.
  static ArticleReading learned(LanguageModel model, LearnedReading reading, const WordLists& lists,
                                const Limits& limits = {});
  ~ArticleReading();
  ArticleReading(ArticleReading&&) noexcept;
  ArticleReading& operator=(ArticleReading&&) noexcept;

  [[nodiscard]] std::string_view version() const { return reader_->version(); }

  /// The article of a document. Errors as of `make_article`.
  [[nodiscard]] Result<Article> article(const RawDocument& document) const;
  /// What is reported in an article. A pure function of it; `original` is passed on. Errors name its place.
  [[nodiscard]] Result<ReadArticle> read(Article article, Original original) const;
  /// Both.
  [[nodiscard]] Result<ReadArticle> read(const RawDocument& document) const;

 private:
  class DocumentMaker;
  class PlainDocumentMaker;
  class ModelDocumentMaker;
  ArticleReading(std::unique_ptr<DocumentMaker> maker, std::unique_ptr<Reader> reader, const Limits& limits);

  std::unique_ptr<DocumentMaker> maker_;
  std::unique_ptr<Reader> reader_;
  Limits limits_;
};

}  // namespace onrecord
