// Any bytes as a page: the article's text is UTF-8, its paragraphs stand in order, its spans on boundaries.
#include "intake/html.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "text/utf8.h"

namespace {

using onrecord::Article;
using onrecord::Span;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_boundary(std::string_view text, std::uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_span(const Article& article, Span span) {
  require(span.begin <= span.end && span.end <= article.text.size());
  require(is_boundary(article.text, span.begin) && is_boundary(article.text, span.end));
}

void check(const Article& article) {
  require(onrecord::is_valid_utf8(article.text));
  std::uint32_t end = 0;
  for (const onrecord::Paragraph& paragraph : article.paragraphs) {
    check_span(article, paragraph.span);
    require(paragraph.span.begin >= end && !paragraph.span.empty());
    end = paragraph.span.end;
  }
  for (const onrecord::Field& field : article.fields) {
    require(onrecord::is_valid_utf8(field.value));
    if (field.span) check_span(article, *field.span);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string html = onrecord::replace_invalid_utf8({reinterpret_cast<const char*>(data), size});
  const onrecord::PageFacts facts{"https://news.example.org/2025/08/11/pier", "2025-09-01"};
  const auto article = onrecord::article_from_html(html, facts, {});
  if (article) check(*article);
  return 0;
}
