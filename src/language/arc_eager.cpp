#include "language/arc_eager.h"

#include <algorithm>

namespace onrecord::spacy {
namespace {

constexpr std::int32_t kNoWord = -1;
// The table holds the newest words, in blocks that are made at once: 256 words of 4 KB stay in the
// second-level cache. A state that looks further back has single rows made for it.
constexpr std::size_t kTableBlock = 64;
constexpr std::size_t kTableBlocks = 4;
constexpr std::size_t kFarWords = 64;

}  // namespace

/// One document on its way through the parser.
class ArcEagerParser::State {
 public:
  State(const ArcEagerParser& parser, const Kernels& kernels, ParserCache& cache, std::size_t words,
        std::span<std::uint32_t> labels)
      : parser_(parser),
        kernels_(kernels),
        c_(cache),
        count_(static_cast<std::int32_t>(words)),
        labels_(labels) {
    const TransitionNet& net = parser.net_;
    c_.stack.clear();
    c_.put_back.clear();
    for (auto* const words_of : {&c_.head, &c_.last_left, &c_.last_right, &c_.right_before}) {
      words_of->assign(words, kNoWord);
    }
    c_.unshiftable.assign(words, 0);
    c_.starts.assign(words, 0);
    if (words > 0) c_.starts[0] = 1;
    c_.table.resize(kTableBlock * kTableBlocks * net.table_stride());
    c_.table_blocks.assign(kTableBlocks, kNoWord);
    c_.far_table.resize(kFarWords * net.table_stride());
    c_.far_words.assign(kFarWords, kNoWord);
    c_.hidden.resize(net.hidden_width());
    c_.scores.resize(net.score_width());
  }

  [[nodiscard]] bool done() const { return c_.stack.empty() && buffer(0) == kNoWord; }

  [[nodiscard]] ActionSet valid() const {
    const std::int32_t b0 = buffer(0);
    const std::int32_t b1 = buffer(1);
    const bool has_stack = !c_.stack.empty();
    const bool starts_sentence = b0 != kNoWord && c_.starts[b0] != 0;
    ActionSet set = 0;
    if (!has_stack || (b1 != kNoWord && !starts_sentence && c_.unshiftable[b0] == 0)) set |= 1U << kShift;
    if (has_stack) set |= 1U << kReduce;
    if (has_stack && b0 != kNoWord && !starts_sentence) set |= (1U << kLeft) | (1U << kRight);
    if (b1 != kNoWord && b1 == b0 + 1 && c_.starts[b1] == 0) set |= 1U << kBreak;
    return set;
  }

  /// The class with the highest score among those whose action is in `set`, the first of equals.
  std::uint32_t best(ActionSet set) {
    const std::int32_t b0 = buffer(0);
    const std::int32_t s0 = stack(0);
    const std::array<std::int32_t, kSlots> words = {b0,
                                                    buffer(1),
                                                    s0,
                                                    stack(1),
                                                    stack(2),
                                                    b0 == kNoWord ? kNoWord : c_.last_left[b0],
                                                    s0 == kNoWord ? kNoWord : c_.last_left[s0],
                                                    s0 == kNoWord ? kNoWord : c_.last_right[s0]};
    std::array<const float*, kSlots> rows{};
    for (std::size_t slot = 0; slot < kSlots; ++slot)
      rows[slot] = parser_.net_.row(table_of(words[slot]), slot);
    parser_.net_.score(rows.data(), kernels_, c_.hidden.data(), c_.scores.data());
    std::uint32_t best = kRoot;
    for (std::uint32_t i = 0; i < parser_.action_of_.size(); ++i) {
      if ((set >> parser_.action_of_[i] & 1U) == 0) continue;
      if (best == kRoot || c_.scores[i] > c_.scores[best]) best = i;
    }
    return best;
  }

  void apply(std::uint32_t chosen) {
    switch (parser_.action_of_[chosen]) {
      case kShift:
        c_.stack.push_back(take_buffer());
        break;
      case kReduce:
        reduce();
        break;
      case kLeft:
        left(chosen);
        break;
      case kRight:
        right(chosen);
        break;
      default:
        c_.starts[buffer(1)] = 1;
        break;
    }
  }

 private:
  [[nodiscard]] std::int32_t buffer(std::size_t i) const {
    if (i < c_.put_back.size()) return c_.put_back[c_.put_back.size() - 1 - i];
    const std::int32_t word = next_ + static_cast<std::int32_t>(i - c_.put_back.size());
    return word < count_ ? word : kNoWord;
  }
  [[nodiscard]] std::int32_t stack(std::size_t i) const {
    return i < c_.stack.size() ? c_.stack[c_.stack.size() - 1 - i] : kNoWord;
  }
  std::int32_t take_buffer() {
    if (c_.put_back.empty()) return next_++;
    const std::int32_t word = c_.put_back.back();
    c_.put_back.pop_back();
    return word;
  }

