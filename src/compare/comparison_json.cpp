#include "compare/comparison_json.h"

#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compare/statements.h"
#include "record/codes.h"
#include "record/quotation_json.h"
#include "record/store.h"
#include "text/json_writer.h"

namespace onrecord {
namespace {

void write_place(JsonWriter& json, std::string_view member, Span span, const QuotationContext& context) {
  json.key(member);
  if (span.empty()) return json.null();
  const CodePointSpan points = context.code_points->to_code_points(span);
  json.begin_object();
  json.key("bytes"), json.begin_array(), json.value(span.begin), json.value(span.end), json.end_array();
  json.key("code_points"), json.begin_array(), json.value(points.begin), json.value(points.end);
  json.end_array();
  json.member("text", cut(context.text, span));
  json.end_object();
}

void write_collation(JsonWriter& json, const Collation& collation, const QuotationContext& first,
                     const QuotationContext& second) {
  json.member_or_null("what_changed", collation.what_changed);
  json.member("shared", rounded(collation.shared));
  json.member("longest_run", collation.longest_run);
  json.key("collation"), json.begin_array();
  for (const AlignedWords& words : collation.words) {
    json.begin_object();
    json.member("kind", name(words.kind));
    write_place(json, "base", words.first, first);
    write_place(json, "witness", words.second, second);
    json.end_object();
  }
  json.end_array();
}

void write_counts(JsonWriter& json, std::uint64_t witnesses, std::uint64_t reports, std::uint64_t outlets,
                  std::uint64_t independent) {
  json.member("witness_count", witnesses), json.member("reports", reports);
  json.member("outlets", outlets), json.member("independent", independent);
}

/// A quotation as one side of a link: enough to find it and to read it.
void write_side(JsonWriter& json, std::string_view member, const RecordedQuotation& row,
                const QuotationContext& context) {
  json.key(member), json.begin_object();
  json.member("quotation", std::string_view(row.id)), json.member("article", std::string_view(row.article));
  json.member_or_null("path", context.origin);
  json.member_or_null("outlet", row.outlet), json.member_or_null("published", row.published);
  json.member_or_null("speaker", row.quotation.speaker.value);
  json.member("words", std::string_view(joined_words(context.text, row.quotation.content)));
  json.key("content"), write_spans(json, context.text, *context.code_points, row.quotation.content);
  json.end_object();
}

struct LinkFacts {
  std::string_view statement;  ///< id; empty of a proposed one
  WitnessRelation relation;
  bool altered;
  std::string_view what_changed;
  float confidence;
  std::string_view reason;
};

Result<std::string> link_json(const RecordedQuotation& first, const RecordedQuotation& second,
                              const LinkFacts& facts, RecordedTexts& texts) {
  const auto one = texts.json_context_of(first);
  if (!one) return std::unexpected(one.error());
  const auto other = texts.json_context_of(second);
  if (!other) return std::unexpected(other.error());
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/link/1");
  json.member_or_null("statement", facts.statement);
  json.member("proposed", facts.statement.empty());
  json.member("relation", name(facts.relation)), json.member("altered", facts.altered);
  json.member_or_null("what_changed", facts.what_changed);
  json.member("confidence", rounded(facts.confidence));
  json.member_or_null("reason", facts.reason);
  write_side(json, "first", first, *one), write_side(json, "second", second, *other);
  json.end_object();
  return json.take() + "\n";
}

void write_story_members(JsonWriter& json, const StoryRow& story) {
  json.member("schema", "onrecord/story/1");
  json.member("id", std::string_view(story.id)), json.member_or_null("title", story.title);
  json.member("articles", story.articles), json.member("outlets", story.outlets);
  json.member_or_null("first", story.first), json.member_or_null("last", story.last);
}

void write_article_members(JsonWriter& json, const ArticleRow& article) {
  json.member("article", std::string_view(article.id)),
      json.member("version", std::string_view(article.version));
  json.member_or_null("path", article.path);
  json.member_or_null("outlet", article.outlet), json.member_or_null("title", article.title);
  json.member_or_null("published", article.published), json.member_or_null("url", article.url);
}

std::vector<std::string> ids_of(Database& database, std::string_view sql) {
  auto rows = database.prepare(sql);
  std::vector<std::string> ids;
  while (rows.step()) ids.push_back(rows.string(0));
  return ids;
}

using Write = std::function<Result<void>(std::string_view)>;

constexpr std::string_view kStatementIds =
    "SELECT q.id FROM statement s JOIN quotation q ON q.key = s.first JOIN compared k ON k.version = "
    "q.version "
    "ORDER BY k.place, q.content_begin, q.id";

Result<void> export_statements(const Record& record, const Write& write) {
  for (const std::string& id : ids_of(record.store().database, kStatementIds)) {
    const auto statement = Comparison(record).statement(id);
    if (!statement) return std::unexpected(statement.error());
    RecordedTexts texts(record);
    const auto json = statement_json(*statement, texts);
    if (!json) return std::unexpected(json.error());
    if (auto written = write(*json + "\n"); !written) return written;
  }
  return {};
}

RecordedQuotation piece_of(const RecordedQuotation& quotation, Span piece) {
  RecordedQuotation alone = quotation;
  alone.quotation.content = {piece};
  return alone;
}

/// Two quotations of one article may be witnesses of one statement by different parts of it; of each other
/// they are only where one repeats the other's words.
constexpr float kRepeatedShare = 0.9F;

/// A line for each pair of pieces that give the same words; none for two witnesses that give different parts
/// of a statement.
Result<void> write_pieces(const RecordedQuotation& first, const RecordedQuotation& second, LinkFacts facts,
                          RecordedTexts& texts, const Write& write) {
  const auto one = texts.json_context_of(first);
  if (!one) return std::unexpected(one.error());
  const auto other = texts.json_context_of(second);
  if (!other) return std::unexpected(other.error());
  for (const CollatedPieces& pieces :
       collate_pieces(one->text, first.quotation, other->text, second.quotation)) {
    if (first.article == second.article && pieces.collation.shared < kRepeatedShare) continue;
    facts.relation = pieces.collation.relation;
    facts.altered = pieces.collation.altered;
    facts.what_changed = pieces.collation.what_changed;
    const auto json = link_json(piece_of(first, pieces.first), piece_of(second, pieces.second), facts, texts);
    if (!json) return std::unexpected(json.error());
    if (auto written = write(*json); !written) return written;
  }
  return {};
}

/// A pair that two statements share is written once, under the first.
Result<void> export_joined_links(const Record& record, const Write& write) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const std::string& id : ids_of(record.store().database, kStatementIds)) {
    const auto statement = Comparison(record).statement(id);
    if (!statement) return std::unexpected(statement.error());
    RecordedTexts texts(record);
    const std::vector<ToldWitness>& witnesses = statement->witnesses;
    for (std::size_t i = 0; i < witnesses.size(); ++i) {
      for (std::size_t k = i + 1; k < witnesses.size(); ++k) {
        const RecordedQuotation& first = witnesses[i].quotation;
        const RecordedQuotation& second = witnesses[k].quotation;
        if (!seen.insert({first.id, second.id}).second) continue;
        const ToldWitness& weaker =
            witnesses[i].confidence < witnesses[k].confidence ? witnesses[i] : witnesses[k];
        if (auto written = write_pieces(
                first, second, {statement->id, {}, {}, {}, weaker.confidence, weaker.reason}, texts, write);
            !written)
          return written;
      }
    }
  }
  return {};
}

