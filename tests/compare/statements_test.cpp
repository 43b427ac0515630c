#include "compare/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compare/quotations_of_text.h"

namespace onrecord {
namespace {

constexpr std::string_view kLong =
    "{Nobody ever mended the eastern roof after the great storm of that winter}";

std::vector<QuotationLink> linked(const Coverage& coverage, std::vector<std::uint32_t> stories = {},
                                  unsigned threads = 1) {
  if (stories.empty()) {
    for (std::uint32_t i = 0; i < coverage.size(); ++i) stories.push_back(i);
  }
  CompareOptions options;
  options.threads = threads;
  return find_links(coverage, {}, stories, options);
}

std::size_t count(const std::vector<QuotationLink>& links, bool proposed) {
  return static_cast<std::size_t>(std::ranges::count(links, proposed, &QuotationLink::proposed));
}

TEST(Statements, TheSameWordsAreLinkedWithoutAStory) {
  const CoverageInMemory coverage({ArticleMaker("a1", "2031-05-01").says("Ada Lowe", kLong),
                                   ArticleMaker("a2", "2031-05-02").says("Ada Lowe", kLong)});
  const auto links = find_sure_links(coverage, {});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].relation, WitnessRelation::kIdentical);
  EXPECT_FALSE(links[0].proposed);
  EXPECT_EQ(links[0].reason, "all 13 words, same speaker, published a day apart");
}

TEST(Statements, StockPhrasesAreNotLinkedAcrossStories) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01").says("Ada Lowe", "{Thank you all very much for that}"),
       ArticleMaker("a2", "2031-09-02").says("Jun Park", "{Thank you all very much for that}"),
       ArticleMaker("a3", "2031-10-02").says("", "{Thank you all very much for that}")});
  EXPECT_EQ(count(linked(coverage), false), 0U);
}

TEST(Statements, AShortFragmentNeedsItsStory) {
  const std::string_view whole = "{We saw the shameful neglect of the eastern gate, and we wept}";
  const std::string_view part = "{shameful neglect of the eastern gate}";
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01").says("", whole), ArticleMaker("a2", "2031-05-02").says("", part)});
  EXPECT_EQ(count(linked(coverage), false), 0U);
  EXPECT_EQ(count(linked(coverage, {0, 0}), false), 1U);
}

TEST(Statements, PassagesInCommonAreAsGoodAsAStory) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01")
           .says("", "{We saw the shameful neglect of the eastern gate, and we wept}"),
       ArticleMaker("a2", "2031-05-02").says("", "{shameful neglect of the eastern gate}")});
  ReusePair reuse;
  reuse.second = 1;
  const std::vector<std::uint32_t> stories = {0, 1};
  reuse.reuse.reuse = ReuseClass::kIndependent;
  EXPECT_TRUE(find_links(coverage, std::vector{reuse}, stories, {}).empty());
  reuse.reuse.reuse = ReuseClass::kPartialCopy;
  const auto links = find_links(coverage, std::vector{reuse}, stories, {});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_FALSE(links[0].proposed);
  EXPECT_THAT(links[0].reason, testing::HasSubstr("in articles with common passages"));
}

TEST(Statements, WordsOfAnotherSpeakerNeedMore) {
  const std::string_view phrase = "{the roof was never safe in winter}";
  const auto of = [&](std::string_view second, std::string_view words) {
    const CoverageInMemory coverage({ArticleMaker("a1", "2031-05-01").says("Ada Lowe", words),
                                     ArticleMaker("a2", "2031-05-01").says(second, words)});
    return linked(coverage, {0, 0});
  };
  EXPECT_EQ(count(of("Ada Lowe", phrase), false), 1U);
  const auto misattributed = of("Jun Park", kLong);
  ASSERT_EQ(count(misattributed, false), 1U);
  EXPECT_THAT(misattributed[0].reason, testing::HasSubstr("misattributed"));
  EXPECT_EQ(count(of("Jun Park", "{not today and not here}"), false), 0U);
}

