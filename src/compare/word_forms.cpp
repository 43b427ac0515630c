#include "compare/word_forms.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <utility>

#include "text/word_list.h"

namespace onrecord {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Stems of spellings by their first three letters.
class Spellings {
 public:
  Spellings() {
    for (const auto& row : WordLists().rows("spelling_variants")) {
      if (row.size() > 2) {
        wholes_.emplace(row[0], row[1]);
      } else if (row.size() > 1) {
        stems_[row[0].substr(0, kKey)].emplace_back(row[0], row[1]);
      }
    }
  }
  [[nodiscard]] std::string fold(std::string word) const {
    if (const auto whole = wholes_.find(word); whole != wholes_.end()) return whole->second;
    const auto found = stems_.find(word.substr(0, kKey));
    if (found == stems_.end()) return word;
    for (const auto& [british, american] : found->second) {
      // "install" begins with "instal", and is right already.
      const bool is_american = american.size() > british.size() && word.starts_with(american);
      if (word.starts_with(british) && !is_american) return american + word.substr(british.size());
    }
    return word;
  }

 private:
  static constexpr std::size_t kKey = 3;
  std::unordered_map<std::string, std::string> wholes_;
  std::unordered_map<std::string, std::vector<std::pair<std::string, std::string>>> stems_;
};

std::string with_z(std::string word) {
  constexpr std::array<std::string_view, 8> kEndings = {"ise",   "ises", "ised",    "ising",
                                                        "isers", "iser", "isation", "isations"};
  constexpr std::size_t kShortest = 6;  // "rise", "wise", "prise" are other words
  if (word.size() < kShortest) return word;
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending)) continue;
    word[word.size() - ending.size() + 1] = 'z';
    return word;
  }
  return word;
}

