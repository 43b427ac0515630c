// Documents through all threads into the record: what comes out depends on no number of threads and no order.
#include "record/ingest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "record/record_fixture.h"

namespace onrecord {
namespace {

constexpr int kRecords = 120;

/// Two in a row are versions of one article.
std::string record_line(int number) {
  return fmt::format(
      R"({{"url":"https://harbor.example/{}","outlet":"Harbor Wire","published":"2031-03-{:02}","text":)"
      R"("“Pier {} opens in May,” Ada Lowe said on Sunday.\n\nJun Park said that it would not."}})"
      "\n",
      number / 2, 1 + number % 28, number);
}

std::vector<std::string> record_lines() {
  std::vector<std::string> lines;
  for (int i = 0; i < kRecords; ++i) lines.push_back(record_line(i));
  return lines;
}

const ArticleReading& reading() {
  static const ArticleReading plain = ArticleReading::plain(WordLists{});
  return plain;
}

IngestSummary ingest_lines(const std::filesystem::path& record, const std::vector<std::string>& lines,
                           unsigned threads) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line;
  DocumentStream stream(std::make_unique<MemoryBytes>(bytes), "records.jsonl", {});
  return value_of(ingest(record, stream, reading(), {.threads = threads}, {}));
}

std::string exported(const std::filesystem::path& path) {
  const Result<Record> record = Record::open(path);
  if (!record) return describe(record.error());
  std::string bytes;
  expect_done(record->export_to(ExportFormat::kJsonLines, [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  }));
  return bytes;
}

TEST(Ingest, GivesTheSameBytesInAnyOrderAndWithAnyThreads) {
  const TemporaryFolder folder(quick_folder());
  std::vector<std::string> lines = record_lines();
  const IngestSummary summary = ingest_lines(folder / "one.db", lines, 1);
  EXPECT_EQ(summary.counts.new_articles, kRecords / 2U);
  EXPECT_EQ(summary.counts.new_versions, kRecords / 2U);
  const std::string expected = exported(folder / "one.db");
  EXPECT_EQ(std::ranges::count(expected, '\n'), kRecords) << "two quotations an article";
  ingest_lines(folder / "four.db", lines, 4);
  EXPECT_EQ(exported(folder / "four.db"), expected);
  std::ranges::reverse(lines);
  ingest_lines(folder / "backward.db", lines, 3);
  EXPECT_EQ(exported(folder / "backward.db"), expected);
}

TEST(Ingest, KnowsWhatItHas) {
  const TemporaryFolder folder(quick_folder());
  const std::vector<std::string> lines = record_lines();
  ingest_lines(folder / "a.db", lines, 2);
  const std::string before = exported(folder / "a.db");
  const IngestSummary again = ingest_lines(folder / "a.db", lines, 2);
  EXPECT_EQ(again.counts.known, static_cast<std::uint64_t>(kRecords));
  EXPECT_EQ(again.counts.quotations, 0U);
  EXPECT_EQ(exported(folder / "a.db"), before);
}

}  // namespace
}  // namespace onrecord
