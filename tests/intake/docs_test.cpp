// The documentation states the numbers that are in force.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "intake/format.h"
#include "onrecord/limits.h"

namespace onrecord {
namespace {

std::string formats_document() {
  std::stringstream text;
  text << std::ifstream(ONRECORD_SOURCE_DIR "/docs/formats.md").rdbuf();
  return text.str();
}

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

TEST(FormatsDocument, StatesEveryLimit) {
  const std::string text = formats_document();
  for (const LimitRow& row : limit_table(Limits{})) {
    EXPECT_NE(text.find(fmt::format("| `{}` | {}", row.name, with_commas(row.value))), std::string::npos)
        << row.name;
  }
}

TEST(FormatsDocument, SaysOfEveryLimitWhatTheProgramSays) {
  std::string text = formats_document();
  std::erase(text, '`');
  for (const LimitRow& row : limit_table(Limits{})) {
    EXPECT_NE(text.find(fmt::format("| {} |", row.meaning)), std::string::npos) << row.name;
  }
}

TEST(FormatsDocument, NamesEveryExtension) {
  const std::string text = formats_document();
  for (const std::string_view extension : document_extensions()) {
    EXPECT_NE(text.find(fmt::format("`.{}`", extension)), std::string::npos) << extension;
  }
}

}  // namespace
}  // namespace onrecord
