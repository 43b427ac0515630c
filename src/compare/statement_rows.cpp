#include "compare/statement_rows.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compare/families.h"
#include "compare/statements.h"
#include "record/codes.h"
#include "record/quotation_rows.h"
#include "record/recorded_texts.h"
#include "record/store.h"

namespace onrecord {
namespace {

constexpr std::int64_t kSure = 1000;  // thousandths

struct WitnessRow {
  std::int64_t key = 0;
  std::int64_t version = 0;
  std::string outlet;
  RecordedQuotation quotation;
};

/// The statement that a quotation carries, if any: that which it began, else the surest.
std::int64_t statement_of(Database& database, std::int64_t quotation) {
  auto row = database.prepare(
      "SELECT statement FROM witness WHERE quotation = ?1 ORDER BY statement != ?1, confidence DESC, "
      "statement "
      "LIMIT 1");
  return row.bind(quotation).step() ? row.integer(0) : 0;
}

std::vector<WitnessRow> witnesses_of(Database& database, std::int64_t statement) {
  std::vector<WitnessRow> witnesses;
  auto rows = database.prepare(
      "SELECT w.quotation, q.version, a.outlet FROM witness w JOIN quotation q ON q.key = w.quotation JOIN "
      "version "
      "v ON v.key = q.version JOIN article a ON a.key = v.article LEFT JOIN compared k ON k.version = "
      "q.version "
      "WHERE w.statement = ? ORDER BY COALESCE(k.place, 1 << 40), q.content_begin, q.id");
  rows.bind(statement);
  while (rows.step()) {
    auto read = read_quotations(database, {rows.integer(0)});
    if (!read.empty())
      witnesses.push_back({rows.integer(0), rows.integer(1), rows.string(2), std::move(read[0])});
  }
  return witnesses;
}

/// Whether one article has it from the other, or both from one hand, as far as rows tell.
bool depend(Database& database, const WitnessRow& a, const WitnessRow& b) {
  if (a.version == b.version || (!a.outlet.empty() && a.outlet == b.outlet)) return true;
  auto row = database.prepare("SELECT class FROM reuse WHERE first IN (?1, ?2) AND second IN (?1, ?2)");
  return row.bind(a.version, b.version).step() && row.integer(0) <= code(ReuseClass::kCommonSource);
}

void write_counts(Database& database, std::int64_t statement, const std::vector<WitnessRow>& witnesses) {
  std::set<std::int64_t> reports;
  std::set<std::string> outlets;
  Families families(witnesses.size());
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    reports.insert(witnesses[i].version);
    outlets.insert(witnesses[i].outlet.empty() ? witnesses[i].quotation.article : witnesses[i].outlet);
    for (std::size_t k = 0; k < i; ++k) {
      if (depend(database, witnesses[k], witnesses[i])) families.join(k, i);
    }
  }
  database
      .prepare(
          "UPDATE statement SET witnesses = ?, reports = ?, outlets = ?, independent = ? WHERE first = ?")
      .bind(witnesses.size(), reports.size(), outlets.size(), families.count(), statement)
      .run();
}

void drop_statement(Database& database, std::int64_t statement) {
  database.prepare("DELETE FROM witness WHERE statement = ?").bind(statement).run();
  database.prepare("DELETE FROM statement WHERE first = ?").bind(statement).run();
}

void add_witness(Database& database, std::int64_t statement, std::int64_t quotation, std::string_view reason,
                 bool decided) {
  database.prepare("INSERT OR IGNORE INTO witness VALUES (?, ?, ?, 0, ?, ?, ?)")
      .bind(statement, quotation, code(WitnessRelation::kIdentical), kSure, decided ? 1 : 0,
            reason_key(database, reason))
      .run();
}

/// Gives the statement another first witness, with all its witnesses.
void rename_statement(Database& database, std::int64_t statement, std::int64_t first) {
  if (statement == first) return;
  database
      .prepare(
          "INSERT INTO statement SELECT ?, base, witnesses, reports, outlets, independent FROM statement "
          "WHERE "
          "first = ?")
      .bind(first, statement)
      .run();
  database.prepare("UPDATE witness SET statement = ? WHERE statement = ?").bind(first, statement).run();
  database.prepare("DELETE FROM statement WHERE first = ?").bind(statement).run();
}

}  // namespace

