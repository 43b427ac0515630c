#include "compare/shingles.h"

#include <array>

namespace onrecord {
namespace {

/// Rabin and Karp's rolling hash modulo 2^64; any odd factor with many bits will do.
constexpr std::uint64_t kFactor = 0xD6E8FEB86659FD93ULL;
constexpr std::uint64_t power(std::size_t exponent) {
  std::uint64_t product = 1;
  for (std::size_t i = 0; i < exponent; ++i) product *= kFactor;
  return product;
}
constexpr std::uint64_t kLeaves = power(kShingleWords);

/// Spreads every bit over all others (the finisher of splitmix64, Steele and others 2014).
constexpr std::uint64_t spread(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBULL;
  return hash ^ (hash >> 31U);
}

/// Winnows one run of shingles.
class Winnow {
 public:
  Winnow(WordKind kind, std::size_t window, std::vector<SampledShingle>& sampled)
      : window_(static_cast<std::uint32_t>(window)), kind_(kind), sampled_(sampled) {}

  void add(std::uint64_t hash, std::uint32_t word) {
    ring_[count_ % kRing] = hash;
    if (count_ == 0 || hash <= smallest_) {
      smallest_ = hash;
      place_ = count_;
    } else if (count_ - place_ >= window_) {
      find_smallest();
    }
    first_word_ = word - count_;
    if (++count_ >= window_ && place_ != taken_) take();
  }

  /// Ends the run.
  void finish() {
    if (count_ > 0 && count_ < window_) take();
    count_ = 0;
    taken_ = kNone;
  }

 private:
  static constexpr std::uint32_t kRing = 8;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  static_assert(kNarrativeWindow <= kRing && kQuotationWindow <= kRing);

  void find_smallest() {
    place_ = count_ + 1 - window_;
    for (std::uint32_t i = place_ + 1; i <= count_; ++i) {
      if (ring_[i % kRing] <= ring_[place_ % kRing]) place_ = i;
    }
    smallest_ = ring_[place_ % kRing];
  }
  void take() {
    sampled_.push_back({smallest_, first_word_ + place_, kind_});
    taken_ = place_;
  }

  std::array<std::uint64_t, kRing> ring_{};
  std::uint32_t window_;
  std::uint32_t count_ = 0;
  std::uint32_t place_ = 0;  ///< of the smallest in the window
  std::uint32_t taken_ = kNone;
  std::uint32_t first_word_ = 0;
  std::uint64_t smallest_ = 0;
  WordKind kind_;
  std::vector<SampledShingle>& sampled_;
};

}  // namespace

std::uint64_t shingle_hash(std::span<const FoldedWord> words) {
  std::uint64_t rolling = 0;
  for (std::size_t i = 0; i < kShingleWords; ++i) rolling = rolling * kFactor + words[i].hash;
  return spread(rolling);
}

void sample_shingles(std::span<const FoldedWord> words, std::vector<SampledShingle>& sampled) {
  const std::size_t narrative = words.size() < kShortText ? kShortTextWindow : kNarrativeWindow;
  std::size_t begin = 0;
  while (begin < words.size()) {
    const WordKind kind = words[begin].kind;
    Winnow winnow(kind, kind == WordKind::kQuoted ? kQuotationWindow : narrative, sampled);
    std::uint64_t rolling = 0;
    std::size_t at = begin;
    for (; at < words.size() && words[at].kind == kind; ++at) {
      rolling = rolling * kFactor + words[at].hash;
      if (at - begin < kShingleWords - 1) continue;
      if (at - begin >= kShingleWords) rolling -= kLeaves * words[at - kShingleWords].hash;
      winnow.add(spread(rolling), static_cast<std::uint32_t>(at + 1 - kShingleWords));
    }
    winnow.finish();
    begin = at;
  }
}

}  // namespace onrecord
