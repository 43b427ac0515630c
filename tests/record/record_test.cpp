#include "onrecord/record.h"

#include <gtest/gtest.h>

#include "record/record_fixture.h"

namespace onrecord {
namespace {

TEST(Record, GivesBackWhatWasPutIn) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  const auto articles = two_articles();
  const auto added = value_of(record.add(articles));
  ASSERT_EQ(added.size(), 2U);
  EXPECT_EQ(added[0].outcome, AddOutcome::kNewArticle);
  const auto article = value_of(record.article(added[0].article));
  EXPECT_EQ(article.article.text, articles[0].article.text);
  EXPECT_EQ(article.article.field("title"), "A harbor story");
  ASSERT_EQ(article.quotations.size(), 2U);
  const auto quotation = value_of(record.quotation(article.quotations[0]));
  EXPECT_EQ(quotation.content, "The pier will open in May");
  EXPECT_EQ(quotation.quotation.speaker.value, "Ada Lowe");
  EXPECT_EQ(quotation.quotation.content_with_marks, articles[0].quotations[0].content_with_marks);
  EXPECT_FLOAT_EQ(quotation.quotation.confidence, 0.95F);
  EXPECT_EQ(quotation.published, "2031-03-04");
}

TEST(Record, FindsByWordsAndBySpeaker) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ASSERT_TRUE(record.add(two_articles()));
  SearchQuery query;
  query.words = "piers opening";
  auto result = value_of(record.search(query));
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(result.rows[0].content, "The pier will open in May");
  query.words = "";
  query.speaker = "park";
  result = value_of(record.search(query));
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(result.rows[0].quotation.speaker.value, "Jun Park");
}

}  // namespace
}  // namespace onrecord
