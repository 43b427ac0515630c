// Removal: the text goes, a tombstone stays.
#include <fmt/format.h>

#include <utility>

#include "onrecord/record.h"
#include "record/corrections.h"
#include "record/current_version.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

struct Doomed {
  std::int64_t key = 0;
  std::string id;
  std::string text_sha256;
};

std::vector<Doomed> versions_to_remove(Database& database, const Located& located, bool is_version) {
  auto rows =
      database.prepare(is_version ? "SELECT key, id, text_sha256 FROM version WHERE key = ?"
                                  : "SELECT key, id, text_sha256 FROM version WHERE article = ? ORDER BY id");
  rows.bind(located.key);
  std::vector<Doomed> versions;
  while (rows.step()) versions.push_back({rows.integer(0), rows.string(1), rows.string(2)});
  return versions;
}

void bury(Database& database, std::string_view id, std::string_view article_id, std::string_view text_sha256,
          std::string_view reason, std::string_view now) {
  database.prepare("INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?, ?, ?)")
      .bind(id, article_id, text_sha256, reason, now)
      .run();
}

/// Corrections of its speakers hold names that only the article has.
void delete_speaker_corrections(Database& database, std::string_view article_id) {
  database
      .prepare("DELETE FROM correction WHERE article_id = ? AND kind IN ('same-speaker', 'other-speaker')")
      .bind(article_id)
      .run();
}

/// Corrections quote the text they were made on.
void delete_corrections(Database& database, std::string_view article_id, std::string_view text_sha256) {
  database
      .prepare(
          "DELETE FROM correction WHERE article_id = ?1 AND text_sha256 = ?2 AND NOT EXISTS "
          "(SELECT 1 FROM version v JOIN article a ON a.key = v.article WHERE a.id = ?1 AND v.text_sha256 = "
          "?2)")
      .bind(article_id, text_sha256)
      .run();
}

/// What comparisons told of a version that goes: the other witnesses of its statements are compared anew, and
/// a story's title may be its headline.
void forget_comparison(Database& database, std::int64_t version) {
  database
      .prepare(
          "UPDATE compared SET provisional = 2 WHERE version IN (SELECT o.version FROM quotation q JOIN "
          "witness w ON "
          "w.quotation = q.key JOIN witness other ON other.statement = w.statement JOIN quotation o ON o.key "
          "= "
          "other.quotation WHERE q.version = ?)")
      .bind(version)
      .run();
  database
      .prepare("UPDATE story SET title = NULL WHERE key IN (SELECT story FROM compared WHERE version = ?)")
      .bind(version)
      .run();
}

void delete_version(Database& database, const Doomed& version, std::string_view article_id) {
  forget_comparison(database, version.key);
  {
    auto row = database.prepare("SELECT text FROM version WHERE key = ?");
    const std::string text = row.bind(version.key).step() ? row.string(0) : std::string();
    delete_quotations(database, {version.key, 0, version.id, std::string(article_id), text});
  }
  database.prepare("DELETE FROM given_id WHERE version = ?").bind(version.id).run();
  database.prepare("DELETE FROM version WHERE key = ?").bind(version.key).run();
  delete_corrections(database, article_id, version.text_sha256);
}

/// What only the removed quotations needed. Reasons may quote names.
void sweep(Database& database) {
  database.run("DELETE FROM kept WHERE sha256 NOT IN (SELECT sha256 FROM original)");
  database.run(
      "DELETE FROM reason WHERE key NOT IN (SELECT reason FROM quotation WHERE reason IS NOT NULL "
      "UNION SELECT speaker_reason FROM quotation WHERE speaker_reason IS NOT NULL "
      "UNION SELECT addressee_reason FROM quotation WHERE addressee_reason IS NOT NULL "
      "UNION SELECT venue_reason FROM quotation WHERE venue_reason IS NOT NULL "
      "UNION SELECT said_reason FROM quotation WHERE said_reason IS NOT NULL "
      "UNION SELECT reason FROM witness WHERE reason IS NOT NULL "
      "UNION SELECT reason FROM proposal WHERE reason IS NOT NULL "
      "UNION SELECT reason FROM reuse WHERE reason IS NOT NULL "
      "UNION SELECT story_reason FROM compared WHERE story_reason IS NOT NULL)");
  // The index keeps the words of deleted rows in its old segments; writing it anew is what drops them.
  database.run(
      "INSERT INTO search(search) VALUES ('optimize'); INSERT INTO speaker_search(speaker_search) VALUES "
      "('optimize')");
}

}  // namespace

