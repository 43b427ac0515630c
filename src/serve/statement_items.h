// Statements as lists of the API have them.
#pragma once

#include <string>
#include <string_view>

#include "compare/comparison.h"
#include "record/recorded_texts.h"
#include "text/json_writer.h"

namespace onrecord {

/// An `onrecord/statement-row/1` with `story` ({"id","title"} or null) and `carriers`: each report of it, the
/// earliest first, as {"article","quotation","outlet","published"}.
[[nodiscard]] Result<std::string> statement_item(const Record& record, const StatementRow& row,
                                                 RecordedTexts& texts);

/// `member`: {"id","title"} of a story; null when the id is empty.
void write_story(JsonWriter& json, std::string_view member, const Record& record, std::string_view id);

}  // namespace onrecord
