// Plain tokens: words, numbers and marks of English news, by rules alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "onrecord/document.h"
#include "onrecord/limits.h"
#include "text/word_list.h"

namespace onrecord {

/// How a period after a shortened word is to be understood.
enum class AbbreviationUse {
  kNone,    ///< no abbreviation
  kInside,  ///< something follows always: "Mr.", "Gen.", "vs."
  kMayEnd,  ///< may stand last in a sentence: "Inc.", "a.m.", "Jr."
};

/// Cuts text into tokens. The rules, in order, at each place that is no white space:
///   1. Web and mail addresses, @names and #tags are one token.
///   2. A word is a run of letters, digits and what joins them: hyphens and apostrophes between letters,
///      periods and commas between digits, a period before a lower-case letter ("example.com").
///   3. A period belongs to the word when the word is an initial ("J.", "U.S."), or stands in the list
///      "abbreviations".
///   4. 's is a token of its own; so are `` and '', runs of periods and runs of hyphens; any other mark is
///   one.
/// Immutable, safe for several threads. Costs one pass over the text.
class Tokenizer {
 public:
  explicit Tokenizer(const WordLists& lists);

  /// Appends the tokens of `text` at `range`. A run longer than `limits.token_bytes` is cut into pieces.
  void tokenize(std::string_view text, Span range, const Limits& limits, std::vector<Token>& tokens) const;
  /// How `word` (with its period) is used as an abbreviation.
  [[nodiscard]] AbbreviationUse abbreviation_use(std::string_view word) const;

 private:
  [[nodiscard]] std::uint32_t word_end(std::string_view text, std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] bool takes_period(std::string_view word) const;
  std::unordered_map<std::string, AbbreviationUse> abbreviations_;  // as printed, with the period
};

}  // namespace onrecord
