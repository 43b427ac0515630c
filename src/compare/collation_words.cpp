#include "compare/collation_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "compare/word_forms.h"
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

/// A word as it stands in the text, with what was seen before it.
struct RawWord {
  std::string lower;  // straight apostrophes
  Span span;
  char32_t currency = 0;  // sign before a number, in its span
  bool initial_capital = false;
  bool all_capitals = false;
  bool bracketed = false;
  bool nothing = false;
  bool after_gap = false;
  bool starts_sentence = false;
  bool joined = false;  // only spaces or a hyphen between it and the word before
};

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

// --- numbers
// ------------------------------------------------------------------------------------------------

/// A number read from words, and how many of them.
struct ReadNumber {
  double value = 0;
  std::size_t words = 0;
  bool ordinal = false;
};

std::optional<double> digits_of(std::string_view lower) {
  std::string plain;
  for (const char c : lower) {
    if (c == ',') continue;
    if (!is_digit(static_cast<unsigned char>(c)) && c != '.') return std::nullopt;
    plain += c;
  }
  constexpr std::size_t kMostDigits = 15;  // that a double keeps
  if (plain.empty() || plain.size() > kMostDigits || !is_digit(static_cast<unsigned char>(plain[0])) ||
      std::ranges::count(plain, '.') > 1)
    return std::nullopt;
  return std::stod(plain);
}

/// Adds number words up as they come: "two hundred and five thousand".
class NumberReader {
 public:
  /// Takes the word in when a number may go on with it.
  bool take(std::string_view lower) {
    if (last_ == Last::kOrdinal) return false;
    if (const auto digits = digits_of(lower)) {
      if (last_ != Last::kNothing) return false;
      current_ = *digits;
      last_ = Last::kDigits;
      return true;
    }
    const auto word = number_word(lower);
    return word && take(*word);
  }
  [[nodiscard]] double value() const { return total_ + current_; }
  [[nodiscard]] bool ordinal() const { return last_ == Last::kOrdinal; }
  /// Whether "and" may stand here.
  [[nodiscard]] bool takes_and() const { return last_ == Last::kHundred || last_ == Last::kScale; }

 private:
  enum class Last { kNothing, kDigits, kUnit, kTens, kHundred, kScale, kOrdinal };
  bool take(NumberWord word) {
    using enum NumberWord::Kind;
    const auto amount = static_cast<double>(word.value);
    const bool fresh = last_ == Last::kNothing || takes_and();
    switch (word.kind) {
      case kUnit:
      case kOrdinal:
        if (!fresh && !(last_ == Last::kTens && amount < 10)) return false;
        current_ += amount;
        last_ = word.kind == kUnit ? Last::kUnit : Last::kOrdinal;
        return true;
      case kTens:
        if (!fresh) return false;
        current_ += amount;
        last_ = Last::kTens;
        return true;
      case kHundred:
        if (last_ != Last::kUnit && last_ != Last::kNothing && last_ != Last::kTens) return false;
        current_ = std::max(current_, 1.0) * amount;
        last_ = Last::kHundred;
        return true;
      case kScale:
        if (last_ == Last::kScale) return false;
        total_ += std::max(current_, 1.0) * amount;
        current_ = 0;
        last_ = Last::kScale;
        return true;
    }
    return false;
  }

  double total_ = 0;
  double current_ = 0;
  Last last_ = Last::kNothing;
};

ReadNumber read_number(const std::vector<RawWord>& words, std::size_t first) {
  ReadNumber number;
  NumberReader reader;
  for (std::size_t i = first; i < words.size() && (i == first || words[i].joined); ++i) {
    if (i > first && reader.takes_and() && words[i].lower == "and" && i + 1 < words.size() &&
        words[i + 1].joined) {
      NumberReader with_and = reader;
      if (with_and.take(words[i + 1].lower)) continue;
    }
    if (!reader.take(words[i].lower)) break;
    number = {reader.value(), i + 1 - first, reader.ordinal()};
  }
  return number;
}

