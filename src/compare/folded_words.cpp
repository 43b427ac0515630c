#include "compare/folded_words.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <bit>

#include "compare/link_blocks.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

/// What a byte is folded to when it is a letter or digit of ASCII; 0 for every other byte.
constexpr std::array<std::uint8_t, 256> make_folds() {
  std::array<std::uint8_t, 256> folds{};
  for (unsigned c = '0'; c <= '9'; ++c) folds[c] = static_cast<std::uint8_t>(c);
  for (unsigned c = 'a'; c <= 'z'; ++c) {
    folds[c] = static_cast<std::uint8_t>(c);
    folds[c - 32] = static_cast<std::uint8_t>(c);
  }
  return folds;
}
constexpr std::array<std::uint8_t, 256> kFolds = make_folds();

/// Letters take seven bits each in turn; a multiplication then spreads them (Fibonacci hashing, Knuth 6.4).
constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t add_letter(std::uint64_t letters, std::uint32_t letter) {
  return std::rotl(letters, 7) ^ letter;
}
constexpr std::uint32_t word_hash(std::uint64_t letters) {
  letters ^= letters >> 32U;
  return static_cast<std::uint32_t>((letters * kSpread) >> 32U);
}

/// The small letter without its accents, 0 when it is no letter and no digit.
char32_t folded_letter(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  if (u_isalnum(c) == 0) return 0;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* normal = unorm2_getNFDInstance(&status);
  std::array<UChar, 8> parts{};
  const std::int32_t size =
      U_SUCCESS(status) != 0 ? unorm2_getDecomposition(normal, c, parts.data(), parts.size(), &status) : -1;
  UChar32 base = c;
  if (size > 0 && U_SUCCESS(status) != 0) U16_GET(parts.data(), 0, 0, size, base);
  return static_cast<char32_t>(u_tolower(base));
}

bool is_opening(char32_t mark) { return mark == U'\u201C' || mark == U'\u201E' || mark == U'\u00AB'; }
bool is_closing(char32_t mark) { return mark == U'\u201D' || mark == U'\u00BB'; }
/// Parts no word: the soft hyphen, joiners of no width, accents that stand apart.
bool is_passed_over(char32_t c) {
  return c == U'\u00AD' || c == U'\u200B' || c == U'\u200C' || c == U'\u200D' || c == U'\u2060' ||
         (c >= U'\u0300' && c <= U'\u036F');
}

/// One paragraph, read once from left to right.
class Scan {
 public:
  Scan(std::string_view text, Span paragraph, bool open, FoldedWords& words)
      : text_(text), at_(paragraph.begin), end_(paragraph.end), begin_(paragraph.begin), words_(words) {
    first_word_ = words.size();
    goes_on_ = open;
  }

  bool run() {
    while (at_ < end_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (kFolds[byte] != 0) {
        word();
      } else if (byte == '"') {
        straight_mark();
        ++at_;
      } else if (byte < 0x80) {
        ++at_;
      } else {
        beyond_ascii();
      }
    }
    return quoted_;
  }

 private:
  void word() {
    const std::uint32_t begin = at_;
    std::uint64_t letters = 0;
    do {
      std::uint8_t fold = kFolds[static_cast<unsigned char>(text_[at_])];
      while (fold != 0) {
        letters = add_letter(letters, fold);
        if (++at_ == end_) break;
        fold = kFolds[static_cast<unsigned char>(text_[at_])];
      }
    } while (at_ < end_ && joins(letters));
    add(begin, letters);
  }

