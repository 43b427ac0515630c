// An HTML page in, an article out.
#pragma once

#include <string>
#include <string_view>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// What is known about a page besides its bytes.
struct PageFacts {
  std::string url;        ///< as the user gave it; may be empty
  std::string retrieved;  ///< ISO 8601 date of the crawl when known: no article is younger than that
};

/// The article of a page: its headline, standfirst and byline, its main text, then captions, credits, notices
/// and copyright lines, joined by empty lines, each with its role. White space is collapsed as a browser
/// shows it and character references are decoded; nothing else of the words is changed. Fields say where each
/// value was found (`json-ld:datePublished`, `meta:og:title`, `h1`, ...) and have a span when it stands in
/// the text.
///
/// `utf8_html` must be valid UTF-8 (a declared charset is not looked at). Opens no file and no socket,
/// expands no entity of a DTD. Safe for concurrent calls; costs O(bytes). Errors: `kTooLarge` (bytes, nodes,
/// attributes of one element, text), `kTooDeep`, `kEmpty` (no words in it).
[[nodiscard]] Result<Article> article_from_html(std::string_view utf8_html, const PageFacts& facts,
                                                const Limits& limits);

}  // namespace onrecord
