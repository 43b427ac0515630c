#include "reading/phrase_heads.h"

#include <algorithm>
#include <array>

#include "language/characters.h"

namespace onrecord {

std::string text_of(const Words& words, TokenRange phrase) {
  std::string out(cut(words.document().text, words.span(phrase)));
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::string_view last_word(std::string_view name) { return name.substr(name.rfind(' ') + 1); }

bool has_word(std::string_view name, std::initializer_list<std::string_view> list) {
  std::string word;
  for (const char c : folded(name) + ' ') {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (std::ranges::find(list, word) != list.end()) return true;
    word.clear();
  }
  return false;
}

bool is_acronym(std::string_view word) {
  return word.size() >= 2 && std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_post_nominal(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 10> kLetters = {"QC",  "KC",  "MP",  "MSP", "MEP",
                                                                "OBE", "CBE", "MBE", "PhD", "MD"};
  return std::ranges::find(kLetters, words.text(token)) != kLetters.end();
}

std::uint32_t noun_of(const Words& words, const Syntax& parse, TokenRange source) {
  const std::uint32_t head = parse.head_in(source);
  // A parse that takes the phrase for a clause: "Research conducted for the Harbor Board", "The LOWE
  // campaign projects".
  const std::string_view tag = words.document().tag(head);
  const bool noun_like = !tag.starts_with("VB") && tag != "DT";
  if (noun_like) return head;
  std::uint32_t noun = kNoToken;
  for (std::uint32_t t = source.begin; t < source.end; ++t) {
    if (words.document().tag(t).starts_with("NN"))
      noun = t;
    else if (noun != kNoToken)
      break;
  }
  return noun == kNoToken ? head : noun;
}

std::uint32_t head_of(const Words& words, const Syntax* parse, TokenRange source) {
  std::uint32_t at = source.begin;
  if (parse != nullptr) return noun_of(words, *parse, source);
  while (at < source.end) {
    const bool stops = at > source.begin && (words.is(at, WordClass::kPreposition) || words.equals(at, ",") ||
                                             words.equals(at, "(") || words.is(at, WordClass::kSubordinator));
    if (stops) break;
    ++at;
  }
  return at > source.begin ? at - 1 : source.begin;
}

}  // namespace onrecord
