#include "language/tokenizer.h"

#include <algorithm>

#include "language/characters.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

bool is_word_character(char32_t c) { return is_letter(c) || is_digit(c); }

/// The end of an address, @name or #tag that begins at `begin`, or `begin`.
std::uint32_t address_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const std::string_view rest = text.substr(begin, end - begin);
  const bool address =
      rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
  const bool tag =
      rest.size() > 1 && (rest[0] == '@' || rest[0] == '#') && is_word_character(after(text, begin + 1));
  if (!address && !tag) return begin;
  std::uint32_t at = begin + 1;
  while (at < end) {
    const CodePoint here = decode_at(text, at);
    if (is_space(here.value) || (here.value != U'\'' && is_quotation_mark(here.value))) break;
    if (tag && !is_word_character(here.value) && here.value != U'_') break;
    at += here.size;
  }
  while (at > begin + 1 && std::string_view(".,;:!?)").contains(text[at - 1])) --at;
  return at;
}

/// The end of a run of `mark` at `begin`.
std::uint32_t run_end(std::string_view text, std::uint32_t begin, std::uint32_t end, char mark) {
  std::uint32_t at = begin;
  while (at < end && text[at] == mark) ++at;
  return at;
}

std::uint32_t mark_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const char c = text[begin];
  if (c == '.' || c == '-') return run_end(text, begin, end, c);
  if (c == '`' || c == '\'') return std::min(run_end(text, begin, end, c), begin + 2);
  return begin + decode_at(text, begin).size;
}

/// Whether the character at `at`, which is no word character, joins the word characters around it.
bool joins(std::string_view text, std::uint32_t at, CodePoint here, std::uint32_t end) {
  if (at + here.size >= end) return false;
  const char32_t left = before(text, at);
  const char32_t right = after(text, at + here.size);
  if (!is_word_character(right)) return false;
  switch (here.value) {
    case U'-':
    case U'\u2010':
    case U'\u2011':
    case U'_':
    case U'&':
    case U'\'':
    case U'\u2019':
      return true;
    case U'/':
      return is_digit(left) && is_digit(right);
    case U'.':
      return (is_digit(left) && is_digit(right)) || (is_word_character(left) && is_lower(right));
    case U',':
    case U':':
      return is_digit(left) && is_digit(right);
    default:
      return false;
  }
}

/// Whether a word consists of letters with periods between them: "U.S", "J", "p.m".
bool is_initials(std::string_view word) {
  const std::size_t hyphen = word.find('-');
  if (hyphen == 1) word.remove_prefix(2);  // a party and a state: "D-N.Y."
  bool letter_next = true;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint here = decode_at(word, at);
    if (letter_next != (here.value != U'.') || (letter_next && !is_letter(here.value))) return false;
    letter_next = !letter_next;
    at += here.size;
  }
  return !letter_next;
}

/// Where the possessive or the contracted verb 's, 'll, 've, 're, 'd, 'm begins in a word, or its size.
std::size_t clitic_begin(std::string_view word) {
  for (const std::string_view mark : {"'", "\u2019"}) {
    const std::size_t at = word.rfind(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string tail = folded(word.substr(at + mark.size()));
    for (const std::string_view clitic : {"s", "ll", "ve", "re", "d", "m"}) {
      if (tail == clitic) return at;
    }
  }
  return word.size();
}

}  // namespace

Tokenizer::Tokenizer(const WordLists& lists) {
  for (const auto& row : lists.rows("abbreviations")) {
    const bool ends = row.size() > 1 && row[1] == "end";
    abbreviations_[row[0]] = ends ? AbbreviationUse::kMayEnd : AbbreviationUse::kInside;
  }
}

AbbreviationUse Tokenizer::abbreviation_use(std::string_view word) const {
  if (!word.ends_with('.')) return AbbreviationUse::kNone;
  const auto found = abbreviations_.find(std::string(word));
  if (found != abbreviations_.end()) return found->second;
  const std::string_view letters = word.substr(0, word.size() - 1);
  if (letters.empty() || !is_initials(letters)) return AbbreviationUse::kNone;
  return letters.contains('.') ? AbbreviationUse::kMayEnd : AbbreviationUse::kInside;
}

bool Tokenizer::takes_period(std::string_view word) const {
  if (is_initials(word) && is_upper(after(word, 0))) return true;
  if (word.contains('.') && is_initials(word)) return true;
  return word.size() < 24 && abbreviations_.contains(std::string(word) + ".");
}

std::uint32_t Tokenizer::word_end(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t at = begin;
  while (at < end) {
    const CodePoint here = decode_at(text, at);
    if (!is_word_character(here.value)) {
      const std::string_view word = text.substr(begin, at - begin);
      const bool initials = here.value == U'.' && word.size() < 16 && is_initials(word) &&
                            is_letter(after(text, at + 1)) && !is_letter(after(text, std::min(at + 2, end)));
      if (!initials && !joins(text, at, here, end)) break;
    }
    at += here.size;
  }
  if (at < end && text[at] == '.' && takes_period(text.substr(begin, at - begin))) ++at;
  return at;
}

void Tokenizer::tokenize(std::string_view text, Span range, const Limits& limits,
                         std::vector<Token>& tokens) const {
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    while (end - begin > limits.token_bytes) {
      std::uint32_t middle = begin + std::max<std::uint32_t>(limits.token_bytes, 4);
      while ((static_cast<unsigned char>(text[middle]) & 0xC0) == 0x80) --middle;
      tokens.push_back({{begin, middle}});
      begin = middle;
    }
    if (begin < end) tokens.push_back({{begin, end}});
  };
  for (std::uint32_t at = range.begin; at < range.end;) {
    const CodePoint here = decode_at(text, at);
    if (is_space(here.value)) {
      at += here.size;
      continue;
    }
    std::uint32_t end = address_end(text, at, range.end);
    if (end == at && is_word_character(here.value)) {
      end = word_end(text, at, range.end);
      const auto clitic = static_cast<std::uint32_t>(clitic_begin(text.substr(at, end - at)));
      add(at, at + clitic);
      add(at + clitic, end);
    } else {
      if (end == at) end = mark_end(text, at, range.end);
      add(at, end);
    }
    at = end;
  }
}

}  // namespace onrecord
