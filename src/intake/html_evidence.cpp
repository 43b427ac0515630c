#include "intake/html_evidence.h"

#include <string>
#include <unordered_map>

#include "intake/ascii.h"
#include "intake/html_blocks.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using WordMeanings = std::unordered_map<std::string, std::uint16_t, StringHash, std::equal_to<>>;

std::uint16_t meaning_of(std::string_view name) {
  if (name == "clutter") return kClutter;
  if (name == "caption") return kCaptionName;
  if (name == "credit") return kCreditName;
  if (name == "byline") return kBylineName;
  if (name == "subtitle") return kSubtitleName;
  if (name == "date") return kDateName;
  if (name == "embed") return kEmbed;
  return kNoEvidence;
}

WordMeanings load_class_words() {
  WordMeanings words;
  for (const auto& row : WordLists().rows("html_class_words")) {
    if (row.size() >= 2) words[row[0]] |= meaning_of(row[1]);
  }
  return words;
}

const WordMeanings& class_words() {
  static const WordMeanings words = load_class_words();
  return words;
}

/// Splits "relatedStories-list" into "related", "stories", "list", and asks the list for each word and each
/// pair of neighbours.
class NameReader {
 public:
  std::uint16_t read(std::string_view names) {
    evidence_ = 0;
    previous_.clear();
    word_.clear();
    for (std::size_t at = 0; at < names.size(); ++at) {
      const char c = names[at];
      if (!is_ascii_letter(c)) {
        end_word();
        if (is_ascii_space(c)) previous_.clear();
        continue;
      }
      if (is_ascii_upper(c) && at > 0 && !is_ascii_upper(names[at - 1])) end_word();
      word_ += ascii_lower(c);
    }
    end_word();
    return evidence_;
  }

 private:
  void end_word() {
    if (word_.empty()) return;
    look_up(word_);
    if (!previous_.empty()) {
      previous_ += '-';
      previous_ += word_;
      look_up(previous_);
    }
    std::swap(previous_, word_);
    word_.clear();
  }

  void look_up(std::string_view word) {
    const auto found = class_words().find(word);
    if (found != class_words().end()) evidence_ |= found->second;
  }

  std::uint16_t evidence_ = 0;
  std::string word_;
  std::string previous_;
};

std::uint16_t evidence_of_tag(Tag tag) {
  switch (tag) {
    case Tag::kNav:
    case Tag::kAside:
    case Tag::kFooter:
    case Tag::kForm:
      return kApart;
    case Tag::kFigure:
      return kFigure;
    case Tag::kFigcaption:
      return kCaptionName;
    case Tag::kLi:
      return kListItem;
    case Tag::kTable:
      return kTable;
    case Tag::kH1:
    case Tag::kH2:
    case Tag::kH3:
    case Tag::kH4:
    case Tag::kH5:
    case Tag::kH6:
      return kHeading;
    case Tag::kHeader:
      return kHeader;
    case Tag::kTime:
      return kDateName;
    default:
      return kNoEvidence;
  }
}

std::uint16_t evidence_of_role(std::string_view role) {
  const bool apart = role == "navigation" || role == "complementary" || role == "contentinfo" ||
                     role == "banner" || role == "search" || role == "menu" || role == "dialog";
  return apart ? kApart : kNoEvidence;
}

}  // namespace

bool is_named_credit(const HtmlTree& tree, NodeIndex element) {
  const std::string_view name = tree.attribute(element, Attribute::kClass);
  return !name.empty() && (NameReader().read(name) & kCreditName) != 0;
}

std::vector<std::uint16_t> evidence_of(const HtmlTree& tree, const std::vector<bool>& is_main) {
  std::vector<std::uint16_t> evidence(tree.size(), kNoEvidence);
  NameReader names;
  for (NodeIndex at = 0; at < tree.size(); ++at) {
    const NodeIndex parent = tree[at].parent;
    const std::uint16_t around = parent == kNoNode ? 0 : evidence[parent];
    evidence[at] = around;
    if (tree[at].tag == Tag::kText) continue;
    std::uint16_t own =
        evidence_of_tag(tree[at].tag) | evidence_of_role(tree.attribute(at, Attribute::kRole));
    for (const Attribute which :
         {Attribute::kClass, Attribute::kId, Attribute::kComponent, Attribute::kTestId}) {
      const std::string_view name = tree.attribute(at, which);
      if (!name.empty()) own |= names.read(name);
    }
    const std::string_view property = tree.attribute(at, Attribute::kItemprop);
    if (property.contains("articleBody")) own |= kMainText;
    if (property == "author" || tree.attribute(at, Attribute::kRel) == "author") own |= kBylineName;
    // A hidden part of the main text is the part for subscribers.
    if (is_hidden(tree, at) && (around & kMainText) == 0) own |= kClutter;
    if (is_main[at]) own &= kListItem | kMainText;  // and a table around it is layout
    evidence[at] |= own;
  }
  return evidence;
}

}  // namespace onrecord
