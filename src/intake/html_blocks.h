// The lines of text that a page shows, as a browser would break them.
#pragma once

#include <string>
#include <vector>

#include "intake/html_tree.h"

namespace onrecord {

/// A paragraph as shown: the inline content between two block boundaries (or two line breaks).
struct HtmlBlock {
  Span text;                     ///< in `HtmlBlocks::text`, not empty, white space collapsed
  NodeIndex element = 0;         ///< the nearest block element around it
  NodeIndex first = 0;           ///< its first text node
  std::uint32_t link_bytes = 0;  ///< how much of it stands in links
  std::uint32_t bold_bytes = 0;  ///< how much of it is bold
  std::uint32_t italic_bytes = 0;
};

struct HtmlBlocks {
  std::string text;
  std::vector<HtmlBlock> blocks;  ///< in document order
  std::uint64_t steps = 0;        ///< counted work: nodes and elements entered and left

  [[nodiscard]] std::string_view words(const HtmlBlock& block) const { return cut(text, block.text); }
};

/// Every block that is shown, or would be if its element were not hidden (pages hide the text of subscribers'
/// articles, and show it by script). White space is collapsed as CSS does for `white-space: normal` (a
/// no-break space is kept); one <br> is a line feed inside a paragraph, two are a new paragraph. Costs
/// O(nodes + bytes).
[[nodiscard]] HtmlBlocks shown_blocks(const HtmlTree& tree);

/// The text below one element, in one line.
[[nodiscard]] std::string shown_line(const HtmlTree& tree, NodeIndex element);

/// Whether the page's author hides the element (`hidden`, `display:none`).
[[nodiscard]] bool is_hidden(const HtmlTree& tree, NodeIndex element);

}  // namespace onrecord
