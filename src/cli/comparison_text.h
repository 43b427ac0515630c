// What comparisons tell, for a person's eyes.
#pragma once

#include <string>
#include <string_view>

#include "cli/console.h"
#include "compare/comparison.h"
#include "record/quotation_json.h"

namespace onrecord::cli {

/// The words of a witness beside the base: what it leaves out as [-words-], what it puts in as {+words+}, in
/// colour without the brackets. Long runs that it leaves out are told by their number of words.
[[nodiscard]] StyledText collation_text(const Collation& collation, std::string_view base_text,
                                        std::string_view witness_text);

/// "identical", "cut", "altered: number: 12 for 20".
[[nodiscard]] StyledText relation_text(WitnessRelation relation, bool altered, std::string_view what_changed);

/// "3 reports by 3 outlets, 2 of them independent".
[[nodiscard]] std::string reports_text(std::uint64_t reports, std::uint64_t outlets,
                                       std::uint64_t independent);

/// "full reprint", "quotes only", ... for a reader.
[[nodiscard]] std::string readable(ReuseClass reuse);

/// Says on standard error how many articles are not compared yet, if any, and what to do.
[[nodiscard]] Result<void> tell_missing(const Record& record, std::string_view record_path, Console& console);

}  // namespace onrecord::cli
