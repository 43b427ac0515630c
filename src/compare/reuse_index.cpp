#include "compare/reuse_index.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "compare/parallel.h"

namespace onrecord {
namespace {

/// A shingle of so many articles makes a candidate alone; of more it may be a stock phrase, and one more
/// shingle must be shared.
constexpr std::size_t kFewArticles = 4;
/// Inside quotations one is enough, unless the list is full: what is said in 13 words is sampled once or
/// twice, and every outlet has it.
constexpr std::size_t kFewQuoting = kLongestList;
/// Places that the memory is asked for ahead. A look-up takes some 60 ns without, and four lines can be under
/// way at once at least on every CPU of the last ten years.
constexpr std::size_t kAhead = 12;

/// Counts what one article shares with each earlier one; `hits` as in `ReuseIndex::Hit::bits`.
std::vector<ReuseCandidate> count_by_article(std::vector<std::uint32_t>& hits) {
  std::ranges::sort(hits);
  std::vector<ReuseCandidate> candidates;
  for (std::size_t i = 0; i < hits.size();) {
    ReuseCandidate candidate{.article = hits[i] >> 2U};
    bool few = false;
    for (; i < hits.size() && hits[i] >> 2U == candidate.article; ++i) {
      std::uint16_t& count = (hits[i] & 2U) != 0 ? candidate.quotation : candidate.narrative;
      count = static_cast<std::uint16_t>(std::min(count + 1, 0xFFFF));
      few = few || (hits[i] & 1U) != 0;
    }
    if (few || candidate.narrative + candidate.quotation > 1) candidates.push_back(candidate);
  }
  return candidates;
}

/// Keeps those that share most; of equals the earlier ones.
void keep_best(std::vector<ReuseCandidate>& candidates, std::size_t most) {
  if (candidates.size() <= most) return;
  const auto shares_more = [](const ReuseCandidate& a, const ReuseCandidate& b) {
    const int of_a = a.narrative * 2 + a.quotation;
    const int of_b = b.narrative * 2 + b.quotation;
    return of_a != of_b ? of_a > of_b : a.article < b.article;
  };
  std::ranges::sort(candidates, shares_more);
  candidates.resize(most);
  std::ranges::sort(candidates, {}, &ReuseCandidate::article);
}

}  // namespace

ReuseIndex::ReuseIndex() : tables_(kTables) {}

std::vector<std::vector<ReuseIndex::Entry>> ReuseIndex::entries_by_table(
    std::span<const ArticleSketch> batch) const {
  std::array<std::size_t, kTables> sizes{};
  for (const ArticleSketch& sketch : batch) {
    for (const SampledShingle& one : sketch.shingles) ++sizes.at(table_of(one.hash));
  }
  std::vector<std::vector<Entry>> entries(kTables);
  for (std::size_t i = 0; i < kTables; ++i) entries[i].reserve(sizes.at(i));
  for (std::uint32_t place = 0; place < batch.size(); ++place) {
    const ArticleNumber article = size() + place;
    for (const SampledShingle& one : batch[place].shingles) {
      entries[table_of(one.hash)].push_back(
          {PostingTable::tag(one.hash), Posting(article, one.kind == WordKind::kQuoted), place});
    }
  }
  return entries;
}

void ReuseIndex::fill(PostingTable& table, std::span<const Entry> entries, std::vector<Hit>& hits) const {
  for (std::size_t i = 0; i < std::min(kAhead, entries.size()); ++i) table.prefetch(entries[i].tag);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + kAhead < entries.size()) table.prefetch(entries[i + kAhead].tag);
    const Entry& entry = entries[i];
    const std::span<const Posting> postings = table.look_up_and_add(entry.tag, entry.posting);
    const bool few = postings.size() < (entry.posting.quoted() ? kFewQuoting : kFewArticles);
    for (const Posting earlier : postings) {
      const bool quoted = earlier.quoted() || entry.posting.quoted();
      hits.push_back({entry.place, earlier.article() << 2U | (quoted ? 2U : 0U) | (few ? 1U : 0U)});
    }
    if (postings.size() + 1 == kLongestList && is_of_one_outlet(table.find(entry.tag)))
      table.close(entry.tag);
  }
}

std::vector<std::vector<ReuseCandidate>> ReuseIndex::add(std::span<const ArticleSketch> batch,
                                                         unsigned threads) {
  const std::vector<std::vector<Entry>> entries = entries_by_table(batch);
  const ArticleNumber first = size();
  for (const ArticleSketch& sketch : batch) outlets_.push_back(sketch.outlet);
  std::vector<std::vector<Hit>> hits(kTables);
  for_each_in_parallel(kTables, threads, [&](std::size_t i) { fill(tables_[i], entries[i], hits[i]); });

  std::vector<std::vector<std::uint32_t>> hits_of(batch.size());
  for (const auto& of_table : hits) {
    for (const Hit& hit : of_table) hits_of[hit.place].push_back(hit.bits);
  }
  std::vector<std::vector<ReuseCandidate>> candidates(batch.size());
  for_each_in_parallel(batch.size(), threads, [&](std::size_t i) {
    candidates[i] = count_by_article(hits_of[i]);
    keep_best(candidates[i], kMostCandidates);
  });
  for (std::size_t i = 0; i < batch.size(); ++i) reruns_.push_back(is_rerun(batch[i], candidates[i]));
  assert(reruns_.size() == first + batch.size());
  return candidates;
}

bool ReuseIndex::is_of_one_outlet(std::span<const Posting> postings) const {
  for (std::size_t i = 0; i <= postings.size() / 4; ++i) {
    const OutletNumber outlet = outlets_[postings[i].article()];
    const auto same =
        std::ranges::count_if(postings, [&](Posting one) { return outlets_[one.article()] == outlet; });
    if (outlet != 0 && static_cast<std::size_t>(same) * 4 >= postings.size() * 3) return true;
  }
  return false;
}

bool ReuseIndex::is_rerun(const ArticleSketch& sketch, std::span<const ReuseCandidate> candidates) const {
  return std::ranges::any_of(candidates, [&](const ReuseCandidate& one) {
    return outlets_[one.article] == sketch.outlet &&
           2U * (one.narrative + one.quotation) >= sketch.shingles.size();
  });
}

bool ReuseIndex::is_boilerplate(std::uint64_t shingle) const {
  const auto postings = tables_[table_of(shingle)].find(PostingTable::tag(shingle));
  if (postings.size() < kFrequentWithinOutlet) return false;
  std::array<OutletNumber, kLongestList> outlets{};
  std::size_t size = 0;
  for (const Posting one : postings) {
    const OutletNumber outlet = outlets_[one.article()];
    // Many outlets carry one quotation, and some of them may be without a name.
    const bool is_said = outlet == 0 && one.quoted();
    if (!reruns_[one.article()] && !is_said) outlets.at(size++) = outlet;
  }
  return std::any_of(outlets.begin(), outlets.begin() + size, [&](OutletNumber outlet) {
    return static_cast<std::size_t>(std::count(outlets.begin(), outlets.begin() + size, outlet)) >=
           (outlet == 0 ? kFrequentWithoutOutlet : kFrequentWithinOutlet);
  });
}

std::size_t ReuseIndex::bytes() const {
  std::size_t bytes = outlets_.capacity() * sizeof(OutletNumber) + reruns_.capacity() / 8;
  for (const PostingTable& table : tables_) bytes += table.bytes();
  return bytes;
}

std::uint64_t ReuseIndex::steps() const {
  std::uint64_t steps = 0;
  for (const PostingTable& table : tables_) steps += table.steps();
  return steps;
}

}  // namespace onrecord
