// What the differences between two wordings come to: which matter to a reader, and what relation they make.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "compare/wording.h"

namespace onrecord {
namespace {

using Words = std::vector<CollationWord>;

std::string joined(const Words& words, WordRange range) {
  std::string all;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (words[i].nothing) continue;
    for (const char c : words[i].folded) {
      if (c != '\'') all += c;
    }
  }
  return all;
}

std::string listed(const Words& words, const std::vector<std::uint32_t>& numbers) {
  std::string all;
  for (const std::uint32_t i : numbers) all += (all.empty() ? "" : " ") + words[i].folded;
  return all;
}

/// One difference as a reader sees it.
enum class Change {
  kNone,        ///< "any more" for "anymore"
  kCut,         ///< stands on one side only
  kBracketed,   ///< put in, or put in place of others, in brackets
  kSmallWords,  ///< one small word for another
  kWord,
  kName,
  kModal,
  kNumber,
  kNegation,
};

struct Judged {
  Change change = Change::kNone;
  std::string what;
};

/// More words than this at an end of both are what each outlet cut, not one thing in other words.
constexpr std::size_t kMostAtEnd = 4;

/// Judges one place where the wordings differ.
class Judge {
 public:
  Judge(const AlignedWording& wording, UnmatchedWords at)
      : first_(wording.first), second_(wording.second), at_(at) {}

  [[nodiscard]] Judged judge() {
    if (at_.at_head) keep_last_sentence();
    if (at_.at_tail) keep_first_sentence();
    if ((at_.at_head || at_.at_tail) && !at_.first.empty() && !at_.second.empty()) keep_as_many();
    const bool bracket = has_bracket(first_, at_.first) || has_bracket(second_, at_.second);
    std::vector<std::uint32_t> a = own_words(first_, at_.first);
    std::vector<std::uint32_t> b = own_words(second_, at_.second);
    if (bracket && (a.empty() || b.empty())) return {Change::kBracketed, {}};
    if (at_.first.empty() && at_.second.empty()) return {Change::kCut, {}};
    if (a.empty() && b.empty()) return {Change::kNone, {}};
    if (joined(first_, at_.first) == joined(second_, at_.second)) return {Change::kNone, {}};
    if (a.empty() || b.empty()) return one_side(a, b);
    if (is_cut_here() || !is_quoted(first_, a) || !is_quoted(second_, b)) return {Change::kCut, {}};
    if ((at_.at_head || at_.at_tail) && std::min(a.size(), b.size()) > kMostAtEnd) return {Change::kCut, {}};
    return replaced(std::move(a), std::move(b));
  }

 private:
  /// The head of both sides is compared only as far as the sentence goes that both share: what stands before
  /// it was cut.
  void keep_last_sentence() {
    keep_last_sentence(first_, at_.first);
    keep_last_sentence(second_, at_.second);
  }
  static void keep_last_sentence(const Words& words, WordRange& range) {
    std::uint32_t begin = range.end;
    if (begin < words.size() && (words[begin].starts_sentence || words[begin].after_gap)) {
      range.begin = begin;
      return;
    }
    while (begin > range.begin) {
      --begin;
      if (words[begin].starts_sentence || words[begin].after_gap) break;
    }
    range.begin = begin;
  }
  void keep_first_sentence() {
    keep_first_sentence(first_, at_.first);
    keep_first_sentence(second_, at_.second);
  }
  static void keep_first_sentence(const Words& words, WordRange& range) {
    std::uint32_t end = range.begin;
    while (end < range.end && !words[end].starts_sentence && !words[end].after_gap) ++end;
    range.end = end;
  }

  /// At an end a few words stand for as many others: "any longer, but it went well" is "any more", cut.
  void keep_as_many() {
    const std::uint32_t most = std::min(at_.first.size(), at_.second.size()) + 1;
    for (WordRange* range : {&at_.first, &at_.second}) {
      if (range->size() <= most) continue;
      at_.at_head ? range->begin = range->end - most : range->end = range->begin + most;
    }
  }

