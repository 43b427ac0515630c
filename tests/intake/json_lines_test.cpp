#include "intake/json_lines.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace onrecord {
namespace {

using Body = JsonRecord::Body;

Result<JsonRecord> parse(std::string_view json, const Limits& limits = {}) {
  return parse_json_record(json, "json", limits);
}

std::string field(const JsonRecord& record, std::string_view name) {
  std::string values;
  for (const Field& f : record.fields) {
    if (f.name == name) values += (values.empty() ? "" : "|") + f.value;
  }
  return values;
}

TEST(JsonRecord, TakesKnownMembersAndKeepsTheOthers) {
  const auto record = parse(
      R"({"section": "Harbor", "id": 7, "score": 0.5, "tags": ["a", {"b": null}], "ok": true, "note": "x\ny",
    "url": "https://quay.example/a", "outlet": "The Quay", "title": "T", "published": "2025-08-11",
    "author": ["Ada Lowe", "Jun Park"], "text": "Words.", "modified": {"at": 1}, "empty": "", "none": null})");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->body_kind, Body::kText);
  EXPECT_EQ(record->body, "Words.");
  EXPECT_EQ(field(*record, "author"), "Ada Lowe|Jun Park");
  EXPECT_EQ(field(*record, "section"), "Harbor");
  EXPECT_EQ(field(*record, "extra.id"), "7");
  EXPECT_EQ(field(*record, "extra.score"), "0.5");
  EXPECT_EQ(field(*record, "extra.tags"), R"(["a",{"b":null}])");
  EXPECT_EQ(field(*record, "extra.ok"), "true");
  EXPECT_EQ(field(*record, "extra.note"), "x\ny");
  EXPECT_EQ(field(*record, "extra.modified"), R"({"at":1})");
  EXPECT_EQ(field(*record, "extra.empty"), "");
  EXPECT_EQ(field(*record, "extra.none"), "");
  EXPECT_EQ(record->fields.front().found_in, "json:section");
}

TEST(JsonRecord, TakesNamesOfPersonsApart) {
  const auto author = [](std::string_view line) {
    const auto record = parse(R"({"text": "a", "author": ")" + std::string(line) + "\"}");
    return record ? field(*record, "author") : record.error().message;
  };
  EXPECT_EQ(author("Ada Lowe and Jun Park"), "Ada Lowe|Jun Park");
  EXPECT_EQ(author("Lowe, Ada"), "Lowe, Ada");
  EXPECT_EQ(author("Ada Lowe and The Quay Press"), "Ada Lowe and The Quay Press");
}

TEST(JsonRecord, RefusesWhatIsNotTheFormat) {
  const std::vector<std::pair<std::string, ErrorCode>> cases = {
      {R"({"title": 7, "text": "a"})", ErrorCode::kMalformed},
      {R"({"text": ["a"]})", ErrorCode::kMalformed},
      {R"({"author": 7, "text": "a"})", ErrorCode::kMalformed},
      {R"({"author": ["a", 7], "text": "a"})", ErrorCode::kMalformed},
      {R"({"text": "a", "html": "b"})", ErrorCode::kMalformed},
      {R"({"text": "a", "text": "b"})", ErrorCode::kMalformed},
      {R"({"url": "a", "url": "a", "text": "b"})", ErrorCode::kMalformed},
      {R"(["a"])", ErrorCode::kMalformed},
      {R"("a")", ErrorCode::kMalformed},
      {R"(7)", ErrorCode::kMalformed},
      {R"({"text": "a")", ErrorCode::kMalformed},
      {R"({"text": "a"} {"text": "b"})", ErrorCode::kMalformed},
      {R"({"text": "\x"})", ErrorCode::kMalformed},
      {"{\"text\": \"a\nb\"}", ErrorCode::kMalformed},
      {"", ErrorCode::kMalformed},
      {"{\"text\": \"\xFF\xFF\"}", ErrorCode::kBadEncoding},
  };
  for (const auto& [json, code] : cases) {
    const auto record = parse(json);
    ASSERT_FALSE(record) << json;
    EXPECT_EQ(record.error().code, code) << json << ": " << record.error().message;
  }
}

TEST(JsonRecord, RefusesWhatNestsTooDeep) {
  const auto nested = [](int depth) {
    return R"({"text": "a", "x": )" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  EXPECT_TRUE(parse(nested(60)));
  for (const int depth : {65, 1000, 100'000})
    EXPECT_EQ(parse(nested(depth)).error().code, ErrorCode::kTooDeep);
}

TEST(JsonRecord, ReplacesAndCountsWhatNoTextCanHold) {
  const auto record =
      parse(R"({"text": "a\ud800b\uDC00c \ud83d\ude00 \\ud800 \u0000.", "x\u0000": "\ud83d"})");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->body, "a\uFFFDb\uFFFDc 😀 \\ud800 \uFFFD.");
  EXPECT_EQ(record->replaced, 5U);
  EXPECT_EQ(field(*record, "extra.x\uFFFD"), "\uFFFD");
  EXPECT_TRUE(is_valid_utf8(record->body));
}

TEST(JsonRecord, OfUnknownMembersEveryOneIsKept) {
  const auto record = parse(R"({"text": "a", "tag": "x", "tag": "y"})");
  ASSERT_TRUE(record);
  EXPECT_EQ(field(*record, "extra.tag"), "x|y");
}

TEST(JsonRecord, CutAnywhereItIsAnErrorAndNoCrash) {
  const std::string json =
      R"({"title": "T\u00e9", "author": ["A", "B"], "text": "Wörds \ud83d\ude00", "n": [1, {"a": -1e5}]})";
  ASSERT_TRUE(parse(json));
  for (std::size_t size = 0; size < json.size(); ++size) EXPECT_FALSE(parse(json.substr(0, size))) << size;
}

}  // namespace
}  // namespace onrecord
