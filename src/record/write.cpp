// Writing: batches of articles, rejections, removal.
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/corrections.h"
#include "record/current_version.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "text/sha256.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

bool fit(std::string_view text, const Spans& spans) {
  return std::ranges::all_of(spans, [&](Span span) { return cuts(text, span); });
}

bool fits(std::string_view text, const Quotation& quotation) {
  for (const Spans* spans :
       {&quotation.content, &quotation.content_with_marks, &quotation.quoted, &quotation.cue,
        &quotation.source, &quotation.speaker.spans, &quotation.addressee.spans, &quotation.venue.spans,
        &quotation.when.spans, &quotation.unnamed.how_many.spans, &quotation.unnamed.kind.spans,
        &quotation.unnamed.reason.spans}) {
    if (!fit(text, *spans)) return false;
  }
  return !quotation.content.empty() &&
         std::ranges::all_of(quotation.authority, [&](const AuthorityLink& link) {
           return link.spans.size() < 256 && fit(text, link.spans);
         });
}

/// What no sound caller hands over. Checked because the file must never hold a span that does not cut.
Result<void> check(const ReadArticle& read) {
  const std::string_view text = read.article.text;
  const auto refuse = [&](std::string_view what) -> Result<void> {
    return std::unexpected(
        Error{ErrorCode::kInvalidArgument, std::string(what), read.original.path, read.original.record, {}});
  };
  if (!is_valid_utf8(text)) return refuse("the article's text is not valid UTF-8");
  if (text.find('\0') != std::string_view::npos) return refuse("the article's text holds a NUL character");
  for (const Paragraph& paragraph : read.article.paragraphs) {
    if (!cuts(text, paragraph.span)) return refuse("a paragraph lies outside the article's text");
  }
  for (const Field& field : read.article.fields) {
    if (field.span && !cuts(text, *field.span))
      return refuse("a field's span lies outside the article's text");
    if (!is_valid_utf8(field.value)) return refuse("a field's value is not valid UTF-8");
  }
  if (!fit(text, read.sentences)) return refuse("a sentence lies outside the article's text");
  if (!std::ranges::all_of(read.quotations,
                           [&](const Quotation& quotation) { return fits(text, quotation); })) {
    return refuse("a quotation's span lies outside the article's text");
  }
  return {};
}

std::int64_t insert_article(Database& database, const ArticleIdentity& identity) {
  database.prepare("INSERT INTO article(id, outlet, canonical_url) VALUES (?, ?, ?)")
      .bind(identity.article)
      .bind_known(identity.outlet)
      .bind_known(identity.canonical_url)
      .run();
  return database.last_key();
}

std::optional<std::int64_t> find_key(Database& database, std::string_view sql, std::string_view id) {
  auto statement = database.prepare(sql);
  if (!statement.bind(id).step()) return std::nullopt;
  return statement.integer(0);
}

void insert_paragraphs(Database& database, std::int64_t version, const Article& article) {
  for (std::size_t i = 0; i < article.paragraphs.size(); ++i) {
    const Paragraph& paragraph = article.paragraphs[i];
    database.prepare("INSERT INTO paragraph VALUES (?, ?, ?, ?, ?)")
        .bind(version, i, code(paragraph.role), paragraph.span.begin, paragraph.span.end)
        .run();
  }
}

