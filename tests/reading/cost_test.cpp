// The reading's cost grows with the text, not faster, on texts made to hurt it. Steps are counted, never
// timed.
#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>

#include "language/plain_document.h"
#include "reading/drafts.h"
#include "reading/plain_reader.h"
#include "reading/quotation_spans.h"
#include "reading/speakers.h"

namespace onrecord {
namespace {

constexpr double kGrowth = 2.5;  // steps(2n) / steps(n); 2 would be exactly linear

Article one_paragraph(std::string text) {
  Article article;
  article.text = std::move(text);
  article.paragraphs = {{{0, static_cast<std::uint32_t>(article.text.size())}, ParagraphRole::kBody}};
  return article;
}

std::uint64_t steps_of(const std::string& text) {
  const Tokenizer tokenizer{WordLists{}};
  const Lexicon lexicon{WordLists{}};
  const Article article = one_paragraph(text);
  const Document document = make_document(article, tokenizer, Limits{});
  const Words words(document, lexicon);
  StepCounter steps;
  const std::vector<Draft> drafts = find_drafts(words, {true}, steps);
  std::vector<Quotation> quotations;
  for (const Draft& draft : drafts) quotations.push_back(make_quotation(words, draft));
  resolve_speakers(article, words, Offices(WordLists{}), drafts, quotations, steps);
  return steps.steps;
}

std::string repeated(const std::string& unit, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += unit;
  return text;
}

std::string names(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    std::string surname = "Q";
    for (int rest = i; rest > 0; rest /= 26) surname += static_cast<char>('a' + rest % 26);
    text += "Ada " + surname + " said no. ";
  }
  return text;
}

struct Family {
  const char* name;
  std::function<std::string(int)> text;
};

void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }

class Cost : public testing::TestWithParam<Family> {};

TEST_P(Cost, GrowsWithTheText) {
  const Family& family = GetParam();
  const auto once = static_cast<double>(steps_of(family.text(2000)));
  const auto twice = static_cast<double>(steps_of(family.text(4000)));
  ASSERT_GT(once, 0);
  EXPECT_LT(twice / once, kGrowth) << family.name << ": " << once << " -> " << twice;
}

TEST_P(Cost, StaysWithinTheLimit) {
  const Article article = one_paragraph(GetParam().text(4000));
  const Tokenizer tokenizer{WordLists{}};
  const auto reader = make_plain_reader(WordLists{});
  const Document document = make_document(article, tokenizer, Limits{});
  EXPECT_TRUE(reader->read(article, document, Limits{}).has_value()) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(
    Families, Cost,
    testing::Values(
        Family{"only_marks", [](int n) { return repeated("\"", n); }},
        Family{"marks_with_space", [](int n) { return repeated("\" a ", n); }},
        Family{"open_single_marks", [](int n) { return repeated(" 'a", n); }},
        Family{"names", [](int n) { return names(n); }},
        Family{"one_surname", [](int n) { return repeated("Ada Lowe and Jo Lowe met. He said so. ", n); }},
        Family{"one_sentence", [](int n) { return repeated("she said that he told them ", n); }},
        Family{"commas", [](int n) { return repeated(",", n); }},
        Family{"commas_with_cues", [](int n) { return repeated("a, said, ", n); }},
        Family{"brackets", [](int n) { return repeated("( said Ada ", n); }},
        Family{"roles",
               [](int n) { return repeated("The mayor Ada Lowe said no. The mayor said yes. ", n); }},
        Family{"capitals", [](int n) { return repeated("Ada Lowe ", n); }},
        Family{"according", [](int n) { return repeated("a, according to b, ", n); }}),
    [](const auto& family) { return std::string(family.param.name); });

TEST(PlainReader, FailsBeyondTheLimits) {
  const Article article = one_paragraph(names(50));
  const Tokenizer tokenizer{WordLists{}};
  const auto reader = make_plain_reader(WordLists{});
  Limits limits;
  const Document document = make_document(article, tokenizer, limits);
  limits.quotations = 3;
  auto read = reader->read(article, document, limits);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kTooMany);
  limits = Limits{};
  limits.steps_per_byte = 0;
  read = reader->read(article, document, limits);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kTooSlow);
}

}  // namespace
}  // namespace onrecord
