#include "onrecord/record.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

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

/// What a query gives, rows and columns joined, as somebody with `sqlite3` sees it.
std::string asked(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  EXPECT_EQ(sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  std::string rows;
  const auto add = [](void* out, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i) {
      *static_cast<std::string*>(out) +=
          std::string(values[i] == nullptr ? "NULL" : values[i]) + (i + 1 < columns ? "|" : "\n");
    }
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), add, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
  return rows;
}

TEST(Record, TheViewsTellWhatTheTablesPack) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  std::vector<ReadArticle> articles = two_articles();
  Quotation& first = articles[0].quotations[0];
  const std::string_view text = articles[0].article.text;
  first.kind = QuotationKind::kMixed;
  first.content = {find_words(text, "The pier"), find_words(text, "open in May")};
  first.quoted = first.content_with_marks = {first.content[1]};
  first.speaker.reason = "'Ada Lowe' is Ada Lowe";
  ASSERT_TRUE(record.add(articles));
  EXPECT_EQ(
      asked(folder / "a.db",
            "SELECT part, ordinal, words FROM spans WHERE quotation IN (SELECT id FROM quotations WHERE "
            "speaker = 'Ada Lowe') ORDER BY part, ordinal"),
      "content|0|The pier\ncontent|1|open in May\ncontent_with_marks|0|open in May\ncue|0|said\n"
      "quoted|0|open in May\nsource|0|Ada Lowe\nspeaker|0|Ada Lowe\n");
  EXPECT_EQ(asked(folder / "a.db",
                  "SELECT part, words, begin_cp, end_cp FROM spans WHERE quotation IN (SELECT id FROM "
                  "quotations WHERE speaker = 'Jun Park') ORDER BY part"),
            "content|No ferry sails in a storm|1|26\ncontent_with_marks|“No ferry sails in a storm,|0|27\n"
            "cue|said|38|42\nquoted|No ferry sails in a storm|1|26\nsource|Jun Park|29|37\nspeaker|Jun "
            "Park|29|37\n");
  EXPECT_EQ(
      asked(
          folder / "a.db",
          "SELECT content, cue, source, \"begin\", \"end\", begin_cp, end_cp, speaker_reason FROM quotations "
          "WHERE speaker = 'Ada Lowe'"),
      "The pier … open in May|said|Ada Lowe|3|28|1|26|'Ada Lowe' is Ada Lowe\n");
  const auto rows = value_of(record.search({})).rows;
  for (const RecordedQuotation& one : rows) {
    if (one.quotation.speaker.value != "Ada Lowe") continue;
    EXPECT_EQ(one.quotation.speaker.reason, first.speaker.reason);
  }
}

TEST(Record, IsPackedWhenItHasGrownByHalf) {
  const TemporaryFolder folder(quick_folder());
  Record record = create_record(folder / "a.db");
  const auto add = [&](int from, int to) {
    std::vector<ReadArticle> articles;
    for (int i = from; i < to; ++i) {
      const std::string url = "https://harbor.example/" + std::to_string(i);
      articles.push_back(
          read_article(url, two_articles()[0].article.text, {{"The pier will open in May", "Ada Lowe"}}));
    }
    ASSERT_TRUE(record.add(articles));
  };
  add(0, 999);
  EXPECT_FALSE(value_of(record.compact_when_grown()));
  add(999, 1000);
  EXPECT_TRUE(value_of(record.compact_when_grown()));
  EXPECT_FALSE(value_of(record.compact_when_grown()));
  add(1000, 1002);
  EXPECT_FALSE(value_of(record.compact_when_grown()));
  EXPECT_TRUE(value_of(record.verify()).passed());
  EXPECT_EQ(value_of(record.counts()).quotations, 1002U);
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

TEST(Record, KeepsWhatIsToldOfAnUnnamedSource) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "unnamed.db");
  constexpr std::string_view kText =
      "“The pier is not safe,” said two engineers who asked not to be named because the report is secret.";
  ReadArticle read = read_article("https://harbor.example/unsafe", kText,
                                  {{"The pier is not safe", "two engineers", SpeakerKind::kUnnamed}});
  UnnamedSource& unnamed = read.quotations[0].unnamed;
  const auto told = [&](std::string_view words) {
    return Told{std::string(words), {find_words(kText, words)}};
  };
  unnamed.how_many = told("two");
  unnamed.kind = told("engineers");
  unnamed.reason = told("who asked not to be named because the report is secret");
  expect_done(record.add(std::vector{read}));
  const auto kept =
      value_of(record.quotation(value_of(record.article(article_id(read.article))).quotations.at(0)));
  EXPECT_EQ(kept.quotation.unnamed.how_many.value, "two");
  EXPECT_EQ(kept.quotation.unnamed.kind.spans, unnamed.kind.spans);
  EXPECT_EQ(kept.quotation.unnamed.reason.value, unnamed.reason.value);
}

}  // namespace
}  // namespace onrecord
