#include "language/plain_document.h"

#include <gtest/gtest.h>

#include <string>

namespace onrecord {
namespace {

Article article_of(std::string text) {
  Article article;
  article.text = std::move(text);
  article.paragraphs = {{{0, static_cast<std::uint32_t>(article.text.size())}, ParagraphRole::kBody}};
  return article;
}

std::string joined_tokens(std::string text) {
  const Tokenizer tokenizer{WordLists{}};
  const Article article = article_of(std::move(text));
  const Document document = make_document(article, tokenizer, Limits{});
  std::string joined;
  for (std::size_t i = 0; i < document.tokens.size(); ++i) {
    joined += (i > 0 ? "|" : "") + std::string(document.word(i));
  }
  return joined;
}

std::vector<std::string> sentences_of(std::string text) {
  const Tokenizer tokenizer{WordLists{}};
  const Article article = article_of(std::move(text));
  const Document document = make_document(article, tokenizer, Limits{});
  std::vector<std::string> sentences;
  for (const Sentence& sentence : document.sentences)
    sentences.emplace_back(cut(document.text, document.span(sentence)));
  return sentences;
}

TEST(Tokenizer, KeepsAbbreviationsNumbersAndNamesWhole) {
  EXPECT_EQ(joined_tokens("Mr. Quill paid $1,250.50 at 5 p.m."), "Mr.|Quill|paid|$|1,250.50|at|5|p.m.");
  EXPECT_EQ(joined_tokens("The U.S. envoy, J. T. O'Dell-Marsh."), "The|U.S.|envoy|,|J.|T.|O'Dell-Marsh|.");
  EXPECT_EQ(joined_tokens("See https://quay.example/a?b=1, @quay_news."),
            "See|https://quay.example/a?b=1|,|@quay_news|.");
}

TEST(Tokenizer, TakesMarksAndCliticsApart) {
  EXPECT_EQ(joined_tokens("\u201CIt\u2019s Ada\u2019s,\u201D she said\u2014twice."),
            "\u201C|It|\u2019s|Ada|\u2019s|,|\u201D|she|said|\u2014|twice|.");
  EXPECT_EQ(joined_tokens("``No,'' they don't -- ..."), "``|No|,|''|they|don't|--|...");
}

TEST(Tokenizer, CutsRunsBeyondTheLimitOnBoundaries) {
  const Tokenizer tokenizer{WordLists{}};
  std::string text;
  for (int i = 0; i < 500; ++i) text += "\u00E9";
  Limits limits;
  limits.token_bytes = 101;
  std::vector<Token> tokens;
  tokenizer.tokenize(text, {0, static_cast<std::uint32_t>(text.size())}, limits, tokens);
  ASSERT_GE(tokens.size(), 9U);
  std::uint32_t at = 0;
  for (const Token& token : tokens) {
    EXPECT_EQ(token.span.begin, at);
    EXPECT_LE(token.span.size(), 101U);
    EXPECT_EQ(token.span.size() % 2, 0U);
    at = token.span.end;
  }
  EXPECT_EQ(at, text.size());
}

TEST(Sentences, EndAtMarksButNotAtAbbreviations) {
  EXPECT_EQ(sentences_of("Gov. Ada Lowe left at 5 p.m. The hall, on St. Bram St., was full. It rained."),
            (std::vector<std::string>{"Gov. Ada Lowe left at 5 p.m.", "The hall, on St. Bram St., was full.",
                                      "It rained."}));
}

TEST(Sentences, KeepClosingMarksAndStopBeforeLowerCase) {
  EXPECT_EQ(sentences_of("\"We won!\" she said. \"They lost.\" He left."),
            (std::vector<std::string>{"\"We won!\" she said.", "\"They lost.\"", "He left."}));
  EXPECT_EQ(sentences_of("It cost 3.5 million ... or more. Then: nothing."),
            (std::vector<std::string>{"It cost 3.5 million ... or more.", "Then: nothing."}));
}

}  // namespace
}  // namespace onrecord
