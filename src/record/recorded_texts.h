// Quotations of a record beside the texts they point into.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "onrecord/record.h"
#include "record/quotation_json.h"
#include "text/utf8.h"

namespace onrecord {

/// An article's version with the index of its text.
struct IndexedArticle {
  explicit IndexedArticle(RecordedArticle of) : recorded(std::move(of)), code_points(recorded.article.text) {}
  IndexedArticle(const IndexedArticle&) = delete;
  IndexedArticle& operator=(const IndexedArticle&) = delete;

  RecordedArticle recorded;
  CodePointIndex code_points;  // holds a view of the text above
};

/// Fetches texts from the record once each. What it gives lives as long as it does.
class RecordedTexts {
 public:
  explicit RecordedTexts(const Record& record) : record_(record) {}

  [[nodiscard]] Result<const IndexedArticle*> of_version(const std::string& version);
  /// The context that `row` stands in; its views live as long as this and `row`.
  [[nodiscard]] Result<QuotationContext> context_of(const RecordedQuotation& row);

 private:
  const Record& record_;
  std::unordered_map<std::string, std::unique_ptr<IndexedArticle>> articles_;
};

}  // namespace onrecord
