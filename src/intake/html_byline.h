// Who wrote it: names out of bylines and metadata.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onrecord {

enum class AuthorKind { kPerson, kOrganization };

struct Author {
  std::string name;
  AuthorKind kind = AuthorKind::kPerson;
};

/// The names in a byline: "By Ada Lowe, Jun Park and Mia Orr | Harbor Wire" gives three persons and an
/// organisation. Leaves out "By", roles ("staff writer"), addresses, handles and what names nobody ("admin").
/// A line of more than 400 bytes is no byline and gives none. Costs O(bytes).
[[nodiscard]] std::vector<Author> authors_in(std::string_view byline);

/// Whether a name has the form of a person's: two to four words with capitals, none of them an
/// organisation's.
[[nodiscard]] bool is_person_name(std::string_view name);

/// Whether a line begins as bylines do: "By Ada Lowe".
[[nodiscard]] bool is_byline(std::string_view line);

/// The full name of a news agency by a name that is printed for it ("AP"), empty when it is none.
[[nodiscard]] std::string agency_name(std::string_view name);

/// The agency of a dateline, "HARBORTON (AP) - ...": its full name, empty when there is none.
[[nodiscard]] std::string agency_of_dateline(std::string_view paragraph);

}  // namespace onrecord
