#include "language/spacy_tokenizer.h"

#include <algorithm>

#include "language/python_text.h"
#include "text/utf8.h"

namespace onrecord::spacy {
namespace {

// A longer chunk is cut anew each time: it is no word that comes back.
constexpr std::size_t kLongestCachedChunk = 256;
// A longer one is no URL: the pattern's states times its length would have to be remembered.
constexpr std::size_t kLongestUrl = 10'000;

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    out.push_back(c.value);
    at += c.size;
  }
  return out;
}

/// Whether white space begins at `at`, and how many bytes the code point has.
struct Step {
  bool is_space = false;
  std::uint32_t size = 1;
};

Step step_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {is_space(char32_t{byte}), 1};
  const CodePoint c = decode_at(text, at);
  return {is_space(c.value), c.size};
}

}  // namespace

void TokenizerCache::clear() {
  lexemes.clear();
  begins_phrase.clear();
  chunks.clear();
  cuts.clear();
  pieces.clear();
}

Result<Tokenizer> Tokenizer::read(const ModelFile& file) {
  Tokenizer tokenizer;
  RecordReader record(file.section("tokenizer"));
  for (Pattern* const pattern :
       {&tokenizer.prefix_, &tokenizer.suffix_, &tokenizer.infix_, &tokenizer.url_}) {
    const std::string_view source = record.text();
    if (!is_valid_utf8(source)) return fail(ErrorCode::kDamaged, "the model's tokenizer is damaged");
    auto compiled = Pattern::compile(decode(source));
    if (!compiled) return std::unexpected(compiled.error());
    *pattern = std::move(*compiled);
  }
  if (!tokenizer.prefix_.consumes() || !tokenizer.suffix_.consumes() || !tokenizer.infix_.consumes()) {
    return fail(ErrorCode::kUnsupportedFormat,
                "a pattern of the tokeniser matches nothing, which is not supported");
  }
  const std::size_t count = record.count();
  for (std::size_t i = 0; i < count && record.good(); ++i) {
    const std::string_view text = record.text();
    SpecialCase tokens(record.count(2 * sizeof(std::uint64_t)));
    std::string joined;
    for (SpecialToken& token : tokens) {
      token.text = record.text();
      token.norm = record.text();
      joined += token.text;
    }
    const bool valid = !tokens.empty() && joined == text && is_valid_utf8(text) &&
                       std::ranges::all_of(tokens, [](const SpecialToken& token) {
                         return !token.text.empty() && is_valid_utf8(token.text) && is_valid_utf8(token.norm);
                       });
    if (!valid) return fail(ErrorCode::kDamaged, "the model's tokenizer is damaged");
    tokenizer.longest_special_ = std::max(tokenizer.longest_special_, text.size());
    tokenizer.special_cases_.insert_or_assign(std::string(text), std::move(tokens));
  }
  if (!record.good()) return fail(ErrorCode::kDamaged, "the model's tokenizer is damaged");
  tokenizer.find_phrases();
  return tokenizer;
}

const Tokenizer::SpecialCase* Tokenizer::special(std::string_view text) const {
  if (text.size() > longest_special_) return nullptr;
  const auto found = special_cases_.find(text);
  return found == special_cases_.end() ? nullptr : &found->second;
}

void Tokenizer::find_phrases() {
  TokenizerCache cache;
  for (const auto& entry : special_cases_) {
    const std::string& text = entry.first;
    const std::u32string code_points = decode(text);
    const bool has_affix =
        prefix_.search(code_points, 0, cache.scratch) || infix_.search(code_points, 0, cache.scratch) ||
        suffix_.search(code_points, 0, cache.scratch) || text.find(' ') != std::string::npos;
    if (!has_affix) continue;
    Phrase phrase;
    for (std::size_t begin = 0; begin < text.size();) {
      // Chunks as in first_pass.
      const bool space = step_at(text, begin).is_space;
      std::size_t end = begin;
      while (end < text.size() && step_at(text, end).is_space == space) end += step_at(text, end).size;
      const std::string_view chunk = std::string_view(text).substr(begin, end - begin);
      for (const Cut& cut : cuts_of(chunk, SpecialCases::kIgnore, cache)) {
        phrase.words.emplace_back(
            chunk.substr(cache.starts[cut.begin], cache.starts[cut.end] - cache.starts[cut.begin]));
      }
      begin = end < text.size() && text[end] == ' ' ? end + 1 : end;
    }
    if (!phrase.words.empty()) phrases_[phrase.words.front()].push_back(std::move(phrase));
  }
}

bool Tokenizer::is_url(std::uint32_t begin, std::uint32_t end, TokenizerCache& cache) const {
  if (end - begin > kLongestUrl) return false;
  const std::u32string_view text = std::u32string_view(cache.code_points).substr(begin, end - begin);
  // Every match of the pattern holds a full stop.
  if (text.find(U'.') == std::u32string_view::npos) return false;
  const auto match = url_.search(text, 0, cache.scratch);
  return match && match->begin == 0;
}

