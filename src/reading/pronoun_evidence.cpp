#include "reading/pronoun_evidence.h"

#include <algorithm>
#include <charconv>

namespace onrecord {
namespace {

constexpr std::array<std::string_view, kPronounEvidence> kNames = {
    "always",        "sentences back", "paragraphs back",   "gender known",
    "gender agrees", "subject",        "main subject",      "subordinate subject",
    "object",        "modifier",       "after preposition", "since words",
    "spoke last",    "role",           "words themselves",  "sentences since",
    "only one"};

}  // namespace

std::string_view name(PronounEvidence evidence) { return kNames[static_cast<std::size_t>(evidence)]; }

PronounWeights::PronounWeights(const WordLists& lists) {
  for (const auto& row : lists.rows("pronoun_weights")) {
    const auto found = std::ranges::find(kNames, row[0]);
    if (found == kNames.end() || row.size() < 2) continue;
    std::from_chars(row[1].data(), row[1].data() + row[1].size(), weights_[found - kNames.begin()]);
  }
}

float PronounWeights::worth(const PronounEvidenceValues& evidence) const {
  float sum = 0;
  for (std::size_t i = 0; i < kPronounEvidence; ++i) sum += weights_[i] * evidence[i];
  return sum;
}

}  // namespace onrecord
