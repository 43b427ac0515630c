#include "record/known_rows.h"

#include <gtest/gtest.h>

#include "record/record_fixture.h"
#include "record/store.h"

namespace onrecord {
namespace {

/// What is known of a speaker must never be older than the record.
class RowsThatAreKnown : public testing::Test {
 protected:
  RowsThatAreKnown() : record_(create_record(folder_ / "a.db")) {
    const auto articles = two_articles();
    EXPECT_TRUE(record_.add(articles).has_value());
  }
  Database& database() { return record_.store().database; }
  std::string name() {
    const KnownSpeaker* speaker = known_rows(database()).speaker(database(), 1);
    return speaker == nullptr ? "" : speaker->name;
  }
  static void rename(Database& database, std::string_view name) {
    database.prepare("UPDATE speaker SET name = ? WHERE key = 1").bind(name).run();
  }

  TemporaryFolder folder_;
  Record record_;
};

TEST_F(RowsThatAreKnown, AreReadOnce) {
  const KnownSpeaker* first = known_rows(database()).speaker(database(), 1);
  EXPECT_EQ(known_rows(database()).speaker(database(), 1), first);
  EXPECT_EQ(known_rows(database()).speaker(database(), 1'000'000), nullptr);
  EXPECT_EQ(known_rows(database()).reason(database(), 1'000'000), "");
}

TEST_F(RowsThatAreKnown, FollowAChangeOfThisConnectionAndOneTakenBack) {
  const std::string before = name();
  {
    Transaction transaction(database());
    rename(database(), "Mara Quill");
    EXPECT_EQ(name(), "Mara Quill");
  }
  EXPECT_EQ(name(), before);
  rename(database(), "Ines Toll");
  EXPECT_EQ(name(), "Ines Toll");
}

TEST_F(RowsThatAreKnown, FollowAChangeOfAnotherConnection) {
  EXPECT_NE(name(), "Mara Quill");
  RecordOptions writes;
  writes.mode = RecordOptions::Mode::kWrite;
  const auto other = Record::open(folder_ / "a.db", writes);
  ASSERT_TRUE(other.has_value());
  rename(other->store().database, "Mara Quill");
  EXPECT_EQ(name(), "Mara Quill");
}

}  // namespace
}  // namespace onrecord
