// /statements, /stories, /check
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "compare/check.h"
#include "compare/column_comparison.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"
#include "compare/statements.h"
#include "record/article_reading.h"
#include "record/quotation_json.h"
#include "record/store.h"
#include "serve/api.h"
#include "serve/pages.h"
#include "serve/statement_items.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kStatementsOfStory = 300;
constexpr std::size_t kLeastWords = 3;  // of a passage in marks that is looked up
constexpr std::size_t kLongestRead =
    200'000;  // bytes of a draft that is read for its speakers: some two seconds

Result<void> add_items(ListWriter& list, const Record& record, std::span<const StatementRow> rows) {
  RecordedTexts texts(record);
  for (const StatementRow& row : rows) {
    const auto item = statement_item(record, row, texts);
    if (!item) return std::unexpected(item.error());
    list.add(*item);
  }
  return {};
}

Response list_statements(const ServedRecord& served, const Request& request) {
  const Record& record = served.record();
  const auto page = page_of(request);
  if (!page) return error_response(page.error());
  StatementQuery query;
  query.speaker = request.parameter("speaker"), query.story = request.parameter("story");
  auto dates = dates_of(request);
  if (!dates) return error_response(dates.error());
  query.since = std::move(dates->since), query.until = std::move(dates->until);
  query.least_reports = request.parameter("reports") == "1" ? 1 : 2;
  const bool by_date = request.parameter("order") == "date";
  query.order = by_date ? StatementOrder::kDate : StatementOrder::kCarried;
  query.limit = page->limit, query.offset = page->offset;
  const auto columns = served.columns();
  if (!columns) return error_response(columns.error());
  const auto found = statements_page(record, **columns, query);
  if (!found) return error_response(found.error());
  ListWriter list;
  if (const auto added = add_items(list, record, found->rows); !added) return error_response(added.error());
  list.close_items();
  return list.finish(found->total, false, next_cursor_of(*page, found->total), by_date ? "date" : "carried");
}

Result<std::string> proposals_json(const Record& record, const ToldStatement& statement,
                                   RecordedTexts& texts) {
  JsonWriter json;
  json.begin_array();
  for (const ToldWitness& witness : statement.witnesses) {
    const auto proposals = Comparison(record).proposals(witness.quotation.id);
    if (!proposals) return std::unexpected(proposals.error());
    for (const ToldProposal& proposal : *proposals) {
      const auto item = quotation_with_statement(record, proposal.quotation, texts);
      if (!item) return std::unexpected(item.error());
      json.begin_object();
      json.member("witness", std::string_view(witness.quotation.id));
      json.member("relation", name(proposal.relation)), json.member("altered", proposal.altered);
      json.member("confidence", rounded(proposal.confidence)), json.member_or_null("reason", proposal.reason);
      json.key("quotation"), json.raw(*item);
      json.end_object();
    }
  }
  json.end_array();
  return json.take();
}

/// How many witnesses keep each word of the base: runs of equal numbers, as code points of its article.
std::string kept_by_json(const ToldStatement& statement, RecordedTexts& texts) {
  const RecordedQuotation& base = statement.base_quotation();
  const auto base_context = texts.json_context_of(base);
  if (!base_context) return "[]";
  std::map<std::uint32_t, int> changes;  // at byte: so many more witnesses keep what follows
  for (const ToldWitness& witness : statement.witnesses) {
    const auto context = texts.json_context_of(witness.quotation);
    if (!context) continue;
    if (witness.quotation.id == base.id) {
      for (const Span span : base.quotation.content) ++changes[span.begin], --changes[span.end];
      continue;
    }
    const Collation collation =
        onrecord::collate(base_context->text, base.quotation, context->text, witness.quotation.quotation);
    for (const AlignedWords& words : collation.words) {
      const bool kept = words.kind == AlignmentKind::kSame || words.kind == AlignmentKind::kFolded;
      if (kept && !words.first.empty()) ++changes[words.first.begin], --changes[words.first.end];
    }
  }
  JsonWriter json;
  json.begin_array();
  int keep = 0;
  std::uint32_t begin = 0;
  for (const auto& [at, change] : changes) {
    if (keep > 0 && at > begin) {
      const CodePointSpan points = base_context->code_points->to_code_points({begin, at});
      json.begin_object();
      json.key("code_points"), json.begin_array(), json.value(points.begin), json.value(points.end),
          json.end_array();
      json.member("witnesses", keep);
      json.end_object();
    }
    keep += change, begin = at;
  }
  json.end_array();
  return json.take();
}

