// Records in a folder of their own, and articles to put into them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/record.h"
#include "text/sha256.h"

namespace onrecord {

/// A folder that is gone with the test.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "onrecord_record_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// A folder in memory where there is one: for tests that sync hundreds of times and count on no power cut.
inline std::filesystem::path quick_folder() {
  const std::filesystem::path memory = "/dev/shm";
  return access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
}

/// The place of the first `words` in `text`; empty when they do not stand there.
inline Span find_words(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) return {};
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

/// A direct quotation of `words` by `speaker`, with the cue "said".
inline Quotation quotation_of(std::string_view text, std::string_view words, std::string_view speaker,
                              SpeakerKind kind = SpeakerKind::kPerson) {
  Quotation quotation;
  quotation.kind = QuotationKind::kDirect;
  quotation.content = quotation.quoted = {find_words(text, words)};
  quotation.content_with_marks = {{quotation.content[0].begin - 3, quotation.content[0].end + 1}};  // “ to ,
  const std::size_t cue = text.find("said", quotation.content[0].end);
  if (cue != std::string_view::npos) {
    quotation.cue = {{static_cast<std::uint32_t>(cue), static_cast<std::uint32_t>(cue + 4)}};
  }
  if (!speaker.empty()) {
    quotation.source = {find_words(text, speaker)};
    if (quotation.source[0].empty()) quotation.source.clear();
    quotation.speaker = {std::string(speaker), quotation.source, 0.9F, "named beside the cue"};
  }
  quotation.speaker_kind = kind;
  quotation.confidence = 0.95F;
  quotation.reason = "marks and the cue 'said'";
  return quotation;
}

struct Said {
  std::string_view words;
  std::string_view speaker;
  SpeakerKind kind = SpeakerKind::kPerson;
};

/// Sentences as far as these texts need them: they end with ". ".
inline Spans sentences_of(std::string_view text) {
  Spans sentences;
  std::size_t begin = 0;
  for (std::size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", begin)) {
    sentences.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at + 1)});
    begin = at + 2;
  }
  sentences.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size())});
  return sentences;
}

/// An article by "Harbor Wire"; its quotations must stand in the text.
inline ReadArticle read_article(std::string_view url, std::string_view text, const std::vector<Said>& said,
                                std::string_view published = "2031-03-04",
                                std::string_view title = "A harbor story") {
  ReadArticle read;
  read.article.text = std::string(text);
  read.article.paragraphs = {{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody}};
  const auto field = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) read.article.fields.push_back({std::string(name), std::string(value), "option", {}});
  };
  field("title", title);
  field("outlet", "Harbor Wire");
  field("published", published);
  field("canonical_url", url);
  read.sentences = sentences_of(text);
  for (const Said& one : said)
    read.quotations.push_back(quotation_of(text, one.words, one.speaker, one.kind));
  read.reading = "plain-1";
  read.original = {"harbor/" + hex(sha256(text)).substr(0, 6) + ".txt", {}, hex(sha256(text)), {}};
  return read;
}

inline RecordOptions for_writing() {
  RecordOptions options;
  options.mode = RecordOptions::Mode::kCreateOrWrite;
  options.now = [] { return std::string("2031-04-01T00:00:00Z"); };
  return options;
}

inline Record create_record(const std::filesystem::path& path) {
  auto record = Record::open(path, for_writing());
  EXPECT_TRUE(record.has_value()) << record.error().message;
  return std::move(*record);
}

template <class T>
T value_of(Result<T> result) {
  EXPECT_TRUE(result.has_value()) << describe(result.error());
  return result ? std::move(*result) : T{};
}

template <class T>
void expect_done(const Result<T>& result) {
  EXPECT_TRUE(result.has_value()) << (result ? "" : describe(result.error()));
}

/// Two articles that most tests begin with.
inline std::vector<ReadArticle> two_articles() {
  return {read_article("https://harbor.example/pier",
                       "“The pier will open in May,” Ada Lowe said. “We kept our word,” said the mayor.",
                       {{"The pier will open in May", "Ada Lowe"},
                        {"We kept our word", "the mayor", SpeakerKind::kUnknown}}),
          read_article("https://harbor.example/ferry",
                       "“No ferry sails in a storm,” Jun Park said, standing beside the café.",
                       {{"No ferry sails in a storm", "Jun Park"}}, "2031-03-09", "Ferries stay in port")};
}

}  // namespace onrecord
