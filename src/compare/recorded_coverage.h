// The articles of a record, as comparisons see them.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compare/coverage.h"
#include "onrecord/error.h"
#include "onrecord/record.h"

namespace onrecord {

/// The current versions of a record in the canonical order. Texts are read when they are asked for; the last
/// ones are kept. The record must outlive it and must not change meanwhile: hold a transaction.
class RecordedCoverage : public Coverage {
 public:
  explicit RecordedCoverage(const Record& record);
  /// Only these versions, by key; those that are not current are left out.
  RecordedCoverage(const Record& record, const std::vector<std::int64_t>& versions);

  [[nodiscard]] ArticleNumber size() const override { return static_cast<ArticleNumber>(articles_.size()); }
  [[nodiscard]] std::shared_ptr<const CoveredArticle> article(ArticleNumber number) const override;

  /// The key of an article's current version.
  [[nodiscard]] std::int64_t version(ArticleNumber number) const { return articles_[number].version; }
  /// The key of a quotation.
  [[nodiscard]] std::int64_t quotation(QuotationPlace place) const;

  /// The first error that reading met, if any.
  [[nodiscard]] Result<void> outcome() const;

 private:
  struct Place {
    std::int64_t version = 0;
    std::string id;  ///< of the version
  };
  struct Kept {
    ArticleNumber number = 0;
    std::shared_ptr<const CoveredArticle> article;
  };
  void list(const std::vector<std::int64_t>* versions);
  [[nodiscard]] std::shared_ptr<const CoveredArticle> load(ArticleNumber number) const;

  const Record& record_;
  std::vector<Place> articles_;
  mutable std::mutex mutex_;
  mutable std::list<Kept> kept_;  ///< the one asked for last first
  mutable std::unordered_map<ArticleNumber, std::list<Kept>::iterator> at_;
  mutable std::optional<Error> error_;
};

}  // namespace onrecord
