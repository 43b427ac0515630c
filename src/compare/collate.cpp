// How one quotation gives the words of another.
#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "compare/statements.h"
#include "compare/wording.h"

namespace onrecord {
namespace {

/// Words of the other side that may stand for a few, for a reader who sees both lined up.
constexpr std::uint32_t kMostChangedTogether = 8;

/// Lines of `Collation::words`, each as long as its kind and the pieces of both sides go on.
class Lines {
 public:
  Lines(std::string_view first_text, std::string_view second_text, const AlignedWording& wording)
      : first_text_(first_text), second_text_(second_text), wording_(wording) {}

  std::vector<AlignedWords> write() {
    std::uint32_t i = 0;
    std::uint32_t k = 0;
    for (const WordPair pair : wording_.alignment.pairs) {
      unmatched({i, pair.first}, {k, pair.second}, i > 0 || k > 0);
      matched(pair);
      i = pair.first + 1, k = pair.second + 1;
    }
    unmatched({i, static_cast<std::uint32_t>(wording_.first.size())},
              {k, static_cast<std::uint32_t>(wording_.second.size())}, false);
    return std::move(lines_);
  }

 private:
  void matched(WordPair pair) {
    const CollationWord& a = wording_.first[pair.first];
    const CollationWord& b = wording_.second[pair.second];
    AlignmentKind kind = AlignmentKind::kSame;
    if (!same_word(a, b)) {
      kind = AlignmentKind::kChanged;
    } else if (cut(first_text_, a.span) != cut(second_text_, b.span)) {
      kind = AlignmentKind::kFolded;
    }
    const bool goes_on = !lines_.empty() && lines_.back().kind == kind && !lines_.back().first.empty() &&
                         !lines_.back().second.empty() && last_first_ == pair.first &&
                         last_second_ == pair.second && continues(wording_.first, pair.first) &&
                         continues(wording_.second, pair.second);
    if (goes_on) {
      lines_.back().first.end = a.span.end, lines_.back().second.end = b.span.end;
    } else {
      lines_.push_back({kind, a.span, b.span});
    }
    last_first_ = pair.first + 1, last_second_ = pair.second + 1;
  }

  /// Whether a word stands in the same piece as the one before it.
  static bool continues(const std::vector<CollationWord>& words, std::uint32_t i) {
    return i > 0 && words[i].piece == words[i - 1].piece;
  }
  static bool is_one_piece(const std::vector<CollationWord>& words, WordRange range) {
    return words[range.begin].piece == words[range.end - 1].piece;
  }
  static bool has_nothing(const std::vector<CollationWord>& words, WordRange range) {
    return std::any_of(words.begin() + range.begin, words.begin() + range.end,
                       [](const CollationWord& word) { return word.nothing; });
  }

  void unmatched(WordRange first, WordRange second, bool inside) {
    const bool is_change = inside && !first.empty() && !second.empty() &&
                           first.size() <= kMostChangedTogether && second.size() <= kMostChangedTogether &&
                           is_one_piece(wording_.first, first) && is_one_piece(wording_.second, second) &&
                           !has_nothing(wording_.first, first) && !has_nothing(wording_.second, second);
    if (is_change) {
      const Span of_first = reach(wording_.first, first);
      const Span of_second = reach(wording_.second, second);
      lines_.push_back({AlignmentKind::kChanged, of_first, of_second});
      return;
    }
    one_side(wording_.first, first, [&](AlignmentKind kind, Span span) {
      lines_.push_back({kind == AlignmentKind::kFolded ? kind : AlignmentKind::kLeftOut, span, {}});
    });
    one_side(wording_.second, second, [&](AlignmentKind kind, Span span) {
      lines_.push_back({kind == AlignmentKind::kFolded ? kind : AlignmentKind::kPutIn, {}, span});
    });
  }
  static Span reach(const std::vector<CollationWord>& words, WordRange range) {
    return {words[range.begin].span.begin, words[range.end - 1].span.end};
  }
  template <class Add>
  static void one_side(const std::vector<CollationWord>& words, WordRange range, const Add& add) {
    for (std::uint32_t begin = range.begin; begin < range.end;) {
      std::uint32_t end = begin + 1;
      while (end < range.end && words[end].piece == words[begin].piece &&
             words[end].nothing == words[begin].nothing)
        ++end;
      add(words[begin].nothing ? AlignmentKind::kFolded : AlignmentKind::kLeftOut,
          reach(words, {begin, end}));
      begin = end;
    }
  }

