#include "compare/reuse_alignment.h"

#include <algorithm>
#include <bit>
#include <queue>
#include <tuple>

namespace onrecord {
namespace {

/// The shortest run. On the reprint pairs of ECB+ and PolNeAR passages made of runs of three words tell
/// copies from the rest best (F1 of any copied text .971; of four words .965, of five .963): an editor leaves
/// few runs of five whole.
constexpr std::uint32_t kShortestRun = 3;
/// Words that may stand between two runs of a passage (3: F1 .971; 6 and 10: .966).
constexpr std::uint32_t kWidestGap = 3;
/// A text that has the same three words more often begins no run with them.
constexpr std::uint32_t kMostPlaces = 16;
constexpr std::uint32_t kNone = 0xFFFFFFFFU;

std::uint64_t three_words(std::span<const FoldedWord> words, std::size_t at) {
  std::uint64_t hash = words[at].hash;
  for (std::size_t i = 1; i < kShortestRun; ++i) hash = hash * 0x9E3779B97F4A7C15ULL + words[at + i].hash;
  return hash * 0xD6E8FEB86659FD93ULL;
}

/// Where the second text has which three words.
class Places {
 public:
  explicit Places(std::span<const FoldedWord> words)
      : words_(words),
        bits_(static_cast<unsigned>(std::bit_width(words.size() * 2))),
        heads_(std::size_t{1} << bits_, kNone),
        next_(words.size(), kNone) {
    if (words.size() < kShortestRun) return;
    for (std::size_t i = words.size() - kShortestRun + 1; i-- > 0;) {
      std::uint32_t& head = heads_[bucket(three_words(words, i))];
      next_[i] = head;
      head = static_cast<std::uint32_t>(i);
    }
  }

  /// The places of the three words of `other` at `at`, in order; none when there are too many.
  void find(std::span<const FoldedWord> other, std::size_t at, std::vector<std::uint32_t>& found) const {
    found.clear();
    std::uint32_t looked_at = 0;
    for (std::uint32_t i = heads_[bucket(three_words(other, at))]; i != kNone; i = next_[i]) {
      if (++looked_at > 4 * kMostPlaces) return found.clear();
      if (!same(other, at, i)) continue;
      if (found.size() == kMostPlaces) return found.clear();
      found.push_back(i);
    }
  }

 private:
  [[nodiscard]] std::size_t bucket(std::uint64_t hash) const { return hash >> (64U - bits_); }
  [[nodiscard]] bool same(std::span<const FoldedWord> other, std::size_t at, std::size_t i) const {
    for (std::size_t k = 0; k < kShortestRun; ++k) {
      if (other[at + k].hash != words_[i + k].hash) return false;
    }
    return true;
  }

