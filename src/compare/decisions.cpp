#include "compare/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "compare/statement_rows.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"same-statement", "other-statement", "same-story",
                                                    "other-story", "no-copy"};

bool is_of_quotations(DecisionKind kind) {
  return kind == DecisionKind::kSameStatement || kind == DecisionKind::kOtherStatement;
}

/// What a decision was about: where it stood, and the words. Of an article the words are its title, and it
/// has no place.
struct Anchor {
  std::string article;  ///< id
  std::string text_sha256;
  Span span;
  std::string words;
};

Span hull(const Spans& spans) { return spans.empty() ? Span{} : Span{spans.front().begin, spans.back().end}; }

Result<Anchor> anchor_of(const Record& record, std::string_view id, bool is_quotation) {
  if (is_quotation) {
    const auto quotation = record.quotation(id);
    if (!quotation) return std::unexpected(quotation.error());
    const auto article = record.article(quotation->version);
    if (!article) return std::unexpected(article.error());
    return Anchor{quotation->article, article->text_sha256, hull(quotation->quotation.content),
                  quotation->content};
  }
  const auto article = record.article(id);
  if (!article) return std::unexpected(article.error());
  return Anchor{article->id, article->text_sha256, {}, std::string(article->article.field("title"))};
}

/// The current version of an article; 0 when the record does not have it any more.
std::int64_t version_of(Database& database, const Anchor& anchor) {
  auto row = database.prepare(
      "SELECT v.key FROM version v JOIN article a ON a.key = v.article WHERE a.id = ? AND v.current = 1");
  return row.bind(anchor.article).step() ? row.integer(0) : 0;
}

/// The quotation that an anchor is about: with the same words, nearest to its place; in the same text else
/// the one that shares most of its place. 0 when there is none.
std::int64_t quotation_at(Database& database, const Anchor& anchor) {
  auto rows = database.prepare(
      "SELECT q.key, q.content_begin, q.content_end, v.text_sha256 FROM quotation q JOIN version v ON v.key "
      "= "
      "q.version JOIN article a ON a.key = v.article WHERE a.id = ? AND v.current = 1");
  rows.bind(anchor.article);
  struct Near {
    std::int64_t key = 0;
    std::int64_t worth = 0;
  } best;
  std::vector<Near> all;
  while (rows.step()) {
    const Span span{rows.offset(1), rows.offset(2)};
    const std::int64_t common =
        std::int64_t{std::min(span.end, anchor.span.end)} - std::max(span.begin, anchor.span.begin);
    const bool same_text = rows.text(3) == anchor.text_sha256;
    // More than half of the longer of the two.
    const bool covers = 2 * common > std::int64_t{std::max(span.size(), anchor.span.size())};
    all.push_back({rows.integer(0), same_text && covers ? common : std::min<std::int64_t>(common, 0)});
  }
  for (const Near& near : all) {
    auto read = read_quotations(database, {near.key});
    const bool same_words = !read.empty() && read.front().content == anchor.words;
    constexpr std::int64_t kSameWords = std::int64_t{1} << 40;
    const std::int64_t worth = near.worth + (same_words ? kSameWords : 0);
    if (worth > best.worth) best = {near.key, worth};
  }
  return best.key;
}

std::string id_of(Database& database, std::string_view table, std::int64_t key) {
  if (key == 0) return {};
  auto row = database.prepare(fmt::format("SELECT id FROM {} WHERE key = ?", table));
  return row.bind(key).step() ? row.string(0) : std::string();
}

struct Kept {
  RecordedDecision decision;
  Anchor first, second;
};

