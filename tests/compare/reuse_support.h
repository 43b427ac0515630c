// Articles for tests of comparisons.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare/coverage.h"
#include "compare/folded_words.h"
#include "text/sha256.h"

namespace onrecord::testing {

/// Paragraphs are parted by an empty line; all are body.
inline CoveredArticle article(std::string outlet, std::string published, std::string text) {
  CoveredArticle covered;
  covered.article.text = std::move(text);
  const std::string& all = covered.article.text;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find("\n\n", at), all.size());
    covered.article.paragraphs.push_back(
        {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, ParagraphRole::kBody});
    at = end + 2;
  }
  if (!outlet.empty()) covered.article.fields.push_back({"outlet", std::move(outlet), "option", {}});
  if (!published.empty()) covered.article.fields.push_back({"published", std::move(published), "option", {}});
  covered.text_sha256 = hex(sha256(all));
  covered.id = "a" + covered.text_sha256.substr(0, 8) + std::string(covered.article.field("outlet"));
  return covered;
}

inline CoveredArticle with_field(CoveredArticle covered, std::string name, std::string value) {
  covered.article.fields.push_back({std::move(name), std::move(value), "option", {}});
  return covered;
}

inline FoldedWords words_of(std::string_view text) {
  FoldedWords words;
  bool open = false;
  append_folded_words(text, {0, static_cast<std::uint32_t>(text.size())}, open, words);
  return words;
}

}  // namespace onrecord::testing
