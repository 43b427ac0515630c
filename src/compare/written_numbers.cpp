#include "compare/written_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "compare/word_forms.h"

namespace onrecord {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<double> digits_of(std::string_view lower) {
  std::string plain;
  for (const char c : lower) {
    if (c == ',') continue;
    if (!is_digit(c) && c != '.') return std::nullopt;
    plain += c;
  }
  constexpr std::size_t kMostDigits = 15;  // that a double keeps
  if (plain.empty() || plain.size() > kMostDigits || !is_digit(plain[0]) ||
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

}  // namespace

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
}  // namespace onrecord
