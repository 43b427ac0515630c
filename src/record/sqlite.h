// SQLite as the record uses it: statements that are prepared once, and one error that sticks.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "onrecord/error.h"

namespace onrecord {

class KnownRows;  // record/known_rows.h
class Statement;

/// An open database. The first error sticks: from then on every statement gives no row and changes nothing,
/// until `take_error` hands it out. So a function runs its statements in a row and asks once, at its end;
/// what it writes must be inside a transaction, which the error then rolls back.
///
/// For one thread at a time. Must outlive its statements.
class Database {
 public:
  struct Location {
    std::string file;  ///< path or "file:" URI
    int flags = 0;     ///< SQLITE_OPEN_...
    std::string vfs;   ///< empty for the default
    std::chrono::milliseconds busy_timeout{0};
    std::string name{};  ///< as errors call it; empty for `file`
  };
  static Result<Database> open(const Location& location);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// A statement ready to be bound; compiled on first use and kept. `sql` identifies it.
  [[nodiscard]] Statement prepare(std::string_view sql);
  /// Runs statements that give no rows.
  void run(const std::string& sql);

  [[nodiscard]] bool failed() const { return error_.has_value(); }
  /// Records an error of our own, unless one stands already.
  void fail(Error error);
  void fail_with(int code);
  /// The error that stands, which is then forgotten.
  [[nodiscard]] Error take_error();
  /// `value`, or the error that stands.
  template <class T>
  [[nodiscard]] Result<T> outcome(T value) {
    if (failed()) return std::unexpected(take_error());
    return value;
  }
  [[nodiscard]] Result<void> outcome() {
    if (failed()) return std::unexpected(take_error());
    return {};
  }

  [[nodiscard]] std::int64_t last_key() const { return sqlite3_last_insert_rowid(handle_); }
  [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(handle_); }
  [[nodiscard]] sqlite3* handle() const { return handle_; }
  /// Where `known_rows` keeps what it read by this connection.
  [[nodiscard]] std::shared_ptr<KnownRows>& known_rows() { return known_rows_; }

 private:
  Database() = default;
  friend class Statement;

  sqlite3* handle_ = nullptr;
  std::string file_;
  std::optional<Error> error_;
  std::unordered_map<std::string, sqlite3_stmt*> prepared_;
  std::shared_ptr<KnownRows> known_rows_;
};

/// One run of a prepared statement. Values are bound in order, columns are read in order:
///
///   auto statement = database.prepare("SELECT id, title FROM version WHERE key = ?");
///   statement.bind(key);
///   while (statement.step()) use(statement.text(0), statement.text(1));
///
/// Bound text is not copied: it must live until the last `step`. Views of columns live until the next `step`.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* statement, bool owned)
      : database_(database), statement_(statement), owned_(owned) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  template <class... Values>
  Statement& bind(const Values&... values) {
    (bind_one(values), ...);
    return *this;
  }
  Statement& bind_null();
  Statement& bind_blob(std::string_view bytes);
  /// NULL when empty.
  Statement& bind_known(std::string_view text);

  /// The next row. False at the end and after an error.
  bool step();
  /// Runs a statement that gives no rows.
  void run() {
    while (step()) {
    }
  }

  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::uint32_t offset(int column) const { return static_cast<std::uint32_t>(integer(column)); }
  [[nodiscard]] double real(int column) const { return sqlite3_column_double(statement_, column); }
  [[nodiscard]] bool is_null(int column) const {
    return statement_ == nullptr || sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }

 private:
  void bind_one(std::string_view text);
  void bind_one(const char* text) { bind_one(std::string_view(text)); }
  void bind_one(const std::string& text) { bind_one(std::string_view(text)); }
  template <std::integral Number>
  void bind_one(Number number) {
    if (statement_ != nullptr)
      check(sqlite3_bind_int64(statement_, ++bound_, static_cast<std::int64_t>(number)));
  }
  template <std::integral Number>
  void bind_one(const std::optional<Number>& number) {
    if (number) {
      bind_one(*number);
    } else {
      bind_null();
    }
  }
  void check(int code);

  Database& database_;
  sqlite3_stmt* statement_;
  bool owned_;
  int bound_ = 0;
};

/// While it lives, every statement sees the database as the first of them found it, and none has to ask anew
/// whether it changed. Not while a transaction is open.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

 private:
  Database& database_;
};

/// A transaction that is rolled back unless committed. `BEGIN IMMEDIATE`: it waits for another writer at its
/// beginning, so that it never has to give up half way.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  /// Commits when no error stands. On return without error it is on the disk.
  void commit();

 private:
  Database& database_;
  bool open_ = false;
};

}  // namespace onrecord
