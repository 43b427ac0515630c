#include "record/column_sieve.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <string_view>

#include "record/joined_speakers.h"
#include "record/store.h"

namespace onrecord {
namespace {

using Row = SearchColumns::Row;
using Marks = std::vector<std::uint8_t>;  // 1: lets through; empty: everything

void narrow(Marks& marks, const Marks& other) {
  if (marks.empty()) {
    marks = other;
  } else {
    for (std::size_t i = 0; i < marks.size(); ++i) marks[i] &= other[i];
  }
}

/// Which values of a list fit.
template <class Fits>
Marks fitting(const ValueList& values, const Fits& fits) {
  Marks marks(values.size());
  for (std::uint32_t i = 1; i < values.size(); ++i) marks[i] = fits(values.text(i));
  return marks;
}

/// Dates as `Record::search` compares them: as text, where '~' sorts after every character of a date.
Marks between(const ValueList& dates, const std::string& since, const std::string& until) {
  return fitting(dates, [&](const std::string& date) {
    const std::size_t slash = date.find('/');
    const std::string_view first = std::string_view(date).substr(0, slash);
    const std::string last = date.substr(slash == std::string::npos ? 0 : slash + 1) + "~";
    return (since.empty() || last >= since) && (until.empty() || first <= until + "~");
  });
}

}  // namespace

std::vector<std::uint8_t> outlets_called(const ValueList& outlets, const std::string& name) {
  const std::string wanted = in_ascii_lower_case(name);
  Marks marks =
      fitting(outlets, [&](const std::string& outlet) { return in_ascii_lower_case(outlet) == wanted; });
  if (std::ranges::find(marks, 1) != marks.end()) return marks;
  return fitting(outlets, [&](const std::string& outlet) {
    const std::string words = " " + in_ascii_lower_case(outlet) + " ";
    return std::ranges::all_of(std::views::split(wanted, ' '), [&](const auto& word) {
      return words.contains(" " + std::string(word.begin(), word.end()) + " ");
    });
  });
}

Result<ColumnSieve> ColumnSieve::make(Database& database, const SearchColumns& columns,
                                      const UnderstoodSearch& search) {
  ColumnSieve sieve(columns);
  const SearchQuery& query = search.query;
  if (search.described) sieve.require_speakers(database, *search.described);
  if (!query.speaker.empty()) sieve.require_speakers(database, speakers_called(database, query.speaker));
  if (auto done = sieve.require_versions(database, query); !done) return std::unexpected(done.error());
  if (!query.since.empty() || !query.until.empty())
    sieve.dates_ = between(columns.dates(), query.since, query.until);
  sieve.kinds_.require_one_of(query.kinds);
  sieve.modes_.require_one_of(query.modes);
  sieve.speaker_kinds_.require_one_of(query.speaker_kinds);
  if (search.wants_unnamed) sieve.speaker_kinds_.require_one_of(std::vector{SpeakerKind::kUnnamed});
  sieve.only_unsure_ = query.unsure_speakers;
  sieve.least_confidence_ = static_cast<std::uint16_t>(std::lround(query.least_confidence * 1000));
  return database.outcome(std::move(sieve));
}

std::pair<SearchColumns::Row, SearchColumns::Row> ColumnSieve::reach() const {
  if (dates_.empty()) return {0, columns_->size()};
  const auto fits = [](std::uint8_t mark) { return mark != 0; };
  const auto first = std::ranges::find_if(dates_, fits);
  if (first == dates_.end()) return {0, 0};
  const auto last = std::ranges::find_if(dates_ | std::views::reverse, fits).base() - 1;
  const auto rows = std::views::iota(Row{0}, columns_->size());
  const auto is_later_than = [&](std::ptrdiff_t date) {
    return
        [this, date](Row row) { return static_cast<std::ptrdiff_t>(columns_->quotation(row).date) > date; };
  };
  return {*std::ranges::partition_point(rows, is_later_than(last - dates_.begin())),
          *std::ranges::partition_point(rows, is_later_than(first - dates_.begin() - 1))};
}

std::optional<std::vector<std::uint32_t>> ColumnSieve::persons() const {
  if (persons_.empty()) return std::nullopt;
  std::vector<std::uint32_t> asked;
  for (std::uint32_t i = 0; i < columns_->persons().size(); ++i) {
    if (persons_[i] != 0) asked.push_back(i);
  }
  return asked;
}

template <class Fits>
void ColumnSieve::narrow_versions(const Fits& fits) {
  Marks marks;
  marks.reserve(columns_->versions().size());
  for (const SearchColumns::Version& version : columns_->versions()) marks.push_back(fits(version));
  if (!marks.empty()) narrow(versions_, marks);
}

void ColumnSieve::require_speakers(Database& database, const std::vector<std::int64_t>& speakers) {
  Marks marks(columns_->persons().size() + 1);  // never empty
  for (const std::int64_t speaker : speakers) {
    const std::uint32_t person = columns_->person_of(person_of(database, speaker));
    if (person != SearchColumns::kNone) marks[person] = 1;
  }
  narrow(persons_, marks);
}

Result<void> ColumnSieve::require_versions(Database& database, const SearchQuery& query) {
  if (!query.article.empty()) {
    const bool is_version = query.article.starts_with('v') || query.article.starts_with('V');
    const auto located = locate(database, is_version ? "version" : "article", query.article);
    if (!located) return std::unexpected(located.error());
    narrow_versions([&](const SearchColumns::Version& version) {
      return (is_version ? version.key : version.article) == located->key;
    });
  }
  if (!query.story.empty()) {
    auto row = database.prepare("SELECT key FROM story WHERE id = ?");
    // No article stands in a story that is not there.
    const std::uint32_t story =
        row.bind(query.story).step() ? columns_->story_of(row.integer(0)) : SearchColumns::kNone;
    narrow_versions([&](const SearchColumns::Version& version) {
      return story != SearchColumns::kNone && version.story == story;
    });
  }
  if (!query.outlet.empty()) {
    const Marks outlets = outlets_called(columns_->outlets(), query.outlet);
    narrow_versions([&](const SearchColumns::Version& version) { return outlets[version.outlet] != 0; });
  }
  if (!query.new_since.empty()) {
    const Marks batches =
        fitting(columns_->batches(), [&](const std::string& at) { return at >= query.new_since; });
    narrow_versions([&](const SearchColumns::Version& version) { return batches[version.batch] != 0; });
  }
  return {};
}

}  // namespace onrecord
