// What a record got since a day: by when it was added, not by when it was said or published.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison.h"
#include "compare/timeline.h"
#include "onrecord/record.h"

namespace onrecord {

struct NewQuery {
  std::string since;         ///< ISO date or time in UTC: added then or later
  std::uint32_t limit = 20;  ///< of each group
};

/// A quotation that came to a statement which the record had.
struct NewWitness {
  std::string statement;  ///< id
  RecordedQuotation quotation;
};

struct WhatsNew {
  std::uint64_t articles = 0;                                                       ///< added
  std::uint64_t statements = 0, witnesses = 0, leads = 0, copies = 0, stories = 0;  ///< all of them
  /// Speakers whose statements were searched for leads, of those with new ones: the most quoted
  /// `kMostSearched`.
  std::uint64_t speakers = 0, speakers_searched = 0;
  std::vector<StatementRow> new_statements;  ///< all their witnesses are new; the most carried first
  std::vector<NewWitness> new_witnesses;     ///< of older statements, newest article first
  std::vector<TimelineRow> new_leads;        ///< rows whose statement, or the earlier one, is new
  std::vector<CopiedPair> new_copies;        ///< pairs of which one article is new, in canonical order
  std::vector<StoryRow> new_stories;         ///< of two articles or more, all of them new
};

constexpr std::uint64_t kMostSearched = 200;

/// Fails as `Record` does. Costs what was added, and reading all statements of the speakers that are
/// searched.
[[nodiscard]] Result<WhatsNew> whats_new(const Record& record, const NewQuery& query);

}  // namespace onrecord
