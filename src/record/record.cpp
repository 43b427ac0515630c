// Opening a record, and finding rows by their ids.
#include "onrecord/record.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <system_error>
#include <utility>

#include "record/ids.h"
#include "record/store.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

using Mode = RecordOptions::Mode;

/// A SQLite URI: the only way to hand over "read only, the file will not change".
std::string uri_of(const std::filesystem::path& path, std::string_view query) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[static_cast<unsigned char>(c) >> 4];
      uri += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return uri.append(query);
}

/// What a file from anywhere must not be able to do (https://www.sqlite.org/security.html): call functions or
/// virtual tables from its views, fire triggers, write to its own schema or to shadow tables.
void defend(Database& database) {
  sqlite3* handle = database.handle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  database.run("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;");
}

/// FULL: every commit syncs the write-ahead log before it returns. NORMAL would keep the file sound too, but
/// a power cut could take back batches that were already acknowledged. One sync a batch costs little.
void prepare_for_writing(Database& database) {
  database.run("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;");
}

void create(Database& database, const std::string& now) {
  // Only an empty file may be made a record; two makers race for the lock, the second finds the work done.
  // Small pages leave less of the last page of each text empty: 3 % of the record (docs/limits-and-load.md).
  database.run("PRAGMA page_size = 2048; PRAGMA journal_mode = WAL");
  Transaction transaction(database);
  auto objects = database.prepare("SELECT count(*) FROM sqlite_schema");
  if (!objects.step() || objects.integer(0) != 0) return;
  create_schema(database);
  database.prepare("INSERT INTO meta VALUES ('created_at', ?), ('created_by', ?)")
      .bind(now, "onrecord " ONRECORD_VERSION)
      .run();
  transaction.commit();
}

bool is_plain_file(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

Result<Database> open_for_reading(const std::filesystem::path& path, const RecordOptions& options) {
  // A connection that may not write cannot take the write-ahead log and its index away when it closes, and
  // every reader would leave two files. So it may, where the file's permissions allow it, and asks for
  // nothing to write.
  constexpr int kFlags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  auto database = Database::open(
      {uri_of(path, ""), kFlags | SQLITE_OPEN_READWRITE, options.vfs, options.busy_timeout, path.string()});
  if (!database) return database;
  database->run("PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema");
  if (!database->failed()) return database;
  // A record in a folder that cannot be written: SQLite then reads it only when told that nobody writes.
  // Without a write-ahead log beside it, nobody does.
  const Error error = database->take_error();
  std::filesystem::path log = path;
  log += "-wal";
  if (error.code != ErrorCode::kUnreadable || is_there(log)) return std::unexpected(error);
  return Database::open({uri_of(path, "?immutable=1"), kFlags | SQLITE_OPEN_READONLY, options.vfs,
                         options.busy_timeout, path.string()});
}

Result<Database> open_for_writing(const std::filesystem::path& path, const RecordOptions& options,
                                  bool create_it) {
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | (create_it ? SQLITE_OPEN_CREATE : 0);
  return Database::open({uri_of(path, ""), flags, options.vfs, options.busy_timeout, path.string()});
}

bool is_of_older_schema(Database& database) {
  auto identity =
      database.prepare("SELECT application_id, user_version FROM pragma_application_id, pragma_user_version");
  return identity.step() && identity.integer(0) == kApplicationId && identity.integer(1) < kSchemaVersion;
}

Error with_file(Error error, const std::filesystem::path& path) {
  error.file = path.string();
  return error;
}

/// What a person calls the rows of `table`.
std::string_view row_of(std::string_view table) {
  return table == "quotation" ? "a statement"
         : table == "article" ? "an article"
         : table == "version" ? "a version"
         : table == "speaker" ? "a speaker"
                              : "a correction";
}

/// The command that lists the ids of `table`.
std::string where_ids_are(std::string_view table) {
  const std::string_view command = table == "quotation"    ? "search"
                                   : table == "speaker"    ? "speakers"
                                   : table == "correction" ? "correct list"
                                                           : "articles";
  return fmt::format("onrecord {} has the ids.", command);
}

}  // namespace

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Result<void> Record::Store::check_writable() const {
  if (writable) return {};
  return fail(ErrorCode::kInvalidArgument, "the record was opened for reading only");
}

