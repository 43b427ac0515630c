#include "intake/html_metadata.h"

#include <algorithm>
#include <array>

#include "intake/ascii.h"
#include "intake/json_ld.h"

namespace onrecord {
namespace {

struct MetaName {
  std::string_view name;  // of the meta element (name, property or itemprop), in lower case
  PageClaims PageMetadata::* claims;
};

// In order of trust within each kind. The vocabularies: Open Graph, Dublin Core, schema.org microdata,
// Parse.ly, Sailthru, Chartbeat and the forms that content systems print.
constexpr MetaName kMetaNames[] = {
    {"og:title", &PageMetadata::headlines},
    {"twitter:title", &PageMetadata::headlines},
    {"parsely-title", &PageMetadata::headlines},
    {"sailthru.title", &PageMetadata::headlines},
    {"dc.title", &PageMetadata::headlines},
    {"headline", &PageMetadata::headlines},
    {"og:description", &PageMetadata::descriptions},
    {"description", &PageMetadata::descriptions},
    {"twitter:description", &PageMetadata::descriptions},
    {"og:site_name", &PageMetadata::outlets},
    {"dc.publisher", &PageMetadata::outlets},
    {"application-name", &PageMetadata::outlets},
    {"apple-mobile-web-app-title", &PageMetadata::outlets},
    {"og:url", &PageMetadata::canonicals},
    {"article:section", &PageMetadata::sections},
    {"parsely-section", &PageMetadata::sections},
    {"section", &PageMetadata::sections},
    {"article:published_time", &PageMetadata::published},
    {"og:published_time", &PageMetadata::published},
    {"og:article:published_time", &PageMetadata::published},
    {"datepublished", &PageMetadata::published},
    {"article.published", &PageMetadata::published},
    {"parsely-pub-date", &PageMetadata::published},
    {"sailthru.date", &PageMetadata::published},
    {"dc.date.issued", &PageMetadata::published},
    {"dcterms.created", &PageMetadata::published},
    {"dc.date", &PageMetadata::published},
    {"pubdate", &PageMetadata::published},
    {"publishdate", &PageMetadata::published},
    {"publish-date", &PageMetadata::published},
    {"publication_date", &PageMetadata::published},
    {"date", &PageMetadata::published},
    {"article:modified_time", &PageMetadata::modified},
    {"og:updated_time", &PageMetadata::modified},
    {"datemodified", &PageMetadata::modified},
    {"article.updated", &PageMetadata::modified},
    {"lastmod", &PageMetadata::modified},
    {"dcterms.modified", &PageMetadata::modified},
    {"dc.language", &PageMetadata::languages},
    {"og:locale", &PageMetadata::languages},
    {"content-language", &PageMetadata::languages},
    {"copyright", &PageMetadata::rights},
    {"dc.rights", &PageMetadata::rights},
};

constexpr std::string_view kAuthorNames[] = {
    "author",          "article:author", "dc.creator", "parsely-author",
    "sailthru.author", "article.author", "byl",        "dcterms.creator"};

void add(PageClaims& claims, std::string_view value, std::string found_in) {
  std::string plain = plain_value(value);
  if (plain.empty()) return;
  const bool known = std::ranges::any_of(
      claims, [&](const PageClaim& claim) { return claim.value == plain && claim.found_in == found_in; });
  if (!known) claims.push_back({std::move(plain), std::move(found_in)});
}

/// Reads meta elements, links and JSON-LD scripts in one walk, then sorts what metas say by trust.
class MetadataReader {
 public:
  MetadataReader(const HtmlTree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  PageMetadata read() {
    for (NodeIndex at = 0; at < tree_.size(); ++at) read_element(at);
    for (std::size_t i = 0; i < std::size(kMetaNames); ++i) {
      for (const std::string_view value : metas_[i]) {
        add(metadata_.*kMetaNames[i].claims, value, "meta:" + std::string(kMetaNames[i].name));
      }
    }
    for (std::size_t i = 0; i < std::size(kAuthorNames); ++i) {
      for (const std::string_view value : authors_[i]) add_author(value, kAuthorNames[i]);
    }
    if (!title_.empty()) add(metadata_.headlines, title_, "title");
    add(metadata_.languages, language_, "html:lang");
    if (metadata_.outlets.empty()) add_masthead();
    return std::move(metadata_);
  }

 private:
  void read_element(NodeIndex at) {
    switch (tree_[at].tag) {
      case Tag::kMeta:
        return read_meta(at);
      case Tag::kLink:
        return read_link(at);
      case Tag::kScript:
        return read_script(at);
      case Tag::kA:
        return read_home_link(at);
      case Tag::kTitle:
        if (title_.empty()) title_ = tree_.all_characters(at);
        return;
      case Tag::kHtml:
        if (language_.empty()) language_ = tree_.attribute(at, Attribute::kLang);
        return;
      default:
        return;
    }
  }

  void read_meta(NodeIndex at) {
    const std::string_view value = tree_.attribute(at, Attribute::kContent);
    if (value.empty()) return;
    for (const Attribute which :
         {Attribute::kProperty, Attribute::kName, Attribute::kItemprop, Attribute::kHttpEquiv}) {
      const std::string name = ascii_lower(tree_.attribute(at, which));
      if (name.empty()) continue;
      for (std::size_t i = 0; i < std::size(kMetaNames); ++i) {
        if (name == kMetaNames[i].name) keep(metas_[i], value);
      }
      for (std::size_t i = 0; i < std::size(kAuthorNames); ++i) {
        if (name == kAuthorNames[i]) keep(authors_[i], value);
      }
    }
  }

  // A page has a handful of each; what a hostile one repeats is not read.
  static void keep(std::vector<std::string_view>& values, std::string_view value) {
    constexpr std::size_t kMostValues = 32;
    if (values.size() < kMostValues) values.push_back(value);
  }

  void read_link(NodeIndex at) {
    if (!equals_ignoring_case(tree_.attribute(at, Attribute::kRel), "canonical")) return;
    if (metadata_.canonicals.empty()) {
      add(metadata_.canonicals, tree_.attribute(at, Attribute::kHref), "link:canonical");
    }
  }

  void read_script(NodeIndex at) {
    const std::string_view type = tree_.attribute(at, Attribute::kType);
    if (equals_ignoring_case(trim_ascii(type), "application/ld+json")) {
      // The first article is the page's own; later scripts tell of other ones.
      if (!has_article_) has_article_ = add_json_ld(tree_.all_characters(at), limits_, metadata_);
    }
  }

  // The name on a link to the front page of a site, when the site's address and the page's title have it too.
  void add_masthead() {
    const std::string title = squeezed(title_);
    for (const NodeIndex link : home_links_) {
      std::string name = plain_value(tree_.all_characters(link));
      for (NodeIndex at = link + 1; at < tree_[link].end && name.empty(); ++at) {
        if (tree_[at].tag == Tag::kImg) name = plain_value(tree_.attribute(at, Attribute::kAlt));
      }
      constexpr std::size_t kShortestName = 3;
      std::string known = squeezed(name);
      if (known.starts_with("the")) known.erase(0, 3);
      if (known.size() < kShortestName || !title.contains(known)) continue;
      if (squeezed(tree_.attribute(link, Attribute::kHref)).contains(known)) {
        return add(metadata_.outlets, name, "link:home");
      }
    }
  }

  void read_home_link(NodeIndex at) {
    constexpr std::size_t kMostLinks = 8;  // the masthead stands at the top
    const std::string_view address = tree_.attribute(at, Attribute::kHref);
    const std::size_t host = address.find("://");
    if (host == std::string_view::npos || home_links_.size() >= kMostLinks) return;
    const std::size_t path = address.find('/', host + 3);
    if (path == std::string_view::npos || path + 1 == address.size()) home_links_.push_back(at);
  }

  void add_author(std::string_view value, std::string_view name) {
    if (metadata_.authors.size() >= kMostAuthors) return;
    AuthorClaim author;
    author.name = {plain_value(value), "meta:" + std::string(name)};
    if (!author.name.value.empty()) metadata_.authors.push_back(std::move(author));
  }

  const HtmlTree& tree_;
  const Limits& limits_;
  PageMetadata metadata_;
  std::array<std::vector<std::string_view>, std::size(kMetaNames)> metas_;
  std::array<std::vector<std::string_view>, std::size(kAuthorNames)> authors_;
  std::string title_;
  std::vector<NodeIndex> home_links_;
  std::string_view language_;
  bool has_article_ = false;
};

}  // namespace

PageMetadata page_metadata(const HtmlTree& tree, const Limits& limits) {
  return MetadataReader(tree, limits).read();
}

}  // namespace onrecord