TEST(Statements, AlteredLinksSayWhatChanged) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01")
           .says("Ada Lowe", "{We counted twenty leaking boats under the eastern roof}"),
       ArticleMaker("a2", "2031-05-01")
           .says("Ada Lowe", "{We counted twelve leaking boats under the eastern roof}")});
  const auto links = linked(coverage, {0, 0});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_TRUE(links[0].altered);
  EXPECT_THAT(links[0].reason, testing::HasSubstr("number: \"12\" for \"20\""));
}

TEST(Statements, RepeatedInOneArticle) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01")
           .says("", kLong)
           .says("Ada Lowe", kLong)
           .says("Ada Lowe", "{Nobody mended the western roof, not in that winter}")});
  const auto links = linked(coverage);
  ASSERT_EQ(count(links, false), 1U);
  EXPECT_EQ(links[0].second.quotation, 1U);
}

TEST(Statements, OneLastNameIsNotOneSpeaker) {
  const std::string_view phrase = "{a gate is open to everyone}";
  const auto of = [&](std::string_view second) {
    const CoverageInMemory coverage({ArticleMaker("a1", "2031-05-01").says("Ada Lowe", phrase),
                                     ArticleMaker("a2", "2031-05-01").says(second, phrase)});
    const auto links = linked(coverage, {0, 0});
    return links.empty() ? std::string() : links[0].reason;
  };
  EXPECT_THAT(of("Lowe"), testing::HasSubstr("same speaker"));
  EXPECT_THAT(of("Mira Lowe"), testing::Not(testing::HasSubstr("same speaker")));
}

TEST(Statements, AnAnswerTakesThePhraseUp) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01").says("Ada Lowe", kLong).says("Jun Park", kLong)});
  EXPECT_EQ(count(linked(coverage), false), 0U);
}

TEST(Statements, OnePieceOfASplitQuotationIsEnough) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01")
           .says("Ada Lowe",
                 "{Nobody mended the eastern roof after that storm,} she said. {We waited for a decade}"),
       ArticleMaker("a2", "2031-05-01")
           .says("Ada Lowe",
                 "{My uncle sold the boats,} she said. {Nobody mended the eastern roof after that storm}")});
  const auto links = linked(coverage, {0, 0});
  ASSERT_EQ(count(links, false), 1U);
  EXPECT_EQ(links[0].reason, "all 8 words, same speaker, published the same day, one story");
}

TEST(Statements, DoubtfulReportsAreLinkedToMarkedWordsOnly) {
  const auto of = [&](std::string_view first, std::string_view second, float confidence) {
    std::vector<CoveredArticle> articles = {ArticleMaker("a1", "2031-05-01").says("Ada Lowe", first),
                                            ArticleMaker("a2", "2031-05-01").says("Ada Lowe", second)};
    for (CoveredArticle& article : articles) article.quotations[0].quotation.confidence = confidence;
    return count(linked(CoverageInMemory(articles), {0, 0}), false);
  };
  const std::string_view reported =
      "{~nobody ever mended the eastern roof after the great storm of that winter}";
  EXPECT_EQ(of(reported, reported, 0.3F), 0U);
  EXPECT_EQ(of(reported, reported, 0.9F), 1U);
  EXPECT_EQ(of(reported, kLong, 0.3F), 1U);
}

TEST(Statements, OtherWordsOfOneSpeakerAreProposed) {
  const CoverageInMemory coverage(
      {ArticleMaker("a1", "2031-05-01")
           .says("Ada Lowe", "{There will be no demolition of the lighthouse, I forbid it}"),
       ArticleMaker("a2", "2031-05-01")
           .says("Ada Lowe", "{The lighthouse stays, and nobody speaks of demolition again}"),
       ArticleMaker("a3", "2031-05-01")
           .says("Jun Park", "{The lighthouse goes, demolition begins on the Monday}"),
       ArticleMaker("a4", "2031-08-01")
           .says("Ada Lowe", "{Demolition of a lighthouse costs more than its repair}")});
  const auto links = linked(coverage);
  ASSERT_EQ(links.size(), 1U);
  EXPECT_TRUE(links[0].proposed);
  EXPECT_EQ(links[0].relation, WitnessRelation::kTranslated);
  EXPECT_EQ(links[0].reason, "other words, 2 telling ones in common, same speaker, published the same day");
}

