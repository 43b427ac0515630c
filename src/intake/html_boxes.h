// Boxes within a page that are told by what they hold, not by what they are called.
#pragma once

#include <cstdint>
#include <vector>

#include "intake/html_blocks.h"
#include "intake/html_tree.h"

namespace onrecord {

/// Adds to the evidence of every node in a box:
/// - `kFigure` where a box holds a picture, a few words and no paragraph: the words are its caption;
/// - `kClutter` where a box of a few words ends in a link that appeals to the reader ("Sign up",
///   data/html_appeals.txt).
/// Elements for which `is_main` is true are no boxes. Costs O(nodes + bytes).
void mark_boxes(const HtmlTree& tree, const HtmlBlocks& blocks, const std::vector<bool>& is_main,
                std::vector<std::uint16_t>& evidence);

}  // namespace onrecord
