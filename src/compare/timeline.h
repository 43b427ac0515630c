// What a speaker said, in the order of time: repeated statements folded, where a matter begins, and leads to
// what differs from before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compare/leads.h"
#include "onrecord/record.h"

namespace onrecord {

/// Which statements a timeline holds. Every filter that is given must hold.
struct TimelineQuery {
  std::string speaker;  ///< id of a speaker, or a name as in `SearchQuery`; empty: everybody
  std::string about;    ///< words as in `SearchQuery::words`
  std::string story;    ///< id of a story
  std::string since;    ///< ISO date: said (else published) then or later; what came before still gives leads
  std::string until;    ///< ISO date, that day, month or year included
  bool only_leads = false;
  std::uint32_t limit = 100;
  std::uint64_t offset = 0;
};

/// An earlier statement whose words on the same matter differ from those of the row that has this lead.
struct TimelineLead {
  std::string statement;  ///< id of the earlier one
  std::string quotation;  ///< id of its fullest wording
  std::string date;       ///< when it was said, else published
  std::string outlet;
  std::string earlier_words, later_words;      ///< the clauses on the matter, as printed
  std::string earlier_differs, later_differs;  ///< the words that differ; empty where one has nothing
  LeadKind kind = LeadKind::kNegation;
  std::string what_differs;         ///< in a clause
  std::vector<std::string> matter;  ///< the words that tell that both are on one matter
  float confidence = 0;
};

/// A statement in a timeline.
struct TimelineRow {
  std::string id;  ///< of the statement
  std::string date;
  bool date_is_published = false;  ///< when it was said is not known: `date` is when an article first had it
  RecordedQuotation base;          ///< the fullest wording
  std::uint64_t witnesses = 1, reports = 1, outlets = 1, independent = 1;
  std::string matter;  ///< id of the statement that begins its matter; empty when nothing else is on it
  bool begins_matter = false;
  std::uint64_t on_matter = 0;            ///< statements on the matter that it begins, itself included
  std::vector<std::string> matter_words;  ///< of the matter that it begins
  std::vector<TimelineLead> leads;
};

struct Timeline {
  std::vector<TimelineRow> rows;  ///< by date, undated ones last
  std::uint64_t total = 0;        ///< rows of all pages
  std::uint64_t leads = 0;        ///< of all pages
  bool is_capped = false;         ///< more than `kMostInTimeline` quotations fit; the newest were taken
};

constexpr std::uint64_t kMostInTimeline = 20'000;

/// Statements by when they were said, else published. Those that were only thought are left out. Fails as
/// `Record` does, and with `kInvalidArgument` for an ambiguous id. Costs reading what fits the speaker, the
/// words and the story, whatever the dates.
[[nodiscard]] Result<Timeline> timeline(const Record& record, const TimelineQuery& query);

/// All leads of one speaker (id), with the rows of their later statements; no limit.
[[nodiscard]] Result<std::vector<TimelineRow>> leads_of(const Record& record, std::string_view speaker);

}  // namespace onrecord
