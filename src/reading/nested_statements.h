// Nested statements: what somebody reports of what another one said.
#pragma once

#include <vector>

#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// Adds to `drafts` the statements that stand inside a statement: of "Lowe said Marrick had told her the
/// water was safe" the inner one is Marrick's. Its `outer` names the draft in whose content it stands.
///   1. A finite reporting verb in a content, with a subject of its own and a clause, an infinitive or
///   (ORDER,
///      ANNOUNCE, DENY) an object that it reports; not "would say", "did not say", "if she says".
///   2. "according to Y" inside a content.
///   3. The same inside what was found, two deep.
/// The order stays that of the first content token, the outer one of two first. Costs O(tokens of the
/// contents * depth of the parse), counted in the parse's steps.
void add_nested_statements(const Words& words, const Syntax& parse, std::vector<Draft>& drafts);

/// `According to the Herald, Lowe said the pier was unsafe`: where what "according to" reports is another's
/// statement and nothing beside it, the draft becomes that statement; `trace_authority` finds the Herald.
/// Same costs.
void hand_over_to_inner_statements(const Words& words, const Syntax& parse, std::vector<Draft>& drafts);

}  // namespace onrecord
