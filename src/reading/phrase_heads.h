// What a noun phrase is at its simplest: its text, and the noun that it is about.
#pragma once

#include <string>
#include <string_view>

#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// The text of a phrase on one line.
[[nodiscard]] std::string text_of(const Words& words, TokenRange phrase);

/// "NGU": two letters or more, all of them capitals of ASCII.
[[nodiscard]] bool is_acronym(std::string_view word);

/// The noun on which the phrase's other words depend; before an "of" the whole counts: "a number OF
/// officials".
[[nodiscard]] std::uint32_t noun_of(const Words& words, const Syntax& parse, TokenRange source);

/// The last word before the first preposition, comma or bracket: what the phrase is. With a parse, which may
/// be null, `noun_of` instead.
[[nodiscard]] std::uint32_t head_of(const Words& words, const Syntax* parse, TokenRange source);

}  // namespace onrecord
