// How sure it is that two quotations carry one utterance.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compare/quotation_anchors.h"
#include "compare/quotation_sketches.h"

namespace onrecord {

/// What two quotations have in common, by their words alone. Words that an outlet put in brackets, and those
/// outside the marks of a quotation that has marks, are the outlet's own and count for nothing.
struct SharedWords {
  float share = 0;  ///< of the shorter one's information, 0..1; or of one of its pieces, when the rest was
                    ///< said elsewhere
  float information = 0;      ///< of all words that both have, in nats
  float run_information = 0;  ///< of the run of them that tells most
  std::uint32_t words = 0;    ///< that both have
  std::uint32_t longest_run = 0;
  std::uint32_t shorter = 0;  ///< words of the shorter one
  bool run_is_cut = false;  ///< the run that tells most reaches on both its sides to an end of one quotation,
                            ///< or to ends of sentences: what stands around it was cut, not said otherwise
};
/// Of the two as they are, then of each piece that one of them has between ellipses or its attribution:
/// outlets put pieces together that others have apart.
[[nodiscard]] std::vector<SharedWords> shared_words(std::span<const SketchWord> first,
                                                    std::span<const SketchWord> second);

/// No alignment of `words` with a quotation of these stems shares more information than that: a look that
/// costs little before the alignment that costs much.
[[nodiscard]] std::vector<std::uint32_t> sorted_stems(std::span<const SketchWord> words);
[[nodiscard]] float most_information(std::span<const SketchWord> words, std::span<const std::uint32_t> stems);

enum class SpeakerMatch { kUnknown, kSame, kDifferent };
/// An unnamed or unknown speaker is no evidence either way.
[[nodiscard]] SpeakerMatch speaker_match(const QuotationSketch& a, const QuotationSketch& b);

/// What the two articles have to do with each other.
enum class CommonGround {
  kNone,      ///< nothing that is known
  kPassages,  ///< words of one stand in the other
  kStory,
};

/// What is known of two quotations beside their words.
struct LinkContext {
  SpeakerMatch speaker = SpeakerMatch::kUnknown;
  bool named_apart = false;  ///< both have a name, and not the same: also a body beside a person
  bool same_article = false;
  bool same_story = false;     ///< or passages in common, which is as good
  bool only_passages = false;  ///< `same_story` rests on passages alone
  std::optional<std::int32_t> days_apart;
  bool both_quoted = false;
  bool neither_quoted = false;
};
[[nodiscard]] LinkContext link_context(const QuotationSketch& a, const QuotationSketch& b,
                                       CommonGround ground);

enum class LinkVerdict { kNone, kProposed, kLinked };
struct LinkDecision {
  LinkVerdict verdict = LinkVerdict::kNone;
  float confidence = 0;
};
/// Less shared information than this neither links nor proposes.
[[nodiscard]] float least_information(const LinkContext& context);
[[nodiscard]] LinkDecision decide_link(const SharedWords& shared, const LinkContext& context);

/// One clause: "all 14 words, same speaker, published the same day".
[[nodiscard]] std::string link_reason(const SharedWords& shared, const LinkContext& context);

/// "other words, 3 telling words in common, same speaker, one story"
[[nodiscard]] std::string anchored_reason(const SharedAnchors& anchors, const LinkContext& context);

}  // namespace onrecord
