// Stories as they grow: which one an article is nearest to.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compare/story_terms.h"

namespace onrecord {

/// An article as stories are told by.
struct StoryArticleView {
  std::vector<StoryTerm> terms;
  std::optional<std::int32_t> day;  ///< of publication, from 1970-01-01
};

/// How well an article fits a story.
struct StoryFit {
  std::uint32_t story = 0;
  float above = 0;                         ///< the bar; negative: it does not
  float evidence = 0;                      ///< of it, by copied passages and shared quotations
  std::vector<std::string> words;          ///< rare ones that it shares, at most three
  std::optional<std::int32_t> days_after;  ///< the story's last article
};

/// Stories by number, in the order they began. An article's words count by how rare they are among those that
/// came before. Cost of a question: tens of stories, some hundred words of each, however many there are.
class StoryClusters {
 public:
  /// The best fitting story; nothing when none shares its rarest words or has evidence. `evidence`: by story.
  [[nodiscard]] std::optional<StoryFit> best(const StoryArticleView& article,
                                             const std::unordered_map<std::uint32_t, float>& evidence,
                                             std::optional<std::uint32_t> but = std::nullopt) const;
  /// A new story; gives its number.
  std::uint32_t begin();
  void add(std::uint32_t story, const StoryArticleView& article);
  [[nodiscard]] std::uint32_t articles_of(std::uint32_t story) const { return stories_[story].articles; }

 private:
  struct TermOfStory {
    float weight = 0;           // sum of its articles' shares
    std::uint32_t as_name = 0;  // articles that have it as a name
    std::uint32_t as_lead = 0;  // articles that have it as a name in title or first sentences
  };
  struct Story {
    std::unordered_map<std::uint64_t, TermOfStory> terms;
    std::uint32_t articles = 0;
    std::optional<std::int32_t> last_day;
  };
  [[nodiscard]] float rarity(std::uint64_t term) const;
  [[nodiscard]] std::vector<std::uint32_t> candidates(const StoryArticleView& article) const;
  [[nodiscard]] float likeness(const StoryArticleView& article, const Story& story) const;
  [[nodiscard]] float share_of_core(const StoryArticleView& article, const Story& story) const;
  [[nodiscard]] float share_of_lead(const StoryArticleView& article, const Story& story) const;
  [[nodiscard]] std::vector<std::string> shared_words(const StoryArticleView& article,
                                                      const Story& story) const;
  void trim(Story& story) const;

  std::vector<Story> stories_;
  std::unordered_map<std::uint64_t, std::uint32_t> articles_with_;  // term -> articles
  std::unordered_map<std::uint64_t, std::deque<std::uint32_t>>
      with_term_;  // term -> stories, the latest last
  std::uint32_t articles_ = 0;
};

}  // namespace onrecord
