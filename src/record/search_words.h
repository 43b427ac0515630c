// What a person types into a search, as a query of the full-text index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord {

struct SearchWords {
  std::string match;           ///< an FTS5 expression; empty when no words are left to look for
  bool wants_unnamed = false;  ///< unnamed sources are asked for
  /// How a question describes who spoke, in lower case: {"norland", "president"}, {"norland"} ("who spoke for
  /// Norland").
  std::vector<std::string> described;
  std::string rest;        ///< `match` without the words of `described`
  bool on_behalf = false;  ///< it asks who spoke for what is described
  /// What a question says of the time: "2031-05", "2031", "2031-05-20", or a month alone, "-05" (the last one
  /// that the record knows of). Empty when it says nothing.
  std::string since;
  std::string until;
};

/// Reads words, "phrases", -without and beginning*; whatever else the text holds is looked for as words,
/// never as syntax of the index. Questions lose the words that only make them questions; what stands before
/// the reporting verb ("what did Ada Lowe say ...") is looked for among speakers. "unnamed officials" and
/// "anonymous sources" ask for such speakers; within marks they are words. `kInvalidArgument` when there are
/// only words that must not occur.
[[nodiscard]] Result<SearchWords> parse_search(std::string_view typed);

/// Every word of `typed` as an FTS5 expression in which all must occur; empty when there is none.
[[nodiscard]] std::string all_words(std::string_view typed);

}  // namespace onrecord
