// Somebody: whether a noun can speak or be spoken to.
#pragma once

#include "reading/words.h"

namespace onrecord {

/// Whether a noun is somebody: a person, a body, a group, or a pronoun for one.
[[nodiscard]] bool is_somebody(const Words& words, std::uint32_t noun);

/// Whether the subject of a verb of saying is somebody: also a name that was not recognised as one, or was
/// taken for a thing's; not a place or a time.
[[nodiscard]] bool can_speak(const Words& words, std::uint32_t subject);

/// "Newspaper", "network": what an outlet is called without its name.
[[nodiscard]] bool is_outlet_noun(const Words& words, std::uint32_t token);

/// Whether a noun is a newspaper, an agency, a broadcaster: by a word of its name ("the Quay POST"), or by
/// what it is called ("the newspaper").
[[nodiscard]] bool is_news_outlet(const Words& words, std::uint32_t noun);

/// "The Quay Post POLL", "a SURVEY of growers": what asks many.
[[nodiscard]] bool is_poll_name(std::string_view name);

/// A NEWS CONFERENCE in Drumlane, a RALLY: where one speaks, though it is told. The phrase must not be empty.
[[nodiscard]] bool is_gathering(const Words& words, TokenRange phrase);

/// "'s" or "'" behind an owner, as a token of its own.
[[nodiscard]] bool is_possessive_mark(const Words& words, std::uint32_t token);

/// "Harbor News' Face the Quay": a title behind its outlet, no person. The name must not be empty.
[[nodiscard]] bool is_programme(const Words& words, TokenRange name);

}  // namespace onrecord
