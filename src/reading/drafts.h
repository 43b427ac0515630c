// Drafts: quotations as ranges of tokens, before they become spans and speakers.
#pragma once

#include <string>

#include "reading/cues.h"

namespace onrecord {

/// A quotation in tokens. `content` holds its marks.
struct Draft {
  std::vector<TokenRange> content;  ///< in text order, not overlapping
  std::vector<TokenRange> cue;
  TokenRange source;
  TokenRange
      referent;  ///< the words that tell who the source is, where it is "who" or is not printed; else empty
  TokenRange subject;  ///< of the cue, in its sentence, where there is no source; else empty
  TokenRange addressee;
  std::vector<TokenRange> authority;  ///< from whom the article has it, outermost first
  std::uint32_t head = kNoToken;      ///< the cue's verb or noun
  QuotationMode mode = QuotationMode::kSpeech;
  bool is_question_to_hearer =
      false;                      ///< the addressee was asked it: what the addressee says next answers it
  bool is_verbatim = false;       ///< the speaker's own words without marks: a turn of a transcript
  bool source_inherited = false;  ///< the source stands with another cue of the same sentence
  std::int32_t outer = -1;  ///< index of the draft in whose content this one stands, which tells it; -1: none
  float confidence = 0;
  std::string reason;
};

/// Whether a token is one of a draft's content.
[[nodiscard]] bool in_content(const Draft& draft, std::uint32_t token);

/// The first token of a draft's cue, or of its words where these come first.
[[nodiscard]] std::uint32_t first_of_report(const Draft& draft);

/// Every quotation that the plain rules find in `words`, in the order of their first content token.
/// `paragraph_is_read` tells by index which paragraphs count.
[[nodiscard]] std::vector<Draft> find_drafts(const Words& words, const std::vector<bool>& paragraph_is_read,
                                             StepCounter& steps);

}  // namespace onrecord