void Tokenizer::cut_infixes(std::uint32_t begin, std::uint32_t end, TokenizerCache& cache,
                            std::vector<Cut>& cuts) const {
  const std::u32string_view text = std::u32string_view(cache.code_points).substr(begin, end - begin);
  std::size_t done = 0;
  for (std::size_t from = 0;;) {
    const auto match = infix_.search(text, from, cache.scratch);
    if (!match) break;
    from = match->end;
    if (match->begin == 0) continue;  // its text stays with what follows
    const auto infix = static_cast<std::uint32_t>(match->begin);
    if (infix > done) cuts.push_back({begin + static_cast<std::uint32_t>(done), begin + infix, nullptr});
    cuts.push_back({begin + infix, begin + static_cast<std::uint32_t>(match->end), nullptr});
    done = match->end;
  }
  if (done < text.size()) cuts.push_back({begin + static_cast<std::uint32_t>(done), end, nullptr});
}

/// Steps 1 to 3 of the tokeniser for one chunk: special case, affixes, what is left in the middle.
std::vector<Tokenizer::Cut> Tokenizer::cuts_of(std::string_view chunk, SpecialCases use,
                                               TokenizerCache& cache) const {
  cache.code_points.clear();
  cache.starts.clear();
  for (std::size_t at = 0; at < chunk.size();) {
    const CodePoint c = decode_at(chunk, at);
    cache.code_points.push_back(c.value);
    cache.starts.push_back(static_cast<std::uint32_t>(at));
    at += c.size;
  }
  cache.starts.push_back(static_cast<std::uint32_t>(chunk.size()));
  const auto special_at = [&](std::uint32_t begin, std::uint32_t end) -> const SpecialCase* {
    if (use == SpecialCases::kIgnore || begin >= end) return nullptr;
    return special(chunk.substr(cache.starts[begin], cache.starts[end] - cache.starts[begin]));
  };
  const auto text = [&](std::uint32_t begin, std::uint32_t end) {
    return std::u32string_view(cache.code_points).substr(begin, end - begin);
  };
  std::vector<Cut> cuts;
  std::vector<Cut> suffixes;
  std::uint32_t begin = 0;
  auto end = static_cast<std::uint32_t>(cache.code_points.size());
  while (begin < end && special_at(begin, end) == nullptr) {
    const auto prefix = prefix_.search(text(begin, end), 0, cache.scratch);
    const auto after_prefix = begin + static_cast<std::uint32_t>(prefix ? prefix->end : 0);
    if (after_prefix > begin && special_at(after_prefix, end) != nullptr) {
      cuts.push_back({begin, after_prefix, nullptr});
      begin = after_prefix;
      break;
    }
    const auto suffix = suffix_.search(text(after_prefix, end), 0, cache.scratch);
    const auto before_suffix = end - static_cast<std::uint32_t>(suffix ? suffix->end - suffix->begin : 0);
    if (before_suffix < end && special_at(begin, before_suffix) != nullptr) {
      suffixes.push_back({before_suffix, end, nullptr});
      end = before_suffix;
      break;
    }
    if (after_prefix == begin && before_suffix == end) break;
    if (after_prefix > begin) cuts.push_back({begin, after_prefix, nullptr});
    if (before_suffix < end) suffixes.push_back({before_suffix, end, nullptr});
    begin = after_prefix;
    end = before_suffix;
  }
  if (begin < end) {
    if (const SpecialCase* const whole = special_at(begin, end)) {
      cuts.push_back({begin, end, whole});
    } else if (is_url(begin, end, cache)) {
      cuts.push_back({begin, end, nullptr});
    } else {
      cut_infixes(begin, end, cache, cuts);
    }
  }
  cuts.insert(cuts.end(), suffixes.rbegin(), suffixes.rend());
  return cuts;
}

void Tokenizer::cut_chunk(std::string_view chunk, std::uint32_t at, const Norms& norms, TokenizerCache& cache,
                          std::vector<TokenPiece>& out) const {
  const auto emit = [&](std::uint32_t lexeme) {
    out.push_back({lexeme, at, false});
    at += static_cast<std::uint32_t>(cache.lexemes[lexeme].text.size());
  };
  const std::uint64_t hash = hash_string(chunk);
  if (const std::uint32_t known = cache.chunks.find(hash, chunk); known != TextMap::kNone) {
    const auto [first, count] = cache.cuts[known];
    for (std::uint32_t i = first; i < first + count; ++i) emit(cache.pieces[i]);
    return;
  }
  const std::size_t first_new = out.size();
  for (const Cut& cut : cuts_of(chunk, SpecialCases::kUse, cache)) {
    if (cut.special != nullptr) {
      for (const SpecialToken& token : *cut.special)
        emit(cache.lexemes.intern(token.text, token.norm, norms));
    } else {
      const std::uint32_t begin = cache.starts[cut.begin];
      emit(cache.lexemes.intern(chunk.substr(begin, cache.starts[cut.end] - begin), {}, norms));
    }
  }
  if (chunk.size() > kLongestCachedChunk) return;
  cache.chunks.insert(hash, cache.lexemes.keep(chunk), static_cast<std::uint32_t>(cache.cuts.size()));
  cache.cuts.emplace_back(static_cast<std::uint32_t>(cache.pieces.size()),
                          static_cast<std::uint32_t>(out.size() - first_new));
  for (std::size_t i = first_new; i < out.size(); ++i) cache.pieces.push_back(out[i].lexeme);
}

