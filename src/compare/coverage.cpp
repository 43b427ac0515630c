#include "compare/coverage.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace onrecord {

bool in_canonical_order(const CoveredArticle& a, const CoveredArticle& b) {
  const auto key = [](const CoveredArticle& article) {
    const std::string_view published = article.article.field("published");
    return std::make_tuple(published.empty(), published, std::string_view(article.text_sha256),
                           std::string_view(article.id));
  };
  return key(a) < key(b);
}

CoverageInMemory::CoverageInMemory(std::vector<CoveredArticle> articles) {
  std::ranges::sort(articles, in_canonical_order);
  for (CoveredArticle& article : articles) {
    articles_.push_back(std::make_shared<const CoveredArticle>(std::move(article)));
  }
}

}  // namespace onrecord
