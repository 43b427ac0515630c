#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/described_speakers.h"
#include "record/record_fixture.h"
#include "record/search_words.h"

namespace onrecord {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(SearchWords, BecomeAnExpressionOfTheIndex) {
  const auto match = [](std::string_view typed) { return value_of(parse_search(typed)).match; };
  EXPECT_EQ(match("pier may"), R"("pier" AND "may")");
  EXPECT_EQ(match(R"("the pier" -storm open*)"), R"(("the pier" AND "open"*) NOT "storm")");
  EXPECT_EQ(match("“the pier”"), R"("the pier")");
  EXPECT_EQ(match("a\"b"), R"("a" AND "b")");
  EXPECT_EQ(match("pier OR NEAR(x) AND title:y ^z {a} (b)"),
            R"_("pier" AND "OR" AND "NEAR(x)" AND "AND" AND "title:y" AND "^z" AND "{a}" AND "(b)")_");
  EXPECT_EQ(match(" -- ? … — * "), "");
  EXPECT_EQ(match("\xFFpier"), "\"\xEF\xBF\xBDpier\"");
  EXPECT_EQ(parse_search("-storm").error().code, ErrorCode::kInvalidArgument);
}

TEST(SearchWords, OfAQuestionAreThoseThatSaySomething) {
  const auto match = [](std::string_view typed) { return value_of(parse_search(typed)).match; };
  EXPECT_EQ(match("what did Lowe say about the pier?"), R"({speaker} : "Lowe" AND "pier?")");
  EXPECT_EQ(match("who spoke for Norland"), R"({speaker context} : "Norland")");
  EXPECT_EQ(match("what is said"), R"("what" AND "is" AND "said")");  // nothing else to look for
  EXPECT_EQ(match("say it with ferries"), R"("say" AND "it" AND "with" AND "ferries")");
  EXPECT_THAT(value_of(parse_search("who spoke for Norland about the pier")).described,
              ElementsAre("norland"));
  EXPECT_EQ(value_of(parse_search("who spoke for Norland about the pier")).rest, R"("pier")");
  EXPECT_THAT(value_of(parse_search("what did Norland's mayor say?")).described,
              ElementsAre("norland", "mayor"));
}

TEST(SearchWords, OfAQuestionMayTellTheTime) {
  const auto words = [](std::string_view typed) { return value_of(parse_search(typed)); };
  EXPECT_EQ(words("What has Lowe said since January?").since, "-01");
  EXPECT_EQ(words("What has Lowe said since January?").match, R"({speaker} : "Lowe")");
  EXPECT_EQ(words("what did Lowe say about piers since 2031-05 until June 2032").since, "2031-05");
  EXPECT_EQ(words("what did Lowe say about piers since 2031-05 until June 2032").until, "2032-06");
  EXPECT_EQ(words("what did Lowe say since 2031").since, "2031");
  EXPECT_EQ(words("what did Lowe say since then").since, "");
  EXPECT_EQ(words("what did Lowe say since then").match, R"({speaker} : "Lowe" AND "since" AND "then")");
  EXPECT_EQ(words("pier since January").since, "");  // no question
}

TEST(SearchWords, AskForUnnamedSources) {
  for (const char* typed : {"which statements rest on unnamed officials", "unnamed officials"}) {
    const auto unnamed = value_of(parse_search(typed));
    EXPECT_TRUE(unnamed.wants_unnamed) << typed;
    EXPECT_EQ(unnamed.match, R"({speaker context} : "officials")") << typed;
  }
  EXPECT_TRUE(value_of(parse_search("anonymous")).wants_unnamed);
  EXPECT_EQ(value_of(parse_search("anonymous sources ferry")).match, R"("ferry")");
  EXPECT_FALSE(value_of(parse_search("\"unnamed officials\"")).wants_unnamed);
  EXPECT_FALSE(value_of(parse_search("unnamed river")).wants_unnamed);
}

TEST(MentionWords, AreThoseBesideTheMention) {
  EXPECT_THAT(mention_words("“No.” Norland’s president, ", "Ada Lowe", ", said"),
              ElementsAre("norland", "president", "ada", "lowe", "said"));
  EXPECT_THAT(mention_words("It rained. ", "Lowe", ", the mayor of Quay, said it."),
              ElementsAre("lowe", "the", "mayor", "of", "quay"));
  EXPECT_THAT(mention_words("It rained. The U.S. envoy ", "Ada Lowe", " said"),
              ElementsAre("the", "united states", "envoy", "ada", "lowe"));
  EXPECT_THAT(
      mention_words("US President ", "Ada Lowe", ", once of the United Nations, said"),
      ElementsAre("united states", "president", "ada", "lowe", "once", "of", "the", "united nations"));
  EXPECT_THAT(mention_words("He told us. J. R. ", "Lowe", " said"), ElementsAre("lowe"));
}

class Search : public testing::Test {
 protected:
  Search() : record_(create_record(folder_ / "a.db")) {
    std::vector<ReadArticle> articles = two_articles();
    articles.push_back(
        read_article("https://harbor.example/treaty",
                     "“All options are open,” Pete Marlow said. “The treaty is dead,” two officials said.",
                     {{"All options are open", "Pete Marlow"},
                      {"The treaty is dead", "two officials", SpeakerKind::kUnnamed}},
                     "2031-06-01", "Treaty talks"));
    articles[2].article.fields[1].value = "Evening Bell";
    articles[2].quotations[0].when.value = "2031-05";
    articles[2].quotations[1].mode = QuotationMode::kThought;
    EXPECT_TRUE(record_.add(articles).has_value());
  }

