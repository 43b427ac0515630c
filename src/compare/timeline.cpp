#include "compare/timeline.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compare/comparison.h"
#include "record/recorded_texts.h"
#include "record/store.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kPage = 1'000;  // quotations in one search

/// What of a quotation tells when: the saying, else the publication. A day taken over from a sentence nearby
/// is the least sure; where several articles carry the statement (`is_shared`) it does not count.
struct When {
  std::string date;
  bool is_published = false;
};

When when_of(const RecordedQuotation& quotation, bool is_shared) {
  const bool counts = !is_shared || quotation.quotation.when_basis != DateBasis::kInherited;
  if (counts && !quotation.quotation.when.value.empty()) return {quotation.quotation.when.value, false};
  return {quotation.published, true};
}

/// The earliest that the witnesses tell; of two that may be the same day the one that is known more exactly.
When earliest(When one, When other) {
  if (one.date.empty()) return other;
  if (other.date.empty()) return one;
  if (is_earlier_day(one.date, other.date)) return one;
  if (is_earlier_day(other.date, one.date)) return other;
  if (one.is_published != other.is_published) return one.is_published ? other : one;
  return other.date.size() > one.date.size() ? other : one;
}

/// Quotations that fit everything but the dates (those too, when nothing else narrows the question down).
Result<std::vector<RecordedQuotation>> quotations_for(const Record& record, const TimelineQuery& query,
                                                      bool& is_capped) {
  SearchQuery search;
  search.words = query.about, search.speaker = query.speaker;
  search.order = SearchOrder::kDate;
  search.limit = kPage;
  const bool narrowed = !query.about.empty() || !query.speaker.empty() || !query.story.empty();
  if (!narrowed) search.since = query.since, search.until = query.until;
  std::set<std::string> versions;
  if (!query.story.empty()) {
    const auto story = Comparison(record).story(query.story);
    if (!story) return std::unexpected(story.error());
    for (const StoryArticle& one : story->articles) versions.insert(one.article.version);
  }
  std::vector<RecordedQuotation> found;
  do {
    auto page = record.search(search);
    if (!page) return std::unexpected(page.error());
    for (RecordedQuotation& row : page->rows) {
      if (query.story.empty() || versions.contains(row.version)) found.push_back(std::move(row));
    }
    search.cursor = page->next;
  } while (!search.cursor.empty() && found.size() < kMostInTimeline);
  is_capped = !search.cursor.empty();
  return found;
}

/// The id of the statement of several witnesses that a quotation carries; empty when it is alone.
std::string statement_carried(Database& database, const std::string& quotation) {
  auto row = database.prepare(
      "SELECT 's' || substr(f.id, 2) FROM quotation q JOIN witness w ON w.quotation = q.key "
      "JOIN quotation f ON f.key = w.statement WHERE q.id = ? "
      "ORDER BY w.statement != q.key, w.confidence DESC, w.statement LIMIT 1");
  return row.bind(quotation).step() ? row.string(0) : std::string();
}

TimelineRow row_of_one(RecordedQuotation quotation) {
  TimelineRow row;
  row.id = "s" + quotation.id.substr(1);
  const When when = when_of(quotation, false);
  row.date = when.date, row.date_is_published = when.is_published;
  row.base = std::move(quotation);
  return row;
}

TimelineRow row_of(ToldStatement statement) {
  TimelineRow row;
  row.id = statement.id;
  row.witnesses = statement.witnesses.size(), row.reports = statement.reports;
  row.outlets = statement.outlets, row.independent = statement.independent;
  When when;
  for (const ToldWitness& witness : statement.witnesses)
    when = earliest(when, when_of(witness.quotation, statement.witnesses.size() > 1));
  row.date = when.date, row.date_is_published = when.is_published;
  row.base = std::move(statement.witnesses[statement.base].quotation);
  return row;
}

/// One row a statement, by date.
Result<std::vector<TimelineRow>> folded(const Record& record, std::vector<RecordedQuotation> quotations) {
  Database& database = record.store().database;
  const Comparison comparison(record);
  std::vector<TimelineRow> rows;
  std::set<std::string> seen;
  for (RecordedQuotation& quotation : quotations) {
    const std::string carried = statement_carried(database, quotation.id);
    if (carried.empty()) {
      rows.push_back(row_of_one(std::move(quotation)));
      continue;
    }
    if (!seen.insert(carried).second) continue;
    auto statement = comparison.statement(carried);
    if (!statement) return std::unexpected(statement.error());
    TimelineRow row = row_of(std::move(*statement));
    // One wording may be the fullest of two statements: a reader wants it once.
    if (seen.insert(row.base.id).second) rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, [](const TimelineRow& a, const TimelineRow& b) {
    return std::forward_as_tuple(a.date.empty(), a.date, a.id) <
           std::forward_as_tuple(b.date.empty(), b.date, b.id);
  });
  return database.outcome(std::move(rows));
}

