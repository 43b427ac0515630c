#include "record/understood_search.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "record/described_speakers.h"
#include "record/search_words.h"

namespace onrecord {
namespace {

/// A month without a year is the last one that the record has articles of or after; "since January" in a
/// record that ends in July is that year's.
std::string with_year(const SearchedRecord& record, const std::string& date) {
  if (!date.starts_with('-')) return date;
  const std::string newest = record.newest_published();
  int year = 0;
  const auto [end, error] = std::from_chars(newest.data(), newest.data() + newest.size(), year);
  if (error != std::errc() || end != newest.data() + 4) return {};
  const bool reached = newest.size() >= 7 && newest.substr(4, 3) >= date;
  return fmt::format("{:04}{}", reached ? year : year - 1, date);
}

/// "Who spoke for Norland" asks for those whom an article gives an office of Norland; "what did Norland's
/// president say" for a speaker so described, when no speaker has such a name.
Result<void> find_described(const SearchedRecord& record, const SearchWords& typed,
                            UnderstoodSearch& search) {
  if (typed.described.empty()) return {};
  const auto take = [&](std::vector<std::int64_t> speakers) {
    search.described = std::move(speakers);
    search.match = typed.rest;
  };
  if (!typed.on_behalf) {
    if (auto persons = persons_named(record.database, typed.described); !persons.empty()) {
      take(std::move(persons));
      return {};
    }
    const auto has_hits = record.has_hits(search);
    if (!has_hits) return std::unexpected(has_hits.error());
    if (*has_hits) return {};
  }
  auto speakers = speakers_described(record.database, typed.described,
                                     typed.on_behalf ? Description::kOnBehalf : Description::kAnywhere);
  if (!speakers.empty()) take(std::move(speakers));
  return {};
}

}  // namespace

Result<UnderstoodSearch> understand(const SearchedRecord& record, const SearchQuery& asked) {
  const auto typed = parse_search(asked.words);
  if (!typed) return std::unexpected(typed.error());
  UnderstoodSearch search;
  search.query = asked;
  // What the question says of the time narrows the query, unless its options already do.
  if (search.query.since.empty()) search.query.since = with_year(record, typed->since);
  if (search.query.until.empty()) search.query.until = with_year(record, typed->until);
  search.match = typed->match;
  search.wants_unnamed = typed->wants_unnamed;
  if (auto found = find_described(record, *typed, search); !found) return std::unexpected(found.error());
  return search;
}

Result<std::uint64_t> offset_of(const std::string& cursor) {
  if (cursor.empty()) return 0;
  std::uint64_t offset = 0;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, error] = std::from_chars(cursor.data(), end, offset);
  if (error != std::errc() || stop != end || offset > std::uint64_t{1} << 32) {
    return fail(ErrorCode::kInvalidArgument, "the cursor is not one that a search gave");
  }
  return offset;
}

}  // namespace onrecord
