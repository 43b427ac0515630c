#include "language/word_pieces.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cassert>
#include <functional>
#include <string>

#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::string_view kInside = "##";
constexpr std::size_t kLongestWord = 100;  // code points; longer ones are unknown

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_mark(char32_t c) {
  return (c >= U'!' && c <= U'/') || (c >= U':' && c <= U'@') || (c >= U'[' && c <= U'`') ||
         (c >= U'{' && c <= U'~');
}

bool is_mark(char32_t c) {
  return c < 0x80 ? is_ascii_mark(c) : (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}

bool is_white(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= U'\t' && c <= U'\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool is_dropped(char32_t c) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return false;
  if (c < 0x80) return c < 0x20 || c == 0x7F;
  constexpr auto kControls = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CN_MASK | U_GC_CO_MASK;
  return c == U'\uFFFD' || (U_GET_GC_MASK(static_cast<UChar32>(c)) & kControls) != 0;
}

// Each ideograph is a word of its own.
bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
         (c >= 0x2A700 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

// The text in canonical decomposition, so that accents are characters of their own.
std::string decomposed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const form = unorm2_getNFDInstance(&error);
  std::u16string from(text.size(), u'\0');
  std::int32_t size = 0;
  u_strFromUTF8(from.data(), static_cast<std::int32_t>(from.size()), &size, text.data(),
                static_cast<std::int32_t>(text.size()), &error);
  std::u16string to(static_cast<std::size_t>(size) * 4, u'\0');  // the longest decomposition of a UTF-16 unit
  const std::int32_t decomposed_size =
      unorm2_normalize(form, from.data(), size, to.data(), static_cast<std::int32_t>(to.size()), &error);
  std::string out(static_cast<std::size_t>(decomposed_size) * 3, '\0');
  std::int32_t bytes = 0;
  u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &bytes, to.data(), decomposed_size, &error);
  if (U_FAILURE(error)) return std::string(text);
  out.resize(static_cast<std::size_t>(bytes));
  return out;
}

}  // namespace

WordPieces::WordPieces(std::string_view vocabulary) {
  while (!vocabulary.empty()) {
    const std::size_t end = vocabulary.find('\n');
    std::string_view piece = vocabulary.substr(0, end);
    vocabulary.remove_prefix(end == std::string_view::npos ? vocabulary.size() : end + 1);
    const bool inside = piece.starts_with(kInside) && piece.size() > kInside.size();
    if (inside) piece.remove_prefix(kInside.size());
    spacy::TextMap& pieces = inside ? continues_ : begins_;
    const std::size_t hash = std::hash<std::string_view>()(piece);
    if (pieces.find(hash, piece) == spacy::TextMap::kNone)
      pieces.insert(hash, piece, static_cast<std::uint32_t>(size_));
    longest_ = std::max(longest_, piece.size());
    ++size_;
  }
  unknown_ = find_in(begins_, "[UNK]");
  if (unknown_ == spacy::TextMap::kNone) unknown_ = 0;
}

std::uint32_t WordPieces::find_in(const spacy::TextMap& pieces, std::string_view text) const {
  return pieces.find(std::hash<std::string_view>()(text), text);
}

std::uint32_t WordPieces::find(std::string_view piece) const {
  const std::uint32_t found = find_in(begins_, piece);
  return found == spacy::TextMap::kNone ? unknown_ : found;
}

void WordPieces::append(std::string_view token, std::size_t most, std::vector<std::uint32_t>& out) const {
  const std::size_t limit = out.size() + most;
  std::string letters;
  if (!is_ascii(token)) {
    letters = decomposed(token);
    token = letters;
  }
  std::string word;
  const auto close = [&] {
    if (!word.empty()) append_word(word, limit - out.size(), out);
    word.clear();
  };
  const std::size_t before = out.size();
  for (std::size_t at = 0; at < token.size() && out.size() < limit;) {
    const CodePoint c = decode_at(token, at);
    at += c.size;
    if (is_dropped(c.value) || u_charType(static_cast<UChar32>(c.value)) == U_NON_SPACING_MARK) continue;
    const bool alone = is_mark(c.value) || is_ideograph(c.value);
    if (alone || is_white(c.value)) close();
    if (is_white(c.value)) continue;
    append_utf8(word, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value))));
    if (alone && out.size() < limit) close();
  }
  if (out.size() < limit) close();
  if (out.size() == before) out.push_back(unknown_);
}

void WordPieces::append_word(std::string_view word, std::size_t most, std::vector<std::uint32_t>& out) const {
  const std::size_t before = out.size();
  const auto cannot_be_told = [&] {
    out.resize(before);
    out.push_back(unknown_);
  };
  if (count_code_points(word) > kLongestWord) return cannot_be_told();
  for (std::size_t at = 0; at < word.size();) {
    const spacy::TextMap& pieces = at == 0 ? begins_ : continues_;
    std::size_t end = std::min(word.size(), at + longest_);
    std::uint32_t found = spacy::TextMap::kNone;
    for (; end > at; --end) {
      if (!is_boundary(word, end)) continue;
      found = find_in(pieces, word.substr(at, end - at));
      if (found != spacy::TextMap::kNone) break;
    }
    if (found == spacy::TextMap::kNone) return cannot_be_told();
    out.push_back(found);
    at = end;
  }
  if (out.size() > before + most) out.resize(before + most);
}

}  // namespace onrecord
