#include "intake/html.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

Article read(std::string_view html) {
  auto article = article_from_html(html, {}, {});
  EXPECT_TRUE(article) << describe(article.error());
  return article.value_or(Article());
}

std::vector<std::string> paragraphs(const Article& article, ParagraphRole role) {
  std::vector<std::string> found;
  for (const Paragraph& paragraph : article.paragraphs) {
    if (paragraph.role == role) found.emplace_back(cut(article.text, paragraph.span));
  }
  return found;
}

TEST(Html, CollapsesWhiteSpaceAsABrowserDoes) {
  const Article article = read(
      "<body><article><p>  The harbour\n board met on <b>Mon</b>day and\tvoted to keep &mdash; and to widen "
      "&mdash; the "
      "old&nbsp;pier near the mill.</p></article>");
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody),
            std::vector<std::string>{"The harbour board met on Monday and voted to keep — and to widen — the "
                                     "old\u00A0pier near the mill."});
}

TEST(Html, RefusesWhatNestsTooDeep) {
  std::string html;
  for (int i = 0; i < 50'000; ++i) html += "<div>";
  const auto article = article_from_html(html + "text", {}, {});
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::kTooDeep);
}

TEST(Html, RefusesAnElementWithTooManyAttributes) {
  std::string html = "<p";
  for (int i = 0; i < 50'000; ++i) html += " a" + std::to_string(i);
  const auto article = article_from_html(html + ">text</p>", {}, {});
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace onrecord
