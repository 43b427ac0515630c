#include "text/sha256.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

// FIPS 180-2, appendix B.1.
TEST(Sha256, GivesThePublishedDigest) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, PartsDoNotRunTogether) {
  Sha256 one;
  one.add_part("ab");
  one.add_part("c");
  Sha256 other;
  other.add_part("a");
  other.add_part("bc");
  EXPECT_NE(one.finish(), other.finish());
}

}  // namespace
}  // namespace onrecord
