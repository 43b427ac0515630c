// A quotation: one report of somebody's words in one article.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

enum class QuotationKind {
  kDirect,    ///< all of the content stands in quotation marks
  kMixed,     ///< some of it does
  kIndirect,  ///< none of it does
};

enum class QuotationMode {
  kSpeech,
  kWriting,
  kThought,  ///< thinks, wants, plans: nothing that was said
};

enum class SpeakerKind {
  kPerson,
  kOrganization,
  kGroup,     ///< "Republicans", "residents"
  kDocument,  ///< "the report", "a court filing"
  kUnnamed,   ///< "two officials who asked not to be named"
  kUnknown,
};

/// Quotations that the reading is less sure of stay in the record, and searches and tables leave them out: of
/// those about four in ten are statements with the right bounds (docs/accuracy.md).
constexpr float kLeastShownConfidence = 0.6F;

[[nodiscard]] std::string_view name(QuotationKind kind);
[[nodiscard]] std::string_view name(QuotationMode mode);
[[nodiscard]] std::string_view name(SpeakerKind kind);
[[nodiscard]] std::optional<QuotationKind> quotation_kind(std::string_view name);
[[nodiscard]] std::optional<QuotationMode> quotation_mode(std::string_view name);
[[nodiscard]] std::optional<SpeakerKind> speaker_kind(std::string_view name);

/// A resolved value beside the words it rests on. Empty `value` = not told or not known.
struct Resolved {
  std::string value;     ///< full name, venue, ISO date, ...
  Spans spans;           ///< the words that tell it; empty when inherited
  float confidence = 0;  ///< 0..1, the reading's own estimate that `value` is right
  std::string reason;    ///< one clause for a reader: "surname of Ada Lowe, named in paragraph 1"
};

/// How a date is known.
enum class DateBasis { kUnresolved, kExplicit, kRelative, kInherited, kBounded };
[[nodiscard]] std::string_view name(DateBasis basis);
[[nodiscard]] std::optional<DateBasis> date_basis(std::string_view name);

/// One link of the chain through which the article has it: "NBC News".
struct AuthorityLink {
  std::string name;  ///< a person's full name, else as printed
  Spans spans;       ///< the words that tell it; empty when inherited
};

/// A person whom the pronoun of a source may mean.
struct SpeakerCandidate {
  std::string name;  ///< full name
  float worth = 0;   ///< logarithm of the odds against "none of them"
  /// What speaks for the person, and how much there is of it: "sentences back" 2; what is 0 is left out.
  std::vector<std::pair<std::string_view, float>> evidence;
};

/// Words of the article that tell something, as printed. Empty when it is not told.
struct Told {
  std::string value;
  Spans spans;
};

/// What the article tells of a source that it does not name.
struct UnnamedSource {
  Told how_many;  ///< "two", "at least three", "a"
  Told kind;      ///< "officials", "person familiar with the matter"
  Told reason;    ///< why: "who asked not to be named because the talks are private"
};

/// One report of words in one article. A value; spans point into the article's text.
struct Quotation {
  QuotationKind kind = QuotationKind::kIndirect;
  QuotationMode mode = QuotationMode::kSpeech;
  Spans content;             ///< the words; outer quotation marks and the final period are left out
  Spans content_with_marks;  ///< the same with marks and the punctuation before a closing one, as PolNeAR
                             ///< counts it
  Spans quoted;  ///< the parts in quotation marks, marks left out; a transcript's turn whole; empty when
                 ///< indirect
  Spans cue;     ///< "said", "according to"; empty when there is none
  Spans source;  ///< the mention of the speaker as printed; empty when there is none
  Resolved speaker;
  SpeakerKind speaker_kind = SpeakerKind::kUnknown;
  /// Where the source is he or she, best first: all whom the article names nearby and whose gender may fit.
  std::vector<SpeakerCandidate> speaker_candidates;
  UnnamedSource unnamed;  ///< filled when `speaker_kind` is `kUnnamed` and the reading has a parse
  Resolved addressee;
  Resolved venue;
  Resolved when;  ///< ISO date or interval "2025-08-01/2025-08-07"
  DateBasis when_basis = DateBasis::kUnresolved;
  /// Through whom the article has it, outermost first; empty when the article reports it itself. A statement
  /// inside a statement has the outer speaker as its last link: of "The Herald reported that Lowe said ..."
  /// the outer quotation is the Herald's, the inner one Lowe's with the Herald as its authority.
  std::vector<AuthorityLink> authority;
  float confidence = 0;  ///< 0..1 that this is a quotation with these bounds
  std::string reason;    ///< why it was read as one: "marks + cue 'said' after"
};

}  // namespace onrecord
