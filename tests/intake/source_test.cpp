#include "intake/source.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/support.h"

namespace onrecord {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> paths_of(const ReadStream& read) {
  std::vector<std::string> paths;
  for (const RawDocument& document : read.documents) paths.push_back(document.path);
  return paths;
}

constexpr std::string_view kLines =
    "{\"title\":\"One\",\"text\":\"First words.\"}\n"
    "\n"
    "  {\"title\":\"Two\",\"text\":\"Second \\\"words\\\" {[.\"}\r\n"
    "{\"title\":\"Three\",\"text\":\"Third words.\"}\n";

// The records that are whole in the first `size` bytes of kLines.
std::size_t whole_records(std::size_t size) {
  std::size_t records = 0;
  for (const std::string_view end : {"First words.\"}", "{[.\"}", "Third words.\"}"}) {
    records += kLines.find(end) + end.size() <= size;
  }
  return records;
}

TEST(DocumentStream, GivesTheRecordsOfJsonLinesWithNumberAndOffset) {
  const ReadStream read = read_bytes(kLines, "a.jsonl");
  ASSERT_EQ(read.documents.size(), 3U);
  EXPECT_TRUE(read.errors.empty());
  EXPECT_EQ(read.documents[1].record, 2U);
  EXPECT_EQ(read.documents[1].offset, kLines.find("{\"title\":\"Two\""));
  EXPECT_EQ(read.documents[1].bytes, "{\"title\":\"Two\",\"text\":\"Second \\\"words\\\" {[.\"}");
  EXPECT_EQ(read.documents[1].sha256, sha256(read.documents[1].bytes));
  EXPECT_EQ(make_article(read.documents[2], {})->text, "Third words.");
}

TEST(DocumentStream, GivesTheSameHoweverSmallThePiecesAre) {
  const auto small = read_all(DocumentStream(std::make_unique<OneByOne>(kLines), "a.jsonl", {}));
  const auto whole = read_bytes(kLines, "a.jsonl");
  ASSERT_EQ(small.documents.size(), whole.documents.size());
  for (std::size_t i = 0; i < small.documents.size(); ++i) {
    EXPECT_EQ(small.documents[i].bytes, whole.documents[i].bytes);
    EXPECT_EQ(small.documents[i].offset, whole.documents[i].offset);
  }
}

TEST(DocumentStream, CutJsonLinesKeepTheGoodRecordsAtEveryByte) {
  for (std::size_t size = 1; size <= kLines.size(); ++size) {
    const ReadStream read = read_bytes(kLines.substr(0, size), "a.jsonl");
    EXPECT_EQ(read.documents.size(), whole_records(size)) << size;
    for (const Error& error : read.errors) {
      EXPECT_EQ(error.code, ErrorCode::kTruncated) << size;
      EXPECT_EQ(error.record, whole_records(size) + 1) << size;
      EXPECT_EQ(error.offset, size);
      EXPECT_EQ(error.file, "a.jsonl");
    }
  }
}

TEST(DocumentStream, CutCompressedJsonLinesKeepTheGoodRecordsAtEveryByte) {
  // Members and frames that end within the text, so that a cut leaves good records behind.
  const std::string gz = gzip(kLines.substr(0, 45)) + gzip(kLines.substr(45));
  const std::string zst = zstd(kLines.substr(0, 45)) + zstd(kLines.substr(45));
  for (const std::string& packed : {gz, zst}) {
    std::size_t before = 0;
    for (std::size_t size = 4; size < packed.size(); ++size) {  // fewer bytes do not say that they are packed
      const ReadStream read = read_bytes(std::string_view(packed).substr(0, size), "a.jsonl.gz");
      EXPECT_GE(read.documents.size(), before) << size;
      before = read.documents.size();
      EXPECT_FALSE(before < 3 && read.errors.empty()) << size;
      for (const RawDocument& document : read.documents) EXPECT_TRUE(make_article(document, {})) << size;
    }
    EXPECT_EQ(read_bytes(packed, "a.jsonl.gz").documents.size(), 3U);
    EXPECT_GE(before, 1U);
  }
}

TEST(DocumentStream, SaysThatCompressedDataEndsEarly) {
  const std::string gz = gzip(kLines);
  const ReadStream read = read_bytes(std::string_view(gz).substr(0, gz.size() - 9), "a.jsonl.gz");
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTruncated);
  EXPECT_THAT(read.errors[0].message, HasSubstr("gzip"));
  EXPECT_TRUE(read.errors[0].record.has_value());
  EXPECT_TRUE(read.errors[0].offset.has_value());
}

