// Which articles are about one event or running matter.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/coverage.h"
#include "compare/reprints.h"
#include "compare/statements.h"

namespace onrecord {

constexpr std::string_view kStoryMethod = "stories-1";

struct Stories {
  /// The story of every article, by number: the number of the story's first article.
  std::vector<std::uint32_t> story_of;
  /// The same as it was said when the article came, with nothing known of those after it.
  std::vector<std::uint32_t> first_assignment;
  /// Why an article stands in its story, one clause each; of the first article empty.
  std::vector<std::string> reasons;
};

/// One pass in the canonical order. `reuse` and `sure_links` count only between articles that came before.
[[nodiscard]] Stories find_stories(const Coverage& coverage, std::span<const ReusePair> reuse,
                                   std::span<const QuotationLink> sure_links, const CompareOptions& options);

/// The best headline of a story's articles; empty when none has one.
[[nodiscard]] std::string story_title(const Coverage& coverage, std::span<const ArticleNumber> articles);

}  // namespace onrecord
