#include "compare/link_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace onrecord {
namespace {

std::vector<AlignedWordTraits> traits(std::span<const SketchWord> words) {
  std::vector<AlignedWordTraits> all;
  all.reserve(words.size());
  for (const SketchWord& word : words) all.push_back(word.traits);
  return all;
}

float information_of(const QuotationSketches& sketches, std::span<const SketchWord> words) {
  float all = 0;
  for (const SketchWord& word : words) {
    if (!word.traits.free) all += sketches.information(word);
  }
  return all;
}

}  // namespace

SharedWords shared_words(const QuotationSketches& sketches, std::uint32_t first, std::uint32_t second) {
  const auto a = sketches.words(first);
  const auto b = sketches.words(second);
  const WordAlignment alignment = align_words(traits(a), traits(b), [&](std::uint32_t i, std::uint32_t k) {
    return a[i].code != b[k].code ? 0.0F : a[i].small ? 1.0F : 2.0F;
  });
  SharedWords shared;
  shared.shorter = static_cast<std::uint32_t>(std::min(a.size(), b.size()));
  if (alignment.pairs.empty()) return shared;
  std::uint32_t run = 0;
  float run_information = 0;
  WordPair expected{0, 0};
  for (const WordPair pair : alignment.pairs) {
    const float information = sketches.information(a[pair.first]);
    if (pair != expected) run = 0, run_information = 0;
    ++run;
    run_information += information;
    shared.information += information;
    shared.longest_run = std::max(shared.longest_run, run);
    shared.run_information = std::max(shared.run_information, run_information);
    expected = {pair.first + 1, pair.second + 1};
  }
  shared.words = static_cast<std::uint32_t>(alignment.pairs.size());
  const float shorter = std::min(information_of(sketches, a), information_of(sketches, b));
  shared.share = shorter > 0 ? std::min(shared.information / shorter, 1.0F) : 0.0F;
  const WordPair head = alignment.pairs.front();
  const WordPair tail = alignment.pairs.back();
  shared.meets_at_ends =
      (head.first == 0 || head.second == 0) && (tail.first + 1 == a.size() || tail.second + 1 == b.size());
  return shared;
}

SpeakerMatch speaker_match(const QuotationSketch& a, const QuotationSketch& b) {
  const auto is_known = [](const QuotationSketch& one) {
    return one.person != 0 && one.speaker_kind != SpeakerKind::kUnnamed &&
           one.speaker_kind != SpeakerKind::kUnknown;
  };
  if (!is_known(a) || !is_known(b)) return SpeakerMatch::kUnknown;
  if (a.person == b.person) return SpeakerMatch::kSame;
  if (a.last_name == 0 || b.last_name == 0) return SpeakerMatch::kUnknown;
  return a.last_name == b.last_name ? SpeakerMatch::kSame : SpeakerMatch::kDifferent;
}

LinkContext link_context(const QuotationSketch& a, const QuotationSketch& b, bool same_story) {
  LinkContext context;
  context.speaker = speaker_match(a, b);
  context.same_article = a.place.article == b.place.article;
  context.same_story = same_story || context.same_article;
  if (a.day && b.day) context.days_apart = std::abs(*a.day - *b.day);
  context.both_quoted = a.quoted && b.quoted;
  context.neither_quoted = !a.quoted && !b.quoted;
  return context;
}

LinkDecision decide_link(const SharedWords& shared, const LinkContext& context) {
  // Evidence that both have the words from one utterance, in nats: what the shared words tell, less what
  // chance and the topic give anyway. Each context moves the bar.
  constexpr float kWeek = 7;
  const bool near_in_time = !context.days_apart || static_cast<float>(*context.days_apart) <= kWeek;
  const bool same_speaker = context.speaker == SpeakerMatch::kSame;
  const bool other_speaker = context.speaker == SpeakerMatch::kDifferent;
  const bool at_home = context.same_story || (same_speaker && near_in_time && context.days_apart);

  float least_share = at_home ? 0.7F : 0.85F;
  std::uint32_t least_run = at_home ? 4 : 6;
  float least_information = at_home ? 18.0F : 36.0F;
  float long_run =
      at_home ? 28.0F : 48.0F;  // words in a row that are one utterance whatever stands around them
  if (context.same_story && same_speaker)
    least_share = 0.6F, least_information = 14.0F, long_run = 24.0F, least_run = 3;
  if (other_speaker)
    least_share = 0.85F, least_run = std::max(least_run, 6U), least_information += 18.0F, long_run += 24.0F;
  if (!context.both_quoted)
    least_share = std::max(least_share, 0.8F), least_run += 2, least_information += 10.0F, long_run += 20.0F;
  if (context.same_article) least_share = 0.9F, least_run = std::max(least_run, 5U), long_run = 1e9F;

  const bool covers = shared.share >= least_share && shared.longest_run >= least_run &&
                      shared.information >= least_information;
  const bool overlaps = shared.run_information >= long_run && shared.longest_run >= least_run + 2;
  LinkDecision decision;
  const float strength = shared.information * shared.share / (least_information * least_share);
  if (covers || overlaps) {
    decision.verdict = LinkVerdict::kLinked;
    decision.confidence = std::clamp(1.0F - 0.25F * std::exp(-(strength - 1.0F)), 0.6F, 0.99F);
  } else if (!context.same_article && at_home && shared.longest_run >= 3 && shared.share >= 0.5F &&
             shared.information >= 0.6F * least_information) {
    decision.verdict = LinkVerdict::kProposed;
    decision.confidence = std::clamp(0.5F * strength, 0.1F, 0.6F);
  }
  return decision;
}

std::string link_reason(const SharedWords& shared, const LinkContext& context) {
  std::string reason =
      shared.words >= shared.shorter
          ? fmt::format("all {} words", shared.shorter)
          : fmt::format("{} of {} words, {} in a row", shared.words, shared.shorter, shared.longest_run);
  if (context.speaker == SpeakerMatch::kSame) reason += ", same speaker";
  if (context.speaker == SpeakerMatch::kDifferent)
    reason += ", read as another speaker's: misattributed or misread";
  if (context.same_article) {
    reason += ", in one article";
  } else if (context.days_apart) {
    reason += *context.days_apart == 0   ? ", published the same day"
              : *context.days_apart == 1 ? ", published a day apart"
                                         : fmt::format(", published {} days apart", *context.days_apart);
  }
  if (context.same_story && !context.same_article) reason += ", one story";
  return reason;
}

}  // namespace onrecord
