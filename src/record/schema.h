// The record's tables and views (docs/schema.md), how a new file gets them, and how a file is recognised.
#pragma once

#include <cstdint>
#include <string_view>

#include "onrecord/error.h"
#include "record/sqlite.h"

namespace onrecord {

/// "ONRC": what `PRAGMA application_id` says in a record.
constexpr std::int32_t kApplicationId = 0x4F4E5243;
/// `PRAGMA user_version`. Grows with every change of a table, a column or a view that readers could notice.
constexpr std::int32_t kSchemaVersion = 4;

/// Makes tables and views in an empty database, inside the caller's transaction.
void create_schema(Database& database);

/// Brings an older record to `kSchemaVersion`, step by step, in one transaction. `kConflict` when the record
/// is newer than this program.
[[nodiscard]] Result<void> migrate(Database& database);

/// Whether the file is a record, of a version that can be read, and holds exactly the tables and views that
/// it should: a trigger, or one of our objects in another form, is refused with `kDamaged`. Tables, views and
/// indexes that somebody added under other names are let be; nothing here ever uses them.
[[nodiscard]] Result<void> check_schema(Database& database);

}  // namespace onrecord
