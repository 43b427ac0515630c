// Plain text to an article: paragraphs, and what they are.
#pragma once

#include <string>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// What is known about a text from elsewhere, by which its paragraphs are recognised.
struct TextFacts {
  std::string title;
  std::vector<std::string> authors;
};

/// Makes an article of text in valid UTF-8. The text is kept byte for byte.
///
/// A line is a paragraph, unless the evidence says that lines were wrapped at a column: then lines are joined
/// until one ends short. An empty line always ends a paragraph.
/// Roles are given on evidence only; in doubt a paragraph is body. What a line tells becomes a field
/// (author, published, caption, credit, republication, correction, dateline, title) with its span and
/// `found_in` "text".
///
/// `kEmpty` when there is neither letter nor digit, `kTooLarge` beyond `Limits::text_bytes`,
/// `kUnsupportedFormat` when it holds a zero byte. Costs O(bytes). Thread-safe.
[[nodiscard]] Result<Article> article_from_text(std::string text, const TextFacts& facts,
                                                const Limits& limits);

}  // namespace onrecord
