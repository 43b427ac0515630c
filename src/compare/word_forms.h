// Single words made comparable: spelling, numbers, contractions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/collation_words.h"

namespace onrecord {

/// A word in lower case in American spelling ("colours" gives "colors", "terrorised" "terrorized").
[[nodiscard]] std::string american_spelling(std::string_view lower);

/// What a contraction is made of.
struct ContractionPart {
  std::string folded;
  std::size_t size = 0;  ///< bytes of the contraction that it takes
};
/// The parts of a word in lower case with straight apostrophes: "can't" is "can" (2 bytes, "ca") and "not".
/// One part when it is no contraction.
[[nodiscard]] std::vector<ContractionPart> contraction_parts(std::string_view lower);

/// A word that tells a number or a part of one.
struct NumberWord {
  enum class Kind { kUnit, kTens, kHundred, kScale, kOrdinal };
  Kind kind = Kind::kUnit;
  long long value = 0;
};
[[nodiscard]] std::optional<NumberWord> number_word(std::string_view lower);

/// What a word in lower case is to a reader, by data/collation_words.txt. Numbers are told by their digits.
[[nodiscard]] WordWeight word_weight(std::string_view folded);

/// What the forms of a word have in common ("wanted" and "wants", "is" and "were"): by their endings, and for
/// the irregular verbs that are said most by a list in the code. Small words are forms of nothing but
/// themselves.
[[nodiscard]] std::string word_stem(std::string_view folded);

/// Whether two words of five letters or more differ by one letter put in, left out or replaced, or two
/// swapped, not at the beginning.
[[nodiscard]] bool is_misprint(std::string_view a, std::string_view b);

}  // namespace onrecord
