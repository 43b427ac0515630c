// What a quotation says, clause by clause: the words that tell its matter, and the position it takes on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/quotation.h"
#include "onrecord/span.h"

namespace onrecord {

/// A word that tells the matter: none of the small or common ones (data/collation_words.txt,
/// common_words.txt).
struct TellingWord {
  std::string stem;   ///< without the endings of inflection
  Span span;          ///< in the article's text
  bool name = false;  ///< written with a capital where a sentence would not ask for it
};

/// A number and what it counts.
struct CountedNumber {
  std::string value;  ///< in digits: "3", "20%", "1500000$"
  std::string of;     ///< stem of what is counted, "%", "$"; empty when that is not told
  Span span;
};

/// How sure the speaker is that it will be so.
enum class Certainty : std::uint8_t { kUntold, kPossible, kCertain };

/// A sentence, or the part of one that "but", "if", "because" or a semicolon parts from the rest.
struct Clause {
  Span span;
  std::vector<TellingWord> telling;  ///< in text order, each stem once
  std::vector<std::string> stems;    ///< of all words but the smallest, sorted
  std::vector<CountedNumber> numbers;
  std::vector<Span> turning;  ///< "not", "never", "ruled out"
  std::string turned;         ///< stem of the first word that they govern
  Certainty certainty = Certainty::kUntold;
  Span certainty_words;
  bool commits = false;    ///< "promised", "vowed"
  std::string is_certain;  ///< stem of the first word that "will" or "may" governs
  bool asserts =
      false;  ///< has a word that a finite verb brings along: "is", "will", "we"; no bare noun phrase
  bool takes_no_position = false;  ///< a question, a condition, or words that are not clear
};

/// The clauses of a quotation's content; its cue ("ruled out", "promised") counts with the first of an
/// indirect or mixed one. None when the speaker says nothing ("declined to say"). O(length).
[[nodiscard]] std::vector<Clause> clauses_of(std::string_view text, const Quotation& quotation);

}  // namespace onrecord
