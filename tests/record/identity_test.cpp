#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "record/current_version.h"
#include "record/ids.h"
#include "record/record_fixture.h"

namespace onrecord {
namespace {

constexpr std::string_view kText = "“The pier will open in May,” Ada Lowe said.";

ReadArticle pier(std::string_view published = "2031-03-04", std::string_view title = "A harbor story",
                 std::string_view text = kText) {
  return read_article("https://harbor.example/pier", text, {{"The pier will open in May", "Ada Lowe"}},
                      published, title);
}

std::string exported(const Record& record, ExportFormat format) {
  std::string out;
  expect_done(record.export_to(format, [&](std::string_view piece) -> Result<void> {
    out += piece;
    return {};
  }));
  return out;
}

Added add(Record& record, const ReadArticle& read) { return value_of(record.add({&read, 1})).at(0); }

TEST(Identity, IdsComeFromWhatTheyName) {
  EXPECT_EQ(make_id('q', Digest{}), "q000000000000");
  EXPECT_EQ(normalise_id("QO1L", "q"), "q011");
  EXPECT_EQ(normalise_id("xyz", "q"), "");
  EXPECT_EQ(normalise_id("qu", "q"), "");  // u is no digit of the base
  EXPECT_EQ(article_id(pier().article), article_id(pier("2032", "Another title").article));
  EXPECT_NE(version_id(pier().article), version_id(pier("2032", "Another title").article));
}

TEST(Identity, ABareSurnameIsOfItsArticle) {
  EXPECT_EQ(identify_speaker("Ada  Lowe", SpeakerKind::kPerson, "a1").id,
            identify_speaker("Ada Lowe", SpeakerKind::kPerson, "a2").id);
  EXPECT_NE(identify_speaker("Lowe", SpeakerKind::kPerson, "a1").id,
            identify_speaker("Lowe", SpeakerKind::kPerson, "a2").id);
  EXPECT_NE(identify_speaker("two officials", SpeakerKind::kUnnamed, "a1").id,
            identify_speaker("two officials", SpeakerKind::kUnnamed, "a2").id);
  EXPECT_EQ(identify_speaker("Jose\xCC\x81 O’Neil", SpeakerKind::kPerson, "a1").name, "Jos\xC3\xA9 O'Neil");
}

TEST(Identity, TheSameAgainAddsOnlyItsOriginal) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ReadArticle read = pier();
  const Added first = add(record, read);
  read.original.path = "elsewhere.html";
  const std::string before = exported(record, ExportFormat::kJsonLines);
  const Added again = add(record, read);
  EXPECT_EQ(again.outcome, AddOutcome::kKnown);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(value_of(record.article(first.article)).originals.size(), 2U);
  EXPECT_EQ(exported(record, ExportFormat::kJsonLines), before);
  EXPECT_TRUE(value_of(record.has(read.article, "plain-1")));
  EXPECT_FALSE(value_of(record.has(read.article, "plain-4")));
}

TEST(Identity, OtherTextOrTitleIsAVersionAndOnlyTheCurrentCounts) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  const ReadArticle late =
      pier("2031-03-09", "Corrected", "“The pier will open in May,” Ada Lowe said on Friday.");
  add(record, late);
  EXPECT_EQ(add(record, pier()).outcome, AddOutcome::kNewVersion);
  const auto article = value_of(record.article(article_id(late.article)));
  EXPECT_EQ(article.article.field("title"), "Corrected");
  EXPECT_EQ(article.versions.size(), 2U);
  EXPECT_EQ(value_of(record.search({})).total, 1U);
  EXPECT_EQ(value_of(record.counts()).quotations, 1U);
  const auto old = value_of(record.article(article.versions[1]));
  EXPECT_FALSE(old.current);
  EXPECT_FALSE(value_of(record.quotation(old.quotations[0])).current);
}

TEST(Identity, DatesAreComparedInOneZone) {
  EXPECT_EQ(date_in_utc("2031-03-01T01:00:00+02:00"), "2031-02-28T23:00:00Z");
  EXPECT_EQ(date_in_utc("2031-03-01T01:00:00-0530"), "2031-03-01T06:30:00Z");
  EXPECT_EQ(date_in_utc("2031-03-01T01:00Z"), "2031-03-01T01:00:00Z");
  EXPECT_EQ(date_in_utc("2031-03"), "2031-03");
  EXPECT_EQ(date_in_utc("soon"), "soon");
}

