#include "compare/raw_words.h"

#include <algorithm>
#include <utility>

#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr char32_t kEllipsis = 0x2026;

bool is_ascii_letter(char32_t c) { return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }
bool is_currency(char32_t c) { return c == '$' || c == 0x20AC || c == 0xA3; }
/// Letters of any script; of the blocks of punctuation none.
bool is_letter(char32_t c) {
  if (c < 0x80) return is_ascii_letter(c);
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2070) &&
         !(c >= 0x20A0 && c < 0x20D0) && !(c >= 0x2190 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3040) &&
         c < 0xFE00;
}

/// Cuts one piece into words.
class Scanner {
 public:
  Scanner(std::string_view text, Span piece) : text_(text.substr(0, piece.end)), at_(piece.begin) {}

  std::vector<RawWord> scan() {
    while (at_ < text_.size()) step();
    return std::move(words_);
  }
  [[nodiscard]] bool ends_in_gap() const { return gap_; }

 private:
  [[nodiscard]] CodePoint peek(std::size_t at) const {
    return at < text_.size() ? decode_at(text_, at) : CodePoint{0, 1};
  }

  void step() {
    const CodePoint here = peek(at_);
    if (is_currency(here.value) && is_digit(peek(at_ + here.size).value)) return word(here.value);
    if (is_letter(here.value) || is_digit(here.value)) return word(0);
    if (is_apostrophe(here.value) && starts_clipped_word()) return word(0);
    mark(here);
    at_ += here.size;
  }

  /// "'em", "'cause"
  [[nodiscard]] bool starts_clipped_word() const {
    const std::size_t next = at_ + peek(at_).size;
    const std::string_view rest = text_.substr(std::min(next, text_.size()));
    return rest.starts_with("em ") || rest.starts_with("cause ");
  }

  void mark(CodePoint here) {
    switch (here.value) {
      case kEllipsis:
        gap_ = true;
        break;
      case '.':
        if (dots_ahead() >= 3) {
          gap_ = true;
        } else if (!follows_abbreviation()) {
          sentence_ = true;
        }
        break;
      case '!':
      case '?':
        sentence_ = true;
        break;
      case ':':
      case '"':
      case 0x201C:
        sentence_ = true;
        joined_ = false;
        return;
      case '[':
      case '(':
        open_bracket(here.value);
        break;
      case ']':
      case ')':
        bracket_end_ = 0;
        break;
      case '&':
        return;
      case ' ':
      case '-':
      case 0x2010:
      case 0x2011:
        return;  // what words may be joined by
      default:
        break;
    }
    joined_ = false;
  }

  /// Dots from here on, spaces between them passed over: ". . ." has three.
  [[nodiscard]] std::size_t dots_ahead() const {
    std::size_t dots = 0;
    for (std::size_t at = at_; at < text_.size() && (text_[at] == '.' || text_[at] == ' '); ++at)
      dots += text_[at] == '.' ? 1U : 0U;
    // ". . . ." steps dot by dot: those behind the first count as well.
    for (std::size_t at = at_; at > 0 && (text_[at - 1] == '.' || text_[at - 1] == ' '); --at)
      dots += text_[at - 1] == '.' ? 1U : 0U;
    return dots;
  }

  /// Whether the word before a full stop is short and has a capital: "Mr.", "Gen.", "U.S."
  [[nodiscard]] bool follows_abbreviation() const {
    constexpr std::uint32_t kLongest = 4;
    return !words_.empty() && words_.back().span.end == at_ && words_.back().initial_capital &&
           words_.back().span.size() <= kLongest && words_.back().span.size() > 1;
  }

  void open_bracket(char32_t which) {
    constexpr std::size_t kLongest = 120;
    const std::size_t close = text_.find(which == '[' ? ']' : ')', at_);
    if (close == std::string_view::npos || close - at_ > kLongest) return;
    std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    bracket_end_ = close;
    const bool has_word = std::ranges::any_of(inside, [](char c) {
      return is_ascii_letter(static_cast<unsigned char>(c)) || is_digit(static_cast<unsigned char>(c));
    });
    if (!has_word) gap_ = true;
    nothing_ = inside == "sic" || inside == "Sic" || inside == "SIC";
  }

