#include "compare/link_blocks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "language/characters.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

struct Heading {
  std::string phrase;
  bool whole = false;  ///< the line says nothing else
};

const std::vector<Heading>& headings() {
  static const std::vector<Heading> known = [] {
    std::vector<Heading> list;
    for (const auto& row : WordLists{}.rows("html_line_phrases")) {
      if (row.size() > 2 && row[2] == "heading") list.push_back({row[0], row[1] == "whole"});
    }
    return list;
  }();
  return known;
}

/// Words of a heading, and of a headline, at most: a longer line is prose.
constexpr std::size_t kLongestHeading = 5;
constexpr std::size_t kLongestHeadline = 18;

std::size_t count_words(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count(line, ' ')) + (line.empty() ? 0 : 1);
}

/// Without marks and colons around it, in small letters.
std::string bare(std::string_view line) {
  const auto is_mark = [](char c) { return std::string_view("\":*-.").find(c) != std::string_view::npos; };
  while (!line.empty() && is_mark(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_mark(line.back())) line.remove_suffix(1);
  return folded(line);
}

bool is_heading(std::string_view line) {
  if (count_words(line) > kLongestHeading) return false;
  const std::string words = bare(line);
  return std::ranges::any_of(headings(), [&](const Heading& one) {
    return one.whole ? words == one.phrase : words.starts_with(one.phrase);
  });
}

}  // namespace

std::vector<bool> find_link_blocks(const Article& article) {
  std::vector<bool> in_block(article.paragraphs.size(), false);
  bool open = false;
  for (std::size_t i = 0; i < in_block.size(); ++i) {
    const std::string_view line = cut(article.text, article.paragraphs[i].span);
    open = is_heading(line) || (open && count_words(line) <= kLongestHeadline);
    in_block[i] = open;
  }
  return in_block;
}

}  // namespace onrecord
