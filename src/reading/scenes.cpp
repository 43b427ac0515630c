#include "reading/scenes.h"

#include "reading/attachment.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kSceneSentences = 12;
constexpr std::uint32_t kSceneParagraphs = 6;
constexpr std::uint32_t kHeardSentences = 2;

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

/// Of "spoke TO growers", "sat down WITH Quill" the growers, Quill.
std::uint32_t spoken_to(const Words& words, const Syntax& parse, std::uint32_t verb) {
  for (const std::uint32_t child : parse.children(verb)) {
    const bool joins = parse.is(child, {"prep"}) && words.is_one_of(child, {"to", "with", "before"});
    const std::uint32_t noun = joins ? parse.child(child, {"pobj"}) : kNoToken;
    if (noun != kNoToken && is_somebody(words, noun)) return noun;
  }
  return kNoToken;
}

/// A verb of the main clause, or of one beside it; what somebody SAID HE DID sets no scene.
bool is_main(const Syntax& parse, std::uint32_t verb) {
  if (parse.child(verb, {"neg"}) != kNoToken) return false;
  if (parse.is(verb, {"advcl", "conj"}) && parse.above(verb) != kNoToken) verb = parse.above(verb);
  return parse.above(verb) == kNoToken;
}

/// Whom a verb has the person speak to; none when it is no such verb.
std::uint32_t hearer_at(const Words& words, const Syntax& parse, std::uint32_t verb, bool is_subject,
                        std::string_view surname) {
  const std::string_view lemma = words.document().lemma(verb);
  if (lemma == "interview") {
    if (parse.is_passive(verb)) return is_subject ? parse.agent_of(verb) : kNoToken;
    const std::uint32_t asked = parse.child(verb, {"dobj"});
    return asked != kNoToken && words.text(asked) == surname ? parse.child(verb, {"nsubj"}) : kNoToken;
  }
  if (!is_subject) return kNoToken;
  if (lemma == "speak" || lemma == "talk") return spoken_to(words, parse, verb);
  if (lemma == "sit" && words.equals(verb + 1, "down")) return spoken_to(words, parse, verb);
  return lemma == "address" ? parse.child(verb, {"dobj"}) : kNoToken;
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

TokenRange hearer_of_scene(const Words& words, const Syntax& parse, const SpeakerResolution& resolution,
                           std::int32_t person, std::string_view surname, std::uint32_t own,
                           StepCounter& steps) {
  const auto& sentences = words.document().sentences;
  for (std::uint32_t at = own; at > 0 && own - at < kHeardSentences;) {
    const Sentence& scene = sentences[--at];
    if (scene.paragraph + 1 < sentences[own].paragraph) break;
    const bool is_subject = resolution.has_subject(scene, person);
    for (std::uint32_t token = scene.first; token < scene.last && !words.equals(token, "neither"); ++token) {
      steps.count();
      if (words.passage_of(token) >= 0 || !words.document().tag(token).starts_with("VB")) continue;
      if (!is_main(parse, token)) continue;
      const bool over = is_over(words, parse, token) || words.document().tag(token) == "VBG";
      const std::uint32_t noun = over ? hearer_at(words, parse, token, is_subject, surname) : kNoToken;
      if (noun != kNoToken && is_somebody(words, noun) && words.document().tag(noun) != "PRP" &&
          words.text(noun) != surname)
        return parse.phrase_of(noun);
    }
  }
  return {};
}

}  // namespace onrecord
