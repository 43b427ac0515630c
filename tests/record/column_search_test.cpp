// Searching in columns finds what searching in the tables finds, in the same order.
#include "record/column_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "record/column_lists.h"
#include "record/quotation_rows.h"
#include "record/record_fixture.h"
#include "record/relevance.h"
#include "record/store.h"

namespace onrecord {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::shared_ptr<const SearchColumns> columns_of(const Record& record) {
  return value_of(SearchColumns::read(record.store().database));
}

ColumnSearch found_in(const Record& record, const std::shared_ptr<const SearchColumns>& columns,
                      const SearchQuery& query) {
  auto found = ColumnSearch::find(record, columns, query);
  EXPECT_TRUE(found.has_value());
  return std::move(*found);
}

/// Articles of random words, speakers, dates and kinds, few of each, so that everything meets everything.
class RandomNews {
 public:
  explicit RandomNews(unsigned seed) : random_(seed) {}

  std::vector<ReadArticle> articles(unsigned count) {
    std::vector<ReadArticle> all;
    for (unsigned i = 0; i < count; ++i) all.push_back(article(i));
    return all;
  }
  template <class Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[below(values.size())];
  }
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  const std::vector<std::string> kWords = {"pier",   "ferry", "storm", "open", "close",
                                           "harbor", "vote",  "tax",   "café"};
  const std::vector<std::string> kSpeakers = {"Ada Lowe", "Jun Park",  "Mara Quill",
                                              "A. Lowe",  "officials", ""};
  const std::vector<std::string> kOutlets = {"Harbor Wire", "Drum Gazette", "The Harbor Post", ""};
  const std::vector<std::string> kDates = {"2031-03-04",           "2031-03", "2031", "2030-12-31",
                                           "2031-03-04T08:00:00Z", ""};

 private:
  ReadArticle article(unsigned number) {
    std::string text;
    std::vector<std::pair<std::string, std::string>> said;
    for (std::size_t i = 0; i < 4; ++i) {
      std::string words = "x" + std::to_string(number) + "y" + std::to_string(i);
      for (std::size_t left = 2 + below(6); left > 0; --left) words += " " + one_of(kWords);
      const std::string speaker = one_of(kSpeakers);
      text +=
          (i > 0 ? " " : "") + ("“" + words + ",” ") + (speaker.empty() ? "somebody" : speaker) + " said.";
      said.emplace_back(words, speaker);
    }
    const std::string title = one_of(kWords) + " and " + one_of(kWords);
    // Some addresses come twice: the article then has two versions.
    ReadArticle read = read_article("https://harbor.example/" + std::to_string(number * 7 / 8), text, {},
                                    one_of(kDates), below(5) == 0 ? "" : title);
    for (const auto& [words, speaker] : said) {
      Quotation quotation = quotation_of(text, words, speaker,
                                         speaker == "officials" ? SpeakerKind::kUnnamed
                                         : speaker.empty()      ? SpeakerKind::kUnknown
                                                                : SpeakerKind::kPerson);
      quotation.kind = one_of<QuotationKind>({QuotationKind::kDirect, QuotationKind::kMixed});
      quotation.confidence = one_of<float>({0.95F, 0.8F, kLeastShownConfidence, 0.399F, 0.2F});
      quotation.mode = one_of<QuotationMode>({QuotationMode::kSpeech, QuotationMode::kThought});
      quotation.confidence = 0.1F * static_cast<float>(below(10));
      quotation.speaker.confidence = 0.1F * static_cast<float>(below(10));
      if (below(3) == 0)
        quotation.when = {
            one_of<std::string>({"2031-02-01/2031-02-07", "2031-02-03", "2031-01"}), {}, 0.9F, "told"};
      read.quotations.push_back(std::move(quotation));
    }
    std::erase_if(read.article.fields, [](const Field& field) { return field.name == "outlet"; });
    if (const std::string outlet = one_of(kOutlets); !outlet.empty())
      read.article.fields.push_back({"outlet", outlet, "option", {}});
    return read;
  }

  std::mt19937 random_;
};

