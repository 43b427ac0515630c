#include "record/article_reading.h"

#include <mutex>
#include <vector>

#include "intake/intake.h"
#include "language/plain_document.h"
#include "language/tokenizer.h"
#include "reading/learned_reader.h"
#include "reading/plain_reader.h"

namespace onrecord {

Original original_of(const RawDocument& document) {
  Original original;
  original.path = document.path;
  if (document.record > 0) original.record = document.record;
  original.sha256 = hex(document.sha256);
  return original;
}

/// From an article to a document; may be used by several threads at once.
class ArticleReading::DocumentMaker {
 public:
  virtual ~DocumentMaker() = default;
  [[nodiscard]] virtual Result<Document> make(const Article& article, const Limits& limits) const = 0;
};

class ArticleReading::PlainDocumentMaker final : public DocumentMaker {
 public:
  explicit PlainDocumentMaker(const WordLists& lists) : tokenizer_(lists) {}
  [[nodiscard]] Result<Document> make(const Article& article, const Limits& limits) const override {
    return make_document(article, tokenizer_, limits);
  }

 private:
  Tokenizer tokenizer_;
};

/// Keeps a workspace for every thread that is at work: one is taken for each article and given back.
class ArticleReading::ModelDocumentMaker final : public DocumentMaker {
 public:
  explicit ModelDocumentMaker(LanguageModel model) : model_(std::move(model)) {}
  [[nodiscard]] Result<Document> make(const Article& article, const Limits&) const override {
    std::unique_ptr<LanguageModel::Workspace> workspace = take();
    Result<Document> document = model_.annotate(article, *workspace, Keep::kEncoded);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(workspace));
    return document;
  }

 private:
  [[nodiscard]] std::unique_ptr<LanguageModel::Workspace> take() const {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<LanguageModel::Workspace>(model_);
    std::unique_ptr<LanguageModel::Workspace> workspace = std::move(idle_.back());
    idle_.pop_back();
    return workspace;
  }

  LanguageModel model_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<LanguageModel::Workspace>> idle_;
};

ArticleReading::ArticleReading(std::unique_ptr<DocumentMaker> maker, std::unique_ptr<Reader> reader,
                               const Limits& limits)
    : maker_(std::move(maker)), reader_(std::move(reader)), limits_(limits) {}
ArticleReading::~ArticleReading() = default;
ArticleReading::ArticleReading(ArticleReading&&) noexcept = default;
ArticleReading& ArticleReading::operator=(ArticleReading&&) noexcept = default;

ArticleReading ArticleReading::plain(const WordLists& lists, const Limits& limits) {
  return {std::make_unique<PlainDocumentMaker>(lists), make_plain_reader(lists), limits};
}

ArticleReading ArticleReading::learned(LanguageModel model, LearnedReading reading, const WordLists& lists,
                                       const Limits& limits) {
  return {std::make_unique<ModelDocumentMaker>(std::move(model)), make_learned_reader(lists, reading),
          limits};
}

Result<Article> ArticleReading::article(const RawDocument& document) const {
  return make_article(document, limits_);
}

Result<ReadArticle> ArticleReading::read(Article article, Original original) const {
  ReadArticle read;
  const auto at_its_place = [&](Error error) {
    error.file = original.path;
    error.record = original.record;
    return std::unexpected(std::move(error));
  };
  const Result<Document> document = maker_->make(article, limits_);
  if (!document) return at_its_place(document.error());
  Result<std::vector<Quotation>> quotations = reader_->read(article, *document, limits_);
  if (!quotations) return at_its_place(quotations.error());
  for (const Sentence& sentence : document->sentences) read.sentences.push_back(document->span(sentence));
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