  /// Whether the word goes on at `at_`, where no letter of ASCII stands: takes apostrophes and letters beyond
  /// ASCII.
  bool joins(std::uint64_t& letters) {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte == '\'') return takes_apostrophe(1);
    if (byte < 0x80) return false;
    const CodePoint next = decode_at(text_, at_);
    if (next.value == U'\u2019') return takes_apostrophe(next.size);
    if (!is_passed_over(next.value)) {
      const char32_t letter = folded_letter(next.value);
      if (letter == 0) return false;
      letters = add_letter(letters, letter);
    }
    at_ += next.size;
    return at_ < end_;
  }

  bool takes_apostrophe(std::uint32_t size) {
    if (at_ + size >= end_) return false;
    const auto after = static_cast<unsigned char>(text_[at_ + size]);
    if (kFolds[after] == 0 && (after < 0x80 || folded_letter(decode_at(text_, at_ + size).value) == 0))
      return false;
    at_ += size;
    return true;
  }

  void add(std::uint32_t begin, std::uint64_t letters) {
    const bool is_first = words_.size() == first_word_;
    words_.push_back(
        {word_hash(letters), begin, at_, quoted_ ? WordKind::kQuoted : WordKind::kNarrative, is_first});
  }

  void beyond_ascii() {
    const CodePoint next = decode_at(text_, at_);
    if (folded_letter(next.value) != 0) {
      const std::uint32_t begin = at_;
      std::uint64_t letters = add_letter(0, folded_letter(next.value));
      at_ += next.size;
      while (at_ < end_ && (take_ascii(letters) || joins(letters))) {
      }
      add(begin, letters);
      return;
    }
    if (is_opening(next.value)) quoted_ = true;
    if (is_closing(next.value)) close();
    at_ += next.size;
  }
  bool take_ascii(std::uint64_t& letters) {
    const std::uint8_t fold = kFolds[static_cast<unsigned char>(text_[at_])];
    if (fold == 0) return false;
    letters = add_letter(letters, fold);
    ++at_;
    return true;
  }

  /// " opens after a space or an opening bracket, closes after anything else, unless a word follows at once
  /// and nothing is open.
  void straight_mark() {
    const char before = at_ > begin_ ? text_[at_ - 1] : ' ';
    const char after = at_ + 1 < end_ ? text_[at_ + 1] : ' ';
    const bool may_open = before == ' ' || before == '(' || before == '[' || before == '-' || before == '\t';
    const bool may_close = kFolds[static_cast<unsigned char>(after)] == 0;
    if (quoted_) {
      quoted_ = may_open && !may_close;
    } else if (!may_open && may_close) {
      close();
    } else {
      quoted_ = true;
    }
  }

  /// A closing mark; one that nothing opened here closes what the paragraph before left open.
  void close() {
    if (!quoted_ && goes_on_) {
      for (std::size_t i = first_word_; i < words_.size(); ++i) words_[i].kind = WordKind::kQuoted;
    }
    quoted_ = goes_on_ = false;
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t end_;
  std::uint32_t begin_;
  FoldedWords& words_;
  std::size_t first_word_ = 0;
  bool quoted_ = false;
  bool goes_on_ = false;  ///< the paragraph before ended inside a quotation
};

}  // namespace

void append_folded_words(std::string_view text, Span paragraph, bool& open, FoldedWords& words) {
  open = Scan(text, paragraph, open, words).run();
}

void append_story_words(const Article& article, FoldedWords& words) {
  const std::vector<bool> is_link = find_link_blocks(article);
  bool open = false;
  for (std::size_t i = 0; i < article.paragraphs.size(); ++i) {
    const Paragraph& paragraph = article.paragraphs[i];
    if (paragraph.role == ParagraphRole::kBody && !is_link[i]) {
      append_folded_words(article.text, paragraph.span, open, words);
    }
  }
}

void mark_quoted(FoldedWords& words, std::span<const Span> quoted) {
  auto word = words.begin();
  for (const Span span : quoted) {
    word = std::lower_bound(word, words.end(), span.begin,
                            [](const FoldedWord& one, std::uint32_t begin) { return one.begin < begin; });
    for (; word != words.end() && word->end <= span.end; ++word) word->kind = WordKind::kQuoted;
  }
}

}  // namespace onrecord
