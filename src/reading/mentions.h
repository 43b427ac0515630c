// Mentions: the noun phrase before or after a cue, found without a parse.
#pragma once

#include "reading/words.h"

namespace onrecord {

/// The noun phrase that ends right before `end`, not before `low`: "Ada Lowe, a harbor engineer". Adverbs and
/// words of time between it and `end` are skipped. Empty when none stands there. The apposition belongs to
/// it, a relative clause does not. Looks back at most 60 tokens.
[[nodiscard]] TokenRange mention_before(const Words& words, std::uint32_t end, std::uint32_t low,
                                        StepCounter& steps);

/// The noun phrase that begins at `begin`, ending before `high`. Looks ahead at most 60 tokens.
[[nodiscard]] TokenRange mention_after(const Words& words, std::uint32_t begin, std::uint32_t high,
                                       StepCounter& steps);

/// The subject of a sentence, roughly: its first noun phrase after what is set off by a comma before it.
[[nodiscard]] TokenRange sentence_subject(const Words& words, const Sentence& sentence, std::uint32_t high,
                                          StepCounter& steps);

/// Whether the token can be inside a noun phrase: no verb form, conjunction, pronoun, mark ...
[[nodiscard]] bool is_phrase_word(const Words& words, std::uint32_t token);

}  // namespace onrecord
