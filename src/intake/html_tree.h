// A page as a flat tree of elements and texts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"
#include "onrecord/limits.h"
#include "onrecord/span.h"

namespace onrecord {

/// Elements that matter to the choice of the main text. `kDocument` is the page as a whole, `kText` a run of
/// characters, `kCustom` an element with a dash in its name (a web component), `kOther` everything else.
enum class Tag : std::uint8_t {
  kDocument,
  kText,
  kOther,
  kCustom,
  kA,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCite,
  kDd,
  kDetails,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kFieldset,
  kFigcaption,
  kFigure,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kLabel,
  kLi,
  kLink,
  kMain,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kOption,
  kP,
  kPicture,
  kPre,
  kQ,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSpan,
  kStrong,
  kStyle,
  kSummary,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo,
};

/// Attributes that are kept.
enum class Attribute : std::uint8_t {
  kAlt,
  kAriaHidden,
  kAriaLabel,
  kAuthor,
  kClass,
  kComponent,
  kContent,
  kDatetime,
  kHidden,
  kHref,
  kHttpEquiv,
  kId,
  kItemprop,
  kItemtype,
  kLang,
  kName,
  kProperty,
  kRel,
  kRole,
  kStyle,
  kTestId,
  kType,
};

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = UINT32_MAX;

struct HtmlNode {
  Tag tag = Tag::kOther;
  std::uint16_t attribute_count = 0;
  NodeIndex parent = kNoNode;
  NodeIndex end = 0;  ///< the nodes below this one are [its index + 1, end)
  std::uint32_t first_attribute = 0;
  Span text;  ///< of a text: its characters
};

/// The nodes of a page in document order; the first is the document itself, and all others stand below it.
/// Holds everything it needs; immutable.
class HtmlTree {
 public:
  /// Reads a page with libxml2's HTML parser, through its events: no tree of libxml2 is built, nothing is
  /// opened or expanded. Costs O(bytes). Errors as told in html.h.
  static Result<HtmlTree> parse(std::string_view utf8_html, const Limits& limits);

  [[nodiscard]] const std::vector<HtmlNode>& nodes() const { return nodes_; }
  [[nodiscard]] const HtmlNode& operator[](NodeIndex at) const { return nodes_[at]; }
  [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(nodes_.size()); }
  /// The value, empty when the element does not have the attribute. Lives as long as the tree.
  [[nodiscard]] std::string_view attribute(NodeIndex at, Attribute which) const;
  [[nodiscard]] bool has(NodeIndex at, Attribute which) const;
  /// The characters of a text node.
  [[nodiscard]] std::string_view characters(NodeIndex at) const { return cut(characters_, nodes_[at].text); }
  /// All characters below an element, as they stand (scripts included).
  [[nodiscard]] std::string all_characters(NodeIndex at) const;
  /// Whether `inner` is `outer` or stands below it.
  [[nodiscard]] bool contains(NodeIndex outer, NodeIndex inner) const {
    return outer <= inner && inner < nodes_[outer].end;
  }

 private:
  friend class HtmlTreeBuilder;
  struct Value {
    Attribute name;
    Span value;
  };
  std::vector<HtmlNode> nodes_;
  std::vector<Value> attributes_;
  std::string characters_;  // of texts and attribute values
};

/// Whether a browser begins a new line before and after the element.
[[nodiscard]] bool is_block(Tag tag);
/// Whether nothing below the element is shown as text of the page.
[[nodiscard]] bool is_never_shown(Tag tag);

}  // namespace onrecord
