// New articles beside a record that is compared: joined as they come, provisionally.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compare/compare_record.h"
#include "compare/quotation_index.h"
#include "compare/recorded_coverage.h"
#include "compare/reprints.h"
#include "compare/statement_rows.h"
#include "compare/statements.h"
#include "compare/stories.h"
#include "record/codes.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

/// Articles of the record that one new article is compared with.
constexpr std::size_t kMostNeighbours = 60;
/// Quotations that one of its quotations leads to.
constexpr std::size_t kMostHits = 16;

std::int64_t thousandths(float share) {
  return std::lround(static_cast<double>(std::clamp(share, 0.0F, 1.0F)) * 1000.0);
}

std::vector<std::int64_t> new_versions(Database& database) {
  std::vector<std::int64_t> versions;
  auto rows = database.prepare(
      "SELECT key FROM version WHERE current = 1 AND key NOT IN (SELECT version FROM compared WHERE "
      "provisional < 2) ORDER BY key");
  while (rows.step()) versions.push_back(rows.integer(0));
  return versions;
}

class NewArticles {
 public:
  NewArticles(Record& record, const CompareRecordOptions& options)
      : record_(record), database_(record.store().database), options_(options) {}

  CompareCounts compare(const std::vector<std::int64_t>& versions) {
    drop_old_versions();
    for (const std::int64_t version : versions) {
      if (options_.progress) options_.progress(CompareStep::kLinks, counts_.articles, versions.size());
      compare_one(version);
      ++counts_.articles;
    }
    return counts_;
  }

 private:
  /// A version that is no longer its article's current one is no witness any more, nor is one that was read
  /// otherwise since.
  void drop_old_versions() {
    database_.run(
        "CREATE TEMP TABLE outdated AS SELECT k.version FROM compared k JOIN version v ON v.key = k.version "
        "WHERE v.current "
        "= 0 OR k.provisional = 2");
    std::vector<std::int64_t> statements;
    {
      auto rows = database_.prepare(
          "SELECT DISTINCT w.statement FROM witness w JOIN quotation q ON q.key = w.quotation WHERE "
          "q.version IN (SELECT "
          "version FROM outdated)");
      while (rows.step()) statements.push_back(rows.integer(0));
    }
    database_.run(
        "DELETE FROM witness WHERE quotation IN (SELECT key FROM quotation WHERE version IN (SELECT version "
        "FROM "
        "outdated));"
        "DELETE FROM proposal WHERE first IN (SELECT key FROM quotation WHERE version IN (SELECT version "
        "FROM outdated)) "
        "OR second IN (SELECT key FROM quotation WHERE version IN (SELECT version FROM outdated));"
        "DELETE FROM reuse WHERE first IN (SELECT version FROM outdated) OR second IN (SELECT version FROM "
        "outdated);"
        "DELETE FROM compared WHERE version IN (SELECT version FROM outdated);");
    database_.run("DROP TABLE temp.outdated");
    for (const std::int64_t statement : statements) settle_statement(record_, statement);
  }

  /// Versions that share words of a quotation, best first; then those of the week that quote the same
  /// speakers.
  std::vector<std::int64_t> neighbours_of(std::int64_t version,
                                          const std::vector<RecordedQuotation>& quotations,
                                          std::string_view text) {
    std::unordered_map<std::int64_t, float> weights;
    for (const RecordedQuotation& quotation : quotations) {
      const auto shingles = quotation_shingles(text, quotation.quotation.content);
      for (const QuotationHit& hit : find_quotations(database_, shingles, kMostHits)) {
        auto row = database_.prepare("SELECT version FROM quotation WHERE key = ?");
        if (row.bind(hit.quotation).step()) weights[row.integer(0)] += hit.weight;
      }
    }
    auto rows = database_.prepare(
        "SELECT q.version, count(DISTINCT q.speaker) FROM quotation q JOIN version v ON v.key = q.version "
        "AND v.current "
        "= 1 WHERE q.speaker IN (SELECT speaker FROM quotation WHERE version = ?1) AND "
        "abs(julianday(substr(v.published, "
        "1, 10)) - julianday((SELECT substr(published, 1, 10) FROM version WHERE key = ?1))) <= 7 GROUP BY "
        "q.version");
    rows.bind(version);
    // A speaker in common says less than a rare shingle (weight 1).
    while (rows.step()) weights[rows.integer(0)] += 0.25F * static_cast<float>(rows.integer(1));
    weights.erase(version);
    std::vector<std::pair<float, std::int64_t>> best;
    best.reserve(weights.size());
    for (const auto& [other, weight] : weights) best.emplace_back(-weight, other);
    std::ranges::sort(best);
    std::vector<std::int64_t> versions = {version};
    for (const auto& [weight, other] : best) {
      if (versions.size() > kMostNeighbours) break;
      versions.push_back(other);
    }
    return versions;
  }

  void compare_one(std::int64_t version) {
    std::string id;
    {
      auto row = database_.prepare("SELECT id FROM version WHERE key = ?");
      if (row.bind(version).step()) id = row.string(0);
    }
    const auto article = record_.article(id);
    const auto quotations = record_.quotations_of(id);
    if (!article || !quotations) return database_.fail(article ? quotations.error() : article.error());
    const RecordedCoverage coverage(record_, neighbours_of(version, *quotations, article->article.text));
    ArticleNumber own = 0;
    while (own < coverage.size() && coverage.version(own) != version) ++own;
    if (own == coverage.size()) return;
    const CompareOptions options{options_.threads, {}};
    const auto reuse = find_reuse(coverage, options);
    const auto sure = find_sure_links(coverage, options);
    const Stories stories = find_stories(coverage, reuse, sure, options);
    const auto links = find_links(coverage, reuse, stories.story_of, options);
    write_article(coverage, own, stories);
    for (const ReusePair& pair : reuse) {
      if (pair.first == own || pair.second == own) write_reuse(coverage, pair);
    }
    for (const QuotationLink& link : links) {
      if (link.first.article == own || link.second.article == own) write_link(coverage, own, link);
    }
    write_index(coverage, own);
  }

