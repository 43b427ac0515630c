// A quotation as a row of CSV that is safe to open in a spreadsheet.
#pragma once

#include <string>
#include <string_view>

#include "onrecord/quotation.h"
#include "record/quotation_json.h"

namespace onrecord {

/// The names of the columns, as one row (docs/commands.md tells what they mean).
[[nodiscard]] std::string_view quotation_csv_header();

/// One row, ended by CR LF (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe
/// first (OWASP, "CSV injection").
[[nodiscard]] std::string quotation_csv(const Quotation& quotation, const QuotationContext& context);

}  // namespace onrecord
