#include <gtest/gtest.h>

#include "record/record_fixture.h"

namespace onrecord {
namespace {

class Corrections : public testing::Test {
 protected:
  Corrections() : record_(create_record(folder_ / "a.db")) {
    read_ = two_articles()[0];
    add();
  }

  void add() {
    ids_ = value_of(record_.article(value_of(record_.add({&read_, 1})).at(0).article)).quotations;
  }
  RecordedQuotation quotation(std::size_t i) { return value_of(record_.quotation(ids_.at(i))); }
  std::string correct(Correction correction, std::size_t i = 0) {
    correction.quotation = ids_.at(i);
    return value_of(record_.correct(correction));
  }
  /// The same article with other text, published later; quotations read anew.
  void publish(std::string_view text, const std::vector<Said>& said) {
    read_ = read_article("https://harbor.example/pier", text, said, "2031-05-01");
    add();
  }

  static Correction speaker(std::string_view name) {
    Correction correction;
    correction.kind = CorrectionKind::kSpeaker;
    correction.speaker = name;
    return correction;
  }

  TemporaryFolder folder_;
  Record record_;
  ReadArticle read_;
  std::vector<std::string> ids_;
};

TEST_F(Corrections, OfASpeakerAreSearchedAndUndone) {
  const std::string id = correct(speaker("Mara Quill"));
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Mara Quill");
  ASSERT_TRUE(quotation(0).automatic.has_value());
  EXPECT_EQ(quotation(0).automatic->speaker.value, "Ada Lowe");
  EXPECT_EQ(quotation(0).corrections, std::vector{id});
  SearchQuery query;
  query.speaker = "quill";
  EXPECT_EQ(value_of(record_.search(query)).total, 1U);
  query.speaker = "lowe";
  EXPECT_EQ(value_of(record_.search(query)).total, 0U);
  EXPECT_TRUE(value_of(record_.verify()).passed());
  expect_done(record_.undo(id));
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Ada Lowe");
  EXPECT_FALSE(quotation(0).automatic.has_value());
  EXPECT_EQ(value_of(record_.search(query)).total, 1U);
  EXPECT_TRUE(value_of(record_.verify()).passed());
}

TEST_F(Corrections, SurviveANewReadingAndNewText) {
  correct(speaker("Mara Quill"));
  read_.reading = "plain-4";
  read_.quotations[0].content[0].begin += 4;  // "pier will open in May"
  read_.quotations[0].quoted = read_.quotations[0].content_with_marks = read_.quotations[0].content;
  add();
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Mara Quill");
  publish("New: the harbor board met. “The pier will open in May,” Ada Lowe said. It rained.",
          {{"The pier will open in May", "Ada Lowe"}});
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Mara Quill");
  EXPECT_TRUE(value_of(record_.verify()).passed());
}

TEST_F(Corrections, ThatFitNothingAreListed) {
  correct(speaker("Mara Quill"));
  publish("“Nobody was told about any of it,” Jun Park said.",
          {{"Nobody was told about any of it", "Jun Park"}});
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Jun Park");
  const auto corrections = value_of(record_.corrections());
  ASSERT_EQ(corrections.size(), 1U);
  EXPECT_TRUE(corrections[0].detached);
  EXPECT_EQ(corrections[0].words, "The pier will open in May");
  EXPECT_EQ(value_of(record_.counts()).detached, 1U);
}

TEST_F(Corrections, OfTwoLikeQuotationsHoldOnToTheNearer) {
  const std::string_view text =
      "“We will not pay,” Ada Lowe said. Later she wrote: “We will not pay,” and left.";
  read_ = read_article("https://harbor.example/two", text,
                       {{"We will not pay", "Ada Lowe"}, {"We will not pay", "Ada Lowe"}});
  const auto second = static_cast<std::uint32_t>(text.rfind("We will"));
  read_.quotations[1].content = {{second, second + 15}};
  read_.quotations[1].content_with_marks = read_.quotations[1].quoted = read_.quotations[1].content;
  add();
  correct(speaker("Mara Quill"), 1);
  read_.reading = "plain-4";
  add();
  EXPECT_EQ(quotation(0).quotation.speaker.value, "Ada Lowe");
  EXPECT_EQ(quotation(1).quotation.speaker.value, "Mara Quill");
}

TEST_F(Corrections, OfBoundariesMoveWithTheText) {
  Correction correction;
  correction.kind = CorrectionKind::kBoundaries;
  correction.content = {find_words(read_.article.text, "The pier"), find_words(read_.article.text, "in May")};
  correct(correction);
  EXPECT_EQ(quotation(0).content, "The pier … in May");
  publish("Breaking. “The pier will open in May,” Ada Lowe said.",
          {{"The pier will open in May", "Ada Lowe"}});
  EXPECT_EQ(quotation(0).content, "The pier … in May");
  EXPECT_TRUE(value_of(record_.verify()).passed());
  correction.quotation = ids_[0];
  correction.content = {{1, 2}};                         // inside a curly mark
  EXPECT_TRUE(record_.correct(correction).has_value());  // "r" of "Breaking"
  correction.content = {{11, 14}};
  EXPECT_FALSE(record_.correct(correction).has_value());
  correction.content = {};
  EXPECT_FALSE(record_.correct(correction).has_value());
}

TEST_F(Corrections, OfKindAndRejection) {
  Correction kind;
  kind.kind = CorrectionKind::kKind;
  kind.quotation_kind = QuotationKind::kMixed;
  correct(kind);
  EXPECT_EQ(quotation(0).quotation.kind, QuotationKind::kMixed);
  Correction reject;
  reject.kind = CorrectionKind::kReject;
  correct(reject);
  EXPECT_TRUE(quotation(0).rejected);
  EXPECT_EQ(value_of(record_.search({})).total, 1U);
}

TEST_F(Corrections, MergeTwoIntoOne) {
  Correction merge;
  merge.kind = CorrectionKind::kMerge;
  merge.other = ids_[0];
  const std::string id = correct(merge, 1);
  EXPECT_EQ(quotation(1).merged_into, ids_[0]);
  EXPECT_EQ(quotation(0).content, "The pier will open in May … We kept our word");
  EXPECT_EQ(value_of(record_.search({})).total, 1U);
  EXPECT_TRUE(value_of(record_.verify()).passed());
  expect_done(record_.undo(id));
  EXPECT_EQ(quotation(0).content, "The pier will open in May");
  EXPECT_EQ(value_of(record_.search({})).total, 2U);
  EXPECT_TRUE(value_of(record_.verify()).passed());
}

}  // namespace
}  // namespace onrecord
