// Lists from columns against the same lists from the tables.
#include "compare/column_comparison.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compare/compare_record.h"
#include "record/record_fixture.h"
#include "record/store.h"

namespace onrecord {
namespace {

ReadArticle article(std::string_view outlet, std::string_view words, std::string_view speaker,
                    std::size_t number, std::string_view published, std::string_view title) {
  const std::string text =
      fmt::format("Report {} of the {} begins here. “{},” {} said.", number, outlet, words, speaker);
  ReadArticle read = read_article(fmt::format("https://news.example/{}", number), text,
                                  {{std::string(words), std::string(speaker)}}, published, title);
  for (Field& field : read.article.fields) {
    if (field.name == "outlet") field.value = std::string(outlet);
  }
  return read;
}

/// Three statements, each carried by its own number of outlets, and as many that one article has alone.
std::vector<ReadArticle> coverage() {
  std::vector<ReadArticle> articles;
  const auto add = [&](std::string_view outlet, std::string_view words, std::string_view speaker,
                       std::string_view published, std::string_view title) {
    articles.push_back(article(outlet, words, speaker, articles.size(), published, title));
  };
  constexpr std::string_view kBerths = "We will build forty new berths before the winter comes to the island";
  constexpr std::string_view kGrain = "We lost the grain of a whole year and the roof that was above it";
  constexpr std::string_view kBridge =
      "Nobody told the council that the old bridge would be closed for repairs";
  add("wire", kBerths, "Ada Lowe", "2031-03-04", "Forty berths for the island harbor");
  add("post", kBerths, "Ada Lowe", "2031-03-05", "Forty berths for the island harbor");
  add("courier", kBerths, "Ada Lowe", "2031-03-05", "Island harbor gets forty berths");
  add("gazette", kGrain, "Jun Park", "2031-03-06", "Mill at Stonebeck burned down");
  add("wire", kGrain, "Jun Park", "2031-03-07", "Mill at Stonebeck burned down");
  add("post", kBridge, "Ada Lowe", "2031-03-08", "Old bridge closed for repairs");
  add("gazette", kBridge, "Ada Lowe", "", "Old bridge closed for repairs");
  add("courier", "The tide took the nets of every boat that lay out there", "Jun Park", "2031-03-09", "Nets");
  add("wire", "A school for the valley is what the people have asked for", "Ada Lowe", "2031-02-01",
      "School");
  add("post", "Three trains a day will stop at the upper station again", "Mara Quill", "", "");
  return articles;
}

class ListsFromColumns : public testing::Test {
 protected:
  void SetUp() override {
    auto articles = coverage();
    articles[7].quotations[0].confidence = 0.3F;
    expect_done(record_.add(articles));
    ASSERT_TRUE(compare_record(record_, {}).has_value());
    columns_ = value_of(SearchColumns::read(record_.store().database));
  }
  std::string id_of(std::string_view speaker) { return value_of(record_.speakers(speaker)).at(0).id; }
  static std::vector<std::string> ids(const std::vector<StatementRow>& rows) {
    std::vector<std::string> out;
    for (const StatementRow& row : rows) out.push_back(row.id);
    return out;
  }

  TemporaryFolder folder_;
  Record record_ = create_record(folder_ / "lists.db");
  std::shared_ptr<const SearchColumns> columns_;
};

TEST_F(ListsFromColumns, HaveTheStatementsOfTheTablesInTheirOrder) {
  std::vector<std::string> stories{""};
  for (const StoryRow& story : value_of(Comparison(record_).stories())) stories.push_back(story.id);
  std::size_t found = 0;
  for (const std::string& speaker : {std::string(), id_of("Ada Lowe"), id_of("Jun Park")}) {
    for (const std::string& story : stories) {
      for (const std::string since : {"", "2031-03-05"}) {
        for (const std::string until : {"", "2031-03", "2031-03-06"}) {
          for (const std::uint64_t least : {1, 2, 3}) {
            for (const StatementOrder order : {StatementOrder::kCarried, StatementOrder::kDate}) {
              StatementQuery query{speaker, story, since, until, least, order, 100, 0};
              const auto all = ids(value_of(Comparison(record_).statements(query)));
              EXPECT_EQ(value_of(statements_page(record_, *columns_, query)).total, all.size());
              found += all.size();
              // A page in the middle is the middle of the whole.
              for (query.offset = 0; query.offset <= all.size(); query.offset += 2) {
                query.limit = 2;
                const auto page = value_of(statements_page(record_, *columns_, query));
                const auto begin = all.begin() + static_cast<std::ptrdiff_t>(query.offset);
                EXPECT_EQ(ids(page.rows),
                          std::vector(begin, begin + std::min<std::ptrdiff_t>(2, all.end() - begin)));
              }
            }
          }
        }
      }
    }
  }
  EXPECT_GT(found, 100U);
}

TEST_F(ListsFromColumns, RefuseASpeakerWhoIsNotThere) {
  StatementQuery query;
  query.speaker = "p0000000000000";
  EXPECT_FALSE(statements_page(record_, *columns_, query).has_value());
}

TEST_F(ListsFromColumns, HaveTheStoriesOfTheTablesInTheirOrder) {
  for (const std::uint64_t least : {1, 2, 3}) {
    const auto rows = value_of(Comparison(record_).stories(least));
    const auto page = value_of(stories_page(record_, *columns_, least, "", 100, 0));
    EXPECT_EQ(page.total, rows.size());
    ASSERT_EQ(page.rows.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(page.rows[i].id, rows[i].id);
      EXPECT_EQ(page.rows[i].title, rows[i].title);
      EXPECT_EQ(page.rows[i].articles, rows[i].articles);
      EXPECT_EQ(page.rows[i].outlets, rows[i].outlets);
      EXPECT_EQ(page.rows[i].first, rows[i].first);
      EXPECT_EQ(page.rows[i].last, rows[i].last);
    }
  }
}

TEST_F(ListsFromColumns, FindStoriesByWordsOfTheirTitles) {
  const auto mill = value_of(stories_page(record_, *columns_, 1, "STONEBECK mill", 10, 0));
  ASSERT_EQ(mill.total, 1U);
  EXPECT_EQ(mill.rows[0].title, "Mill at Stonebeck burned down");
  EXPECT_EQ(value_of(stories_page(record_, *columns_, 1, "mill island", 10, 0)).total, 0U);
}

}  // namespace
}  // namespace onrecord
