#include "intake/html_tree.h"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <optional>

#include "intake/html_guard.h"

namespace onrecord {
namespace {

struct TagName {
  std::string_view name;
  Tag tag;
};

// Sorted by name.
constexpr TagName kTagNames[] = {
    {"a", Tag::kA},
    {"address", Tag::kAddress},
    {"article", Tag::kArticle},
    {"aside", Tag::kAside},
    {"audio", Tag::kAudio},
    {"b", Tag::kB},
    {"blockquote", Tag::kBlockquote},
    {"body", Tag::kBody},
    {"br", Tag::kBr},
    {"button", Tag::kButton},
    {"canvas", Tag::kCanvas},
    {"caption", Tag::kCaption},
    {"cite", Tag::kCite},
    {"dd", Tag::kDd},
    {"details", Tag::kDetails},
    {"dialog", Tag::kDialog},
    {"div", Tag::kDiv},
    {"dl", Tag::kDl},
    {"dt", Tag::kDt},
    {"em", Tag::kEm},
    {"fieldset", Tag::kFieldset},
    {"figcaption", Tag::kFigcaption},
    {"figure", Tag::kFigure},
    {"footer", Tag::kFooter},
    {"form", Tag::kForm},
    {"h1", Tag::kH1},
    {"h2", Tag::kH2},
    {"h3", Tag::kH3},
    {"h4", Tag::kH4},
    {"h5", Tag::kH5},
    {"h6", Tag::kH6},
    {"head", Tag::kHead},
    {"header", Tag::kHeader},
    {"hr", Tag::kHr},
    {"html", Tag::kHtml},
    {"i", Tag::kI},
    {"iframe", Tag::kIframe},
    {"img", Tag::kImg},
    {"input", Tag::kInput},
    {"label", Tag::kLabel},
    {"li", Tag::kLi},
    {"link", Tag::kLink},
    {"main", Tag::kMain},
    {"meta", Tag::kMeta},
    {"nav", Tag::kNav},
    {"noscript", Tag::kNoscript},
    {"object", Tag::kObject},
    {"ol", Tag::kOl},
    {"option", Tag::kOption},
    {"p", Tag::kP},
    {"picture", Tag::kPicture},
    {"pre", Tag::kPre},
    {"q", Tag::kQ},
    {"script", Tag::kScript},
    {"section", Tag::kSection},
    {"select", Tag::kSelect},
    {"small", Tag::kSmall},
    {"span", Tag::kSpan},
    {"strong", Tag::kStrong},
    {"style", Tag::kStyle},
    {"summary", Tag::kSummary},
    {"svg", Tag::kSvg},
    {"table", Tag::kTable},
    {"tbody", Tag::kTbody},
    {"td", Tag::kTd},
    {"template", Tag::kTemplate},
    {"textarea", Tag::kTextarea},
    {"tfoot", Tag::kTfoot},
    {"th", Tag::kTh},
    {"thead", Tag::kThead},
    {"time", Tag::kTime},
    {"title", Tag::kTitle},
    {"tr", Tag::kTr},
    {"u", Tag::kU},
    {"ul", Tag::kUl},
    {"video", Tag::kVideo},
};
static_assert(std::ranges::is_sorted(kTagNames, {}, &TagName::name));

struct AttributeName {
  std::string_view name;
  Attribute attribute;
};

// Sorted by name. Components name themselves in data-* attributes as others do in a class.
constexpr AttributeName kAttributeNames[] = {
    {"alt", Attribute::kAlt},
    {"aria-hidden", Attribute::kAriaHidden},
    {"aria-label", Attribute::kAriaLabel},
    {"class", Attribute::kClass},
    {"content", Attribute::kContent},
    {"data-component", Attribute::kComponent},
    {"data-module", Attribute::kComponent},
    {"data-qa", Attribute::kTestId},
    {"data-testid", Attribute::kTestId},
    {"data-type", Attribute::kComponent},
    {"datetime", Attribute::kDatetime},
    {"hidden", Attribute::kHidden},
    {"href", Attribute::kHref},
    {"http-equiv", Attribute::kHttpEquiv},
    {"id", Attribute::kId},
    {"itemprop", Attribute::kItemprop},
    {"itemtype", Attribute::kItemtype},
    {"lang", Attribute::kLang},
    {"name", Attribute::kName},
    {"property", Attribute::kProperty},
    {"rel", Attribute::kRel},
    {"role", Attribute::kRole},
    {"style", Attribute::kStyle},
    {"type", Attribute::kType},
};
static_assert(std::ranges::is_sorted(kAttributeNames, {}, &AttributeName::name));

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

Tag tag_of(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kTagNames, name, {}, &TagName::name);
  if (found != std::end(kTagNames) && found->name == name) return found->tag;
  return name.contains('-') ? Tag::kCustom : Tag::kOther;
}

const AttributeName* attribute_of(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kAttributeNames, name, {}, &AttributeName::name);
  return found != std::end(kAttributeNames) && found->name == name ? found : nullptr;
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

/// Receives the parser's events.
class HtmlTreeBuilder {
 public:
  HtmlTreeBuilder(htmlParserCtxtPtr parser, const Limits& limits) : parser_(parser), limits_(limits) {
    open_.push_back(add_node(Tag::kDocument));
  }

