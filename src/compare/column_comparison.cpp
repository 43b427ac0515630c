#include "compare/column_comparison.h"

#include <algorithm>
#include <ranges>
#include <string>
#include <tuple>
#include <vector>

#include "record/column_sieve.h"
#include "record/store.h"

namespace onrecord {
namespace {

using Row = SearchColumns::Row;

/// What a statement is listed by.
struct Place {
  std::uint32_t independent = 1, reports = 1;
  std::uint32_t date = 0;  // of the base
  std::uint64_t id = 0;    // of the first
  std::int64_t first = 0;
};

Place place_of(const SearchColumns& columns, const SearchColumns::Statement& statement) {
  const Row base = columns.row_of(statement.base);
  return {statement.independent, statement.reports,
          base == SearchColumns::kNone ? 0 : columns.quotation(base).date, statement.id, statement.first};
}

/// A quotation that nobody else has.
Place place_of(const SearchColumns& columns, Row row) {
  return {1, 1, columns.quotation(row).date, columns.id(row), columns.key(row)};
}

/// The statements of which a quotation passes.
std::vector<Place> places_that_pass(const SearchColumns& columns, const ColumnSieve& sieve,
                                    std::uint64_t least_reports) {
  std::vector<Place> places;
  std::vector<std::uint8_t> seen(columns.statements());
  const auto add_carried = [&](Row row, std::uint32_t number) {
    const SearchColumns::Statement& statement = columns.statement(number);
    if (seen[number] != 0 || statement.reports < least_reports || !sieve.passes(row)) return;
    seen[number] = 1;
    places.push_back(place_of(columns, statement));
  };
  if (least_reports > 1) {
    for (const auto& [row, number] : columns.witnesses()) add_carried(row, number);
    return places;
  }
  const auto add = [&](Row row) {
    const auto carried = columns.statements_of(row);
    for (const auto& [witness, number] : carried) add_carried(row, number);
    if (carried.empty() && sieve.passes(row)) places.push_back(place_of(columns, row));
  };
  if (const auto persons = sieve.persons()) {
    for (const std::uint32_t person : *persons) std::ranges::for_each(columns.rows_of(person), add);
  } else {
    const auto [begin, end] = sieve.reach();
    std::ranges::for_each(std::views::iota(begin, end), add);
  }
  return places;
}

void sort_page(std::vector<Place>& places, StatementOrder order, std::size_t begin, std::size_t end) {
  const auto sort = [&](const auto& key) {
    const auto is_before = [&](const Place& a, const Place& b) { return key(a) < key(b); };
    const auto first = places.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = places.begin() + static_cast<std::ptrdiff_t>(end);
    // What stands before the page need not be in order.
    if (first != places.end()) std::nth_element(places.begin(), first, places.end(), is_before);
    std::partial_sort(first, last, places.end(), is_before);
  };
  if (order == StatementOrder::kDate) {
    sort([](const Place& one) { return std::tuple(~one.date, one.id); });
  } else {
    sort([](const Place& one) { return std::tuple(~one.independent, ~one.reports, ~one.date, one.id); });
  }
}

}  // namespace

Result<ListPage<StatementRow>> statements_page(const Record& record, const SearchColumns& columns,
                                               const StatementQuery& query) {
  Database& database = record.store().database;
  UnderstoodSearch filters;
  filters.query.story = query.story;
  filters.query.since = query.since, filters.query.until = query.until;
  if (!query.speaker.empty()) {
    const auto speaker = locate_speaker(database, query.speaker);
    if (!speaker) return std::unexpected(speaker.error());
    filters.described = std::vector{speaker->key};
  }
  const auto sieve = ColumnSieve::make(database, columns, filters);
  if (!sieve) return std::unexpected(sieve.error());
  std::vector<Place> places = places_that_pass(columns, *sieve, query.least_reports);
  const std::size_t begin = std::min<std::size_t>(query.offset, places.size());
  const std::size_t end = std::min<std::size_t>(query.offset + query.limit, places.size());
  sort_page(places, query.order, begin, end);
  std::vector<std::int64_t> firsts;
  for (std::size_t at = begin; at < end; ++at) firsts.push_back(places[at].first);
  auto rows = Comparison(record).statements_of(firsts);
  if (!rows) return std::unexpected(rows.error());
  return ListPage<StatementRow>{std::move(*rows), places.size()};
}

Result<ListPage<StoryRow>> stories_page(const Record& record, const SearchColumns& columns,
                                        std::uint64_t least_articles, std::string_view words,
                                        std::uint32_t limit, std::uint64_t offset) {
  std::vector<std::string> wanted;
  for (const auto word : std::views::split(words, ' '))
    wanted.push_back(in_ascii_lower_case(std::string_view(word.begin(), word.end())));
  std::erase(wanted, "");
  Database& database = record.store().database;
  ListPage<StoryRow> page;
  for (std::uint32_t number = 0; number < columns.stories().size(); ++number) {
    const SearchColumns::Story& story = columns.stories()[number];
    if (story.articles < least_articles) break;  // those of more come first
    const TitleList& titles = columns.story_titles();
    if (!std::ranges::all_of(wanted, [&](const std::string& word) { return titles.has(number, word); }))
      continue;
    if (page.total++ < offset || page.rows.size() >= limit) continue;
    auto row = database.prepare("SELECT id, title FROM story WHERE key = ?");
    if (!row.bind(story.key).step()) continue;
    page.rows.push_back({row.string(0), row.string(1), story.articles, story.outlets,
                         columns.dates().text(story.first), columns.dates().text(story.last)});
  }
  return database.outcome(std::move(page));
}

}  // namespace onrecord
