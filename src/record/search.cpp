// Searching, and the lists of articles and speakers.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>
#include <utility>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/relevance.h"
#include "record/search_words.h"
#include "record/store.h"
#include "record/understood_search.h"

namespace onrecord {
namespace {

constexpr std::string_view kEffectiveSpeaker =
    "CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END";

/// When it was said, or else published: one ISO date or "begin/end".
constexpr std::string_view kDate = "COALESCE(q.said, v.published)";

/// A condition that grows, with what is bound to it in order.
class Filter {
 public:
  void require(std::string_view condition) { sql_ += fmt::format(" AND {}", condition); }
  void require(std::string_view condition, std::string value) {
    require(condition);
    values_.push_back(std::move(value));
  }
  template <class Enum>
  void require_one_of(std::string_view column, const std::vector<Enum>& values) {
    if (values.empty()) return;
    std::string codes;
    for (const Enum value : values) codes += fmt::format("{}{}", codes.empty() ? "" : ", ", code(value));
    require(fmt::format("{} IN ({})", column, codes));
  }
  [[nodiscard]] const std::string& sql() const { return sql_; }
  void bind_to(Statement& statement) const {
    for (const std::string& value : values_) statement.bind(value);
  }

 private:
  std::string sql_;
  std::vector<std::string> values_;
};

/// Dates are compared as text. '~' sorts after every character of a date, so "2026-08~" stands for the end of
/// that month and a date known to the month overlaps every day of it.
void require_dates(Filter& filter, const SearchQuery& query) {
  if (!query.since.empty()) {
    filter.require(fmt::format("substr({0}, instr({0}, '/') + 1) || '~' >= ?", kDate), query.since);
  }
  if (!query.until.empty()) {
    filter.require(
        fmt::format("CASE instr({0}, '/') WHEN 0 THEN {0} ELSE substr({0}, 1, instr({0}, '/') - 1) END <= ?",
                    kDate),
        query.until + "~");
  }
  if (!query.new_since.empty()) filter.require("b.committed_at >= ?", query.new_since);
}

void require_one_of(Filter& filter, const std::vector<std::int64_t>& speakers) {
  filter.require(fmt::format("{} IN ({})", kEffectiveSpeaker, fmt::join(speakers, ",")));
}

void require_speaker(Database& database, Filter& filter, const std::string& speaker) {
  if (!speaker.empty())
    require_one_of(filter, with_their_aliases(database, speakers_called(database, speaker)));
}

/// Articles of the outlet with this name or, when there is none, of those that have all its words in their
/// names.
void require_outlet(Database& database, Filter& filter, std::string_view column, std::string_view outlet) {
  if (outlet.empty()) return;
  auto exact = database.prepare("SELECT 1 FROM article WHERE outlet = ? COLLATE NOCASE LIMIT 1");
  if (exact.bind(outlet).step()) {
    filter.require(fmt::format("{} = ? COLLATE NOCASE", column), std::string(outlet));
    return;
  }
  for (const auto word : std::views::split(outlet, ' ')) {
    filter.require(fmt::format("instr(' ' || lower({}) || ' ', ' ' || lower(?) || ' ') > 0", column),
                   std::string(word.begin(), word.end()));
  }
}

Result<Filter> make_filter(Database& database, const UnderstoodSearch& search) {
  const SearchQuery& query = search.query;
  Filter filter;
  if (search.described) require_one_of(filter, with_their_aliases(database, *search.described));
  if (!search.match.empty()) filter.require("search MATCH ?", search.match);
  filter.require("v.current = 1");
  filter.require("COALESCE(c.rejected, 0) = 0");
  filter.require("c.merged_into IS NULL");
  require_speaker(database, filter, query.speaker);
  if (!query.article.empty()) {
    const bool is_version = query.article.starts_with('v') || query.article.starts_with('V');
    const auto located = locate(database, is_version ? "version" : "article", query.article);
    if (!located) return std::unexpected(located.error());
    filter.require(is_version ? "v.id = ?" : "a.id = ?", located->id);
  }
  if (!query.story.empty()) {
    filter.require(
        "q.version IN (SELECT version FROM compared WHERE story = (SELECT key FROM story WHERE id = ?))",
        query.story);
  }
  if (query.unsure_speakers) filter.require("q.speaker_confidence < 500 AND c.speaker_known IS NULL");
  require_outlet(database, filter, "a.outlet", query.outlet);
  require_dates(filter, query);
  filter.require_one_of("COALESCE(c.kind, q.kind)", query.kinds);
  filter.require_one_of("q.mode", query.modes);
  if (query.least_confidence > 0) filter.require(is_sure_sql(query.least_confidence));
  filter.require_one_of("COALESCE(c.speaker_kind, q.speaker_kind)", query.speaker_kinds);
  if (search.wants_unnamed) {
    filter.require_one_of("COALESCE(c.speaker_kind, q.speaker_kind)", std::vector{SpeakerKind::kUnnamed});
  }
  return filter;
}

std::string from_clause(const UnderstoodSearch& search) {
  const std::string_view quotations =
      search.match.empty() ? "quotation q" : "search CROSS JOIN quotation q ON q.key = search.rowid";
  return fmt::format(
      " FROM {} JOIN version v ON v.key = q.version JOIN article a ON a.key = v.article "
      "JOIN batch b ON b.key = v.batch LEFT JOIN corrected c ON c.quotation = q.key WHERE 1",
      quotations);
}

std::string order_clause(const UnderstoodSearch& search) {
  if (search.query.order == SearchOrder::kRelevance && !search.match.empty())
    return fmt::format(" ORDER BY bm25(search, {}), q.id", kColumnWeights);
  if (search.query.order == SearchOrder::kUnsureSpeaker)
    return " ORDER BY q.speaker_confidence, q.confidence DESC, q.id";
  return fmt::format(" ORDER BY {} DESC NULLS LAST, a.id, q.context_begin, q.id", kDate);
}

std::uint64_t count(Database& database, const std::string& from, const Filter& filter) {
  auto statement = database.prepare(
      fmt::format("SELECT count(*) FROM (SELECT 1{}{} LIMIT {})", from, filter.sql(), kSearchCountLimit + 1));
  filter.bind_to(statement);
  return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

std::string newest_published(Database& database) {
  auto row = database.prepare("SELECT max(published) FROM version WHERE current = 1");
  return row.step() ? row.string(0) : std::string();
}

/// A search as the SQL that it comes to.
struct SearchSql {
  UnderstoodSearch search;
  Filter filter;
  std::string from;
};

Result<SearchSql> sql_of(Database& database, const SearchQuery& asked) {
  const SearchedRecord record{database, [&] { return newest_published(database); },
                              [&](const UnderstoodSearch& search) -> Result<bool> {
                                const auto filter = make_filter(database, search);
                                if (!filter) return std::unexpected(filter.error());
                                return count(database, from_clause(search), *filter) > 0;
                              }};
  auto search = understand(record, asked);
  if (!search) return std::unexpected(search.error());
  SearchSql sql;
  sql.search = std::move(*search);
  auto filter = make_filter(database, sql.search);
  if (!filter) return std::unexpected(filter.error());
  sql.filter = std::move(*filter);
  sql.from = from_clause(sql.search);
  return sql;
}

}  // namespace

Result<SearchResult> Record::search(const SearchQuery& asked) const {
  Database& database = store_->database;
  const auto understood = sql_of(database, asked);
  if (!understood) return std::unexpected(understood.error());
  const SearchQuery& query = understood->search.query;
  const auto offset = offset_of(query.cursor);
  if (!offset) return std::unexpected(offset.error());
  const Filter& filter = understood->filter;
  SearchResult result;
  result.total = count(database, understood->from, filter);
  result.total_is_capped = result.total > kSearchCountLimit;
  if (result.total_is_capped) result.total = kSearchCountLimit;
  std::vector<std::int64_t> keys;
  {
    auto statement = database.prepare(fmt::format("SELECT q.key{}{}{} LIMIT ? OFFSET ?", understood->from,
                                                  filter.sql(), order_clause(understood->search)));
    filter.bind_to(statement);
    // One more than asked for tells whether there is a next page.
    statement.bind(std::uint64_t{query.limit} + 1, *offset);
    while (statement.step()) keys.push_back(statement.integer(0));
  }
  if (keys.size() > query.limit) {
    keys.resize(query.limit);
    result.next = std::to_string(*offset + query.limit);
  }
  result.rows = read_quotations(database, keys);
  return database.outcome(std::move(result));
}

namespace {

Filter filter_of(Database& database, const ArticleFilter& wanted) {
  Filter filter;
  require_outlet(database, filter, "outlet", wanted.outlet);
  for (const auto word : std::views::split(wanted.title_words, ' ')) {
    filter.require("instr(lower(title), lower(?)) > 0", std::string(word.begin(), word.end()));
  }
  return filter;
}

}  // namespace

Result<std::uint64_t> Record::count_articles(const ArticleFilter& wanted) const {
  Database& database = store_->database;
  const Filter filter = filter_of(database, wanted);
  // Not through the view, which counts quotations and versions of each.
  auto row = database.prepare(fmt::format(
      "SELECT count(*) FROM article a JOIN version v ON v.article = a.key AND v.current = 1 WHERE 1{}",
      filter.sql()));
  filter.bind_to(row);
  const auto total = row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
  return database.outcome(total);
}

Result<std::vector<ArticleRow>> Record::articles(const ArticleFilter& wanted, std::uint32_t limit,
                                                 std::uint64_t offset) const {
  Database& database = store_->database;
  const Filter filter = filter_of(database, wanted);
  auto rows = database.prepare(fmt::format(
      "SELECT id, version, outlet, title, published, url, added_at, length(CAST(text AS BLOB)), quotations, "
      "versions, (SELECT min(o.path) FROM original o JOIN version v ON v.key = o.version "
      "WHERE v.id = articles.version) "
      "FROM articles WHERE 1{} ORDER BY published DESC NULLS LAST, id LIMIT ? OFFSET ?",
      filter.sql()));
  filter.bind_to(rows);
  rows.bind(limit, offset);
  std::vector<ArticleRow> articles;
  while (rows.step()) {
    articles.push_back({rows.string(0), rows.string(1), rows.string(2), rows.string(3), rows.string(4),
                        rows.string(5), rows.string(6), static_cast<std::uint64_t>(rows.integer(7)),
                        static_cast<std::uint64_t>(rows.integer(8)),
                        static_cast<std::uint64_t>(rows.integer(9)), rows.string(10)});
  }
  return database.outcome(std::move(articles));
}

namespace {

SpeakerRow speaker_row(const Statement& row) {
  return {row.string(0),
          row.string(1),
          speaker_kind(row.text(2)).value_or(SpeakerKind::kUnknown),
          row.string(3),
          static_cast<std::uint64_t>(row.integer(4)),
          static_cast<std::uint64_t>(row.integer(5)),
          row.string(6),
          row.string(7),
          static_cast<std::uint64_t>(row.integer(8)),
          row.string(9)};
}

constexpr std::string_view kSpeakerColumns =
    "SELECT id, name, kind, article, quotations, articles, first, last, names, identifier FROM speakers";

/// Rows of these persons, by key: as the view has them, without counting everybody's quotations.
std::string rows_of_persons(Database& database, const std::vector<std::int64_t>& persons) {
  return fmt::format(
      "SELECT r.id AS id, r.name AS name, (SELECT name FROM code WHERE code = r.kind), (SELECT id FROM "
      "article WHERE key = "
      "r.article), count(*) AS quotations, count(DISTINCT v.article), min({0}), max({0}), count(DISTINCT "
      "p.name), "
      "(SELECT identifier FROM identified WHERE person = r.key) "
      "FROM (SELECT key FROM quotation WHERE speaker IN ({1}) UNION SELECT quotation FROM corrected WHERE "
      "speaker "
      "IN ({1})) one JOIN quotation q ON q.key = one.key JOIN version v ON v.key = q.version AND v.current = "
      "1 "
      "LEFT JOIN corrected c ON c.quotation = q.key JOIN speaker p ON p.key = {2} LEFT JOIN joined j ON "
      "j.speaker "
      "= p.key JOIN speaker r ON r.key = COALESCE(j.person, p.key) WHERE COALESCE(c.rejected, 0) = 0 AND "
      "c.merged_into IS NULL AND r.key IN ({3}) GROUP BY r.key",
      kDate, fmt::join(with_their_aliases(database, persons), ","), kEffectiveSpeaker,
      fmt::join(persons, ","));
}

/// The speakers that `words` are of; everybody without words.
std::string speakers_with(Database& database, std::string_view words) {
  if (words.empty()) return std::string(kSpeakerColumns);
  return rows_of_persons(database, persons_with_words(database, words));
}

}  // namespace

std::vector<std::int64_t> persons_with_words(Database& database, std::string_view words) {
  std::vector<std::int64_t> persons;
  const std::string match = all_words(words);
  auto rows = database.prepare("SELECT rowid FROM speaker_search WHERE speaker_search MATCH ?");
  rows.bind(match);
  while (!match.empty() && rows.step()) persons.push_back(person_of(database, rows.integer(0)));
  std::ranges::sort(persons);
  persons.erase(std::ranges::unique(persons).begin(), persons.end());
  return persons;
}

Result<std::uint64_t> Record::count_speakers(std::string_view words) const {
  Database& database = store_->database;
  auto row = database.prepare(fmt::format("SELECT count(*) FROM ({})", speakers_with(database, words)));
  const auto total = row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
  return database.outcome(total);
}

Result<std::vector<SpeakerRow>> Record::speakers(std::string_view words, std::uint32_t limit,
                                                 std::uint64_t offset) const {
  Database& database = store_->database;
  std::vector<SpeakerRow> speakers;
  auto rows =
      database.prepare(fmt::format("SELECT * FROM ({}) ORDER BY quotations DESC, name, id LIMIT ? OFFSET ?",
                                   speakers_with(database, words)));
  rows.bind(limit, offset);
  while (rows.step()) speakers.push_back(speaker_row(rows));
  return database.outcome(std::move(speakers));
}

Result<std::vector<SpeakerRow>> Record::called(std::string_view name, std::uint32_t limit) const {
  Database& database = store_->database;
  auto rows = database.prepare(fmt::format("SELECT * FROM ({}) ORDER BY quotations DESC, name, id LIMIT ?",
                                           rows_of_persons(database, speakers_called(database, name))));
  rows.bind(limit);
  std::vector<SpeakerRow> speakers;
  while (rows.step()) speakers.push_back(speaker_row(rows));
  return database.outcome(std::move(speakers));
}

Result<SpeakerRow> Record::speaker(std::string_view id) const {
  Database& database = store_->database;
  const auto located = locate(database, "speaker", id);
  if (!located) return std::unexpected(located.error());
  auto row = database.prepare(rows_of_persons(database, {person_of(database, located->key)}));
  SpeakerRow speaker;
  if (row.step()) speaker = speaker_row(row);
  if (!database.failed() && speaker.id.empty()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("the speaker {} has no quotation that counts any more", id));
  }
  return database.outcome(std::move(speaker));
}

Result<RecordCounts> Record::counts() const {
  Database& database = store_->database;
  RecordCounts counts;
  const auto ask = [&](std::string_view sql) {
    auto statement = database.prepare(sql);
    return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
  };
  counts.articles = ask("SELECT count(*) FROM article");
  counts.versions = ask("SELECT count(*) FROM version");
  counts.quotations =
      ask("SELECT count(*) FROM quotation q JOIN version v ON v.key = q.version AND v.current = 1 LEFT JOIN "
          "corrected c "
          "ON c.quotation = q.key WHERE COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL");
  counts.speakers = ask("SELECT count(*) FROM speaker");
  counts.corrections = ask("SELECT count(*) FROM correction WHERE undone_at IS NULL");
  counts.detached = ask("SELECT count(*) FROM corrections WHERE detached = 1");
  counts.rejections = ask("SELECT count(*) FROM rejection");
  counts.tombstones = ask("SELECT count(*) FROM tombstone");
  counts.originals_kept = ask("SELECT count(*) FROM kept");
  counts.text_bytes = ask("SELECT COALESCE(sum(length(CAST(text AS BLOB))), 0) FROM version");
  counts.file_bytes = ask("PRAGMA page_count") * ask("PRAGMA page_size");
  return database.outcome(counts);
}

}  // namespace onrecord
