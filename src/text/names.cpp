// The names that files, tables and the command line use for the public enums.
#include <fmt/format.h>

#include <array>
#include <string>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/quotation.h"

namespace onrecord {
namespace {

constexpr std::array<std::string_view, 16> kErrorNames = {
    "not-found", "unreadable", "unsupported-format", "malformed", "truncated",        "too-large", "too-deep",
    "too-many",  "too-slow",   "bad-encoding",       "empty",     "invalid-argument", "busy",      "conflict",
    "damaged",   "system"};
constexpr std::array<std::string_view, 11> kRoleNames = {
    "body",   "title",         "subtitle",   "byline",    "dateline", "caption",
    "credit", "republication", "correction", "copyright", "other"};
constexpr std::array<std::string_view, 3> kKindNames = {"direct", "mixed", "indirect"};
constexpr std::array<std::string_view, 3> kModeNames = {"speech", "writing", "thought"};
constexpr std::array<std::string_view, 6> kSpeakerNames = {"person",   "organization", "group",
                                                           "document", "unnamed",      "unknown"};
constexpr std::array<std::string_view, 5> kBasisNames = {"unresolved", "explicit", "relative", "inherited",
                                                         "bounded"};

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(ErrorCode code) { return name_of(kErrorNames, code); }
std::string_view name(ParagraphRole role) { return name_of(kRoleNames, role); }
std::string_view name(QuotationKind kind) { return name_of(kKindNames, kind); }
std::string_view name(QuotationMode mode) { return name_of(kModeNames, mode); }
std::string_view name(SpeakerKind kind) { return name_of(kSpeakerNames, kind); }
std::string_view name(DateBasis basis) { return name_of(kBasisNames, basis); }

ErrorCode error_code(std::string_view name) {
  return value_of<ErrorCode>(kErrorNames, name).value_or(ErrorCode::kSystem);
}
std::optional<ParagraphRole> paragraph_role(std::string_view name) {
  return value_of<ParagraphRole>(kRoleNames, name);
}
std::optional<QuotationKind> quotation_kind(std::string_view name) {
  return value_of<QuotationKind>(kKindNames, name);
}
std::optional<QuotationMode> quotation_mode(std::string_view name) {
  return value_of<QuotationMode>(kModeNames, name);
}
std::optional<SpeakerKind> speaker_kind(std::string_view name) {
  return value_of<SpeakerKind>(kSpeakerNames, name);
}
std::optional<DateBasis> date_basis(std::string_view name) { return value_of<DateBasis>(kBasisNames, name); }

std::string describe(const Error& error) {
  std::string place;
  if (!error.file.empty()) place += error.file + ": ";
  if (error.record) place += fmt::format("record {}: ", *error.record);
  if (error.offset) place += fmt::format("byte {}: ", *error.offset);
  return place + error.message;
}

const Field* Article::find(std::string_view field_name) const {
  for (const Field& field : fields) {
    if (field.name == field_name) return &field;
  }
  return nullptr;
}

std::string_view Article::field(std::string_view field_name) const {
  const Field* found = find(field_name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

}  // namespace onrecord
