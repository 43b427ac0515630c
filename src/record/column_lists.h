// Lists and single rows from columns: the answers of `Record::speakers`, `Record::speaker` and
// `Record::articles`, for a program that gives many.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "onrecord/record.h"
#include "record/search_columns.h"

namespace onrecord {

template <class ListRow>
struct ListPage {
  std::vector<ListRow> rows;
  std::uint64_t total = 0;  ///< of all pages
};

[[nodiscard]] Result<ListPage<SpeakerRow>> speakers_page(const Record& record, const SearchColumns& columns,
                                                         std::string_view words, std::uint32_t limit,
                                                         std::uint64_t offset);

/// `ArticleRow::text_bytes` and `ArticleRow::path` are left out: they cost reading more.
[[nodiscard]] Result<ListPage<ArticleRow>> articles_page(const Record& record, const SearchColumns& columns,
                                                         const ArticleFilter& wanted, std::uint32_t limit,
                                                         std::uint64_t offset);

/// The number of the person that an id, or the beginning of one, names; of any of the names.
[[nodiscard]] Result<std::uint32_t> locate_person(const Record& record, const SearchColumns& columns,
                                                  std::string_view id);
[[nodiscard]] Result<SpeakerRow> speaker_row(const Record& record, const SearchColumns& columns,
                                             std::uint32_t person);
/// How many quotations of a person each outlet has, most first.
[[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> outlets_of(const SearchColumns& columns,
                                                                            std::uint32_t person);
/// What articles call a person, most often first. It is read from at most some `kMostRead` quotations, spread
/// evenly over time, because each costs reading a text; counts are estimates when there are more.
constexpr std::size_t kMostRead = 200;
[[nodiscard]] Result<std::vector<SpeakerAlias>> aliases_of(const Record& record, const SearchColumns& columns,
                                                           std::uint32_t person);
}  // namespace onrecord
