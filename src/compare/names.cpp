// The names of what comparisons tell, as files, tables and pages have them.
#include <algorithm>
#include <array>

#include "onrecord/compare.h"

namespace onrecord {
namespace {

constexpr std::array<std::string_view, 6> kReuseClasses = {"full_reprint",  "abridged",    "partial_copy",
                                                           "common_source", "quotes_only", "independent"};
constexpr std::array<std::string_view, 4> kDirections = {"unknown", "a_from_b", "b_from_a", "both_from_wire"};
constexpr std::array<std::string_view, 8> kRelations = {
    "identical",  "truncated", "elided", "bracketed", "word_changed", "negation_or_number_changed",
    "translated", "indirect"};
constexpr std::array<std::string_view, 5> kAlignments = {"same", "folded", "left_out", "put_in", "changed"};

template <class Enum, std::size_t kSize>
std::optional<Enum> value_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name(ReuseClass reuse) { return kReuseClasses.at(static_cast<std::size_t>(reuse)); }
std::string_view name(ReuseDirection direction) {
  return kDirections.at(static_cast<std::size_t>(direction));
}
std::string_view name(WitnessRelation relation) { return kRelations.at(static_cast<std::size_t>(relation)); }
std::string_view name(AlignmentKind kind) { return kAlignments.at(static_cast<std::size_t>(kind)); }
std::optional<ReuseClass> reuse_class(std::string_view name) {
  return value_of<ReuseClass>(kReuseClasses, name);
}
std::optional<WitnessRelation> witness_relation(std::string_view name) {
  return value_of<WitnessRelation>(kRelations, name);
}

}  // namespace onrecord
