#include "record/schema.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

namespace onrecord {
namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch(
  key INTEGER PRIMARY KEY,
  committed_at TEXT NOT NULL,
  articles INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  quotations INTEGER NOT NULL
) STRICT;

CREATE TABLE article(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  outlet TEXT,
  canonical_url TEXT
) STRICT;

CREATE TABLE version(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES article(key) ON DELETE CASCADE,
  current INTEGER NOT NULL,
  title TEXT,
  published TEXT,
  modified TEXT,
  language TEXT,
  reading TEXT NOT NULL,
  batch INTEGER NOT NULL REFERENCES batch(key),
  text_sha256 TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX version_article ON version(article);
CREATE INDEX version_text ON version(text_sha256);

CREATE TABLE paragraph(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  role TEXT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  begin_cp INTEGER NOT NULL,
  end_cp INTEGER NOT NULL,
  PRIMARY KEY(version, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE field(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  found_in TEXT NOT NULL,
  "begin" INTEGER,
  "end" INTEGER,
  begin_cp INTEGER,
  end_cp INTEGER,
  PRIMARY KEY(version, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE original(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  path TEXT NOT NULL,
  record INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY(version, path, record, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept(
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  zstd BLOB NOT NULL
) STRICT;

CREATE TABLE speaker(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  article INTEGER REFERENCES article(key) ON DELETE CASCADE
) STRICT;
CREATE INDEX speaker_article ON speaker(article) WHERE article IS NOT NULL;

CREATE TABLE reason(
  key INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE quotation(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  mode TEXT NOT NULL,
  speaker INTEGER REFERENCES speaker(key),
  speaker_kind TEXT NOT NULL,
  addressee TEXT,
  venue TEXT,
  said TEXT,
  said_basis TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  speaker_confidence INTEGER NOT NULL,
  addressee_confidence INTEGER NOT NULL,
  venue_confidence INTEGER NOT NULL,
  said_confidence INTEGER NOT NULL,
  reason INTEGER REFERENCES reason(key),
  speaker_reason INTEGER REFERENCES reason(key),
  addressee_reason INTEGER REFERENCES reason(key),
  venue_reason INTEGER REFERENCES reason(key),
  said_reason INTEGER REFERENCES reason(key),
  context_begin INTEGER NOT NULL,
  context_end INTEGER NOT NULL
) STRICT;
CREATE INDEX quotation_version ON quotation(version);
CREATE INDEX quotation_speaker ON quotation(speaker);

CREATE TABLE authority(
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  link INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(quotation, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE span(
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  begin_cp INTEGER NOT NULL,
  end_cp INTEGER NOT NULL,
  PRIMARY KEY(quotation, part, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE part(
  part INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
INSERT INTO part VALUES (1,'content'),(2,'content_with_marks'),(3,'quoted'),(4,'cue'),(5,'source'),
  (6,'speaker'),(7,'addressee'),(8,'venue'),(9,'said'),(10,'authority'),(11,'corrected_content');

CREATE TABLE correction(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  article_id TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  words TEXT NOT NULL,
  value TEXT NOT NULL,
  note TEXT NOT NULL,
  made_at TEXT NOT NULL,
  undone_at TEXT,
  quotation INTEGER REFERENCES quotation(key) ON DELETE SET NULL,
  other INTEGER REFERENCES quotation(key) ON DELETE SET NULL
) STRICT;
CREATE INDEX correction_article ON correction(article_id);
CREATE INDEX correction_quotation ON correction(quotation);
CREATE INDEX correction_other ON correction(other);

CREATE TABLE corrected(
  quotation INTEGER PRIMARY KEY REFERENCES quotation(key) ON DELETE CASCADE,
  kind TEXT,
  speaker_known INTEGER,
  speaker INTEGER REFERENCES speaker(key),
  speaker_kind TEXT,
  rejected INTEGER NOT NULL,
  merged_into INTEGER REFERENCES quotation(key) ON DELETE SET NULL
) STRICT;
CREATE INDEX corrected_speaker ON corrected(speaker) WHERE speaker IS NOT NULL;
CREATE INDEX corrected_merged_into ON corrected(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE rejection(
  path TEXT NOT NULL,
  record INTEGER NOT NULL,
  "offset" INTEGER,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  rejected_at TEXT NOT NULL,
  PRIMARY KEY(path, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstone(
  id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  reason TEXT NOT NULL,
  removed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What the full-text index is made from. Words are cut from the version's text, so that the text is stored
// once.
constexpr std::string_view kSearch = R"sql(
CREATE VIEW search_text AS
SELECT q.key AS quotation,
  (SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = CASE WHEN EXISTS (
       SELECT 1 FROM span c WHERE c.quotation = q.key AND c.part = 11) THEN 11 ELSE 1 END
     ORDER BY s.ordinal)) AS content,
  CAST(substr(CAST(v.text AS BLOB), q.context_begin + 1, q.context_end - q.context_begin) AS TEXT) AS context,
  (SELECT name FROM speaker WHERE key =
     CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END) AS speaker,
  v.title AS title
FROM quotation q JOIN version v ON v.key = q.version LEFT JOIN corrected c ON c.quotation = q.key;

CREATE VIRTUAL TABLE search USING fts5(content, context, speaker, title,
  content='search_text', content_rowid='quotation', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE speaker_search USING fts5(name,
  content='speaker', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
)sql";

constexpr std::string_view kViews = R"sql(
CREATE VIEW all_quotations AS
SELECT q.id, a.id AS article, v.id AS version, a.outlet, v.title, v.published, a.canonical_url AS url,
  COALESCE(c.kind, q.kind) AS kind, q.mode,
  p.name AS speaker, p.id AS speaker_id, COALESCE(c.speaker_kind, q.speaker_kind) AS speaker_kind,
  t.content,
  (SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = 4 ORDER BY s.ordinal)) AS cue,
  (SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = 5 ORDER BY s.ordinal)) AS source,
  q.addressee, q.venue, q.said, q.said_basis,
  (SELECT group_concat(name, ' < ') FROM (
     SELECT name FROM authority WHERE quotation = q.key ORDER BY link)) AS authority,
  t.context,
  h."begin", h."end", h.begin_cp, h.end_cp,
  q.confidence / 1000.0 AS confidence,
  CASE WHEN c.speaker_known IS NULL THEN q.speaker_confidence / 1000.0 ELSE 1.0 END AS speaker_confidence,
  (SELECT text FROM reason WHERE key = q.reason) AS reason,
  (SELECT text FROM reason WHERE key = q.speaker_reason) AS speaker_reason,
  v.reading, b.committed_at AS added_at,
  v.current,
  c.quotation IS NOT NULL AS corrected,
  COALESCE(c.rejected, 0) AS rejected,
  (SELECT id FROM quotation WHERE key = c.merged_into) AS merged_into
FROM quotation q
  JOIN version v ON v.key = q.version
  JOIN article a ON a.key = v.article
  JOIN batch b ON b.key = v.batch
  JOIN search_text t ON t.quotation = q.key
  LEFT JOIN corrected c ON c.quotation = q.key
  LEFT JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END
  LEFT JOIN (SELECT quotation, min("begin") AS "begin", max("end") AS "end",
                    min(begin_cp) AS begin_cp, max(end_cp) AS end_cp
             FROM span WHERE part = 1 GROUP BY quotation) h ON h.quotation = q.key;

CREATE VIEW quotations AS
SELECT * FROM all_quotations WHERE current = 1 AND rejected = 0 AND merged_into IS NULL;

CREATE VIEW articles AS
SELECT a.id, v.id AS version, a.outlet, v.title, v.published, v.modified, a.canonical_url AS url, v.language,
  (SELECT group_concat(value, '; ') FROM (
     SELECT value FROM field WHERE version = v.key AND name = 'author' ORDER BY ordinal)) AS authors,
  v.text, v.text_sha256, v.reading, b.committed_at AS added_at,
  (SELECT count(*) FROM quotation q LEFT JOIN corrected c ON c.quotation = q.key
   WHERE q.version = v.key AND COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL) AS quotations,
  (SELECT count(*) FROM version o WHERE o.article = a.key) AS versions
FROM article a JOIN version v ON v.article = a.key AND v.current = 1 JOIN batch b ON b.key = v.batch;

CREATE VIEW speakers AS
SELECT p.id, p.name, p.kind, (SELECT id FROM article WHERE key = p.article) AS article,
  count(*) AS quotations, count(DISTINCT v.article) AS articles,
  min(COALESCE(q.said, v.published)) AS first, max(COALESCE(q.said, v.published)) AS last
FROM quotation q
  JOIN version v ON v.key = q.version AND v.current = 1
  LEFT JOIN corrected c ON c.quotation = q.key
  JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END
WHERE COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL
GROUP BY p.key;

CREATE VIEW spans AS
SELECT q.id AS quotation, t.name AS part,
  CASE WHEN s.part = 10 THEN s.ordinal / 256 ELSE 0 END AS link,
  CASE WHEN s.part = 10 THEN s.ordinal % 256 ELSE s.ordinal END AS ordinal,
  s."begin", s."end", s.begin_cp, s.end_cp,
  CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
FROM span s JOIN part t ON t.part = s.part JOIN quotation q ON q.key = s.quotation
  JOIN version v ON v.key = q.version;

CREATE VIEW corrections AS
SELECT c.id, c.kind, q.id AS quotation, o.id AS other, c.article_id AS article, c.text_sha256, c."begin", c."end",
  c.words, c.value, c.note, c.made_at, c.undone_at,
  c.undone_at IS NULL AND (q.id IS NULL OR (c.kind = 'merge' AND o.id IS NULL)) AS detached
FROM correction c LEFT JOIN quotation q ON q.key = c.quotation LEFT JOIN quotation o ON o.key = c.other;

CREATE VIEW rejections AS
SELECT path, nullif(record, 0) AS record, "offset", code, message, rejected_at FROM rejection;
)sql";

/// The tables that FTS5 keeps beside its own; their form is SQLite's business and differs between its
/// versions.
bool is_index_table(std::string_view table) {
  for (const std::string_view index : {"search_", "speaker_search_"}) {
    if (!table.starts_with(index)) continue;
    const std::string_view rest = table.substr(index.size());
    if (rest == "data" || rest == "idx" || rest == "docsize" || rest == "config") return true;
  }
  return false;
}

using Objects = std::map<std::string, std::pair<std::string, std::string>>;  // name -> type, SQL

Objects objects_of(Database& database) {
  Objects objects;
  auto statement = database.prepare("SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL");
  while (statement.step()) objects[statement.string(0)] = {statement.string(1), statement.string(2)};
  return objects;
}

Result<Objects> expected_objects() {
  auto model = Database::open({":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, {}, {}});
  if (!model) return std::unexpected(model.error());
  create_schema(*model);
  Objects objects = objects_of(*model);
  return model->outcome(std::move(objects));
}

std::int64_t pragma(Database& database, std::string_view name) {
  auto statement = database.prepare(fmt::format("PRAGMA {}", name));
  return statement.step() ? statement.integer(0) : 0;
}

Result<void> check_identity(Database& database) {
  const auto application = pragma(database, "application_id");
  const auto version = pragma(database, "user_version");
  if (database.failed()) return std::unexpected(database.take_error());
  if (application != kApplicationId) {
    return fail(ErrorCode::kDamaged, "this is no record: a SQLite file of some other program");
  }
  if (version > kSchemaVersion) {
    return fail(ErrorCode::kConflict,
                fmt::format("the record has schema version {}, this program knows {}; use a newer onrecord",
                            version, kSchemaVersion));
  }
  return {};
}

}  // namespace

void create_schema(Database& database) {
  database.run(std::string(kTables));
  database.run(std::string(kSearch));
  database.run(std::string(kViews));
  database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kSchemaVersion));
}

Result<void> migrate(Database& database) {
  // Version 1 is the first; the steps from older ones will stand here, one function each.
  return check_identity(database);
}

Result<void> check_schema(Database& database) {
  if (auto known = check_identity(database); !known) return known;
  const Objects objects = objects_of(database);
  if (database.failed()) return std::unexpected(database.take_error());
  const auto expected = expected_objects();
  if (!expected) return std::unexpected(expected.error());
  for (const auto& [object, form] : *expected) {
    const auto found = objects.find(object);
    const bool sound = found != objects.end() && found->second.first == form.first &&
                       (is_index_table(object) || found->second.second == form.second);
    if (!sound) {
      return fail(ErrorCode::kDamaged,
                  fmt::format("{} \"{}\" of the record is missing or not as it should be; "
                              "do not trust this file, and restore a copy if it is yours",
                              form.first, object));
    }
  }
  for (const auto& [object, form] : objects) {
    if (form.first == "trigger") {
      return fail(
          ErrorCode::kDamaged,
          fmt::format("the record holds a trigger, \"{}\", which no record does; do not trust this file",
                      object));
    }
  }
  return {};
}

}  // namespace onrecord
