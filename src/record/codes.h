// The small numbers that stand for names in the record's tables; the table `code` spells them out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "onrecord/article.h"
#include "onrecord/compare.h"
#include "onrecord/quotation.h"

namespace onrecord {

/// Where each enum's numbers begin. Part of the file format: never change one, only add.
constexpr std::int64_t kQuotationKindCode = 1;
constexpr std::int64_t kQuotationModeCode = 11;
constexpr std::int64_t kSpeakerKindCode = 21;
constexpr std::int64_t kDateBasisCode = 31;
constexpr std::int64_t kParagraphRoleCode = 41;
constexpr std::int64_t kReuseClassCode = 91;
constexpr std::int64_t kReuseDirectionCode = 101;
constexpr std::int64_t kWitnessRelationCode = 111;

/// Why a speaker is the same as another one: `joined.basis`.
enum class JoinedBy : std::uint8_t {
  kName = 81,
  kStory = 82,
  kCorrection = 83,
};

/// How spans name what they mark: `span.part`.
enum class Part : std::uint8_t {
  kContent = 61,
  kContentWithMarks = 62,  ///< no rows when the same as the content
  kQuoted = 63,
  kCue = 64,
  kSource = 65,
  kSpeaker = 66,
  kAddressee = 67,
  kVenue = 68,
  kWhen = 69,
  kAuthority = 70,         ///< ordinal = 256 * link + piece
  kCorrectedContent = 71,  ///< by correction; stands in for the content
  kUnnamedHowMany = 72,    ///< what the article tells of a source that it does not name
  kUnnamedKind = 73,
  kUnnamedReason = 74,
};

constexpr std::int64_t code(QuotationKind kind) {
  return kQuotationKindCode + static_cast<std::int64_t>(kind);
}
constexpr std::int64_t code(QuotationMode mode) {
  return kQuotationModeCode + static_cast<std::int64_t>(mode);
}
constexpr std::int64_t code(SpeakerKind kind) { return kSpeakerKindCode + static_cast<std::int64_t>(kind); }
constexpr std::int64_t code(DateBasis basis) { return kDateBasisCode + static_cast<std::int64_t>(basis); }
constexpr std::int64_t code(ParagraphRole role) {
  return kParagraphRoleCode + static_cast<std::int64_t>(role);
}
constexpr std::int64_t code(ReuseClass reuse) { return kReuseClassCode + static_cast<std::int64_t>(reuse); }
constexpr std::int64_t code(ReuseDirection direction) {
  return kReuseDirectionCode + static_cast<std::int64_t>(direction);
}
constexpr std::int64_t code(WitnessRelation relation) {
  return kWitnessRelationCode + static_cast<std::int64_t>(relation);
}
constexpr std::int64_t code(JoinedBy basis) { return static_cast<std::int64_t>(basis); }
constexpr std::int64_t code(Part part) { return static_cast<std::int64_t>(part); }

/// The value of a number; `otherwise` for one that stands for none (the file may be a stranger's).
template <class Enum>
[[nodiscard]] constexpr Enum from_code(std::int64_t number, Enum otherwise, Enum last) {
  const std::int64_t value = number - code(Enum{});
  return value >= 0 && value <= static_cast<std::int64_t>(last) ? static_cast<Enum>(value) : otherwise;
}
[[nodiscard]] constexpr QuotationKind quotation_kind_of(std::int64_t number) {
  return from_code(number, QuotationKind::kIndirect, QuotationKind::kIndirect);
}
[[nodiscard]] constexpr QuotationMode quotation_mode_of(std::int64_t number) {
  return from_code(number, QuotationMode::kSpeech, QuotationMode::kThought);
}
[[nodiscard]] constexpr SpeakerKind speaker_kind_of(std::int64_t number) {
  return from_code(number, SpeakerKind::kUnknown, SpeakerKind::kUnknown);
}
[[nodiscard]] constexpr DateBasis date_basis_of(std::int64_t number) {
  return from_code(number, DateBasis::kUnresolved, DateBasis::kBounded);
}
[[nodiscard]] constexpr ParagraphRole paragraph_role_of(std::int64_t number) {
  return from_code(number, ParagraphRole::kOther, ParagraphRole::kOther);
}

[[nodiscard]] constexpr ReuseClass reuse_class_of(std::int64_t number) {
  return from_code(number, ReuseClass::kIndependent, ReuseClass::kIndependent);
}
[[nodiscard]] constexpr ReuseDirection reuse_direction_of(std::int64_t number) {
  return from_code(number, ReuseDirection::kUnknown, ReuseDirection::kBothFromAgency);
}
[[nodiscard]] constexpr WitnessRelation witness_relation_of(std::int64_t number) {
  return from_code(number, WitnessRelation::kIndirect, WitnessRelation::kIndirect);
}

}  // namespace onrecord
