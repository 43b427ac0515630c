// spaCy's string ids: how words, shapes and labels become numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace onrecord::spacy {

using StringId = std::uint64_t;

/// MurmurHash64A (Appleby) of the bytes with seed 1, as `hash_string` of spaCy's preshed and strings.pyx.
[[nodiscard]] StringId hash_string(std::string_view text);

/// The id of a string in spaCy's string store: 0 when empty, the number of a built-in symbol ("X", "nsubj",
/// "mark", ...) when it is one of those, else its hash. Words of a text that are spelled like a symbol get
/// its number too.
[[nodiscard]] StringId string_id(std::string_view text);

}  // namespace onrecord::spacy
