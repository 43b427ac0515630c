// Files that are no record, are damaged, or were made to do harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "record/record_fixture.h"

namespace onrecord {
namespace {

class Strangers : public testing::Test {
 protected:
  Strangers() : path_(folder_ / "stranger.db") {
    Record record = create_record(path_);
    EXPECT_TRUE(record.add(two_articles()).has_value());
  }

  /// Changes the file behind the record's back.
  void tamper(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    char* message = nullptr;
    ASSERT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    sqlite3_close(handle);
  }

  ErrorCode refused() {
    const auto record = Record::open(path_);
    EXPECT_FALSE(record.has_value());
    return record ? ErrorCode::kEmpty : record.error().code;
  }

  /// What `verify` finds, by name of the check.
  std::vector<std::string> findings() {
    const auto record = Record::open(path_, for_writing());
    EXPECT_TRUE(record.has_value()) << describe(record.error());
    const auto verified = record->verify();
    EXPECT_TRUE(verified.has_value()) << describe(verified.error());
    std::vector<std::string> checks;
    for (const Finding& finding : verified->findings) checks.push_back(finding.check);
    return checks;
  }

  TemporaryFolder folder_;
  std::filesystem::path path_;
};

TEST_F(Strangers, ASoundRecordOpens) { EXPECT_THAT(findings(), testing::IsEmpty()); }

TEST_F(Strangers, TriggersAreRefused) {
  tamper("CREATE TRIGGER harmless AFTER INSERT ON article BEGIN DELETE FROM version; END");
  EXPECT_EQ(refused(), ErrorCode::kDamaged);
}

TEST_F(Strangers, AViewInAnotherFormIsRefused) {
  tamper("DROP VIEW quotations; CREATE VIEW quotations AS SELECT load_extension('/tmp/x') AS id");
  EXPECT_EQ(refused(), ErrorCode::kDamaged);
}

TEST_F(Strangers, AMissingTableIsRefused) {
  tamper("DROP TABLE tombstone");
  EXPECT_EQ(refused(), ErrorCode::kDamaged);
}

TEST_F(Strangers, SomebodysOwnViewIsLetBe) {
  tamper("CREATE VIEW mine AS SELECT id FROM quotations; CREATE TABLE notes(text)");
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Strangers, ANewerVersionAsksForANewerProgram) {
  tamper("PRAGMA user_version = 99");
  EXPECT_EQ(refused(), ErrorCode::kConflict);
}

TEST_F(Strangers, AnotherProgramsFileIsNoRecord) {
  tamper("PRAGMA application_id = 7");
  EXPECT_EQ(refused(), ErrorCode::kDamaged);
  std::ofstream(path_, std::ios::trunc)
      << "This is no database, it is a text about one, and long enough to be read.\n";
  EXPECT_EQ(refused(), ErrorCode::kDamaged);
}

TEST_F(Strangers, AnEmptyDatabaseOfSomebodyElseIsNotTakenOver) {
  const auto other = folder_ / "other.db";
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(other.c_str(), &handle), SQLITE_OK);
  sqlite3_exec(handle, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  const auto record = Record::open(other, for_writing());
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().code, ErrorCode::kDamaged);
}

TEST_F(Strangers, FoldersAndMissingFilesAreToldApart) {
  EXPECT_EQ(Record::open(folder_ / "").error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(Record::open(folder_ / "none.db").error().code, ErrorCode::kNotFound);
}

TEST_F(Strangers, ChangedTextIsFound) {
  tamper("UPDATE version SET text = replace(text, 'May', 'Jun')");
  EXPECT_THAT(findings(), testing::IsSupersetOf({"text-hash", "id", "search-index"}));
}

TEST_F(Strangers, SpansThatDoNotCutAreFoundAndNeverCrash) {
  tamper(
      "UPDATE span SET \"begin\" = 1 WHERE part = 62; UPDATE quotation SET content_begin = 1, cue_end = "
      "4000000000, source_begin = 99, source_end = 98, context_end = -5, kind = 77, mode = -1, shared = 99;"
      "UPDATE paragraph SET role = 9");
  EXPECT_THAT(findings(), testing::Contains("span"));
  const auto record = Record::open(path_);
  ASSERT_TRUE(record.has_value());
  const auto result = record->search({});
  ASSERT_TRUE(result.has_value());
  for (const RecordedQuotation& row : result->rows) EXPECT_TRUE(record->quotation(row.id).has_value());
  SearchQuery all;
  all.modes.clear();
  EXPECT_TRUE(record->search(all).has_value());
  for (const auto format : {ExportFormat::kJsonLines, ExportFormat::kCsv, ExportFormat::kWebAnnotation}) {
    (void)record->export_to(format, [](std::string_view) -> Result<void> { return {}; });
  }
}

TEST_F(Strangers, AFileCutShortIsDamagedNotACrash) {
  const auto size = std::filesystem::file_size(path_);
  for (const std::uintmax_t kept : {size / 2, size - 4096, std::uintmax_t{4096}, std::uintmax_t{100}}) {
    const auto copy = folder_ / "cut.db";
    std::filesystem::copy_file(path_, copy, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(copy, kept);
    const auto record = Record::open(copy);
    if (!record) continue;
    const auto verified = record->verify();
    EXPECT_TRUE(!verified.has_value() || !verified->passed()) << kept;
  }
}

TEST_F(Strangers, ReadingWritesNothing) {
  std::ifstream before_file(path_, std::ios::binary);
  const std::string before(std::istreambuf_iterator<char>(before_file), {});
  {
    auto record = Record::open(path_);
    ASSERT_TRUE(record.has_value());
    EXPECT_TRUE(record->search({}).has_value());
    EXPECT_EQ(record->add(two_articles()).error().code, ErrorCode::kInvalidArgument);
  }
  std::ifstream after_file(path_, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(after_file), {}), before);
}

TEST_F(Strangers, WhatNoSoundCallerAddsIsRefusedAsAWhole) {
  auto record = Record::open(path_, for_writing());
  ASSERT_TRUE(record.has_value());
  std::vector<ReadArticle> batch = {
      read_article("https://harbor.example/new", "“A word,” he said.", {{"A word", ""}}),
      read_article("https://harbor.example/bad", "“A word,” he said.", {{"A word", ""}})};
  batch[1].quotations[0].content = {{1, 4}};  // inside the mark
  EXPECT_EQ(record->add(batch).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(value_of(record->counts()).articles, 2U);
  batch[1].quotations[0].content = {{3, 99}};
  EXPECT_FALSE(record->add(batch).has_value());
  batch[1] = batch[0];
  batch[1].article.text = "\xFF";
  EXPECT_FALSE(record->add(batch).has_value());
}

}  // namespace
}  // namespace onrecord