Result<void> export_proposed_links(const Record& record, const Write& write) {
  struct Pair {
    std::string first, second, reason;
    std::int64_t relation, altered, confidence;
  };
  std::vector<Pair> pairs;
  {
    auto rows = record.store().database.prepare(
        "SELECT a.id, b.id, p.relation, p.altered, p.confidence, r.text FROM proposal p JOIN quotation a ON "
        "a.key "
        "= p.first JOIN quotation b ON b.key = p.second LEFT JOIN reason r ON r.key = p.reason ORDER BY "
        "a.id, "
        "b.id");
    while (rows.step()) {
      pairs.push_back({rows.string(0), rows.string(1), rows.string(5), rows.integer(2), rows.integer(3),
                       rows.integer(4)});
    }
  }
  for (const Pair& pair : pairs) {
    const auto first = record.quotation(pair.first);
    if (!first) return std::unexpected(first.error());
    const auto second = record.quotation(pair.second);
    if (!second) return std::unexpected(second.error());
    RecordedTexts texts(record);
    const auto json = link_json(*first, *second,
                                {{},
                                 witness_relation_of(pair.relation),
                                 pair.altered != 0,
                                 {},
                                 static_cast<float>(pair.confidence) / 1000.0F,
                                 pair.reason},
                                texts);
    if (!json) return std::unexpected(json.error());
    if (auto written = write(*json); !written) return written;
  }
  return {};
}

