// Whether an article belongs to a story, from what they have in common.
#pragma once

#include <cstdint>
#include <optional>

namespace onrecord {

/// What an article and a story have in common. Shares are 0..1.
struct StoryLikeness {
  float words = 0;             ///< cosine of its words with the story's, rare ones counting more
  float nearest_articles = 0;  ///< the same with single articles of the story, mean of the three nearest
  float head_words = 0;        ///< share of the words at its head that stand at the story's heads
  /// The weightiest name of the article that the story does not know, over its weightiest name: two events of
  /// one kind differ in who takes part.
  float own_name_missing = 0;
  /// The weightiest name of most of the story's articles that the article lacks, over the weightiest.
  float story_name_missing = 0;
  std::optional<std::int32_t> days_apart;  ///< from the story's last article; none when one is undated
  std::uint32_t articles = 1;              ///< of the story
  bool copied = false;                     ///< passages in common with an article of it
  std::uint32_t same_quotations = 0;       ///< articles of it that share a quotation
};

/// From 0 on the article belongs to the story.
[[nodiscard]] float story_score(const StoryLikeness& likeness);

}  // namespace onrecord
