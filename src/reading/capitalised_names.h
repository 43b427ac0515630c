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

 private:
  /// How many times the article has a capitalised word.
  [[nodiscard]] std::uint32_t times_named(std::uint32_t token);

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  StepCounter& steps_;
  std::unordered_map<std::string_view, std::uint32_t> times_named_;  ///< by word; filled when first asked
};

}  // namespace onrecord