void Tokenizer::first_pass(std::string_view text, const Norms& norms, TokenizerCache& cache,
                           std::vector<TokenPiece>& out) const {
  for (std::size_t begin = 0; begin < text.size();) {
    const bool space = step_at(text, begin).is_space;
    std::size_t end = begin;
    while (end < text.size()) {
      const Step step = step_at(text, end);
      if (step.is_space != space) break;
      end += step.size;
    }
    cut_chunk(text.substr(begin, end - begin), static_cast<std::uint32_t>(begin), norms, cache, out);
    const bool one_space = end < text.size() && text[end] == ' ';
    out.back().followed_by_space = one_space;
    begin = end + (one_space ? 1 : 0);
  }
}

void Tokenizer::tokenize(std::string_view text, const Norms& norms, TokenizerCache& cache,
                         std::vector<TokenPiece>& out) const {
  const std::size_t first = out.size();
  first_pass(text, norms, cache, out);
  merge_phrases(first, text, norms, cache, out);
}

/// The second pass: special cases that stand over several tokens of the first.
void Tokenizer::merge_phrases(std::size_t first, std::string_view text, const Norms& norms,
                              TokenizerCache& cache, std::vector<TokenPiece>& out) const {
  for (auto number = static_cast<std::uint32_t>(cache.begins_phrase.size()); number < cache.lexemes.size();
       ++number) {
    cache.begins_phrase.push_back(phrases_.contains(cache.lexemes[number].text) ? 1 : 0);
  }
  struct Found {
    std::size_t begin;
    std::size_t size;
  };
  std::vector<Found> found;
  for (std::size_t i = first; i < out.size(); ++i) {
    if (cache.begins_phrase[out[i].lexeme] == 0) continue;
    for (const Phrase& phrase : phrases_.find(cache.lexemes[out[i].lexeme].text)->second) {
      const bool fits = phrase.words.size() <= out.size() - i;
      std::size_t same = 1;
      while (fits && same < phrase.words.size() &&
             cache.lexemes[out[i + same].lexeme].text == phrase.words[same])
        ++same;
      if (fits && same == phrase.words.size()) found.push_back({i, phrase.words.size()});
    }
  }
  if (found.empty()) return;
  // Longest first, then leftmost; one whose first or last token is taken is dropped, yet takes its tokens
  // too.
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    return a.size != b.size ? a.size > b.size : a.begin < b.begin;
  });
  std::vector<std::uint8_t> taken(out.size() - first);
  std::vector<Found> kept;
  for (const Found& span : found) {
    const std::size_t begin = span.begin - first;
    if (taken[begin] == 0 && taken[begin + span.size - 1] == 0) kept.push_back(span);
    std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(begin), span.size, 1);
  }
  std::ranges::sort(kept, {}, &Found::begin);
  std::vector<TokenPiece> merged;
  std::size_t next = first;
  for (const Found& span : kept) {
    merged.insert(merged.end(), out.begin() + static_cast<std::ptrdiff_t>(next),
                  out.begin() + static_cast<std::ptrdiff_t>(span.begin));
    next = span.begin + span.size;
    const TokenPiece& last = out[next - 1];
    std::uint32_t at = out[span.begin].begin;
    const std::size_t end = last.begin + cache.lexemes[last.lexeme].text.size();
    const SpecialCase* const tokens = special(text.substr(at, end - at));
    if (tokens == nullptr) {
      merged.insert(merged.end(), out.begin() + static_cast<std::ptrdiff_t>(span.begin),
                    out.begin() + static_cast<std::ptrdiff_t>(next));
      continue;
    }
    const bool followed_by_space = last.followed_by_space;
    for (const SpecialToken& token : *tokens) {
      merged.push_back({cache.lexemes.intern(token.text, token.norm, norms), at, false});
      at += static_cast<std::uint32_t>(token.text.size());
    }
    merged.back().followed_by_space = followed_by_space;
  }
  merged.insert(merged.end(), out.begin() + static_cast<std::ptrdiff_t>(next), out.end());
  out.resize(first);
  out.insert(out.end(), merged.begin(), merged.end());
}

}  // namespace onrecord::spacy
