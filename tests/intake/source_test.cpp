#include "intake/source.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "intake/intake.h"

namespace onrecord {
namespace {

struct Read {
  std::vector<RawDocument> documents;
  std::vector<Error> errors;
};

Read read_all(DocumentStream stream) {
  Read read;
  while (auto document = stream.next()) {
    if (*document) {
      read.documents.push_back(**document);
    } else {
      read.errors.push_back(document->error());
    }
  }
  return read;
}

Read read_bytes(std::string_view bytes, const std::string& name, const SourceOptions& options = {}) {
  return read_all(DocumentStream(std::make_unique<MemoryBytes>(bytes), name, options));
}

TEST(DocumentStream, GivesTheRecordsOfJsonLinesWithNumberAndOffset) {
  const Read read =
      read_bytes("{\"text\":\"One.\"}\n\n  {\"text\":\"Two.\"}\r\n{\"text\":\"Three.\"}", "a.jsonl");
  ASSERT_EQ(read.documents.size(), 3U);
  EXPECT_TRUE(read.errors.empty());
  EXPECT_EQ(read.documents[1].record, 2U);
  EXPECT_EQ(read.documents[1].offset, 19U);
  EXPECT_EQ(read.documents[1].bytes, "{\"text\":\"Two.\"}");
  EXPECT_EQ(make_article(read.documents[2], {})->text, "Three.");
}

TEST(DocumentStream, ReadsAnArrayOfObjects) {
  const Read read = read_bytes("[\n {\"text\": \"a ] b\"},\n {\n \"text\": \"c\"}]\n", "a.json");
  ASSERT_EQ(read.documents.size(), 2U);
  EXPECT_TRUE(read.errors.empty());
  EXPECT_EQ(make_article(read.documents[0], {})->text, "a ] b");
}

TEST(DocumentStream, TellsWhereTruncatedJsonLinesEnd) {
  const Read read = read_bytes("{\"text\":\"One.\"}\n{\"text\":\"Tw", "a.jsonl");
  ASSERT_EQ(read.documents.size(), 1U);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTruncated);
  EXPECT_EQ(read.errors[0].record, 2U);
}

}  // namespace
}  // namespace onrecord