std::vector<Kept> kept_decisions(Database& database) {
  std::vector<Kept> kept;
  auto rows = database.prepare(
      "SELECT id, kind, first_article, first_sha256, first_begin, first_end, first_words, second_article, "
      "second_sha256, second_begin, second_end, second_words, note, made_at, undone_at FROM decision ORDER "
      "BY key");
  while (rows.step()) {
    const auto kind = decision_kind(rows.text(1));
    if (!kind) continue;
    Kept& one = kept.emplace_back();
    one.first = {rows.string(2), rows.string(3), {rows.offset(4), rows.offset(5)}, rows.string(6)};
    one.second = {rows.string(7), rows.string(8), {rows.offset(9), rows.offset(10)}, rows.string(11)};
    one.decision = {
        rows.string(0),  *kind,          {}, {}, one.first.words, one.second.words, rows.string(12),
        rows.string(13), rows.string(14)};
  }
  return kept;
}

/// The story of an article's current version gets all articles of the other's.
void join_stories(Database& database, std::int64_t first, std::int64_t second) {
  database
      .prepare(
          "UPDATE compared SET story = (SELECT story FROM compared WHERE version = ?1) WHERE story = (SELECT "
          "story FROM compared WHERE version = ?2)")
      .bind(first, second)
      .run();
}

/// The article is then the first of a story of its own.
void part_stories(Database& database, std::int64_t version) {
  auto row = database.prepare(
      "SELECT a.id, v.title FROM version v JOIN article a ON a.key = v.article WHERE v.key = ?");
  if (!row.bind(version).step()) return;
  const std::string id = "t" + row.string(0).substr(1);
  const std::string title = row.string(1);
  // The story that has its id so far goes on under its next article's.
  auto taken = database.prepare("SELECT t.key FROM story t WHERE t.id = ?");
  if (taken.bind(id).step()) {
    const std::int64_t story = taken.integer(0);
    auto next = database.prepare(
        "SELECT a.id FROM compared k JOIN version v ON v.key = k.version JOIN article a ON a.key = v.article "
        "WHERE "
        "k.story = ? AND k.version != ? ORDER BY k.place LIMIT 1");
    if (!next.bind(story, version).step()) return;
    const std::string renamed = "t" + next.string(0).substr(1);
    database.prepare("UPDATE OR IGNORE story SET id = ? WHERE key = ?").bind(renamed, story).run();
  }
  database.prepare("INSERT OR IGNORE INTO story(id, title) VALUES (?, ?)").bind(id).bind_known(title).run();
  database
      .prepare(
          "UPDATE compared SET story = (SELECT key FROM story WHERE id = ?), story_reason = ? WHERE version "
          "= ?")
      .bind(id, reason_key(database, "a person decided so"), version)
      .run();
}

void part_copies(Database& database, std::int64_t first, std::int64_t second) {
  database
      .prepare(
          "UPDATE reuse SET class = ?3, direction = ?4, decided = 1, confidence = 1000, reason = ?5 WHERE "
          "first IN "
          "(?1, ?2) AND second IN (?1, ?2)")
      .bind(first, second, code(ReuseClass::kIndependent), code(ReuseDirection::kUnknown),
            reason_key(database, "a person decided so"))
      .run();
  database.prepare("UPDATE compared SET original = NULL WHERE version IN (?1, ?2) AND original IN (?1, ?2)")
      .bind(first, second)
      .run();
}

void apply(const Record& record, const Kept& kept) {
  Database& database = record.store().database;
  const DecisionKind kind = kept.decision.kind;
  const bool quotations = is_of_quotations(kind);
  const std::int64_t first =
      quotations ? quotation_at(database, kept.first) : version_of(database, kept.first);
  const std::int64_t second =
      quotations ? quotation_at(database, kept.second) : version_of(database, kept.second);
  if (first == 0 || second == 0 || first == second) return;
  switch (kind) {
    case DecisionKind::kSameStatement:
      return join_statements(record, first, second, "a person decided so", true);
    case DecisionKind::kOtherStatement:
      return part_statements(record, first, second);
    case DecisionKind::kSameStory:
      return join_stories(database, first, second);
    case DecisionKind::kOtherStory:
      return part_stories(database, first);
    case DecisionKind::kNoCopy:
      return part_copies(database, first, second);
  }
}