TEST(DocumentStream, ReadsJsonOverManyLinesAndInArrays) {
  const ReadStream array =
      read_bytes("\xEF\xBB\xBF[\n {\"text\": \"a ] b\"},\n {\n \"text\": \"c\"}]\n", "a.json");
  ASSERT_EQ(array.documents.size(), 2U);
  EXPECT_TRUE(array.errors.empty());
  EXPECT_EQ(make_article(array.documents[0], {})->text, "a ] b");
  EXPECT_EQ(array.documents[1].record, 2U);

  const ReadStream object = read_bytes("{\n  \"text\": \"one\"\n}\n{\n  \"text\": \"two\"\n}\n", "a.json");
  EXPECT_EQ(object.documents.size(), 2U);
  EXPECT_TRUE(object.errors.empty());

  const ReadStream open = read_bytes("[{\"text\": \"one\"},\n", "a.json");
  EXPECT_EQ(open.documents.size(), 1U);
  ASSERT_EQ(open.errors.size(), 1U);
  EXPECT_EQ(open.errors[0].code, ErrorCode::kTruncated);

  const ReadStream more = read_bytes("[{\"text\": \"one\"}] {\"text\": \"two\"}", "a.json");
  EXPECT_EQ(more.documents.size(), 1U);
  ASSERT_EQ(more.errors.size(), 1U);
  EXPECT_EQ(more.errors[0].code, ErrorCode::kMalformed);
}