std::string plain_number(double value) {
  const auto whole = static_cast<long long>(std::llround(value));
  return std::abs(value - static_cast<double>(whole)) < 1e-9 ? fmt::format("{}", whole)
                                                             : fmt::format("{}", value);
}

std::string ordinal_number(double value) {
  const auto number = static_cast<long long>(value);
  const long long last_two = number % 100;
  constexpr std::array<std::string_view, 4> kEndings = {"th", "st", "nd", "rd"};
  const bool regular = last_two >= 11 && last_two <= 13;
  const auto last = static_cast<std::size_t>(number % 10);
  return fmt::format("{}{}", number, regular || last > 3 ? kEndings[0] : kEndings.at(last));
}

char32_t currency_word(std::string_view lower) {
  if (lower == "dollar" || lower == "dollars") return '$';
  if (lower == "euro" || lower == "euros") return 0x20AC;
  if (lower == "pound" || lower == "pounds") return 0xA3;
  return 0;
}

// --- words
// --------------------------------------------------------------------------------------------------

/// "F.B.I" is "fbi".
std::string without_dots(std::string word) {
  std::erase(word, '.');
  return word;
}

std::uint64_t code_of(std::string_view folded) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash ^ (hash >> 32U);
}

class Folder {
 public:
  Folder(std::string_view text, std::uint32_t piece, const std::vector<RawWord>& raw,
         std::vector<CollationWord>& words)
      : text_(text), piece_(piece), raw_(raw), words_(words) {}

  void fold() {
    for (std::size_t i = 0; i < raw_.size();) i += fold_at(i);
  }

 private:
  /// Gives how many raw words it took.
  std::size_t fold_at(std::size_t i) {
    const ReadNumber number = read_number(raw_, i);
    if (number.words > 0) return fold_number(i, number);
    if (raw_[i].lower == "per" && i + 1 < raw_.size() && raw_[i + 1].lower == "cent") {
      add(i, 2, "percent");
      return 2;
    }
    fold_word(i);
    return 1;
  }

  std::size_t fold_number(std::size_t i, const ReadNumber& number) {
    std::size_t taken = number.words;
    std::string folded = number.ordinal ? ordinal_number(number.value) : plain_number(number.value);
    char32_t currency = raw_[i].currency;
    if (taken == 1 && folded == "1" && currency == 0) folded = "one";
    const auto next = [&](std::size_t ahead) {
      const std::size_t at = i + taken + ahead;
      return at < raw_.size() && raw_[at].joined ? std::string_view(raw_[at].lower) : std::string_view();
    };
    const std::uint32_t end = raw_[i + taken - 1].span.end;
    if (!number.ordinal && (next(0) == "percent" || (next(0) == "per" && next(1) == "cent"))) {
      taken += next(0) == "per" ? 2 : 1;
      folded = plain_number(number.value) + "%";
    } else if (end < text_.size() && text_[end] == '%') {
      folded = plain_number(number.value) + "%";
    } else if (currency == 0 && !number.ordinal) {
      currency = currency_word(next(0));
      if (currency != 0) {
        ++taken;
        folded = plain_number(number.value);
      }
    }
    if (currency != 0) append_utf8(folded, currency);
    add(i, taken, std::move(folded));
    return taken;
  }

  void fold_word(std::size_t i) {
    const RawWord& raw = raw_[i];
    if (raw.lower.find('*') != std::string::npos) {
      add(i, 1, raw.lower);
      words_.back().censored = true;
      return;
    }
    if (raw.all_capitals && raw.lower == "us") return add(i, 1, "u.s.");
    if (raw.lower.size() > 1 && raw.lower[1] == '.') {
      const std::string letters = without_dots(raw.lower);
      return add(i, 1, letters == "us" ? "u.s." : american_spelling(letters));
    }
    const auto parts = contraction_parts(raw.lower);
    if (parts.size() == 1) return add(i, 1, american_spelling(parts[0].folded));
    // The raw word may have a curly apostrophe, of three bytes: the first part ends where the second begins
    // in it.
    const std::uint32_t middle = raw.span.begin + bytes_of(raw, parts[0].size);
    add(i, 1, parts[0].folded);
    words_.back().span.end = middle;
    words_.back().contracted = true;
    add(i, 1, parts[1].folded);
    CollationWord& second = words_.back();
    second.span.begin = middle;
    second.after_gap = second.starts_sentence = second.capital = false;
    second.contracted = true;
  }

