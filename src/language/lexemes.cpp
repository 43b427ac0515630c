#include "language/lexemes.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "language/python_text.h"
#include "text/utf8.h"

namespace onrecord::spacy {
namespace {

struct NormGroup {
  std::string_view norm;
  std::vector<std::string_view> words;
};

using NormMap = std::unordered_map<std::string_view, std::string_view>;

/// BASE_NORMS of spaCy (lang/norm_exceptions.py): marks that count as their plain form. They are in no model
/// file.
NormMap make_base_norms() {
  const NormGroup groups[] = {
      {"'", {"’", "‘", "´", "`"}},
      {"'s", {"'s", "'S", "’s", "’S"}},
      {"\"", {"”", "“", "''", "``", "´´", "„", "»", "«", "‘‘", "’’"}},
      {"?", {"？"}},
      {"!", {"！"}},
      {",", {"，"}},
      {";", {"；"}},
      {":", {"："}},
      {".", {"。", "।"}},
      {"...", {"…"}},
      {"-", {"—", "–", "--", "---", "——"}},
      {"$", {"€", "£", "¥", "฿", "US$", "C$", "A$", "₺", "₹", "৳", "₩", "Mex$", "₣", "E£"}},
  };
  NormMap map;
  for (const NormGroup& group : groups) {
    for (const std::string_view word : group.words) map.emplace(word, group.norm);
  }
  return map;
}

std::string_view first_code_point(std::string_view text) {
  return text.empty() ? text : text.substr(0, decode_at(text, 0).size);
}

std::string_view last_code_points(std::string_view text, std::size_t count) {
  std::size_t begin = text.size();
  for (std::size_t i = 0; i < count && begin > 0; ++i) begin -= decode_before(text, begin).size;
  return text.substr(begin);
}

char32_t shape_of(char32_t c) {
  if (is_alphabetic(c)) return is_uppercase(c) ? U'X' : U'x';
  return is_digit(c) ? U'd' : c;
}

std::string shape_of(std::string_view text) {
  constexpr std::size_t kLong = 100;  // code points, from which spaCy gives no shape
  constexpr std::size_t kLongestRun = 4;
  if (text.size() >= kLong && count_code_points(text) >= kLong) return "LONG";
  std::string shape;
  char32_t last = 0;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    at += c.size;
    const char32_t kind = shape_of(c.value);
    run = run > 0 && kind == last ? run + 1 : 1;
    last = kind;
    if (run <= kLongestRun) append_utf8(shape, kind);
  }
  return shape;
}

}  // namespace

Result<Norms> Norms::read(const ModelFile& file) {
  Norms norms;
  const auto values = StringList::read(file.section("norms.values"));
  if (!values) return std::unexpected(values.error());
  norms.values_ = *values;
  const auto ids = file.array<StringId>("norms.ids", values->size());
  if (!ids) return std::unexpected(ids.error());
  norms.ids_ = *ids;
  return norms;
}

std::string Norms::of(std::string_view text) const {
  static const NormMap base = make_base_norms();
  const auto id = std::ranges::lower_bound(ids_, string_id(text));
  if (id != ids_.end() && *id == string_id(text)) {
    return std::string(values_[static_cast<std::size_t>(id - ids_.begin())]);
  }
  if (const auto found = base.find(text); found != base.end()) return std::string(found->second);
  return lower(text);
}

LexicalAttributes lexical_attributes(std::string_view text, std::string_view norm, const Norms& norms) {
  constexpr std::size_t kSuffixLength = 3;
  LexicalAttributes attributes;
  attributes.orth = string_id(text);
  attributes.norm = norm.empty() ? string_id(norms.of(text)) : string_id(norm);
  attributes.prefix = string_id(first_code_point(text));
  attributes.suffix = string_id(last_code_points(text, kSuffixLength));
  attributes.shape = string_id(shape_of(text));
  attributes.is_space = is_space(text);
  return attributes;
}

std::string_view LexemeTable::keep(std::string_view text) {
  constexpr std::size_t kPage = 1U << 16;
  if (text.size() > page_left_) {
    const std::size_t size = std::max(kPage, text.size());
    pages_.push_back(std::make_unique_for_overwrite<char[]>(size));
    page_at_ = pages_.back().get();
    page_left_ = size;
    page_bytes_ += size;
  }
  std::memcpy(page_at_, text.data(), text.size());
  const std::string_view kept(page_at_, text.size());
  page_at_ += text.size();
  page_left_ -= text.size();
  return kept;
}

std::uint32_t LexemeTable::intern(std::string_view text, std::string_view norm, const Norms& norms) {
  std::uint64_t hash = hash_string(text);
  if (!norm.empty()) hash ^= hash_string(norm) | 1;
  if (const std::uint32_t number = numbers_.find(hash, text); number != TextMap::kNone) return number;
  const auto number = static_cast<std::uint32_t>(lexemes_.size());
  Lexeme lexeme;
  lexeme.text = keep(text);
  lexeme.lower = keep(lower(text));
  lexeme.attributes = lexical_attributes(text, norm, norms);
  lexemes_.push_back(lexeme);
  numbers_.insert(hash, lexeme.text, number);
  return number;
}

void LexemeTable::clear() {
  lexemes_.clear();
  numbers_.clear();
  pages_.clear();
  page_left_ = 0;
  page_bytes_ = 0;
  ++generation_;
}

std::size_t LexemeTable::bytes() const {
  return page_bytes_ + numbers_.bytes() + lexemes_.capacity() * sizeof(Lexeme);
}

}  // namespace onrecord::spacy
