#include "record/recorded_texts.h"

namespace onrecord {

Result<const IndexedArticle*> RecordedTexts::of_version(const std::string& version) {
  if (const auto found = articles_.find(version); found != articles_.end()) return found->second.get();
  Result<RecordedArticle> article = record_.article(version);
  if (!article) return std::unexpected(article.error());
  auto& place = articles_[version];
  place = std::make_unique<IndexedArticle>(std::move(*article));
  return place.get();
}

Result<QuotationContext> RecordedTexts::context_of(const RecordedQuotation& row) {
  const Result<const IndexedArticle*> article = of_version(row.version);
  if (!article) return std::unexpected(article.error());
  const RecordedArticle& recorded = (*article)->recorded;
  QuotationContext context = onrecord::context_of(row, recorded.article.text, (*article)->code_points);
  if (!recorded.originals.empty()) context.origin = recorded.originals.front().path;
  return context;
}

}  // namespace onrecord
