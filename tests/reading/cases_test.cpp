// Runs every text case under tests/cases (its README.md defines the format).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "language/plain_document.h"
#include "onrecord/language.h"
#include "reading/learned_reader.h"
#include "reading/line_paragraphs.h"
#include "reading/plain_reader.h"
#include "reading/time_expressions.h"

namespace onrecord {
namespace {

using Expected = std::map<std::string, std::string>;

struct Case {
  std::string name;
  Expected header;
  std::string text;
  std::vector<Expected> quotations;
  std::vector<Expected> times;
  bool tells_quotations = false;  // "quotation" or "nothing" stands there
  bool tells_times = false;       // "time" or "no times"
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

std::string trimmed(const std::string& line) {
  const auto begin = line.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

void add_member(const std::string& line, Expected& members) {
  const auto colon = line.find(':');
  ASSERT_NE(colon, std::string::npos) << "no \"name: value\": " << line;
  members[trimmed(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
}

Case read_case(const std::filesystem::path& path, const std::filesystem::path& root) {
  Case found;
  found.name = path.lexically_relative(root).string();
  std::ifstream file(path);
  int part = 0;
  std::vector<Expected>* last = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (trimmed(line) == "---") {
      ++part;
    } else if (part == 1) {
      found.text += line + '\n';
    } else if (trimmed(line).empty() || line[0] == '#') {
      continue;
    } else if (part == 0) {
      add_member(line, found.header);
    } else if (trimmed(line) == "quotation") {
      last = &found.quotations;
      last->emplace_back();
    } else if (trimmed(line) == "time") {
      last = &found.times;
      last->emplace_back();
    } else if (trimmed(line) == "nothing") {
      found.tells_quotations = true;
    } else if (trimmed(line) == "no times") {
      found.tells_times = true;
    } else if (last != nullptr) {
      add_member(line, last->back());
    }
  }
  found.tells_quotations |= !found.quotations.empty();
  found.tells_times |= !found.times.empty();
  return found;
}

Article article_of(const Case& one) {
  Article article;
  article.text = one.text;
  article.paragraphs = line_paragraphs(article.text);
  for (const auto& [name, value] : one.header) article.fields.push_back({name, value, "case", {}});
  return article;
}

std::string words_of(std::string_view text, const Spans& spans) {
  std::string words;
  for (const Span& span : spans) words += (words.empty() ? "" : " | ") + std::string(cut(text, span));
  return words;
}

Expected members_of(std::string_view text, const Quotation& quotation) {
  Expected members;
  members["kind"] = name(quotation.kind);
  members["mode"] = name(quotation.mode);
  members["content"] = words_of(text, quotation.content);
  members["quoted"] = words_of(text, quotation.quoted);
  members["cue"] = words_of(text, quotation.cue);
  members["source"] = words_of(text, quotation.source);
  members["speaker"] = quotation.speaker.value;
  members["speaker_kind"] = name(quotation.speaker_kind);
  members["addressee"] = quotation.addressee.value;
  members["venue"] = quotation.venue.value;
  members["when"] = quotation.when.value;
  members["when_basis"] = name(quotation.when_basis);
  members["how_many"] = quotation.unnamed.how_many.value;
  members["unnamed_kind"] = quotation.unnamed.kind.value;
  members["unnamed_reason"] = quotation.unnamed.reason.value;
  members["authority"] = "";
  for (const AuthorityLink& link : quotation.authority)
    members["authority"] += (members["authority"].empty() ? "" : " | ") + link.name;
  for (auto& [member, value] : members) {
    if (value.empty()) value = "-";
  }
  return members;
}

Expected members_of(std::string_view text, const TimeExpression& time) {
  Expected members;
  members["text"] = cut(text, time.span);
  members["type"] = name(time.type);
  members["value"] = time.value;
  members["mod"] = time.mod;
  members["basis"] = name(time.basis);
  if (time.interval) {
    const std::string first = iso_of(time.interval->first);
    const std::string end = iso_of(time.interval->last);
    members["days"] = first == end ? first : first + "/" + end;
  } else {
    members["days"] = "";
  }
  for (auto& [member, value] : members) {
    if (value.empty()) value = "-";
  }
  return members;
}

std::string listed(const std::vector<Expected>& read, std::string_view what) {
  std::string out;
  for (const Expected& members : read) {
    out.append(what) += '\n';
    for (const auto& [member, value] : members)
      out.append("  ").append(member).append(": ").append(value) += '\n';
  }
  return out.empty() ? "nothing\n" : out;
}

void compare(const Case& one, const std::vector<Expected>& read, const std::vector<Expected>& expected,
             std::string_view what) {
  ASSERT_EQ(read.size(), expected.size()) << one.name << " was read as\n" << listed(read, what);
  for (std::size_t i = 0; i < read.size(); ++i) {
    for (const auto& [member, value] : expected[i]) {
      const auto found = read[i].find(member);
      EXPECT_EQ(found == read[i].end() ? "no such member" : found->second, value)
          << one.name << ", " << what << " " << i + 1 << ", " << member << "; read as\n"
          << listed(read, what);
    }
  }
}

void compare_times(const Case& one, const Article& article) {
  static const TimeReader reader{WordLists{}};
  const TimeReading reading =
      reader.read(article.text, article.paragraphs, date_of(article.field("published")));
  const auto mode = one.header.find("mode");
  if (mode != one.header.end()) {
    EXPECT_EQ(name(reading.mode), mode->second) << one.name << ": " << reading.mode_reason;
  }
  std::vector<Expected> read;
  for (const TimeExpression& time : reading.expressions) read.push_back(members_of(article.text, time));
  compare(one, read, one.times, "time");
}

/// The language model where `onrecord model install` puts it; none when it is not installed.
const LanguageModel* installed_model() {
  static const std::optional<LanguageModel> model = []() -> std::optional<LanguageModel> {
    const char* const data = std::getenv("XDG_DATA_HOME");
    const char* const home = std::getenv("HOME");
    if (data == nullptr && home == nullptr) return std::nullopt;
    const auto folder =
        data != nullptr ? std::filesystem::path(data) : std::filesystem::path(home) / ".local" / "share";
    auto opened = LanguageModel::open(folder / "onrecord" / "models" / "en_core_web_sm.model");
    return opened ? std::optional(*opened) : std::nullopt;
  }();
  return model ? &*model : nullptr;
}

Result<std::vector<Quotation>> read_plain(const Article& article) {
  static const Tokenizer tokenizer{WordLists{}};
  static const auto reader = make_plain_reader(WordLists{});
  return reader->read(article, make_document(article, tokenizer, Limits{}), Limits{});
}

Result<std::vector<Quotation>> read_learned(const Article& article, const LanguageModel& model,
                                            LearnedReading reading) {
  static const std::unique_ptr<Reader> readers[] = {
      make_learned_reader(WordLists{}, LearnedReading::kFast),
      make_learned_reader(WordLists{}, LearnedReading::kPrecise)};
  const auto& reader = readers[static_cast<std::size_t>(reading)];
  LanguageModel::Workspace workspace(model);
  const auto document = model.annotate(article, workspace, Keep::kEncoded);
  if (!document) return std::unexpected(document.error());
  return reader->read(article, *document, Limits{});
}

class TextCase : public testing::TestWithParam<Case> {};

TEST_P(TextCase, IsReadAsExpected) {
  const Case& one = GetParam();
  ASSERT_FALSE(one.text.empty()) << one.name << " has no text";
  const Article article = article_of(one);
  ASSERT_TRUE(one.tells_quotations || one.tells_times) << one.name << " expects nothing";
  if (one.tells_times) compare_times(one, article);
  if (!one.tells_quotations) return;
  const auto reading = one.header.find("reading");
  const std::string name = reading == one.header.end() ? "plain" : reading->second;
  ASSERT_TRUE(name == "plain" || name == "fast" || name == "precise") << name;
  if (name != "plain" && installed_model() == nullptr) GTEST_SKIP() << "the language model is not installed";
  const auto quotations =
      name == "plain" ? read_plain(article)
                      : read_learned(article, *installed_model(),
                                     name == "fast" ? LearnedReading::kFast : LearnedReading::kPrecise);
  ASSERT_TRUE(quotations.has_value()) << one.name << ": " << quotations.error().message;
  std::vector<Expected> read;
  for (const Quotation& quotation : *quotations) read.push_back(members_of(article.text, quotation));
  compare(one, read, one.quotations, "quotation");
}

std::vector<Case> all_cases() {
  const std::filesystem::path root = std::filesystem::path(ONRECORD_SOURCE_DIR) / "tests" / "cases";
  std::vector<Case> cases;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".case") cases.push_back(read_case(entry.path(), root));
  }
  std::ranges::sort(cases, {}, &Case::name);
  return cases;
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, TextCase, testing::ValuesIn(all_cases()), test_name);

TEST(TextCases, AreThere) { EXPECT_GE(all_cases().size(), 60U); }

}  // namespace
}  // namespace onrecord
