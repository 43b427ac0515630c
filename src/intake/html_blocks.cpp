#include "intake/html_blocks.h"

#include <algorithm>
#include <optional>

#include "intake/ascii.h"
#include "intake/html_evidence.h"

namespace onrecord {
namespace {

bool is_bold(Tag tag) { return tag == Tag::kB || tag == Tag::kStrong; }
bool is_italic(Tag tag) { return tag == Tag::kEm || tag == Tag::kI; }

/// Collects inline content into blocks.
class BlockWriter {
 public:
  explicit BlockWriter(const HtmlTree& tree) : tree_(tree) {}

  HtmlBlocks write(NodeIndex root) {
    for (NodeIndex at = root; at < tree_[root].end;) {
      ++out_.steps;
      leave_until(at);
      const Tag tag = tree_[at].tag;
      if (tag == Tag::kText) {
        add_characters(at);
        ++at;
      } else if (is_never_shown(tag)) {
        if (is_block(tag)) end_block();
        at = tree_[at].end;
      } else {
        enter(at);
        ++at;
      }
    }
    leave_until(tree_[root].end);
    end_block();
    return std::move(out_);
  }

 private:
  struct Open {
    NodeIndex node;
    Tag tag;
    bool is_block;
  };

  void enter(NodeIndex at) {
    const Tag tag = tree_[at].tag;
    if (tag == Tag::kBr) return add_break();
    // Pages set the maker of a picture on a line of its own below the caption.
    const bool block = is_block(tag) || (captions_ > 0 && is_named_credit(tree_, at));
    if (block) end_block(), blocks_.push_back(at);
    captions_ += tag == Tag::kFigcaption;
    links_ += tag == Tag::kA;
    bold_ += is_bold(tag);
    italic_ += is_italic(tag);
    open_.push_back({at, tag, block});
  }

  void leave_until(NodeIndex at) {
    while (!open_.empty() && tree_[open_.back().node].end <= at) {
      ++out_.steps;
      const Tag tag = open_.back().tag;
      if (open_.back().is_block) end_block(), blocks_.pop_back();
      captions_ -= tag == Tag::kFigcaption;
      links_ -= tag == Tag::kA;
      bold_ -= is_bold(tag);
      italic_ -= is_italic(tag);
      open_.pop_back();
    }
  }

  void add_break() {
    ++breaks_;
    if (breaks_ >= 2) end_block();
  }

  void add_characters(NodeIndex at) {
    for (const char c : tree_.characters(at)) {
      if (is_ascii_space(c)) {
        space_ = true;
      } else {
        add(c, at);
      }
    }
  }

  void add(char c, NodeIndex at) {
    const auto begin = static_cast<std::uint32_t>(out_.text.size());
    if (!block_) {
      block_ = HtmlBlock{{begin, begin}, blocks_.empty() ? 0 : blocks_.back(), at, 0, 0, 0};
    } else if (breaks_ > 0) {
      out_.text += '\n';
    } else if (space_) {
      out_.text += ' ';
    }
    space_ = false;
    breaks_ = 0;
    out_.text += c;
    block_->link_bytes += links_ > 0;
    block_->bold_bytes += bold_ > 0;
    block_->italic_bytes += italic_ > 0;
  }

  void end_block() {
    if (block_) {
      block_->text.end = static_cast<std::uint32_t>(out_.text.size());
      out_.blocks.push_back(*block_);
      out_.text += '\n';
    }
    block_.reset();
    space_ = false;
    breaks_ = 0;
  }

  const HtmlTree& tree_;
  HtmlBlocks out_;
  std::vector<Open> open_;
  std::vector<NodeIndex> blocks_;
  std::optional<HtmlBlock> block_;
  bool space_ = false;
  int breaks_ = 0;
  int captions_ = 0;
  int links_ = 0;
  int bold_ = 0;
  int italic_ = 0;
};

}  // namespace

bool is_hidden(const HtmlTree& tree, NodeIndex element) {
  if (tree.has(element, Attribute::kHidden)) return true;
  const std::string_view style = tree.attribute(element, Attribute::kStyle);
  const std::size_t display = style.find("display");
  if (display == std::string_view::npos) return false;
  std::string_view value = trim_ascii(style.substr(display + 7));
  if (!value.starts_with(':')) return false;
  return trim_ascii(value.substr(1)).starts_with("none");
}

HtmlBlocks shown_blocks(const HtmlTree& tree) { return BlockWriter(tree).write(0); }

std::string shown_line(const HtmlTree& tree, NodeIndex element) {
  const HtmlBlocks inside = BlockWriter(tree).write(element);
  std::string line;
  for (const HtmlBlock& block : inside.blocks) {
    if (!line.empty()) line += ' ';
    line += inside.words(block);
  }
  std::ranges::replace(line, '\n', ' ');
  return line;
}

}  // namespace onrecord
