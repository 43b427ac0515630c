#include "intake/html_boxes.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "intake/ascii.h"
#include "intake/html_evidence.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

const std::vector<std::string>& appeals() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> first_words;
    for (const auto& row : WordLists().rows("html_appeals")) first_words.push_back(row[0]);
    return first_words;
  }();
  return words;
}

// Links that call on the reader begin with a capital; in "he subscribed to the paper" the link does not.
bool is_appeal(std::string_view link) {
  constexpr std::size_t kLongestAppeal = 60;
  link = trim_ascii(link);
  if (link.empty() || link.size() > kLongestAppeal || !is_ascii_upper(link.front())) return false;
  const std::string lower = ascii_lower(link);
  return std::ranges::any_of(appeals(), [&](const std::string& words) {
    return lower.starts_with(words) &&
           (lower.size() == words.size() || !is_ascii_letter(lower[words.size()]));
  });
}

/// How much of something stands below any element, in constant time.
class Sums {
 public:
  explicit Sums(const HtmlTree& tree) : tree_(tree), before_(tree.size() + 1, 0) {}

  void add(NodeIndex at, std::uint64_t amount) { before_[at + 1] += amount; }
  void finish() {
    for (std::size_t at = 1; at < before_.size(); ++at) before_[at] += before_[at - 1];
  }
  [[nodiscard]] std::uint64_t below(NodeIndex at) const { return before_[tree_[at].end] - before_[at]; }

 private:
  const HtmlTree& tree_;
  std::vector<std::uint64_t> before_;
};

class BoxMarker {
 public:
  BoxMarker(const HtmlTree& tree, const HtmlBlocks& blocks, const std::vector<bool>& is_main,
            std::vector<std::uint16_t>& evidence)
      : tree_(tree),
        is_main_(is_main),
        evidence_(evidence),
        text_(tree),
        lines_(tree),
        links_(tree),
        pictures_(tree),
        paragraphs_(tree),
        appeals_(tree) {
    for (const HtmlBlock& block : blocks.blocks) {
      text_.add(block.first, block.text.size());
      links_.add(block.first, block.link_bytes);
      lines_.add(block.first, 1);
    }
    for (NodeIndex at = 0; at < tree.size(); ++at) {
      pictures_.add(at, tree[at].tag == Tag::kImg);
      paragraphs_.add(at, tree[at].tag == Tag::kP);
      appeals_.add(at, tree[at].tag == Tag::kA && is_appeal(tree.all_characters(at)));
    }
    for (Sums* sums : {&text_, &lines_, &links_, &pictures_, &paragraphs_, &appeals_}) sums->finish();
  }

  void mark() {
    for (NodeIndex at = 1; at < tree_.size();) {
      const std::uint16_t box = what_box(at);
      if (box == kNoEvidence) {
        ++at;
        continue;
      }
      for (const NodeIndex end = tree_[at].end; at < end; ++at) evidence_[at] |= box;
    }
  }

 private:
  [[nodiscard]] std::uint16_t what_box(NodeIndex at) const {
    if (!is_block(tree_[at].tag) || is_main_[at] || text_.below(at) == 0) return kNoEvidence;
    constexpr std::uint64_t kLongestAppealBox = 200;
    if (appeals_.below(at) > 0 && text_.below(at) <= kLongestAppealBox) return kClutter;
    constexpr std::uint64_t kLongestCaption = 300;
    constexpr std::uint64_t kMostLines = 3;  // a headline, a caption, a credit
    const bool captioned = pictures_.below(at) > 0 && paragraphs_.below(at) == 0 &&
                           text_.below(at) <= kLongestCaption && lines_.below(at) <= kMostLines &&
                           links_.below(at) * 2 <= text_.below(at);
    return captioned ? kFigure : kNoEvidence;
  }

  const HtmlTree& tree_;
  const std::vector<bool>& is_main_;
  std::vector<std::uint16_t>& evidence_;
  Sums text_;
  Sums lines_;
  Sums links_;
  Sums pictures_;
  Sums paragraphs_;
  Sums appeals_;
};

}  // namespace

void mark_boxes(const HtmlTree& tree, const HtmlBlocks& blocks, const std::vector<bool>& is_main,
                std::vector<std::uint16_t>& evidence) {
  BoxMarker(tree, blocks, is_main, evidence).mark();
}

}  // namespace onrecord
