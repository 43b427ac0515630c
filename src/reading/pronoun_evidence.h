// What speaks for a person whom a pronoun may mean, and how much each of it counts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "onrecord/quotation.h"
#include "text/word_list.h"

namespace onrecord {

/// What is told of a mention of a person (or of the words that he spoke last) as a pronoun looks back at it.
/// Counts of sentences and paragraphs; all else is 1 where it holds.
enum class PronounEvidence : std::uint8_t {
  kAlways,              ///< what a person must overcome, for the pronoun may mean none of them
  kSentencesBack,       ///< to the mention, five at most
  kParagraphsBack,      ///< to the mention or to the words, three at most
  kGenderKnown,         ///< the person's; another one than the pronoun's is not looked at
  kGenderAgrees,        ///< or the mention is the subject that opens the pronoun's paragraph
  kSubject,             ///< it begins its sentence, or stands right before a verb
  kMainSubject,         ///< subject of a sentence's main verb
  kSubordinateSubject,  ///< subject of a clause below another verb
  kObject,
  kModifier,  ///< the "Lowe" of "a Lowe adviser"
  kAfterPreposition,
  kSinceWords,       ///< it stands behind the last statement
  kSpokeLast,        ///< the person spoke last, and no other was the subject since
  kRole,             ///< a role instead of a name: "the mayor"
  kWordsThemselves,  ///< no mention, but the last statement was his
  kSentencesSince,   ///< whole sentences between his words and the pronoun, four at most
  kOnlyOne,          ///< nobody else fits
};
inline constexpr std::size_t kPronounEvidence = 17;
using PronounEvidenceValues = std::array<float, kPronounEvidence>;

/// "sentences back", as data/pronoun_weights.txt has it.
[[nodiscard]] std::string_view name(PronounEvidence evidence);

/// A linear scorer. Its weights stand in data/pronoun_weights.txt, which training/pronouns.py fits to
/// labelled pronouns; what the file does not name counts nothing.
class PronounWeights {
 public:
  explicit PronounWeights(const WordLists& lists);

  /// In logarithms of odds; 0 is what "none of them" has.
  [[nodiscard]] float worth(const PronounEvidenceValues& evidence) const;

 private:
  PronounEvidenceValues weights_{};
};

}  // namespace onrecord
