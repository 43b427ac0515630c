// What a page says about itself: JSON-LD, meta elements, links, <time>.
#pragma once

#include <string>
#include <vector>

#include "intake/html_tree.h"

namespace onrecord {

/// One thing a page says about itself.
struct PageClaim {
  std::string value;     ///< white space collapsed, character references decoded
  std::string found_in;  ///< "json-ld:headline", "meta:og:title", ...
};
using PageClaims = std::vector<PageClaim>;

/// Longer lists of authors are cut: a page has a handful.
inline constexpr std::size_t kMostAuthors = 64;

/// An author as JSON-LD names one.
struct AuthorClaim {
  PageClaim name;
  bool is_organization = false;
};

/// Claims in order of trust, each list without repeats of value and place.
struct PageMetadata {
  PageClaims headlines;  ///< JSON-LD headline, og:title, twitter:title, <title>
  PageClaims subtitles;  ///< JSON-LD alternativeHeadline
  PageClaims descriptions;
  PageClaims outlets;     ///< JSON-LD publisher, og:site_name, application-name
  PageClaims canonicals;  ///< <link rel=canonical>, og:url, JSON-LD mainEntityOfPage
  PageClaims languages;
  PageClaims sections;
  PageClaims published;  ///< as the page writes them
  PageClaims modified;
  PageClaims rights;
  std::vector<AuthorClaim> authors;
};

/// Reads what the page says about itself. JSON-LD that is not JSON is mended where the mistake is a common
/// one (raw line feeds, trailing commas, a comment or CDATA around it) and left out otherwise. Costs
/// O(bytes).
[[nodiscard]] PageMetadata page_metadata(const HtmlTree& tree, const Limits& limits);

}  // namespace onrecord