Result<std::vector<std::string>> Record::remove(std::string_view id, std::string_view reason) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  const bool is_version = id.starts_with('v') || id.starts_with('V');
  const auto located = locate(database, is_version ? "version" : "article", id);
  if (!located) return std::unexpected(located.error());
  const std::string now = store_->now();
  std::int64_t article = located->key;
  std::string article_id = located->id;
  if (is_version) {
    auto row = database.prepare(
        "SELECT a.key, a.id FROM version v JOIN article a ON a.key = v.article WHERE v.key = ?");
    if (row.bind(located->key).step()) article = row.integer(0), article_id = row.string(1);
  } else {
    bury(database, article_id, article_id, "", reason, now);
  }
  SpeakerJoins joins(database);
  joins.before_change(article);
  std::vector<std::string> gone;
  for (const Doomed& version : versions_to_remove(database, *located, is_version)) {
    bury(database, version.id, article_id, version.text_sha256, reason, now);
    delete_version(database, version, article_id);
    gone.push_back(version.id);
  }
  auto left = database.prepare("SELECT count(*) FROM version WHERE article = ?");
  const bool is_empty = left.bind(article).step() && left.integer(0) == 0;
  left.run();
  if (is_empty) {
    delete_speaker_corrections(database, article_id);
    // Decisions quote what they were made on.
    database.prepare("DELETE FROM decision WHERE first_article = ?1 OR second_article = ?1")
        .bind(article_id)
        .run();
    database.run(
        "DELETE FROM story WHERE key NOT IN (SELECT story FROM compared WHERE story IS NOT NULL UNION SELECT "
        "first_story FROM compared WHERE first_story IS NOT NULL)");
  } else {
    choose_current_version(database, article);
    database.run("DELETE FROM meta WHERE name = 'compared_through'");  // another version may be current now
    attach_corrections(database, article);
    joins.after_change(article);
  }
  joins.settle(SpeakerJoins::Sweep::kUnnamedSpeakers);
  if (is_empty) {
    database.prepare("DELETE FROM article WHERE key = ?").bind(article).run();
    gone.push_back(article_id);
  }
  sweep(database);
  transaction.commit();
  // The log still holds pages with the text; it is emptied, unless somebody reads from it just now.
  if (!database.failed())
    sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return database.outcome(std::move(gone));
}

Result<std::string> Record::forgive(std::string_view id) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  const std::string beginning = normalise_id(id, "av");
  if (beginning.empty())
    return fail(ErrorCode::kInvalidArgument, fmt::format("\"{}\" is no id of an article", id));
  std::vector<std::string> found;
  {
    auto rows = database.prepare("SELECT id FROM tombstone WHERE id >= ? AND id < ? LIMIT 2");
    const std::string end = beginning + "~";
    rows.bind(beginning, end);
    while (rows.step()) found.push_back(rows.string(0));
  }
  if (found.size() != 1 && !database.failed()) {
    return found.empty() ? fail(ErrorCode::kNotFound, fmt::format("nothing with the id {} was removed", id))
                         : fail(ErrorCode::kInvalidArgument,
                                fmt::format("the id {} is ambiguous; give more of it", id));
  }
  // With an article, its versions: they were removed with it.
  if (!found.empty()) {
    database.prepare("DELETE FROM tombstone WHERE id = ?1 OR article_id = ?1").bind(found.front()).run();
  }
  transaction.commit();
  return database.outcome(found.empty() ? std::string() : found.front());
}

}  // namespace onrecord
