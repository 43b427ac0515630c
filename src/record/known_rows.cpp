#include "record/known_rows.h"

namespace onrecord {
namespace {

/// The value under `key`, made when it is not there; null when there is no such row.
template <class Value, class Read>
const Value* find_or_read(std::unordered_map<std::int64_t, Value>& known, std::int64_t key,
                          const Read& read) {
  if (const auto found = known.find(key); found != known.end()) return &found->second;
  Value value;
  if (!read(value)) return nullptr;
  return &known.emplace(key, std::move(value)).first->second;
}

const std::string& find_or_read_text(Database& database, std::string_view sql,
                                     std::unordered_map<std::int64_t, std::string>& known, std::int64_t key) {
  static const std::string none;
  const std::string* found = find_or_read(known, key, [&](std::string& text) {
    auto row = database.prepare(sql);
    if (!row.bind(key).step()) return false;
    text = row.string(0);
    return true;
  });
  return found == nullptr ? none : *found;
}

}  // namespace

void KnownRows::refresh(Database& database) {
  auto row = database.prepare("PRAGMA data_version");
  const std::int64_t data_version = row.step() ? row.integer(0) : 0;
  const std::int64_t changes = sqlite3_total_changes64(database.handle());
  // What a transaction wrote may yet be taken back, which counts as no change.
  const bool is_writing = sqlite3_txn_state(database.handle(), "main") == SQLITE_TXN_WRITE;
  const bool is_same = data_version == data_version_ && changes == changes_;
  if (!is_same || speakers_.size() > kMostOfAKind) speakers_.clear();
  if (!is_same || reasons_.size() > kMostOfAKind) reasons_.clear();
  if (!is_same || batches_.size() > kMostOfAKind) batches_.clear();
  data_version_ = data_version, changes_ = is_writing ? -1 : changes;
}

const KnownSpeaker* KnownRows::speaker(Database& database, std::int64_t key) {
  return find_or_read(speakers_, key, [&](KnownSpeaker& speaker) {
    auto row = database.prepare(
        "SELECT p.id, p.name, r.id, r.name, j.reason, i.identifier FROM speaker p LEFT JOIN joined j ON "
        "j.speaker = p.key JOIN speaker r ON r.key = COALESCE(j.person, p.key) LEFT JOIN identified i ON "
        "i.person = r.key WHERE p.key = ?");
    if (!row.bind(key).step()) return false;
    speaker = {row.string(0), row.string(1), {row.string(2), row.string(3), row.string(4), row.string(5)}};
    return true;
  });
}

const std::string& KnownRows::reason(Database& database, std::int64_t key) {
  return find_or_read_text(database, "SELECT text FROM reason WHERE key = ?", reasons_, key);
}

const std::string& KnownRows::batch(Database& database, std::int64_t key) {
  return find_or_read_text(database, "SELECT committed_at FROM batch WHERE key = ?", batches_, key);
}

KnownRows& known_rows(Database& database) {
  std::shared_ptr<KnownRows>& kept = database.known_rows();
  if (!kept) kept = std::make_shared<KnownRows>();
  kept->refresh(database);
  return *kept;
}

}  // namespace onrecord
