#include "reading/attribution_links.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "language/plain_document.h"
#include "reading/lexicon.h"

namespace onrecord {
namespace {

using Kind = AttributionPiece::Kind;

struct Marked {
  Kind kind;
  std::string_view text;
};

/// The contents of every draft, joined by " | ", in the order of the text.
std::vector<std::string> contents(const std::string& text, std::initializer_list<Marked> marked) {
  Article article;
  article.text = text;
  article.paragraphs = {{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody}};
  const Tokenizer tokenizer{WordLists{}};
  const Lexicon lexicon{WordLists{}};
  const Document document = make_document(article, tokenizer, Limits{});
  const Words words(document, lexicon);
  std::vector<AttributionPiece> pieces;
  for (const Marked& mark : marked) {
    const auto at = static_cast<std::uint32_t>(text.find(mark.text));
    const auto end = static_cast<std::uint32_t>(at + mark.text.size());
    AttributionPiece piece{mark.kind, {words.size(), 0}, 0.8F};
    for (std::uint32_t token = 0; token < words.size(); ++token) {
      const Span span = document.tokens[token].span;
      if (span.begin < at || span.end > end) continue;
      piece.range = {std::min(piece.range.begin, token), token + 1};
    }
    pieces.push_back(piece);
  }
  StepCounter steps;
  std::vector<std::string> found;
  for (const Draft& draft : link_pieces(words, pieces, {true}, steps)) {
    found.emplace_back();
    for (const TokenRange range : draft.content) {
      if (!found.back().empty()) found.back() += " | ";
      found.back() += cut(text, words.span(range));
    }
  }
  return found;
}

TEST(AttributionLinks, WhatGoesOnInMarksBelongsToTheCueBehindMarks) {
  EXPECT_EQ(contents(R"("We try," Ada Lowe said, noting that it is late. "We go on.")",
                     {{Kind::kContent, R"("We try,")"},
                      {Kind::kSource, "Ada Lowe"},
                      {Kind::kCue, "said"},
                      {Kind::kCue, "noting"},
                      {Kind::kContent, R"(that it is late. "We go on.")"}}),
            (std::vector<std::string>{R"("We try," | "We go on.")", "that it is late."}));
}

TEST(AttributionLinks, ASentenceBeforeWordsInMarksIsNoPartOfThem) {
  EXPECT_EQ(contents(R"(The mood was less grim. "It is not new," said Ada Lowe.)",
                     {{Kind::kContent, "The mood was less grim"},
                      {Kind::kContent, R"("It is not new,")"},
                      {Kind::kCue, "said"},
                      {Kind::kSource, "Ada Lowe"}}),
            (std::vector<std::string>{R"("It is not new,")"}));
}

TEST(AttributionLinks, WordsBeforeACommaAreNoPartOfAReportThatFollowsTheCue) {
  EXPECT_EQ(contents("Two boats are lost, and Ada Lowe said that the tide was late.",
                     {{Kind::kContent, "Two boats are lost"},
                      {Kind::kSource, "Ada Lowe"},
                      {Kind::kCue, "said"},
                      {Kind::kContent, "that the tide was late"}}),
            std::vector<std::string>{"that the tide was late"});
  EXPECT_EQ(contents("The tide, Ada Lowe said, was late.", {{Kind::kContent, "The tide"},
                                                            {Kind::kSource, "Ada Lowe"},
                                                            {Kind::kCue, "said"},
                                                            {Kind::kContent, "was late"}}),
            std::vector<std::string>{"The tide | was late"});
}

TEST(AttributionLinks, ACueInMarksDoesNotPartThem) {
  EXPECT_EQ(contents(R"("We know," Ada Lowe said. "Now they say that it is late.")",
                     {{Kind::kContent, R"("We know,")"},
                      {Kind::kSource, "Ada Lowe"},
                      {Kind::kCue, "said"},
                      {Kind::kContent, "\"Now"},
                      {Kind::kSource, "they"},
                      {Kind::kCue, "say"},
                      {Kind::kContent, "that it is late.\""}}),
            (std::vector<std::string>{R"("We know," | "Now they say that it is late.")"}));
  // Nobody says it: the cue inside is all there is.
  EXPECT_EQ(contents(R"("Now they say that it is late.")", {{Kind::kContent, "\"Now"},
                                                            {Kind::kSource, "they"},
                                                            {Kind::kCue, "say"},
                                                            {Kind::kContent, "that it is late.\""}}),
            (std::vector<std::string>{R"("Now | that it is late.")"}));
}

}  // namespace
}  // namespace onrecord
