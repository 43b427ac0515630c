// Which of the lines that a page shows are the article, and what each of them is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intake/html_blocks.h"
#include "onrecord/article.h"

namespace onrecord {

/// A block of the page with its part in the article.
struct ContentBlock {
  std::size_t block = 0;  ///< index into `HtmlBlocks::blocks`
  ParagraphRole role = ParagraphRole::kBody;
};

/// Where the parts of the article stand.
struct ContentPlaces {
  NodeIndex title = kNoNode;  ///< the heading that is the headline, when one is
  NodeIndex container = 0;    ///< the element that holds the main text
  NodeIndex scope = 0;        ///< the element around it that holds notices and bylines
};

struct PageContent {
  ContentPlaces places;
  std::vector<ContentBlock> blocks;  ///< in document order
  std::uint64_t steps = 0;           ///< counted work: nodes looked at in the choice, blocks read
};

/// What the page's metadata say of its words.
struct PageWords {
  std::vector<std::string> authors;       ///< by whose names the lines about them are known
  std::vector<std::string> descriptions;  ///< often the standfirst
};

/// Chooses the container of the main text by evidence (itemprop=articleBody, then an <article>, then <main>,
/// then the densest run of paragraphs), leaves out what is not the article, and names the rest. `title` is
/// the heading that is the headline, or `kNoNode`. Costs O(nodes + bytes).
[[nodiscard]] PageContent main_content(const HtmlTree& tree, const HtmlBlocks& blocks, NodeIndex title,
                                       const PageWords& told);

}  // namespace onrecord
