#include "text/json_writer.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

TEST(JsonWriter, PutsCommasAndEscapes) {
  JsonWriter json;
  json.begin_object();
  json.member("a", "x\"\\\n\x01");
  json.key("b"), json.begin_array(), json.value(1), json.value(true), json.value(0.85F), json.null(),
      json.end_array();
  json.member_or_null("c", "");
  json.end_object();
  EXPECT_EQ(json.text(), R"({"a":"x\"\\\n\u0001","b":[1,true,0.85,null],"c":null})");
}

TEST(JsonWriter, NeverWritesInvalidUtf8) {
  JsonWriter json;
  json.value("a\xFFz");
  EXPECT_EQ(json.text(), "\"a\xEF\xBF\xBDz\"");
}

}  // namespace
}  // namespace onrecord
