#include "intake/html_content.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "intake/html_boxes.h"
#include "intake/html_byline.h"
#include "intake/html_date.h"
#include "intake/html_evidence.h"
#include "intake/html_lines.h"

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
  const std::uint64_t all = prose.below(0);
  for (NodeIndex at = 0; at < tree.size(); ++at) {
    is_main[at] = all > 0 && tree[at].tag != Tag::kText && prose.below(at) * 5 >= all * 2;
  }
  return is_main;
}

/// The element that holds the main text.
class ContainerChoice {
 public:
  ContainerChoice(const HtmlTree& tree, const ProseMeter& prose, NodeIndex title)
      : tree_(tree), prose_(prose), title_(title) {}

  NodeIndex choose() {
    const std::uint64_t all = prose_.below(0);
    for (const auto candidate :
         {&ContainerChoice::is_article_body, &ContainerChoice::is_article, &ContainerChoice::is_main}) {
      const NodeIndex best = fullest(candidate);
      if (best != kNoNode && prose_.below(best) * 2 >= all) return densest_inside(best);
    }
    const NodeIndex titled = titled_article();
    if (titled != kNoNode) return densest_inside(titled);
    return densest_inside(0);
  }

  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  [[nodiscard]] bool is_article_body(NodeIndex at) const {
    return tree_.attribute(at, Attribute::kItemprop).contains("articleBody");
  }
  [[nodiscard]] bool is_article(NodeIndex at) const { return tree_[at].tag == Tag::kArticle; }
  [[nodiscard]] bool is_main(NodeIndex at) const {
    return tree_[at].tag == Tag::kMain || tree_.attribute(at, Attribute::kRole) == "main";
  }

  // On a page of many articles: the one around the headline.
  [[nodiscard]] NodeIndex titled_article() const {
    constexpr std::uint64_t kLeastProse = 400;
    for (NodeIndex at = title_; at != kNoNode; at = tree_[at].parent) {
      if (is_article(at)) return prose_.below(at) >= kLeastProse ? at : kNoNode;
    }
    return kNoNode;
  }

  // The candidate with the most prose; of equal ones the innermost.
  NodeIndex fullest(bool (ContainerChoice::*is_candidate)(NodeIndex) const) {
    NodeIndex best = kNoNode;
    for (NodeIndex at = 0; at < tree_.size(); ++at) {
      ++steps_;
      if (!(this->*is_candidate)(at)) continue;
      if (best == kNoNode || prose_.below(at) >= prose_.below(best)) best = at;
    }
    return best;
  }

  // Goes down as long as one child holds nearly all the prose of the element it began with.
  NodeIndex densest_inside(NodeIndex at) {
    const std::uint64_t all = prose_.below(at);
    for (;;) {
      const NodeIndex child = fullest_child(at);
      if (child == kNoNode || prose_.below(child) * 10 < all * 9) return at;
      if (!is_block(tree_[child].tag) || tree_[child].tag == Tag::kP) return at;
      at = child;
    }
  }

  NodeIndex fullest_child(NodeIndex at) {
    NodeIndex best = kNoNode;
    for (NodeIndex child = at + 1; child < tree_[at].end; child = tree_[child].end) {
      ++steps_;
      if (tree_[child].tag == Tag::kText) continue;
      if (best == kNoNode || prose_.below(child) > prose_.below(best)) best = child;
    }
    return best;
  }

  const HtmlTree& tree_;
  const ProseMeter& prose_;
  NodeIndex title_;
  std::uint64_t steps_ = 0;
};

/// Walks over the blocks of the page and says which belong to the article, and as what.
class ContentReader {
 public:
  ContentReader(const HtmlTree& tree, const HtmlBlocks& blocks, const std::vector<std::uint16_t>& evidence,
                const ContentPlaces& places, const PageWords& told)
      : tree_(tree), blocks_(blocks), evidence_(evidence), places_(places), told_(told) {}

