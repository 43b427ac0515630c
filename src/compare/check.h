// "Did they say that, in those words?": a quotation against the record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison.h"
#include "onrecord/compare.h"
#include "onrecord/record.h"
#include "text/word_list.h"

namespace onrecord {

enum class CheckVerdict {
  kExact,         ///< word for word what an article carries; marks, case and punctuation aside
  kCut,           ///< the words stand so, with something left out at an end or where an ellipsis says so
  kAltered,       ///< the record has it in other words
  kOtherSpeaker,  ///< the words are in the record, by somebody else
  kNotInRecord,   ///< nothing like it
  kTooShort,      ///< fewer than three words: too little to tell
};
[[nodiscard]] std::string_view name(CheckVerdict verdict);

/// What to look for.
struct Claim {
  std::string_view text;  ///< what `quotation` points into
  Quotation quotation;    ///< at least its content; the speaker's name where one is claimed
};

struct Checked {
  CheckVerdict verdict = CheckVerdict::kNotInRecord;
  /// What the record has; none when it has nothing like it.
  std::optional<ToldStatement> statement;
  std::size_t witness = 0;  ///< of it, the one that the words are nearest to
  Collation collation;      ///< of that witness and the claim
  /// What an editor should know besides: "the record has it by Ada Lowe", "2 other outlets print it with
  /// ...".
  std::string remark;
};

/// Looks the words of a claim up. The record must have been compared. O(words) look-ups and a few alignments.
[[nodiscard]] Result<Checked> check(const Record& record, const Claim& claim);

/// A claim of words alone, the whole of `words`.
[[nodiscard]] Claim claim_of(std::string_view words, std::string_view speaker);

/// Passages in quotation marks of at least `least_words` words that none of `quotations` holds: what a
/// reading did not take for a statement, a person may want checked all the same.
[[nodiscard]] std::vector<Quotation> other_passages(const Article& article,
                                                    const std::vector<Quotation>& quotations,
                                                    std::size_t least_words, const WordLists& lists);

/// What a draft claims, in text order: each passage of its direct and mixed quotations (of a mixed one the
/// words in marks: those are what an outlet vouches for), by the speaker that the reading found or, when
/// given, by `speaker`; and passages in marks of `least_words` words or more that no quotation holds. Views
/// the article's text.
[[nodiscard]] std::vector<Claim> claims_of(const Article& article, const std::vector<Quotation>& quotations,
                                           std::string_view speaker, std::size_t least_words,
                                           const WordLists& lists);

}  // namespace onrecord
