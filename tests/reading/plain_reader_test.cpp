#include "reading/plain_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "language/plain_document.h"

namespace onrecord {
namespace {

Article article_of(std::string text) {
  Article article;
  article.text = std::move(text);
  article.paragraphs = {{{0, static_cast<std::uint32_t>(article.text.size())}, ParagraphRole::kBody}};
  return article;
}

TEST(PlainReader, CutsADirectQuotationAndItsParts) {
  const auto reader = make_plain_reader(WordLists{});
  const Tokenizer tokenizer{WordLists{}};
  const Article article =
      article_of("\"The harbor will open in spring,\" Ada Lowe said. \"Nobody pays twice.\"");
  const Document document = make_document(article, tokenizer, Limits{});
  const auto quotations = reader->read(article, document, Limits{});
  ASSERT_TRUE(quotations.has_value());
  ASSERT_EQ(quotations->size(), 1U);
  const Quotation& quotation = quotations->front();
  EXPECT_EQ(quotation.kind, QuotationKind::kDirect);
  ASSERT_EQ(quotation.content.size(), 2U);
  EXPECT_EQ(cut(article.text, quotation.content[0]), "The harbor will open in spring");
  EXPECT_EQ(cut(article.text, quotation.content[1]), "Nobody pays twice");
  EXPECT_EQ(cut(article.text, quotation.content_with_marks[0]), "\"The harbor will open in spring,\"");
  EXPECT_EQ(cut(article.text, quotation.source[0]), "Ada Lowe");
  EXPECT_EQ(cut(article.text, quotation.cue[0]), "said");
}

}  // namespace
}  // namespace onrecord
