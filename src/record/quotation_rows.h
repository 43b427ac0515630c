// Quotations as rows: how one is written, how it is read back, and how the search index is told of it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/sqlite.h"

namespace onrecord {

/// What every quotation of a version shares while it is written.
struct VersionInHand {
  std::int64_t key = 0;
  std::int64_t article = 0;
  std::string id;
  std::string article_id;
  std::string_view text;
};

/// Writes the quotations of one version, their spans, speakers and index entries. `sentences` give the
/// context.
void insert_quotations(Database& database, const VersionInHand& version,
                       const std::vector<Quotation>& quotations, const Spans& sentences);

/// The condition that the quotation q is at least so sure, or that a person corrected something of it (its
/// row of `corrected` is c).
[[nodiscard]] std::string is_sure_sql(float least);

void insert_spans(Database& database, std::int64_t quotation, Part part, std::uint32_t first_ordinal,
                  const Spans& spans);

/// Where the content stands, as it was read, and as a person corrected it (nothing when nobody did).
[[nodiscard]] Spans content_of(Database& database, std::int64_t quotation);
[[nodiscard]] Spans corrected_content_of(Database& database, std::int64_t quotation);

/// Deletes a version's quotations and their index entries. Corrections lose their hold and are detached.
void delete_quotations(Database& database, const VersionInHand& version);

/// Notes that what was read in an article is not what it was compared by.
void mark_changed(Database& database, std::int64_t article);

/// The speaker's key; a new one is written when there is none of that name yet. Nothing for an empty name.
[[nodiscard]] std::optional<std::int64_t> speaker_key(Database& database, std::string_view name,
                                                      SpeakerKind kind, std::int64_t article,
                                                      std::string_view article_id,
                                                      NameHolds holds = NameHolds::kAsFarAsItTells);

/// Takes a quotation out of the search index, as it stands now; to be called before what the index holds of
/// it changes, and `add_to_index` after.
void remove_from_index(Database& database, std::int64_t quotation, const VersionInHand& version);
void add_to_index(Database& database, std::int64_t quotation, const VersionInHand& version);

/// The key of a reason's text, which is written when it is not there; nothing for an empty one. Reasons
/// repeat from quotation to quotation: each is kept once. Its key is 23 bits of its hash, which take three
/// bytes wherever it is referred to; 31 bits or the next free number after them when another reason has that
/// key. It spares an index over the texts.
[[nodiscard]] std::optional<std::int64_t> reason_key(Database& database, std::string_view reason);

/// The words of `spans`, pieces joined by " … ", as the view `search_text` has them.
[[nodiscard]] std::string joined_pieces(std::string_view text, const Spans& spans);

/// An article's version as quotations are read from it.
struct QuotedVersion {
  std::string id, article, outlet, title, published, url, reading, added_at;
  bool current = false;
  std::string text;  ///< empty when it is not valid UTF-8
};

/// Nothing when there is none with this key: in a damaged file.
[[nodiscard]] std::optional<QuotedVersion> read_version(Database& database, std::int64_t key);

/// Reads quotations by key, corrections applied; those whose version is not there are left out. Versions are
/// read once a run of quotations of the same one, so hand keys over in order of versions.
[[nodiscard]] std::vector<RecordedQuotation> read_quotations(Database& database,
                                                             const std::vector<std::int64_t>& keys);
/// The same with versions from elsewhere: `version_of` gives one by its key, null when it is not there.
using VersionOf = std::function<const QuotedVersion*(std::int64_t key)>;
[[nodiscard]] std::vector<RecordedQuotation> read_quotations(Database& database,
                                                             const std::vector<std::int64_t>& keys,
                                                             const VersionOf& version_of);

}  // namespace onrecord
