// Who is meant by a surname that several people of one article carry.
#pragma once

#include <vector>

#include "reading/people.h"
#include "reading/syntax.h"

namespace onrecord {

/// Decides anew, in text order, which of the people of one surname each mention without a first name is of,
/// by what the text shows of its own habit:
///   - whose surname stood alone before another of that name was introduced keeps it;
///   - else who was last the subject of a sentence, above all who has spoken;
///   - who is named in full again and again where nobody else was meant in between leaves the surname alone
///   to
///     another;
///   - a title ("President Lowe") goes to whom it was given before; titles and first names of another gender
///   rule
///     out.
/// Sets `person` and `sureness` of the mentions. `parse` may be null. O(mentions of such surnames * people of
/// one).
void tell_namesakes(const Words& words, const Syntax* parse, const std::vector<Person>& persons,
                    std::vector<PersonMention>& mentions, StepCounter& steps);

}  // namespace onrecord