  [[nodiscard]] bool has_bracket(const Words& words, WordRange range) const {
    if (range.empty()) return false;
    // At an end only what stands beside the words that both have: the rest was cut.
    if (at_.at_head) return words[range.end - 1].bracketed && !words[range.end - 1].nothing;
    if (at_.at_tail) return words[range.begin].bracketed && !words[range.begin].nothing;
    return std::any_of(words.begin() + range.begin, words.begin() + range.end,
                       [](const CollationWord& word) { return word.bracketed && !word.nothing; });
  }
  static std::vector<std::uint32_t> own_words(const Words& words, WordRange range) {
    std::vector<std::uint32_t> own;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (!words[i].bracketed && !words[i].nothing) own.push_back(i);
    }
    return own;
  }
  static bool is_quoted(const Words& words, const std::vector<std::uint32_t>& numbers) {
    return std::ranges::any_of(numbers, [&](std::uint32_t i) { return words[i].quoted; });
  }
  /// Whether one side marks that something is left out here.
  [[nodiscard]] bool is_cut_here() const {
    return marks_cut(first_, at_.first) || marks_cut(second_, at_.second);
  }
  static bool marks_cut(const Words& words, WordRange range) {
    const std::uint32_t end =
        std::min<std::uint32_t>(range.end + 1, static_cast<std::uint32_t>(words.size()));
    return std::any_of(words.begin() + range.begin, words.begin() + end,
                       [](const CollationWord& word) { return word.after_gap; });
  }
  [[nodiscard]] Judged one_side(const std::vector<std::uint32_t>& a,
                                const std::vector<std::uint32_t>& b) const {
    if (at_.at_head || at_.at_tail || is_cut_here()) return {Change::kCut, {}};
    const Words& words = a.empty() ? second_ : first_;
    for (const std::uint32_t i : a.empty() ? b : a) {
      if (words[i].weight == WordWeight::kNegation && words[i].quoted)
        return {Change::kNegation,
                fmt::format("negation: \"{}\" {}", words[i].folded, a.empty() ? "put in" : "left out")};
    }
    return {Change::kCut, {}};
  }

  /// Takes away what both sides have, in whatever order, and forms of one word.
  void take_common(std::vector<std::uint32_t>& a, std::vector<std::uint32_t>& b) const {
    std::erase_if(a, [&](std::uint32_t i) {
      const auto other = std::ranges::find_if(b, [&](std::uint32_t k) {
        return same_word(first_[i], second_[k]) || near_word(first_[i], second_[k]);
      });
      if (other == b.end()) return false;
      b.erase(other);
      return true;
    });
  }
  static std::vector<std::uint32_t> of_weight(const Words& words, const std::vector<std::uint32_t>& numbers,
                                              WordWeight weight) {
    std::vector<std::uint32_t> found;
    std::ranges::copy_if(numbers, std::back_inserter(found),
                         [&](std::uint32_t i) { return words[i].weight == weight; });
    return found;
  }
  static std::vector<std::uint32_t> telling(const Words& words, const std::vector<std::uint32_t>& numbers) {
    std::vector<std::uint32_t> found;
    std::ranges::copy_if(numbers, std::back_inserter(found),
                         [&](std::uint32_t i) { return !is_small(words[i]); });
    return found;
  }
  static bool has_name(const Words& words, const std::vector<std::uint32_t>& numbers) {
    return std::ranges::any_of(numbers, [&](std::uint32_t i) { return words[i].capital; });
  }

  [[nodiscard]] std::string for_other(std::string_view label, const std::vector<std::uint32_t>& a,
                                      const std::vector<std::uint32_t>& b) const {
    if (b.empty()) return fmt::format("{}: \"{}\" left out", label, listed(first_, a));
    if (a.empty()) return fmt::format("{}: \"{}\" put in", label, listed(second_, b));
    return fmt::format("{}: \"{}\" for \"{}\"", label, listed(second_, b), listed(first_, a));
  }

  /// "IE" for "Internet Explorer"
  static bool are_initials(const Words& short_side, const std::vector<std::uint32_t>& a,
                           const Words& long_side, const std::vector<std::uint32_t>& b) {
    if (a.size() != 1 || b.size() < 2) return false;
    std::string initials;
    for (const std::uint32_t i : b) initials += long_side[i].folded.substr(0, 1);
    std::string letters = short_side[a[0]].folded;
    std::erase(letters, '.');
    return initials == letters;
  }

