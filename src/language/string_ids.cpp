#include "language/string_ids.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace onrecord::spacy {
namespace {

// The symbols of spaCy 3 (symbols.pyx) by number. FLAG19 to FLAG63 and DEPRECATED001 to DEPRECATED276 stand
// between them by rule.
constexpr std::string_view kFirstSymbols[] = {
    "",         "IS_ALPHA",      "IS_ASCII",       "IS_DIGIT",          "IS_LOWER",
    "IS_PUNCT", "IS_SPACE",      "IS_TITLE",       "IS_UPPER",          "LIKE_URL",
    "LIKE_NUM", "LIKE_EMAIL",    "IS_STOP",        "IS_OOV_DEPRECATED", "IS_BRACKET",
    "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY"};
constexpr std::string_view kAttributeSymbols[] = {
    "ID",   "ORTH", "LOWER", "NORM",    "SHAPE",    "PREFIX", "SUFFIX",     "LENGTH", "CLUSTER", "LEMMA",
    "POS",  "TAG",  "DEP",   "ENT_IOB", "ENT_TYPE", "HEAD",   "SENT_START", "SPACY",  "PROB",    "LANG",
    "ADJ",  "ADP",  "ADV",   "AUX",     "CONJ",     "CCONJ",  "DET",        "INTJ",   "NOUN",    "NUM",
    "PART", "PRON", "PROPN", "PUNCT",   "SCONJ",    "SYM",    "VERB",       "X",      "EOL",     "SPACE"};
constexpr std::string_view kLabelSymbols[] = {
    "PERSON",      "NORP",      "FACILITY",  "ORG",   "GPE",    "LOC",        "PRODUCT", "EVENT",
    "WORK_OF_ART", "LANGUAGE",  "LAW",       "DATE",  "TIME",   "PERCENT",    "MONEY",   "QUANTITY",
    "ORDINAL",     "CARDINAL",  "acomp",     "advcl", "advmod", "agent",      "amod",    "appos",
    "attr",        "aux",       "auxpass",   "cc",    "ccomp",  "complm",     "conj",    "cop",
    "csubj",       "csubjpass", "dep",       "det",   "dobj",   "expl",       "hmod",    "hyph",
    "infmod",      "intj",      "iobj",      "mark",  "meta",   "neg",        "nmod",    "nn",
    "npadvmod",    "nsubj",     "nsubjpass", "num",   "number", "oprd",       "obj",     "obl",
    "parataxis",   "partmod",   "pcomp",     "pobj",  "poss",   "possessive", "preconj", "prep",
    "prt",         "punct",     "quantmod",  "relcl", "rcmod",  "root",       "xcomp",   "acl",
    "ENT_KB_ID",   "MORPH",     "ENT_ID",    "IDX",   "_"};

constexpr StringId kFirstFlag = 19;
constexpr StringId kLastFlag = 63;
constexpr StringId kFirstAttribute = 64;
constexpr StringId kBeforeDeprecated = kFirstAttribute + std::size(kAttributeSymbols) - 1;
constexpr StringId kDeprecatedCount = 276;
constexpr StringId kFirstLabel = kBeforeDeprecated + kDeprecatedCount + 1;
static_assert(kFirstLabel + std::size(kLabelSymbols) == 457, "spaCy 3 has 457 symbols");

using SymbolTable = std::unordered_map<std::string_view, StringId>;

SymbolTable make_symbol_table() {
  SymbolTable table;
  StringId next = 0;
  for (const std::string_view name : kFirstSymbols) table.emplace(name, next++);
  next = kFirstAttribute;
  for (const std::string_view name : kAttributeSymbols) table.emplace(name, next++);
  next = kFirstLabel;
  for (const std::string_view name : kLabelSymbols) table.emplace(name, next++);
  return table;
}

std::optional<StringId> number_after(std::string_view text, std::string_view prefix, std::size_t digits) {
  if (text.size() != prefix.size() + digits || !text.starts_with(prefix)) return std::nullopt;
  StringId number = 0;
  const char* const begin = text.data() + prefix.size();
  const auto [end, error] = std::from_chars(begin, begin + digits, number);
  if (error != std::errc() || end != begin + digits) return std::nullopt;
  return number;
}

std::optional<StringId> symbol(std::string_view text) {
  constexpr std::size_t kLongestSymbol = 17;  // IS_OOV_DEPRECATED
  if (text.size() > kLongestSymbol) return std::nullopt;
  static const SymbolTable table = make_symbol_table();
  if (const auto found = table.find(text); found != table.end()) return found->second;
  const auto flag = number_after(text, "FLAG", 2);
  if (flag && *flag >= kFirstFlag && *flag <= kLastFlag) return flag;
  const auto deprecated = number_after(text, "DEPRECATED", 3);
  if (deprecated && *deprecated >= 1 && *deprecated <= kDeprecatedCount)
    return kBeforeDeprecated + *deprecated;
  return std::nullopt;
}

}  // namespace

StringId hash_string(std::string_view text) {
  constexpr std::uint64_t kMultiplier = 0xC6A4A7935BD1E995;
  constexpr int kShift = 47;
  constexpr std::uint64_t kSeed = 1;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::uint64_t hash = kSeed ^ (text.size() * kMultiplier);
  std::size_t at = 0;
  for (; at + kWord <= text.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, kWord);
    word *= kMultiplier;
    word ^= word >> kShift;
    word *= kMultiplier;
    hash = (hash ^ word) * kMultiplier;
  }
  if (at < text.size()) {
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + at, text.size() - at);
    hash = (hash ^ rest) * kMultiplier;
  }
  hash = (hash ^ (hash >> kShift)) * kMultiplier;
  return hash ^ (hash >> kShift);
}

StringId string_id(std::string_view text) {
  if (const auto number = symbol(text)) return *number;
  return hash_string(text);
}

}  // namespace onrecord::spacy