std::unordered_map<std::string_view, NumberWord> number_words() {
  using enum NumberWord::Kind;
  std::unordered_map<std::string_view, NumberWord> words;
  constexpr std::array<std::string_view, 20> kUnits = {
      "zero",     "one",     "two",     "three",     "four",     "five",    "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  constexpr std::array<std::string_view, 20> kOrdinals = {
      "",           "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
      "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
      "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};
  constexpr std::array<std::string_view, 8> kTensWords = {"twenty", "thirty",  "forty",  "fifty",
                                                          "sixty",  "seventy", "eighty", "ninety"};
  constexpr std::array<std::pair<std::string_view, long long>, 4> kScales = {
      {{"thousand", 1'000},
       {"million", 1'000'000},
       {"billion", 1'000'000'000},
       {"trillion", 1'000'000'000'000}}};
  for (std::size_t i = 0; i < kUnits.size(); ++i) words[kUnits[i]] = {kUnit, static_cast<long long>(i)};
  for (std::size_t i = 1; i < kOrdinals.size(); ++i)
    words[kOrdinals[i]] = {kOrdinal, static_cast<long long>(i)};
  for (std::size_t i = 0; i < kTensWords.size(); ++i)
    words[kTensWords[i]] = {kTens, static_cast<long long>(i + 2) * 10};
  words["hundred"] = {kHundred, 100};
  for (const auto& [scale, value] : kScales) words[scale] = {kScale, value};
  return words;
}

std::unordered_map<std::string, WordWeight> weights() {
  const std::unordered_map<std::string_view, WordWeight> classes = {{"function", WordWeight::kFunction},
                                                                    {"light", WordWeight::kLight},
                                                                    {"negation", WordWeight::kNegation},
                                                                    {"modal", WordWeight::kModal},
                                                                    {"pronoun", WordWeight::kPronoun}};
  std::unordered_map<std::string, WordWeight> words;
  for (const auto& row : WordLists().rows("collation_words")) {
    if (const auto known = classes.find(row.at(1)); known != classes.end()) words[row[0]] = known->second;
  }
  return words;
}

/// Endings that make other forms of a word, the longest first.
constexpr std::array<std::string_view, 9> kInflections = {"ing", "ies", "ied", "es", "ed",
                                                          "s",   "d",   "'s",  "e"};

std::string_view stem(std::string_view word) {
  constexpr std::size_t kShortestStem = 3;
  for (const std::string_view ending : kInflections) {
    if (word.size() >= ending.size() + kShortestStem && word.ends_with(ending)) {
      word.remove_suffix(ending.size());
      break;
    }
  }
  // "carry", "carried"; "stop", "stopped"
  if (word.size() > kShortestStem && word.ends_with('y')) word.remove_suffix(1);
  if (word.size() > kShortestStem && word[word.size() - 1] == word[word.size() - 2]) word.remove_suffix(1);
  return word;
}

/// Forms of one word that share no beginning, or that other rules would miss.
constexpr std::array<std::string_view, 34> kFamilies = {
    " be am is are was were been being 's ",
    " have has had having got gotten get gets getting 'd 's ",
    " do does did done doing ",
    " go goes went gone going ",
    " say says said saying ",
    " make makes made making ",
    " take takes took taken taking ",
    " come comes came coming ",
    " see sees saw seen seeing ",
    " know knows knew known ",
    " give gives gave given giving ",
    " think thinks thought thinking ",
    " tell tells told telling ",
    " find finds found ",
    " leave leaves left leaving ",
    " feel feels felt ",
    " keep keeps kept ",
    " begin begins began begun ",
    " write writes wrote written writing ",
    " speak speaks spoke spoken ",
    " run runs ran running ",
    " bring brings brought ",
    " buy buys bought ",
    " lose loses lost losing ",
    " pay pays paid ",
    " meet meets met ",
    " stand stands stood ",
    " hold holds held ",
    " break breaks broke broken ",
    " choose chooses chose chosen ",
    " fall falls fell fallen ",
    " man men ",
    " woman women ",
    " child children ",
};

/// The number of the family that each word belongs to; a word of several has the first.
std::unordered_map<std::string_view, std::size_t> families() {
  std::unordered_map<std::string_view, std::size_t> of_words;
  for (std::size_t n = 0; n < kFamilies.size(); ++n) {
    const std::string_view family = kFamilies[n];
    for (std::size_t begin = 1; begin < family.size();) {
      const std::size_t end = family.find(' ', begin);
      of_words.try_emplace(family.substr(begin, end - begin), n);
      begin = end + 1;
    }
  }
  return of_words;
}

}  // namespace

std::string american_spelling(std::string_view lower) {
  static const Spellings spellings;
  return with_z(spellings.fold(std::string(lower)));
}

std::vector<ContractionPart> contraction_parts(std::string_view lower) {
  struct Whole {
    std::string_view word, first;
    std::size_t first_size;
    std::string_view second;
  };
  constexpr std::array<Whole, 9> kWholes = {{{"won't", "will", 2, "not"},
                                             {"can't", "can", 2, "not"},
                                             {"shan't", "shall", 3, "not"},
                                             {"cannot", "can", 3, "not"},
                                             {"gonna", "going", 3, "to"},
                                             {"wanna", "want", 3, "to"},
                                             {"gotta", "got", 3, "to"},
                                             {"let's", "let", 3, "us"},
                                             {"y'all", "you", 1, "all"}}};
  for (const Whole& whole : kWholes) {
    if (lower == whole.word) {
      return {{std::string(whole.first), whole.first_size},
              {std::string(whole.second), lower.size() - whole.first_size}};
    }
  }
  if (lower == "'em") return {{"them", lower.size()}};
  if (lower == "'cause" || lower == "cuz") return {{"because", lower.size()}};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEndings = {{{"n't", "not"},
                                                                                      {"'m", "am"},
                                                                                      {"'re", "are"},
                                                                                      {"'ve", "have"},
                                                                                      {"'ll", "will"},
                                                                                      {"'d", "'d"},
                                                                                      {"'s", "'s"}}};
  for (const auto& [ending, stands_for] : kEndings) {
    if (lower.size() <= ending.size() || !lower.ends_with(ending)) continue;
    const std::size_t size = lower.size() - ending.size();
    return {{std::string(lower.substr(0, size)), size}, {std::string(stands_for), ending.size()}};
  }
  return {{std::string(lower), lower.size()}};
}

std::optional<NumberWord> number_word(std::string_view lower) {
  static const auto words = number_words();
  const auto found = words.find(lower);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

WordWeight word_weight(std::string_view folded) {
  static const auto words = weights();
  if (!folded.empty() && folded[0] >= '0' && folded[0] <= '9') return WordWeight::kNumber;
  const auto found = words.find(std::string(folded));
  return found == words.end() ? WordWeight::kContent : found->second;
}

std::string word_stem(std::string_view folded) {
  static const auto of_words = families();
  if (const auto family = of_words.find(folded); family != of_words.end())
    return " " + std::to_string(family->second);
  return word_weight(folded) == WordWeight::kFunction ? std::string(folded) : std::string(stem(folded));
}

bool is_misprint(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 5;
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < kShortest || b.size() > a.size() + 1) return false;
  std::size_t begin = 0;
  while (begin < a.size() && a[begin] == b[begin]) ++begin;
  std::size_t end = 0;  // from behind
  while (end < a.size() - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  if (begin == 0) return false;  // "moral", "amoral"
  const std::size_t left_a = a.size() - begin - end;
  const std::size_t left_b = b.size() - begin - end;
  if (left_a <= 1 && left_b <= 1) return true;
  return left_a == 2 && left_b == 2 && a[begin] == b[begin + 1] && a[begin + 1] == b[begin];
}

}  // namespace onrecord