  // 1. Lines between headline and main text: standfirst, byline, date, picture.
  // 2. The main text itself.
  // 3. Notices below it.
  std::vector<ContentBlock> read() {
    const std::size_t begin = first_block(places_.container);
    const std::size_t end = first_block_after(places_.container);
    measure(begin, end);
    for (std::size_t i = front_begin(begin); i < begin; ++i) read_front(i);
    for (std::size_t i = begin; i < end && !ended_; ++i) read_body(i);
    headings_.clear();
    const std::size_t limit = std::min(first_block_after(places_.scope), blocks_.blocks.size());
    for (std::size_t i = end; i < limit; ++i) read_notice(i);
    return std::move(content_);
  }

 private:
  [[nodiscard]] std::size_t first_block(NodeIndex element) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(blocks_.blocks, element, {}, &HtmlBlock::first) -
                                    blocks_.blocks.begin());
  }
  [[nodiscard]] std::size_t first_block_after(NodeIndex element) const {
    return first_block(tree_[element].end);
  }

  // Front matter begins at the headline, when that stands before the main text.
  [[nodiscard]] std::size_t front_begin(std::size_t body) const {
    constexpr std::size_t kMostFrontBlocks = 40;  // lines between headline and text
    if (places_.title == kNoNode || places_.title > places_.container) {
      return std::max(std::min(first_block(places_.scope), body), body - std::min(body, kMostFrontBlocks));
    }
    const std::size_t title = first_block_after(places_.title);
    return std::min(body, title);
  }

  void measure(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_left_out(i) && is_prose(blocks_.blocks[i])) prose_ += blocks_.blocks[i].text.size();
    }
  }

  void read_front(std::size_t i) {
    const std::string_view words = line(i);
    const std::uint16_t about = evidence(i);
    if ((about & (kFigure | kCaptionName)) == 0 && add_names(i)) return;
    if ((about & (kClutter | kApart)) != 0) return;
    if (is_caption(i)) return add_caption(i);
    if (is_subtitle(i)) return add_subtitle(i);
    if (date_in_line(words)) return add(i, ParagraphRole::kDateline);
    const bool is_h2 = tree_[blocks_.blocks[i].element].tag == Tag::kH2;
    if (is_h2 && content_.empty() && is_long_enough_for_subtitle(words)) add_subtitle(i);
  }

  void read_body(std::size_t i) {
    const HtmlBlock& block = blocks_.blocks[i];
    if (places_.title != kNoNode && tree_.contains(places_.title, block.first)) return;
    if (read_notice(i)) return;
    if (!has_body_ && (evidence(i) & (kFigure | kCaptionName)) == 0 && add_names(i)) return;
    if (is_left_out(i)) return;
    if (is_caption(i)) return add_caption(i);
    if ((evidence(i) & kEmbed) != 0) return add(i, ParagraphRole::kOther);
    if (is_front_line(i)) return;
    if (mostly_links(block)) return drop_headings_over(i);
    switch (meaning_of_line(line(i))) {
      case LineMeaning::kClutter:
      case LineMeaning::kAuthor:
        return;
      case LineMeaning::kCredit:
        return add(i, ParagraphRole::kCredit);
      case LineMeaning::kHeading:
        return skip_below_heading();
      default:
        break;
    }
    if ((evidence(i) & kTable) != 0 && !is_prose(block)) return add(i, ParagraphRole::kOther);
    if ((evidence(i) & kHeading) != 0) return headings_.push_back(i);
    if (is_label(i) || is_about_author(i)) return;
    add_body(i);
  }

  // Correction, republication and copyright lines, wherever they stand in or below the article.
  bool read_notice(std::size_t i) {
    if ((evidence(i) & kApart) != 0 && !tree_.contains(places_.scope, blocks_.blocks[i].first)) return false;
    switch (meaning_of_line(line(i))) {
      case LineMeaning::kCorrection:
        return add(i, ParagraphRole::kCorrection), true;
      case LineMeaning::kRepublication:
        return add(i, ParagraphRole::kRepublication), true;
      case LineMeaning::kCopyright:
        return add(i, ParagraphRole::kCopyright), true;
      default:
        return false;
    }
  }

  // A byline, date or standfirst inside the container, before its prose.
  bool is_front_line(std::size_t i) {
    const HtmlBlock& block = blocks_.blocks[i];
    const std::uint16_t about = evidence(i);
    const bool is_label = !is_prose(block) && (about & (kBylineName | kDateName)) != 0;
    if (has_body_) return is_label && (about & kHeading) == 0;
    const std::string_view words = line(i);
    if (is_label)
      return add(i, (about & kBylineName) != 0 ? ParagraphRole::kByline : ParagraphRole::kDateline), true;
    if (is_subtitle(i)) return add_subtitle(i), true;
    constexpr std::size_t kLongestDateLine = 60;
    if (words.size() <= kLongestDateLine && date_in_line(words))
      return add(i, ParagraphRole::kDateline), true;
    return false;
  }

  // A line that begins as a byline, or is named as one and holds a person's name.
  bool add_names(std::size_t i) {
    constexpr std::size_t kLongestByline = 200;
    const std::string_view words = line(i);
    if (words.size() > kLongestByline) return false;
    const bool is_clutter = is_left_out(i);
    bool names_someone = !is_clutter && is_byline(words);
    if (!names_someone && (evidence(i) & kBylineName) != 0) {
      const auto is_person = [](const Author& author) { return is_person_name(author.name); };
      names_someone = std::ranges::any_of(authors_in(words), is_person);
    }
    if (names_someone) add(i, ParagraphRole::kByline);
    return names_someone;
  }

  // A line with a date or with names of people who write; false when it holds neither.
  bool add_label(std::size_t i) {
    if (add_names(i)) return true;
    const bool has_date = date_in_line(line(i)).has_value();
    if (has_date) add(i, ParagraphRole::kDateline);
    return has_date;
  }

  // A few words outside a paragraph element that are no sentence: a section's name, a button.
  [[nodiscard]] bool is_label(std::size_t i) const {
    constexpr std::size_t kLongestLabel = 40;
    const Tag tag = tree_[blocks_.blocks[i].element].tag;
    if (tag == Tag::kP || tag == Tag::kLi || tag == Tag::kTd || tag == Tag::kTh || tag == Tag::kBlockquote) {
      return false;
    }
    const std::string_view words = line(i);
    return words.size() < kLongestLabel && !words.ends_with('.') && !words.ends_with('?') &&
           !words.ends_with('!') && !words.ends_with("\xE2\x80\x9D") && !words.ends_with('"');
  }

  // "Ada Lowe is a staff writer ...", before the text or near its end.
  [[nodiscard]] bool is_about_author(std::size_t i) const {
    if (has_body_ && read_prose_ * 10 < prose_ * 7) return false;
    const std::string_view words = line(i);
    return std::ranges::any_of(told_.authors, [&](const std::string& author) {
      constexpr std::array<std::string_view, 6> kVerbs = {" is ",     " was ",    " has ",
                                                          " covers ", " writes ", " reports "};
      if (!words.starts_with(author)) return false;
      return std::ranges::any_of(
          kVerbs, [&](std::string_view verb) { return words.substr(author.size()).starts_with(verb); });
    });
  }

  // "Related stories": near the end it ends the article, before that only the links below it go.
  void skip_below_heading() {
    headings_.clear();
    ended_ = prose_ > 0 && read_prose_ * 10 >= prose_ * 7;
  }

  // A heading in a box of its own with links below it: "Also on this page".
  void drop_headings_over(std::size_t link) {
    std::erase_if(headings_, [&](std::size_t heading) {
      const NodeIndex box = tree_[blocks_.blocks[heading].element].parent;
      return box != kNoNode && !tree_.contains(box, places_.container) &&
             tree_.contains(box, blocks_.blocks[link].first);
    });
  }

  void add_body(std::size_t i) {
    const std::string_view words = line(i);
    constexpr std::size_t kShortestRepeat = 60;  // "Yes." may be said twice
    if (words.size() >= kShortestRepeat && !seen_.insert(words).second) return;
    for (const std::size_t heading : headings_) add(heading, ParagraphRole::kBody);
    headings_.clear();
    add(i, ParagraphRole::kBody);
    has_body_ = true;
    if (is_prose(blocks_.blocks[i])) read_prose_ += words.size();
  }

  void add_caption(std::size_t i) {
    const bool is_credit =
        (evidence(i) & kCreditName) != 0 || meaning_of_line(line(i)) == LineMeaning::kCredit;
    if (meaning_of_line(line(i)) == LineMeaning::kClutter) return;
    if (!seen_.insert(line(i)).second) return;
    add(i, is_credit ? ParagraphRole::kCredit : ParagraphRole::kCaption);
  }

  static bool is_long_enough_for_subtitle(std::string_view words) {
    constexpr std::size_t kShortestSubtitle = 30;
    return words.size() >= kShortestSubtitle;
  }

  // Named as a standfirst, or the page gives the same words as its description. Many pages give their first
  // paragraph as that.
  [[nodiscard]] bool is_subtitle(std::size_t i) const {
    if (has_subtitle_) return false;
    if ((evidence(i) & kSubtitleName) != 0) return true;
    if (tree_[blocks_.blocks[i].element].tag == Tag::kP) return false;
    return std::ranges::find(told_.descriptions, line(i)) != told_.descriptions.end();
  }

  void add_subtitle(std::size_t i) {
    if (!is_long_enough_for_subtitle(line(i)) || mostly_links(blocks_.blocks[i])) return;
    has_subtitle_ = true;
    add(i, ParagraphRole::kSubtitle);
  }

  void add(std::size_t i, ParagraphRole role) { content_.push_back({i, role}); }

  [[nodiscard]] std::uint16_t evidence(std::size_t i) const { return evidence_[blocks_.blocks[i].first]; }
  [[nodiscard]] std::string_view line(std::size_t i) const { return blocks_.words(blocks_.blocks[i]); }
  [[nodiscard]] bool is_left_out(std::size_t i) const { return (evidence(i) & (kClutter | kApart)) != 0; }
  [[nodiscard]] bool is_caption(std::size_t i) const {
    const std::uint16_t about = evidence(i);
    if ((about & (kFigure | kCaptionName)) != 0) return true;
    return (about & kCreditName) != 0 && !is_prose(blocks_.blocks[i]);
  }

  const HtmlTree& tree_;
  const HtmlBlocks& blocks_;
  const std::vector<std::uint16_t>& evidence_;
  const ContentPlaces& places_;
  const PageWords& told_;
  std::vector<ContentBlock> content_;
  std::vector<std::size_t> headings_;  // seen, not yet followed by text
  std::unordered_set<std::string_view> seen_;
  std::uint64_t prose_ = 0;
  std::uint64_t read_prose_ = 0;
  bool has_body_ = false;
  bool has_subtitle_ = false;
  bool ended_ = false;
};

// The element within which notices and front matter are looked for: the <article> or <main> around the
// container, or its parent.
NodeIndex scope_of(const HtmlTree& tree, NodeIndex container) {
  for (NodeIndex at = container; at != kNoNode; at = tree[at].parent) {
    if (tree[at].tag == Tag::kArticle || tree[at].tag == Tag::kMain) return at;
  }
  const NodeIndex parent = tree[container].parent;
  return parent == kNoNode ? container : parent;
}

}  // namespace

PageContent main_content(const HtmlTree& tree, const HtmlBlocks& blocks, NodeIndex title,
                         const PageWords& told) {
  PageContent content;
  const std::vector<bool> is_main = main_elements(tree, ProseMeter(tree, blocks, nullptr));
  std::vector<std::uint16_t> evidence = evidence_of(tree, is_main);
  mark_boxes(tree, blocks, is_main, evidence);
  const ProseMeter prose(tree, blocks, &evidence);
  ContainerChoice choice(tree, prose, title);
  const NodeIndex container = choice.choose();
  content.places = {title, container, scope_of(tree, container)};
  content.blocks = ContentReader(tree, blocks, evidence, content.places, told).read();
  content.steps = choice.steps() + blocks.blocks.size();
  return content;
}

}  // namespace onrecord