Result<void> export_reuse(const Record& record, const Write& write) {
  for (const std::string& id :
       ids_of(record.store().database,
              "SELECT DISTINCT a.id FROM reuse r JOIN version v ON v.key = r.first JOIN article a ON a.key = "
              "v.article JOIN compared k ON k.version = v.key ORDER BY k.place")) {
    const auto all = Comparison(record).reuse_of(id);
    if (!all) return std::unexpected(all.error());
    for (const ToldReuse& reuse : *all) {
      if (!reuse.asked_is_first) continue;
      if (auto written = write(reuse_json(id, reuse) + "\n"); !written) return written;
    }
  }
  return {};
}

Result<void> export_stories(const Record& record, const Write& write) {
  auto rows = record.store().database.prepare(
      "SELECT s.article, s.version, s.outlet, s.title, s.published, s.story, s.first_assignment, "
      "s.reprint_of, "
      "s.reason, s.provisional, (SELECT path FROM original WHERE version = v.key ORDER BY path LIMIT 1) FROM "
      "story_articles s JOIN version v ON v.id = s.version JOIN compared k ON k.version = v.key ORDER BY "
      "k.place");
  while (rows.step()) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", "onrecord/story-article/1");
    constexpr std::array kNames = {"article", "version",          "outlet",     "title", "published",
                                   "story",   "first_assignment", "reprint_of", "reason"};
    for (int i = 0; const char* member : kNames) json.member_or_null(member, rows.text(i++));
    json.member("provisional", rows.integer(9) != 0);
    json.member_or_null("path", rows.text(10));
    json.end_object();
    if (auto written = write(json.take() + "\n"); !written) return written;
  }
  return record.store().database.outcome();
}

}  // namespace

