#include "reading/replies.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "reading/speaker_resolution.h"

namespace onrecord {
namespace {

constexpr float kSureOfPartner = 0.7F;  // times that of the speaker who hears it

bool replies(const Words& words, const Draft& draft) {
  static constexpr std::array<std::string_view, 4> kReply = {"reply", "respond", "answer", "retort"};
  return draft.head != kNoToken && words.is_reporting(draft.head) &&
         std::ranges::find(kReply, words.verb(draft.head).base) != kReply.end();
}

/// "“Why not?”": the last mark in words that stand in marks.
bool is_question(const Words& words, const Draft& draft) {
  if (words.passage_of(draft.content.back().begin) < 0) return false;
  std::uint32_t last = draft.content.back().end;
  const std::uint32_t begin = draft.content.back().begin;
  if (last < words.size() && words.equals(last, "?")) return true;
  while (last > begin + 1 && words.is_mark(last - 1) && !words.equals(last - 1, "?")) --last;
  return words.equals(last - 1, "?");
}

void hears(const Resolved& speaker, Quotation& quotation) {
  if (!quotation.addressee.value.empty()) return;
  quotation.addressee = {speaker.value, {}, kSureOfPartner * speaker.confidence, "who speaks beside"};
}

/// Whether all turns of a transcript whose speaker is known are of two.
bool is_dialogue(const std::vector<Draft>& drafts, const std::vector<Quotation>& quotations) {
  std::unordered_set<std::string_view> speakers;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].is_verbatim && !quotations[i].speaker.value.empty())
      speakers.insert(quotations[i].speaker.value);
  }
  return speakers.size() == 2;
}

}  // namespace

void answer_each_other(const Words& words, const std::vector<Draft>& drafts,
                       std::vector<Quotation>& quotations, StepCounter& steps) {
  const bool dialogue = is_dialogue(drafts, quotations);
  std::size_t before = drafts.size();
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    steps.count();
    if (drafts[i].outer >= 0 || quotations[i].content.empty()) continue;
    const std::size_t last = std::exchange(before, i);
    if (last == drafts.size()) continue;
    Quotation& one = quotations[last];
    Quotation& other = quotations[i];
    const bool turns = dialogue && drafts[last].is_verbatim && drafts[i].is_verbatim;
    const std::uint32_t paragraph = words.sentence(drafts[i].content.front().begin).paragraph;
    const bool beside = turns || paragraph <= words.sentence(drafts[last].content.back().begin).paragraph + 1;
    if (!beside || one.speaker.value.empty() || other.speaker.value.empty() ||
        is_same_name(one.speaker.value, other.speaker.value))
      continue;
    const bool reply = replies(words, drafts[i]);
    const bool asked = reply && is_question(words, drafts[last]);
    if (turns || asked || (reply && is_same_name(other.speaker.value, one.addressee.value)))
      hears(one.speaker, other);
    if (turns || asked) hears(other.speaker, one);
  }
}

}  // namespace onrecord
