// A record compared: statements, reuse and stories as rows, and what people decide about them.
#include "compare/compare_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "compare/check.h"
#include "compare/comparison.h"
#include "compare/comparison_json.h"
#include "compare/decisions.h"
#include "record/record_fixture.h"

namespace onrecord {
namespace {

using testing::HasSubstr;

ReadArticle by(std::string_view outlet, std::string_view text, const std::vector<Said>& said,
               std::string_view published, std::string_view title) {
  ReadArticle read = read_article("https://" + std::string(outlet) + ".example/" + std::string(title), text,
                                  said, published, title);
  for (Field& field : read.article.fields) {
    if (field.name == "outlet") field.value = std::string(outlet);
  }
  return read;
}

constexpr std::string_view kWhole =
    "The ferry company spoke to the press on Monday evening after a long meeting of its board. “We will "
    "build forty new "
    "berths before the winter comes, and nobody on the island will be left behind,” Ada Lowe said.";
constexpr std::string_view kCut =
    "Islanders were told of new berths at last, reports our man at the quay. “We will build forty new berths "
    "before the "
    "winter comes,” Ada Lowe said.";
constexpr std::string_view kAltered =
    "A quarrel over money began when the plan became known in the capital. “We will build fourteen new "
    "berths before the "
    "winter comes,” Ada Lowe said.";
constexpr std::string_view kOther =
    "The mill at Stonebeck burned down in the night; firemen came from three towns. “We lost the grain of a "
    "whole year "
    "and the roof above it,” Jun Park said.";

std::vector<ReadArticle> coverage() {
  return {by("wire", kWhole,
             {{"We will build forty new berths before the winter comes, and nobody on the island will be "
               "left behind",
               "Ada Lowe"}},
             "2031-03-04", "berths"),
          by("post", kCut, {{"We will build forty new berths before the winter comes", "Ada Lowe"}},
             "2031-03-05", "island"),
          by("courier", kAltered, {{"We will build fourteen new berths before the winter comes", "Ada Lowe"}},
             "2031-03-05", "quarrel"),
          by("gazette", kOther, {{"We lost the grain of a whole year and the roof above it", "Jun Park"}},
             "2031-03-06", "mill")};
}

std::string exported(const Record& record) {
  std::string lines;
  for (const auto what : {ComparisonExport::kStatements, ComparisonExport::kLinks, ComparisonExport::kReuse,
                          ComparisonExport::kStories}) {
    expect_done(export_comparison(record, what, [&](std::string_view piece) -> Result<void> {
      lines += piece;
      return {};
    }));
  }
  return lines;
}

std::string quotation_of(const Record& record, const ReadArticle& read) {
  return value_of(record.article(article_id(read.article))).quotations.at(0);
}

class CompareRecord : public testing::Test {
 protected:
  void SetUp() override {
    expect_done(record_.add(articles_));
    counts_ = value_of(compare_record(record_, {}));
  }

