#include "intake/html_content.h"

#include <algorithm>
#include <optional>

#include "intake/ascii.h"
#include "intake/html_evidence.h"

namespace onrecord {
namespace {

// A paragraph of prose rather than a label: at least this many bytes, and not mostly links.
constexpr std::uint32_t kProseBytes = 80;

bool mostly_links(const HtmlBlock& block) { return block.link_bytes * 2 > block.text.size(); }

bool is_prose(const HtmlBlock& block) { return block.text.size() >= kProseBytes && !mostly_links(block); }

/// Sums of prose below any element, in constant time.
class ProseMeter {
 public:
  ProseMeter(const HtmlTree& tree, const HtmlBlocks& blocks, const std::vector<std::uint16_t>* evidence)
      : tree_(tree), before_(tree.size() + 1, 0) {
    for (const HtmlBlock& block : blocks.blocks) {
      constexpr std::uint16_t kNotProse = kClutter | kApart | kCaptionName;
      if (evidence != nullptr && ((*evidence)[block.first] & kNotProse) != 0) continue;
      if (is_prose(block)) before_[block.first + 1] += block.text.size();
    }
    for (std::size_t at = 1; at < before_.size(); ++at) before_[at] += before_[at - 1];
  }

  [[nodiscard]] std::uint64_t below(NodeIndex at) const { return before_[tree_[at].end] - before_[at]; }

 private:
  const HtmlTree& tree_;
  std::vector<std::uint64_t> before_;
};

// Elements that hold so much of the page's prose that no class name can make them clutter.
std::vector<bool> main_elements(const HtmlTree& tree, const ProseMeter& prose) {
  std::vector<bool> is_main(tree.size(), false);
  const std::uint64_t all = tree.size() == 0 ? 0 : prose.below(0);
  for (NodeIndex at = 0; at < tree.size(); ++at) {
    is_main[at] = all > 0 && tree[at].tag != Tag::kText && prose.below(at) * 5 >= all * 2;
  }
  return is_main;
}

/// The element that holds the main text.
class ContainerChoice {
 public:
  ContainerChoice(const HtmlTree& tree, const ProseMeter& prose) : tree_(tree), prose_(prose) {}

  NodeIndex choose() const {
    if (tree_.size() == 0) return 0;
    const std::uint64_t all = prose_.below(0);
    for (const auto candidate :
         {&ContainerChoice::is_article_body, &ContainerChoice::is_article, &ContainerChoice::is_main}) {
      const NodeIndex best = fullest(candidate);
      if (best != kNoNode && prose_.below(best) * 2 >= all) return densest_inside(best);
    }
    return densest_inside(0);
  }

 private:
  [[nodiscard]] bool is_article_body(NodeIndex at) const {
    return tree_.attribute(at, Attribute::kItemprop).contains("articleBody");
  }
  [[nodiscard]] bool is_article(NodeIndex at) const { return tree_[at].tag == Tag::kArticle; }
  [[nodiscard]] bool is_main(NodeIndex at) const {
    return tree_[at].tag == Tag::kMain || tree_.attribute(at, Attribute::kRole) == "main";
  }

  // The candidate with the most prose; of equal ones the innermost.
  NodeIndex fullest(bool (ContainerChoice::*is_candidate)(NodeIndex) const) const {
    NodeIndex best = kNoNode;
    for (NodeIndex at = 0; at < tree_.size(); ++at) {
      if (!(this->*is_candidate)(at)) continue;
      if (best == kNoNode || prose_.below(at) >= prose_.below(best)) best = at;
    }
    return best;
  }

  // Goes down as long as one child holds nearly all the prose.
  NodeIndex densest_inside(NodeIndex at) const {
    for (;;) {
      const NodeIndex child = fullest_child(at);
      if (child == kNoNode || prose_.below(child) * 10 < prose_.below(at) * 9) return at;
      if (!is_block(tree_[child].tag) || tree_[child].tag == Tag::kP) return at;
      at = child;
    }
  }

  NodeIndex fullest_child(NodeIndex at) const {
    NodeIndex best = kNoNode;
    for (NodeIndex child = at + 1; child < tree_[at].end; child = tree_[child].end) {
      if (tree_[child].tag == Tag::kText) continue;
      if (best == kNoNode || prose_.below(child) > prose_.below(best)) best = child;
    }
    return best;
  }

  const HtmlTree& tree_;
  const ProseMeter& prose_;
};

}  // namespace

PageContent main_content(const HtmlTree& tree, const HtmlBlocks& blocks, const PageMetadata& /*metadata*/) {
  const std::vector<bool> is_main = main_elements(tree, ProseMeter(tree, blocks, nullptr));
  const std::vector<std::uint16_t> evidence = evidence_of(tree, is_main);
  const ProseMeter prose(tree, blocks, &evidence);
  PageContent content;
  content.container = ContainerChoice(tree, prose).choose();
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const HtmlBlock& block = blocks.blocks[i];
    if (!tree.contains(content.container, block.first)) continue;
    const std::uint16_t about = evidence[block.first];
    if ((about & (kClutter | kApart)) != 0) continue;
    if ((about & kCaptionName) != 0 || (about & kFigure) != 0) {
      content.blocks.push_back({i, ParagraphRole::kCaption});
      continue;
    }
    if ((about & kCreditName) != 0 && !is_prose(block)) {
      content.blocks.push_back({i, ParagraphRole::kCredit});
      continue;
    }
    if (mostly_links(block)) continue;
    if ((about & (kBylineName | kDateName | kHeading)) != 0 && !is_prose(block)) continue;
    content.blocks.push_back({i, ParagraphRole::kBody});
  }
  return content;
}

}  // namespace onrecord
