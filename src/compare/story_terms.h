// What tells an article's story: its words, names and numbers, and which of them stand at its head.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/coverage.h"

namespace onrecord {

/// A word without its ending, or a number, hashed; the same in every article.
using TermHash = std::uint64_t;

/// One term of an article.
struct StoryTerm {
  TermHash hash = 0;
  float weight = 0;  ///< 1 + ln(times it occurs)
  Span first;        ///< where it occurs first in the article's text; empty when only in its title
  bool is_name = false;
  bool is_number = false;
  bool at_head = false;  ///< in the title or among the first words of the text
};

/// The terms of an article. A value.
struct StoryTerms {
  std::vector<StoryTerm> words;     ///< by hash
  std::optional<std::int32_t> day;  ///< of publication, since 1970-01-01
};

/// An article without paragraphs is read as one. Costs one pass over the first `kReadBytes` of the article's
/// text.
[[nodiscard]] StoryTerms story_terms(const CoveredArticle& article);

/// A story is told in its beginning; what follows is background that other stories have too.
constexpr std::size_t kReadBytes = 6000;

/// In how many of `kBackgroundArticles` articles a word occurs, by data/news_words.txt; 0 when in few.
[[nodiscard]] std::uint32_t background_frequency(TermHash term);
constexpr std::uint32_t kBackgroundArticles = 420;

/// A word in lower case without plural and verb endings and possessive 's. Rough: for matching only.
[[nodiscard]] std::string story_stem(std::string_view lower);
[[nodiscard]] TermHash term_hash(std::string_view stem);

}  // namespace onrecord
