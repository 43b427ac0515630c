#include "compare/wording.h"

#include <algorithm>
#include <span>
#include <utility>

namespace onrecord {
namespace {

/// A word in another form is worth less than the word itself, and more than nothing.
constexpr float kNearShare = 0.6F;

/// A word in brackets beside the same word without.
constexpr float kPutInWorth = 0.25F;

using Words = std::vector<CollationWord>;

std::vector<AlignedWordTraits> traits(std::span<const CollationWord> words) {
  std::vector<AlignedWordTraits> all;
  all.reserve(words.size());
  for (const CollationWord& word : words) all.push_back({word.after_gap, word.bracketed || word.nothing});
  return all;
}

}  // namespace

float plain_worth(const CollationWord& word) {
  if (word.nothing) return 0;
  return is_small(word) ? 1.0F : 2.0F;
}

namespace {

/// Share of the shorter of two sentences that must match where the alignment ends with them: two sentences
/// that only begin or end alike were said one after the other, and each outlet has one of them.
constexpr float kLeastOfSentence = 0.5F;

bool starts_anew(const CollationWord& word) { return word.starts_sentence || word.after_gap; }

/// The sentence that word `i` stands in.
WordRange sentence_around(const Words& words, std::uint32_t i) {
  WordRange sentence{i, i + 1};
  while (sentence.begin > 0 && !starts_anew(words[sentence.begin])) --sentence.begin;
  while (sentence.end < words.size() && !starts_anew(words[sentence.end])) ++sentence.end;
  return sentence;
}

float worth_of(const Words& words, WordRange range) {
  float worth = 0;
  for (std::uint32_t i = range.begin; i < range.end; ++i) worth += plain_worth(words[i]);
  return worth;
}

/// How many pairs at one end of the alignment lie in a sentence of each side that both have little of in
/// common.
std::size_t stray_pairs(const AlignedWording& wording, const std::vector<WordPair>& pairs, bool at_tail) {
  const WordPair outermost = at_tail ? pairs.back() : pairs.front();
  const WordRange first = sentence_around(wording.first, outermost.first);
  const WordRange second = sentence_around(wording.second, outermost.second);
  const auto inside = [&](WordPair pair) {
    return std::pair(pair.first >= first.begin && pair.first < first.end,
                     pair.second >= second.begin && pair.second < second.end);
  };
  std::size_t stray = 0;
  float worth = 0;
  for (; stray < pairs.size(); ++stray) {
    const WordPair pair = at_tail ? pairs[pairs.size() - 1 - stray] : pairs[stray];
    const auto [in_first, in_second] = inside(pair);
    if (in_first != in_second) return 0;  // a sentence of one side goes on in two of the other
    if (!in_first) break;
    worth += plain_worth(wording.first[pair.first]);
  }
  if (stray == pairs.size()) return 0;
  return worth < kLeastOfSentence * std::min(worth_of(wording.first, first), worth_of(wording.second, second))
             ? stray
             : 0;
}

void drop_stray_pairs(AlignedWording& wording) {
  std::vector<WordPair>& pairs = wording.alignment.pairs;
  while (!pairs.empty()) {
    const std::size_t at_tail = stray_pairs(wording, pairs, true);
    pairs.resize(pairs.size() - at_tail);
    const std::size_t at_head = stray_pairs(wording, pairs, false);
    pairs.erase(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(at_head));
    if (at_tail + at_head == 0) return;
  }
}

/// Where a form of a word stands beside words that only one side has, it was reworded: "competing",
/// "intending to compete". Such pairs are no match.
void drop_reworded_pairs(AlignedWording& wording) {
  std::vector<WordPair>& pairs = wording.alignment.pairs;
  const auto is_near = [&](WordPair pair) {
    return !same_word(wording.first[pair.first], wording.second[pair.second]);
  };
  const auto is_content = [&](WordPair pair) { return !is_small(wording.first[pair.first]); };
  std::vector<WordPair> kept;
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    const bool gap_before =
        n > 0 && (pairs[n].first - pairs[n - 1].first > 1 || pairs[n].second - pairs[n - 1].second > 1);
    const bool gap_after = n + 1 < pairs.size() && (pairs[n + 1].first - pairs[n].first > 1 ||
                                                    pairs[n + 1].second - pairs[n].second > 1);
    if (is_near(pairs[n]) && is_content(pairs[n]) && (gap_before || gap_after)) continue;
    kept.push_back(pairs[n]);
  }
  pairs = std::move(kept);
}

}  // namespace

AlignedWording align_wording(Words first, Words second) {
  AlignedWording wording{std::move(first), std::move(second), {}};
  const std::span a(wording.first.data(), std::min(wording.first.size(), kMostAlignedWords));
  const std::span b(wording.second.data(), std::min(wording.second.size(), kMostAlignedWords));
  wording.alignment = align_words(traits(a), traits(b), [&](std::uint32_t i, std::uint32_t k) {
    if (a[i].nothing || b[k].nothing) return 0.0F;
    // What an outlet put in may stand elsewhere in the other one: no reason to line up by it.
    if (a[i].bracketed != b[k].bracketed) return same_word(a[i], b[k]) ? kPutInWorth : 0.0F;
    if (same_word(a[i], b[k])) return plain_worth(a[i]);
    return near_word(a[i], b[k]) ? kNearShare * plain_worth(a[i]) : 0.0F;
  });
  drop_stray_pairs(wording);
  drop_reworded_pairs(wording);
  return wording;
}

std::vector<UnmatchedWords> unmatched_words(const AlignedWording& wording) {
  std::vector<UnmatchedWords> all;
  WordPair next{0, 0};
  const auto add = [&](WordPair until, bool at_tail) {
    const UnmatchedWords one{
        {next.first, until.first}, {next.second, until.second}, next == WordPair{0, 0}, at_tail};
    if (!one.first.empty() || !one.second.empty()) all.push_back(one);
  };
  for (const WordPair pair : wording.alignment.pairs) {
    add(pair, false);
    next = {pair.first + 1, pair.second + 1};
  }
  add({static_cast<std::uint32_t>(wording.first.size()), static_cast<std::uint32_t>(wording.second.size())},
      true);
  return all;
}

}  // namespace onrecord
