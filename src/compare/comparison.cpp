#include "compare/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <utility>

#include "compare/compare_record.h"
#include "compare/coverage.h"
#include "compare/reprints.h"
#include "compare/statements.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

float from_thousandths(std::int64_t value) { return static_cast<float>(value) / 1000.0F; }

std::uint64_t count_of(Database& database, std::string_view sql) {
  auto row = database.prepare(sql);
  return row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
}

std::string statement_id(std::string_view quotation_id) { return fmt::format("s{}", quotation_id.substr(1)); }

Error no_such(std::string_view what, std::string_view id, std::string_view advice) {
  Error error{ErrorCode::kNotFound, fmt::format("no {} with the id {}", what, id), {}, {}, {}};
  error.advice = advice;
  return error;
}

/// The quotation that an id of a statement or of a quotation, or the beginning of one, names.
Result<Located> locate_quotation(Database& database, std::string_view typed) {
  const std::string id = normalise_id(typed, "sq");
  if (id.empty()) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("\"{}\" is no id of a statement, nor the beginning of one: those are s or q and 12 "
                    "digits or letters",
                    typed));
  }
  auto located = locate(database, "quotation", "q" + id.substr(1));
  if (located || located.error().code != ErrorCode::kNotFound) return located;
  // An article was read anew since: what stands where its first witness stood.
  auto now = database.prepare(
      "SELECT q.key, q.id FROM given_id g JOIN version v ON v.id = g.version JOIN quotation q ON q.version = "
      "v.key WHERE "
      "g.id >= ?1 AND g.id < ?1 || '~' AND min(q.content_end, g.\"end\") > max(q.content_begin, g.\"begin\") "
      "ORDER BY "
      "min(q.content_end, g.\"end\") - max(q.content_begin, g.\"begin\") DESC, q.id LIMIT 1");
  if (now.bind("s" + id.substr(1)).step()) return Located{now.integer(0), now.string(1)};
  return located;
}

/// The statement that a quotation carries: the key of its first witness; its own when it is alone.
std::int64_t statement_of(Database& database, std::int64_t quotation) {
  auto row = database.prepare(
      "SELECT statement FROM witness WHERE quotation = ? ORDER BY statement != ?1, confidence DESC, "
      "statement "
      "LIMIT 1");
  return row.bind(quotation).step() ? row.integer(0) : quotation;
}

ToldWitness alone(RecordedQuotation quotation) {
  ToldWitness witness;
  witness.quotation = std::move(quotation);
  return witness;
}

constexpr std::string_view kWitnesses =
    "SELECT w.quotation, w.relation, w.altered, w.confidence, w.decided, r.text, oa.id, k.provisional, "
    "w.quotation = s.base "
    "FROM witness w JOIN statement s ON s.first = w.statement JOIN quotation q ON q.key = w.quotation "
    "LEFT JOIN reason r ON r.key = w.reason LEFT JOIN compared k ON k.version = q.version "
    "LEFT JOIN version o ON o.key = k.original LEFT JOIN article oa ON oa.key = o.article "
    "WHERE w.statement = ? ORDER BY COALESCE(k.place, 1 << 40), q.content_begin, q.id";

std::vector<ToldWitness> witnesses_of(Database& database, std::int64_t statement, std::size_t& base) {
  std::vector<ToldWitness> witnesses;
  auto rows = database.prepare(kWitnesses);
  rows.bind(statement);
  while (rows.step()) {
    auto quotations = read_quotations(database, {rows.integer(0)});
    if (quotations.empty() || quotations.front().rejected || !quotations.front().merged_into.empty())
      continue;
    if (rows.integer(8) != 0) base = witnesses.size();
    ToldWitness& witness = witnesses.emplace_back(alone(std::move(quotations.front())));
    witness.relation = witness_relation_of(rows.integer(1));
    witness.altered = rows.integer(2) != 0;
    witness.confidence = from_thousandths(rows.integer(3));
    witness.decided = rows.integer(4) != 0;
    witness.reason = rows.string(5), witness.reprint_of = rows.string(6);
    witness.provisional = rows.integer(7) != 0;
  }
  return witnesses;
}

