#include "record/schema.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "record/joined_speakers.h"

namespace onrecord {
namespace {

// IF NOT EXISTS, so that `migrate` can run all of it beside the tables that stay; SQLite does not store the
// words.
constexpr std::string_view kTables = R"sql(
CREATE TABLE IF NOT EXISTS meta(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS batch(
  key INTEGER PRIMARY KEY,
  committed_at TEXT NOT NULL,
  articles INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  quotations INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS article(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  outlet TEXT,
  canonical_url TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS version(
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
CREATE INDEX IF NOT EXISTS version_article ON version(article);

CREATE TABLE IF NOT EXISTS paragraph(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  role INTEGER NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(version, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS field(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  found_in TEXT NOT NULL,
  "begin" INTEGER,
  "end" INTEGER,
  PRIMARY KEY(version, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS original(
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  path TEXT NOT NULL,
  record INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY(version, path, record, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS kept(
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  zstd BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS speaker(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  article INTEGER REFERENCES article(key) ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS speaker_article ON speaker(article) WHERE article IS NOT NULL;

CREATE TABLE IF NOT EXISTS full_name(
  folded INTEGER NOT NULL,
  speaker INTEGER NOT NULL,
  PRIMARY KEY(folded, speaker)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sighting(
  surname INTEGER NOT NULL,
  day INTEGER NOT NULL,
  article INTEGER NOT NULL,
  speaker INTEGER NOT NULL,
  PRIMARY KEY(surname, day, article, speaker)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS same_story(
  speaker INTEGER PRIMARY KEY REFERENCES speaker(key) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES speaker(key) ON DELETE CASCADE,
  surname INTEGER NOT NULL,
  day INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS same_story_person ON same_story(person);
CREATE INDEX IF NOT EXISTS same_story_day ON same_story(surname, day);

CREATE TABLE IF NOT EXISTS joined(
  speaker INTEGER PRIMARY KEY REFERENCES speaker(key) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES speaker(key) ON DELETE CASCADE,
  basis INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS joined_person ON joined(person);

CREATE TABLE IF NOT EXISTS identifier(
  name TEXT NOT NULL,
  identifier TEXT NOT NULL,
  role TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY(folded, name, identifier, role, since, until)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS identified(
  person INTEGER PRIMARY KEY REFERENCES speaker(key) ON DELETE CASCADE,
  identifier TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS reason(
  key INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS quotation(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  speaker INTEGER REFERENCES speaker(key),
  speaker_kind INTEGER NOT NULL,
  addressee TEXT,
  venue TEXT,
  said TEXT,
  said_basis INTEGER NOT NULL,
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
  context_end INTEGER NOT NULL,
  content_begin INTEGER NOT NULL,
  content_end INTEGER NOT NULL,
  cue_begin INTEGER,
  cue_end INTEGER,
  source_begin INTEGER,
  source_end INTEGER,
  shared INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS quotation_version ON quotation(version);
CREATE INDEX IF NOT EXISTS quotation_speaker ON quotation(speaker);

CREATE TABLE IF NOT EXISTS authority(
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  link INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(quotation, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS span(
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(quotation, part, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS code(
  code INTEGER PRIMARY KEY,
  stands_for TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;
INSERT OR IGNORE INTO code VALUES
  (1,'kind','direct'),(2,'kind','mixed'),(3,'kind','indirect'),
  (11,'mode','speech'),(12,'mode','writing'),(13,'mode','thought'),
  (21,'speaker_kind','person'),(22,'speaker_kind','organization'),(23,'speaker_kind','group'),
  (24,'speaker_kind','document'),(25,'speaker_kind','unnamed'),(26,'speaker_kind','unknown'),
  (31,'said_basis','unresolved'),(32,'said_basis','explicit'),(33,'said_basis','relative'),
  (34,'said_basis','inherited'),(35,'said_basis','bounded'),
  (41,'role','body'),(42,'role','title'),(43,'role','subtitle'),(44,'role','byline'),(45,'role','dateline'),
  (46,'role','caption'),(47,'role','credit'),(48,'role','republication'),(49,'role','correction'),
  (50,'role','copyright'),(51,'role','other'),
  (61,'part','content'),(62,'part','content_with_marks'),(63,'part','quoted'),(64,'part','cue'),
  (65,'part','source'),(66,'part','speaker'),(67,'part','addressee'),(68,'part','venue'),(69,'part','said'),
  (70,'part','authority'),(71,'part','corrected_content'),
  (72,'part','unnamed_how_many'),(73,'part','unnamed_kind'),(74,'part','unnamed_reason'),
  (81,'joined_by','name'),(82,'joined_by','story'),(83,'joined_by','correction'),
  (91,'reuse','full_reprint'),(92,'reuse','abridged'),(93,'reuse','partial_copy'),(94,'reuse','common_source'),
  (95,'reuse','quotes_only'),(96,'reuse','independent'),
  (101,'direction','unknown'),(102,'direction','a_from_b'),(103,'direction','b_from_a'),
  (104,'direction','both_from_wire'),
  (111,'relation','identical'),(112,'relation','truncated'),(113,'relation','elided'),(114,'relation','bracketed'),
  (115,'relation','word_changed'),(116,'relation','negation_or_number_changed'),(117,'relation','translated'),
  (118,'relation','indirect');

CREATE TABLE IF NOT EXISTS correction(
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
CREATE INDEX IF NOT EXISTS correction_article ON correction(article_id);
CREATE INDEX IF NOT EXISTS correction_quotation ON correction(quotation);
CREATE INDEX IF NOT EXISTS correction_other ON correction(other);

CREATE TABLE IF NOT EXISTS corrected(
  quotation INTEGER PRIMARY KEY REFERENCES quotation(key) ON DELETE CASCADE,
  kind INTEGER,
  speaker_known INTEGER,
  speaker INTEGER REFERENCES speaker(key),
  speaker_kind INTEGER,
  rejected INTEGER NOT NULL,
  merged_into INTEGER REFERENCES quotation(key) ON DELETE SET NULL
) STRICT;
CREATE INDEX IF NOT EXISTS corrected_speaker ON corrected(speaker) WHERE speaker IS NOT NULL;
CREATE INDEX IF NOT EXISTS corrected_merged_into ON corrected(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE IF NOT EXISTS rejection(
  path TEXT NOT NULL,
  record INTEGER NOT NULL,
  "offset" INTEGER,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  rejected_at TEXT NOT NULL,
  PRIMARY KEY(path, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS compared(
  version INTEGER PRIMARY KEY REFERENCES version(key) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  provisional INTEGER NOT NULL,
  story INTEGER REFERENCES story(key) ON DELETE SET NULL,
  first_story INTEGER REFERENCES story(key) ON DELETE SET NULL,
  story_reason INTEGER REFERENCES reason(key),
  original INTEGER REFERENCES version(key) ON DELETE SET NULL
) STRICT;
CREATE INDEX IF NOT EXISTS compared_story ON compared(story);
CREATE INDEX IF NOT EXISTS compared_first_story ON compared(first_story);
CREATE INDEX IF NOT EXISTS compared_original ON compared(original) WHERE original IS NOT NULL;

CREATE TABLE IF NOT EXISTS story(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS reuse(
  first INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  second INTEGER NOT NULL REFERENCES version(key) ON DELETE CASCADE,
  class INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  narrative INTEGER NOT NULL,
  quoted INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  reason INTEGER REFERENCES reason(key),
  PRIMARY KEY(first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reuse_second ON reuse(second);

CREATE TABLE IF NOT EXISTS statement(
  first INTEGER PRIMARY KEY REFERENCES quotation(key) ON DELETE CASCADE,
  base INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  witnesses INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  independent INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS statement_base ON statement(base);
CREATE INDEX IF NOT EXISTS statement_reports ON statement(reports);

CREATE TABLE IF NOT EXISTS witness(
  statement INTEGER NOT NULL REFERENCES statement(first) ON DELETE CASCADE,
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  relation INTEGER NOT NULL,
  altered INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  reason INTEGER REFERENCES reason(key),
  PRIMARY KEY(statement, quotation)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS witness_quotation ON witness(quotation);

CREATE TABLE IF NOT EXISTS proposal(
  first INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  second INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  relation INTEGER NOT NULL,
  altered INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  reason INTEGER REFERENCES reason(key),
  PRIMARY KEY(first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS proposal_second ON proposal(second);

CREATE TABLE IF NOT EXISTS given_id(
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS shingle_block(
  first INTEGER PRIMARY KEY,
  postings BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS shingle(
  hash INTEGER NOT NULL,
  quotation INTEGER NOT NULL REFERENCES quotation(key) ON DELETE CASCADE,
  PRIMARY KEY(hash, quotation)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shingle_quotation ON shingle(quotation);

CREATE TABLE IF NOT EXISTS decision(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  first_article TEXT NOT NULL,
  first_sha256 TEXT NOT NULL,
  first_begin INTEGER NOT NULL,
  first_end INTEGER NOT NULL,
  first_words TEXT NOT NULL,
  second_article TEXT NOT NULL,
  second_sha256 TEXT NOT NULL,
  second_begin INTEGER NOT NULL,
  second_end INTEGER NOT NULL,
  second_words TEXT NOT NULL,
  note TEXT NOT NULL,
  made_at TEXT NOT NULL,
  undone_at TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS tombstone(
  id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  reason TEXT NOT NULL,
  removed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tombstone_article ON tombstone(article_id);
)sql";

// What the full-text index is made from: the words, the rest of the sentences that hold them, and the
// speaker. All of it is cut from the version's text, so that the text is stored once. Titles are left out:
// they would make every quotation of an article a hit for the article's subject.
constexpr std::string_view kSearch = R"sql(
CREATE VIEW search_text AS
SELECT q.key AS quotation,
  COALESCE((SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = q.content_part ORDER BY s.ordinal)),
    CAST(substr(CAST(v.text AS BLOB), q.reach_begin + 1, q.reach_end - q.reach_begin) AS TEXT)) AS content,
  CAST(substr(CAST(v.text AS BLOB), q.context_begin + 1, max(0, q.reach_begin - q.context_begin)) AS TEXT)
  || ' … ' ||
  CAST(substr(CAST(v.text AS BLOB), q.reach_end + 1, max(0, q.context_end - q.reach_end)) AS TEXT) AS context,
  (SELECT name FROM speaker WHERE key =
     CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END) AS speaker
FROM (SELECT *,
        COALESCE((SELECT min("begin") FROM span WHERE quotation = key AND part = 71), content_begin) AS reach_begin,
        COALESCE((SELECT max("end") FROM span WHERE quotation = key AND part = 71), content_end) AS reach_end,
        (SELECT max(part) FROM span WHERE quotation = key AND part IN (61, 71)) AS content_part
      FROM quotation) q
  JOIN version v ON v.key = q.version
  LEFT JOIN corrected c ON c.quotation = q.key;

CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(content, context, speaker,
  content='search_text', content_rowid='quotation', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE IF NOT EXISTS speaker_search USING fts5(name,
  content='speaker', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
)sql";

constexpr std::string_view kViews = R"sql(
CREATE VIEW cue_and_source AS
SELECT q.key AS quotation,
  COALESCE((SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = 64 ORDER BY s.ordinal)),
    CAST(substr(CAST(v.text AS BLOB), q.cue_begin + 1, q.cue_end - q.cue_begin) AS TEXT)) AS cue,
  COALESCE((SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part = 65 ORDER BY s.ordinal)),
    CAST(substr(CAST(v.text AS BLOB), q.source_begin + 1, q.source_end - q.source_begin) AS TEXT)) AS source
FROM quotation q JOIN version v ON v.key = q.version;

CREATE VIEW all_quotations AS
SELECT q.id, a.id AS article, v.id AS version, a.outlet, v.title, v.published, a.canonical_url AS url,
  (SELECT name FROM code WHERE code = COALESCE(c.kind, q.kind)) AS kind,
  (SELECT name FROM code WHERE code = q.mode) AS mode,
  p.name AS speaker, p.id AS speaker_id,
  (SELECT name FROM code WHERE code = COALESCE(c.speaker_kind, q.speaker_kind)) AS speaker_kind,
  COALESCE((SELECT group_concat(words, ' … ') FROM (
     SELECT CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
     FROM span s WHERE s.quotation = q.key AND s.part =
       (SELECT max(part) FROM span WHERE quotation = q.key AND part IN (61, 71)) ORDER BY s.ordinal)),
    CAST(substr(CAST(v.text AS BLOB), q.content_begin + 1, q.content_end - q.content_begin) AS TEXT)) AS content,
  w.cue, w.source,
  q.addressee, q.venue, q.said,
  (SELECT name FROM code WHERE code = q.said_basis) AS said_basis,
  (SELECT group_concat(name, ' < ') FROM (
     SELECT name FROM authority WHERE quotation = q.key ORDER BY link)) AS authority,
  CAST(substr(CAST(v.text AS BLOB), q.context_begin + 1, q.context_end - q.context_begin) AS TEXT) AS context,
  q.content_begin AS "begin", q.content_end AS "end",
  length(CAST(substr(CAST(v.text AS BLOB), 1, q.content_begin) AS TEXT)) AS begin_cp,
  length(CAST(substr(CAST(v.text AS BLOB), 1, q.content_end) AS TEXT)) AS end_cp,
  q.confidence / 1000.0 AS confidence,
  CASE WHEN c.speaker_known IS NULL THEN q.speaker_confidence / 1000.0 ELSE 1.0 END AS speaker_confidence,
  replace((SELECT text FROM reason WHERE key = q.reason), '{cue}', COALESCE(w.cue, '')) AS reason,
  replace(replace((SELECT text FROM reason WHERE key = q.speaker_reason), '{source}', COALESCE(w.source, '')),
    '{speaker}', COALESCE((SELECT name FROM speaker WHERE key = q.speaker), '')) AS speaker_reason,
  v.reading, b.committed_at AS added_at,
  v.current,
  c.quotation IS NOT NULL AS corrected,
  COALESCE(c.rejected, 0) AS rejected,
  (SELECT id FROM quotation WHERE key = c.merged_into) AS merged_into,
  r.name AS person, r.id AS person_id,
  (SELECT identifier FROM identified WHERE person = r.key) AS identifier
FROM quotation q
  JOIN version v ON v.key = q.version
  JOIN article a ON a.key = v.article
  JOIN batch b ON b.key = v.batch
  JOIN cue_and_source w ON w.quotation = q.key
  LEFT JOIN corrected c ON c.quotation = q.key
  LEFT JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END
  LEFT JOIN joined j ON j.speaker = p.key
  LEFT JOIN speaker r ON r.key = COALESCE(j.person, p.key);

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
SELECT r.id, r.name, (SELECT name FROM code WHERE code = r.kind) AS kind, (SELECT id FROM article WHERE key = r.article) AS article,
  count(*) AS quotations, count(DISTINCT v.article) AS articles,
  min(COALESCE(q.said, v.published)) AS first, max(COALESCE(q.said, v.published)) AS last,
  count(DISTINCT p.name) AS names, (SELECT identifier FROM identified WHERE person = r.key) AS identifier
FROM quotation q
  JOIN version v ON v.key = q.version AND v.current = 1
  LEFT JOIN corrected c ON c.quotation = q.key
  JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END
  LEFT JOIN joined j ON j.speaker = p.key
  JOIN speaker r ON r.key = COALESCE(j.person, p.key)
WHERE COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL
GROUP BY r.key;

CREATE VIEW aliases AS
SELECT r.id AS speaker, p.id AS alias_id, p.name,
  iif(lower(w.source) IN ('he', 'she', 'they', 'it', 'who', 'i', 'we', 'you', 'her', 'him', 'them'), NULL, w.source) AS printed,
  count(*) AS quotations, count(DISTINCT v.article) AS articles,
  min(COALESCE(q.said, v.published)) AS first, max(COALESCE(q.said, v.published)) AS last,
  (SELECT name FROM code WHERE code = j.basis) AS joined_by, j.reason
FROM quotation q
  JOIN version v ON v.key = q.version AND v.current = 1
  JOIN cue_and_source w ON w.quotation = q.key
  LEFT JOIN corrected c ON c.quotation = q.key
  JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END
  LEFT JOIN joined j ON j.speaker = p.key
  JOIN speaker r ON r.key = COALESCE(j.person, p.key)
WHERE COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL
GROUP BY p.key, 4;

CREATE VIEW place AS
SELECT q.key AS quotation, t.code AS part, COALESCE(s.ordinal, 0) AS ordinal,
  COALESCE(s."begin", CASE t.code WHEN 61 THEN content_begin WHEN 64 THEN cue_begin WHEN 65 THEN source_begin
    WHEN 63 THEN iif(q.shared & 2, content_begin, NULL) WHEN 66 THEN iif(q.shared & 1, source_begin, NULL) END) AS "begin",
  COALESCE(s."end", CASE t.code WHEN 61 THEN content_end WHEN 64 THEN cue_end WHEN 65 THEN source_end
    WHEN 63 THEN iif(q.shared & 2, content_end, NULL) WHEN 66 THEN iif(q.shared & 1, source_end, NULL) END) AS "end"
FROM quotation q JOIN code t ON t.stands_for = 'part'
  LEFT JOIN span s ON s.quotation = q.key AND s.part =
    CASE WHEN t.code = 63 AND q.shared & 2 THEN 61 WHEN t.code = 66 AND q.shared & 1 THEN 65 ELSE t.code END;

CREATE VIEW spans AS
SELECT q.id AS quotation, t.name AS part,
  CASE WHEN s.part = 70 THEN s.ordinal / 256 ELSE 0 END AS link,
  CASE WHEN s.part = 70 THEN s.ordinal % 256 ELSE s.ordinal END AS ordinal,
  s."begin", s."end",
  length(CAST(substr(CAST(v.text AS BLOB), 1, s."begin") AS TEXT)) AS begin_cp,
  length(CAST(substr(CAST(v.text AS BLOB), 1, s."end") AS TEXT)) AS end_cp,
  CAST(substr(CAST(v.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS words
FROM place s JOIN code t ON t.code = s.part JOIN quotation q ON q.key = s.quotation
  JOIN version v ON v.key = q.version
WHERE s."begin" IS NOT NULL;

CREATE VIEW corrections AS
SELECT c.id, c.kind, q.id AS quotation, o.id AS other, c.article_id AS article, c.text_sha256, c."begin", c."end",
  c.words, c.value, c.note, c.made_at, c.undone_at,
  c.undone_at IS NULL AND CASE WHEN c.kind IN ('same-speaker', 'other-speaker')
    THEN NOT EXISTS (SELECT 1 FROM speaker WHERE id = substr(c.value, 13, 13))
      OR (c.kind = 'same-speaker' AND NOT EXISTS (SELECT 1 FROM speaker WHERE id = substr(c.value, 37, 13)))
    ELSE q.id IS NULL OR (c.kind = 'merge' AND o.id IS NULL) END AS detached
FROM correction c LEFT JOIN quotation q ON q.key = c.quotation LEFT JOIN quotation o ON o.key = c.other;

CREATE VIEW rejections AS
SELECT path, nullif(record, 0) AS record, "offset", code, message, rejected_at FROM rejection;

CREATE VIEW statements AS
SELECT 's' || substr(f.id, 2) AS id, f.id AS first_quotation, b.id AS base_quotation,
  COALESCE(s.witnesses, 1) AS witnesses, COALESCE(s.reports, 1) AS reports, COALESCE(s.outlets, 1) AS outlets,
  COALESCE(s.independent, 1) AS independent
FROM quotation f
  JOIN version v ON v.key = f.version AND v.current = 1
  LEFT JOIN corrected c ON c.quotation = f.key
  LEFT JOIN statement s ON s.first = f.key
  JOIN quotation b ON b.key = COALESCE(s.base, f.key)
WHERE COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL
  AND (s.first IS NOT NULL OR NOT EXISTS (SELECT 1 FROM witness WHERE quotation = f.key));

CREATE VIEW witnesses AS
SELECT 's' || substr(f.id, 2) AS statement, q.id AS quotation, w.quotation = s.base AS is_base,
  (SELECT name FROM code WHERE code = w.relation) AS relation, w.altered, w.confidence / 1000.0 AS confidence,
  w.decided, (SELECT text FROM reason WHERE key = w.reason) AS reason
FROM witness w JOIN statement s ON s.first = w.statement JOIN quotation f ON f.key = s.first
  JOIN quotation q ON q.key = w.quotation;

CREATE VIEW proposals AS
SELECT a.id AS first, b.id AS second, (SELECT name FROM code WHERE code = p.relation) AS relation, p.altered,
  p.confidence / 1000.0 AS confidence, (SELECT text FROM reason WHERE key = p.reason) AS reason
FROM proposal p JOIN quotation a ON a.key = p.first JOIN quotation b ON b.key = p.second;

CREATE VIEW reuses AS
SELECT a.id AS first, b.id AS second, (SELECT name FROM code WHERE code = r.class) AS class,
  (SELECT name FROM code WHERE code = r.direction) AS direction, r.narrative / 1000.0 AS narrative_containment,
  r.quoted / 1000.0 AS quotation_containment, r.confidence / 1000.0 AS confidence, r.decided,
  (SELECT text FROM reason WHERE key = r.reason) AS reason
FROM reuse r JOIN version f ON f.key = r.first JOIN version s ON s.key = r.second
  JOIN article a ON a.key = f.article JOIN article b ON b.key = s.article;

CREATE VIEW stories AS
SELECT t.id, t.title, count(*) AS articles, count(DISTINCT a.outlet) AS outlets, min(v.published) AS first,
  max(v.published) AS last
FROM story t JOIN compared c ON c.story = t.key JOIN version v ON v.key = c.version JOIN article a ON a.key = v.article
GROUP BY t.key;

CREATE VIEW story_articles AS
SELECT t.id AS story, a.id AS article, v.id AS version, a.outlet, v.title, v.published, c.provisional,
  (SELECT id FROM story WHERE key = c.first_story) AS first_assignment,
  (SELECT id FROM article WHERE key = (SELECT article FROM version WHERE key = c.original)) AS reprint_of,
  (SELECT text FROM reason WHERE key = c.story_reason) AS reason
FROM compared c JOIN version v ON v.key = c.version JOIN article a ON a.key = v.article
  JOIN story t ON t.key = c.story;
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

namespace {

/// Views are made anew from version to version; nothing is stored in them.
constexpr std::string_view kDropViews2 = R"sql(
DROP VIEW search_text; DROP VIEW cue_and_source; DROP VIEW quotations; DROP VIEW all_quotations; DROP VIEW articles;
DROP VIEW speakers; DROP VIEW place; DROP VIEW spans; DROP VIEW corrections; DROP VIEW rejections;
)sql";

/// 3 -> 4: what comparisons tell; nothing is compared yet.
constexpr std::string_view kDropViews3 = R"sql(
DROP VIEW search_text; DROP VIEW cue_and_source; DROP VIEW quotations; DROP VIEW all_quotations; DROP VIEW articles;
DROP VIEW speakers; DROP VIEW aliases; DROP VIEW place; DROP VIEW spans; DROP VIEW corrections; DROP VIEW rejections;
)sql";

void migrate_from_3(Database& database) {
  Transaction transaction(database);
  if (pragma(database, "user_version") == 3) {
    database.run(std::string(kDropViews3));
    create_schema(database);
    transaction.commit();
  }
}

/// 2 -> 3: speakers are joined over articles, which is done for the articles that are there.
void migrate_from_2(Database& database) {
  Transaction transaction(database);
  // Another process may have done it since the version was asked for.
  if (pragma(database, "user_version") == 2) {
    database.run(std::string(kDropViews2));
    create_schema(database);
    join_all_speakers(database);
    transaction.commit();
  }
}

/// 1 -> 2: most places of a quotation stand in its own row, code points are counted by the views, and reasons
/// may leave out words that stand elsewhere. Reasons that are there already stay as they are.
constexpr std::string_view kFrom1 = R"sql(
DROP VIEW search_text; DROP VIEW quotations; DROP VIEW all_quotations; DROP VIEW articles; DROP VIEW speakers;
DROP VIEW spans; DROP VIEW corrections; DROP VIEW rejections;
DROP INDEX version_text; DROP INDEX quotation_version; DROP INDEX quotation_speaker;
ALTER TABLE paragraph RENAME TO paragraph_1;
ALTER TABLE field RENAME TO field_1;
ALTER TABLE span RENAME TO span_1;
ALTER TABLE quotation RENAME TO quotation_1;
)sql";
constexpr std::string_view kTo2 = R"sql(
INSERT INTO paragraph SELECT version, ordinal, role, "begin", "end" FROM paragraph_1 ORDER BY 1, 2;
INSERT INTO field SELECT version, ordinal, name, value, found_in, "begin", "end" FROM field_1 ORDER BY 1, 2;
CREATE TABLE pieces_1 AS
SELECT quotation, part, count(*) AS pieces, min("begin") AS "begin", max("end") AS "end",
  group_concat("begin" || '-' || "end") AS places
FROM (SELECT * FROM span_1 ORDER BY quotation, part, ordinal) GROUP BY quotation, part;
CREATE UNIQUE INDEX pieces_1_part ON pieces_1(quotation, part);
INSERT INTO quotation
SELECT q.key, q.id, q.version, q.kind, q.mode, q.speaker, q.speaker_kind, q.addressee, q.venue, q.said,
  q.said_basis, q.confidence, q.speaker_confidence, q.addressee_confidence, q.venue_confidence,
  q.said_confidence, q.reason, q.speaker_reason, q.addressee_reason, q.venue_reason, q.said_reason,
  q.context_begin, q.context_end, content."begin", content."end", cue."begin", cue."end", source."begin",
  source."end", (speaker.places IS source.places) + 2 * (quoted.places IS content.places)
FROM quotation_1 q
  JOIN pieces_1 content ON content.quotation = q.key AND content.part = 61
  LEFT JOIN pieces_1 quoted ON quoted.quotation = q.key AND quoted.part = 63
  LEFT JOIN pieces_1 cue ON cue.quotation = q.key AND cue.part = 64
  LEFT JOIN pieces_1 source ON source.quotation = q.key AND source.part = 65
  LEFT JOIN pieces_1 speaker ON speaker.quotation = q.key AND speaker.part = 66
ORDER BY q.key;
INSERT INTO span
SELECT s.quotation, s.part, s.ordinal, s."begin", s."end"
FROM span_1 s
  JOIN pieces_1 p ON p.quotation = s.quotation AND p.part = s.part
  JOIN quotation q ON q.key = s.quotation
WHERE (s.part NOT IN (61, 64, 65) OR p.pieces > 1)
  AND NOT (s.part = 63 AND q.shared & 2) AND NOT (s.part = 66 AND q.shared & 1)
ORDER BY 1, 2, 3;
DROP TABLE pieces_1; DROP TABLE span_1; DROP TABLE quotation_1; DROP TABLE field_1; DROP TABLE paragraph_1;
)sql";

/// In one transaction: killed in between, the record is as it was.
void migrate_from_1(Database& database) {
  // So that the tables which refer to the renamed ones go on referring to the name.
  database.run("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;");
  {
    Transaction transaction(database);
    // Another process may have done it since the version was asked for.
    if (pragma(database, "user_version") == 1) {
      database.run(std::string(kFrom1));
      create_schema(database);
      database.run(std::string(kTo2));
      join_all_speakers(database);
      transaction.commit();
    }
  }
  database.run("PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON;");
}

}  // namespace

Result<void> migrate(Database& database) {
  if (auto known = check_identity(database); !known) return known;
  if (pragma(database, "user_version") == 1) migrate_from_1(database);
  if (pragma(database, "user_version") == 2) migrate_from_2(database);
  if (pragma(database, "user_version") == 3) migrate_from_3(database);
  return database.outcome();
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
