#include "compare/whats_new.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "record/codes.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

/// Quotations that count, of current versions, spoken or written, and sure: as `search` finds them.
std::string counting(std::string_view more) {
  return fmt::format(
      "FROM quotation q JOIN version v ON v.key = q.version AND v.current = 1 JOIN batch b ON b.key = "
      "v.batch "
      "LEFT JOIN corrected c ON c.quotation = q.key {} "
      "WHERE c.rejected IS NOT 1 AND c.merged_into IS NULL AND q.mode <> {} AND {} ",
      more, code(QuotationMode::kThought), is_sure_sql(kLeastShownConfidence));
}

std::uint64_t unsigned_at(const Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

std::uint64_t count_of(Database& database, const std::string& sql, const std::string& since) {
  auto row = database.prepare(sql);
  return row.bind(since).step() ? unsigned_at(row, 0) : 0;
}

/// The oldest arrival of a witness of the statement w.statement.
constexpr std::string_view kOldestWitness =
    "(SELECT min(ob.committed_at) FROM witness o JOIN quotation oq ON oq.key = o.quotation "
    "JOIN version ov ON ov.key = oq.version JOIN batch ob ON ob.key = ov.batch WHERE o.statement = "
    "w.statement)";

/// Statements of which every witness is new: the alone ones, and those of several.
void find_statements(Database& database, const NewQuery& query, WhatsNew& out) {
  const std::string chosen =
      fmt::format("{} AND b.committed_at >= ?1 AND (w.statement IS NULL OR {} >= ?1)",
                  counting("LEFT JOIN witness w ON w.quotation = q.key"), kOldestWitness);
  const std::string keys = fmt::format("SELECT DISTINCT COALESCE(w.statement, q.key) AS first {}", chosen);
  out.statements = count_of(database, fmt::format("SELECT count(*) FROM ({})", keys), query.since);
  auto rows = database.prepare(
      fmt::format("SELECT f.id, COALESCE(s.base, f.key), COALESCE(s.witnesses, 1), COALESCE(s.reports, 1), "
                  "COALESCE(s.outlets, 1), "
                  "COALESCE(s.independent, 1) FROM ({}) x JOIN quotation f ON f.key = x.first LEFT JOIN "
                  "statement s ON s.first = "
                  "x.first JOIN version fv ON fv.key = f.version "
                  "ORDER BY 6 DESC, 4 DESC, COALESCE(f.said, fv.published) DESC, f.id LIMIT ?2",
                  keys));
  rows.bind(query.since, query.limit);
  while (rows.step()) {
    auto base = read_quotations(database, {rows.integer(1)});
    if (base.empty()) continue;
    StatementRow& row = out.new_statements.emplace_back();
    row.id = "s" + rows.string(0).substr(1);
    row.base = std::move(base.front());
    row.witnesses = unsigned_at(rows, 2), row.reports = unsigned_at(rows, 3);
    row.outlets = unsigned_at(rows, 4), row.independent = unsigned_at(rows, 5);
  }
}

void find_witnesses(Database& database, const NewQuery& query, WhatsNew& out) {
  const std::string chosen = fmt::format("{} AND b.committed_at >= ?1 AND {} < ?1",
                                         counting("JOIN witness w ON w.quotation = q.key"), kOldestWitness);
  out.witnesses = count_of(database, fmt::format("SELECT count(*) {}", chosen), query.since);
  auto rows =
      database.prepare(fmt::format("SELECT q.key, (SELECT id FROM quotation WHERE key = w.statement) {} "
                                   "ORDER BY v.published DESC NULLS LAST, q.id, w.statement LIMIT ?2",
                                   chosen));
  rows.bind(query.since, query.limit);
  while (rows.step()) {
    auto quotation = read_quotations(database, {rows.integer(0)});
    if (quotation.empty()) continue;
    out.new_witnesses.push_back({"s" + rows.string(1).substr(1), std::move(quotation.front())});
  }
}

/// Speakers who said something new, the most quoted first.
std::vector<std::string> speakers_with_news(Database& database, const NewQuery& query) {
  auto rows = database.prepare(fmt::format(
      "SELECT p.id, count(*) {} AND b.committed_at >= ? GROUP BY p.key ORDER BY 2 DESC, p.id",
      counting(
          "JOIN speaker r ON r.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END "
          "JOIN speaker p ON p.key = COALESCE((SELECT person FROM joined WHERE speaker = r.key), r.key) "
          "AND p.article IS NULL")));
  rows.bind(query.since);
  std::vector<std::string> speakers;
  while (rows.step()) speakers.push_back(rows.string(0));
  return speakers;
}

Result<bool> is_new(const Record& record, const std::string& quotation, std::string_view since) {
  const auto found = record.quotation(quotation);
  if (!found) return std::unexpected(found.error());
  return found->added_at >= since;
}

Result<void> find_leads(const Record& record, const NewQuery& query, WhatsNew& out) {
  const std::vector<std::string> speakers = speakers_with_news(record.store().database, query);
  out.speakers = speakers.size();
  for (const std::string& speaker : speakers) {
    if (out.speakers_searched == kMostSearched) break;
    ++out.speakers_searched;
    auto rows = leads_of(record, speaker);
    if (!rows) return std::unexpected(rows.error());
    for (TimelineRow& row : *rows) {
      bool news = row.base.added_at >= query.since;
      if (!news) {
        const auto earlier_is_new = is_new(record, row.leads.front().quotation, query.since);
        if (!earlier_is_new) return std::unexpected(earlier_is_new.error());
        news = *earlier_is_new;
      }
      if (!news) continue;
      ++out.leads;
      if (out.new_leads.size() < query.limit) out.new_leads.push_back(std::move(row));
    }
  }
  return {};
}

Result<void> find_copies(const Record& record, const NewQuery& query, WhatsNew& out) {
  const auto pairs = Comparison(record).copies();
  if (!pairs) return std::unexpected(pairs.error());
  for (const CopiedPair& pair : *pairs) {
    if (pair.first.added_at < query.since && pair.second.other.added_at < query.since) continue;
    ++out.copies;
    if (out.new_copies.size() < query.limit) out.new_copies.push_back(pair);
  }
  return {};
}

/// Stories that have two articles or more, the oldest arrival of which is new.
void find_stories(Database& database, const NewQuery& query, WhatsNew& out) {
  const std::string begun =
      "FROM stories t WHERE t.articles > 1 AND (SELECT min(b.committed_at) FROM story k JOIN compared c ON "
      "c.story = "
      "k.key JOIN version v ON v.key = c.version JOIN batch b ON b.key = v.batch WHERE k.id = t.id) >= ?1 ";
  out.stories = count_of(database, "SELECT count(*) " + begun, query.since);
  auto rows = database.prepare("SELECT id, title, articles, outlets, first, last " + begun +
                               "ORDER BY articles DESC, last DESC, id LIMIT ?2");
  rows.bind(query.since, query.limit);
  while (rows.step()) {
    out.new_stories.push_back({rows.string(0), rows.string(1), unsigned_at(rows, 2), unsigned_at(rows, 3),
                               rows.string(4), rows.string(5)});
  }
}

}  // namespace

Result<WhatsNew> whats_new(const Record& record, const NewQuery& query) {
  Database& database = record.store().database;
  WhatsNew out;
  out.articles = count_of(database,
                          "SELECT count(*) FROM version v JOIN batch b ON b.key = v.batch WHERE v.current = "
                          "1 AND b.committed_at >= ?",
                          query.since);
  find_statements(database, query, out);
  find_witnesses(database, query, out);
  find_stories(database, query, out);
  if (database.failed()) return std::unexpected(database.take_error());
  if (auto found = find_leads(record, query, out); !found) return std::unexpected(found.error());
  if (auto found = find_copies(record, query, out); !found) return std::unexpected(found.error());
  return out;
}

}  // namespace onrecord
