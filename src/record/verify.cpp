// Proving that a record holds what it says it holds.
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "text/sha256.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

void note(Verification& out, std::string_view check, std::string_view subject, std::string message) {
  ++out.found;
  if (out.findings.size() < kMostFindings) {
    out.findings.push_back({std::string(check), std::string(subject), std::move(message)});
  }
}

/// A span as it stands in a table.
struct StoredSpan {
  std::int64_t begin = 0, end = 0;
};

StoredSpan stored_span(const Statement& row, int column) {
  return {row.integer(column), row.integer(column + 1)};
}

/// Cuts one version's text again and again.
class VersionCheck {
 public:
  VersionCheck(Database& database, std::int64_t key, Verification& out)
      : database_(database), key_(key), out_(out) {}

  void run() {
    auto row = database_.prepare(
        "SELECT v.id, v.text, v.text_sha256, a.id, a.outlet, a.canonical_url FROM version v "
        "JOIN article a ON a.key = v.article WHERE v.key = ?");
    if (!row.bind(key_).step()) return;
    id_ = row.string(0);
    text_ = row.string(1);
    ++out_.versions;
    if (!is_valid_utf8(text_)) return note(out_, "text", id_, "the text is not valid UTF-8");
    check_hashes(row.text(2), row.text(3));
    check_spans("SELECT \"begin\", \"end\" FROM paragraph WHERE version = ?", "paragraph");
    check_spans("SELECT \"begin\", \"end\" FROM field WHERE version = ? AND \"begin\" IS NOT NULL", "field");
    check_quotations();
  }

 private:
  void check_hashes(std::string_view text_sha256, std::string_view article_id) {
    Article article;
    article.text = text_;
    auto fields = database_.prepare("SELECT name, value FROM field WHERE version = ? ORDER BY ordinal");
    fields.bind(key_);
    while (fields.step()) article.fields.push_back({fields.string(0), fields.string(1), {}, {}});
    auto paragraphs = database_.prepare(
        "SELECT \"begin\", \"end\", role FROM paragraph WHERE version = ? ORDER BY ordinal");
    paragraphs.bind(key_);
    while (paragraphs.step()) {
      article.paragraphs.push_back(
          {{paragraphs.offset(0), paragraphs.offset(1)}, paragraph_role_of(paragraphs.integer(2))});
    }
    const ArticleIdentity identity = identify(article);
    if (identity.text_sha256 != text_sha256)
      note(out_, "text-hash", id_, "the text is not the one that was hashed");
    if (identity.article != article_id)
      note(out_, "id", article_id, "outlet, URL or text do not give the article's id");
    if (identity.version != id_) note(out_, "id", id_, "text and fields do not give the version's id");
  }

  bool check(const StoredSpan& span, std::string_view subject, std::string_view what) {
    ++out_.spans;
    if (span.begin < 0 || span.begin >= span.end ||
        !is_boundary(text_, static_cast<std::uint64_t>(span.begin)) ||
        !is_boundary(text_, static_cast<std::uint64_t>(span.end))) {
      note(out_, "span", subject,
           fmt::format("{} [{}, {}) does not cut the text", what, span.begin, span.end));
      return false;
    }
    return true;
  }

  void check_spans(std::string_view sql, std::string_view what) {
    auto rows = database_.prepare(sql);
    rows.bind(key_);
    while (rows.step()) check(stored_span(rows, 0), id_, what);
  }

  void check_quotations() {
    std::map<Spans, std::uint32_t> seen;
    auto quotations = database_.prepare(
        "SELECT key, id, context_begin, context_end, content_begin, content_end, cue_begin, cue_end, "
        "source_begin, source_end FROM quotation WHERE version = ? ORDER BY key");
    quotations.bind(key_);
    while (quotations.step()) {
      ++out_.quotations;
      const std::string id = quotations.string(1);
      const Spans content = check_parts(quotations, id);
      if (content.empty()) {
        note(out_, "span", id, "the quotation has no content");
      } else if (quotation_id(id_, content, seen[content]++) != id) {
        note(out_, "id", id, "version and content do not give the quotation's id");
      }
      if (!is_boundary(text_, static_cast<std::uint64_t>(quotations.integer(2))) ||
          !is_boundary(text_, static_cast<std::uint64_t>(quotations.integer(3)))) {
        note(out_, "span", id, "the context does not cut the text");
      }
    }
  }