void insert_fields(Database& database, std::int64_t version, const Article& article) {
  for (std::size_t i = 0; i < article.fields.size(); ++i) {
    const Field& field = article.fields[i];
    auto insert = database.prepare("INSERT INTO field VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(version, i, field.name, field.value, field.found_in);
    if (field.span) {
      insert.bind(field.span->begin, field.span->end);
    } else {
      insert.bind_null().bind_null();
    }
    insert.run();
  }
}

std::int64_t insert_version(Database& database, std::int64_t article_key, const ArticleIdentity& identity,
                            const ReadArticle& read, std::int64_t batch) {
  const Article& article = read.article;
  database
      .prepare(
          "INSERT INTO version(id, article, current, title, published, modified, language, reading, batch, "
          "text_sha256, text) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(identity.version, article_key)
      .bind_known(article.field("title"))
      .bind_known(article.field("published"))
      .bind_known(article.field("modified"))
      .bind_known(article.field("language"))
      .bind(read.reading, batch, identity.text_sha256, article.text)
      .run();
  const std::int64_t key = database.last_key();
  insert_paragraphs(database, key, article);
  insert_fields(database, key, article);
  return key;
}

/// zstd's default.
constexpr int kCompressionLevel = 3;

void keep_bytes(Database& database, const Original& original) {
  if (!original.bytes) return;
  if (find_key(database, "SELECT 1 FROM kept WHERE sha256 = ?", original.sha256)) return;
  std::string packed(ZSTD_compressBound(original.bytes->size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), original.bytes->data(),
                                         original.bytes->size(), kCompressionLevel);
  if (ZSTD_isError(size) != 0) {
    return database.fail({ErrorCode::kSystem, "the original could not be compressed", original.path, {}, {}});
  }
  packed.resize(size);
  database.prepare("INSERT INTO kept VALUES (?, ?, ?)")
      .bind(original.sha256, original.bytes->size())
      .bind_blob(packed)
      .run();
}

void insert_original(Database& database, std::int64_t version, const Original& original) {
  const std::uint64_t record = original.record.value_or(0);
  database.prepare("INSERT OR IGNORE INTO original VALUES (?, ?, ?, ?)")
      .bind(version, original.path, record, original.sha256)
      .run();
  database.prepare("DELETE FROM rejection WHERE path = ? AND record = ?").bind(original.path, record).run();
  keep_bytes(database, original);
}

/// Where the same value was found at two places, or the same text in two encodings, the smaller name stands,
/// so that the order in which they came in does not show.
void merge_fields(Database& database, std::int64_t version, const Article& article) {
  for (const Field& field : article.fields) {
    if (field.name == "encoding") {
      database.prepare("UPDATE field SET value = ? WHERE version = ? AND name = 'encoding' AND value > ?")
          .bind(field.value, version, field.value)
          .run();
    }
    database
        .prepare(
            "UPDATE field SET found_in = ? WHERE version = ? AND name = ? AND value = ? AND found_in > ?")
        .bind(field.found_in, version, field.name, field.value, field.found_in)
        .run();
  }
}

/// Removed as an article, as this version, or as this text of the article under whatever title. A text of
/// which nobody says where it appeared may be any article that had it.
bool is_removed(Database& database, const ArticleIdentity& identity) {
  const bool is_text_alone = identity.outlet.empty() && identity.canonical_url.empty();
  auto row = database.prepare(
      "SELECT 1 FROM tombstone WHERE id IN (?1, ?2) OR (text_sha256 = ?3 AND (article_id = ?1 OR ?4)) LIMIT "
      "1");
  return row.bind(identity.article, identity.version, identity.text_sha256, is_text_alone ? 1 : 0).step();
}

std::string reading_of(Database& database, std::int64_t version) {
  auto statement = database.prepare("SELECT reading FROM version WHERE key = ?");
  return statement.bind(version).step() ? statement.string(0) : std::string();
}

class Batch {
 public:
  Batch(Database& database, const std::string& now) : database_(database), joins_(database) {
    database_.prepare("INSERT INTO batch(committed_at, articles, versions, quotations) VALUES (?, 0, 0, 0)")
        .bind(now)
        .run();
    key_ = database_.last_key();
  }

  Added add(const ReadArticle& read) {
    const ArticleIdentity identity = identify(read.article);
    Added added{AddOutcome::kNewArticle, identity.article, identity.version, 0};
    if (is_removed(database_, identity)) {
      added.outcome = AddOutcome::kRemoved;
      return added;
    }
    auto version = find_key(database_, "SELECT key FROM version WHERE id = ?", identity.version);
    if (version && reading_of(database_, *version) == read.reading) {
      added.outcome = AddOutcome::kKnown;
      merge_fields(database_, *version, read.article);
    } else if (version) {
      added.outcome = AddOutcome::kReread;
      read_again(*version, identity, read);
    } else {
      version = write_new(identity, read, added);
    }
    insert_original(database_, *version, read.original);
    if (added.outcome != AddOutcome::kKnown)
      added.quotations = static_cast<std::uint32_t>(read.quotations.size());
    quotations_ += added.quotations;
    return added;
  }

  /// Joins the speakers and writes what the batch came to; an empty one leaves no row.
  void close() {
    joins_.settle(lost_speakers_ ? SpeakerJoins::Sweep::kUnnamedSpeakers : SpeakerJoins::Sweep::kNo);
    if (versions_ == 0) {
      database_.prepare("DELETE FROM batch WHERE key = ?").bind(key_).run();
      return;
    }
    database_.prepare("UPDATE batch SET articles = ?, versions = ?, quotations = ? WHERE key = ?")
        .bind(articles_, versions_, quotations_, key_)
        .run();
  }

 private:
  static VersionInHand in_hand(std::int64_t key, std::int64_t article, const ArticleIdentity& identity,
                               const ReadArticle& read) {
    return {key, article, identity.version, identity.article, read.article.text};
  }

  std::int64_t write_new(const ArticleIdentity& identity, const ReadArticle& read, Added& added) {
    auto article = find_key(database_, "SELECT key FROM article WHERE id = ?", identity.article);
    added.outcome = article ? AddOutcome::kNewVersion : AddOutcome::kNewArticle;
    if (article) {
      joins_.before_change(*article);
    } else {
      article = insert_article(database_, identity);
      ++articles_;
    }
    ++versions_;
    const std::int64_t key = insert_version(database_, *article, identity, read, key_);
    insert_quotations(database_, in_hand(key, *article, identity, read), read.quotations, read.sentences);
    choose_current_version(database_, *article);
    attach(*article);
    return key;
  }

  void read_again(std::int64_t key, const ArticleIdentity& identity, const ReadArticle& read) {
    const auto article = find_key(database_, "SELECT key FROM article WHERE id = ?", identity.article);
    const VersionInHand version = in_hand(key, article.value_or(0), identity, read);
    joins_.before_change(version.article);
    delete_quotations(database_, version);
    insert_quotations(database_, version, read.quotations, read.sentences);
    database_.prepare("UPDATE version SET reading = ? WHERE key = ?").bind(read.reading, key).run();
    attach(version.article);
    lost_speakers_ = true;
  }

  void attach(std::int64_t article) {
    lost_speakers_ = attach_corrections(database_, article) || lost_speakers_;
    joins_.after_change(article);
  }

  Database& database_;
  SpeakerJoins joins_;
  bool lost_speakers_ = false;  ///< speakers may be there whom nothing names any more
  std::int64_t key_ = 0;
  std::uint64_t articles_ = 0;
  std::uint64_t versions_ = 0;
  std::uint64_t quotations_ = 0;
};

}  // namespace

Result<std::vector<Added>> Record::add(std::span<const ReadArticle> articles) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  for (const ReadArticle& read : articles) {
    if (auto sound = check(read); !sound) return std::unexpected(sound.error());
  }
  Database& database = store_->database;
  Transaction transaction(database);
  std::vector<Added> added;
  added.reserve(articles.size());
  {
    const std::string now = store_->now();
    Batch batch(database, now);
    for (const ReadArticle& read : articles) {
      if (database.failed()) break;
      added.push_back(batch.add(read));
    }
    batch.close();
  }
  transaction.commit();
  return database.outcome(std::move(added));
}

