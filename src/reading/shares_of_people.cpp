#include "reading/shares_of_people.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace onrecord {
namespace {

/// "At least", "nearly", "some", "a".
bool is_about(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "at",    "least", "about", "nearly", "almost",  "some", "more",    "than",   "over",
      "under", "fewer", "only",  "just",   "roughly", "a",    "another", "barely", "around"};
  return words.is_one_of(token, kWords);
}

bool is_count(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 17> kWords = {
      "percent",        "%",        "half",       "third",  "quarter", "fifth",   "two-thirds",
      "three-quarters", "majority", "majorities", "thirds", "number",  "handful", "couple",
      "dozens",         "hundreds", "scores"};
  return words.is_number(token) || words.is(token, WordClass::kNumber) ||
         words.document().tag(token) == "CD" || words.is_one_of(token, kWords);
}

bool is_people(const Words& words, std::uint32_t noun) {
  const std::string_view tag = words.document().tag(noun);
  const bool named = tag == "NNP" && words.text(noun).ends_with('s');  // "Britons"
  return tag == "NNS" || tag == "NNPS" || named || words.is(noun, WordClass::kGroupNoun) ||
         words.entity_label(noun) == "NORP" || words.equals(noun, "those");
}

/// "Voters", "four drivers in a poll": a noun for people, before the next comma or preposition.
bool has_people(const Words& words, TokenRange range) {
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    if (words.equals(t, ",") || words.is(t, WordClass::kPreposition)) return false;
    if (is_people(words, t)) return true;
  }
  return false;
}

bool has_share(const Words& words, TokenRange range) {
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    if (words.is_one_of(t, {"%", "percent", "majority"})) return true;
  }
  return false;
}

}  // namespace

bool is_share_of_people(const Words& words, TokenRange source, StepCounter& steps) {
  std::uint32_t at = source.begin;
  while (at < source.end && is_about(words, at)) ++at;
  if (has_share(words, source)) {  // "the remaining 33%", "the majority"; not "the two"
    while (at < source.end && words.is_one_of(at, {"the", "remaining", "other", "vast"})) ++at;
  }
  bool counts = false;
  for (; at < source.end; ++at) {
    steps.count();
    // "One in five"
    if (words.equals(at, "of") || words.equals(at, "in"))
      return counts && at + 1 < source.end &&
             (is_count(words, at + 1) || has_people(words, {at + 1, source.end}));
    // "Thirty-one"; "a quarter, 26 percent"
    if ((words.equals(at, "-") || words.equals(at, ",")) && counts) continue;
    const bool noun = words.document().tag(at).starts_with("NN");
    if (!is_count(words, at) && (!counts || noun)) return false;
    counts = true;
  }
  return counts && source.size() > 1;
}

}  // namespace onrecord