/// Rejects, merges and changes some quotations, and joins and splits speakers.
void correct(Record& record, RandomNews& news) {
  SearchQuery query;
  query.limit = 500;
  const auto rows = value_of(record.search(query)).rows;
  for (std::size_t i = 0; i + 1 < rows.size(); i += 5) {
    Correction correction;
    correction.quotation = rows[i].id;
    correction.kind = news.one_of<CorrectionKind>(
        {CorrectionKind::kSpeaker, CorrectionKind::kKind, CorrectionKind::kReject, CorrectionKind::kMerge});
    correction.speaker = news.one_of(news.kSpeakers);
    correction.quotation_kind = QuotationKind::kIndirect;
    correction.other = rows[i + 1].id;
    static_cast<void>(record.correct(correction));  // quotations of two articles cannot be merged
  }
}

SearchQuery random_query(RandomNews& news, const std::vector<RecordedQuotation>& rows) {
  SearchQuery query;
  const auto sometimes = [&] { return news.below(4) == 0; };
  if (news.below(3) > 0) query.words = news.one_of(news.kWords);
  if (sometimes()) query.words += " " + news.one_of(news.kWords);
  if (sometimes())
    query.words =
        news.one_of<std::string>({"\"pier open\"", "pier -storm", "fer*", "what did Lowe say about the pier?",
                                  "unnamed officials", "caf\"e"});
  if (sometimes())
    query.speaker = news.one_of<std::string>({"Lowe", "Ada Lowe", "nobody", news.one_of(rows).person.id});
  if (sometimes()) query.outlet = news.one_of<std::string>({"harbor wire", "harbor", "post harbor", "none"});
  if (news.below(8) == 0) query.article = news.one_of(rows).article;
  if (news.below(8) == 0) query.article = news.one_of(rows).version;
  if (sometimes()) query.since = news.one_of<std::string>({"2031-02", "2031-02-05", "2031"});
  if (sometimes()) query.until = news.one_of<std::string>({"2031-02", "2031-02-05", "2030"});
  if (sometimes()) query.kinds = {QuotationKind::kIndirect, QuotationKind::kMixed};
  if (sometimes()) query.modes.clear();
  if (sometimes()) query.least_confidence = news.one_of<float>({0.0F, 0.3F, 0.9F});
  if (sometimes())
    query.speaker_kinds = {news.one_of<SpeakerKind>({SpeakerKind::kPerson, SpeakerKind::kUnnamed})};
  if (sometimes()) query.new_since = news.one_of<std::string>({"2031-04-01", "2031-05"});
  query.unsure_speakers = news.below(6) == 0;
  query.order = query.unsure_speakers
                    ? SearchOrder::kUnsureSpeaker
                    : news.one_of<SearchOrder>({SearchOrder::kRelevance, SearchOrder::kDate});
  query.limit = static_cast<std::uint32_t>(1 + news.below(30));
  if (sometimes()) query.cursor = std::to_string(news.below(40));
  return query;
}

std::vector<std::string> ids_of(const std::vector<RecordedQuotation>& rows) {
  std::vector<std::string> ids;
  for (const RecordedQuotation& row : rows) ids.push_back(row.id);
  return ids;
}

std::map<std::string, std::uint64_t> counts_of(const std::vector<TallyValue>& values) {
  std::map<std::string, std::uint64_t> counts;
  for (const TallyValue& value : values) counts[value.value] = value.count;
  return counts;
}

/// Counted from the rows themselves.
void expect_tally(const Record& record, SearchQuery query, const SearchTally& tally) {
  query.limit = 5'000, query.cursor.clear();
  std::map<std::string, std::uint64_t> outlets, speakers, kinds, days;
  for (const RecordedQuotation& row : value_of(record.search(query)).rows) {
    const std::string date = row.quotation.when.value.empty() ? row.published : row.quotation.when.value;
    if (!row.outlet.empty()) ++outlets[row.outlet];
    if (!row.person.id.empty()) ++speakers[row.person.id];
    if (!date.empty()) ++days[date.substr(0, date.find_first_of("T/"))];
    ++kinds[std::string(name(row.quotation.kind))];
  }
  EXPECT_EQ(counts_of(tally.outlets), outlets);
  EXPECT_EQ(counts_of(tally.speakers), speakers);
  EXPECT_EQ(counts_of(tally.kinds), kinds);
  EXPECT_EQ(counts_of(tally.days), days);
}

class Columns : public testing::Test {
 protected:
  TemporaryFolder folder_{quick_folder()};
};

