#include "compare/story_terms.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace onrecord {
namespace {

/// What matters stands first; the rest of a long article only adds what all articles have.
constexpr std::size_t kTextBytes = 6'000;
/// About the first two sentences: where the names of an event stand.
constexpr std::size_t kLeadBytes = 300;
constexpr float kTitleWeight = 2;
/// Numbers of one event differ from report to report.
constexpr float kNumberWeight = 0.5F;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
/// Bytes of letters beyond ASCII are taken for letters: a word in another script is a word.
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Typographic marks begin with these bytes in UTF-8 (U+2000 to U+206F).
bool is_mark(std::string_view text, std::size_t at) { return text.substr(at).starts_with("\xE2\x80"); }

std::string lower(std::string_view word) {
  std::string out(word);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; });
  return out;
}

/// The word without the endings of English plurals and verb forms, as far as a few rules go.
std::string form_of(std::string word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view ending : {"ing", "ed", "es", "s"}) {
    if (word.size() > ending.size() + 3 && word.ends_with(ending) && !word.ends_with("ss"))
      return word.substr(0, word.size() - ending.size());
  }
  return word;
}

/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/).
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

struct Word {
  std::string_view text;
  bool begins_sentence = false;
};

/// Words and numbers of a text, with whether a sentence or a quotation may begin there.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  bool begins = true;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (is_mark(text, at)) {
      begins = begins || text.substr(at, 3) == "“";
      at += 3;
      continue;
    }
    if (!is_letter(c) && !is_digit(c)) {
      begins = begins || c == '.' || c == '!' || c == '?' || c == '\n' || c == '"';
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_mark(text, end) &&
           (is_letter(text[end]) || is_digit(text[end]) || text[end] == '-'))
      ++end;
    words.push_back({text.substr(at, end - at), begins});
    begins = false;
    at = end;
  }
  return words;
}

struct Gathered {
  float count = 0;
  bool capital_within = false;
  bool small = false;
  bool in_lead = false;
  std::string word;
};

}  // namespace

StoryTerms::StoryTerms(const WordLists& lists) {
  for (const std::string& word : lists.entries("function_words")) function_words_.insert(lower(word));
}

std::vector<StoryTerm> StoryTerms::of(const Article& article) const {
  std::map<std::string, Gathered> gathered;
  const auto gather = [&](std::string_view text, float weight, bool is_title) {
    for (const Word& word : words_of(text)) {
      const std::string small = lower(word.text);
      if (small.size() < 2 || function_words_.contains(small)) continue;
      const bool number = is_digit(small.front());
      Gathered& term = gathered[number ? "#" + small : form_of(small)];
      term.count += number ? kNumberWeight : weight;
      const bool capital = is_upper(word.text.front());
      term.small = term.small || !capital;
      term.capital_within = term.capital_within || (capital && !word.begins_sentence && !is_title);
      term.in_lead =
          term.in_lead || is_title || static_cast<std::size_t>(word.text.data() - text.data()) < kLeadBytes;
      if (term.word.empty()) term.word = word.text;
    }
  };
  gather(std::string_view(article.text).substr(0, kTextBytes), 1, false);
  gather(article.field("title"), kTitleWeight, true);
  std::vector<StoryTerm> terms;
  for (auto& [form, term] : gathered) {
    const bool is_name = term.capital_within && !term.small;
    const float count = term.count >= 1 ? 1 + std::log(term.count) : term.count;
    terms.push_back({hash_of(form), count, is_name, is_name && term.in_lead, std::move(term.word)});
  }
  std::ranges::sort(terms, {}, &StoryTerm::id);
  return terms;
}

}  // namespace onrecord