Result<std::string> statement_json(const ToldStatement& statement, RecordedTexts& texts) {
  const RecordedQuotation& base = statement.base_quotation();
  const auto base_context = texts.json_context_of(base);
  if (!base_context) return std::unexpected(base_context.error());
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/statement/1");
  json.member("id", std::string_view(statement.id));
  json.key("story");
  if (statement.story.empty()) {
    json.null();
  } else {
    json.begin_object();
    json.member("id", std::string_view(statement.story)), json.member_or_null("title", statement.story_title);
    json.end_object();
  }
  json.member("base", std::string_view(base.id));
  write_counts(json, statement.witnesses.size(), statement.reports, statement.outlets, statement.independent);
  json.key("witnesses"), json.begin_array();
  for (const ToldWitness& witness : statement.witnesses) {
    const auto context = texts.json_context_of(witness.quotation);
    if (!context) return std::unexpected(context.error());
    json.begin_object();
    json.member("relation", name(witness.relation)), json.member("altered", witness.altered);
    json.member("confidence", rounded(witness.confidence)), json.member("decided", witness.decided);
    json.member_or_null("reason", witness.reason), json.member_or_null("reprint_of", witness.reprint_of);
    json.member("provisional", witness.provisional);
    if (witness.quotation.id != base.id) {
      write_collation(json,
                      collate(base_context->text, base.quotation, context->text, witness.quotation.quotation),
                      *base_context, *context);
    }
    json.key("quotation"), json.raw(quotation_json(witness.quotation.quotation, *context));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Result<std::string> statement_row_json(const StatementRow& row, RecordedTexts& texts) {
  const auto context = texts.json_context_of(row.base);
  if (!context) return std::unexpected(context.error());
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/statement-row/1");
  json.member("id", std::string_view(row.id));
  write_counts(json, row.witnesses, row.reports, row.outlets, row.independent);
  json.key("base"), json.raw(quotation_json(row.base.quotation, *context));
  json.end_object();
  return json.take();
}

Result<std::string> proposal_json(const ProposedPair& pair, RecordedTexts& texts) {
  const auto first = texts.json_context_of(pair.first);
  if (!first) return std::unexpected(first.error());
  const auto second = texts.json_context_of(pair.second.quotation);
  if (!second) return std::unexpected(second.error());
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/proposal/1");
  json.member("relation", name(pair.second.relation)), json.member("altered", pair.second.altered);
  json.member("confidence", rounded(pair.second.confidence));
  json.member_or_null("reason", pair.second.reason);
  write_collation(json,
                  collate(first->text, pair.first.quotation, second->text, pair.second.quotation.quotation),
                  *first, *second);
  json.key("first"), json.raw(quotation_json(pair.first.quotation, *first));
  json.key("second"), json.raw(quotation_json(pair.second.quotation.quotation, *second));
  json.end_object();
  return json.take();
}

Result<std::string> check_json(const Checked& checked, const Claim& claim, RecordedTexts& texts,
                               std::string_view path, std::uint64_t record_number) {
  const CodePointIndex points(claim.text);
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/check/1");
  if (!path.empty()) json.member("path", path);
  if (record_number != 0) json.member("record", record_number);
  json.member("verdict", name(checked.verdict));
  json.member("words", std::string_view(joined_words(claim.text, claim.quotation.content)));
  json.key("content"), write_spans(json, claim.text, points, claim.quotation.content);
  json.member_or_null("speaker", claim.quotation.speaker.value);
  json.member_or_null("remark", checked.remark);
  json.key("found");
  if (!checked.statement) {
    json.null();
  } else {
    const RecordedQuotation& found = checked.statement->witnesses[checked.witness].quotation;
    const auto context = texts.json_context_of(found);
    if (!context) return std::unexpected(context.error());
    QuotationContext claimed;
    claimed.text = claim.text, claimed.code_points = &points;
    json.begin_object();
    json.member("quotation", std::string_view(found.id));
    json.member("relation", name(checked.collation.relation)),
        json.member("altered", checked.collation.altered);
    write_collation(json, checked.collation, *context, claimed);
    const auto statement = statement_json(*checked.statement, texts);
    if (!statement) return std::unexpected(statement.error());
    json.key("statement"), json.raw(*statement);
    json.end_object();
  }
  json.end_object();
  return json.take();
}

std::string reuse_json(std::string_view article, const ToldReuse& reuse) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/reuse/1");
  const std::string_view other = reuse.other.id;
  json.member("first", reuse.asked_is_first ? article : other);
  json.member("second", reuse.asked_is_first ? other : article);
  json.member("class", name(reuse.reuse.reuse)), json.member("direction", name(reuse.reuse.direction));
  json.member("narrative_containment", rounded(reuse.reuse.narrative_containment));
  json.member("quotation_containment", rounded(reuse.reuse.quotation_containment));
  json.member("confidence", rounded(reuse.reuse.confidence)), json.member("decided", reuse.decided);
  json.member_or_null("reason", reuse.reuse.reason);
  json.key("other"), json.begin_object(), write_article_members(json, reuse.other), json.end_object();
  json.end_object();
  return json.take();
}

std::string story_json(const StoryRow& story) {
  JsonWriter json;
  json.begin_object(), write_story_members(json, story), json.end_object();
  return json.take();
}

std::string story_json(const ToldStory& story) {
  JsonWriter json;
  json.begin_object(), write_story_members(json, story.story);
  json.key("members"), json.begin_array();
  for (const StoryArticle& one : story.articles) {
    json.begin_object();
    write_article_members(json, one.article);
    json.member_or_null("reason", one.reason), json.member_or_null("reprint_of", one.reprint_of);
    json.member("provisional", one.provisional);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Result<void> export_comparison(const Record& record, ComparisonExport what, const Write& write) {
  switch (what) {
    case ComparisonExport::kStatements:
      return export_statements(record, write);
    case ComparisonExport::kLinks:
      if (auto joined = export_joined_links(record, write); !joined) return joined;
      return export_proposed_links(record, write);
    case ComparisonExport::kReuse:
      return export_reuse(record, write);
    case ComparisonExport::kStories:
      return export_stories(record, write);
  }
  return {};
}

}  // namespace onrecord
