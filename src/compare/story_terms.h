// What an article is about, as far as its words tell.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "onrecord/article.h"
#include "text/word_list.h"

namespace onrecord {

/// A word of an article in one of its forms ("closed" and "closes" are one), and how often it has it.
struct StoryTerm {
  std::uint64_t id = 0;  ///< hash of the form
  float count = 0;       ///< 1 + log of how often; a word of the title counts more
  bool is_name = false;  ///< it stands with a capital within sentences, and nowhere without one
  bool leads = false;    ///< a name of the title or of the first sentences
  std::string word;      ///< as it was printed first, for a reader
};

/// Cuts the words that tell what an article is about. Immutable.
class StoryTerms {
 public:
  explicit StoryTerms(const WordLists& lists);
  /// By id, each once. One pass over the title and the first 6,000 bytes of the text.
  [[nodiscard]] std::vector<StoryTerm> of(const Article& article) const;

 private:
  std::unordered_set<std::string> function_words_;
};

}  // namespace onrecord
