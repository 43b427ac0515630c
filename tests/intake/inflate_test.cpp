#include "intake/inflate.h"

#include <gtest/gtest.h>

#include <random>

#include "intake/support.h"

namespace onrecord {
namespace {

using namespace testing;

struct Inflated {
  std::string bytes;
  std::optional<Error> error;
};

Inflated inflate_all(std::unique_ptr<ByteSource> from, const Limits& limits = {}) {
  const auto bytes = inflating(std::move(from), limits);
  Inflated all;
  std::string block(1000, '\0');
  for (;;) {
    const auto size = bytes->read(block);
    if (!size) all.error = size.error();
    if (!size || *size == 0) return all;
    all.bytes.append(block, 0, *size);
  }
}

Inflated inflate_all(std::string_view bytes, const Limits& limits = {}) {
  return inflate_all(std::make_unique<MemoryBytes>(bytes), limits);
}

std::string noise(std::size_t size) {
  std::mt19937 random(11);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

TEST(Inflating, LeavesOtherBytesAlone) {
  for (const std::string_view bytes : {"", "a", "\x1F\x8B", "plain words"}) {
    EXPECT_EQ(inflate_all(bytes).bytes, bytes);
    EXPECT_FALSE(inflate_all(bytes).error);
  }
}

TEST(Inflating, ReadsMembersFramesPaddingAndLayers) {
  const std::string words = noise(200'000);
  EXPECT_EQ(inflate_all(gzip(words)).bytes, words);
  EXPECT_EQ(inflate_all(zstd(words)).bytes, words);
  EXPECT_EQ(inflate_all(gzip("one ") + gzip("") + gzip("two")).bytes, "one two");
  EXPECT_EQ(inflate_all(gzip("one") + std::string(512, '\0')).bytes, "one");
  const std::string skippable = std::string("\x50\x2A\x4D\x18\x03\0\0\0xyz", 11);
  EXPECT_EQ(inflate_all(skippable + zstd("one ") + zstd("two")).bytes, "one two");
  EXPECT_EQ(inflate_all(gzip(zstd(gzip(words)))).bytes, words);
}

TEST(Inflating, GivesTheSameHoweverSmallThePiecesAre) {
  const std::string words = noise(3000);
  for (const std::string& packed : {gzip(words) + gzip(words), zstd(words) + zstd(words)}) {
    const Inflated all = inflate_all(std::make_unique<OneByOne>(packed));
    EXPECT_EQ(all.bytes, words + words);
    EXPECT_FALSE(all.error);
  }
}

TEST(Inflating, GivesWhatIsGoodOfCutDataAndSaysSo) {
  const std::string words = "The harbor was closed. " + noise(300);
  for (const std::string& packed : {gzip(words), zstd(words), gzip(zstd(words))}) {
    for (std::size_t size = 4; size < packed.size(); ++size) {
      const Inflated all = inflate_all(std::string_view(packed).substr(0, size));
      // Three bytes or fewer of an inner layer do not say yet that they are one.
      EXPECT_TRUE(words.starts_with(all.bytes) || all.bytes.size() < 4) << size;
      ASSERT_TRUE(all.error) << size;
      EXPECT_EQ(all.error->code, ErrorCode::kTruncated) << size;
    }
  }
}

TEST(Inflating, NeverGivesDamagedBytesWithoutAnError) {
  const std::string words = "The harbor was closed. The harbor was closed. " + noise(100);
  std::string packed =
      gzip(words);  // with its checksum; zstd(1) writes one too, the library does not by itself
  for (std::size_t at = 10; at < packed.size(); ++at) {
    packed[at] = static_cast<char>(packed[at] ^ 0x10);
    const Inflated all = inflate_all(packed);
    EXPECT_TRUE(all.error || all.bytes == words) << at;
    packed[at] = static_cast<char>(packed[at] ^ 0x10);
  }
}

TEST(Inflating, RefusesWhatFollowsAMember) {
  EXPECT_EQ(inflate_all(gzip("one") + "rest").error->code, ErrorCode::kMalformed);
  EXPECT_EQ(inflate_all(gzip("one") + std::string("\0\0rest", 6)).error->code, ErrorCode::kMalformed);
  EXPECT_EQ(inflate_all(zstd("one") + "rest").error->code, ErrorCode::kMalformed);
}

TEST(Inflating, StopsABombAtTheRatio) {
  const std::string flat(64 << 20, 'a');
  for (const std::string& bomb : {gzip(flat), zstd(flat), gzip(gzip(flat)), zstd(zstd(flat))}) {
    const Inflated all = inflate_all(bomb);
    ASSERT_TRUE(all.error);
    EXPECT_EQ(all.error->code, ErrorCode::kTooLarge);
    // What came out before it was noticed: the free MiB, or the ratio and one block of the reader.
    const std::size_t allowed = std::max<std::size_t>(1 << 20, 200 * bomb.size()) + 4096;
    EXPECT_LE(all.bytes.size(), allowed);
  }
}

TEST(Inflating, AllowsWhatCompressesWellWithinTheLimit) {
  const std::string flat(1 << 20, 'a');
  EXPECT_EQ(inflate_all(gzip(flat)).bytes, flat);
}

TEST(Inflating, RefusesTooManyLayers) {
  std::string packed = "words";
  for (int i = 0; i < 4; ++i) packed = gzip(packed);
  EXPECT_EQ(inflate_all(packed).bytes, "words");
  EXPECT_EQ(inflate_all(gzip(packed)).error->code, ErrorCode::kTooDeep);
}

TEST(DocumentStream, StopsABombAtTheSizeOfADocument) {
  std::string words;
  std::mt19937 random(3);
  while (words.size() < (3U << 20)) words += std::to_string(random() % 10'000) + " boats. ";
  SourceOptions options;
  options.limits.document_bytes = 2 << 20;
  const ReadStream read = read_bytes(gzip(words), "a.txt.gz", options);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace onrecord