TEST(Statements, NestedQuotationsOfOneArticleAreNoWitnessesOfEachOther) {
  ArticleMaker maker("a1", "2031-05-01");
  CoveredArticle article = maker.says("Ada Lowe", kLong);
  CoveredQuotation inner = article.quotations[0];
  inner.quotation.content[0].begin += 12;
  inner.quotation.quoted = inner.quotation.content;
  article.quotations.push_back(inner);
  EXPECT_TRUE(linked(CoverageInMemory({article})).empty());
}

CoverageInMemory fragments() {
  return CoverageInMemory(
      {ArticleMaker("a1", "2031-05-01").says("Ada Lowe", "{Nobody ever mended the eastern roof}"),
       ArticleMaker("a2", "2031-05-01")
           .says("Ada Lowe",
                 "{Nobody ever mended the eastern roof. The wardens slept through the storm of that winter}"),
       ArticleMaker("a3", "2031-05-02")
           .says("Ada Lowe", "{The wardens slept through the storm of that winter}"),
       ArticleMaker("a4", "2031-05-03")
           .says("Ada Lowe", "{The wardens slept through the storm of that winter}")});
}

TEST(Groups, TheFullestWordingIsTheBase) {
  const CoverageInMemory coverage = fragments();
  const auto groups = group_statements(coverage, linked(coverage, {0, 0, 0, 0}));
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].base, (QuotationPlace{1, 0}));
  ASSERT_EQ(groups[0].witnesses.size(), 4U);
  EXPECT_EQ(groups[0].witnesses[0].place, (QuotationPlace{0, 0}));
  EXPECT_EQ(groups[0].witnesses[0].relation, WitnessRelation::kTruncated);
  EXPECT_TRUE(groups[0].witnesses[1].reason.empty());
}

TEST(Groups, AChainIsNotOneStatement) {
  // Each overlaps the next by a sentence; the first and the last have nothing in common.
  const std::vector<std::string> sentences = {"Nobody ever mended the eastern roof after the storm. ",
                                              "The wardens slept through the whole of that winter. ",
                                              "My uncle paid for every nail of the western gate. ",
                                              "Fishermen carried the beams over the frozen harbour. "};
  std::vector<CoveredArticle> articles;
  for (std::size_t i = 0; i + 1 < sentences.size(); ++i) {
    articles.push_back(ArticleMaker("a" + std::to_string(i), "2031-05-01")
                           .says("Ada Lowe", "{" + sentences[i] + sentences[i + 1] + "}"));
  }
  const CoverageInMemory coverage(articles);
  const auto groups = group_statements(coverage, linked(coverage, {0, 0, 0}));
  for (const StatementGroup& group : groups) EXPECT_LE(group.witnesses.size(), 3U);
  for (const StatementGroup& group : groups) {
    const bool whole_chain = group.witnesses.size() == 3U && group.base != QuotationPlace{1, 0};
    EXPECT_FALSE(whole_chain);
  }
}

TEST(Groups, OfANestedQuotationOneIsTheWitness) {
  std::vector<CoveredArticle> articles = {
      ArticleMaker("a1", "2031-05-01")
          .says("Ada Lowe", "{Lowe said that nobody ever mended the eastern roof after the storm}"),
      ArticleMaker("a2", "2031-05-01")
          .says("Ada Lowe", "{nobody ever mended the eastern roof after the storm}")};
  CoveredQuotation inner = articles[0].quotations[0];
  inner.quotation.content[0].begin += 15;
  inner.quotation.quoted = inner.quotation.content;
  articles[0].quotations.push_back(inner);
  const CoverageInMemory coverage(articles);
  const auto groups = group_statements(coverage, linked(coverage, {0, 0}));
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].witnesses.size(), 2U);
}