  /// A word that has no head yet and is not alone goes back to the front of the buffer, once.
  void reduce() {
    const std::int32_t s0 = c_.stack.back();
    c_.stack.pop_back();
    if (c_.head[s0] != kNoWord || c_.stack.empty()) return;
    c_.put_back.push_back(s0);
    c_.unshiftable[s0] = 1;
  }

  void left(std::uint32_t chosen) {
    const std::int32_t s0 = c_.stack.back();
    const std::int32_t b0 = buffer(0);
    if (c_.head[s0] != kNoWord) remove_right_arc(c_.head[s0], s0);
    c_.head[s0] = b0;
    labels_[s0] = chosen;
    c_.last_left[b0] = s0;
    c_.unshiftable[b0] = 0;
    c_.stack.pop_back();
  }

  void right(std::uint32_t chosen) {
    const std::int32_t s0 = c_.stack.back();
    const std::int32_t b0 = take_buffer();
    c_.head[b0] = s0;
    labels_[b0] = chosen;
    c_.right_before[b0] = c_.last_right[s0];
    c_.last_right[s0] = b0;
    c_.stack.push_back(b0);
  }

  // A word on the stack that has a head has it by the head's newest right arc: what came later is popped.
  void remove_right_arc(std::int32_t head, std::int32_t child) {
    if (c_.last_right[head] == child) c_.last_right[head] = c_.right_before[child];
  }

  /// What `word` adds in every slot; null for no word.
  const float* table_of(std::int32_t word) {
    if (word == kNoWord) return nullptr;
    const TransitionNet& net = parser_.net_;
    const auto at = static_cast<std::size_t>(word);
    const std::size_t block = at / kTableBlock;
    float* const held = &c_.table[block % kTableBlocks * kTableBlock * net.table_stride()];
    std::int64_t& number = c_.table_blocks[block % kTableBlocks];
    if (number < static_cast<std::int64_t>(block)) {
      const std::size_t first = block * kTableBlock;
      const std::size_t size = std::min(kTableBlock, static_cast<std::size_t>(count_) - first);
      net.tabulate(&c_.projected[first * net.projected_width()], size, kernels_, held);
      number = static_cast<std::int64_t>(block);
    }
    if (number == static_cast<std::int64_t>(block)) return held + at % kTableBlock * net.table_stride();
    float* const far = &c_.far_table[at % kFarWords * net.table_stride()];
    if (c_.far_words[at % kFarWords] != word) {
      net.tabulate(&c_.projected[at * net.projected_width()], 1, kernels_, far);
      c_.far_words[at % kFarWords] = word;
    }
    return far;
  }

  const ArcEagerParser& parser_;
  const Kernels& kernels_;
  ParserCache& c_;
  std::int32_t count_;
  std::int32_t next_ = 0;
  std::span<std::uint32_t> labels_;
};

Result<ArcEagerParser> ArcEagerParser::read(const ModelFile& file, std::size_t width) {
  auto net = TransitionNet::read(file, "parser", kSlots, width);
  if (!net) return std::unexpected(net.error());
  ArcEagerParser parser;
  parser.net_ = std::move(*net);
  bool shifts = false;
  bool reduces = false;
  for (const TransitionNet::Class& one : parser.net_.classes()) {
    if (one.action >= kActions) {
      return fail(ErrorCode::kUnsupportedFormat,
                  "the pipeline's component \"parser\" cannot be run here: it has an unknown transition");
    }
    shifts = shifts || one.action == kShift;
    reduces = reduces || one.action == kReduce;
    parser.action_of_.push_back(static_cast<std::uint8_t>(one.action));
  }
  // One of the two is always valid, so a document always comes to its end.
  if (!shifts || !reduces)
    return fail(ErrorCode::kDamaged, "the model's parser cannot shift or cannot reduce");
  return parser;
}

void ArcEagerParser::parse(std::size_t words, const Kernels& kernels, ParserCache& cache,
                           std::span<std::uint32_t> heads, std::span<std::uint32_t> classes) const {
  std::ranges::fill(classes, kRoot);
  State state(*this, kernels, cache, words, classes);
  while (!state.done()) {
    state.apply(state.best(state.valid()));
    ++cache.transitions;
  }
  for (std::size_t i = 0; i < words; ++i) {
    heads[i] =
        cache.head[i] == kNoWord ? static_cast<std::uint32_t>(i) : static_cast<std::uint32_t>(cache.head[i]);
  }
}

}  // namespace onrecord::spacy
