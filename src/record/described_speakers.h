// Speakers found by how articles describe them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/sqlite.h"

namespace onrecord {

enum class Description {
  kAnywhere,  ///< all words stand in the mention or right beside it: "the Norland president"
  kOnBehalf,  ///< and one of them beside an office: "Norland's president", "a spokesman for Norland"
};

/// The keys, in order, of the speakers whom an article that quotes them mentions with all of `words` (lower
/// case; a country stands for its adjective too, data/demonyms.txt) in their name, just before it or in an
/// apposition behind it. Reads the versions that the full-text index gives for the words: costs O(their
/// text).
[[nodiscard]] std::vector<std::int64_t> speakers_described(Database& database,
                                                           const std::vector<std::string>& words,
                                                           Description description);

/// The keys, in order, of the persons whose names end with `last_words` (lower case): {"marlow"} is Pete
/// Marlow and no "Marlow administration". Costs O(speakers with these words).
[[nodiscard]] std::vector<std::int64_t> persons_named(Database& database,
                                                      const std::vector<std::string>& last_words);

/// Whether a word in lower case names an office or a role ("minister", "spokesman", "ministry").
[[nodiscard]] bool names_an_office(const std::string& word);

/// What stands around a mention, lower case, as words. `before` and `after` are the text beside it: of
/// `before` the last clause counts, of `after` an apposition only.
[[nodiscard]] std::vector<std::string> mention_words(std::string_view before, std::string_view mention,
                                                     std::string_view after);

}  // namespace onrecord
