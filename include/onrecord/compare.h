// Across articles: what outlets copied from each other, which quotations are one statement, which articles
// are one story.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

/// How two articles of different outlets hang together, the strongest first.
enum class ReuseClass {
  kFullReprint,   ///< the same article, small edits
  kAbridged,      ///< one is the other cut down
  kPartialCopy,   ///< passages of one stand in the other, which has reporting of its own
  kCommonSource,  ///< both copy a press release or a document
  kQuotesOnly,    ///< what they share is what people said
  kIndependent,   ///< nothing that tells of copying
};

/// Who has it from whom.
enum class ReuseDirection {
  kUnknown,
  kFirstFromSecond,
  kSecondFromFirst,
  kBothFromAgency,  ///< both print a news agency's report
};

/// How a witness gives the words of another quotation of the same statement.
enum class WitnessRelation {
  kIdentical,                ///< the same words; marks, case and punctuation aside
  kTruncated,                ///< cut at an end
  kElided,                   ///< cut in the middle
  kBracketed,                ///< words put in or put in place of others, in brackets
  kWordChanged,              ///< other words
  kNegationOrNumberChanged,  ///< a "not", a number
  kTranslated,               ///< another translation
  kIndirect,                 ///< reported in the outlet's own words
};

[[nodiscard]] std::string_view name(ReuseClass reuse);
[[nodiscard]] std::string_view name(ReuseDirection direction);
[[nodiscard]] std::string_view name(WitnessRelation relation);
[[nodiscard]] std::optional<ReuseClass> reuse_class(std::string_view name);
[[nodiscard]] std::optional<WitnessRelation> witness_relation(std::string_view name);

/// The same words in two texts.
struct SharedPassage {
  Span first;   ///< in the first text
  Span second;  ///< in the second
};

/// What two articles have in common.
struct Reuse {
  ReuseClass reuse = ReuseClass::kIndependent;
  ReuseDirection direction = ReuseDirection::kUnknown;
  float narrative_containment =
      0;  ///< share of the shorter one's own words that stand in the longer one, 0..1
  float quotation_containment = 0;  ///< the same of the words in quotation marks
  float confidence = 0;             ///< 0..1 that `reuse` is right
  std::string reason;  ///< one clause: "91 % of its words, in their order; \"(AP)\" in its dateline"
  std::vector<SharedPassage> passages;  ///< in the order of the first text
};

/// What became of words between two witnesses of a statement.
enum class AlignmentKind {
  kSame,
  kFolded,   ///< the same to a reader: case, marks, "5" for "five"
  kLeftOut,  ///< stands in the first only
  kPutIn,    ///< stands in the second only
  kChanged,  ///< one word, or a few, for another
};
[[nodiscard]] std::string_view name(AlignmentKind kind);

/// A run of words of two witnesses side by side; a span is empty where its text has nothing.
struct AlignedWords {
  AlignmentKind kind = AlignmentKind::kSame;
  Span first;   ///< in the first one's article
  Span second;  ///< in the second one's article
};

/// How two quotations of one statement differ.
struct Collation {
  WitnessRelation relation = WitnessRelation::kIdentical;
  bool altered = false;             ///< a careful reader would care: word, number, negation, name, modal
  std::string what_changed;         ///< of an altered one: "number: 12 for 20"; empty when nothing was
  float shared = 0;                 ///< aligned words over the shorter one's, rare words counting more, 0..1
  std::uint32_t longest_run = 0;    ///< of words in a row that both have
  std::vector<AlignedWords> words;  ///< all words of both, in order
};

}  // namespace onrecord
