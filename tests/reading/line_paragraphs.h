// Paragraphs for texts that tests make: every line is one.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "onrecord/article.h"

namespace onrecord {

inline std::vector<Paragraph> line_paragraphs(std::string_view text) {
  std::vector<Paragraph> paragraphs;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      paragraphs.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, ParagraphRole::kBody});
    }
    begin = end + 1;
  }
  return paragraphs;
}

}  // namespace onrecord
