// The words of a quotation as they are matched with those of another, each with its place in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/quotation.h"
#include "onrecord/span.h"

namespace onrecord {

/// What a word is to a reader who compares wordings.
enum class WordWeight : std::uint8_t {
  kFunction,  ///< joins words; one for another is how people transcribe
  kLight,     ///< what speech is filled with
  kContent,
  kPronoun,  ///< an indefinite one: "somebody", "anything"
  kModal,
  kNegation,
  kNumber,
};

/// One word, folded for matching only: lower case, "5" for "five", "20%" for "twenty per cent", "1500000$"
/// for "$1.5 million", "not" for "n't", American spelling.
struct CollationWord {
  std::string folded;
  Span span;                ///< in the article's text
  std::uint64_t code = 0;   ///< equal for equal `folded`
  std::uint64_t stem = 0;   ///< equal for forms of one word
  std::uint32_t piece = 0;  ///< of the content, from 0
  WordWeight weight = WordWeight::kContent;
  bool quoted = false;           ///< stands in quotation marks
  bool bracketed = false;        ///< put in by the outlet: "[he]"
  bool nothing = false;          ///< "[sic]": no word at all
  bool capital = false;          ///< written with a capital where a sentence would not ask for it
  bool starts_sentence = false;  ///< the first of its sentence or piece
  bool after_gap = false;        ///< an ellipsis, "[...]" or what stands between two pieces comes before it
  bool censored = false;         ///< "f---": matches what has its letters
  bool contracted = false;       ///< a part of a contraction: "I" and "'m" of "I'm"
};

/// Whether it tells little by itself.
[[nodiscard]] constexpr bool is_small(const CollationWord& word) {
  return word.weight == WordWeight::kFunction || word.weight == WordWeight::kLight;
}

/// The words of all pieces of the content, in order; a split quotation gives the words of one. The spans lie
/// in the content, do not overlap, and cover every letter and digit of it. O(length).
[[nodiscard]] std::vector<CollationWord> collation_words(std::string_view text, const Quotation& quotation);

/// Whether two words are the same to a reader: folded equal, "'s" and "is", "f---" and what it stands for.
[[nodiscard]] bool same_word(const CollationWord& a, const CollationWord& b);

/// Whether two words that are not the same are one in another form ("want", "wanted"; "is", "was"), or one
/// misprinted.
[[nodiscard]] bool near_word(const CollationWord& a, const CollationWord& b);

}  // namespace onrecord
