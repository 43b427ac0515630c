// Reading by id, and lists.
#include <fmt/format.h>

#include <utility>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

std::vector<std::int64_t> quotation_keys(Database& database, std::int64_t version) {
  auto rows = database.prepare(
      "SELECT q.key FROM quotation q LEFT JOIN span s ON s.quotation = q.key AND s.part = 61 AND s.ordinal = "
      "0 WHERE q.version = ? ORDER BY q.content_begin, COALESCE(s.\"end\", q.content_end), q.id");
  rows.bind(version);
  std::vector<std::int64_t> keys;
  while (rows.step()) keys.push_back(rows.integer(0));
  return keys;
}

void read_article_parts(Database& database, std::int64_t version, RecordedArticle& out) {
  auto paragraphs =
      database.prepare("SELECT role, \"begin\", \"end\" FROM paragraph WHERE version = ? ORDER BY ordinal");
  paragraphs.bind(version);
  while (paragraphs.step()) {
    if (!cuts(out.article.text, {paragraphs.offset(1), paragraphs.offset(2)})) continue;
    out.article.paragraphs.push_back(
        {{paragraphs.offset(1), paragraphs.offset(2)}, paragraph_role_of(paragraphs.integer(0))});
  }
  auto fields = database.prepare(
      "SELECT name, value, found_in, \"begin\", \"end\" FROM field WHERE version = ? ORDER BY ordinal");
  fields.bind(version);
  while (fields.step()) {
    Field& field =
        out.article.fields.emplace_back(Field{fields.string(0), fields.string(1), fields.string(2), {}});
    const Span span{fields.offset(3), fields.offset(4)};
    if (!fields.is_null(3) && cuts(out.article.text, span)) field.span = span;
  }
  auto originals = database.prepare(
      "SELECT path, record, sha256 FROM original WHERE version = ? ORDER BY path, record, sha256");
  originals.bind(version);
  while (originals.step()) {
    Original& original = out.originals.emplace_back();
    original.path = originals.string(0);
    if (originals.integer(1) != 0) original.record = static_cast<std::uint64_t>(originals.integer(1));
    original.sha256 = originals.string(2);
  }
}

RecordedArticle read_article(Database& database, std::int64_t version) {
  RecordedArticle out;
  auto row = database.prepare(
      "SELECT a.id, v.id, v.current, v.text, v.text_sha256, v.reading, b.committed_at, v.article FROM "
      "version v "
      "JOIN article a ON a.key = v.article JOIN batch b ON b.key = v.batch WHERE v.key = ?");
  if (!row.bind(version).step()) return out;
  out.id = row.string(0), out.version = row.string(1), out.current = row.integer(2) != 0;
  out.article.text = sound_text(row.text(3));
  out.text_sha256 = row.string(4), out.reading = row.string(5), out.added_at = row.string(6);
  read_article_parts(database, version, out);
  auto versions = database.prepare("SELECT id FROM version WHERE article = ? ORDER BY current DESC, id");
  versions.bind(row.integer(7));
  while (versions.step()) out.versions.push_back(versions.string(0));
  for (const std::int64_t key : quotation_keys(database, version)) {
    auto quotation = database.prepare("SELECT id FROM quotation WHERE key = ?");
    if (quotation.bind(key).step()) out.quotations.push_back(quotation.string(0));
  }
  return out;
}

}  // namespace

Result<RecordedQuotation> Record::quotation(std::string_view id) const {
  Database& database = store_->database;
  const auto located = locate(database, "quotation", id);
  if (!located) return std::unexpected(located.error());
  auto rows = read_quotations(database, {located->key});
  if (database.failed()) return std::unexpected(database.take_error());
  if (rows.empty()) return fail(ErrorCode::kNotFound, fmt::format("no statement with the id {}", id));
  return std::move(rows.front());
}

Result<RecordedArticle> Record::article(std::string_view id) const {
  Database& database = store_->database;
  const bool is_version = id.starts_with('v') || id.starts_with('V');
  const auto located = locate(database, is_version ? "version" : "article", id);
  if (!located) return std::unexpected(located.error());
  std::int64_t version = located->key;
  if (!is_version) {
    auto current = database.prepare("SELECT key FROM version WHERE article = ? AND current = 1");
    if (current.bind(located->key).step()) version = current.integer(0);
  }
  return database.outcome(read_article(database, version));
}

Result<std::vector<RecordedQuotation>> Record::quotations_of(std::string_view version_id) const {
  Database& database = store_->database;
  const auto located = locate(database, "version", version_id);
  if (!located) return std::unexpected(located.error());
  return database.outcome(read_quotations(database, quotation_keys(database, located->key)));
}

Result<void> Record::for_each_version(const std::function<Result<void>(const RecordedArticle&)>& each) const {
  Database& database = store_->database;
  std::string after;
  for (;;) {
    // One step at a time: `each` may write, and no read transaction stays open meanwhile.
    std::int64_t key = 0;
    {
      auto next = database.prepare("SELECT key, id FROM version WHERE id > ? ORDER BY id LIMIT 1");
      if (!next.bind(std::string_view(after)).step()) break;
      key = next.integer(0);
      after = next.string(1);
    }
    const RecordedArticle article = read_article(database, key);
    if (database.failed()) break;
    if (auto done = each(article); !done) return done;
  }
  return database.outcome();
}

Result<std::vector<Error>> Record::rejections(std::uint32_t limit, std::uint64_t offset) const {
  Database& database = store_->database;
  auto rows = database.prepare(
      "SELECT path, record, \"offset\", code, message FROM rejection ORDER BY path, record LIMIT ? OFFSET ?");
  rows.bind(limit, offset);
  std::vector<Error> rejections;
  while (rows.step()) {
    Error& error =
        rejections.emplace_back(Error{error_code(rows.text(3)), rows.string(4), rows.string(0), {}, {}});
    if (rows.integer(1) != 0) error.record = static_cast<std::uint64_t>(rows.integer(1));
    if (!rows.is_null(2)) error.offset = static_cast<std::uint64_t>(rows.integer(2));
  }
  return database.outcome(std::move(rejections));
}

}  // namespace onrecord
