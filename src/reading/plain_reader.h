// The plain reading: marks, cues and names, without tags or a parse.
#pragma once

#include <memory>

#include "onrecord/reader.h"
#include "text/word_list.h"

namespace onrecord {

/// A reader of version "plain-14" that knows the words of `lists`. It reads the paragraphs of role body,
/// caption and title. Costs O(bytes): every look back or ahead is bounded by a constant number of tokens.
[[nodiscard]] std::unique_ptr<Reader> make_plain_reader(const WordLists& lists);

}  // namespace onrecord
