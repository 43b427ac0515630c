#include "text/word_list.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace onrecord {
namespace {

TEST(WordLists, AFolderAddsAndTakesAway) {
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("onrecord_word_list_test." + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "reporting_verbs.txt") << "# ours\nbellow\n-say\n";
  const auto lists = WordLists::with_folder(folder);
  ASSERT_TRUE(lists.has_value()) << lists.error().message;
  const auto verbs = lists->entries("reporting_verbs");
  EXPECT_TRUE(std::ranges::find(verbs, "bellow") != verbs.end());
  EXPECT_FALSE(std::ranges::find(verbs, "say") != verbs.end());
  EXPECT_TRUE(std::ranges::find(verbs, "announce") != verbs.end());
  std::ofstream(folder / "reprting_verbs.txt") << "bellow\n";
  EXPECT_FALSE(WordLists::with_folder(folder).has_value());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace onrecord