constexpr std::string_view kArticleRow =
    "SELECT a.id, v.id, a.outlet, v.title, v.published, a.canonical_url, b.committed_at, "
    "length(CAST(v.text AS BLOB)), (SELECT count(*) FROM quotation WHERE version = v.key), "
    "(SELECT count(*) FROM version o WHERE o.article = a.key), "
    "(SELECT path FROM original WHERE version = v.key ORDER BY path LIMIT 1) "
    "FROM version v JOIN article a ON a.key = v.article JOIN batch b ON b.key = v.batch WHERE v.key = ?";

ArticleRow article_row(Database& database, std::int64_t version) {
  ArticleRow row;
  auto found = database.prepare(kArticleRow);
  if (!found.bind(version).step()) return row;
  row.id = found.string(0), row.version = found.string(1), row.outlet = found.string(2);
  row.title = found.string(3), row.published = found.string(4), row.url = found.string(5);
  row.added_at = found.string(6);
  row.text_bytes = static_cast<std::uint64_t>(found.integer(7));
  row.quotations = static_cast<std::uint64_t>(found.integer(8));
  row.versions = static_cast<std::uint64_t>(found.integer(9));
  row.path = found.string(10);
  return row;
}

StoryRow story_row(const Statement& row) {
  return {row.string(0),
          row.string(1),
          static_cast<std::uint64_t>(row.integer(2)),
          static_cast<std::uint64_t>(row.integer(3)),
          row.string(4),
          row.string(5)};
}

/// From the columns that begin at the third: class, direction, containments, confidence, decided, reason.
ToldReuse told_reuse(const Statement& row, ArticleRow other) {
  ToldReuse told;
  told.other = std::move(other);
  told.reuse.reuse = reuse_class_of(row.integer(2));
  told.reuse.direction = reuse_direction_of(row.integer(3));
  told.reuse.narrative_containment = from_thousandths(row.integer(4));
  told.reuse.quotation_containment = from_thousandths(row.integer(5));
  told.reuse.confidence = from_thousandths(row.integer(6));
  told.decided = row.integer(7) != 0;
  told.reuse.reason = row.string(8);
  return told;
}

Result<std::int64_t> current_version_of(Database& database, std::string_view article) {
  const auto located = locate(database, "article", article);
  if (!located) return std::unexpected(located.error());
  auto row = database.prepare("SELECT key FROM version WHERE article = ? AND current = 1");
  if (row.bind(located->key).step()) return row.integer(0);
  return std::unexpected(no_such("article", article, "onrecord articles has the ids."));
}

Result<CoveredArticle> covered(const Record& record, std::string_view article) {
  auto recorded = record.article(article);
  if (!recorded) return std::unexpected(recorded.error());
  auto quotations = record.quotations_of(recorded->version);
  if (!quotations) return std::unexpected(quotations.error());
  CoveredArticle out{recorded->id, recorded->text_sha256, std::move(recorded->article), {}};
  for (RecordedQuotation& one : *quotations) {
    if (one.rejected || !one.merged_into.empty()) continue;
    out.quotations.push_back({std::move(one.id), std::move(one.quotation), std::move(one.person.id)});
  }
  return out;
}

}  // namespace

Result<ComparisonState> Comparison::state() const {
  Database& database = record_.store().database;
  ComparisonState state;
  auto meta = database.prepare("SELECT name, value FROM meta WHERE name IN ('compared_at', 'compared_by')");
  while (meta.step())
    (meta.text(0) == "compared_at" ? state.compared_at : state.compared_by) = meta.string(1);
  state.articles = count_of(database, "SELECT count(*) FROM compared");
  state.provisional = count_of(database, "SELECT count(*) FROM compared WHERE provisional = 1");
  state.missing = versions_not_compared(database);
  return database.outcome(std::move(state));
}

Result<ToldStatement> Comparison::statement(std::string_view id) const {
  Database& database = record_.store().database;
  const auto located = locate_quotation(database, id);
  if (!located) return std::unexpected(located.error());
  ToldStatement told;
  const std::int64_t first = statement_of(database, located->key);
  auto row = database.prepare(
      "SELECT q.id, s.reports, s.outlets, s.independent FROM statement s JOIN quotation q ON q.key = s.first "
      "WHERE s.first = ?");
  if (row.bind(first).step()) {
    told.id = statement_id(row.text(0));
    told.reports = static_cast<std::uint64_t>(row.integer(1));
    told.outlets = static_cast<std::uint64_t>(row.integer(2));
    told.independent = static_cast<std::uint64_t>(row.integer(3));
    told.witnesses = witnesses_of(database, first, told.base);
  }
  if (told.witnesses.empty()) {
    auto quotations = read_quotations(database, {located->key});
    if (quotations.empty()) return std::unexpected(no_such("statement", id, "onrecord search has the ids."));
    told.id = statement_id(quotations.front().id);
    told.witnesses.push_back(alone(std::move(quotations.front())));
  }
  auto story = database.prepare(
      "SELECT t.id, t.title FROM quotation q JOIN compared k ON k.version = q.version JOIN story t ON t.key "
      "= k.story "
      "WHERE q.id = ?");
  if (story.bind("q" + told.id.substr(1)).step())
    told.story = story.string(0), told.story_title = story.string(1);
  return database.outcome(std::move(told));
}

