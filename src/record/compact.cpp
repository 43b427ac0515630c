// Giving back the room that a long ingest leaves half used.
#include "onrecord/record.h"
#include "record/store.h"

namespace onrecord {
namespace {

/// Small records are not worth it.
constexpr std::int64_t kLeastQuotations = 1000;

constexpr std::string_view kCompactedUpTo = "compacted_up_to";

std::int64_t number(Database& database, std::string_view sql) {
  auto statement = database.prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

}  // namespace

Result<bool> Record::compact_when_grown(const std::function<void()>& begins) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  // Keys grow with every quotation that was ever written, also with those of a new reading.
  const std::int64_t written = number(database, "SELECT COALESCE(max(key), 0) FROM quotation");
  const std::int64_t before = number(
      database, "SELECT COALESCE(max(CAST(value AS INTEGER)), 0) FROM meta WHERE name = 'compacted_up_to'");
  if (written < before + before / 2 + kLeastQuotations) return database.outcome(false);
  if (begins) begins();
  database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)")
      .bind(kCompactedUpTo, std::to_string(written))
      .run();
  // One segment holds each word once, many hold it many times.
  database.run("INSERT INTO search(search) VALUES ('optimize')");
  // Through a temporary file: in memory it would take as much as the record.
  database.run("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY;");
  return database.outcome(true);
}

}  // namespace onrecord