  [[nodiscard]] Judged replaced(std::vector<std::uint32_t> a, std::vector<std::uint32_t> b) const {
    take_common(a, b);
    const auto both = [&](WordWeight weight) {
      return std::pair(of_weight(first_, a, weight), of_weight(second_, b, weight));
    };
    if (const auto [of_a, of_b] = both(WordWeight::kNumber); !of_a.empty() || !of_b.empty())
      return {Change::kNumber, for_other("number", of_a, of_b)};
    if (const auto [of_a, of_b] = both(WordWeight::kNegation); of_a.size() != of_b.size())
      return {Change::kNegation, for_other("negation", of_a, of_b)};
    const auto telling_a = telling(first_, a);
    const auto telling_b = telling(second_, b);
    if (const auto [of_a, of_b] = both(WordWeight::kModal); !of_a.empty() && !of_b.empty())
      return {Change::kModal, for_other("modal", of_a, of_b)};
    if (telling_a.empty() && telling_b.empty()) return {Change::kSmallWords, {}};
    const bool at_end = at_.at_head || at_.at_tail;
    if (at_end && (telling_a.empty() || telling_b.empty())) return {Change::kCut, {}};
    if (are_initials(first_, telling_a, second_, telling_b) ||
        are_initials(second_, telling_b, first_, telling_a))
      return {Change::kSmallWords, {}};
    if (has_name(first_, telling_a) || has_name(second_, telling_b))
      return {Change::kName, for_other("name", telling_a, telling_b)};
    return {Change::kWord,
            for_other("word", telling_a.empty() ? a : telling_a, telling_b.empty() ? b : telling_b)};
  }

  const Words& first_;
  const Words& second_;
  UnmatchedWords at_;
};

/// A negation on each side that the other one has elsewhere: "I don't think we were" for "I think we
/// weren't".
bool moved_negation(const AlignedWording& wording, const std::vector<UnmatchedWords>& all) {
  bool of_first = false;
  bool of_second = false;
  for (const UnmatchedWords& at : all) {
    if (at.at_head || at.at_tail) continue;
    const auto negates = [](const CollationWord& word) { return word.weight == WordWeight::kNegation; };
    of_first |=
        std::any_of(wording.first.begin() + at.first.begin, wording.first.begin() + at.first.end, negates);
    of_second |= std::any_of(wording.second.begin() + at.second.begin, wording.second.begin() + at.second.end,
                             negates);
  }
  return of_first && of_second;
}

/// Whether words that were matched are other forms of each other, or parts of a contraction on one side only.
bool has_near_words(const AlignedWording& wording) {
  return std::ranges::any_of(wording.alignment.pairs, [&](WordPair pair) {
    const CollationWord& a = wording.first[pair.first];
    const CollationWord& b = wording.second[pair.second];
    return !same_word(a, b) || a.contracted != b.contracted || a.censored != b.censored;
  });
}

}  // namespace

WordingDifference wording_difference(const AlignedWording& wording) {
  const std::vector<UnmatchedWords> all = unmatched_words(wording);
  bool cut_at_end = false;
  bool cut_inside = false;
  bool bracketed = false;
  bool changed = has_near_words(wording);
  std::optional<Judged> gravest;
  for (const UnmatchedWords& at : all) {
    const Judged judged = Judge(wording, at).judge();
    cut_at_end |= judged.change != Change::kNone && (at.at_head || at.at_tail);
    cut_inside |= judged.change == Change::kCut && !at.at_head && !at.at_tail;
    bracketed |= judged.change == Change::kBracketed;
    changed |= judged.change >= Change::kSmallWords;
    if (judged.change > Change::kSmallWords && (!gravest || judged.change > gravest->change))
      gravest = judged;
  }
  WordingDifference difference;
  if (moved_negation(wording, all) && (!gravest || gravest->change != Change::kNumber)) {
    gravest = Judged{Change::kNegation, "negation: stands elsewhere"};
  }
  if (gravest) difference.altered = true, difference.what_changed = gravest->what;
  using enum WitnessRelation;
  if (gravest && gravest->change >= Change::kNumber) {
    difference.relation = kNegationOrNumberChanged;
  } else if (changed) {
    difference.relation = kWordChanged;
  } else if (bracketed) {
    difference.relation = kBracketed;
  } else if (cut_inside) {
    difference.relation = kElided;
  } else if (cut_at_end) {
    difference.relation = kTruncated;
  }
  return difference;
}

}  // namespace onrecord
