#include "compare/stories.h"

namespace onrecord {
Stories find_stories(const Coverage& coverage, std::span<const ReusePair>, std::span<const QuotationLink>,
                     const CompareOptions&) {
  Stories stories;
  for (ArticleNumber i = 0; i < coverage.size(); ++i) stories.story_of.push_back(i);
  stories.first_assignment = stories.story_of;
  stories.reasons.resize(stories.story_of.size());
  return stories;
}
std::string story_title(const Coverage& coverage, std::span<const ArticleNumber> articles) {
  return articles.empty() ? std::string()
                          : std::string(coverage.article(articles.front())->article.field("title"));
}
}  // namespace onrecord
