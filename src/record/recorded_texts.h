// Quotations of a record beside the texts they point into.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "onrecord/record.h"
#include "record/quotation_json.h"
#include "record/quotation_rows.h"
#include "text/utf8.h"

namespace onrecord {

/// An article's version with the index of its text.
struct IndexedVersion {
  explicit IndexedVersion(QuotedVersion of) : version(std::move(of)), code_points(version.text) {}
  IndexedVersion(const IndexedVersion&) = delete;
  IndexedVersion& operator=(const IndexedVersion&) = delete;

  QuotedVersion version;
  CodePointIndex code_points;  // holds a view of the text above
};

/// Fetches texts from the record once each. What it gives lives as long as it does.
class RecordedTexts {
 public:
  explicit RecordedTexts(const Record& record) : record_(record) {}

  /// By the version's whole id.
  [[nodiscard]] Result<const IndexedVersion*> of_version(const std::string& version);
  /// `read_quotations`, whose texts are then there.
  [[nodiscard]] std::vector<RecordedQuotation> quotations(const std::vector<std::int64_t>& keys);
  /// The context that `row` stands in; its views live as long as this and `row`.
  [[nodiscard]] Result<QuotationContext> context_of(const RecordedQuotation& row);
  /// The same without what JSON does not have: where the article was read.
  [[nodiscard]] Result<QuotationContext> json_context_of(const RecordedQuotation& row);

 private:
  /// Null when there is none with this key.
  const IndexedVersion* of_key(std::int64_t key);

  const Record& record_;
  std::unordered_map<std::string, std::string> origins_;
  std::unordered_map<std::int64_t, std::unique_ptr<IndexedVersion>> versions_;
  std::unordered_map<std::string, const IndexedVersion*> by_id_;
};

}  // namespace onrecord
