#include "reading/offices.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "language/plain_document.h"
#include "reading/plain_reader.h"

namespace onrecord {
namespace {

/// Word lists with the offices of an invented country.
WordLists lists() {
  std::string pattern = (std::filesystem::temp_directory_path() / "onrecord_offices_XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  std::ofstream(folder / "demonyms.txt") << "norland\tnorlandic\n";
  std::ofstream(folder / "offices.txt")
      << "chancellor\tnorland\tJane Quill\t2030-01-01\t2031-06-30\tinvented\n"
         "chancellor\tnorland\tIvo Drumlane\t2031-06-30\t2033-06-30\tinvented\n"
         "vice chancellor\tnorland\tOda Fern\t2030-01-01\t2031-06-30\tinvented\n"
         "delegate\tsandling\tAda Lowe\t2030-01-01\t2033-06-30\tinvented\n"
         "delegate\tsandling\tPeter Aas\t2030-01-01\t2033-06-30\tinvented\n"
         "delegate\tquaymouth\tMira Dunn\t2030-01-01\t2033-06-30\tinvented\n";
  auto made = WordLists::with_folder(folder);
  std::filesystem::remove_all(folder);
  EXPECT_TRUE(made.has_value());
  return made ? std::move(*made) : WordLists{};
}

/// Who says the first thing in `text`.
Resolved speaker(std::string_view text, std::string_view published = "2031-03-04") {
  static const WordLists words = lists();
  static const auto reader = make_plain_reader(words);
  static const Tokenizer tokenizer{words};
  Article article;
  article.text = std::string(text);
  article.paragraphs = {{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody}};
  article.fields = {{"published", std::string(published), "option", {}}};
  const auto quotations = reader->read(article, make_document(article, tokenizer, Limits{}), Limits{});
  EXPECT_TRUE(quotations.has_value() && !quotations->empty()) << text;
  return quotations && !quotations->empty() ? quotations->front().speaker : Resolved{};
}

TEST(Offices, AnOfficeWithItsPlaceIsItsHolder) {
  const Resolved quill = speaker("\"We will stay,\" the Norlandic chancellor said.");
  EXPECT_EQ(quill.value, "Jane Quill");
  EXPECT_EQ(quill.reason, "chancellor of norland on the day of publication (offices)");
  EXPECT_EQ(speaker("\"We will stay,\" Norland's chancellor said.").value, "Jane Quill");
  EXPECT_EQ(speaker("\"We will stay,\" the chancellor of Norland said.").value, "Jane Quill");
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said.", "2032-03-04T10:00:00Z").value,
            "Ivo Drumlane");
}

TEST(Offices, ATitleAndASurnameAreTheHolder) {
  EXPECT_EQ(speaker("\"We will stay,\" Chancellor Quill said.").value, "Jane Quill");
  EXPECT_EQ(speaker("\"We will stay,\" Chancellor Lowe said.").value, "Lowe");
  EXPECT_EQ(speaker("\"We will stay,\" Chancellor Quill said.", "2032-03-04").value, "Quill");
}

TEST(Offices, OfSeveralHoldersItIsWhomTheArticleNames) {
  EXPECT_EQ(speaker("Ada Lowe came. \"We will stay,\" the Sandling delegate said.").value, "Ada Lowe");
  EXPECT_EQ(speaker("Lowe of the harbor came. \"We will stay,\" the Quaymouth delegate said.").value,
            "Mira Dunn");
  EXPECT_EQ(speaker("Ada Lowe and Peter Aas came. \"We will stay,\" the Sandling delegate said.").value, "");
  EXPECT_EQ(speaker("Ada Lowe came. \"We will stay,\" the delegate from Sandling said.").value, "Ada Lowe");
}

TEST(Offices, AnOfficeThatRegionsHaveNeedsThePlaceOrTheFullName) {
  EXPECT_EQ(speaker("\"We will stay,\" Delegate Lowe said.").value, "Lowe") << "of which region?";
  EXPECT_EQ(speaker("\"We will stay,\" Sandling Delegate Lowe said.").value, "Ada Lowe");
  EXPECT_EQ(speaker("Mira Dunn came. \"We will stay,\" the delegate said.").value, "Mira Dunn");
  EXPECT_EQ(speaker("Mira Dunn came. \"We will stay,\" the state delegate said.").value.find("Dunn"),
            std::string::npos);
}

TEST(Offices, WhoIsCalledSoIsNotTheOnlyOneThatHoldsIt) {
  const std::string called = "Delegate Peter Aas left. The crowd was large. It was cold. Rain fell. ";
  EXPECT_EQ(speaker(called + "Mira Dunn came. \"We will stay,\" the delegate said.").value, "Mira Dunn");
  EXPECT_EQ(speaker(called + "\"We will stay,\" the delegate said.").value, "Peter Aas");
}

TEST(Offices, WhoHeldItOrWillIsNotTheHolder) {
  EXPECT_EQ(speaker("\"We will stay,\" the former Norlandic chancellor said.").value.find("Quill"),
            std::string::npos);
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic vice chancellor said.").value, "Oda Fern");
  EXPECT_EQ(speaker("\"We will stay,\" the deputy chancellor of Norland said.").value.find("Quill"),
            std::string::npos);
  EXPECT_EQ(speaker("\"We will stay,\" the chancellor said.").value.find("Quill"), std::string::npos)
      << "of what?";
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said.", "2031-06-30").value.find("Quill"),
            std::string::npos)
      << "the day when the office changes hands";
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said.", "").value.find("Quill"),
            std::string::npos);
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said.", "2040-01-01").value.find("Quill"),
            std::string::npos);
}

TEST(Offices, TheArticlesOwnNameForTheHolderGoesFirst) {
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said. Chancellor Jane B. Quill left.").value,
            "Jane B. Quill");
  EXPECT_EQ(speaker("\"We will stay,\" the Norlandic chancellor said. Ada Quill left.").value.find("Jane"),
            std::string::npos)
      << "the article may mean her";
}

}  // namespace
}  // namespace onrecord
