// Stories as they grow: what their articles have in common, and which of them a new article belongs to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "compare/story_score.h"
#include "compare/story_terms.h"

namespace onrecord {

/// A story's number, in the order they began.
using StoryNumber = std::uint32_t;

/// What joins an article to articles before it, whatever their words.
struct StoryEvidence {
  bool copied = false;                ///< passages in common
  std::uint32_t same_quotations = 0;  ///< articles that share a quotation
};
/// By story.
using StoryEvidences = std::map<StoryNumber, StoryEvidence>;

/// How well an article fits a story.
struct StoryFit {
  StoryNumber story = 0;
  float score = 0;  ///< from 0 on the article belongs to it
  StoryEvidence evidence;
  std::vector<StoryTerm> shared;           ///< the words in common that say most, at most three
  std::optional<std::int32_t> days_after;  ///< the story's last article
};

/// All stories so far, filled in the canonical order. A word counts by how rare it is among the articles
/// before, and in news at large while these are few. What an article costs is bounded, however many stories
/// there are: the terms it is looked up by, the stories of a term, candidates, terms and articles of a story.
class StoryIndex {
 public:
  /// The story that the article fits best; none when no story shares its rarest words and no evidence joins
  /// it. `but`: a story that is not asked about.
  [[nodiscard]] std::optional<StoryFit> best(const StoryTerms& article, const StoryEvidences& evidence,
                                             std::optional<StoryNumber> but = std::nullopt) const;

  /// Adds the article to a story, or to a new one; gives its number.
  StoryNumber add(const StoryTerms& article, std::optional<StoryNumber> story);

  [[nodiscard]] std::uint32_t articles_of(StoryNumber story) const { return stories_[story].articles; }

 private:
  /// A term with its weight in a vector of length 1.
  struct WeighedTerm {
    TermHash hash = 0;
    float weight = 0;
  };
  using WeighedTerms = std::vector<WeighedTerm>;
  /// What a story knows of a term.
  struct TermOfStory {
    TermHash hash = 0;
    float weight = 0;            ///< sum over its articles, each one's words of length 1
    float name_weight = 0;       ///< the same of names alone
    std::uint32_t articles = 0;  ///< that have it
    std::uint32_t as_name = 0;   ///< that have it as a name
    std::uint32_t at_head = 0;   ///< that have it at their head
  };
  struct Story {
    std::uint32_t articles = 0;
    std::optional<std::int32_t> last_day;
    std::vector<TermOfStory> terms;    ///< by hash
    std::vector<WeighedTerms> recent;  ///< the last articles
  };

  [[nodiscard]] float rarity(TermHash term) const;
  [[nodiscard]] WeighedTerms weigh(const StoryTerms& article) const;
  [[nodiscard]] std::vector<StoryNumber> candidates(const WeighedTerms& article) const;
  [[nodiscard]] StoryLikeness likeness(const StoryTerms& article, const WeighedTerms& weighed,
                                       const Story& story) const;
  [[nodiscard]] float words_in_common(const StoryTerms& article, const Story& story) const;
  [[nodiscard]] float head_words_known(const StoryTerms& article, const Story& story) const;
  [[nodiscard]] float name_missing_in_story(const StoryTerms& article, const Story& story) const;
  [[nodiscard]] float name_missing_in_article(const StoryTerms& article, const Story& story) const;
  [[nodiscard]] std::vector<StoryTerm> shared_terms(const StoryTerms& article, const Story& story) const;
  void add_terms(Story& story, const StoryTerms& article) const;
  void trim(Story& story) const;

  std::vector<Story> stories_;
  std::unordered_map<TermHash, std::uint32_t> articles_with_;
  std::unordered_map<TermHash, std::vector<StoryNumber>>
      stories_with_;  ///< by their rarest words, latest last
  std::uint32_t articles_ = 0;
};

}  // namespace onrecord
