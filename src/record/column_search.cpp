#include "record/column_search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <ranges>
#include <tuple>

#include "record/codes.h"
#include "record/relevance.h"
#include "record/store.h"

namespace onrecord {
namespace {

using Row = SearchColumns::Row;

/// The rows of the index that fit an expression, in order.
IndexMemory::Rows rows_that_match(Database& database, const SearchColumns& columns,
                                  const std::string& match) {
  if (IndexMemory::Rows known = columns.index_memory().rows(match)) return known;
  // Marked first: that puts them in order without sorting.
  std::vector<std::uint8_t> marked(columns.size());
  std::size_t count = 0;
  auto rows = database.prepare("SELECT rowid FROM search WHERE search MATCH ?");
  rows.bind(match);
  while (rows.step()) {
    const Row row = columns.row_of(rows.integer(0));
    if (row == SearchColumns::kNone) continue;
    marked[row] = 1, ++count;
  }
  auto found = std::make_shared<std::vector<Row>>();
  found->reserve(count);
  for (Row row = 0; row < columns.size(); ++row) {
    if (marked[row] != 0) found->push_back(row);
  }
  if (!database.failed()) columns.index_memory().keep_rows(match, found);
  return found;
}

}  // namespace

Result<ColumnSearch> ColumnSearch::find(const Record& record, std::shared_ptr<const SearchColumns> columns,
                                        const SearchQuery& asked) {
  Database& database = record.store().database;
  const SearchedRecord searched{database, [&] { return columns->newest_published(); },
                                [&](const UnderstoodSearch& search) -> Result<bool> {
                                  const auto sieve = ColumnSieve::make(database, *columns, search);
                                  if (!sieve) return std::unexpected(sieve.error());
                                  auto rows =
                                      database.prepare("SELECT rowid FROM search WHERE search MATCH ?");
                                  rows.bind(search.match);
                                  while (rows.step()) {
                                    const Row row = columns->row_of(rows.integer(0));
                                    if (row != SearchColumns::kNone && sieve->passes(row)) return true;
                                  }
                                  return database.outcome(false);
                                }};
  auto understood = understand(searched, asked);
  if (!understood) return std::unexpected(understood.error());
  ColumnSearch search(std::move(columns));
  search.search_ = std::move(*understood);
  const auto offset = offset_of(search.search_.query.cursor);
  if (!offset) return std::unexpected(offset.error());
  search.offset_ = *offset;
  if (auto found = search.find_rows(record); !found) return std::unexpected(found.error());
  return search;
}

Result<void> ColumnSearch::find_rows(const Record& record) {
  Database& database = record.store().database;
  const auto sieve = ColumnSieve::make(database, *columns_, search_);
  if (!sieve) return std::unexpected(sieve.error());
  const std::string& match = search_.match;
  by_relevance_ = search_.query.order == SearchOrder::kRelevance && !match.empty();
  if (by_relevance_) {
    find_by_relevance(record, *sieve);
  } else if (!match.empty()) {
    take_in_order(*rows_that_match(database, *columns_, match), *sieve);
  } else if (const auto persons = sieve->persons(); !persons) {
    const auto [begin, end] = sieve->reach();
    take_in_order(std::views::iota(begin, end), *sieve);
  } else if (persons->size() == 1) {
    take_in_order(columns_->rows_of(persons->front()), *sieve);
  } else {
    std::vector<Row> rows;
    for (const std::uint32_t person : *persons) {
      const auto theirs = columns_->rows_of(person);
      rows.insert(rows.end(), theirs.begin(), theirs.end());
    }
    std::ranges::sort(rows);
    take_in_order(rows, *sieve);
  }
  if (search_.query.order == SearchOrder::kUnsureSpeaker) take_least_sure();
  return database.outcome();
}

void ColumnSearch::find_by_relevance(const Record& record, const ColumnSieve& sieve) {
  Record::Store& store = record.store();
  if (!store.relevance) store.relevance = std::make_unique<Relevance>(store.database);
  std::vector<ScoredHit> hits = store.relevance->hits(
      store.database, search_.match, *columns_, [&](Row row) { return sieve.passes(row); },
      kSearchCountLimit + 1);
  is_capped_ = hits.size() > kSearchCountLimit;
  if (is_capped_) hits.pop_back();
  const auto end =
      hits.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(hits.size(), end_of_page()));
  std::ranges::partial_sort(hits, end, [&](const ScoredHit& a, const ScoredHit& b) {
    return a.score != b.score ? a.score < b.score : columns_->id(a.row) < columns_->id(b.row);
  });
  rows_.reserve(hits.size());
  for (const ScoredHit& hit : hits) rows_.push_back(hit.row);
}

template <class Rows>
void ColumnSearch::take_in_order(const Rows& rows, const ColumnSieve& sieve) {
  // One more than is shown or counted tells that there are more.
  const bool all = search_.query.order == SearchOrder::kUnsureSpeaker;
  const std::uint64_t most =
      all ? std::numeric_limits<std::uint64_t>::max() : std::max(kSearchCountLimit, end_of_page()) + 1;
  for (const Row row : rows) {
    if (!sieve.passes(row)) continue;
    rows_.push_back(row);
    if (rows_.size() == most) break;
  }
  is_capped_ = rows_.size() > kSearchCountLimit;
}

