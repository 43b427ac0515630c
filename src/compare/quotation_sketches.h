// All quotations of a coverage, each as short as matching needs it: some 200 bytes, so that a million fit in
// memory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compare/coverage.h"
#include "compare/reprints.h"

namespace onrecord {

/// A quotation without its words.
struct QuotationSketch {
  QuotationPlace place;
  Span reach;                      ///< from the first piece of the content to the last, in the article's text
  std::uint32_t first_word = 0;    ///< in the words of all sketches
  std::uint32_t words = 0;         ///< at most `kMostSketchWords`
  std::uint64_t person = 0;        ///< hash of the speaker's id over all articles; 0: not known
  std::uint32_t last_name = 0;     ///< hash of the last word of a person's name; 0: no person or not known
  std::uint32_t first_name = 0;    ///< of its first word, where it has several
  std::uint32_t name_letters = 0;  ///< hash of the name's letters in lower case, spaces aside
  std::optional<std::int32_t>
      day;  ///< of publication, from 1970-01-01; as exact as it is known, else nothing
  SpeakerKind speaker_kind = SpeakerKind::kUnknown;
  bool doubtful = false;  ///< read without marks, and not surely as something that was said
  bool quoted = false;    ///< has words in quotation marks
};

/// One word: what it is equal by, what it tells, and what the aligner knows of it.
struct SketchWord {
  std::uint32_t code = 0;
  std::uint32_t stem = 0;  ///< the same for forms of one word
  /// How much it tells that two quotations share this word, in nats: the logarithm of how rare it is. Counts
  /// are smoothed, so that a small coverage knows common words as well.
  float information = 0;
  bool small : 1 = false;
  bool number : 1 = false;
  bool counts : 1 =
      false;  ///< for the share of the quotation that is shared: its own words, in marks where it has any
  bool starts : 1 = false;  ///< the first of a sentence or piece, or behind something left out
  bool after_gap : 1 = false;
};

constexpr std::uint32_t kMostSketchWords = 400;

/// In canonical order. What was only thought, and not put in marks, is no utterance and left out.
class QuotationSketches {
 public:
  /// Reads every article once. The same whatever `options.threads`.
  QuotationSketches(const Coverage& coverage, const CompareOptions& options);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(sketches_.size()); }
  [[nodiscard]] const QuotationSketch& operator[](std::uint32_t number) const { return sketches_[number]; }
  [[nodiscard]] std::span<const SketchWord> words(std::uint32_t number) const {
    return std::span(words_).subspan(sketches_[number].first_word, sketches_[number].words);
  }

 private:
  void weigh_words();

  std::vector<QuotationSketch> sketches_;
  std::vector<SketchWord> words_;
};

}  // namespace onrecord
