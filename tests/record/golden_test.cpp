// Records made by every schema version must open in this program. tests/record/golden/schema-N.sqlite holds
// one of each; a new one is made, once, when `kSchemaVersion` grows:
//   ONRECORD_WRITE_GOLDEN=1 build/dev/test_record --gtest_filter='Golden.*'
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "record/record_fixture.h"
#include "record/schema.h"

namespace onrecord {
namespace {

const std::filesystem::path kGolden = std::filesystem::path(ONRECORD_SOURCE_DIR) / "tests/record/golden";

std::filesystem::path golden(int version) {
  return kGolden / ("schema-" + std::to_string(version) + ".sqlite");
}

void write_golden(const std::filesystem::path& path) {
  std::filesystem::remove(path);
  Record record = create_record(path);
  std::vector<ReadArticle> articles = two_articles();
  articles[0].original.bytes = articles[0].article.text;
  ASSERT_TRUE(record.add(articles));
  Correction correction;
  correction.kind = CorrectionKind::kSpeaker;
  correction.speaker = "Mara Quill";
  correction.quotation = value_of(record.article(article_id(articles[0].article))).quotations.at(1);
  ASSERT_TRUE(record.correct(correction));
}

std::string exported(const std::filesystem::path& path) {
  const auto record = Record::open(path);
  EXPECT_TRUE(record.has_value()) << describe(record.error());
  std::string lines;
  if (record) {
    expect_done(record->export_to(ExportFormat::kJsonLines, [&](std::string_view part) -> Result<void> {
      lines += part;
      return {};
    }));
  }
  return lines;
}

TEST(Golden, ReadingAnOlderOneBringsItUpAndTellsTheSame) {
  const TemporaryFolder folder;
  write_golden(folder / "new.db");
  const std::string expected = exported(folder / "new.db");
  EXPECT_NE(expected, "");
  for (int version = 1; version <= kSchemaVersion; ++version) {
    const auto path = folder / ("golden" + std::to_string(version) + ".db");
    std::filesystem::copy_file(golden(version), path);
    EXPECT_EQ(exported(path), expected) << version;
  }
}

TEST(Golden, EveryVersionOpensVerifiesAndTakesMore) {
  if (std::getenv("ONRECORD_WRITE_GOLDEN") != nullptr) write_golden(golden(kSchemaVersion));
  for (int version = 1; version <= kSchemaVersion; ++version) {
    const TemporaryFolder folder;
    const auto path = folder / "golden.db";
    std::filesystem::copy_file(golden(version), path);
    auto record = Record::open(path, for_writing());
    ASSERT_TRUE(record.has_value()) << describe(record.error());
    const auto verified = value_of(record->verify());
    EXPECT_TRUE(verified.passed()) << (verified.findings.empty() ? "" : verified.findings[0].message);
    EXPECT_EQ(verified.quotations, 3U);
    SearchQuery query;
    query.speaker = "quill";
    EXPECT_EQ(value_of(record->search(query)).rows.at(0).content, "We kept our word");
    EXPECT_EQ(value_of(record->add(two_articles())).at(0).outcome, AddOutcome::kKnown);
  }
}

}  // namespace
}  // namespace onrecord