  TemporaryFolder folder_;
  std::vector<ReadArticle> articles_ = coverage();
  Record record_ = create_record(folder_ / "compared.db");
  CompareCounts counts_;
};

TEST_F(CompareRecord, OneStatementHasItsWitnessesAndTheFullestWording) {
  EXPECT_EQ(counts_.articles, 4U);
  EXPECT_EQ(counts_.statements, 1U);
  const ToldStatement told = value_of(Comparison(record_).statement(quotation_of(record_, articles_[1])));
  ASSERT_EQ(told.witnesses.size(), 3U);
  EXPECT_EQ(told.id, "s" + quotation_of(record_, articles_[0]).substr(1));
  EXPECT_EQ(told.base_quotation().outlet, "wire");
  EXPECT_EQ(told.reports, 3U);
  EXPECT_EQ(told.outlets, 3U);
  EXPECT_EQ(told.independent, 3U);
}

TEST_F(CompareRecord, AWitnessWithAnotherNumberIsAltered) {
  const ToldStatement told = value_of(Comparison(record_).statement(quotation_of(record_, articles_[0])));
  const auto altered = std::ranges::find_if(told.witnesses, &ToldWitness::altered);
  ASSERT_NE(altered, told.witnesses.end());
  EXPECT_EQ(altered->quotation.outlet, "courier");
  EXPECT_EQ(altered->relation, WitnessRelation::kNegationOrNumberChanged);
}

TEST_F(CompareRecord, WhatNobodyElseCarriesIsAStatementOfOne) {
  const ToldStatement told = value_of(Comparison(record_).statement(quotation_of(record_, articles_[3])));
  EXPECT_EQ(told.witnesses.size(), 1U);
  EXPECT_EQ(told.reports, 1U);
}

TEST_F(CompareRecord, TheSameArticlesTellTheSameInAnyOrder) {
  const std::string expected = exported(record_);
  EXPECT_THAT(expected, HasSubstr("onrecord/link/1"));
  std::vector<std::size_t> order = {0, 1, 2, 3};
  int number = 0;
  while (std::ranges::next_permutation(order).found) {
    Record other = create_record(folder_ / ("order" + std::to_string(number++) + ".db"));
    for (const std::size_t i : order) expect_done(other.add(std::vector{articles_[i]}));
    expect_done(compare_record(other, {.threads = 1 + number % 2U}));
    ASSERT_EQ(exported(other), expected);
  }
}

TEST_F(CompareRecord, ArticlesThatComeLaterAreJoinedProvisionally) {
  Record record = create_record(folder_ / "later.db");
  expect_done(record.add(std::vector{articles_[0], articles_[3]}));
  expect_done(compare_record(record, {}));
  expect_done(record.add(std::vector{articles_[1]}));
  EXPECT_EQ(value_of(Comparison(record).state()).missing, 1U);
  // A share of one in two would have all compared again: pretend that the record is large.
  CompareRecordOptions options;
  options.whole_below = 0;
  options.whole_at_new_share = 1;
  expect_done(compare_new_articles(record, options));
  const ComparisonState state = value_of(Comparison(record).state());
  EXPECT_EQ(state.missing, 0U);
  EXPECT_EQ(state.provisional, 1U);
  const ToldStatement told = value_of(Comparison(record).statement(quotation_of(record, articles_[1])));
  EXPECT_EQ(told.witnesses.size(), 2U);
  EXPECT_TRUE(told.witnesses.back().provisional);
  // And compared whole it is as if it had been there from the beginning.
  expect_done(compare_record(record, {}));
  expect_done(record.add(std::vector{articles_[2]}));
  expect_done(compare_record(record, {}));
  EXPECT_EQ(exported(record), exported(record_));
}

TEST_F(CompareRecord, ACorrectionAfterwardsIsSeenAsNotCompared) {
  Correction correction;
  correction.kind = CorrectionKind::kReject;
  correction.quotation = quotation_of(record_, articles_[2]);
  expect_done(record_.correct(correction));
  EXPECT_EQ(value_of(Comparison(record_).state()).missing, 1U);
  EXPECT_EQ(value_of(Comparison(record_).statement(quotation_of(record_, articles_[0]))).witnesses.size(),
            2U);
  expect_done(compare_new_articles(record_, {}));
  const ToldStatement told = value_of(Comparison(record_).statement(quotation_of(record_, articles_[0])));
  EXPECT_EQ(told.reports, 2U);
  EXPECT_EQ(value_of(Comparison(record_).state()).missing, 0U);
}

TEST_F(CompareRecord, ADecisionPartsAndSurvivesANewComparison) {
  const std::string first = quotation_of(record_, articles_[0]);
  const std::string third = quotation_of(record_, articles_[2]);
  expect_done(decide(record_, {DecisionKind::kOtherStatement, third, first, "another evening"}));
  const auto told = [&] { return value_of(Comparison(record_).statement(first)); };
  EXPECT_EQ(told().witnesses.size(), 2U);
  expect_done(compare_record(record_, {}));
  EXPECT_EQ(told().witnesses.size(), 2U);
  EXPECT_EQ(value_of(Comparison(record_).statement(third)).witnesses.size(), 1U);
  const std::string id = value_of(decisions(record_)).front().id;
  expect_done(undo_decision(record_, id));
  expect_done(compare_record(record_, {}));
  EXPECT_EQ(told().witnesses.size(), 3U);
}

TEST_F(CompareRecord, ADecisionJoinsAndIsShownAsOne) {
  const std::string first = quotation_of(record_, articles_[0]);
  const std::string mill = quotation_of(record_, articles_[3]);
  expect_done(decide(record_, {DecisionKind::kSameStatement, first, mill, ""}));
  for (int round = 0; round < 2; ++round) {
    const ToldStatement told = value_of(Comparison(record_).statement(mill));
    ASSERT_EQ(told.witnesses.size(), 4U);
    EXPECT_TRUE(std::ranges::find(told.witnesses, mill, [](const ToldWitness& w) {
                  return w.quotation.id;
                })->decided);
    expect_done(compare_record(record_, {}));
  }
}

TEST_F(CompareRecord, DecidingAboutOneAndTheSameIsRefused) {
  const std::string first = quotation_of(record_, articles_[0]);
  const auto decided = decide(record_, {DecisionKind::kSameStatement, first, first, ""});
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().code, ErrorCode::kInvalidArgument);
}

TEST_F(CompareRecord, AnArticleThatWasRemovedIsNoWitness) {
  expect_done(record_.remove(article_id(articles_[0].article), "asked to"));
  const ToldStatement told = value_of(Comparison(record_).statement(quotation_of(record_, articles_[1])));
  for (const ToldWitness& witness : told.witnesses) EXPECT_NE(witness.quotation.outlet, "wire");
}

TEST_F(CompareRecord, AnIdThatWasGivenOutLeadsOnAfterANewReading) {
  const std::string given = value_of(Comparison(record_).statement(quotation_of(record_, articles_[0]))).id;
  ReadArticle again = articles_[0];
  again.reading = "plain-12";
  again.quotations[0].content[0].end -= 6;  // "left behind" is cut to "left"
  expect_done(record_.add(std::vector{again}));
  expect_done(compare_record(record_, {}));
  const ToldStatement told = value_of(Comparison(record_).statement(given));
  EXPECT_NE(told.id, given);
  EXPECT_EQ(told.witnesses.size(), 3U);
}

CheckVerdict verdict(const Record& record, std::string_view words, std::string_view speaker = {}) {
  return value_of(check(record, claim_of(words, speaker))).verdict;
}

TEST_F(CompareRecord, CheckTellsExactCutAlteredAndUnknown) {
  EXPECT_EQ(verdict(record_, "We lost the grain of a whole year and the roof above it"),
            CheckVerdict::kExact);
  EXPECT_EQ(verdict(record_, "we lost the grain of a whole year"), CheckVerdict::kCut);
  EXPECT_EQ(verdict(record_, "We lost the grain of a whole month and the roof above it"),
            CheckVerdict::kAltered);
  EXPECT_EQ(
      verdict(record_, "We lost the grain of a whole year and the roof above it and both our horses too"),
      CheckVerdict::kAltered);
  EXPECT_EQ(verdict(record_, "Nothing of the kind was ever said by anybody here"),
            CheckVerdict::kNotInRecord);
  EXPECT_EQ(verdict(record_, "we lost"), CheckVerdict::kTooShort);
}

TEST_F(CompareRecord, CheckTellsAnotherSpeaker) {
  constexpr std::string_view kWords = "We lost the grain of a whole year and the roof above it";
  EXPECT_EQ(verdict(record_, kWords, "Jun Park"), CheckVerdict::kExact);
  EXPECT_EQ(verdict(record_, kWords, "Park"), CheckVerdict::kExact);
  EXPECT_EQ(verdict(record_, kWords, "Ada Lowe"), CheckVerdict::kOtherSpeaker);
}

TEST_F(CompareRecord, CheckSaysWhereAnAlteredWitnessHasItSo) {
  const Checked checked = value_of(
      check(record_, claim_of("We will build fourteen new berths before the winter comes", "Ada Lowe")));
  EXPECT_EQ(checked.verdict, CheckVerdict::kExact);
  EXPECT_THAT(checked.remark, HasSubstr("courier"));
}

}  // namespace
}  // namespace onrecord
