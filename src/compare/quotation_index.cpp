#include "compare/quotation_index.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "text/utf8.h"

namespace onrecord {
namespace {

/// Words in a row that are hashed together. Of two quotations with four words in a row in common two shingles
/// meet; of single common words none do.
constexpr std::size_t kShingleWords = 3;
constexpr std::uint32_t kHashBits = 0x7FFFFFFF;
constexpr std::size_t kBlockBytes = 4096;
/// A shingle in more quotations tells little and costs much to read.
constexpr std::size_t kMostPostings = 4096;

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
constexpr std::uint64_t kFnvBasis = 0xCBF29CE484222325;
constexpr std::uint64_t kFnvPrime = 0x100000001B3;

/// Whether `c` belongs to a word: apostrophes are passed over, so that "don’t", "don't" and "dont" are one.
bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'‘'; }

std::vector<std::uint64_t> word_hashes(std::string_view text, const Spans& pieces) {
  std::vector<std::uint64_t> words;
  for (const Span piece : pieces) {
    std::uint64_t hash = kFnvBasis;
    bool in_word = false;
    const auto end_word = [&] {
      if (in_word) words.push_back(hash);
      hash = kFnvBasis, in_word = false;
    };
    for (std::size_t at = piece.begin; at < piece.end;) {
      const CodePoint point = decode_at(text, at);
      at += point.size;
      if (is_apostrophe(point.value)) continue;
      const auto c = static_cast<UChar32>(point.value);
      if (u_charType(c) == U_NON_SPACING_MARK) continue;
      if (u_isalnum(c) == 0) {
        end_word();
        continue;
      }
      hash = (hash ^ static_cast<std::uint64_t>(u_foldCase(c, U_FOLD_CASE_DEFAULT))) * kFnvPrime;
      in_word = true;
    }
    end_word();
  }
  return words;
}

void append_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
  out += static_cast<char>(value);
}

/// The next number of a block; 0 at its end, or where it is damaged.
std::uint64_t next_number(std::string_view block, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; at < block.size() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(block[at++]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) break;
  }
  return value;
}

/// The quotations of one shingle, in order; `kMostPostings` at most.
std::vector<std::uint32_t> postings_of(Database& database, std::uint32_t hash) {
  std::vector<std::uint32_t> found;
  const std::uint64_t begin = std::uint64_t{hash} << 32;
  const std::uint64_t end = begin + (std::uint64_t{1} << 32);
  auto blocks = database.prepare(
      "SELECT first, postings FROM shingle_block WHERE first >= COALESCE((SELECT max(first) FROM "
      "shingle_block "
      "WHERE first <= ?1), ?1) AND first < ?2 ORDER BY first");
  blocks.bind(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
  while (found.size() < kMostPostings && blocks.step()) {
    auto value = static_cast<std::uint64_t>(blocks.integer(0));
    const std::string_view block = blocks.blob(1);
    for (std::size_t at = 0;; value += next_number(block, at)) {
      if (value >= begin && value < end) found.push_back(static_cast<std::uint32_t>(value));
      if (at >= block.size() || value >= end || found.size() >= kMostPostings) break;
    }
  }
  auto added = database.prepare("SELECT quotation FROM shingle WHERE hash = ? ORDER BY quotation");
  added.bind(hash);
  while (found.size() < kMostPostings && added.step())
    found.push_back(static_cast<std::uint32_t>(added.integer(0)));
  return found;
}

}  // namespace

std::vector<std::uint32_t> quotation_shingles(std::string_view text, const Spans& pieces) {
  const std::vector<std::uint64_t> words = word_hashes(text, pieces);
  std::vector<std::uint32_t> shingles;
  const std::size_t size = std::min(kShingleWords, words.size());
  for (std::size_t i = 0; size > 0 && i + size <= words.size(); ++i) {
    std::uint64_t hash = kFnvBasis;
    for (std::size_t k = 0; k < size; ++k) hash = ((hash ^ words[i + k]) * kFnvPrime) ^ (hash >> 29);
    shingles.push_back(static_cast<std::uint32_t>(hash ^ (hash >> 32)) & kHashBits);
  }
  std::ranges::sort(shingles);
  const auto repeated = std::ranges::unique(shingles);
  shingles.erase(repeated.begin(), repeated.end());
  return shingles;
}

void QuotationIndexWriter::add(std::int64_t quotation, std::string_view text, const Spans& content) {
  for (const std::uint32_t shingle : quotation_shingles(text, content)) {
    postings_.push_back(std::uint64_t{shingle} << 32 | static_cast<std::uint32_t>(quotation));
  }
}

void QuotationIndexWriter::write(Database& database) {
  database.run("DELETE FROM shingle_block; DELETE FROM shingle");
  std::ranges::sort(postings_);
  std::string block;
  for (std::size_t i = 0; i < postings_.size();) {
    const std::uint64_t first = postings_[i];
    block.clear();
    std::uint64_t before = first;
    for (++i; i < postings_.size() && block.size() < kBlockBytes; ++i) {
      append_number(block, postings_[i] - before);
      before = postings_[i];
    }
    auto insert = database.prepare("INSERT INTO shingle_block VALUES (?, ?)");
    insert.bind(static_cast<std::int64_t>(first)).bind_blob(block);
    insert.run();
  }
}

void add_to_quotation_index(Database& database, std::int64_t quotation, std::string_view text,
                            const Spans& content) {
  for (const std::uint32_t shingle : quotation_shingles(text, content)) {
    database.prepare("INSERT OR IGNORE INTO shingle VALUES (?, ?)").bind(shingle, quotation).run();
  }
}

std::vector<QuotationHit> find_quotations(Database& database, std::span<const std::uint32_t> shingles,
                                          std::size_t limit) {
  std::vector<std::vector<std::uint32_t>> postings;
  postings.reserve(shingles.size());
  for (const std::uint32_t shingle : shingles) postings.push_back(postings_of(database, shingle));
  const bool all_common = std::ranges::all_of(
      postings, [](const auto& list) { return list.empty() || list.size() >= kMostPostings; });
  std::unordered_map<std::uint32_t, float> weights;
  for (const auto& list : postings) {
    if (list.size() >= kMostPostings && !all_common) continue;
    const float weight = 1.0F / std::log2(2.0F + static_cast<float>(list.size()));
    for (const std::uint32_t quotation : list) weights[quotation] += weight;
  }
  std::vector<QuotationHit> hits;
  hits.reserve(weights.size());
  for (const auto& [quotation, weight] : weights) hits.push_back({quotation, weight});
  const auto better = [](const QuotationHit& a, const QuotationHit& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.quotation < b.quotation;
  };
  const std::size_t most = std::min(limit, hits.size());
  std::ranges::partial_sort(hits, hits.begin() + static_cast<std::ptrdiff_t>(most), better);
  hits.resize(most);
  return hits;
}

}  // namespace onrecord