  /// The story of the neighbour that stands in the same one, else a story of its own.
  void write_article(const RecordedCoverage& coverage, ArticleNumber own, const Stories& stories) {
    std::int64_t story = 0;
    for (ArticleNumber i = 0; i < coverage.size() && story == 0; ++i) {
      if (i == own || stories.story_of[i] != stories.story_of[own]) continue;
      auto row = database_.prepare("SELECT story FROM compared WHERE version = ?");
      if (row.bind(coverage.version(i)).step()) story = row.integer(0);
    }
    const std::string reason = story == 0 ? "" : stories.reasons[own];
    if (story == 0) {
      const std::string id = "t" + coverage.article(own)->id.substr(1);
      const std::string title(coverage.article(own)->article.field("title"));
      database_.prepare("INSERT OR IGNORE INTO story(id, title) VALUES (?, ?)")
          .bind(id)
          .bind_known(title)
          .run();
      auto row = database_.prepare("SELECT key FROM story WHERE id = ?");
      if (row.bind(id).step()) story = row.integer(0);
    }
    database_
        .prepare(
            "INSERT OR REPLACE INTO compared SELECT ?1, COALESCE(max(place), -1) + 1, 1, ?2, ?2, ?3, NULL "
            "FROM "
            "compared")
        .bind(coverage.version(own), story, reason_key(database_, reason))
        .run();
  }

  void write_reuse(const RecordedCoverage& coverage, const ReusePair& pair) {
    ++counts_.reuse.at(static_cast<std::size_t>(pair.reuse.reuse));
    database_.prepare("INSERT OR REPLACE INTO reuse VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)")
        .bind(coverage.version(pair.first), coverage.version(pair.second), code(pair.reuse.reuse),
              code(pair.reuse.direction), thousandths(pair.reuse.narrative_containment),
              thousandths(pair.reuse.quotation_containment), thousandths(pair.reuse.confidence),
              reason_key(database_, pair.reuse.reason))
        .run();
    const bool is_reprint =
        pair.reuse.reuse == ReuseClass::kFullReprint || pair.reuse.reuse == ReuseClass::kAbridged;
    const bool first_is_copy = pair.reuse.direction == ReuseDirection::kFirstFromSecond;
    if (!is_reprint) return;
    database_
        .prepare(
            "UPDATE compared SET original = COALESCE((SELECT original FROM compared WHERE version = ?2), ?2) "
            "WHERE "
            "version = ?1 AND provisional = 1")
        .bind(coverage.version(first_is_copy ? pair.first : pair.second),
              coverage.version(first_is_copy ? pair.second : pair.first))
        .run();
  }

  void write_link(const RecordedCoverage& coverage, ArticleNumber own, const QuotationLink& link) {
    const std::int64_t first = coverage.quotation(link.first);
    const std::int64_t second = coverage.quotation(link.second);
    if (link.proposed) {
      ++counts_.proposals;
      database_.prepare("INSERT OR IGNORE INTO proposal VALUES (?, ?, ?, ?, ?, ?)")
          .bind(first, second, code(link.relation), link.altered ? 1 : 0, thousandths(link.confidence),
                reason_key(database_, link.reason))
          .run();
      return;
    }
    const bool own_is_first = link.first.article == own;
    join_statements(record_, own_is_first ? second : first, own_is_first ? first : second, link.reason,
                    false);
    ++counts_.witnesses;
    counts_.altered += link.altered ? 1U : 0U;
  }

  void write_index(const RecordedCoverage& coverage, ArticleNumber own) {
    const auto covered = coverage.article(own);
    for (std::uint32_t i = 0; i < covered->quotations.size(); ++i) {
      add_to_quotation_index(database_, coverage.quotation({own, i}), covered->article.text,
                             covered->quotations[i].quotation.content);
    }
  }

  Record& record_;
  Database& database_;
  const CompareRecordOptions& options_;
  CompareCounts counts_;
};

}  // namespace

Result<CompareCounts> compare_new_articles(Record& record, const CompareRecordOptions& options) {
  Record::Store& store = record.store();
  if (auto writable = store.check_writable(); !writable) return std::unexpected(writable.error());
  std::uint64_t compared = 0;
  std::uint64_t is_new = 0;
  {
    auto row = store.database.prepare(
        "SELECT (SELECT count(*) FROM compared), (SELECT count(*) FROM version WHERE current = 1 AND key NOT "
        "IN (SELECT "
        "version FROM compared))");
    if (row.step()) {
      compared = static_cast<std::uint64_t>(row.integer(0));
      is_new = static_cast<std::uint64_t>(row.integer(1));
    }
  }
  if (store.database.failed()) return std::unexpected(store.database.take_error());
  if (compared + is_new < options.whole_below || is_new * options.whole_at_new_share > compared)
    return compare_record(record, options);
  Transaction transaction(store.database);
  const std::vector<std::int64_t> versions = new_versions(store.database);
  const CompareCounts counts = NewArticles(record, options).compare(versions);
  note_all_compared(store.database);
  transaction.commit();
  return store.database.outcome(counts);
}

}  // namespace onrecord
