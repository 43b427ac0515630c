#include "reading/scenes.h"

#include "reading/attachment.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kSceneSentences = 12;
constexpr std::uint32_t kSceneParagraphs = 6;

/// "visited", "was visited": what has happened, once; not "will visit".
bool is_over(const Words& words, const Syntax& parse, std::uint32_t verb) {
  if (verb == kNoToken) return false;
  if (words.document().tag(verb) == "VBD") return true;
  const std::uint32_t auxiliary = parse.child(verb, {"aux", "auxpass"});
  return auxiliary != kNoToken && words.document().tag(auxiliary) == "VBD";
}

/// The day of the main clause of a sentence; none when it tells none, or more than one.
std::optional<Dated> day_of_main_clause(const Words& words, const Syntax& parse, const Sentence& sentence,
                                        const StatementDates& dates, StepCounter& steps) {
  std::optional<Dated> day;
  for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
    steps.count();
    if (words.passage_of(at) >= 0) continue;
    const auto dated = dates.at(at, Looking::kBack);
    if (!dated) continue;
    if (dated->value.size() != kDayLength) continue;
    if (attachment_of(words, parse, Draft{}, dated->range) != Attachment::kEvent) continue;
    if (!is_over(words, parse, parse.verb_above(parse.head_in(dated->range)))) continue;
    if (day && day->value != dated->value) return std::nullopt;
    if (!day) day = dated;
  }
  return day;
}

}  // namespace

Circumstances day_of_scene(const Words& words, const Syntax& parse, const SpeakerResolution& resolution,
                           const StatementDates& dates, std::int32_t person, std::uint32_t low,
                           std::uint32_t own, StepCounter& steps) {
  const auto& sentences = words.document().sentences;
  for (std::uint32_t at = own; at > low && own - at < kSceneSentences;) {
    const Sentence& scene = sentences[--at];
    if (scene.paragraph + kSceneParagraphs < sentences[own].paragraph) break;
    if (!resolution.has_subject(scene, person)) continue;
    const auto day = day_of_main_clause(words, parse, scene, dates, steps);
    if (!day) continue;
    Circumstances told;
    told.when = {day->value, {words.span(day->range)}, 0.55F, "the day of what the speaker did before"};
    told.when_basis = day->basis;
    return told;
  }
  return {};
}

}  // namespace onrecord