  /// Bytes that the first `size` bytes of the folded form take in the text.
  [[nodiscard]] std::uint32_t bytes_of(const RawWord& raw, std::size_t size) const {
    std::uint32_t at = raw.span.begin;
    for (std::size_t folded = 0; folded < size && at < raw.span.end;) {
      const CodePoint here = decode_at(text_, at);
      folded += is_apostrophe(here.value) ? 1U : here.size;
      at += here.size;
    }
    return at - raw.span.begin;
  }

  void add(std::size_t first, std::size_t count, std::string folded) {
    const RawWord& raw = raw_[first];
    CollationWord word;
    word.span = {raw.span.begin, raw_[first + count - 1].span.end};
    word.code = code_of(folded);
    word.stem = code_of(word_stem(folded));
    word.piece = piece_;
    word.weight = word_weight(folded);
    word.bracketed = raw.bracketed;
    word.nothing = raw.nothing;
    word.after_gap = raw.after_gap;
    word.starts_sentence = raw.starts_sentence;
    word.capital = raw.initial_capital && !raw.starts_sentence && !raw.after_gap &&
                   word.weight == WordWeight::kContent && word.span.size() > 1;
    word.folded = std::move(folded);
    words_.push_back(std::move(word));
  }

  std::string_view text_;
  std::uint32_t piece_;
  const std::vector<RawWord>& raw_;
  std::vector<CollationWord>& words_;
};

void mark_quoted(const Quotation& quotation, std::vector<CollationWord>& words) {
  const bool all = quotation.kind == QuotationKind::kDirect;
  std::size_t at = 0;
  for (CollationWord& word : words) {
    while (at < quotation.quoted.size() && quotation.quoted[at].end <= word.span.begin) ++at;
    word.quoted = all || (at < quotation.quoted.size() && quotation.quoted[at].overlaps(word.span));
  }
}

bool fits_censored(std::string_view censored, std::string_view other) {
  const std::size_t star = censored.find('*');
  const std::size_t last = censored.rfind('*');
  return other.size() > star && other.starts_with(censored.substr(0, star)) &&
         other.ends_with(censored.substr(last + 1));
}

/// What a contraction may stand for.
bool may_stand_for(std::string_view contraction, std::string_view word) {
  if (contraction == "'s") return word == "is" || word == "has";
  if (contraction == "'d") return word == "had" || word == "would";
  return false;
}

}  // namespace

std::vector<CollationWord> collation_words(std::string_view text, const Quotation& quotation) {
  std::vector<CollationWord> words;
  bool gap = false;
  for (std::uint32_t piece = 0; piece < quotation.content.size(); ++piece) {
    Scanner scanner(text, quotation.content[piece]);
    const std::vector<RawWord> raw = scanner.scan();
    const std::size_t first = words.size();
    Folder(text, piece, raw, words).fold();
    if (first < words.size() && (gap || piece > 0)) words[first].after_gap = true;
    gap = scanner.ends_in_gap();
  }
  mark_quoted(quotation, words);
  return words;
}

bool same_word(const CollationWord& a, const CollationWord& b) {
  if (a.code == b.code) return a.folded == b.folded;
  if (a.censored != b.censored)
    return a.censored ? fits_censored(a.folded, b.folded) : fits_censored(b.folded, a.folded);
  return may_stand_for(a.folded, b.folded) || may_stand_for(b.folded, a.folded);
}

bool near_word(const CollationWord& a, const CollationWord& b) {
  if (a.weight == WordWeight::kNumber || b.weight == WordWeight::kNumber) return false;
  if (a.weight == WordWeight::kModal || b.weight == WordWeight::kModal) return false;
  if (a.weight == WordWeight::kNegation || b.weight == WordWeight::kNegation) return false;
  return a.stem == b.stem || is_misprint(a.folded, b.folded);
}

}  // namespace onrecord
