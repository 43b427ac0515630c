// Articles as comparisons see them, wherever they are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/quotation.h"

namespace onrecord {

/// A quotation with who stands for its speaker over all articles.
struct CoveredQuotation {
  std::string id;
  Quotation quotation;  ///< corrections applied; spans point into the article's text
  std::string person;   ///< id of the speaker over all articles; empty when not known
};

/// One article, its current version, with what was read in it. A value.
struct CoveredArticle {
  std::string id;
  std::string text_sha256;
  Article article;  ///< fields: title, outlet, published, canonical_url, credit, republication, ...
  std::vector<CoveredQuotation> quotations;  ///< in text order; without rejected and merged ones
};

/// The place of an article in the canonical order: published first, undated last, ties by the text's SHA-256.
using ArticleNumber = std::uint32_t;
/// The place of a quotation: its article's, then the text's order.
struct QuotationPlace {
  ArticleNumber article = 0;
  std::uint32_t quotation = 0;
  friend constexpr auto operator<=>(QuotationPlace, QuotationPlace) = default;
};

/// The articles to compare, in the canonical order. Texts may lie on a disk: ask for one at a time, several
/// times only where it must be. May be asked from several threads.
class Coverage {
 public:
  virtual ~Coverage() = default;
  [[nodiscard]] virtual ArticleNumber size() const = 0;
  /// Never null for a number below `size()`. An article that cannot be read comes back empty; the coverage
  /// keeps the error.
  [[nodiscard]] virtual std::shared_ptr<const CoveredArticle> article(ArticleNumber number) const = 0;
};

/// Articles in memory; for tests, and for texts that no record holds. Sorts them.
class CoverageInMemory : public Coverage {
 public:
  explicit CoverageInMemory(std::vector<CoveredArticle> articles);
  [[nodiscard]] ArticleNumber size() const override { return static_cast<ArticleNumber>(articles_.size()); }
  [[nodiscard]] std::shared_ptr<const CoveredArticle> article(ArticleNumber number) const override {
    return articles_[number];
  }

 private:
  std::vector<std::shared_ptr<const CoveredArticle>> articles_;
};

/// Whether `a` stands before `b` in the canonical order.
[[nodiscard]] bool in_canonical_order(const CoveredArticle& a, const CoveredArticle& b);

}  // namespace onrecord