  std::span<const FoldedWord> words_;
  unsigned bits_;
  std::vector<std::uint32_t> heads_;
  std::vector<std::uint32_t> next_;
};

/// All runs that cannot be made longer, each once.
std::vector<CommonRun> longest_runs(std::span<const FoldedWord> first, std::span<const FoldedWord> second) {
  std::vector<CommonRun> runs;
  if (first.size() < kShortestRun || second.size() < kShortestRun) return runs;
  const Places places(second);
  // How far the first text has been compared, for each distance between a place in it and one in the second.
  std::vector<std::uint32_t> compared(first.size() + second.size(), 0);
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i + kShortestRun <= first.size(); ++i) {
    places.find(first, i, found);
    for (const std::uint32_t k : found) {
      std::uint32_t& end = compared[i + second.size() - k];
      if (i < end) continue;
      std::uint32_t back = 0;
      while (back < std::min(i, k) && first[i - back - 1].hash == second[k - back - 1].hash) ++back;
      std::uint32_t size = kShortestRun;
      while (i + size < first.size() && k + size < second.size() &&
             first[i + size].hash == second[k + size].hash) {
        ++size;
      }
      end = i + size;
      runs.push_back({i - back, k - back, back + size});
    }
  }
  return runs;
}

/// What is left of a run when words of it are taken: its pieces.
std::vector<CommonRun> free_pieces(CommonRun run, const std::vector<bool>& first_taken,
                                   const std::vector<bool>& second_taken) {
  std::vector<CommonRun> pieces;
  bool goes_on = false;
  for (std::uint32_t i = 0; i < run.words; ++i) {
    const bool is_free = !first_taken[run.first + i] && !second_taken[run.second + i];
    if (is_free && !goes_on) pieces.push_back({run.first + i, run.second + i, 0});
    if (is_free) ++pieces.back().words;
    goes_on = is_free;
  }
  return pieces;
}

void count(CommonPassage& passage, CommonRun run, std::span<const FoldedWord> first,
           std::span<const FoldedWord> second) {
  for (std::uint32_t i = 0; i < run.words; ++i) {
    const WordKind a = first[run.first + i].kind;
    const WordKind b = second[run.second + i].kind;
    if (a == WordKind::kBoilerplate || b == WordKind::kBoilerplate) continue;
    ++(a == WordKind::kQuoted || b == WordKind::kQuoted ? passage.quotation : passage.narrative);
  }
}

bool follows(const CommonPassage& passage, CommonRun run) {
  const CommonRun last = passage.runs.back();
  const std::uint32_t first_end = last.first + last.words;
  const std::uint32_t second_end = last.second + last.words;
  return run.first >= first_end && run.first - first_end <= kWidestGap && run.second >= second_end &&
         run.second - second_end <= kWidestGap;
}

}  // namespace

std::vector<CommonRun> common_runs(std::span<const FoldedWord> first, std::span<const FoldedWord> second) {
  const auto shorter = [](CommonRun a, CommonRun b) {
    return std::tuple(a.words, b.first, b.second) < std::tuple(b.words, a.first, a.second);
  };
  std::priority_queue<CommonRun, std::vector<CommonRun>, decltype(shorter)> waiting(
      shorter, longest_runs(first, second));
  std::vector<bool> first_taken(first.size());
  std::vector<bool> second_taken(second.size());
  std::vector<CommonRun> runs;
  while (!waiting.empty()) {
    const CommonRun run = waiting.top();
    waiting.pop();
    const std::vector<CommonRun> pieces = free_pieces(run, first_taken, second_taken);
    if (pieces.size() != 1 || pieces.front() != run) {
      for (const CommonRun piece : pieces) {
        if (piece.words >= kShortestRun) waiting.push(piece);
      }
      continue;
    }
    runs.push_back(run);
    for (std::uint32_t i = 0; i < run.words; ++i)
      first_taken[run.first + i] = second_taken[run.second + i] = true;
  }
  std::ranges::sort(runs);
  return runs;
}

std::vector<CommonPassage> common_passages(std::span<const FoldedWord> first,
                                           std::span<const FoldedWord> second) {
  std::vector<CommonPassage> passages;
  std::size_t open = 0;  // passages before it are too far behind to be gone on with
  for (const CommonRun run : common_runs(first, second)) {
    while (open < passages.size()) {
      const CommonRun last = passages[open].runs.back();
      if (last.first + last.words + kWidestGap >= run.first) break;
      ++open;
    }
    std::size_t at = open;
    while (at < passages.size() && !follows(passages[at], run)) ++at;
    if (at == passages.size()) passages.emplace_back();
    passages[at].runs.push_back(run);
    count(passages[at], run, first, second);
  }
  return passages;
}

SharedPassage shared_passage(const CommonPassage& passage, std::span<const FoldedWord> first,
                             std::span<const FoldedWord> second) {
  const CommonRun from = passage.runs.front();
  const CommonRun to = passage.runs.back();
  return {{first[from.first].begin, first[to.first + to.words - 1].end},
          {second[from.second].begin, second[to.second + to.words - 1].end}};
}

}  // namespace onrecord