TEST(DocumentStream, ADamagedLineCostsThatLineOnly) {
  const ReadStream read = read_bytes("{\"text\":\"One.\"}\n{\"text\":\n{\"text\":\"Three.\"}\n", "a.jsonl");
  ASSERT_EQ(read.documents.size(), 3U);
  const auto second = make_article(read.documents[1], {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kMalformed);
  EXPECT_EQ(second.error().record, 2U);
  EXPECT_EQ(second.error().offset, 16U);
  EXPECT_TRUE(make_article(read.documents[2], {}));
}

TEST(DocumentStream, SaysThatAFileWithoutRecordsIsEmpty) {
  for (const std::string_view bytes : {"", "\n \n", "\xEF\xBB\xBF"}) {
    const ReadStream read = read_bytes(bytes, "a.jsonl");
    ASSERT_EQ(read.errors.size(), 1U);
    EXPECT_EQ(read.errors[0].code, ErrorCode::kEmpty);
  }
  EXPECT_EQ(read_bytes("[]", "a.json").errors.at(0).code, ErrorCode::kEmpty);
}

TEST(DocumentStream, ALineBeyondTheLimitIsRejectedWithBoundedMemoryAndTheNextIsRead) {
  SourceOptions options;
  options.limits.document_bytes = 100;
  const std::string bytes = "{\"text\":\"" + std::string(5000, 'a') + "\"}\n{\"text\":\"short\"}\n";
  const ReadStream read = read_bytes(bytes, "a.jsonl", options);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(read.errors[0].record, 1U);
  ASSERT_EQ(read.documents.size(), 1U);
  EXPECT_EQ(read.documents[0].record, 2U);
}

TEST(DocumentStream, ReadsNoMoreOfALargeFileThanTheLimit) {
  std::uint64_t taken = 0;
  SourceOptions options;
  options.limits.document_bytes = 1 << 20;
  const auto read =
      read_all(DocumentStream(std::make_unique<RepeatedByte>('a', 1ULL << 40, &taken), "a.txt", options));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_LT(taken, 3U << 20);
}

TEST(DocumentStream, ReadsFoldersSortedAndSkipsHiddenFilesAndSidecars) {
  const TemporaryFolder folder;
  folder.write("b.txt", "B.");
  folder.write("a/z.html.gz", gzip("<p>Z.</p>"));
  folder.write("a.jsonl", "{\"text\":\"J.\"}\n");
  folder.write("b.meta.json", "{\"outlet\":\"Harbor Wire\"}");
  folder.write(".hidden.txt", "H.");
  folder.write("a/.git/x.txt", "G.");
  const ReadStream read = read_all(DocumentStream({folder.path()}, {}));
  EXPECT_THAT(paths_of(read),
              ElementsAre(folder.path("a/z.html.gz"), folder.path("a.jsonl"), folder.path("b.txt")));
  EXPECT_TRUE(read.errors.empty());
  ASSERT_EQ(read.documents[2].given.size(), 1U);
  EXPECT_EQ(read.documents[2].given[0].value, "Harbor Wire");
  EXPECT_EQ(read.documents[2].given[0].found_in, "sidecar");
}

TEST(DocumentStream, PutsOptionsBeforeTheSidecar) {
  const TemporaryFolder folder;
  folder.write("a.txt", "A.");
  folder.write("a.txt.meta.json", "{\"outlet\":\"Harbor Wire\",\"author\":[\"Ada Lowe\"]}");
  SourceOptions options;
  options.outlet = "The Quay";
  const ReadStream read = read_all(DocumentStream({folder.path("a.txt")}, options));
  const auto article = make_article(read.documents.at(0), {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->field("outlet"), "The Quay");
  EXPECT_EQ(article->find("outlet")->found_in, "option");
  EXPECT_EQ(article->field("author"), "Ada Lowe");
}

TEST(DocumentStream, ABrokenOrLonelySidecarIsAnError) {
  const TemporaryFolder folder;
  folder.write("a.txt", "A.");
  folder.write("a.meta.json", "{\"outlet\": 7}");
  folder.write("gone.meta.json", "{}");
  folder.write("text.txt", "T.");
  folder.write("text.meta.json", "{\"text\": \"no\"}");
  const ReadStream read = read_all(DocumentStream({folder.path()}, {}));
  EXPECT_TRUE(read.documents.empty());
  ASSERT_EQ(read.errors.size(), 3U);
  EXPECT_EQ(read.errors[0].file, folder.path("a.meta.json"));
  EXPECT_EQ(read.errors[0].code, ErrorCode::kMalformed);
  EXPECT_EQ(read.errors[1].file, folder.path("gone.meta.json"));
  EXPECT_EQ(read.errors[1].code, ErrorCode::kNotFound);
  EXPECT_EQ(read.errors[2].code, ErrorCode::kMalformed);
}

TEST(DocumentStream, DoesNotHangOnWhatIsNoFile) {
  const TemporaryFolder folder;
  folder.write("z.txt", "Z.");
  ASSERT_EQ(mkfifo(folder.path("a.txt").c_str(), 0600), 0);
  std::filesystem::create_symlink("/dev/zero", folder.path("b.txt"));
  std::filesystem::create_symlink(folder.path("c.txt"), folder.path("c.txt"));
  std::filesystem::create_symlink("nowhere", folder.path("d.txt"));
  std::filesystem::create_directory(folder.path("e"));
  std::filesystem::create_directory_symlink("..", folder.path("e/up"));
  const ReadStream read = read_all(DocumentStream({folder.path()}, {}));
  EXPECT_THAT(paths_of(read), ElementsAre(folder.path("z.txt")));
  std::vector<std::string> told;
  for (const Error& error : read.errors) told.push_back(std::filesystem::path(error.file).filename());
  EXPECT_THAT(told, ElementsAre("a.txt", "b.txt", "c.txt", "d.txt", "up"));
  EXPECT_THAT(read.errors[0].message, HasSubstr("pipe"));
  EXPECT_THAT(read.errors[1].message, HasSubstr("device"));
  EXPECT_EQ(read.errors[3].code, ErrorCode::kNotFound);
  EXPECT_THAT(read.errors[4].message, HasSubstr("link back"));
}

TEST(DocumentStream, ReadsAFolderOnceHoweverManyLinksLeadThere) {
  const TemporaryFolder folder;
  folder.write("a/x.txt", "X.");
  for (int i = 0; i < 20; ++i) {
    std::filesystem::create_directory_symlink("a", folder.path("link" + std::to_string(i)));
  }
  EXPECT_THAT(paths_of(read_all(DocumentStream({folder.path()}, {}))), ElementsAre(folder.path("a/x.txt")));
}

TEST(DocumentStream, PassesOverFoldersThatNestTooDeep) {
  const TemporaryFolder folder;
  folder.write("1/2/3/4/x.txt", "X.");
  folder.write("1/y.txt", "Y.");
  SourceOptions options;
  options.limits.folder_depth = 2;
  const ReadStream read = read_all(DocumentStream({folder.path()}, options));
  EXPECT_THAT(paths_of(read), ElementsAre(folder.path("1/y.txt")));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTooDeep);
}

TEST(DocumentStream, SaysWhichFileMayNotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const TemporaryFolder folder;
  folder.write("a.txt", "A.");
  ASSERT_EQ(chmod(folder.path("a.txt").c_str(), 0), 0);
  const ReadStream read = read_all(DocumentStream({folder.path("a.txt")}, {}));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kUnreadable);
  EXPECT_THAT(read.errors[0].message, HasSubstr("permission"));
}

TEST(DocumentStream, GoesOnAfterAPathThatIsNotThere) {
  const TemporaryFolder folder;
  folder.write("a.txt", "A.");
  const ReadStream read = read_all(DocumentStream({folder.path("none"), folder.path("a.txt")}, {}));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kNotFound);
  EXPECT_EQ(read.documents.size(), 1U);
}

}  // namespace
}  // namespace onrecord
