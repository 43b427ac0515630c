// The parts that read a model: Python's view of text, string ids, patterns, MessagePack, the model file.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "language/model_file.h"
#include "language/model_import.h"
#include "language/msgpack.h"
#include "language/pattern.h"
#include "language/python_text.h"
#include "language/string_ids.h"
#include "language/string_list.h"

namespace onrecord::spacy {
namespace {

TEST(PythonText, LowersAsPythonDoes) {
  EXPECT_EQ(lower("ABC xyz 1"), "abc xyz 1");
  EXPECT_EQ(lower("ÄÖ ŻÓŁW Ǆ"), "äö żółw ǆ");
  EXPECT_EQ(lower("İ"), "i̇");
  EXPECT_EQ(lower("ΟΔΥΣΣΕΥΣ"), "οδυσσευς");
  EXPECT_EQ(lower("Σ ΑΣ' ΑΣΑ"), "σ ας' ασα");
}

TEST(PythonText, KnowsClasses) {
  EXPECT_TRUE(is_alphabetic(U'ª'));
  EXPECT_FALSE(is_alphabetic(U'²'));
  EXPECT_TRUE(is_digit(U'²'));
  EXPECT_FALSE(is_digit(U'½'));
  EXPECT_TRUE(is_alphanumeric(U'½'));
  EXPECT_FALSE(is_decimal(U'²'));
  EXPECT_TRUE(is_space(char32_t{0x1F}));
  EXPECT_TRUE(is_space(char32_t{0x3000}));
  EXPECT_FALSE(is_space(char32_t{0x200B}));
  EXPECT_FALSE(is_alphabetic(std::string_view()));
}

TEST(StringIds, AreSpacys) {
  EXPECT_EQ(string_id(""), 0U);
  EXPECT_EQ(string_id("X"), 101U);
  EXPECT_EQ(string_id("VERB"), 100U);
  EXPECT_EQ(string_id("coffee"), 3197928453018144401U);  // the example of spaCy's documentation
  EXPECT_EQ(string_id("FLAG19"), 19U);
  EXPECT_EQ(string_id("DEPRECATED276"), 379U);
  EXPECT_EQ(string_id("_"), 456U);
}

struct Found {
  bool found;
  std::size_t begin, end;
  bool operator==(const Found&) const = default;
};

Found search(std::u32string_view pattern, std::u32string_view text) {
  const auto compiled = Pattern::compile(pattern);
  EXPECT_TRUE(compiled);
  Pattern::Scratch scratch;
  const auto match = compiled->search(text, 0, scratch);
  return match ? Found{true, match->begin, match->end} : Found{false, 0, 0};
}

TEST(Pattern, MatchesAsPythonDoes) {
  EXPECT_EQ(search(U"a|ab", U"xab"), (Found{true, 1, 2}));
  EXPECT_EQ(search(U"^…|^……", U"………"), (Found{true, 0, 1}));
  EXPECT_EQ(search(U"\\.\\.+$|s$", U"a...."), (Found{true, 1, 5}));
  EXPECT_EQ(search(U"(?<=[0-9])(?:km|km/h)$", U"5km/h"), (Found{true, 1, 5}));
  EXPECT_EQ(search(U"(?<=[0-9])(?:km|km/h)$", U"km/h"), (Found{false, 0, 0}));
  EXPECT_EQ(search(U"^\\+(?![0-9])", U"+4"), (Found{false, 0, 0}));
  EXPECT_EQ(search(U"[^a-c]+", U"abxyc"), (Found{true, 2, 4}));
  EXPECT_EQ(search(U"x{2,3}", U"xxxxx"), (Found{true, 0, 3}));
  EXPECT_EQ(search(U"x{2,3}?", U"xxxxx"), (Found{true, 0, 2}));
  EXPECT_EQ(search(U"\\u00e9\\U0001F600", U"é\U0001F600"), (Found{true, 0, 2}));
  EXPECT_EQ(search(U"a$", U"a\n"), (Found{true, 0, 1}));
  EXPECT_EQ(search(U"[\\w-]+@\\w", U"+a-b@c"), (Found{true, 1, 6}));
}

TEST(Pattern, BacktracksInLinearTime) {
  const auto compiled = Pattern::compile(U"^(?:a+)+b|^(?:a*)*c");
  ASSERT_TRUE(compiled);
  Pattern::Scratch scratch;
  EXPECT_FALSE(compiled->search(std::u32string(5'000, U'a'), 0, scratch));
}

TEST(Pattern, NamesWhatItDoesNotKnow) {
  for (const char32_t* const pattern :
       {U"(?P<n>a)", U"(a)\\1", U"(?<=a+)b", U"(?=a*)b", U"a**", U"(", U"[a", U"\\", U"a)"}) {
    const auto compiled = Pattern::compile(pattern);
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.error().code, ErrorCode::kUnsupportedFormat);
  }
}

TEST(Msgpack, ReadsValues) {
  const auto value =
      read_msgpack(std::string_view("\x82\xA1"
                                    "a\x93\x01\xC0\xC3\x05\xC4\x02xy",
                                    12));
  ASSERT_TRUE(value) << value.error().message;
  ASSERT_NE(value->find("a"), nullptr);
  EXPECT_EQ(value->find("a")->as_array()->size(), 3U);
  EXPECT_EQ(*value->find(std::uint64_t{5})->as_text(), "xy");
}

TEST(Msgpack, RefusesWhatIsCutOffOrTooDeep) {
  EXPECT_EQ(read_msgpack("").error().code, ErrorCode::kTruncated);
  EXPECT_EQ(read_msgpack("\xDD\xFF\xFF\xFF\xFF").error().code, ErrorCode::kTruncated);
  EXPECT_EQ(read_msgpack("\xC6\xFF\xFF\xFF\xFFx").error().code, ErrorCode::kTruncated);
  EXPECT_EQ(read_msgpack(std::string(1'000, '\x91')).error().code, ErrorCode::kTooDeep);
  EXPECT_EQ(read_msgpack("\x01\x01").error().code, ErrorCode::kMalformed);
}

TEST(StringList, FindsAndRefuses) {
  const std::string written = StringList::write(std::vector<std::string>{"a", "bc", "", "z"});
  const auto list = StringList::read(written);
  ASSERT_TRUE(list);
  EXPECT_EQ((*list)[1], "bc");
  EXPECT_FALSE(StringList::read(std::string_view(written).substr(0, written.size() - 1)));
  EXPECT_FALSE(StringList::read("\xFF\xFF\xFF\xFF"));
  std::string damaged = written;
  damaged[8] = '\x7F';
  EXPECT_FALSE(StringList::read(damaged));
}

/// Bytes at an address that a model file may stand at.
class Aligned {
 public:
  explicit Aligned(std::string_view bytes)
      : size_(bytes.size()), data_(static_cast<char*>(std::aligned_alloc(64, (size_ + 63) / 64 * 64 + 64))) {
    std::memcpy(data_.get(), bytes.data(), size_);
  }
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
  char* data() { return data_.get(); }

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::size_t size_;
  std::unique_ptr<char, Free> data_;
};

TEST(ModelFile, KeepsSectionsAndSeesDamage) {
  ModelFileWriter writer;
  writer.add("text", "hello");
  writer.add_array<float>("numbers", std::vector{1.0F, 2.0F});
  const std::string bytes = writer.bytes();
  Aligned whole(bytes);
  const auto file = ModelFile::over(whole.view());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->section("text"), "hello");
  EXPECT_EQ((*file->array<float>("numbers", 2))[1], 2.0F);
  EXPECT_FALSE(file->array<float>("numbers", 3));
  EXPECT_TRUE(file->section("absent").empty());
  EXPECT_FALSE(ModelFile::over(whole.view().substr(0, bytes.size() - 1)));
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    if (at >= 56 && at < 64) continue;  // not in use
    Aligned damaged(bytes);
    damaged.data()[at] = static_cast<char>(damaged.data()[at] ^ 1);
    EXPECT_FALSE(ModelFile::over(damaged.view())) << "byte " << at;
  }
}

TEST(ImportPipeline, NamesTheComponentThatCannotBeRun) {
  PipelineFiles files;
  files["config.cfg"] =
      "[nlp]\nlang = \"en\"\npipeline = [\"tagger\",\"textcat\"]\n[components.textcat]\nfactory = "
      "\"textcat\"\n";
  const auto refused = import_pipeline(files, "test");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupportedFormat);
  EXPECT_NE(refused.error().message.find("\"textcat\""), std::string::npos) << refused.error().message;
  files["config.cfg"] = "[nlp]\nlang = \"de\"\npipeline = []\n";
  EXPECT_NE(import_pipeline(files, "test").error().message.find("\"de\""), std::string::npos);
}

}  // namespace
}  // namespace onrecord::spacy
