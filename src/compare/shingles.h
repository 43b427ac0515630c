// Shingles: runs of five words as numbers, and which of them stand for a text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compare/folded_words.h"

namespace onrecord {

/// Words of one shingle. Five is what reuse of news is mostly measured with (design of NEWS-COPY, of the
/// METER corpus' n-gram baselines): three words meet by chance, of eight an editor nearly always touches one.
constexpr std::size_t kShingleWords = 5;
/// Of every so many narrative shingles in a row at least one is sampled: a copied run of 12 words is always
/// found. Samples 2 of 9. (With 16 a tenth of the copies in ECB+ are no candidates, with 8 one in thirty.)
constexpr std::size_t kNarrativeWindow = 8;
/// The same in a text shorter than `kShortText` words, where a copied sentence is a matter: runs of 8 words.
/// What a longer window samples a shorter one samples too, so short and long texts find each other.
constexpr std::size_t kShortTextWindow = 4;
constexpr std::size_t kShortText = 300;
/// The same inside quotations: runs of 11 words. Samples 1 of 4.
constexpr std::size_t kQuotationWindow = 7;

/// A shingle that was sampled.
struct SampledShingle {
  std::uint64_t hash = 0;
  std::uint32_t word = 0;                ///< its first word
  WordKind kind = WordKind::kNarrative;  ///< all of its words are of this kind
};

/// The sampled shingles of a text, in text order. A shingle never joins narrative and quotation. Sampling is
/// winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): the smallest hash of each window, so that two texts
/// sample the same of what they share. A run with fewer shingles than a window gives its smallest one.
/// Appends to `sampled`. One pass.
void sample_shingles(std::span<const FoldedWord> words, std::vector<SampledShingle>& sampled);

/// The hash of the shingle that begins at the first of `words`; at least `kShingleWords` of them.
[[nodiscard]] std::uint64_t shingle_hash(std::span<const FoldedWord> words);

}  // namespace onrecord
