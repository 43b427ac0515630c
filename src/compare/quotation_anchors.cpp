#include "compare/quotation_anchors.h"

#include <algorithm>
#include <span>
#include <utility>

namespace onrecord {
namespace {

/// How many holders of a speaker's word are looked at.
constexpr std::uint32_t kMostHolders = 32;
/// Words that tell more than this, in nats, may be an anchor: some one in 50 quotations has a word at it.
constexpr float kTelling = 4.0F;
/// What the words of two quotations that give one thought have in common at least.
constexpr float kLeastShare = 0.3F;
constexpr std::uint32_t kLeastWords = 2;

std::uint64_t speaker_of(const QuotationSketch& sketch) {
  return sketch.speaker_kind == SpeakerKind::kUnnamed || sketch.speaker_kind == SpeakerKind::kUnknown ? 0
         : sketch.last_name != 0 ? sketch.last_name
                                 : sketch.person;
}

/// The different telling words of a quotation.
std::vector<SketchWord> anchors_of(const QuotationSketches& sketches, std::uint32_t number) {
  std::vector<SketchWord> anchors;
  if (speaker_of(sketches[number]) == 0) return anchors;
  for (const SketchWord& word : sketches.words(number)) {
    const bool tells = !word.small && word.information > kTelling;
    if (tells && std::ranges::find(anchors, word.stem, &SketchWord::stem) == anchors.end())
      anchors.push_back(word);
  }
  return anchors;
}

}  // namespace

QuotationAnchors::QuotationAnchors(const QuotationSketches& sketches) : sketches_(sketches) {
  struct Posting {
    std::uint64_t key;
    std::uint32_t holder;
    std::uint32_t number;
  };
  std::vector<Posting> postings;
  for (std::uint32_t i = 0; i < sketches.size(); ++i) {
    first_anchor_.push_back(static_cast<std::uint32_t>(postings.size()));
    const std::uint64_t speaker = speaker_of(sketches[i]) * 0x9E3779B97F4A7C15U;
    for (const SketchWord& word : anchors_of(sketches, i)) {
      postings.push_back({speaker ^ word.stem, i, static_cast<std::uint32_t>(postings.size())});
    }
  }
  first_anchor_.push_back(static_cast<std::uint32_t>(postings.size()));
  std::ranges::sort(postings, [](const Posting& a, const Posting& b) {
    return std::pair(a.key, a.number) < std::pair(b.key, b.number);
  });
  holders_.resize(postings.size());
  place_of_.resize(postings.size());
  begins_.resize(postings.size());
  for (std::uint32_t p = 0; p < postings.size(); ++p) {
    holders_[p] = postings[p].holder;
    place_of_[postings[p].number] = p;
    begins_[p] = p == 0 || postings[p].key != postings[p - 1].key;
  }
}

std::vector<SharedAnchors> QuotationAnchors::before(std::uint32_t number) const {
  const std::vector<SketchWord> anchors = anchors_of(sketches_, number);
  std::vector<SharedAnchors> found;
  float all = 0;
  for (std::uint32_t n = 0; n < anchors.size(); ++n) {
    const float information = anchors[n].information;
    all += information;
    std::uint32_t p = place_of_[first_anchor_[number] + n];
    for (std::uint32_t looked_at = 0; looked_at < kMostHolders && !begins_[p]; ++looked_at) {
      --p;
      if (sketches_[holders_[p]].place.article == sketches_[number].place.article) continue;
      found.push_back({holders_[p], information, 0, 1, anchors[n].number});
    }
  }
  std::ranges::sort(found, {}, &SharedAnchors::first);
  std::vector<SharedAnchors> shared;
  for (const SharedAnchors& one : found) {
    if (shared.empty() || shared.back().first != one.first) {
      shared.push_back(one);
    } else {
      shared.back().information += one.information;
      shared.back().numbers |= one.numbers;
      ++shared.back().words;
    }
  }
  std::erase_if(shared, [&](SharedAnchors& one) {
    if (one.words < kLeastWords) return true;
    float all_first = 0;
    for (const SketchWord& word : anchors_of(sketches_, one.first)) all_first += word.information;
    one.share = std::min(one.information / std::min(all, all_first), 1.0F);
    return one.share < kLeastShare;
  });
  std::ranges::stable_sort(shared, std::ranges::greater{}, &SharedAnchors::information);
  shared.resize(std::min(shared.size(), kMostAnchored));
  std::ranges::sort(shared, {}, &SharedAnchors::first);
  return shared;
}

}  // namespace onrecord
