#include "intake/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/support.h"

namespace onrecord {
namespace {

using namespace testing;
using ::testing::HasSubstr;

RawDocument document(std::string bytes, DocumentFormat format, std::vector<Field> given = {}) {
  RawDocument raw;
  raw.path = "a.txt";
  raw.bytes = std::move(bytes);
  raw.format = format;
  raw.given = std::move(given);
  return raw;
}

TEST(MakeArticle, PutsTheUsersWordFirstAndKeepsWhatWasFound) {
  const auto article =
      make_article(document("Pier closed after worms found\nBy Ada Lowe\n\nThe pier was closed on Monday by "
                            "the harbour master.\n",
                            DocumentFormat::kText,
                            {{"title", "The pier", "option", {}}, {"author", "Jun Park", "sidecar", {}}}),
                   {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->field("title"), "The pier");
  EXPECT_EQ(article->field("author"), "Jun Park");
  std::vector<std::string> authors;
  for (const Field& field : article->fields) {
    if (field.name == "author") authors.push_back(field.value + " " + field.found_in);
  }
  EXPECT_THAT(authors, ::testing::ElementsAre("Jun Park sidecar", "Ada Lowe text"));
  EXPECT_EQ(article->find("outlet"), nullptr);
  EXPECT_EQ(article->field("encoding"), "utf-8");
}

TEST(MakeArticle, WritesDatesAsIsoAndRefusesNonsense) {
  const auto with = [](const std::string& published) {
    return make_article(
        document("The pier was closed.", DocumentFormat::kText, {{"published", published, "option", {}}}),
        {});
  };
  EXPECT_EQ(with("Aug. 11, 2025")->field("published"), "2025-08-11");
  const auto nonsense = with("last week");
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(nonsense.error().message, HasSubstr("last week"));
  EXPECT_EQ(nonsense.error().file, "a.txt");
}

TEST(MakeArticle, ADateOfARecordThatIsNoneIsKeptUnlessItIsThatOfPublication) {
  const auto article = make_article(
      document(R"({"text":"The pier was closed.","modified":"3 days ago"})", DocumentFormat::kJsonRecord),
      {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->find("modified"), nullptr);
  EXPECT_EQ(article->field("extra.modified"), "3 days ago");
  const auto published = make_article(
      document(R"({"text":"The pier was closed.","published":"3 days ago"})", DocumentFormat::kJsonRecord),
      {});
  EXPECT_EQ(published.error().code, ErrorCode::kInvalidArgument);
}

TEST(MakeArticle, CleansTheUrlAndKeepsIt) {
  const auto article =
      make_article(document("The pier was closed.", DocumentFormat::kText,
                            {{"url", "HTTPS://Quay.example/a?utm_source=b#c", "option", {}}}),
                   {});
  EXPECT_EQ(article->field("url"), "HTTPS://Quay.example/a?utm_source=b#c");
  EXPECT_EQ(article->field("canonical_url"), "https://quay.example/a");
}

TEST(MakeArticle, APageOfAnotherSiteIsNotTheArticlesAddress) {
  const std::string page =
      "<html><head><link rel=canonical href='https://wire.example/x?fbclid=1'></head><body><article><h1>Pier "
      "closed</h1>"
      "<p>The harbour office closed the eastern pier on Monday, and the ferry company said it would sue the "
      "city.</p></article></body></html>";
  const auto reprint = make_article(
      document(page, DocumentFormat::kHtml, {{"url", "https://quay.example/a", "option", {}}}), {});
  ASSERT_TRUE(reprint) << reprint.error().message;
  EXPECT_EQ(reprint->field("canonical_url"), "https://quay.example/a");
  const auto own = make_article(
      document(page, DocumentFormat::kHtml, {{"url", "https://m.wire.example/x", "option", {}}}), {});
  EXPECT_EQ(own->field("canonical_url"), "https://wire.example/x");
  const auto unknown = make_article(document(page, DocumentFormat::kHtml), {});
  EXPECT_EQ(unknown->field("canonical_url"), "https://wire.example/x");
}

TEST(MakeArticle, ReadsJsonRecordsOfBothKinds) {
  const auto text =
      make_article(document(R"({"outlet":"The Quay","text":"The pier was closed.\nFerries go on."})",
                            DocumentFormat::kJsonRecord),
                   {});
  ASSERT_TRUE(text);
  EXPECT_EQ(text->field("outlet"), "The Quay");
  EXPECT_EQ(text->find("outlet")->found_in, "json:outlet");
  EXPECT_EQ(text->paragraphs.size(), 2U);
  const auto html = make_article(
      document(R"({"html":"<p>The pier was closed on Monday.</p>"})", DocumentFormat::kJsonRecord), {});
  ASSERT_TRUE(html);
  EXPECT_EQ(html->text, "The pier was closed on Monday.");
  EXPECT_EQ(make_article(document(R"({"title":"a"})", DocumentFormat::kJsonRecord), {}).error().code,
            ErrorCode::kEmpty);
}

TEST(MakeArticle, SaysHowTheTextWasDecoded) {
  const auto article =
      make_article(document("caf\xE9 closed, the mayor said on Monday.", DocumentFormat::kText), {});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->field("encoding"), "windows-1252");
  EXPECT_THAT(article->text, HasSubstr("café"));
}

TEST(RecogniseFormat, RefusesOtherFormatsByName) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"%PDF-1.7\n", "PDF"},
      {std::string("PK\x03\x04\x14\0\x06\0\b\0\0\0!\0aaaabbbbccccdddd[Content_Types].xml", 49), "Word"},
      {std::string("PK\x03\x04", 4) + std::string(26, 'x') + "mimetypeapplication/epub+zip", "EPUB"},
      {std::string("PK\x03\x04", 4) + std::string(60, 'x'), "zip"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Word"},
      {"{\\rtf1\\ansi", "RTF"},
      {"\x89PNG\r\n\x1A\n", "picture"},
      {"\xFF\xD8\xFF\xE0", "picture"},
      {std::string("ID3\x03\0\0", 6), "sound"},
      {std::string("\0\0\0\x18"
                   "ftypmp42",
                   12),
       "video"},
      {"\x7F"
       "ELF",
       "program"},
      {std::string("MZ\x90\0", 4), "program"},
      {std::string("SQLite format 3\0", 16), "SQLite"},
      {"WARC/1.0\r\n", "WARC"},
      {"BZh91AY&SY", "bzip2"},
      {"<?xml version='1.0'?><rss version='2.0'><channel>", "feed"},
      {"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"},
      {"<?xml version='1.0'?><note>a</note>", "XML"},
  };
  for (const auto& [bytes, what] : cases) {
    for (const std::string& packed : {bytes, gzip(bytes), zstd(bytes)}) {
      const ReadStream read = read_bytes(packed, "document");
      ASSERT_EQ(read.errors.size(), 1U) << what;
      EXPECT_EQ(read.errors[0].code, ErrorCode::kUnsupportedFormat) << what;
      EXPECT_THAT(read.errors[0].message, HasSubstr(what));
      EXPECT_THAT(read.errors[0].message, HasSubstr("; "));
    }
  }
  EXPECT_EQ(read_bytes("a,b\n1,2\n", "a.csv").errors.at(0).code, ErrorCode::kUnsupportedFormat);
  EXPECT_EQ(read_bytes("\xFF\xFE{\0}\0", "a.jsonl").errors.at(0).code, ErrorCode::kUnsupportedFormat);
}

TEST(RecogniseFormat, GoesByExtensionThenByContent) {
  const auto format = [](std::string_view bytes, const std::string& name) {
    return read_bytes(bytes, name).documents.at(0).format;
  };
  EXPECT_EQ(format("<p>a</p>", "a.txt"), DocumentFormat::kText);
  EXPECT_EQ(format("plain", "a.HTM"), DocumentFormat::kHtml);
  EXPECT_EQ(format(gzip("plain"), "a.html.gz"), DocumentFormat::kHtml);
  EXPECT_EQ(format("{\"text\": \"a\"}", "-"), DocumentFormat::kJsonRecord);
  EXPECT_EQ(format("[ {\"text\": \"a\"} ]", "-"), DocumentFormat::kJsonRecord);
  EXPECT_EQ(format("\n <!DOCTYPE html><p>a", "-"), DocumentFormat::kHtml);
  EXPECT_EQ(format("<!-- c --><html lang=en>", "page"), DocumentFormat::kHtml);
  EXPECT_EQ(format("[Editor's note] {a}", "-"), DocumentFormat::kText);
  EXPECT_EQ(format("The new WAVE of strikes, the old AVI of 1990.", "-"), DocumentFormat::kText);
  EXPECT_EQ(format(std::string(256, 'm') + "ustard was served.", "-"), DocumentFormat::kText);
  EXPECT_EQ(format("ID3 is a bus. OggS is none.", "-"), DocumentFormat::kText);
  EXPECT_EQ(format("BMW and MZ are makers of motorcycles.", "-"), DocumentFormat::kText);
  SourceOptions options;
  options.format = SourceFormat::kHtml;
  EXPECT_EQ(read_bytes("plain", "a.txt", options).documents.at(0).format, DocumentFormat::kHtml);
}

}  // namespace
}  // namespace onrecord