Response one_statement(const Record& record, std::string_view id) {
  const auto statement = Comparison(record).statement(id);
  if (!statement) return error_response(statement.error());
  RecordedTexts texts(record);
  auto written = statement_json(*statement, texts);
  if (!written) return error_response(written.error());
  const auto proposals = proposals_json(record, *statement, texts);
  if (!proposals) return error_response(proposals.error());
  written->pop_back();
  Response response;
  response.body =
      *written + ",\"kept_by\":" + kept_by_json(*statement, texts) + ",\"proposals\":" + *proposals + "}";
  return response;
}

Response list_stories(const ServedRecord& served, const Request& request) {
  const auto page = page_of(request, 100);
  if (!page) return error_response(page.error());
  const std::uint64_t least = request.parameter("articles") == "1" ? 1 : 2;
  const auto columns = served.columns();
  if (!columns) return error_response(columns.error());
  const auto found =
      stories_page(served.record(), **columns, least, request.parameter("q"), page->limit, page->offset);
  if (!found) return error_response(found.error());
  ListWriter list;
  for (const StoryRow& row : found->rows) list.add(story_json(row));
  list.close_items();
  return list.finish(found->total, false, next_cursor_of(*page, found->total), "articles");
}

Response one_story(const Record& record, std::string_view id) {
  const auto story = Comparison(record).story(id);
  if (!story) return error_response(story.error());
  StatementQuery query;
  query.story = story->story.id;
  query.limit = kStatementsOfStory;
  const auto rows = Comparison(record).statements(query);
  if (!rows) return error_response(rows.error());
  std::string body = story_json(*story);
  body.pop_back();
  body += ",\"statements\":[";
  RecordedTexts texts(record);
  for (const StatementRow& row : *rows) {
    const auto item = statement_item(record, row, texts);
    if (!item) return error_response(item.error());
    body += (body.back() == '[' ? "" : ",") + *item;
  }
  Response response;
  response.body = body + "]}";
  return response;
}

/// The text to check: the body as it is, or the member "text" of a JSON object.
Result<std::string> draft_of(const Request& request, Database& database) {
  if (!request.header("content-type").starts_with("application/json")) return request.body;
  auto row = database.prepare("SELECT json_valid(?1), iif(json_valid(?1), json_extract(?1, '$.text'), NULL)");
  if (row.bind(request.body).step() && row.integer(0) != 0 && !row.is_null(1)) return row.string(1);
  return fail(ErrorCode::kMalformed, R"(send {"text": "the draft"} as JSON, or the draft as text/plain)");
}

Result<std::string> checked_json(const Record& record, const Claim& claim) {
  const auto checked = check(record, claim);
  if (!checked) return std::unexpected(checked.error());
  RecordedTexts texts(record);
  return check_json(*checked, claim, texts);
}

/// A draft as it is: each line a paragraph.
Article article_of(const std::string& draft) {
  Article article;
  article.text = draft;
  for (std::size_t begin = 0; begin < draft.size();) {
    const std::size_t end = std::min(draft.find('\n', begin), draft.size());
    if (end > begin)
      article.paragraphs.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, ParagraphRole::kBody});
    begin = end + 1;
  }
  return article;
}

}  // namespace

Response answer_statements(const ServedRecord& served, const Request& request, std::string_view rest) {
  return rest.empty() ? list_statements(served, request) : one_statement(served.record(), rest);
}

Response answer_stories(const ServedRecord& served, const Request& request, std::string_view rest) {
  return rest.empty() ? list_stories(served, request) : one_story(served.record(), rest);
}

Response answer_check(const Record& record, const Request& request, const MakeReading& reading) {
  const auto draft = draft_of(request, record.store().database);
  if (!draft) return error_response(draft.error());
  Article article = article_of(*draft);
  const std::string speaker = request.parameter("speaker");
  const WordLists lists;
  std::vector<Claim> claims = claims_of(article, {}, speaker, kLeastWords, lists);
  bool is_read = false;
  if (!claims.empty() && speaker.empty() && reading && draft->size() <= kLongestRead &&
      is_valid_utf8(*draft)) {
    const auto made = reading();
    const auto read = made ? (*made)->read(article, {}) : std::unexpected(made.error());
    is_read = read.has_value();
    if (is_read) claims = claims_of(article, read->quotations, speaker, kLeastWords, lists);
  }
  // Words without marks are one quotation.
  if (claims.empty() && !draft->empty() && draft->size() < 2'000) claims.push_back(claim_of(*draft, speaker));
  std::string body = "{\"items\":[";
  for (const Claim& claim : claims) {
    const auto item = checked_json(record, claim);
    if (!item) return error_response(item.error());
    body += (body.back() == '[' ? "" : ",") + *item;
  }
  JsonWriter text;
  text.value(std::string_view(*draft));
  Response response;
  response.body = fmt::format("{}],\"speakers_read\":{},\"text\":{}}}", body, is_read, text.take());
  return response;
}

}  // namespace onrecord
