#include "record/sqlite.h"

#include <fmt/format.h>

#include <utility>

namespace onrecord {
namespace {

/// Searches differ in their SQL, so a server that runs for days must not keep them all. The program has some
/// 300.
constexpr std::size_t kMostPrepared = 600;

ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kBusy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ErrorCode::kDamaged;
    case SQLITE_CONSTRAINT:
      return ErrorCode::kConflict;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return ErrorCode::kUnreadable;
    case SQLITE_TOOBIG:
      return ErrorCode::kTooLarge;
    default:
      return ErrorCode::kSystem;
  }
}

std::string message_of(int sqlite_code, std::string_view told) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process is writing to the record; wait for it to end, or try again";
    case SQLITE_NOTADB:
      return "this is no record: the file is not a SQLite database";
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return fmt::format(
          "the record is damaged ({}); restore a copy, or rescue what can be read with `sqlite3 FILE "
          ".recover`",
          told);
    case SQLITE_FULL:
      return "the disk is full; the batch in flight was not kept, free some space and run the same again";
    case SQLITE_CANTOPEN:
      return fmt::format("the record cannot be opened ({}); check the path and its permissions", told);
    case SQLITE_READONLY:
      return "the record cannot be written; check the permissions of the file and of its folder";
    default:
      return fmt::format("the record could not be read or written: {}", told);
  }
}

Error make_error(int sqlite_code, std::string_view told, const std::string& file) {
  return {code_of(sqlite_code), message_of(sqlite_code, told), file, {}, {}};
}

}  // namespace

Result<Database> Database::open(const Location& location) {
  // Without its statistics of memory SQLite takes no lock for every allocation.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
  Database database;
  database.file_ = location.name.empty() ? location.file : location.name;
  const int code = sqlite3_open_v2(location.file.c_str(), &database.handle_, location.flags,
                                   location.vfs.empty() ? nullptr : location.vfs.c_str());
  if (code != SQLITE_OK) {
    return std::unexpected(make_error(
        code, database.handle_ != nullptr ? sqlite3_errmsg(database.handle_) : "no memory", database.file_));
  }
  sqlite3_extended_result_codes(database.handle_, 1);
  sqlite3_busy_timeout(database.handle_, static_cast<int>(location.busy_timeout.count()));
  return database;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      file_(std::move(other.file_)),
      error_(std::move(other.error_)),
      prepared_(std::exchange(other.prepared_, {})),
      known_rows_(std::move(other.known_rows_)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(file_, other.file_);
  std::swap(error_, other.error_);
  std::swap(prepared_, other.prepared_);
  std::swap(known_rows_, other.known_rows_);
  return *this;
}

Database::~Database() {
  for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Statement Database::prepare(std::string_view sql) {
  if (failed()) return {*this, nullptr, false};
  const auto known = prepared_.find(std::string(sql));
  // A statement that is in use (a query inside its own loop) is compiled a second time.
  if (known != prepared_.end() && sqlite3_stmt_busy(known->second) == 0) return {*this, known->second, false};
  sqlite3_stmt* statement = nullptr;
  const bool keep = known == prepared_.end() && prepared_.size() < kMostPrepared;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  if (code != SQLITE_OK) {
    fail_with(code);
    return {*this, nullptr, false};
  }
  if (keep) prepared_.emplace(sql, statement);
  return {*this, statement, !keep};
}

void Database::run(const std::string& sql) {
  if (failed()) return;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with(code);
}

void Database::fail(Error error) {
  if (!failed()) error_ = std::move(error);
}

void Database::fail_with(int code) { fail(make_error(code, sqlite3_errmsg(handle_), file_)); }

Error Database::take_error() {
  Error error = std::move(*error_);
  error_.reset();
  return error;
}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  if (owned_) {
    sqlite3_finalize(statement_);
  } else {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
}

Statement& Statement::bind_null() {
  if (statement_ != nullptr) check(sqlite3_bind_null(statement_, ++bound_));
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  if (statement_ != nullptr) {
    check(sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_STATIC));
  }
  return *this;
}

Statement& Statement::bind_known(std::string_view text) {
  if (text.empty()) return bind_null();
  bind_one(text);
  return *this;
}

void Statement::bind_one(std::string_view text) {
  if (statement_ == nullptr) return;
  // A null pointer would bind NULL; an empty view may hold one.
  const char* data = text.empty() ? "" : text.data();
  check(sqlite3_bind_text64(statement_, ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

bool Statement::step() {
  if (statement_ == nullptr || database_.failed()) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  // Back to its beginning, so that the next bind and step start anew and no lock is held.
  sqlite3_reset(statement_);
  bound_ = 0;
  return false;
}

std::string_view Statement::text(int column) const {
  if (statement_ == nullptr) return {};
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data == nullptr
             ? std::string_view()
             : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string_view Statement::blob(int column) const {
  if (statement_ == nullptr) return {};
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return data == nullptr
             ? std::string_view()
             : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

void Statement::check(int code) {
  if (code != SQLITE_OK) database_.fail_with(code);
}

Snapshot::Snapshot(Database& database) : database_(database) { database_.prepare("BEGIN").run(); }

Snapshot::~Snapshot() {
  if (sqlite3_get_autocommit(database_.handle()) != 0) return;
  // Also after an error, which stays to be told.
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
  open_ = !database_.failed();
}

Transaction::~Transaction() {
  // After some errors (disk full, I/O) SQLite has rolled back by itself.
  if (open_ && sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() {
  if (!open_ || database_.failed()) return;
  database_.run("COMMIT");
  if (!database_.failed()) open_ = false;
}

}  // namespace onrecord
