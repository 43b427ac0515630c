// Quotations of a record beside the texts they point into.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "onrecord/record.h"
#include "record/quotation_json.h"
#include "text/utf8.h"

namespace onrecord {

/// The text of an article's version with its index.
struct IndexedText {
  explicit IndexedText(std::string of) : text(std::move(of)), code_points(text) {}
  IndexedText(const IndexedText&) = delete;
  IndexedText& operator=(const IndexedText&) = delete;

  std::string text;
  CodePointIndex code_points;  // holds a view of the text above
};

/// Fetches texts from the record once each. What it gives lives as long as it does.
class RecordedTexts {
 public:
  explicit RecordedTexts(const Record& record) : record_(record) {}

  /// By the version's whole id.
  [[nodiscard]] Result<const IndexedText*> of_version(const std::string& version);
  /// `read_quotations`, whose texts are then there.
  [[nodiscard]] std::vector<RecordedQuotation> quotations(const std::vector<std::int64_t>& keys);
  /// The context that `row` stands in; its views live as long as this and `row`.
  [[nodiscard]] Result<QuotationContext> context_of(const RecordedQuotation& row);
  /// The same without what JSON does not have: where the article was read.
  [[nodiscard]] Result<QuotationContext> json_context_of(const RecordedQuotation& row);

 private:
  const Record& record_;
  std::unordered_map<std::string, std::string> origins_;
  std::unordered_map<std::string, std::unique_ptr<IndexedText>> texts_;
};

}  // namespace onrecord
