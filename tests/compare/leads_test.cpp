// Leads: what differs between two statements of one speaker on one matter, and what is left alone.
#include "compare/leads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace onrecord {
namespace {

/// Statements with texts of their own; what they show lives as long as this.
class Said {
 public:
  Said& direct(std::string date, std::string words) { return add(std::move(date), "", std::move(words)); }
  Said& indirect(std::string date, std::string cue, std::string words) {
    return add(std::move(date), std::move(cue), std::move(words));
  }
  [[nodiscard]] Positions positions() const {
    std::vector<StatedPosition> stated;
    for (const auto& one : all_) stated.push_back({one->text, &one->quotation, one->date, one->date});
    return find_positions(stated);
  }
  [[nodiscard]] std::vector<Lead> leads() const { return positions().leads; }
  [[nodiscard]] std::string at(std::size_t statement, Span span) const {
    return std::string(cut(all_.at(statement)->text, span));
  }

 private:
  struct One {
    std::string text, date;
    Quotation quotation;
  };
  Said& add(std::string date, std::string cue, std::string words) {
    auto one = std::make_unique<One>();
    const auto begin = static_cast<std::uint32_t>(cue.empty() ? 0 : cue.size() + 1);
    one->text = cue.empty() ? words : cue + " " + words;
    one->date = std::move(date);
    one->quotation.kind = cue.empty() ? QuotationKind::kDirect : QuotationKind::kIndirect;
    one->quotation.content = {{begin, static_cast<std::uint32_t>(one->text.size())}};
    if (!cue.empty()) one->quotation.cue = {{0, begin - 1}};
    all_.push_back(std::move(one));
    return *this;
  }
  std::vector<std::unique_ptr<One>> all_;
};

TEST(Leads, NegationOfTheSameWord) {
  Said said;
  said.direct("2031-02-03", "We will lease the lighthouse to the pilots.")
      .direct("2031-06-01", "We will not lease the lighthouse to anybody.");
  const auto leads = said.leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(leads[0].kind, LeadKind::kNegation);
  EXPECT_EQ(leads[0].earlier, 0U);
  EXPECT_EQ(leads[0].later, 1U);
  EXPECT_TRUE(leads[0].earlier_differs.empty());
  EXPECT_EQ(said.at(1, leads[0].later_differs), "not");
  EXPECT_THAT(leads[0].matter, testing::ElementsAre("lease", "lighthouse"));
}

TEST(Leads, ACueThatTurnsCountsAsNegation) {
  Said said;
  said.indirect("2031-02-03", "ruled out", "leasing the lighthouse to the pilots")
      .direct("2031-06-01", "We will lease the lighthouse.");
  const auto leads = said.leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(said.at(0, leads[0].earlier_differs), "ruled out");
}

TEST(Leads, TheSamePositionInOtherWordsIsNone) {
  EXPECT_THAT(Said()
                  .indirect("2031-02-03", "declined", "to lease the lighthouse")
                  .direct("2031-06-01", "We will not lease the lighthouse.")
                  .leads(),
              testing::IsEmpty());
  EXPECT_THAT(Said()
                  .indirect("2031-02-03", "ruled out", "leasing the lighthouse")
                  .direct("2031-06-01", "We will not lease the lighthouse.")
                  .leads(),
              testing::IsEmpty());
}

TEST(Leads, WillForMay) {
  const auto leads = Said()
                         .direct("2031-02-03", "The lighthouse lease may expire early.")
                         .direct("2031-06-01", "The lighthouse lease will expire early.")
                         .leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(leads[0].kind, LeadKind::kModal);
  EXPECT_EQ(leads[0].what_differs, "modal: \"may\", then \"will\"");
}

TEST(Leads, APromiseAgainstAPossibility) {
  const auto leads = Said()
                         .indirect("2031-02-03", "promised", "the lighthouse lease would expire")
                         .indirect("2031-06-01", "said", "the lighthouse lease might expire")
                         .leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(leads[0].kind, LeadKind::kCommitment);
}

TEST(Leads, AnotherNumberOfTheSameThing) {
  const auto leads = Said()
                         .direct("2031-02-03", "The lighthouse repair is 40 crates of glass.")
                         .direct("2031-06-01", "The lighthouse repair is sixty crates of glass.")
                         .leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(leads[0].kind, LeadKind::kNumber);
  EXPECT_EQ(leads[0].what_differs, "number: \"40\", then \"sixty\"");
}

TEST(Leads, AnotherDate) {
  const auto leads =
      Said()
          .indirect("2031-02-03", "said", "it would reopen the lighthouse ferry before June 2031")
          .indirect("2031-06-10", "said", "it would reopen the lighthouse ferry in September 2031")
          .leads();
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(leads[0].kind, LeadKind::kDate);
}

TEST(Leads, APeriodBetweenPiecesEndsTheClause) {
  const std::string split = "\"We will not lease the lighthouse,\" he said. \"Not this year, not ever.\"";
  const std::string later = "We lease the lighthouse.";
  Quotation first, second;
  first.kind = second.kind = QuotationKind::kDirect;
  first.content = {{1, 33}, {45, 70}};
  second.content = {{0, static_cast<std::uint32_t>(later.size())}};
  const std::vector<StatedPosition> stated = {{split, &first, "2031-02-03", "2031-02-03"},
                                              {later, &second, "2031-06-01", "2031-06-01"}};
  const auto leads = find_positions(stated).leads;
  ASSERT_EQ(leads.size(), 1U);
  EXPECT_EQ(cut(split, leads[0].earlier_clause), "We will not lease the lighthouse");
}

TEST(Leads, TheSameDayIsNoChange) {
  EXPECT_THAT(Said()
                  .direct("2031-02", "We will lease the lighthouse.")
                  .direct("2031-02-09", "We will not lease the lighthouse.")
                  .leads(),
              testing::IsEmpty());
}

TEST(Leads, LeavesAloneWhatTakesNoPosition) {
  for (const char* words :
       {"Will we not lease the lighthouse?", "If we do not lease the lighthouse, others will come.",
        "No doubt we lease the lighthouse.", "We cannot not lease the lighthouse."}) {
    EXPECT_THAT(
        Said().direct("2031-02-03", "We will lease the lighthouse.").direct("2031-06-01", words).leads(),
        testing::IsEmpty())
        << words;
  }
  EXPECT_THAT(Said()
                  .direct("2031-02-03", "We will lease the lighthouse.")
                  .indirect("2031-06-01", "would not say", "how they lease the lighthouse")
                  .indirect("2031-06-01", "refused to say", "they lease the lighthouse")
                  .indirect("2031-06-02", "declined", "to say they lease the lighthouse")
                  .leads(),
              testing::IsEmpty());
  EXPECT_THAT(Said()
                  .direct("2031-02-03", "The lighthouse repair is 40 crates of glass.")
                  .direct("2031-06-01", "The lighthouse repair goes from 50 to 60 crates of glass.")
                  .leads(),
              testing::IsEmpty());
}

TEST(Leads, NamesAloneAreNoMatter) {
  EXPECT_THAT(Said()
                  .direct("2031-02-03", "I met Oda Fernhollow there.")
                  .direct("2031-06-01", "I never met Oda Fernhollow.")
                  .leads(),
              testing::IsEmpty());
}

TEST(Leads, AMatterBeginsWithItsFirstStatement) {
  const auto positions = Said()
                             .direct("2031-02-03", "We lease the lighthouse to pilots.")
                             .direct("2031-02-09", "I like soup.")
                             .direct("2031-06-01", "The lighthouse lease is signed.")
                             .positions();
  ASSERT_EQ(positions.matters.size(), 1U);
  EXPECT_EQ(positions.matters[0].first, 0U);
  EXPECT_THAT(positions.matters[0].statements, testing::ElementsAre(0U, 2U));
  EXPECT_THAT(positions.matters[0].words, testing::UnorderedElementsAre("lease", "lighthouse"));
}

TEST(Leads, DatesAreComparedAsExactAsTheyAreKnown) {
  EXPECT_TRUE(is_earlier_day("2031-01", "2031-02-03"));
  EXPECT_FALSE(is_earlier_day("2031-01", "2031-01-14"));
  EXPECT_TRUE(is_earlier_day("2031-01-01/2031-01-07", "2031-01-08T09:00:00Z"));
  EXPECT_FALSE(is_earlier_day("2031-01-01/2031-01-07", "2031-01-05"));
  EXPECT_FALSE(is_earlier_day("", "2031-01-05"));
}

}  // namespace
}  // namespace onrecord
