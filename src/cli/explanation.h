// Why the record says what it says about a quotation, in sentences.
#pragma once

#include <string>
#include <vector>

#include "onrecord/record.h"

namespace onrecord::cli {

/// One field of a quotation, and why it holds what it holds.
struct Explained {
  std::string field;     ///< "statement", "speaker", "to", "where", "when", "on the authority of"
  std::string value;     ///< "unknown" when it is
  std::string reason;    ///< one clause
  float confidence = 0;  ///< 0 when nothing is known
};

/// Every field, known or not. `text` is the text that the quotation points into.
[[nodiscard]] std::vector<Explained> explain_fields(const RecordedQuotation& row, std::string_view text);

/// "The speaker is Ada Lowe: surname of ... (93 %)".
[[nodiscard]] std::string sentence(const Explained& explained);

}  // namespace onrecord::cli