  void word(char32_t currency) {
    RawWord raw;
    raw.currency = currency;
    const std::size_t begin = at_;
    raw.initial_capital = is_capital(currency == 0 ? begin : begin + 1);
    if (currency != 0) at_ += peek(at_).size;
    take(raw);
    raw.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    raw.all_capitals = raw.span.size() > 1 && std::ranges::none_of(cut(text_, raw.span), [](char c) {
                         return c >= 'a' && c <= 'z';
                       });
    raw.bracketed = at_ <= bracket_end_;
    raw.nothing = raw.bracketed && nothing_;
    raw.after_gap = std::exchange(gap_, false);
    raw.starts_sentence = std::exchange(sentence_, false);
    raw.joined = std::exchange(joined_, true);
    words_.push_back(std::move(raw));
  }

  [[nodiscard]] bool is_capital(std::size_t at) const {
    const char32_t c = peek(at).value;
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
  }

  /// Appends the letters, digits and inner marks that make the word.
  void take(RawWord& raw) {
    while (at_ < text_.size()) {
      const CodePoint here = peek(at_);
      const CodePoint next = peek(at_ + here.size);
      if (is_letter(here.value) || is_digit(here.value)) {
        append_lower(raw.lower, here.value);
      } else if (is_apostrophe(here.value) && is_letter(next.value)) {
        raw.lower += '\'';
      } else if (is_inner_mark(raw, here.value, next.value)) {
        raw.lower += static_cast<char>(here.value);
      } else if (!raw.lower.empty() && hides_letters(raw)) {
        take_hidden_letters(raw);
        continue;
      } else {
        return;
      }
      at_ += here.size;
    }
  }

  static void append_lower(std::string& lower, char32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) c += 0x20;
    append_utf8(lower, c);
  }

  /// "1,500.25", "10:30", "U.S."
  [[nodiscard]] bool is_inner_mark(const RawWord& raw, char32_t mark, char32_t next) const {
    if (raw.lower.empty()) return false;
    const bool after_digit = is_digit(static_cast<unsigned char>(raw.lower.back()));
    if (after_digit && (mark == ',' || mark == '.' || mark == ':')) return is_digit(next);
    if (mark != '.' || !raw.initial_capital) return false;
    const bool single_letter = raw.lower.size() == 1 || raw.lower[raw.lower.size() - 2] == '.';
    const bool in_initials = raw.lower.find('.') != std::string::npos;
    return single_letter &&
           (is_ascii_letter(next) ? is_capital(at_ + 1) : in_initials && raw.lower.back() != '.');
  }

  /// Whether what comes after the letters so far stands for letters that nobody prints: "f---", "sh*t".
  [[nodiscard]] bool hides_letters(const RawWord& raw) const {
    constexpr std::size_t kMostLetters = 3;  // before dashes; "well--" goes on with another word
    const char mark = text_[at_];
    if (mark == '*') return true;
    if (mark != '-' && mark != '_') return false;
    const std::size_t end = std::min(text_.find_first_not_of(mark, at_), text_.size());
    const bool is_pronoun = raw.lower == "i" || raw.lower == "a";
    return end - at_ >= 2 && raw.lower.size() < kMostLetters && !is_pronoun &&
           raw.lower.find('*') == std::string::npos;
  }
  void take_hidden_letters(RawWord& raw) {
    const std::size_t end = std::min(text_.find_first_not_of(text_[at_], at_), text_.size());
    raw.lower.append(end - at_, '*');
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t bracket_end_ = 0;
  bool nothing_ = false;
  bool gap_ = false;
  bool sentence_ = true;
  bool joined_ = false;
  std::vector<RawWord> words_;
};

}  // namespace

RawWords raw_words(std::string_view text, Span piece) {
  Scanner scanner(text, piece);
  RawWords raw;
  raw.words = scanner.scan();
  raw.ends_in_gap = scanner.ends_in_gap();
  return raw;
}

}  // namespace onrecord
