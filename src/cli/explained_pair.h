// Why two quotations are one statement, or two articles one report or one story; or why they are not.
#pragma once

#include <string>

#include "cli/console.h"
#include "onrecord/record.h"

namespace onrecord::cli {

struct ExplainedPair {
  std::string
      verdict;  ///< "one statement", "proposed", "two statements"; of articles the class, "independent"
  std::string reason;  ///< a sentence
};

/// Both ids are of quotations (or statements), or both of articles.
[[nodiscard]] Result<ExplainedPair> explain_pair(const Record& record, const std::string& first,
                                                 const std::string& second);

}  // namespace onrecord::cli
