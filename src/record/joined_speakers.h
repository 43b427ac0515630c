// One speaker over many articles: which names of the record are one person's or one body's, and why.
//
// A speaker (table `speaker`) is a name, of one article where the name alone tells nobody. What makes several
// of them one is, in this order of trust:
//   1. a correction: `speakers merge` and `speakers split`;
//   2. the same full name, but for diacritics, courtesy titles and initials (person_names.h), unless the
//   record
//      also has a name that contradicts ("George H. W. Dall" and "George W. Dall" keep "George Dall" from
//      both);
//   3. role, surname and story: an article has a bare surname with a role; another one, published within
//      `kStoryDays`, has exactly one person of that surname with that role, and shares `kSharedNames` other
//      names with it. Two articles with these are about the same story, as far as can be told without
//      stories.
// A bare surname alone never joins. What comes out depends on the record's articles and corrections, not on
// the order in which they came.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "record/sqlite.h"

namespace onrecord {

/// Keeps the joins right while articles change, inside the caller's transaction. Costs some look-ups an
/// article; a bare surname with a role costs the texts of at most `kMostSightings` articles of the same days
/// that have the name.
class SpeakerJoins {
 public:
  /// `settle` joins the speakers that are written from now on, or all.
  enum class From { kNow, kTheBeginning };
  explicit SpeakerJoins(Database& database, From from = From::kNow);

  /// To be called before an article's versions or quotations change, and after. `article`: its key.
  void before_change(std::int64_t article);
  void after_change(std::int64_t article);
  /// Looks for the joins of everything that changed; deletes speakers whom nothing names any more when
  /// `sweep` says so.
  enum class Sweep { kNo, kUnnamedSpeakers };
  void settle(Sweep sweep);

 private:
  Database& database_;
  std::int64_t newest_ = 0;                               ///< key of the newest speaker before all this
  std::set<std::pair<std::int64_t, std::int64_t>> seen_;  ///< surname, day
  std::set<std::int64_t> unsettled_;                      ///< speakers whose joins may be others now
};

/// Joins these speakers anew, after a correction or new identifiers.
void join_again(Database& database, std::vector<std::int64_t> speakers);

/// Joins all speakers of a record that has no joins yet. O(size of the record).
void join_all_speakers(Database& database);

/// The key of the speaker that stands for a speaker and all who are the same: itself when it is alone.
[[nodiscard]] std::int64_t person_of(Database& database, std::int64_t speaker);

/// All speakers who are the same as one of `speakers`, these included, in order.
[[nodiscard]] std::vector<std::int64_t> with_their_aliases(Database& database,
                                                           const std::vector<std::int64_t>& speakers);

/// The speakers whose full name folds to the same as `name` does; when there is none, those who may be of
/// that name with other initials.
[[nodiscard]] std::vector<std::int64_t> speakers_with_full_name(Database& database, std::string_view name);

}  // namespace onrecord