Record::Record(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Record::Record(Record&&) noexcept = default;
Record& Record::operator=(Record&&) noexcept = default;
Record::~Record() = default;

Result<Record> Record::open(const std::filesystem::path& path, const RecordOptions& options) {
  const bool found = is_there(path);
  if (found && !is_plain_file(path)) {
    return std::unexpected(with_file({ErrorCode::kUnreadable, "not a plain file", {}, {}, {}}, path));
  }
  if (!found && options.mode != Mode::kCreateOrWrite) {
    return std::unexpected(with_file(
        {ErrorCode::kNotFound, "there is no record here; `onrecord ingest PATH` makes one", {}, {}, {}},
        path));
  }
  auto database = options.mode == Mode::kRead
                      ? open_for_reading(path, options)
                      : open_for_writing(path, options, options.mode == Mode::kCreateOrWrite);
  if (!database) return std::unexpected(with_file(database.error(), path));
  // SQLite opens a write-protected file for reading and says nothing.
  if (options.mode != Mode::kRead && sqlite3_db_readonly(database->handle(), "main") == 1) {
    return std::unexpected(
        with_file({ErrorCode::kUnreadable, "the record is write-protected", {}, {}, {}}, path));
  }
  const auto now = options.now ? options.now : utc_now;
  defend(*database);
  // Only a writer can bring an older record up to this program; what it holds stays the same.
  if (options.mode == Mode::kRead && is_of_older_schema(*database)) {
    RecordOptions writing = options;
    writing.mode = Mode::kWrite;
    if (auto migrated = open(path, writing); !migrated) return migrated;
    return open(path, options);
  }
  if (options.mode != Mode::kRead) prepare_for_writing(*database);
  auto objects = database->prepare("SELECT count(*) FROM sqlite_schema");
  const bool is_new = objects.step() && objects.integer(0) == 0;
  objects.run();
  if (is_new && options.mode == Mode::kCreateOrWrite) create(*database, now());
  if (is_new && options.mode != Mode::kCreateOrWrite && !database->failed()) {
    return std::unexpected(
        with_file({ErrorCode::kNotFound,
                   "the file is empty, no record yet; `onrecord ingest PATH` makes one of it",
                   {},
                   {},
                   {}},
                  path));
  }
  if (database->failed()) return std::unexpected(with_file(database->take_error(), path));
  if (options.mode != Mode::kRead) {
    if (auto migrated = migrate(*database); !migrated)
      return std::unexpected(with_file(migrated.error(), path));
  }
  if (auto sound = check_schema(*database); !sound) return std::unexpected(with_file(sound.error(), path));
  auto store = std::make_unique<Store>(Store{std::move(*database), path, options.mode != Mode::kRead, now});
  return Record(std::move(store));
}

std::string sound_text(std::string_view text) {
  return is_valid_utf8(text) ? std::string(text) : std::string();
}

Result<Located> locate(Database& database, std::string_view table, std::string_view typed) {
  const std::string_view prefix = table == "speaker" ? "p" : table.substr(0, 1);
  const std::string beginning = normalise_id(typed, prefix);
  if (beginning.empty()) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("\"{}\" is no id of {}, nor the beginning of one: those are {} and 12 digits or letters",
                    typed, row_of(table), prefix));
  }
  const std::string end = beginning + "~";  // sorts after every digit
  auto statement = database.prepare(
      fmt::format("SELECT key, id FROM {} WHERE id >= ? AND id < ? ORDER BY id LIMIT 4", table));
  statement.bind(beginning, end);
  std::vector<Located> found;
  while (statement.step()) found.push_back({statement.integer(0), statement.string(1)});
  if (database.failed()) return std::unexpected(database.take_error());
  if (found.empty()) {
    const std::string_view row = row_of(table);
    Error missing{ErrorCode::kNotFound,
                  fmt::format("no {} with the id {}", row.substr(row.find(' ') + 1), typed),
                  {},
                  {},
                  {}};
    missing.advice = where_ids_are(table);
    return std::unexpected(std::move(missing));
  }
  if (found.size() == 1) return found.front();
  std::string candidates;
  for (const Located& one : found) candidates += (candidates.empty() ? "" : ", ") + one.id;
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("the id {} is ambiguous: {}; give more of it", typed, candidates));
}

}  // namespace onrecord
