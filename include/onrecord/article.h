// An article: one text as one outlet carried it, and what is known about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/span.h"

namespace onrecord {

/// What a paragraph of the stored text is. Statements are read in `kBody`, `kCaption` and `kTitle`.
enum class ParagraphRole {
  kBody,
  kTitle,          ///< headline
  kSubtitle,       ///< standfirst, kicker
  kByline,         ///< "By Ada Lowe and Jun Park"
  kDateline,       ///< a line that holds only place, date or time of publication
  kCaption,        ///< words below a picture
  kCredit,         ///< who made the picture or gave the text: "Photo: Ada Lowe / Harbor Wire"
  kRepublication,  ///< "This article was originally published by ..."
  kCorrection,     ///< "Correction: an earlier version ..."
  kCopyright,      ///< copyright and rights lines
  kOther,          ///< kept for the reader's eye, never read for statements
};

[[nodiscard]] std::string_view name(ParagraphRole role);
[[nodiscard]] std::optional<ParagraphRole> paragraph_role(std::string_view name);

struct Paragraph {
  Span span;  ///< in the article's text, without surrounding white space
  ParagraphRole role = ParagraphRole::kBody;
};

/// One thing known about an article, with where it was found. The names in use:
///   title, outlet, author (one field each), published, modified, canonical_url, url, language, section,
///   caption, credit, republication, correction, dateline, encoding, and `extra.KEY` for unknown JSON keys.
/// Dates are ISO 8601 as exact as they are known ("2025-08", "2025-08-11", "2025-08-11T09:00:00-04:00");
/// the zone stands there only when the source gave one.
struct Field {
  std::string name;
  std::string value;
  std::string found_in;      ///< "json-ld:datePublished", "meta:og:title", "h1", "option", "sidecar",
                             ///< "json:title", "text", ...
  std::optional<Span> span;  ///< into the article's text when the value was read there
};

/// One text as one outlet carried it. A value; nothing in it points outside.
///
/// `text` is what is stored and what every span points into: valid UTF-8. For plain text it is the file's
/// text as it is, byte for byte after decoding; for HTML the paragraphs of the page (headline, main text,
/// then captions, credits and notices) joined by an empty line.
struct Article {
  std::string text;
  std::vector<Paragraph> paragraphs;  ///< in text order, not overlapping
  std::vector<Field> fields;          ///< the best value of a name first

  /// The best value of `field_name`, empty when unknown. The view lives as long as the article is unchanged.
  [[nodiscard]] std::string_view field(std::string_view field_name) const;
  [[nodiscard]] const Field* find(std::string_view field_name) const;
};

}  // namespace onrecord
