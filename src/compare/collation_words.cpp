#include "compare/collation_words.h"

#include <algorithm>
#include <utility>

#include "compare/raw_words.h"
#include "compare/word_forms.h"
#include "compare/written_numbers.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }
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
    const RawWords raw = raw_words(text, quotation.content[piece]);
    const std::size_t first = words.size();
    Folder(text, piece, raw.words, words).fold();
    if (first < words.size() && (gap || piece > 0)) words[first].after_gap = true;
    gap = raw.ends_in_gap;
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