TEST(Groups, HundredsOfCopiesAreOneStatement) {
  std::vector<CoveredArticle> articles;
  for (int i = 0; i < 300; ++i)
    articles.push_back(ArticleMaker("a" + std::to_string(i), "2031-05-01").says("Ada Lowe", kLong));
  const CoverageInMemory coverage(articles);
  const auto links = linked(coverage);
  EXPECT_LT(links.size(), 300U * 64U);  // not every pair
  const auto groups = group_statements(coverage, links);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].witnesses.size(), 300U);
}

TEST(Groups, ProposedLinksJoinNothing) {
  QuotationLink proposed;
  proposed.first = {0, 0}, proposed.second = {1, 0}, proposed.proposed = true;
  const std::vector<QuotationLink> links = {proposed};
  EXPECT_TRUE(group_statements(fragments(), links).empty());
}

/// Many articles that cut, change and repeat a few statements.
std::vector<CoveredArticle> many_articles() {
  const std::vector<std::string> said = {
      "Nobody ever mended the eastern roof after the great storm of that winter",
      "The wardens counted twenty leaking boats and went home without a word",
      "My uncle paid for every nail and every beam of the western gate himself",
      "We asked the council four times whether the pier would be closed for good"};
  std::mt19937 random(5);  // NOLINT(bugprone-random-generator-seed): the same every time
  std::vector<CoveredArticle> articles;
  for (int i = 0; i < 30; ++i) {
    ArticleMaker maker("a" + std::to_string(i), "2031-05-0" + std::to_string(1 + random() % 9));
    for (int k = 0; k < 3; ++k) {
      const std::string& words = said[random() % said.size()];
      const std::size_t begin = random() % 3 == 0 ? words.find(' ', random() % 20) + 1 : 0;
      maker.says(random() % 2 == 0 ? "Ada Lowe" : "", "{" + words.substr(begin) + "}");
    }
    articles.push_back(maker);
  }
  return articles;
}

TEST(Statements, TheSameWhateverTheThreadsAndTheOrder) {
  std::vector<CoveredArticle> articles = many_articles();
  const auto told = [](const std::vector<CoveredArticle>& given, unsigned threads) {
    const CoverageInMemory coverage(given);
    const auto links = linked(coverage, std::vector<std::uint32_t>(given.size(), 0), threads);
    std::string all;
    for (const StatementGroup& group : group_statements(coverage, links)) {
      all += coverage.article(group.base.article)->quotations[group.base.quotation].id + ":";
      for (const Witness& witness : group.witnesses) {
        all += " " + coverage.article(witness.place.article)->quotations[witness.place.quotation].id + "/" +
               std::string(name(witness.relation)) + "/" + std::to_string(witness.confidence) + "/" +
               witness.reason;
      }
      all += "\n";
    }
    return all;
  };
  const std::string one = told(articles, 1);
  EXPECT_FALSE(one.empty());
  EXPECT_EQ(told(articles, 4), one);
  std::ranges::reverse(articles);
  EXPECT_EQ(told(articles, 3), one);
}

TEST(Statements, LinksComeInOrderWithoutRepeats) {
  const CoverageInMemory coverage(many_articles());
  const auto links = linked(coverage, std::vector<std::uint32_t>(coverage.size(), 0), 2);
  EXPECT_FALSE(links.empty());
  for (std::size_t i = 0; i < links.size(); ++i) {
    EXPECT_LT(links[i].first, links[i].second);
    if (i > 0) {
      EXPECT_LT(std::pair(links[i - 1].first, links[i - 1].second),
                std::pair(links[i].first, links[i].second));
    }
  }
}

TEST(Statements, NothingComesOfNothing) {
  const CoverageInMemory empty({});
  EXPECT_TRUE(find_sure_links(empty, {}).empty());
  EXPECT_TRUE(linked(empty).empty());
  const CoverageInMemory silent(
      {ArticleMaker("a1", ""), ArticleMaker("a2", "2031").says("", "{}").says("", "{...}")});
  EXPECT_TRUE(linked(silent).empty());
}

}  // namespace
}  // namespace onrecord
