// How sure it is that two quotations carry one utterance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
[[nodiscard]] std::vector<SharedWords> shared_words(const QuotationSketches& sketches, std::uint32_t first,
                                                    std::uint32_t second);

enum class SpeakerMatch { kUnknown, kSame, kDifferent };
/// An unnamed or unknown speaker is no evidence either way.
[[nodiscard]] SpeakerMatch speaker_match(const QuotationSketch& a, const QuotationSketch& b);

/// What is known of two quotations beside their words.
struct LinkContext {
  SpeakerMatch speaker = SpeakerMatch::kUnknown;
  bool same_article = false;
  bool same_story = false;
  std::optional<std::int32_t> days_apart;
  bool both_quoted = false;
  bool neither_quoted = false;
};
[[nodiscard]] LinkContext link_context(const QuotationSketch& a, const QuotationSketch& b, bool same_story);

enum class LinkVerdict { kNone, kProposed, kLinked };
struct LinkDecision {
  LinkVerdict verdict = LinkVerdict::kNone;
  float confidence = 0;
};
[[nodiscard]] LinkDecision decide_link(const SharedWords& shared, const LinkContext& context);

/// One clause: "all 14 words, same speaker, published the same day".
[[nodiscard]] std::string link_reason(const SharedWords& shared, const LinkContext& context);

}  // namespace onrecord
