#include "text/word_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "text/embedded_data.h"

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

TEST(WordLists, ARowThatAListCannotTakeIsToldByFileAndLine) {
  const auto folder = std::filesystem::temp_directory_path() / "onrecord_word_list_rows_test";
  std::filesystem::create_directories(folder);
  const auto message_for = [&](const char* list, const char* text) {
    std::ofstream(folder / list) << text;
    const auto lists = WordLists::with_folder(folder);
    std::filesystem::remove(folder / list);
    return lists ? std::string() : describe(lists.error());
  };
  using testing::HasSubstr;
  EXPECT_EQ(message_for("reporting_verbs.txt", "bellow\tspeech\tquote that\n"), "");
  EXPECT_THAT(message_for("reporting_verbs.txt", "# ours\nbellow\tloud\n"),
              HasSubstr("reporting_verbs.txt: line 2: \"loud\" in column 2"));
  EXPECT_THAT(message_for("reporting_verbs.txt", "bellow\tspeech\tquote loudly\n"), HasSubstr("\"loudly\""));
  EXPECT_THAT(message_for("reporting_verbs.txt", "bell\xFFow\n"), HasSubstr("line 1: not valid UTF-8"));
  EXPECT_THAT(message_for("speaker_nouns.txt", "growers\n"), HasSubstr("column 2 is missing"));
  EXPECT_THAT(message_for("venue_nouns.txt", "jetty\tplace\n"), HasSubstr("2 columns; the list has 1"));
  std::filesystem::remove_all(folder);
}

TEST(WordLists, TheCompiledInListsKeepTheirOwnRules) {
  const auto folder = std::filesystem::temp_directory_path() / "onrecord_word_list_own_test";
  std::filesystem::create_directories(folder);
  for (const EmbeddedData& list : embedded_data())
    std::ofstream(folder / (std::string(list.name) + ".txt")) << list.text();
  const auto lists = WordLists::with_folder(folder);
  EXPECT_TRUE(lists.has_value()) << describe(lists.error());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace onrecord