namespace {

/// What a query of statements lets through, as SQL with what is bound to it.
struct StatementSelection {
  std::string from;
  std::vector<std::string> given;
};

Result<StatementSelection> selection_of(Database& database, const StatementQuery& query) {
  StatementSelection selection;
  std::string where = "c.rejected IS NOT 1 AND c.merged_into IS NULL AND v.current = 1";
  const auto must = [&](std::string_view condition, std::string_view value) {
    if (value.empty()) return;
    where += fmt::format(" AND {}", condition);
    selection.given.emplace_back(value);
  };
  if (!query.speaker.empty()) {
    const auto speaker = locate_speaker(database, query.speaker);
    if (!speaker) return std::unexpected(speaker.error());
    const auto names = with_their_aliases(database, {speaker->key});
    where += fmt::format(" AND CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END IN ({})",
                         fmt::join(names, ","));
  }
  must("q.version IN (SELECT version FROM compared WHERE story = (SELECT key FROM story WHERE id = ?))",
       query.story);
  must("COALESCE(q.said, v.published) >= ?", query.since);
  must("substr(COALESCE(q.said, v.published), 1, length(?)) <= ?", query.until);
  if (!query.until.empty()) selection.given.push_back(query.until);
  const bool many = query.least_reports > 1;
  // What several outlets carry was said.
  if (!many) where += " AND " + is_sure_sql(kLeastShownConfidence);
  // The base stands for its statement; a quotation that is a witness elsewhere is none of its own.
  selection.from = fmt::format(
      " FROM (SELECT DISTINCT COALESCE(w.statement, q.key) AS first FROM {} "
      "LEFT JOIN corrected c ON c.quotation = q.key WHERE {}) x "
      "LEFT JOIN statement s ON s.first = x.first JOIN quotation f ON f.key = x.first "
      "JOIN quotation b ON b.key = COALESCE(s.base, f.key) JOIN version bv ON bv.key = b.version "
      "WHERE COALESCE(s.reports, 1) >= {}",
      many ? fmt::format("statement m JOIN witness w ON w.statement = m.first JOIN quotation q ON q.key = "
                         "w.quotation JOIN version v ON v.key = q.version AND m.reports >= {}",
                         query.least_reports)
           : "quotation q JOIN version v ON v.key = q.version LEFT JOIN witness w ON w.quotation = q.key",
      where, query.least_reports);
  return selection;
}

/// From the columns: key of the base, id of the first witness, then the counts, NULL when it is alone.
void add_statement_row(Database& database, const Statement& rows, std::vector<StatementRow>& out) {
  auto base = read_quotations(database, {rows.integer(0)});
  if (base.empty()) return;
  StatementRow& row = out.emplace_back();
  row.id = statement_id(rows.text(1));
  row.base = std::move(base.front());
  const auto count = [&](int column) {
    return rows.is_null(column) ? std::uint64_t{1} : static_cast<std::uint64_t>(rows.integer(column));
  };
  row.witnesses = count(2), row.reports = count(3), row.outlets = count(4), row.independent = count(5);
}

}  // namespace

Result<std::vector<StatementRow>> Comparison::statements(const StatementQuery& query) const {
  Database& database = record_.store().database;
  const auto selection = selection_of(database, query);
  if (!selection) return std::unexpected(selection.error());
  auto rows = database.prepare(fmt::format(
      "SELECT b.key, f.id, s.witnesses, s.reports, s.outlets, s.independent{} ORDER BY {} LIMIT {} OFFSET {}",
      selection->from,
      query.order == StatementOrder::kDate
          ? "COALESCE(b.said, bv.published) IS NULL, COALESCE(b.said, bv.published) DESC, f.id"
          : "COALESCE(s.independent, 1) DESC, COALESCE(s.reports, 1) DESC, COALESCE(b.said, bv.published) "
            "DESC, f.id",
      query.limit, query.offset));
  for (const std::string& value : selection->given) rows.bind(value);
  std::vector<StatementRow> out;
  while (rows.step()) add_statement_row(database, rows, out);
  return database.outcome(std::move(out));
}

