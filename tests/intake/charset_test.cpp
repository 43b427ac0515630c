#include "intake/charset.h"

#include <gtest/gtest.h>

#include <random>

#include "intake/charset_prescan.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

using namespace std::string_literals;

struct Case {
  std::string what;
  std::string bytes;
  CharsetEvidence evidence;
  std::string text;
  std::string charset;
  std::string found_in;
};

TEST(DecodeText, FollowsTheOrderOfEvidence) {
  const std::string french =
      "Le maire a d\xE9\x63lar\xE9 \xAB non \xBB. L'\xE9t\xE9 dernier, les \xE9lus ont d\xE9j\xE0 refus\xE9 "
      "le projet, a-t-elle rappel\xE9 \xE0 la presse.";
  const std::vector<Case> cases = {
      {"plain ASCII", "The mayor said no.", {}, "The mayor said no.", "utf-8", "utf-8"},
      {"UTF-8", "caf\xC3\xA9", {}, "café", "utf-8", "utf-8"},
      {"UTF-8 mark",
       "\xEF\xBB\xBF"
       "caf\xC3\xA9",
       {},
       "café",
       "utf-8",
       "bom"},
      {"UTF-16LE mark",
       "\xFF\xFE"
       "a\0\xE9\0"s,
       {},
       "aé",
       "utf-16le",
       "bom"},
      {"UTF-16BE mark and a pair", "\xFE\xFF\xD8\x3D\xDE\x00\0!"s, {}, "😀!", "utf-16be", "bom"},
      {"UTF-32LE mark", "\xFF\xFE\0\0a\0\0\0"s, {}, "a", "utf-32le", "bom"},
      {"UTF-32BE mark", "\0\0\xFE\xFF\0\0\0a"s, {}, "a", "utf-32be", "bom"},
      {"mark before header",
       "\xEF\xBB\xBF"
       "a",
       {"windows-1251", false},
       "a",
       "utf-8",
       "bom"},
      {"header", "\xCD\xE5\xF2", {"windows-1251", false}, "Нет", "windows-1251", "header"},
      {"header's alias", "\x93no\x94 \x80", {"ISO-8859-1", false}, "“no” €", "windows-1252", "header"},
      {"header before meta",
       "<meta charset=utf-8>\xE9",
       {"latin1", true},
       "<meta charset=utf-8>é",
       "windows-1252",
       "header"},
      {"meta",
       "<meta charset='windows-1251'>\xCD\xE5\xF2",
       {"", true},
       "<meta charset='windows-1251'>Нет",
       "windows-1251",
       "meta"},
      {"meta that is out of date",
       "<meta charset=iso-8859-1>\xC3\xA9\xE2\x80\x9C\xE2\x80\x9D",
       {"", true},
       "<meta charset=iso-8859-1>é“”",
       "utf-8",
       "utf-8"},
      {"http-equiv",
       "<META http-equiv=\"Content-Type\" content=\"text/html; charset=shift_jis\">\x82\xA0",
       {"", true},
       "<META http-equiv=\"Content-Type\" content=\"text/html; charset=shift_jis\">あ",
       "shift_jis",
       "meta"},
      {"XML declaration",
       "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\xE9",
       {"", true},
       "<?xml version=\"1.0\" encoding=\"windows-1252\"?>é",
       "windows-1252",
       "meta"},
      {"no meta in text",
       "<meta charset=windows-1251>\xE9",
       {"", false},
       "<meta charset=windows-1251>é",
       "windows-1252",
       "fallback"},
      {"UTF-16LE without mark", "T\0h\0e\0 \0m\0a\0y\0o\0r\0 \0"s, {}, "The mayor ", "utf-16le", "detection"},
      {"GB18030", "\xC4\xE3\xBA\xC3", {"gb2312", false}, "你好", "gb18030", "header"},
      {"EUC-KR", "\xBE\xC8\xB3\xE7", {"euc-kr", false}, "안녕", "euc-kr", "header"},
      {"KOI8-R", "\xED\xE9\xF2", {"koi8-r", false}, "МИР", "koi8-r", "header"},
      {"unknown label", "caf\xC3\xA9", {"no-such-charset", false}, "café", "utf-8", "utf-8"},
      {"UTF-7 is not known", "+ADw-", {"utf-7", false}, "+ADw-", "utf-8", "utf-8"},
  };
  for (const Case& c : cases) {
    const auto decoded = decode_text(c.bytes, c.evidence);
    ASSERT_TRUE(decoded) << c.what << ": " << decoded.error().message;
    EXPECT_EQ(decoded->text, c.text) << c.what;
    EXPECT_EQ(decoded->charset, c.charset) << c.what;
    EXPECT_EQ(decoded->found_in, c.found_in) << c.what;
    EXPECT_EQ(decoded->replaced, 0U) << c.what;
  }
  const auto decoded = decode_text(french, {});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->text.find("Le maire a déclaré « non »"), 0U);
}