/// A clause as a line for a reader.
std::string words_at(std::string_view text, Span span) {
  return span.empty() ? std::string() : joined_words(text, {span});
}

TimelineLead told_lead(const Lead& lead, const TimelineRow& earlier, std::string_view earlier_text,
                       std::string_view later_text) {
  TimelineLead told;
  told.statement = earlier.id, told.quotation = earlier.base.id;
  told.date = earlier.date, told.outlet = earlier.base.outlet;
  told.earlier_words = words_at(earlier_text, lead.earlier_clause);
  told.later_words = words_at(later_text, lead.later_clause);
  told.earlier_differs = words_at(earlier_text, lead.earlier_differs);
  told.later_differs = words_at(later_text, lead.later_differs);
  told.kind = lead.kind;
  told.what_differs = lead.what_differs;
  told.matter = lead.matter;
  told.confidence = lead.confidence;
  return told;
}

/// Leads and matters of the rows of one speaker, by their places in `rows`.
Result<void> add_positions(std::vector<TimelineRow>& rows, const std::vector<std::size_t>& places,
                           RecordedTexts& texts) {
  std::vector<StatedPosition> stated;
  for (const std::size_t place : places) {
    const TimelineRow& row = rows[place];
    const auto article = texts.of_version(row.base.version);
    if (!article) return std::unexpected(article.error());
    stated.push_back({(*article)->version.text, &row.base.quotation, row.date, row.base.published});
  }
  Positions positions = find_positions(stated);
  for (const Lead& lead : positions.leads) {
    rows[places[lead.later]].leads.push_back(
        told_lead(lead, rows[places[lead.earlier]], stated[lead.earlier].text, stated[lead.later].text));
  }
  for (Matter& matter : positions.matters) {
    TimelineRow& first = rows[places[matter.first]];
    for (const std::size_t statement : matter.statements) rows[places[statement]].matter = first.id;
    first.begins_matter = true;
    first.on_matter = matter.statements.size();
    first.matter_words = std::move(matter.words);
  }
  return {};
}

/// Each speaker's statements apart; an unknown speaker has no positions.
Result<void> add_positions(const Record& record, std::vector<TimelineRow>& rows) {
  std::map<std::string, std::vector<std::size_t>> by_speaker;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].base.person.id.empty() && !rows[i].date.empty())
      by_speaker[rows[i].base.person.id].push_back(i);
  }
  for (const auto& [speaker, places] : by_speaker) {
    if (places.size() < 2) continue;
    RecordedTexts texts(record);
    if (auto added = add_positions(rows, places, texts); !added) return added;
  }
  return {};
}

bool is_asked_for(const TimelineRow& row, const TimelineQuery& query) {
  if (query.only_leads && row.leads.empty()) return false;
  if ((!query.since.empty() || !query.until.empty()) && row.date.empty()) return false;
  if (!query.since.empty() && row.date < query.since) return false;
  return query.until.empty() || row.date.substr(0, query.until.size()) <= query.until;
}

}  // namespace

Result<Timeline> timeline(const Record& record, const TimelineQuery& query) {
  Timeline out;
  auto quotations = quotations_for(record, query, out.is_capped);
  if (!quotations) return std::unexpected(quotations.error());
  auto rows = folded(record, std::move(*quotations));
  if (!rows) return std::unexpected(rows.error());
  if (auto added = add_positions(record, *rows); !added) return std::unexpected(added.error());
  for (TimelineRow& row : *rows) {
    if (!is_asked_for(row, query)) continue;
    out.leads += row.leads.size();
    if (out.total++ < query.offset || out.rows.size() >= query.limit) continue;
    out.rows.push_back(std::move(row));
  }
  return out;
}

Result<std::vector<TimelineRow>> leads_of(const Record& record, std::string_view speaker) {
  TimelineQuery query;
  query.speaker = speaker;
  query.only_leads = true;
  query.limit = kMostInTimeline;
  auto found = timeline(record, query);
  if (!found) return std::unexpected(found.error());
  return std::move(found->rows);
}

}  // namespace onrecord
