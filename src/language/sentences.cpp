#include "language/sentences.h"

#include <array>

#include "language/characters.h"

namespace onrecord {
namespace {

bool is_end_mark(std::string_view word) {
  return word == "." || word == "?" || word == "!" || word == "\u2026" || word.starts_with("..");
}

bool is_closing(std::string_view text, Span span) {
  const std::string_view word = cut(text, span);
  if (word == ")" || word == "]" || word == "''" || word == "\u201D" || word == "\u00BB") return true;
  if (word != "\"" && word != "\u2019" && word != "'") return false;
  return is_space(after(text, span.end)) || !is_letter(after(text, span.end));
}

/// Words that begin a sentence after an abbreviation far more often than they belong to a name.
bool begins_sentence(std::string_view word) {
  static constexpr std::array<std::string_view, 40> kStarters = {
      "The",  "A",    "An",    "He",    "She",  "It",  "They",    "We",    "I",     "You",
      "His",  "Her",  "Its",   "Their", "But",  "And", "In",      "On",    "At",    "For",
      "This", "That", "These", "Those", "As",   "If",  "When",    "While", "After", "Before",
      "Some", "Many", "One",   "There", "What", "Who", "However", "Since", "With",  "Not"};
  for (const std::string_view starter : kStarters) {
    if (word == starter) return true;
  }
  return false;
}

}  // namespace

void split_sentences(std::string_view text, const Tokenizer& tokenizer, const std::vector<Token>& tokens,
                     std::uint32_t first, std::uint32_t last, std::uint32_t paragraph,
                     std::vector<Sentence>& sentences) {
  std::uint32_t begin = first;
  for (std::uint32_t at = first; at < last; ++at) {
    const std::string_view word = cut(text, tokens[at].span);
    const bool mark = is_end_mark(word);
    const bool abbreviation =
        !mark && tokenizer.abbreviation_use(word) == AbbreviationUse::kMayEnd && at + 1 < last;
    if (!mark && !abbreviation) continue;
    std::uint32_t next = at + 1;
    while (next < last && tokens[next].span.begin == tokens[next - 1].span.end &&
           (is_closing(text, tokens[next].span) || is_end_mark(cut(text, tokens[next].span)))) {
      ++next;
    }
    if (next < last) {
      const std::string_view following = cut(text, tokens[next].span);
      const char32_t initial = after(text, tokens[next].span.begin);
      if (is_lower(initial) || std::string_view(",;:)-").contains(following[0])) continue;
      if (following == "\u2014" || following == "\u2013") continue;
      const bool closed = next > at + 1;
      const bool quotation = is_quotation_mark(initial);
      if (abbreviation && !closed && !quotation && !begins_sentence(following)) continue;
    }
    sentences.push_back({begin, next, paragraph});
    begin = next;
    at = next - 1;
  }
  if (begin < last) sentences.push_back({begin, last, paragraph});
}

}  // namespace onrecord