Result<std::vector<StatementRow>> Comparison::statements_of(std::span<const std::int64_t> firsts) const {
  Database& database = record_.store().database;
  std::vector<StatementRow> out;
  for (const std::int64_t first : firsts) {
    auto row = database.prepare(
        "SELECT COALESCE(s.base, f.key), f.id, s.witnesses, s.reports, s.outlets, s.independent FROM "
        "quotation f "
        "LEFT JOIN statement s ON s.first = f.key WHERE f.key = ?");
    if (row.bind(first).step()) add_statement_row(database, row, out);
  }
  return database.outcome(std::move(out));
}

Result<std::vector<ToldProposal>> Comparison::proposals(std::string_view quotation_id) const {
  Database& database = record_.store().database;
  const auto located = locate_quotation(database, quotation_id);
  if (!located) return std::unexpected(located.error());
  auto rows = database.prepare(
      "SELECT iif(p.first = ?1, p.second, p.first), p.relation, p.altered, p.confidence, r.text FROM "
      "proposal p "
      "LEFT JOIN reason r ON r.key = p.reason WHERE p.first = ?1 OR p.second = ?1 ORDER BY p.confidence "
      "DESC, "
      "1");
  rows.bind(located->key);
  std::vector<ToldProposal> out;
  while (rows.step()) {
    auto quotations = read_quotations(database, {rows.integer(0)});
    if (quotations.empty()) continue;
    out.push_back({std::move(quotations.front()), witness_relation_of(rows.integer(1)), rows.integer(2) != 0,
                   from_thousandths(rows.integer(3)), rows.string(4)});
  }
  return database.outcome(std::move(out));
}

Result<std::vector<ProposedPair>> Comparison::all_proposals(std::uint32_t limit, std::uint64_t offset) const {
  Database& database = record_.store().database;
  auto rows = database.prepare(
      "SELECT p.first, p.second, p.relation, p.altered, p.confidence, r.text FROM proposal p LEFT JOIN "
      "reason r ON "
      "r.key = p.reason ORDER BY p.confidence DESC, p.first, p.second LIMIT ? OFFSET ?");
  rows.bind(limit, offset);
  std::vector<ProposedPair> out;
  while (rows.step()) {
    auto quotations = read_quotations(database, {rows.integer(0), rows.integer(1)});
    if (quotations.size() != 2) continue;
    out.push_back({std::move(quotations[0]),
                   {std::move(quotations[1]), witness_relation_of(rows.integer(2)), rows.integer(3) != 0,
                    from_thousandths(rows.integer(4)), rows.string(5)}});
  }
  return database.outcome(std::move(out));
}

Result<std::vector<ToldReuse>> Comparison::reuse_of(std::string_view article_id) const {
  Database& database = record_.store().database;
  const auto version = current_version_of(database, article_id);
  if (!version) return std::unexpected(version.error());
  auto rows = database.prepare(
      "SELECT first = ?1, iif(first = ?1, second, first), class, direction, narrative, quoted, confidence, "
      "decided, r.text FROM reuse LEFT JOIN reason r ON r.key = reuse.reason WHERE first = ?1 OR second = ?1 "
      "ORDER BY class, narrative DESC, 2");
  rows.bind(*version);
  std::vector<ToldReuse> out;
  while (rows.step()) {
    out.push_back(told_reuse(rows, article_row(database, rows.integer(1))));
    out.back().asked_is_first = rows.integer(0) != 0;
  }
  return database.outcome(std::move(out));
}

Result<std::vector<CopiedPair>> Comparison::copies(std::uint32_t limit, std::uint64_t offset) const {
  Database& database = record_.store().database;
  auto rows = database.prepare(
      "SELECT first, second, class, direction, narrative, quoted, confidence, decided, t.text FROM reuse r "
      "JOIN "
      "compared k ON k.version = r.first JOIN compared o ON o.version = r.second LEFT JOIN reason t ON t.key "
      "= "
      "r.reason WHERE class <= ? ORDER BY k.place, o.place LIMIT ? OFFSET ?");
  rows.bind(code(ReuseClass::kCommonSource), limit, offset);
  std::vector<CopiedPair> out;
  while (rows.step()) {
    CopiedPair pair;
    pair.first = article_row(database, rows.integer(0));
    pair.second = told_reuse(rows, article_row(database, rows.integer(1)));
    out.push_back(std::move(pair));
  }
  return database.outcome(std::move(out));
}

