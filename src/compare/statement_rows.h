// Statements as rows: joined, parted and counted.
#pragma once

#include <cstdint>
#include <string_view>

#include "onrecord/record.h"
#include "record/sqlite.h"

namespace onrecord {

/// Makes the quotations carriers of one statement, and with them all that carry theirs. `reason` stands with
/// what joins; `decided` by a person. Relations are told anew.
void join_statements(const Record& record, std::int64_t first, std::int64_t second, std::string_view reason,
                     bool decided);

/// Takes `quotation` out of every statement that `from` carries too; it is then one of its own.
void part_statements(const Record& record, std::int64_t quotation, std::int64_t from);

/// Tells relations, base and counts of a statement anew from its witnesses; one that has fewer than two goes.
void settle_statement(const Record& record, std::int64_t statement);

}  // namespace onrecord