TEST(Identity, AnyOrderAndAnyBatchesExportTheSame) {
  std::vector<ReadArticle> corpus = two_articles();
  corpus.push_back(pier("2031-03-09", "Corrected"));
  corpus.push_back(pier("2031-03-09", "Corrected twice"));
  corpus.push_back(read_article("", "“No ferry sails in a storm,” Jun Park said again.",
                                {{"No ferry sails in a storm", "Jun Park"}}, "2031-03", ""));
  ReadArticle elsewhere = corpus[0];
  for (Field& field : elsewhere.article.fields) field.found_in = "json-ld";
  elsewhere.original.path = "b.html";
  corpus.push_back(elsewhere);
  std::vector<std::size_t> order(corpus.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::string expected;
  do {
    const TemporaryFolder folder;
    Record record = create_record(folder / "a.db");
    std::vector<ReadArticle> batch;
    for (const std::size_t i : order) {
      batch.push_back(corpus[i]);
      if (batch.size() > order[0] % 3) {
        ASSERT_TRUE(record.add(std::exchange(batch, {})));
      }
    }
    ASSERT_TRUE(record.add(batch));
    std::string all;
    for (const auto format : {ExportFormat::kJsonLines, ExportFormat::kCsv, ExportFormat::kWebAnnotation}) {
      all += exported(record, format);
    }
    if (expected.empty()) expected = all;
    ASSERT_EQ(all, expected);
    for (int skip = 0; skip < 40 && std::ranges::next_permutation(order).found; ++skip) {
    }
  } while (!std::ranges::is_sorted(order));
}

TEST(Identity, ANewReadingReplacesTheQuotations) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ReadArticle read = pier();
  add(record, read);
  read.reading = "plain-4";
  read.quotations[0].speaker.value = "Ada Marie Lowe";
  EXPECT_EQ(add(record, read).outcome, AddOutcome::kReread);
  const auto result = value_of(record.search({}));
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(result.rows[0].quotation.speaker.value, "Ada Marie Lowe");
  EXPECT_EQ(value_of(record.counts()).speakers, 1U);
  EXPECT_TRUE(value_of(record.verify()).passed());
}

TEST(Identity, AnIdMayBeGivenByItsBeginning) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ASSERT_TRUE(record.add(two_articles()));
  const std::string id = value_of(record.search({})).rows[0].id;
  EXPECT_EQ(value_of(record.quotation(id.substr(0, 6))).id, id);
  EXPECT_EQ(record.quotation("qzzzzzzzzzzzz").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(record.quotation("nothing like it").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(record.quotation(id + "0").error().code, ErrorCode::kInvalidArgument);
  // Twenty-six ids with thirty-two first digits: two of them share one.
  std::vector<ReadArticle> many;
  for (int i = 0; i < 40; ++i) many.push_back(pier("2031-03-04", "Story", kText));
  for (int i = 0; i < 40; ++i) many[static_cast<std::size_t>(i)].article.fields[3].value += std::to_string(i);
  ASSERT_TRUE(record.add(many));
  int ambiguous = 0;
  for (const char digit : std::string("0123456789abcdefghjkmnpqrstvwxyz")) {
    const auto found = record.article(std::string("a") + digit);
    if (!found && found.error().code == ErrorCode::kInvalidArgument) {
      EXPECT_THAT(found.error().message, testing::HasSubstr("ambiguous"));
      ++ambiguous;
    }
  }
  EXPECT_GT(ambiguous, 0);
}

TEST(Removal, LeavesATombstoneAndNoWord) {
  const TemporaryFolder folder;
  const auto path = folder / "a.db";
  const std::string secret = "zanzibarian";
  const std::string text = "“The " + secret + " pier will open in May,” Ada Lowe said.";
  const ReadArticle read =
      read_article("https://harbor.example/x", text, {{"The zanzibarian pier will open in May", "Ada Lowe"}});
  std::string id;
  {
    Record record = create_record(path);
    ASSERT_TRUE(record.add(two_articles()));
    id = add(record, read).article;
    Correction correction;
    correction.kind = CorrectionKind::kReject;
    correction.quotation = value_of(record.article(id)).quotations.at(0);
    ASSERT_TRUE(record.correct(correction));
    EXPECT_EQ(value_of(record.remove(id, "asked for")).size(), 2U);
    EXPECT_EQ(record.article(id).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(add(record, read).outcome, AddOutcome::kRemoved);
    ReadArticle renamed = read;
    renamed.article.fields[0].value = "Another title";
    EXPECT_EQ(add(record, renamed).outcome, AddOutcome::kRemoved);
    ReadArticle text_alone = read;
    text_alone.article.fields.clear();
    EXPECT_EQ(add(record, text_alone).outcome, AddOutcome::kRemoved);
    EXPECT_TRUE(value_of(record.verify()).passed());
    EXPECT_EQ(value_of(record.counts()).tombstones, 2U);
  }
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator(path.parent_path())) {
    std::ifstream in(file.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  EXPECT_EQ(bytes.find(secret), std::string::npos);
  EXPECT_EQ(bytes.find("zanzibar"), std::string::npos);  // as the index stems it
  Record record = create_record(path);
  expect_done(record.forgive(id));
  EXPECT_EQ(add(record, read).outcome, AddOutcome::kNewArticle);
}

TEST(Removal, OfOneVersionMakesAnotherCurrent) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  add(record, pier());
  const Added late = add(record, pier("2031-03-09", "Corrected"));
  ASSERT_TRUE(record.remove(late.version, ""));
  EXPECT_EQ(value_of(record.article(late.article)).article.field("title"), "A harbor story");
  EXPECT_TRUE(value_of(record.verify()).passed());
}

TEST(Rejections, StandOnceAndGoWhenThePlaceIsRead) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ReadArticle read = pier();
  read.original.record = 7;
  const Error error{ErrorCode::kMalformed, "ends in the middle", read.original.path, 7, 120};
  for (int i = 0; i < 2; ++i) expect_done(record.add_rejections({&error, 1}));
  const auto rejections = value_of(record.rejections());
  ASSERT_EQ(rejections.size(), 1U);
  EXPECT_EQ(describe(rejections[0]), describe(error));
  EXPECT_EQ(rejections[0].code, ErrorCode::kMalformed);
  add(record, read);
  EXPECT_TRUE(value_of(record.rejections()).empty());
}

}  // namespace
}  // namespace onrecord
