// Searching, and the lists of articles and speakers.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <ranges>
#include <utility>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/described_speakers.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/search_words.h"
#include "record/store.h"

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

/// What is looked for: words, and speakers who were found by how articles describe them.
struct Wanted : SearchWords {
  std::optional<std::vector<std::int64_t>> speakers;
};

Result<Filter> make_filter(Database& database, const SearchQuery& query, const Wanted& words) {
  Filter filter;
  if (words.speakers) require_one_of(filter, with_their_aliases(database, *words.speakers));
  if (!words.match.empty()) filter.require("search MATCH ?", words.match);
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
  filter.require_one_of("COALESCE(c.speaker_kind, q.speaker_kind)", query.speaker_kinds);
  if (words.wants_unnamed) {
    filter.require_one_of("COALESCE(c.speaker_kind, q.speaker_kind)", std::vector{SpeakerKind::kUnnamed});
  }
  return filter;
}

std::string from_clause(const SearchWords& words) {
  const std::string_view quotations =
      words.match.empty() ? "quotation q" : "search CROSS JOIN quotation q ON q.key = search.rowid";
  return fmt::format(
      " FROM {} JOIN version v ON v.key = q.version JOIN article a ON a.key = v.article "
      "JOIN batch b ON b.key = v.batch LEFT JOIN corrected c ON c.quotation = q.key WHERE 1",
      quotations);
}

/// The words themselves count most, then who said them; a match that stands only around them counts least.
constexpr std::string_view kRank = "bm25(search, 4.0, 1.0, 3.0)";

std::string order_clause(const SearchQuery& query, const SearchWords& words) {
  if (query.order == SearchOrder::kRelevance && !words.match.empty())
    return fmt::format(" ORDER BY {}, q.id", kRank);
  if (query.order == SearchOrder::kUnsureSpeaker)
    return " ORDER BY q.speaker_confidence, q.confidence DESC, q.id";
  return fmt::format(" ORDER BY {} DESC NULLS LAST, a.id, q.context_begin, q.id", kDate);
}

Result<std::uint64_t> offset_of(const std::string& cursor) {
  if (cursor.empty()) return 0;
  std::uint64_t offset = 0;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, error] = std::from_chars(cursor.data(), end, offset);
  if (error != std::errc() || stop != end || offset > std::uint64_t{1} << 32) {
    return fail(ErrorCode::kInvalidArgument, "the cursor is not one that a search gave");
  }
  return offset;
}

std::uint64_t count(Database& database, const std::string& from, const Filter& filter) {
  auto statement = database.prepare(
      fmt::format("SELECT count(*) FROM (SELECT 1{}{} LIMIT {})", from, filter.sql(), kSearchCountLimit + 1));
  filter.bind_to(statement);
  return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

/// A month without a year is the last one that the record has articles of or after; "since January" in a
/// record that ends in July is that year's.
std::string with_year(Database& database, const std::string& date) {
  if (!date.starts_with('-')) return date;
  auto row = database.prepare("SELECT max(published) FROM version WHERE current = 1");
  if (!row.step()) return {};
  const std::string newest = row.string(0);
  int year = 0;
  const auto [end, error] = std::from_chars(newest.data(), newest.data() + newest.size(), year);
  if (error != std::errc() || end != newest.data() + 4) return {};
  const bool reached = newest.size() >= 7 && newest.substr(4, 3) >= date;
  return fmt::format("{:04}{}", reached ? year : year - 1, date);
}

/// What the question says of the time narrows the query, unless its options already do.
SearchQuery with_dates(Database& database, SearchQuery query, const SearchWords& typed) {
  if (query.since.empty()) query.since = with_year(database, typed.since);
  if (query.until.empty()) query.until = with_year(database, typed.until);
  return query;
}

/// "Who spoke for Norland" asks for those whom an article gives an office of Norland; "what did Norland's
/// president say" for a speaker so described, when no speaker has such a name.
Result<Wanted> with_described_speakers(Database& database, const SearchQuery& query,
                                       const SearchWords& typed) {
  Wanted wanted{typed, std::nullopt};
  if (typed.described.empty()) return wanted;
  if (!typed.on_behalf) {
    if (auto persons = persons_named(database, typed.described); !persons.empty()) {
      wanted.speakers = std::move(persons);
      wanted.match = typed.rest;
      return wanted;
    }
    const auto filter = make_filter(database, query, wanted);
    if (!filter) return std::unexpected(filter.error());
    if (count(database, from_clause(wanted), *filter) > 0) return wanted;
  }
  auto speakers = speakers_described(database, typed.described,
                                     typed.on_behalf ? Description::kOnBehalf : Description::kAnywhere);
  if (speakers.empty()) return wanted;
  wanted.speakers = std::move(speakers);
  wanted.match = typed.rest;
  return wanted;
}

/// A query understood: what SQL it comes to.
struct Understood {
  SearchQuery query;
  Wanted words;
  Filter filter;
  std::string from;
};

Result<Understood> understand(Database& database, const SearchQuery& asked) {
  const auto typed = parse_search(asked.words);
  if (!typed) return std::unexpected(typed.error());
  Understood out;
  out.query = with_dates(database, asked, *typed);
  auto words = with_described_speakers(database, out.query, *typed);
  if (!words) return std::unexpected(words.error());
  out.words = std::move(*words);
  auto filter = make_filter(database, out.query, out.words);
  if (!filter) return std::unexpected(filter.error());
  out.filter = std::move(*filter);
  out.from = from_clause(out.words);
  return out;
}

/// Counts values as they come.
class Counter {
 public:
  void add(std::string_view value, std::string_view label) {
    if (value.empty()) return;
    TallyValue& counted = counts_[std::string(value)];
    if (counted.count++ == 0) counted.value = value, counted.label = label;
  }
  enum class Order { kMostFirst, kByValue };
  [[nodiscard]] std::vector<TallyValue> take(Order order) {
    std::vector<TallyValue> values;
    values.reserve(counts_.size());
    for (auto& [value, counted] : counts_) values.push_back(std::move(counted));
    if (order == Order::kMostFirst) {
      std::ranges::stable_sort(values,
                               [](const TallyValue& a, const TallyValue& b) { return a.count > b.count; });
    }
    return values;
  }

 private:
  std::map<std::string, TallyValue> counts_;
};

}  // namespace

