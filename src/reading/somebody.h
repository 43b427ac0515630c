// Somebody: whether a noun can speak or be spoken to.
#pragma once

#include "reading/words.h"

namespace onrecord {

/// Whether a noun is somebody: a person, a body, a group, or a pronoun for one.
[[nodiscard]] bool is_somebody(const Words& words, std::uint32_t noun);

/// Whether a noun is a newspaper, an agency, a broadcaster: by a word of its name ("the Quay POST"), or by
/// what it is called ("the newspaper").
[[nodiscard]] bool is_news_outlet(const Words& words, std::uint32_t noun);

}  // namespace onrecord
