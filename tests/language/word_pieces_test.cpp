#include "language/word_pieces.h"

#include <gtest/gtest.h>

#include <string>

namespace onrecord {
namespace {

constexpr std::string_view kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nharbor\n##master\n##s\ncafe\n\"\n,\n.\nun\n##able\na\n##"
    "b\n\u4E2D\n\u201C\ni\n##stanbul\n'";

std::vector<std::uint32_t> pieces_of(std::string_view token, std::size_t most = 8) {
  static const WordPieces pieces(kVocabulary);
  std::vector<std::uint32_t> out;
  pieces.append(token, most, out);
  return out;
}

using Pieces = std::vector<std::uint32_t>;

TEST(WordPieces, TheLongestKnownPieceComesFirst) {
  EXPECT_EQ(pieces_of("harbormasters"), (Pieces{4, 5, 6}));
  EXPECT_EQ(pieces_of("unable"), (Pieces{11, 12}));
}

TEST(WordPieces, CaseAndAccentsAreTakenOff) {
  EXPECT_EQ(pieces_of("HARBOR"), Pieces{4});
  EXPECT_EQ(pieces_of("Caf\u00E9"), Pieces{7});
  EXPECT_EQ(pieces_of("cafe\u0301"), Pieces{7});
  EXPECT_EQ(pieces_of("\u0130stanbul"), (Pieces{17, 18}));
}

TEST(WordPieces, MarksAndIdeographsStandAlone) {
  EXPECT_EQ(pieces_of("harbor,"), (Pieces{4, 9}));
  EXPECT_EQ(pieces_of("\u201Charbor.\""), (Pieces{16, 4, 10, 8}));
  EXPECT_EQ(pieces_of("\u4E2D\u4E2D"), (Pieces{15, 15}));
}

TEST(WordPieces, WhatCannotBePutTogetherIsUnknown) {
  EXPECT_EQ(pieces_of("quill"), Pieces{1});
  EXPECT_EQ(pieces_of("harborx,a"), (Pieces{1, 9, 13}));
  EXPECT_EQ(pieces_of(""), Pieces{1});
  EXPECT_EQ(pieces_of("\u200B"), Pieces{1});  // a control character: nothing is left
  EXPECT_EQ(pieces_of("a" + std::string(150, 'b')), Pieces{1});
}

TEST(WordPieces, NoTokenHasMoreThanItsShare) {
  EXPECT_EQ(pieces_of("a,a,a,a", 3), (Pieces{13, 9, 13}));
  EXPECT_EQ(pieces_of("abbbbbb", 3), (Pieces{13, 14, 14}));
}

}  // namespace
}  // namespace onrecord