Result<Added> Record::add_original(const Article& article, const Original& original) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  const ArticleIdentity identity = identify(article);
  Transaction transaction(database);
  const auto version = find_key(database, "SELECT key FROM version WHERE id = ?", identity.version);
  if (!database.failed() && !version) {
    return fail(ErrorCode::kNotFound, fmt::format("no version with the id {}", identity.version));
  }
  if (version) {
    merge_fields(database, *version, article);
    insert_original(database, *version, original);
  }
  transaction.commit();
  return database.outcome(Added{AddOutcome::kKnown, identity.article, identity.version, 0});
}

Result<bool> Record::has(const Article& article, std::string_view reading) const {
  Database& database = store_->database;
  auto statement = database.prepare("SELECT 1 FROM version WHERE id = ? AND reading = ?");
  const std::string id = identify(article).version;
  const bool found = statement.bind(id, reading).step();
  return database.outcome(found);
}

Result<void> Record::add_rejections(std::span<const Error> rejections) {
  if (auto writable = store_->check_writable(); !writable) return writable;
  Database& database = store_->database;
  Transaction transaction(database);
  const std::string now = store_->now();
  for (const Error& rejection : rejections) {
    database
        .prepare(
            "INSERT INTO rejection VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(path, record) DO UPDATE SET "
            "\"offset\" = excluded.\"offset\", code = excluded.code, message = excluded.message")
        .bind(rejection.file, rejection.record.value_or(0), rejection.offset, name(rejection.code),
              rejection.message, now)
        .run();
  }
  transaction.commit();
  return database.outcome();
}

}  // namespace onrecord
