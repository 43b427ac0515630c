// When two printed names are one name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onrecord/quotation.h"

namespace onrecord {

/// A full name, taken apart; every word in lower case, without diacritics and stops. Of a body, `first` holds
/// all words.
struct FullName {
  std::string first;
  std::vector<std::string> middle;  ///< "f" for an initial
  std::string last;                 ///< with its particles: "van der berg"
  std::string generation;           ///< "jr", "sr", "ii", "iii", "iv"; empty when there is none

  [[nodiscard]] bool known() const { return !first.empty(); }
  bool operator==(const FullName&) const = default;
};

/// `text` in lower case, without diacritics (also of letters like ø that have no simpler form in Unicode),
/// stops and straight or curly apostrophes; anything else that is no letter or figure is a space.
[[nodiscard]] std::string folded_name(std::string_view text);

/// The full name of a person ("Dr. José F. Ramos, Jr." is jose, f, ramos, jr) or a body ("The Pier Board" is
/// "pier board"). Nothing known for a bare surname, and for groups, documents and unnamed sources.
[[nodiscard]] FullName full_name(std::string_view name, SpeakerKind kind);

/// "jose ramos", "pier board": what all names have in common that may be one. Empty when nothing is known.
[[nodiscard]] std::string first_and_last(const FullName& name);

/// The last name, folded, of a person's full or bare name ("Lowe", "Ada Lowe"); empty for anything else.
[[nodiscard]] std::string surname(std::string_view name, SpeakerKind kind);

/// Whether two names of one first and last name may be one person's: middle names are the same, or the
/// initials of the other's, or one has none where the other has initials only; the generation is the same,
/// for a father and a son tend to be in the same news.
[[nodiscard]] bool may_be_one(const FullName& one, const FullName& other);

}  // namespace onrecord
