// Lists of statements and stories from columns: the answers of `Comparison::statements` and
// `Comparison::stories`, for a program that gives many.
#pragma once

#include <cstdint>
#include <string_view>

#include "compare/comparison.h"
#include "record/column_lists.h"
#include "record/search_columns.h"

namespace onrecord {

/// Costs a look at every quotation that passes the filters, some ten nanoseconds each, and reading the page.
[[nodiscard]] Result<ListPage<StatementRow>> statements_page(const Record& record,
                                                             const SearchColumns& columns,
                                                             const StatementQuery& query);

/// `words`: those whose titles have all of them, without regard to the case of ASCII letters.
[[nodiscard]] Result<ListPage<StoryRow>> stories_page(const Record& record, const SearchColumns& columns,
                                                      std::uint64_t least_articles, std::string_view words,
                                                      std::uint32_t limit, std::uint64_t offset);

}  // namespace onrecord
