// Blocks of links to other articles, which plain text keeps as if they were prose.
#pragma once

#include <vector>

#include "onrecord/article.h"

namespace onrecord {

/// For each paragraph whether it belongs to such a block: a line that heads one ("Related:", "More from ...",
/// the headings of data/html_line_phrases.txt), and the lines after it that are as short as headlines.
[[nodiscard]] std::vector<bool> find_link_blocks(const Article& article);

}  // namespace onrecord