Result<Reuse> Comparison::reuse_between(std::string_view first, std::string_view second) const {
  auto one = covered(record_, first);
  if (!one) return std::unexpected(one.error());
  auto other = covered(record_, second);
  if (!other) return std::unexpected(other.error());
  std::vector<CoveredArticle> articles;
  articles.push_back(std::move(*one)), articles.push_back(std::move(*other));
  std::vector<ReusePair> pairs = find_reuse(CoverageInMemory(std::move(articles)), {});
  return pairs.empty() ? Reuse{} : std::move(pairs.front().reuse);
}

Result<ToldStory> Comparison::story(std::string_view id) const {
  Database& database = record_.store().database;
  const std::string beginning = normalise_id(id, "t");
  // Not by the view `stories`, which counts the articles of all of them.
  auto found = database.prepare(
      "SELECT id FROM story t WHERE id >= ? AND id < ? AND EXISTS (SELECT 1 FROM compared WHERE story = "
      "t.key) "
      "ORDER BY id LIMIT 2");
  const std::string end = beginning + "~";
  std::vector<std::string> ids;
  found.bind(beginning, end);
  while (!beginning.empty() && found.step()) ids.push_back(found.string(0));
  if (ids.size() > 1) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the id {} is ambiguous: {}, {}; give more of it", id, ids[0], ids[1]));
  }
  if (ids.empty()) return std::unexpected(no_such("story", id, "onrecord story lists them with their ids."));
  ToldStory told;
  {
    auto row = database.prepare(
        "SELECT t.id, t.title, count(*), count(DISTINCT a.outlet), min(v.published), max(v.published) FROM "
        "story t "
        "JOIN compared c ON c.story = t.key JOIN version v ON v.key = c.version JOIN article a ON a.key = "
        "v.article "
        "WHERE t.id = ? GROUP BY t.key");
    if (row.bind(ids.front()).step()) told.story = story_row(row);
  }
  auto rows = database.prepare(
      "SELECT k.version, r.text, oa.id, k.provisional FROM compared k JOIN story t ON t.key = k.story LEFT "
      "JOIN "
      "reason r ON r.key = k.story_reason LEFT JOIN version o ON o.key = k.original LEFT JOIN article oa ON "
      "oa.key = o.article WHERE t.id = ? ORDER BY k.place");
  rows.bind(ids.front());
  while (rows.step()) {
    told.articles.push_back(
        {article_row(database, rows.integer(0)), rows.string(1), rows.string(2), rows.integer(3) != 0});
  }
  return database.outcome(std::move(told));
}

Result<std::vector<StoryRow>> Comparison::stories(std::uint64_t least_articles, std::uint32_t limit,
                                                  std::uint64_t offset) const {
  Database& database = record_.store().database;
  auto rows = database.prepare(
      "SELECT id, title, articles, outlets, first, last FROM stories WHERE articles >= ? ORDER BY articles "
      "DESC, "
      "last DESC, id LIMIT ? OFFSET ?");
  rows.bind(least_articles, limit, offset);
  std::vector<StoryRow> out;
  while (rows.step()) out.push_back(story_row(rows));
  return database.outcome(std::move(out));
}

Result<std::string> Comparison::story_of(std::string_view article_id) const {
  Database& database = record_.store().database;
  const auto version = current_version_of(database, article_id);
  if (!version) return std::unexpected(version.error());
  auto row =
      database.prepare("SELECT t.id FROM compared k JOIN story t ON t.key = k.story WHERE k.version = ?");
  const std::string id = row.bind(*version).step() ? row.string(0) : std::string();
  return database.outcome(id);
}

Result<Collation> collate(const Record& record, const RecordedQuotation& first,
                          const RecordedQuotation& second) {
  const auto one = record.article(first.version);
  if (!one) return std::unexpected(one.error());
  const auto other = record.article(second.version);
  if (!other) return std::unexpected(other.error());
  return collate(one->article.text, first.quotation, other->article.text, second.quotation);
}

}  // namespace onrecord