TEST_F(Columns, FindWhatTheTablesHold) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    RandomNews news(seed);
    Record record = create_record(folder_ / (std::to_string(seed) + ".db"));
    expect_done(record.add(news.articles(60)));
    correct(record, news);
    const auto columns = columns_of(record);
    SearchQuery all;
    all.limit = 500;
    const auto rows = value_of(record.search(all)).rows;
    for (int i = 0; i < 300; ++i) {
      const SearchQuery query = random_query(news, rows);
      SCOPED_TRACE(testing::Message()
                   << "seed " << seed << ", query " << i << ": " << query.words << " | " << query.speaker);
      const auto expected = record.search(query);
      const auto found = ColumnSearch::find(record, columns, query);
      ASSERT_EQ(found.has_value(), expected.has_value());
      if (!found) continue;
      EXPECT_EQ(ids_of(read_quotations(record.store().database, found->page())), ids_of(expected->rows));
      EXPECT_EQ(found->total(), expected->total);
      EXPECT_EQ(found->next(), expected->next);
      EXPECT_FALSE(found->total_is_capped());
      expect_tally(record, query, value_of(found->tally(record, 1'000)));
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST_F(Columns, ListWhatTheTablesHold) {
  RandomNews news(11);
  Record record = create_record(folder_ / "lists.db");
  expect_done(record.add(news.articles(80)));
  correct(record, news);
  const auto columns = columns_of(record);
  for (const std::string words : {"", "lowe", "ada lowe", "nobody"}) {
    const auto expected = value_of(record.speakers(words, 5, 1));
    const auto page = value_of(speakers_page(record, *columns, words, 5, 1));
    EXPECT_EQ(page.total, value_of(record.count_speakers(words)));
    ASSERT_EQ(page.rows.size(), expected.size()) << words;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const SpeakerRow &row = page.rows[i], &other = expected[i];
      EXPECT_EQ(std::tie(row.id, row.name, row.kind, row.article, row.quotations, row.articles, row.first,
                         row.last, row.names),
                std::tie(other.id, other.name, other.kind, other.article, other.quotations, other.articles,
                         other.first, other.last, other.names));
      EXPECT_EQ(value_of(record.speaker(row.id)).quotations, row.quotations);
      const auto person = value_of(locate_person(record, *columns, row.id));
      const auto aliases = value_of(aliases_of(record, *columns, person));
      const auto told = value_of(record.aliases(row.id));
      ASSERT_EQ(aliases.size(), told.size());
      for (std::size_t j = 0; j < told.size(); ++j) {
        EXPECT_EQ(std::tie(aliases[j].name, aliases[j].printed, aliases[j].quotations, aliases[j].articles,
                           aliases[j].first, aliases[j].last, aliases[j].joined_by),
                  std::tie(told[j].name, told[j].printed, told[j].quotations, told[j].articles, told[j].first,
                           told[j].last, told[j].joined_by));
      }
    }
  }
  for (const ArticleFilter& filter :
       {ArticleFilter{}, ArticleFilter{"Harbor", ""}, ArticleFilter{"", "PIER and"},
        ArticleFilter{"drum gazette", "ferry"}, ArticleFilter{"none", ""}}) {
    const auto expected = value_of(record.articles(filter, 7, 2));
    const auto page = value_of(articles_page(record, *columns, filter, 7, 2));
    EXPECT_EQ(page.total, value_of(record.count_articles(filter)));
    ASSERT_EQ(page.rows.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(std::tie(page.rows[i].id, page.rows[i].title, page.rows[i].quotations, page.rows[i].versions),
                std::tie(expected[i].id, expected[i].title, expected[i].quotations, expected[i].versions));
    }
  }
}

/// An article of `count` quotations with the word "pier", the last ones shorter, which fit better.
ReadArticle many_quotations(unsigned number, unsigned count) {
  std::string text;
  std::vector<std::string> said;
  for (unsigned i = 0; i < count; ++i) {
    said.push_back("pier " + std::to_string(number) + "n" + std::to_string(i) +
                   (number % 2 == 0 ? " open" : " open and more"));
    text += (i > 0 ? " “" : "“") + said.back() + ",” Ada Lowe said.";
  }
  const std::string day = "2031-03-" + std::to_string(10 + number % 20);
  ReadArticle read = read_article("https://harbor.example/" + std::to_string(number), text, {}, day);
  for (const std::string& words : said) read.quotations.push_back(quotation_of(text, words, "Ada Lowe"));
  return read;
}

Record record_of(const std::filesystem::path& path, unsigned articles, unsigned quotations) {
  Record record = create_record(path);
  std::vector<ReadArticle> batch;
  for (unsigned i = 0; i < articles; ++i) batch.push_back(many_quotations(i, quotations));
  expect_done(record.add(batch));
  return record;
}

TEST_F(Columns, BeyondTheLimitSayWhatTheyTellAPartOf) {
  const Record record = record_of(folder_ / "large.db", 102, 100);
  const auto columns = columns_of(record);
  SearchQuery query;
  query.words = "pier";
  const auto ranked = found_in(record, columns, query);
  EXPECT_EQ(ranked.total(), kSearchCountLimit);
  EXPECT_TRUE(ranked.total_is_capped());
  EXPECT_TRUE(ranked.is_ranked_in_part());
  EXPECT_EQ(value_of(ranked.tally(record, 1)).outlets.at(0).count, kSearchCountLimit);
  query.cursor = "9990";
  EXPECT_THAT(found_in(record, columns, query).page(), SizeIs(10));
  // By date all of them are there, on whatever page.
  query.order = SearchOrder::kDate, query.cursor = "10190";
  const auto dated = found_in(record, columns, query);
  EXPECT_FALSE(dated.is_ranked_in_part());
  EXPECT_EQ(ids_of(read_quotations(record.store().database, dated.page())),
            ids_of(value_of(record.search(query)).rows));
  EXPECT_EQ(dated.next(), "");
  query.outlet = "no such";
  EXPECT_THAT(found_in(record, columns, query).page(), IsEmpty());
}

/// What SQLite's machine did so far for the statements that are kept.
std::int64_t steps_of(Database& database) {
  std::int64_t steps = 0;
  for (sqlite3_stmt* one = sqlite3_next_stmt(database.handle(), nullptr); one != nullptr;
       one = sqlite3_next_stmt(database.handle(), one))
    steps += sqlite3_stmt_status(one, SQLITE_STMTSTATUS_VM_STEP, 0);
  return steps;
}

TEST_F(Columns, APageReadsOnlyTheRowsThatItShows) {
  std::vector<std::vector<std::int64_t>> steps;
  for (const unsigned articles : {4U, 32U}) {
    const Record record = record_of(folder_ / (std::to_string(articles) + ".db"), articles, 30);
    Database& database = record.store().database;
    const auto columns = columns_of(record);
    std::vector<std::int64_t>& own = steps.emplace_back();
    const auto count = [&](const auto& ask) {
      ask();  // prepares its statements
      const std::int64_t before = steps_of(database);
      ask();
      own.push_back(steps_of(database) - before);
    };
    SearchQuery query;
    query.limit = 10, query.order = SearchOrder::kDate;
    const auto search = [&] {
      const auto found = found_in(record, columns, query);
      static_cast<void>(read_quotations(database, found.page()));
      static_cast<void>(found.tally(record, 10));
    };
    count(search);
    query.speaker = "Ada Lowe", query.cursor = "40";
    count(search);
    query.speaker.clear(), query.words = "pier";
    count(search);  // the second time: which rows have the word is known
    count([&] { static_cast<void>(articles_page(record, *columns, {}, 3, 1)); });
    count([&] { static_cast<void>(speakers_page(record, *columns, "", 3, 0)); });
  }
  for (std::size_t i = 0; i < steps[0].size(); ++i) {
    EXPECT_GT(steps[0][i], 0) << i;
    EXPECT_LE(steps[1][i], steps[0][i] + steps[0][i] / 10) << i;
  }
}

TEST(Phrases, AreNamedWithTheirColumns) {
  EXPECT_THAT(phrases_of(R"(("the pier" AND {speaker} : "open"*) NOT "a""b")"),
              ElementsAre(R"("the pier")", R"({speaker}"open"*)", R"("a""b")"));
  EXPECT_THAT(phrases_of(""), IsEmpty());
  EXPECT_THAT(phrases_of("\"open"), SizeIs(1));
}

TEST(RowsByKey, TakeNoMemoryForKeysThatAreFar) {
  RowOfKey rows;
  rows.assign(std::vector<std::int64_t>{7, std::int64_t{1} << 60, -3});
  EXPECT_EQ(rows(7), 0U);
  EXPECT_EQ(rows(std::int64_t{1} << 60), 1U);
  EXPECT_EQ(rows(-3), 2U);
  EXPECT_EQ(rows(8), RowOfKey::kNone);
}

}  // namespace
}  // namespace onrecord