  static void start(void* self, const xmlChar* name, const xmlChar** attributes) {
    static_cast<HtmlTreeBuilder*>(self)->start_element(view(name), attributes);
  }
  static void end(void* self, const xmlChar* /*name*/) { static_cast<HtmlTreeBuilder*>(self)->end_element(); }
  static void text(void* self, const xmlChar* text, int size) {
    static_cast<HtmlTreeBuilder*>(self)->add_characters(
        {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  }

  Result<HtmlTree> finish() {
    while (!open_.empty()) close_innermost();
    if (error_) return std::unexpected(*std::move(error_));
    return std::move(tree_);
  }

 private:
  void start_element(std::string_view name, const xmlChar** attributes) {
    if (error_) return;
    if (open_.size() > limits_.html_depth) {
      return stop(ErrorCode::kTooDeep, fmt::format("nests deeper than {} elements", limits_.html_depth));
    }
    const NodeIndex node = add_node(tag_of(name));
    tree_.nodes_[node].first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
      const AttributeName* known = attribute_of(view(attributes[0]));
      if (known != nullptr) add_attribute(node, known->attribute, view(attributes[1]));
    }
    open_.push_back(node);
  }

  void end_element() {
    const bool is_document = open_.size() == 1;
    if (!is_document) close_innermost();
  }

  void close_innermost() {
    tree_.nodes_[open_.back()].end = tree_.size();
    open_.pop_back();
  }

  void add_characters(std::string_view characters) {
    if (error_ || characters.empty()) return;
    const bool continues = !tree_.nodes_.empty() && tree_.nodes_.back().tag == Tag::kText &&
                           tree_.nodes_.back().parent == current();
    if (!continues) {
      const NodeIndex node = add_node(Tag::kText);
      const auto at = static_cast<std::uint32_t>(tree_.characters_.size());
      tree_.nodes_[node].text = {at, at};
    }
    tree_.characters_ += characters;
    tree_.nodes_.back().text.end = static_cast<std::uint32_t>(tree_.characters_.size());
  }

  NodeIndex add_node(Tag tag) {
    if (tree_.size() >= limits_.html_nodes) {
      stop(ErrorCode::kTooLarge, fmt::format("more than {} elements and texts", limits_.html_nodes));
    }
    HtmlNode node;
    node.tag = tag;
    node.parent = current();
    node.end = tree_.size() + 1;
    tree_.nodes_.push_back(node);
    return tree_.size() - 1;
  }

  void add_attribute(NodeIndex node, Attribute name, std::string_view value) {
    const auto begin = static_cast<std::uint32_t>(tree_.characters_.size());
    tree_.characters_ += value;
    tree_.attributes_.push_back({name, {begin, static_cast<std::uint32_t>(tree_.characters_.size())}});
    ++tree_.nodes_[node].attribute_count;
  }

  [[nodiscard]] NodeIndex current() const { return open_.empty() ? kNoNode : open_.back(); }

  void stop(ErrorCode code, std::string message) {
    error_ = Error{code, std::move(message), {}, {}, {}};
    xmlStopParser(parser_);
  }

  htmlParserCtxtPtr parser_;
  const Limits& limits_;
  HtmlTree tree_;
  std::vector<NodeIndex> open_;
  std::optional<Error> error_;
};

Result<HtmlTree> HtmlTree::parse(std::string_view utf8_html, const Limits& limits) {
  const std::uint64_t most = std::min<std::uint64_t>(limits.document_bytes, INT_MAX);
  if (utf8_html.size() > most) return fail(ErrorCode::kTooLarge, fmt::format("larger than {} bytes", most));
  auto guarded = without_parser_traps(utf8_html);
  if (!guarded) return std::unexpected(std::move(guarded.error()));

  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  if (!parser) return fail(ErrorCode::kSystem, "no memory for the HTML parser");
  htmlSAXHandler events{};
  events.startElement = HtmlTreeBuilder::start;
  events.endElement = HtmlTreeBuilder::end;
  events.characters = HtmlTreeBuilder::text;
  events.ignorableWhitespace = HtmlTreeBuilder::text;
  events.cdataBlock = HtmlTreeBuilder::text;
  *parser->sax = events;
  HtmlTreeBuilder builder(parser.get(), limits);
  parser->userData = &builder;
  // RECOVER: "</" in a script ends it only before "script", as in browsers.
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                           HTML_PARSE_IGNORE_ENC;
  htmlDocPtr document = htmlCtxtReadMemory(parser.get(), guarded->data(), static_cast<int>(guarded->size()),
                                           nullptr, "UTF-8", kOptions);
  if (document != nullptr) xmlFreeDoc(document);
  return builder.finish();
}

std::string_view HtmlTree::attribute(NodeIndex at, Attribute which) const {
  const HtmlNode& node = nodes_[at];
  for (std::uint32_t i = node.first_attribute; i < node.first_attribute + node.attribute_count; ++i) {
    if (attributes_[i].name == which) return cut(characters_, attributes_[i].value);
  }
  return {};
}

bool HtmlTree::has(NodeIndex at, Attribute which) const {
  const HtmlNode& node = nodes_[at];
  const auto* begin = attributes_.data() + node.first_attribute;
  return std::any_of(begin, begin + node.attribute_count, [&](const Value& v) { return v.name == which; });
}

std::string HtmlTree::all_characters(NodeIndex at) const {
  std::string all;
  for (NodeIndex i = at + 1; i < nodes_[at].end; ++i) {
    if (nodes_[i].tag == Tag::kText) all += characters(i);
  }
  return all;
}

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::kDocument:
    case Tag::kCustom:
    case Tag::kAddress:
    case Tag::kArticle:
    case Tag::kAside:
    case Tag::kBlockquote:
    case Tag::kBody:
    case Tag::kCaption:
    case Tag::kDd:
    case Tag::kDetails:
    case Tag::kDialog:
    case Tag::kDiv:
    case Tag::kDl:
    case Tag::kDt:
    case Tag::kFieldset:
    case Tag::kFigcaption:
    case Tag::kFigure:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kH1:
    case Tag::kH2:
    case Tag::kH3:
    case Tag::kH4:
    case Tag::kH5:
    case Tag::kH6:
    case Tag::kHeader:
    case Tag::kHr:
    case Tag::kHtml:
    case Tag::kLi:
    case Tag::kMain:
    case Tag::kNav:
    case Tag::kOl:
    case Tag::kP:
    case Tag::kPre:
    case Tag::kSection:
    case Tag::kSummary:
    case Tag::kTable:
    case Tag::kTbody:
    case Tag::kTd:
    case Tag::kTfoot:
    case Tag::kTh:
    case Tag::kThead:
    case Tag::kTr:
    case Tag::kUl:
      return true;
    default:
      return false;
  }
}

bool is_never_shown(Tag tag) {
  switch (tag) {
    case Tag::kAudio:
    case Tag::kButton:
    case Tag::kCanvas:
    case Tag::kDialog:
    case Tag::kHead:
    case Tag::kIframe:
    case Tag::kNoscript:
    case Tag::kObject:
    case Tag::kOption:
    case Tag::kScript:
    case Tag::kSelect:
    case Tag::kStyle:
    case Tag::kSvg:
    case Tag::kTemplate:
    case Tag::kTextarea:
    case Tag::kTitle:
    case Tag::kVideo:
      return true;
    default:
      return false;
  }
}

}  // namespace onrecord
