// What a capitalised name is that is none of the article's persons: a body, a group, or a person of whom no
// more is told.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it.
class CapitalisedNames {
 public:
  /// `parse` may be null.
  CapitalisedNames(const Words& words, const Syntax* parse, const People& people, StepCounter& steps)
      : words_(words), parse_(parse), people_(people), steps_(steps) {}

  /// Who the source is; `phrase` is its part that ends with the name.
  [[nodiscard]] Speaker of_capitalised(TokenRange source, TokenRange phrase);

  /// Whether the word alone is a body's name for the language model anywhere in the article.
  [[nodiscard]] bool is_body_elsewhere(std::uint32_t token);

 private:
  /// How often the article has a capitalised word, and how often that alone is a body's or a person's name
  /// for the language model.
  struct Count {
    std::uint32_t named = 0;
    std::uint32_t body = 0;
    std::uint32_t person = 0;
  };
  [[nodiscard]] Count count_of(std::uint32_t token);
  /// "Microsoft", that is mostly taken for a body's name, as a surname that nobody told in full is not.
  [[nodiscard]] bool is_mostly_body(std::uint32_t token);

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  StepCounter& steps_;
  std::unordered_map<std::string_view, Count> counts_;  ///< by word; filled when first asked
};

}  // namespace onrecord