  /// Every piece of the quotation. Gives its content.
  Spans check_parts(const Statement& quotation, const std::string& id) {
    std::map<std::int64_t, Spans> pieces;
    auto rows = database_.prepare(
        "SELECT \"begin\", \"end\", part FROM span WHERE quotation = ? ORDER BY part, ordinal");
    rows.bind(quotation.integer(0));
    while (rows.step()) {
      if (check(stored_span(rows, 0), id, "span"))
        pieces[rows.integer(2)].push_back({rows.offset(0), rows.offset(1)});
    }
    int column = 4;
    for (const Part part : {Part::kContent, Part::kCue, Part::kSource}) {
      check_own_place(quotation, column, id, pieces[code(part)]);
      column += 2;
    }
    return pieces[code(Part::kContent)];
  }

  /// The place in the quotation's own row: the only piece of a part, or the reach of its pieces.
  void check_own_place(const Statement& quotation, int column, const std::string& id, Spans& pieces) {
    if (quotation.is_null(column)) return;
    if (pieces.empty()) {
      if (check(stored_span(quotation, column), id, "span"))
        pieces.push_back({quotation.offset(column), quotation.offset(column + 1)});
    } else if (pieces.front().begin != quotation.offset(column) ||
               pieces.back().end != quotation.offset(column + 1)) {
      note(out_, "span", id, "the reach of a part is not that of its pieces");
    }
  }

  Database& database_;
  std::int64_t key_;
  Verification& out_;
  std::string id_;
  std::string text_;
};

void check_file(Database& database, Verification& out) {
  auto integrity = database.prepare("PRAGMA integrity_check");
  while (integrity.step()) {
    if (integrity.text(0) != "ok") note(out, "integrity", "file", integrity.string(0));
  }
  auto keys = database.prepare("PRAGMA foreign_key_check");
  while (keys.step())
    note(out, "foreign-key", keys.text(0),
         fmt::format("row {} names a missing row of {}", keys.text(1), keys.text(2)));
}

/// With a record opened for writing FTS5 compares every word with the text; otherwise rows are counted.
void check_index(Database& database, bool writable, Verification& out) {
  if (database.failed()) return;
  if (writable) {
    for (const char* index : {"search", "speaker_search"}) {
      database.run(fmt::format("INSERT INTO {0}({0}, rank) VALUES ('integrity-check', 1)", index));
      if (!database.failed()) continue;
      const Error error = database.take_error();
      if (error.code != ErrorCode::kDamaged) return database.fail(error);
      note(out, "search-index", index, "the index does not fit the text");
    }
    return;
  }
  auto rows = database.prepare(
      "SELECT (SELECT count(*) FROM search_docsize) - (SELECT count(*) FROM quotation), "
      "(SELECT count(*) FROM speaker_search_docsize) - (SELECT count(*) FROM speaker)");
  if (!rows.step()) return;
  if (rows.integer(0) != 0)
    note(out, "search-index", "search", "the index has not as many entries as there are quotations");
  if (rows.integer(1) != 0)
    note(out, "search-index", "speaker_search", "the index has not as many entries as there are speakers");
}

void check_currents(Database& database, Verification& out) {
  auto rows = database.prepare(
      "SELECT a.id, total(v.current) FROM article a LEFT JOIN version v ON v.article = a.key "
      "GROUP BY a.key HAVING total(v.current) <> 1");
  while (rows.step()) note(out, "current", rows.text(0), "not exactly one version of the article is current");
}

void check_corrections(Database& database, Verification& out) {
  auto rows = database.prepare(
      "SELECT c.id, c.words, c.quotation, v.current, c.\"begin\", c.\"end\", "
      "(SELECT t.text FROM article a JOIN version t ON t.article = a.key WHERE a.id = c.article_id AND "
      "t.text_sha256 = c.text_sha256 LIMIT 1) FROM correction c "
      "LEFT JOIN quotation q ON q.key = c.quotation LEFT JOIN version v ON v.key = q.version WHERE "
      "c.undone_at IS NULL");
  while (rows.step()) {
    ++out.corrections;
    if (!rows.is_null(2) && rows.integer(3) != 1) {
      note(out, "correction", rows.text(0), "it holds on to a quotation that is not current");
    }
    if (rows.is_null(6)) continue;  // the text it was made on is gone
    const std::string text = rows.string(6);
    const std::string_view words = rows.text(1);
    const Span anchor{rows.offset(4), rows.offset(5)};
    const std::string_view first = words.substr(0, words.find(" … "));
    if (anchor.begin > anchor.end || anchor.end > text.size() || !cut(text, anchor).starts_with(first)) {
      note(out, "correction", rows.text(0), "its words do not stand where it says");
    }
  }
}

std::optional<std::string> unpack(std::string_view packed, std::int64_t size) {
  if (size < 0 ||
      ZSTD_getFrameContentSize(packed.data(), packed.size()) != static_cast<std::uint64_t>(size)) {
    return std::nullopt;
  }
  // The size is checked against a sane bound by the caller before it is believed.
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != bytes.size()) return std::nullopt;
  return bytes;
}