  std::vector<std::string> find(const SearchQuery& query) {
    std::vector<std::string> found;
    for (const auto& row : value_of(record_.search(query)).rows) found.push_back(row.content);
    return found;
  }
  std::vector<std::string> find(std::string_view words) {
    SearchQuery query;
    query.words = words;
    query.modes.clear();
    return find(query);
  }

  TemporaryFolder folder_;
  Record record_;
};

TEST_F(Search, AnswersQuestions) {
  EXPECT_THAT(find("what did Marlow say about options"), ElementsAre("All options are open"));
  EXPECT_THAT(find("which statements rest on unnamed officials?"), ElementsAre("The treaty is dead"));
  EXPECT_THAT(find("\"options are\" -treaty"), ElementsAre("All options are open"));
  EXPECT_THAT(find("cafe"), ElementsAre("No ferry sails in a storm"));  // context, without its accent
  EXPECT_THAT(find("zeppelin"), IsEmpty());
}

TEST_F(Search, KnowsForWhomSomebodySpoke) {
  EXPECT_TRUE(record_
                  .add(std::vector{read_article(
                      "https://harbor.example/visit",
                      "“We keep the dam,” Greek President Rhea Tollan said. “It is ours,” Tollan said. "
                      "“Nothing is settled,” Bo Finch, a spokesman for the ferry board, said. "
                      "“Greek olives are dear,” Cal Marsh said.",
                      {{"We keep the dam", "Rhea Tollan"},
                       {"It is ours", "Rhea Tollan"},
                       {"Nothing is settled", "Bo Finch"},
                       {"Greek olives are dear", "Cal Marsh"}})})
                  .has_value());
  EXPECT_THAT(find("who spoke for Greece"), UnorderedElementsAre("We keep the dam", "It is ours"));
  EXPECT_THAT(find("who spoke for Greece about olives?"), IsEmpty());
  EXPECT_THAT(find("who spoke for the ferry board"), ElementsAre("Nothing is settled"));
  EXPECT_THAT(find("what did the Greek president say"),
              UnorderedElementsAre("We keep the dam", "It is ours"));
  EXPECT_THAT(find("unnamed officials"), ElementsAre("The treaty is dead"));
}

TEST_F(Search, KnowsCountriesByAllTheirNames) {
  EXPECT_TRUE(
      record_
          .add(std::vector{read_article("https://harbor.example/envoy",
                                        "“We shall wait,” U.S. envoy Rhea Tollan said. “It was fun,” "
                                        "Cal Marsh told us.",
                                        {{"We shall wait", "Rhea Tollan"}, {"It was fun", "Cal Marsh"}})})
          .has_value());
  for (const char* question :
       {"who spoke for the United States", "who spoke for the US", "who spoke for the U.S.?"})
    EXPECT_THAT(find(question), ElementsAre("We shall wait")) << question;
}

TEST_F(Search, TakesAPersonForThePersonOfThatName) {
  EXPECT_TRUE(record_
                  .add(std::vector{read_article(
                      "https://harbor.example/staff",
                      "“The boss is asleep,” a Marlow staff member said. “I was awake,” Marlow said.",
                      {{"The boss is asleep", "a Marlow staff member", SpeakerKind::kUnnamed},
                       {"I was awake", "Pete Marlow"}},
                      "2032-02-01")})
                  .has_value());
  EXPECT_THAT(find("what did Marlow say"), UnorderedElementsAre("All options are open", "I was awake"));
  EXPECT_THAT(find("what did 's say"), IsEmpty());
  EXPECT_THAT(find("what did the Marlow staff member say"), ElementsAre("The boss is asleep"));
  EXPECT_THAT(find("what has Marlow said since June?"), ElementsAre("I was awake"));  // June 2031
  EXPECT_THAT(find("what has Marlow said until May?"), ElementsAre("All options are open"));
}

TEST_F(Search, NoTextReachesTheGrammarOfTheIndex) {
  for (const char* typed : {"\"", "a\"\"b", "AND",  "NOT", "x NOT", "NEAR(a b, 2)", "content:",    "*",
                            "-",  "- -",    "a*b*", "()",  "'",     "' OR 1=1 --",  "{speaker}:x", "a + b",
                            "^",  "\\",     "\x01", "-\"", "“"}) {
    SearchQuery query;
    query.words = typed;
    const auto result = record_.search(query);
    EXPECT_TRUE(result.has_value() || result.error().code == ErrorCode::kInvalidArgument) << typed;
    query.words.clear();
    query.speaker = query.outlet = query.since = query.new_since = typed;
    EXPECT_TRUE(record_.search(query).has_value()) << typed;
    EXPECT_TRUE(record_.speakers(typed).has_value()) << typed;
  }
}

TEST_F(Search, FiltersHoldTogether) {
  SearchQuery query;
  EXPECT_EQ(value_of(record_.search(query)).total, 4U);  // thoughts are left out
  query.outlet = "evening bell";
  EXPECT_THAT(find(query), ElementsAre("All options are open"));
  query.modes.clear();
  query.speaker_kinds = {SpeakerKind::kUnnamed};
  EXPECT_THAT(find(query), ElementsAre("The treaty is dead"));
  query = {};
  query.kinds = {QuotationKind::kIndirect};
  EXPECT_THAT(find(query), IsEmpty());
  query = {};
  query.speaker = "Pete Marlow";
  EXPECT_THAT(find(query), ElementsAre("All options are open"));
}

TEST_F(Search, DatesAreWhenItWasSaidElsePublished) {
  SearchQuery query;
  query.since = "2031-05-20";  // said in May: may be after that day
  EXPECT_THAT(find(query), ElementsAre("All options are open"));
  query.until = "2031-05-25";
  EXPECT_THAT(find(query), ElementsAre("All options are open"));
  query.until = "2031-04";
  EXPECT_THAT(find(query), IsEmpty());
  query.since.clear();
  query.until = "2031-03-04";
  EXPECT_THAT(find(query), UnorderedElementsAre("The pier will open in May", "We kept our word"));
  query = {};
  query.new_since = "2031-04-02";
  EXPECT_THAT(find(query), IsEmpty());
}

TEST_F(Search, PagesGiveEveryRowOnce) {
  SearchQuery query;
  query.limit = 1;
  std::vector<std::string> all;
  do {
    const auto page = value_of(record_.search(query));
    EXPECT_EQ(page.total, 4U);
    for (const auto& row : page.rows) all.push_back(row.content);
    query.cursor = page.next;
  } while (!query.cursor.empty() && all.size() < 9);
  EXPECT_THAT(all, UnorderedElementsAre("All options are open", "No ferry sails in a storm",
                                        "The pier will open in May", "We kept our word"));
  query.cursor = "x";
  EXPECT_FALSE(record_.search(query).has_value());
}

TEST_F(Search, ListsSpeakersAndArticles) {
  const auto speakers = value_of(record_.speakers("marlow"));
  ASSERT_EQ(speakers.size(), 1U);
  EXPECT_EQ(speakers[0].quotations, 1U);
  EXPECT_EQ(value_of(record_.speaker(speakers[0].id)).name, "Pete Marlow");
  EXPECT_EQ(value_of(record_.speakers()).size(), 5U);
  const auto articles = value_of(record_.articles());
  ASSERT_EQ(articles.size(), 3U);
  EXPECT_EQ(articles[0].title, "Treaty talks");
  EXPECT_EQ(value_of(record_.articles({.outlet = "harbor wire", .title_words = {}})).size(), 2U);
}

}  // namespace
}  // namespace onrecord
