#include "intake/canonical_url.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onrecord {
namespace {

TEST(CanonicalUrl, LeavesOutWhatDoesNotNameThePage) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"https://quay.example/a", "https://quay.example/a"},
      {" HTTPS://Quay.Example:443/A?utm_source=x#top ", "https://quay.example/A"},
      {"http://quay.example:80", "http://quay.example/"},
      {"http://quay.example:8080/a", "http://quay.example:8080/a"},
      {"https://quay.example?id=7", "https://quay.example/?id=7"},
      {"https://quay.example/a?id=7&fbclid=abc&page=2&UTM_Campaign=y", "https://quay.example/a?id=7&page=2"},
      {"https://quay.example/a?&&", "https://quay.example/a"},
      {"https://user@quay.example./a", "https://quay.example/a"},
      {"https://quay.example/a#!/b?c", "https://quay.example/a"},
  };
  for (const auto& [url, canonical] : cases) {
    EXPECT_EQ(canonical_url(url), canonical) << url;
    EXPECT_EQ(canonical_url(canonical), canonical) << url;
  }
}

TEST(CanonicalUrl, IsEmptyForEverythingElse) {
  for (const std::string_view url : {"", "a", "/a", "//quay.example/a", "ftp://quay.example/a",
                                     "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///a",
                                     "https://quay.example/a b", "https://quay.example/\na"}) {
    EXPECT_EQ(canonical_url(url), "") << url;
  }
}

TEST(SameSite, ComparesHosts) {
  EXPECT_TRUE(same_site("https://www.quay.example/a", "http://quay.example/b"));
  EXPECT_TRUE(same_site("https://m.quay.example/a", "https://news.quay.example/"));
  EXPECT_FALSE(same_site("https://quay.example", "https://otherquay.example"));
  EXPECT_FALSE(same_site("https://quay.example", "https://pier.example"));
  EXPECT_FALSE(same_site("", ""));
}

}  // namespace
}  // namespace onrecord