TEST(DecodeText, ReadsEveryCharsetOfTheStandard) {
  for (const std::string_view label :
       {"ibm866",       "iso-8859-2",     "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",
        "iso-8859-7",   "iso-8859-8",     "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
        "koi8-r",       "koi8-u",         "macintosh",    "windows-874",  "windows-1250", "windows-1251",
        "windows-1252", "windows-1253",   "windows-1254", "windows-1255", "windows-1256", "windows-1257",
        "windows-1258", "x-mac-cyrillic", "gb18030",      "big5",         "euc-jp",       "shift_jis",
        "euc-kr",       "utf-16le",       "utf-16be"}) {
    EXPECT_EQ(charset_of_label(label), label);
    EXPECT_TRUE(decode_text("ab", {std::string(label), false})) << label;
  }
}

TEST(DecodeText, CountsWhatItReplaces) {
  const std::string words(1000, 'a');
  const auto utf8 = decode_text(words + "\xFF\xE2\x80 b", {"utf-8", false});
  ASSERT_TRUE(utf8);
  EXPECT_EQ(utf8->replaced, 3U);
  EXPECT_EQ(describe_encoding(*utf8), "utf-8, 3 bytes replaced");
  const auto japanese = decode_text(words + "\x81", {"shift_jis", false});
  ASSERT_TRUE(japanese);
  EXPECT_EQ(japanese->replaced, 1U);
  EXPECT_EQ(describe_encoding(*japanese), "shift_jis, 1 byte replaced");
  EXPECT_EQ(decode_text("caf\xE9", {"utf-8", false}).error().code, ErrorCode::kBadEncoding);
}

TEST(DecodeText, KeepsUtf8ThatIsDamagedInAFewPlaces) {
  const std::string words = "“No,” she said. “Never.” — caf\xC3\xA9\xFF";
  const auto decoded = decode_text(words + std::string(200, '.'), {});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->charset, "utf-8");
  EXPECT_EQ(decoded->replaced, 1U);
}

TEST(DecodeText, RefusesBinaryData) {
  EXPECT_EQ(decode_text("\0\1\2\3"s, {}).error().code, ErrorCode::kUnsupportedFormat);
  std::string controls;
  for (int i = 0; i < 100; ++i) controls += "\x01\x02\xFE";
  EXPECT_EQ(decode_text(controls, {}).error().code, ErrorCode::kBadEncoding);
}

TEST(DecodeText, AlwaysGivesValidUtf8) {
  std::mt19937 random(5);
  const std::vector<std::string> labels = {"",       "utf-8",  "shift_jis", "gb18030", "big5",
                                           "euc-jp", "euc-kr", "utf-16le",  "koi8-r"};
  for (int i = 0; i < 3000; ++i) {
    std::string bytes(random() % 300, '\0');
    const unsigned high = random() % 8;  // how many in eight are beyond ASCII
    for (char& c : bytes) c = static_cast<char>(random() % 8 < high ? random() : 'a' + random() % 20);
    const auto decoded = decode_text(bytes, {labels[random() % labels.size()], random() % 2 == 0});
    EXPECT_TRUE(!decoded || is_valid_utf8(decoded->text));
  }
}

TEST(DecodeText, ReadsLongTextAsIfItWereOnePiece) {
  // ICU works in blocks; a pair of UTF-16 units must not be cut at their ends.
  std::string bytes = "\xFF\xFE";
  std::string text;
  for (int i = 0; i < 50'000; ++i) bytes += "\x3D\xD8\x00\xDE"s, text += "😀";
  EXPECT_EQ(decode_text(bytes, {})->text, text);
  EXPECT_EQ(decode_text(bytes.insert(2, "a\0"s), {})->text, "a" + text);
}

TEST(CharsetInPage, FollowsTheStandard) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"<meta charset=\"utf-8\">", "utf-8"},
      {"<meta charset = koi8-r >", "koi8-r"},
      {"<!-- <meta charset=koi8-r> --><meta charset=big5>", "big5"},
      {"<!--><meta charset=koi8-r>", "koi8-r"},
      {"<a title='<meta charset=koi8-r>'><meta charset=big5>", "big5"},
      {"<meta name=charset content=koi8-r>", ""},
      {"<meta content='text/html; charset=koi8-r'>", ""},
      {"<meta http-equiv=content-type content='text/html; charset=\"koi8-r\"'>", "koi8-r"},
      {"<meta content='text/html;charset=koi8-r' http-equiv=Content-Type>", "koi8-r"},
      {"<meta charset=utf-16>", "utf-8"},
      {"<meta charset=nonsense><meta charset=big5>", "big5"},
      {"<metadata charset=koi8-r>", ""},
      {"<meta/charset=koi8-r>", "koi8-r"},
      {"<meta charset='koi8-r", "koi8-r"},
      {"<meta charset=", ""},
      {"<meta", ""},
      {"<", ""},
      {"<?x <meta charset=koi8-r>", ""},
  };
  for (const auto& [page, charset] : cases) EXPECT_EQ(charset_in_page(page), charset) << page;
}

}  // namespace
}  // namespace onrecord
