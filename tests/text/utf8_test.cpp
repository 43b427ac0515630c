#include "text/utf8.h"

#include <gtest/gtest.h>

#include <random>

namespace onrecord {
namespace {

TEST(Utf8, RejectsWhatIsNotShortestFormOrNotAScalarValue) {
  EXPECT_TRUE(is_valid_utf8("caf\xC3\xA9 \xE2\x80\x9C\xF0\x9F\x98\x80"));
  EXPECT_EQ(valid_utf8_prefix("ab\xC0\x80"), 2U);        // overlong
  EXPECT_EQ(valid_utf8_prefix("a\xED\xA0\x80"), 1U);     // surrogate
  EXPECT_EQ(valid_utf8_prefix("\xF4\x90\x80\x80"), 0U);  // beyond U+10FFFF
  EXPECT_EQ(valid_utf8_prefix("abc\xE2\x80"), 3U);       // cut short
}

TEST(Utf8, ReplacesEachInvalidSequenceOnce) {
  EXPECT_EQ(replace_invalid_utf8("a\xFF"
                                 "b\x80\x80"
                                 "c"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c");
}

TEST(CodePointIndex, AgreesWithCountingFromTheStart) {
  std::mt19937 random(7);
  const char32_t kinds[] = {U'a', U'é', U'“', U'😀'};
  for (int size = 0; size < 300; size += 7) {
    std::string text;
    std::vector<std::uint32_t> begins;
    for (int i = 0; i < size; ++i) {
      begins.push_back(static_cast<std::uint32_t>(text.size()));
      append_utf8(text, kinds[random() % 4]);
    }
    begins.push_back(static_cast<std::uint32_t>(text.size()));
    const CodePointIndex index(text);
    for (std::uint32_t i = 0; i < begins.size(); ++i) {
      EXPECT_EQ(index.byte_of(i), begins[i]);
      EXPECT_EQ(index.code_points_before(begins[i]), i);
    }
  }
}

}  // namespace
}  // namespace onrecord