void settle_statement(const Record& record, std::int64_t statement) {
  Database& database = record.store().database;
  const std::vector<WitnessRow> witnesses = witnesses_of(database, statement);
  if (witnesses.size() < 2) return drop_statement(database, statement);
  const auto base = std::ranges::max_element(witnesses, [](const WitnessRow& a, const WitnessRow& b) {
    return a.quotation.content.size() < b.quotation.content.size();
  });
  RecordedTexts texts(record);
  const auto base_text = texts.context_of(base->quotation);
  if (!base_text) return database.fail(base_text.error());
  for (const WitnessRow& witness : witnesses) {
    const auto text = texts.context_of(witness.quotation);
    if (!text) return database.fail(text.error());
    Collation collation;
    if (witness.key != base->key)
      collation =
          collate(base_text->text, base->quotation.quotation, text->text, witness.quotation.quotation);
    database.prepare("UPDATE witness SET relation = ?, altered = ? WHERE statement = ? AND quotation = ?")
        .bind(code(collation.relation), collation.altered ? 1 : 0, statement, witness.key)
        .run();
  }
  database.prepare("UPDATE statement SET base = ? WHERE first = ?").bind(base->key, statement).run();
  write_counts(database, statement, witnesses);
  for (const WitnessRow& witness : witnesses) {
    if (witness.key == statement) break;
    auto taken = database.prepare("SELECT 1 FROM statement WHERE first = ?");
    if (taken.bind(witness.key).step()) continue;
    rename_statement(database, statement, witness.key);
    break;
  }
}

void join_statements(const Record& record, std::int64_t first, std::int64_t second, std::string_view reason,
                     bool decided) {
  Database& database = record.store().database;
  std::int64_t statement = statement_of(database, first);
  const std::int64_t other = statement_of(database, second);
  if (statement == 0) {
    statement = first;
    database.prepare("INSERT INTO statement VALUES (?, ?, 1, 1, 1, 1)").bind(first, first).run();
    add_witness(database, first, first, {}, false);
  }
  if (other == 0) {
    add_witness(database, statement, second, reason, decided);
  } else if (other != statement) {
    database.prepare("UPDATE OR IGNORE witness SET statement = ? WHERE statement = ?")
        .bind(statement, other)
        .run();
    drop_statement(database, other);
  }
  database.prepare("UPDATE witness SET decided = ? WHERE statement = ? AND quotation = ?")
      .bind(decided ? 1 : 0, statement, second)
      .run();
  database.prepare("DELETE FROM proposal WHERE first IN (?1, ?2) AND second IN (?1, ?2)")
      .bind(first, second)
      .run();
  settle_statement(record, statement);
}

void part_statements(const Record& record, std::int64_t quotation, std::int64_t from) {
  Database& database = record.store().database;
  std::vector<std::int64_t> statements;
  auto rows = database.prepare(
      "SELECT statement FROM witness WHERE quotation = ? INTERSECT SELECT statement FROM witness WHERE "
      "quotation = ?");
  rows.bind(quotation, from);
  while (rows.step()) statements.push_back(rows.integer(0));
  for (std::int64_t statement : statements) {
    database.prepare("DELETE FROM witness WHERE statement = ? AND quotation = ?")
        .bind(statement, quotation)
        .run();
    if (statement == quotation) {
      rename_statement(database, statement, from);
      statement = from;
    }
    settle_statement(record, statement);
  }
  database.prepare("DELETE FROM proposal WHERE first IN (?1, ?2) AND second IN (?1, ?2)")
      .bind(quotation, from)
      .run();
}

}  // namespace onrecord
