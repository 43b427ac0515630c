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

TEST(JsonWriter, FindsWhatNeedsEscapesAtEveryPlaceOfALongText) {
  for (const std::string_view filler : {"abcdefghijklmnopqrstuvw", "Größe – „naïve“ 東京 ~\x7F!"}) {
    for (std::size_t at = 0; at <= filler.size(); ++at) {
      if (at < filler.size() && (static_cast<unsigned char>(filler[at]) & 0xC0) == 0x80) continue;
      const std::string before(filler.substr(0, at));
      const std::string after(filler.substr(at));
      JsonWriter json;
      json.value(before + "\"" + after + "\\" + before + "\n\t" + after + "\x1F" + before);
      EXPECT_EQ(json.text(), "\"" + before + "\\\"" + after + "\\\\" + before + "\\n\\t" + after + "\\u001f" +
                                 before + "\"")
          << at;
    }
  }
}

TEST(JsonWriter, NeverWritesInvalidUtf8) {
  JsonWriter json;
  json.value("a\xFFz");
  EXPECT_EQ(json.text(), "\"a\xEF\xBF\xBDz\"");
}

}  // namespace
}  // namespace onrecord
