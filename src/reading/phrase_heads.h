// What a noun phrase is at its simplest: its text, and the noun that it is about.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// The text of a phrase on one line.
[[nodiscard]] std::string text_of(const Words& words, TokenRange phrase);

/// "Summary" of "an F.B.I. summary".
[[nodiscard]] std::string_view last_word(std::string_view name);

/// Whether one of the words of a name, folded and without "'s", is in a list.
[[nodiscard]] bool has_word(std::string_view name, std::initializer_list<std::string_view> list);

/// "NGU": two letters or more, all of them capitals of ASCII.
[[nodiscard]] bool is_acronym(std::string_view word);

/// "QC", "MP", "OBE": letters behind a person's name.
[[nodiscard]] bool is_post_nominal(const Words& words, std::uint32_t token);

/// The noun on which the phrase's other words depend; before an "of" the whole counts: "a number OF
/// officials".
[[nodiscard]] std::uint32_t noun_of(const Words& words, const Syntax& parse, TokenRange source);

/// The last word before the first preposition, comma or bracket: what the phrase is. With a parse, which may
/// be null, `noun_of` instead.
[[nodiscard]] std::uint32_t head_of(const Words& words, const Syntax* parse, TokenRange source);

}  // namespace onrecord
