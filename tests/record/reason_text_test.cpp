#include "record/reason_text.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

const Placeholders kWords = {{"{source}", "the mayor"}, {"{speaker}", "Ada Lowe"}};

void expect_kept(std::string_view reason, std::string_view kept) {
  EXPECT_EQ(short_reason(reason, kWords), kept);
  EXPECT_EQ(full_reason(kept, kWords), reason);
}

TEST(ReasonText, LeavesOutWordsThatStandElsewhere) {
  expect_kept("'the mayor' is the role of Ada Lowe", "'{source}' is the role of {speaker}");
  expect_kept("goes on after the words of Ada Lowe", "goes on after the words of {speaker}");
  expect_kept("named in full", "named in full");
}

TEST(ReasonText, LeavesOutWholeWordsOnly) {
  EXPECT_EQ(short_reason("the nearest", {{"{source}", "he"}}), "the nearest");
  EXPECT_EQ(short_reason("he: the nearest", {{"{source}", "he"}}), "{source}: the nearest");
}

TEST(ReasonText, WordsThatLookLikeAPlaceholderAreKeptApart) {
  const Placeholders odd = {{"{source}", "{speaker}"}, {"{speaker}", "Ada Lowe"}};
  EXPECT_EQ(short_reason("'{speaker}' is not resolved", odd), "'(speaker)' is not resolved");
}

TEST(ReasonText, NoWordsNoPlaceholder) { EXPECT_EQ(short_reason("cue ''", {{"{cue}", ""}}), "cue ''"); }

}  // namespace
}  // namespace onrecord