/// No original is larger (Limits::document_bytes is far below); a stranger's record may claim anything.
constexpr std::int64_t kMostKeptBytes = std::int64_t{1} << 30;

std::optional<std::string> kept_bytes(Database& database, std::string_view sha256) {
  auto row = database.prepare("SELECT size, zstd FROM kept WHERE sha256 = ?");
  if (!row.bind(sha256).step() || row.integer(0) > kMostKeptBytes) return std::nullopt;
  return unpack(row.blob(1), row.integer(0));
}

void check_kept(Database& database, Verification& out) {
  auto rows = database.prepare("SELECT sha256 FROM kept ORDER BY sha256");
  while (rows.step()) {
    ++out.originals;
    const std::string expected = rows.string(0);
    const auto bytes = kept_bytes(database, expected);
    if (!bytes || hex(sha256(*bytes)) != expected)
      note(out, "original", expected, "the kept bytes are not the original's");
  }
}

/// Every place where the record says that it read a text, by the hash of the bytes it was read from.
struct OriginalOfVersion {
  std::int64_t version = 0;
  Original original;
};
using OriginalsByHash = std::unordered_multimap<std::string, OriginalOfVersion>;

OriginalsByHash originals_by_hash(Database& database) {
  OriginalsByHash originals;
  auto rows = database.prepare("SELECT version, path, record, sha256 FROM original");
  while (rows.step()) {
    OriginalOfVersion one{rows.integer(0), {rows.string(1), {}, rows.string(3), {}}};
    if (rows.integer(2) != 0) one.original.record = static_cast<std::uint64_t>(rows.integer(2));
    originals.emplace(one.original.sha256, std::move(one));
  }
  return originals;
}

/// Compares what intake makes of an original's bytes with what the record holds.
void check_original(Database& database, const OriginalOfVersion& from, const Result<Article>& again,
                    Verification& out) {
  auto row = database.prepare("SELECT id, text FROM version WHERE key = ?");
  if (!row.bind(from.version).step()) return;
  ++out.originals;
  if (!again) {
    note(out, "intake", row.text(0), fmt::format("{}: {}", from.original.path, again.error().message));
  } else if (again->text != row.text(1)) {
    note(out, "intake", row.text(0), fmt::format("{} now gives another text", from.original.path));
  }
}

/// What no document was the original of, by path and record.
void note_missing(OriginalsByHash waiting, Verification& out) {
  out.missing_count = waiting.size();
  for (auto& [hash, one] : waiting) out.missing.push_back(std::move(one.original));
  std::ranges::sort(out.missing, {},
                    [](const Original& one) { return std::pair(one.path, one.record.value_or(0)); });
  if (out.missing.size() > kMostFindings) out.missing.resize(kMostFindings);
}

/// The kept originals, one after another. Those that cannot be unpacked are `verify`'s to tell.
Record::NextDocument kept_documents(Database& database) {
  auto hashes = std::make_shared<std::vector<std::string>>();
  auto rows = database.prepare("SELECT sha256 FROM kept ORDER BY sha256 DESC");
  while (rows.step()) hashes->push_back(rows.string(0));
  return [&database, hashes]() -> std::optional<std::string> {
    while (!hashes->empty()) {
      const std::string hash = std::move(hashes->back());
      hashes->pop_back();
      if (auto bytes = kept_bytes(database, hash)) return bytes;
    }
    return std::nullopt;
  };
}

std::vector<std::int64_t> version_keys(Database& database) {
  auto rows = database.prepare("SELECT key FROM version ORDER BY id");
  std::vector<std::int64_t> keys;
  while (rows.step()) keys.push_back(rows.integer(0));
  return keys;
}

}  // namespace

Result<Verification> Record::verify() const {
  Database& database = store_->database;
  Verification out;
  check_file(database, out);
  for (const std::int64_t key : version_keys(database)) VersionCheck(database, key, out).run();
  check_currents(database, out);
  check_corrections(database, out);
  check_kept(database, out);
  check_index(database, store_->writable, out);
  return database.outcome(std::move(out));
}

Result<Verification> Record::verify_originals(const NextDocument& next, const RunIntake& intake) const {
  Database& database = store_->database;
  Verification out;
  OriginalsByHash waiting = originals_by_hash(database);
  const NextDocument next_document = next ? next : kept_documents(database);
  while (const std::optional<std::string> bytes = next_document()) {
    const auto [first, last] = waiting.equal_range(hex(sha256(*bytes)));
    for (auto one = first; one != last; ++one) {
      check_original(database, one->second, intake(one->second.original, *bytes), out);
    }
    waiting.erase(first, last);  // the same bytes at a second place would only be read again
  }
  if (next) note_missing(std::move(waiting), out);
  return database.outcome(std::move(out));
}

}  // namespace onrecord