std::string decision_id(Database& database, const Decision& decision, const Anchor& first,
                        const Anchor& second) {
  auto count = database.prepare("SELECT count(*) FROM decision");
  const std::string number = count.step() ? count.string(0) : std::string();
  Sha256 hash;
  hash.add_part("decision");
  for (const std::string_view part :
       {name(decision.kind), std::string_view(first.article), std::string_view(first.words),
        std::string_view(second.article), std::string_view(second.words), std::string_view(number)}) {
    hash.add_part(part);
  }
  return make_id('d', hash.finish());
}

}  // namespace

std::string_view name(DecisionKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

std::optional<DecisionKind> decision_kind(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<DecisionKind>(found - kNames.begin());
}

Result<std::string> decide(Record& record, const Decision& decision) {
  Record::Store& store = record.store();
  if (auto writable = store.check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store.database;
  Transaction transaction(database);
  const bool quotations = is_of_quotations(decision.kind);
  const auto first = anchor_of(record, decision.first, quotations);
  if (!first) return std::unexpected(first.error());
  const auto second = anchor_of(record, decision.second, quotations);
  if (!second) return std::unexpected(second.error());
  if (first->article == second->article && first->span == second->span) {
    return fail(ErrorCode::kInvalidArgument, "the two are one and the same");
  }
  const std::string id = decision_id(database, decision, *first, *second);
  const std::string now = store.now();
  database
      .prepare(
          "INSERT INTO decision(id, kind, first_article, first_sha256, first_begin, first_end, first_words, "
          "second_article, second_sha256, second_begin, second_end, second_words, note, made_at) VALUES (?, "
          "?, "
          "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(id, name(decision.kind), first->article, first->text_sha256, first->span.begin, first->span.end,
            first->words, second->article, second->text_sha256, second->span.begin, second->span.end,
            second->words, decision.note, now)
      .run();
  Kept kept;
  kept.decision.kind = decision.kind;
  kept.first = *first, kept.second = *second;
  apply(record, kept);
  transaction.commit();
  return database.outcome(id);
}

Result<std::string> undo_decision(Record& record, std::string_view id) {
  Record::Store& store = record.store();
  if (auto writable = store.check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store.database;
  Transaction transaction(database);
  const std::string beginning = normalise_id(id, "d");
  const std::string end = beginning + "~";
  std::vector<std::string> found;
  {
    auto rows =
        database.prepare("SELECT id FROM decision WHERE id >= ? AND id < ? AND undone_at IS NULL LIMIT 2");
    rows.bind(beginning, end);
    while (!beginning.empty() && rows.step()) found.push_back(rows.string(0));
  }
  if (found.size() != 1) {
    Error error{found.empty() ? ErrorCode::kNotFound : ErrorCode::kInvalidArgument,
                found.empty() ? fmt::format("no decision with the id {} that holds", id)
                              : fmt::format("the id {} is ambiguous; give more of it", id),
                {},
                {},
                {}};
    error.advice = "onrecord review list has the ids.";
    return std::unexpected(std::move(error));
  }
  const std::string now = store.now();
  database.prepare("UPDATE decision SET undone_at = ? WHERE id = ?").bind(now, found.front()).run();
  transaction.commit();
  return database.outcome(found.front());
}

Result<std::vector<RecordedDecision>> decisions(const Record& record) {
  Database& database = record.store().database;
  std::vector<RecordedDecision> out;
  for (Kept& kept : kept_decisions(database)) {
    const bool quotations = is_of_quotations(kept.decision.kind);
    if (quotations) {
      kept.decision.first = id_of(database, "quotation", quotation_at(database, kept.first));
      kept.decision.second = id_of(database, "quotation", quotation_at(database, kept.second));
    } else {
      kept.decision.first = version_of(database, kept.first) == 0 ? "" : kept.first.article;
      kept.decision.second = version_of(database, kept.second) == 0 ? "" : kept.second.article;
    }
    out.push_back(std::move(kept.decision));
  }
  return database.outcome(std::move(out));
}

void apply_decisions(const Record& record) {
  for (const Kept& kept : kept_decisions(record.store().database)) {
    if (kept.decision.undone_at.empty()) apply(record, kept);
  }
}

}  // namespace onrecord