void ColumnSearch::take_least_sure() {
  const auto end =
      rows_.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(rows_.size(), end_of_page()));
  std::ranges::partial_sort(rows_, end, [&](Row a, Row b) {
    const auto [speaker, own] = columns_->confidences(a);
    const auto [other_speaker, other_own] = columns_->confidences(b);
    return std::tuple(speaker, -own, columns_->id(a)) <
           std::tuple(other_speaker, -other_own, columns_->id(b));
  });
}

std::uint64_t ColumnSearch::total() const { return std::min<std::uint64_t>(rows_.size(), kSearchCountLimit); }

std::vector<std::int64_t> ColumnSearch::page() const {
  std::vector<std::int64_t> keys;
  for (std::uint64_t at = offset_; at < std::min<std::uint64_t>(end_of_page(), rows_.size()); ++at)
    keys.push_back(columns_->key(rows_[at]));
  return keys;
}

std::string ColumnSearch::next() const {
  return rows_.size() > end_of_page() ? std::to_string(end_of_page()) : std::string();
}

namespace {

/// How often each number came up.
class Counts {
 public:
  explicit Counts(std::size_t numbers) : counts_(numbers) {}
  void add(std::size_t number) { ++counts_[number]; }
  /// The numbers that came up, 0 left out, those with the greatest count first, else by number.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::uint64_t>> most(std::size_t limit) const {
    std::vector<std::pair<std::size_t, std::uint64_t>> found;
    for (std::size_t i = 1; i < counts_.size(); ++i) {
      if (counts_[i] > 0) found.emplace_back(i, counts_[i]);
    }
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
    std::ranges::partial_sort(found, end, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    found.erase(end, found.end());
    return found;
  }
  [[nodiscard]] std::uint64_t of(std::size_t number) const { return counts_[number]; }

 private:
  std::vector<std::uint64_t> counts_;
};

template <class NameOf>
std::vector<TallyValue> named(const Counts& counts, const NameOf& name_of) {
  std::vector<TallyValue> values;
  for (const auto& [number, count] : counts.most(std::numeric_limits<std::size_t>::max())) {
    std::string name(name_of(number));
    values.push_back({name, name, count});
  }
  std::ranges::sort(values, [](const TallyValue& a, const TallyValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return values;
}

/// Moments of a day, and intervals that begin on it, count for the day.
std::vector<TallyValue> by_day(const Counts& counts, const ValueList& dates) {
  std::map<std::string_view, std::uint64_t> days;
  for (std::uint32_t i = 1; i < dates.size(); ++i) {
    if (counts.of(i) == 0) continue;
    const std::string_view date = dates.text(i);
    days[date.substr(0, date.find_first_of("T/"))] += counts.of(i);
  }
  std::vector<TallyValue> values;
  values.reserve(days.size());
  for (const auto& [day, count] : days) values.push_back({std::string(day), std::string(day), count});
  return values;
}

}  // namespace

Result<SearchTally> ColumnSearch::tally(const Record& record, std::size_t most) const {
  Database& database = record.store().database;
  constexpr std::size_t kCodes = 256;
  Counts outlets(columns_->outlets().size());
  Counts persons(columns_->persons().size() + 1);  // one behind the person's number
  Counts dates(columns_->dates().size());
  Counts kinds(kCodes);
  Counts modes(kCodes);
  Counts speaker_kinds(kCodes);
  for (const Row row : std::span(rows_).first(total())) {
    const SearchColumns::Quotation& one = columns_->quotation(row);
    outlets.add(columns_->versions()[one.version].outlet);
    persons.add(one.speaker == 0 ? 0 : columns_->speakers()[one.speaker].person + 1U);
    dates.add(one.date), kinds.add(one.kind), modes.add(one.mode), speaker_kinds.add(one.speaker_kind);
  }
  SearchTally tally;
  tally.outlets = named(outlets, [&](std::size_t i) {
    return std::string_view(columns_->outlets().text(static_cast<std::uint32_t>(i)));
  });
  const auto code_at = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  tally.kinds = named(kinds, [&](std::size_t i) { return name(quotation_kind_of(code_at(i))); });
  tally.modes = named(modes, [&](std::size_t i) { return name(quotation_mode_of(code_at(i))); });
  tally.speaker_kinds =
      named(speaker_kinds, [&](std::size_t i) { return name(speaker_kind_of(code_at(i))); });
  tally.days = by_day(dates, columns_->dates());
  for (const auto& [number, count] : persons.most(most)) {
    auto row = database.prepare("SELECT id, name FROM speaker WHERE key = ?");
    if (row.bind(columns_->persons()[number - 1].key).step())
      tally.speakers.push_back({row.string(0), row.string(1), count});
  }
  return database.outcome(std::move(tally));
}

}  // namespace onrecord