  std::string_view first_text_;
  std::string_view second_text_;
  const AlignedWording& wording_;
  std::vector<AlignedWords> lines_;
  std::uint32_t last_first_ = 0;
  std::uint32_t last_second_ = 0;
};

float worth_of(const std::vector<CollationWord>& words) {
  float worth = 0;
  for (const CollationWord& word : std::span(words).first(std::min(words.size(), kMostAlignedWords))) {
    if (!word.bracketed) worth += plain_worth(word);
  }
  return worth;
}

float shared_part(const AlignedWording& wording) {
  float matched = 0;
  for (const WordPair pair : wording.alignment.pairs) {
    if (same_word(wording.first[pair.first], wording.second[pair.second]))
      matched += plain_worth(wording.first[pair.first]);
  }
  const float shorter = std::min(worth_of(wording.first), worth_of(wording.second));
  return shorter > 0 ? std::min(matched / shorter, 1.0F) : 0.0F;
}

std::uint32_t longest_run(const AlignedWording& wording) {
  std::uint32_t longest = 0;
  std::uint32_t run = 0;
  WordPair expected{0, 0};
  for (const WordPair pair : wording.alignment.pairs) {
    const bool same = same_word(wording.first[pair.first], wording.second[pair.second]);
    run = !same ? 0 : pair == expected ? run + 1 : 1;
    expected = {pair.first + 1, pair.second + 1};
    longest = std::max(longest, run);
  }
  return longest;
}

bool has_quoted_words(const AlignedWording& wording, bool of_first) {
  return std::ranges::any_of(wording.alignment.pairs, [&](WordPair pair) {
    return of_first ? wording.first[pair.first].quoted : wording.second[pair.second].quoted;
  });
}

/// Below this share of the shorter one and this run, two quotations give one thought in other words.
constexpr float kOtherWords = 0.4F;
constexpr std::uint32_t kOtherWordsRun = 4;

}  // namespace

Collation collate(std::string_view first_text, const Quotation& first, std::string_view second_text,
                  const Quotation& second) {
  const AlignedWording wording =
      align_wording(collation_words(first_text, first), collation_words(second_text, second));
  Collation collation;
  collation.words = Lines(first_text, second_text, wording).write();
  collation.shared = shared_part(wording);
  collation.longest_run = longest_run(wording);
  WordingDifference difference = wording_difference(wording);
  const bool first_is_quoted = has_quoted_words(wording, true);
  const bool second_is_quoted = has_quoted_words(wording, false);
  const bool in_other_words = collation.shared < kOtherWords && collation.longest_run < kOtherWordsRun;
  if (in_other_words && first.kind == QuotationKind::kDirect && second.kind == QuotationKind::kDirect) {
    collation.relation = WitnessRelation::kTranslated;
  } else if (in_other_words || first_is_quoted != second_is_quoted) {
    collation.relation = WitnessRelation::kIndirect;
  } else {
    collation.relation = difference.relation;
    collation.altered = difference.altered;
    collation.what_changed = std::move(difference.what_changed);
  }
  return collation;
}

namespace {

Quotation piece_of(const Quotation& quotation, Span piece) {
  Quotation alone = quotation;
  alone.content = {piece};
  return alone;
}

/// Words that both pieces have beside each other in the alignment of the whole quotations.
std::uint32_t matched_words(const AlignedWording& wording, std::uint32_t first, std::uint32_t second) {
  return static_cast<std::uint32_t>(std::ranges::count_if(wording.alignment.pairs, [&](WordPair pair) {
    return wording.first[pair.first].piece == first && wording.second[pair.second].piece == second;
  }));
}

/// Whether two pieces give the same words: beside each other where the whole quotations are lined up, or,
/// when those stand in another order, by themselves.
bool give_the_same(std::uint32_t matched, const Collation& alone) {
  constexpr std::uint32_t kFewMatched = 4;
  constexpr float kHalf = 0.5F;
  constexpr float kNearlyAll = 0.75F;
  constexpr std::uint32_t kLongRun = 6;
  constexpr float kNearlyHalf = 0.45F;
  if (matched >= kFewMatched && (alone.shared >= kNearlyHalf || alone.longest_run >= kLongRun)) return true;
  return alone.shared >= (matched > 0 ? kHalf : kNearlyAll) &&
         alone.longest_run >= (matched > 0 ? 2 : kFewMatched);
}

}  // namespace

std::vector<CollatedPieces> collate_pieces(std::string_view first_text, const Quotation& first,
                                           std::string_view second_text, const Quotation& second) {
  const AlignedWording wording =
      align_wording(collation_words(first_text, first), collation_words(second_text, second));
  std::vector<CollatedPieces> pieces;
  for (std::uint32_t i = 0; i < first.content.size(); ++i) {
    for (std::uint32_t k = 0; k < second.content.size(); ++k) {
      Collation alone = collate(first_text, piece_of(first, first.content[i]), second_text,
                                piece_of(second, second.content[k]));
      if (!give_the_same(matched_words(wording, i, k), alone)) continue;
      pieces.push_back({first.content[i], second.content[k], std::move(alone)});
    }
  }
  return pieces;
}

}  // namespace onrecord
