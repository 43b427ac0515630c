#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "record/record_fixture.h"

namespace onrecord {
namespace {

std::string exported(const std::vector<ReadArticle>& articles, ExportFormat format) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  EXPECT_TRUE(record.add(articles).has_value());
  std::string out;
  expect_done(record.export_to(format, [&](std::string_view piece) -> Result<void> {
    out += piece;
    return {};
  }));
  return out;
}

TEST(Export, JsonLinesAreOneObjectEach) {
  const std::string lines = exported(two_articles(), ExportFormat::kJsonLines);
  simdjson::dom::parser parser;
  std::size_t count = 0;
  for (auto object : parser.parse_many(lines)) {
    EXPECT_EQ(std::string_view(object["schema"]), "onrecord/quotation/1");
    EXPECT_EQ(std::string_view(object["outlet"]), "Harbor Wire");
    ++count;
  }
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(std::ranges::count(lines, '\n'), 3);
}

TEST(Export, CsvIsSafeInASpreadsheet) {
  for (const std::string first : {"=", "+", "-", "@", "\t", "\r"}) {
    ReadArticle read = two_articles()[1];
    read.article.fields[0].value = first + "cmd|' /C calc'!A0";
    read.quotations[0].addressee.value = "one, \"two\"\nthree";
    const std::string csv = exported({read}, ExportFormat::kCsv);
    EXPECT_THAT(csv, testing::HasSubstr(",\"'" + first + "cmd|' /C calc'!A0\","));
    EXPECT_THAT(csv, testing::HasSubstr(",\"one, \"\"two\"\"\nthree\","));
    EXPECT_THAT(csv, testing::StartsWith("id,article,version,outlet,"));
    EXPECT_THAT(csv, testing::EndsWith("\r\n"));
  }
}

TEST(Export, WebAnnotationsCountCodePoints) {
  const auto articles = two_articles();
  const std::string page = exported({articles[1]}, ExportFormat::kWebAnnotation);
  simdjson::dom::parser parser;
  const simdjson::dom::element json = parser.parse(page);
  EXPECT_EQ(std::string_view(json["@context"]), "http://www.w3.org/ns/anno.jsonld");
  EXPECT_EQ(std::string_view(json["type"]), "AnnotationPage");
  const simdjson::dom::element selector = json.at_pointer("/items/0/target/0/selector");
  EXPECT_EQ(std::int64_t(selector.at_pointer("/0/start")), 1);  // after one mark of three bytes
  EXPECT_EQ(std::int64_t(selector.at_pointer("/0/end")), 26);
  EXPECT_EQ(std::string_view(selector.at_pointer("/1/exact")), "No ferry sails in a storm");
  EXPECT_EQ(std::string_view(selector.at_pointer("/1/prefix")), "“");
  EXPECT_EQ(std::string_view(selector.at_pointer("/1/suffix")).substr(0, 5), ",” ");
}

TEST(Export, StopsWhenTheWriterFails) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  ASSERT_TRUE(record.add(two_articles()));
  const auto result = record.export_to(ExportFormat::kCsv, [](std::string_view) -> Result<void> {
    return fail(ErrorCode::kSystem, "the disk is full");
  });
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "the disk is full");
}

TEST(Originals, AreKeptAndGiveTheSameTextAgain) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  std::vector<ReadArticle> articles = two_articles();
  for (ReadArticle& read : articles) read.original.bytes = read.article.text;
  ASSERT_TRUE(record.add(articles));
  EXPECT_EQ(value_of(record.counts()).originals_kept, 2U);
  const auto intake = [](const Original&, std::string_view bytes) -> Result<Article> {
    Article article;
    article.text = std::string(bytes);
    return article;
  };
  const auto verified = value_of(record.verify_originals({}, intake));
  EXPECT_TRUE(verified.passed());
  EXPECT_EQ(verified.originals, 2U);
  const auto changed = [](const Original&, std::string_view) -> Result<Article> { return Article{}; };
  EXPECT_EQ(value_of(record.verify_originals({}, changed)).found, 2U);
  const auto no_article = [](const Original&, std::string_view) -> Result<Article> {
    return fail(ErrorCode::kEmpty, "nothing left of it");
  };
  const auto refused = value_of(record.verify_originals({}, no_article));
  ASSERT_EQ(refused.found, 2U);
  EXPECT_TRUE(refused.findings[0].message.ends_with("nothing left of it"));
}

TEST(Originals, AreFoundAmongOtherDocumentsInOnePassInAnyOrder) {
  const TemporaryFolder folder;
  Record record = create_record(folder / "a.db");
  const std::vector<ReadArticle> articles = two_articles();
  ASSERT_TRUE(record.add(articles));
  std::vector<std::string> documents = {"a stranger", articles[1].article.text, articles[0].article.text,
                                        articles[1].article.text};
  std::size_t given = 0;
  const auto next = [&]() -> std::optional<std::string> {
    return given < documents.size() ? std::optional(documents[given++]) : std::nullopt;
  };
  std::size_t intakes = 0;
  const auto intake = [&](const Original&, std::string_view bytes) -> Result<Article> {
    ++intakes;
    Article article;
    article.text = std::string(bytes);
    return article;
  };
  const auto verified = value_of(record.verify_originals(next, intake));
  EXPECT_TRUE(verified.passed());
  EXPECT_EQ(verified.originals, 2U);
  EXPECT_EQ(intakes, 2U) << "the same bytes are read again once only";
  EXPECT_EQ(given, 4U);
}

}  // namespace
}  // namespace onrecord