Result<SearchTally> Record::tally(const SearchQuery& asked) const {
  Database& database = store_->database;
  const auto understood = understand(database, asked);
  if (!understood) return std::unexpected(understood.error());
  auto rows = database.prepare(fmt::format(
      "SELECT x.outlet, r.id, r.name, k.name, m.name, x.day FROM (SELECT a.outlet AS outlet, {} AS speaker, "
      "COALESCE(c.kind, q.kind) AS kind, q.mode AS mode, {} AS day{}{} LIMIT {}) x LEFT JOIN joined j ON "
      "j.speaker = "
      "x.speaker LEFT JOIN speaker r ON r.key = COALESCE(j.person, x.speaker) JOIN code k ON k.code = x.kind "
      "JOIN code "
      "m ON m.code = x.mode",
      kEffectiveSpeaker, kDate, understood->from, understood->filter.sql(), kSearchCountLimit + 1));
  understood->filter.bind_to(rows);
  Counter outlets;
  Counter speakers;
  Counter kinds;
  Counter modes;
  Counter days;
  SearchTally tally;
  for (std::uint64_t hits = 0; rows.step(); ++hits) {
    if (hits == kSearchCountLimit) {
      tally.is_capped = true;
      break;
    }
    outlets.add(rows.text(0), rows.text(0));
    speakers.add(rows.text(1), rows.text(2));
    kinds.add(rows.text(3), rows.text(3));
    modes.add(rows.text(4), rows.text(4));
    const std::string_view day = rows.text(5).substr(0, rows.text(5).find_first_of("T/"));
    days.add(day, day);
  }
  tally.outlets = outlets.take(Counter::Order::kMostFirst);
  tally.speakers = speakers.take(Counter::Order::kMostFirst);
  tally.kinds = kinds.take(Counter::Order::kMostFirst);
  tally.modes = modes.take(Counter::Order::kMostFirst);
  tally.days = days.take(Counter::Order::kByValue);
  return database.outcome(std::move(tally));
}

Result<SearchResult> Record::search(const SearchQuery& asked) const {
  Database& database = store_->database;
  const auto understood = understand(database, asked);
  if (!understood) return std::unexpected(understood.error());
  const SearchQuery& query = understood->query;
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
                                                  filter.sql(), order_clause(query, understood->words)));
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

/// The condition on the view of speakers that `words` are.
std::string speakers_with(Database& database, std::string_view words) {
  if (words.empty()) return "1";
  const std::string match = all_words(words);
  std::vector<std::int64_t> named;
  auto rows = database.prepare("SELECT rowid FROM speaker_search WHERE speaker_search MATCH ?");
  rows.bind(match);
  while (!match.empty() && rows.step()) named.push_back(person_of(database, rows.integer(0)));
  return fmt::format("id IN (SELECT id FROM speaker WHERE key IN ({}))", fmt::join(named, ","));
}

}  // namespace

Result<std::uint64_t> Record::count_speakers(std::string_view words) const {
  Database& database = store_->database;
  auto row =
      database.prepare(fmt::format("SELECT count(*) FROM speakers WHERE {}", speakers_with(database, words)));
  const auto total = row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
  return database.outcome(total);
}

Result<std::vector<SpeakerRow>> Record::speakers(std::string_view words, std::uint32_t limit,
                                                 std::uint64_t offset) const {
  Database& database = store_->database;
  std::vector<SpeakerRow> speakers;
  const std::string chosen = speakers_with(database, words);
  auto rows = database.prepare(fmt::format("{} WHERE {} ORDER BY quotations DESC, name, id LIMIT ? OFFSET ?",
                                           kSpeakerColumns, chosen));
  rows.bind(limit, offset);
  while (rows.step()) speakers.push_back(speaker_row(rows));
  return database.outcome(std::move(speakers));
}

Result<std::vector<SpeakerRow>> Record::called(std::string_view name, std::uint32_t limit) const {
  Database& database = store_->database;
  const auto keys = speakers_called(database, name);
  auto rows = database.prepare(fmt::format(
      "{} WHERE id IN (SELECT id FROM speaker WHERE key IN ({})) ORDER BY quotations DESC, name, id LIMIT ?",
      kSpeakerColumns, fmt::join(keys, ",")));
  rows.bind(limit);
  std::vector<SpeakerRow> speakers;
  while (rows.step()) speakers.push_back(speaker_row(rows));
  return database.outcome(std::move(speakers));
}

Result<SpeakerRow> Record::speaker(std::string_view id) const {
  Database& database = store_->database;
  const auto located = locate(database, "speaker", id);
  if (!located) return std::unexpected(located.error());
  auto row =
      database.prepare(fmt::format("{} WHERE id = (SELECT id FROM speaker WHERE key = ?)", kSpeakerColumns));
  SpeakerRow speaker;
  if (row.bind(person_of(database, located->key)).step()) speaker = speaker_row(row);
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
