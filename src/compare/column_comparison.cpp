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
using Number = std::uint32_t;  // of a statement

/// Which statements of several reports have a quotation that passes, by number: in the order of who carries
/// them.
std::vector<Number> carried_that_pass(const SearchColumns& columns, const ColumnSieve& sieve,
                                      std::uint64_t least_reports) {
  std::vector<std::uint8_t> passes(columns.statements(), sieve.lets_all_through() ? 1 : 0);
  const auto look_at = [&](const std::pair<Row, Number>& witness) {
    if (passes[witness.second] == 0 && sieve.passes(witness.first)) passes[witness.second] = 1;
  };
  if (const auto persons = sieve.persons()) {
    for (const std::uint32_t person : *persons) {
      for (const Row row : columns.rows_of(person))
        std::ranges::for_each(columns.statements_of(row), look_at);
    }
  } else if (!sieve.lets_all_through()) {
    const auto [begin, end] = sieve.reach();
    const auto& witnesses = columns.witnesses();
    std::for_each(std::ranges::lower_bound(witnesses, std::pair(begin, Number{0})),
                  std::ranges::lower_bound(witnesses, std::pair(end, Number{0})), look_at);
  }
  std::vector<Number> numbers;
  for (Number number = 0; number < passes.size(); ++number) {
    if (passes[number] != 0 && columns.statement(number).reports >= least_reports) numbers.push_back(number);
  }
  return numbers;
}

/// What a statement is listed by, of one quotation or more.
struct Place {
  std::uint32_t independent = 1, reports = 1, date = 0;
  std::uint64_t id = 0;
  std::int64_t first = 0;
};

std::vector<Place> places_that_pass(const SearchColumns& columns, const ColumnSieve& sieve,
                                    std::uint64_t least_reports) {
  std::vector<Place> places;
  for (const Number number : carried_that_pass(columns, sieve, least_reports)) {
    const SearchColumns::Statement& one = columns.statement(number);
    places.push_back({one.independent, one.reports, one.date, one.id, one.first});
  }
  if (least_reports > 1) return places;
  const auto add_if_alone = [&](Row row) {
    if (sieve.passes(row) && columns.statements_of(row).empty())
      places.push_back({1, 1, columns.quotation(row).date, columns.id(row), columns.key(row)});
  };
  if (const auto persons = sieve.persons()) {
    for (const std::uint32_t person : *persons) std::ranges::for_each(columns.rows_of(person), add_if_alone);
  } else {
    const auto [begin, end] = sieve.reach();
    std::ranges::for_each(std::views::iota(begin, end), add_if_alone);
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
  filters.query.modes.clear();
  filters.query.story = query.story;
  filters.query.since = query.since, filters.query.until = query.until;
  // What several outlets carry was said.
  if (query.least_reports > 1) filters.query.least_confidence = 0;
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
  const bool in_order = query.least_reports > 1 && query.order == StatementOrder::kCarried;
  if (!in_order) sort_page(places, query.order, begin, end);
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
