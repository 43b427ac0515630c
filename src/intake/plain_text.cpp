#include "intake/plain_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "intake/ascii.h"

namespace onrecord {
namespace {

// A byte of a letter or digit, or of any character beyond ASCII.
bool is_readable(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_ascii_space(text[begin])) ++begin;
  while (end > begin && is_ascii_space(text[end - 1])) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

Result<Article> article_from_text(std::string text, const TextFacts& facts, const Limits& limits) {
  if (text.size() > limits.text_bytes) {
    return fail(ErrorCode::kTooLarge, fmt::format("the text has more than {} bytes", limits.text_bytes));
  }
  if (text.contains('\0')) return fail(ErrorCode::kUnsupportedFormat, "binary data, not text");
  if (std::ranges::none_of(text, is_readable)) return fail(ErrorCode::kEmpty, "no readable text in it");
  Article article;
  article.text = std::move(text);
  for (std::size_t at = 0; at < article.text.size();) {
    const std::size_t end = std::min(article.text.find_first_of("\r\n", at), article.text.size());
    const Span line = trimmed(article.text, at, end);
    if (!line.empty()) article.paragraphs.push_back({line, ParagraphRole::kBody});
    at = end + 1;
  }
  for (Paragraph& paragraph : article.paragraphs) {
    if (!facts.title.empty() && cut(article.text, paragraph.span) == facts.title) {
      paragraph.role = ParagraphRole::kTitle;
      break;
    }
  }
  return article;
}

}  // namespace onrecord
