#include "compare/link_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "compare/word_alignment.h"

namespace onrecord {
namespace {

std::vector<AlignedWordTraits> traits(std::span<const SketchWord> words) {
  std::vector<AlignedWordTraits> all;
  all.reserve(words.size());
  for (const SketchWord& word : words) all.push_back({word.after_gap, !word.counts});
  return all;
}

/// An outlet's own word beside the same word: no reason to line the others up by it.
constexpr float kOwnWordWorth = 0.5F;

/// What another form of a word tells of what the word itself would.
constexpr float kOtherForm = 0.6F;

/// Words of a sentence that may be an utterance's by itself; short ones are said again and again.
constexpr std::uint32_t kLongSentence = 10;

using Words = std::span<const SketchWord>;

float counted(const SketchWord& word) { return word.counts ? word.information : 0.0F; }

float information_of(Words words) {
  float all = 0;
  for (const SketchWord& word : words) all += counted(word);
  return all;
}

std::uint32_t count(Words words) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(words, [](const SketchWord& word) { return word.counts; }));
}

/// Pairs `[begin, end)` of an alignment that stand in a row on both sides.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  float information = 32;
};

float form_share(const SketchWord& a, const SketchWord& b) { return a.code == b.code ? 1.0F : kOtherForm; }

std::vector<Run> runs_of(Words a, Words b, const std::vector<WordPair>& pairs) {
  const auto is_same = [&](WordPair pair) { return a[pair.first].code == b[pair.second].code; };
  std::vector<Run> runs;
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    const bool goes_on = n > 0 && pairs[n].first == pairs[n - 1].first + 1 &&
                         pairs[n].second == pairs[n - 1].second + 1 && is_same(pairs[n - 1]) &&
                         is_same(pairs[n]);
    if (!goes_on) runs.push_back({n, n, 0});
    runs.back().end = n + 1;
    const SketchWord& one = a[pairs[n].first];
    const SketchWord& other = b[pairs[n].second];
    runs.back().information += form_share(one, other) * std::min(counted(one), counted(other));
  }
  return runs;
}

bool is_cut_around(Words a, Words b, WordPair head, WordPair tail) {
  const bool begins = head.first == 0 || head.second == 0 || a[head.first].starts || b[head.second].starts;
  const std::size_t after_a = tail.first + std::size_t{1};
  const std::size_t after_b = tail.second + std::size_t{1};
  const bool ends = after_a == a.size() || after_b == b.size() || a[after_a].starts || b[after_b].starts;
  return begins && ends;
}

/// What the words of a part of one side have in common with the other side, whose words are all in `all`.
class Sharing {
 public:
  Sharing(Words a, Words b, std::vector<WordPair> pairs) : a_(a), b_(b), pairs_(std::move(pairs)) {}

  [[nodiscard]] SharedWords all() const {
    SharedWords shared = of_pairs(pairs_);
    float of_first = 0;
    float of_second = 0;
    for (const WordPair pair : pairs_) {
      const float form = form_share(a_[pair.first], b_[pair.second]);
      of_first += form * counted(a_[pair.first]);
      of_second += form * counted(b_[pair.second]);
    }
    const float all_first = information_of(a_);
    const float all_second = information_of(b_);
    shared.share = all_first < all_second ? share(of_first, all_first) : share(of_second, all_second);
    shared.shorter = std::min(count(a_), count(b_));
    return shared;
  }

  /// Of each piece of the first, or the second.
  void add_pieces(bool of_first, std::vector<SharedWords>& shared) const {
    const Words words = of_first ? a_ : b_;
    for (std::uint32_t begin = 0; begin < words.size();) {
      std::uint32_t end = begin + 1;
      while (end < words.size() && !words[end].after_gap) ++end;
      if (begin > 0 || end < words.size()) add_piece(of_first, begin, end, shared);
      add_sentences(of_first, begin, end, shared);
      begin = end;
    }
  }

 private:
  static float share(float part, float all) { return all > 0 ? std::min(part / all, 1.0F) : 0.0F; }

  /// The sentences of a piece, those that are long enough to be told by their words.
  void add_sentences(bool of_first, std::uint32_t begin, std::uint32_t end,
                     std::vector<SharedWords>& shared) const {
    const Words words = of_first ? a_ : b_;
    for (std::uint32_t first = begin; first < end;) {
      std::uint32_t last = first + 1;
      while (last < end && !words[last].starts) ++last;
      const bool is_whole = first == begin && last == end;
      if (!is_whole && last - first >= kLongSentence) add_piece(of_first, first, last, shared);
      first = last;
    }
  }

  void add_piece(bool of_first, std::uint32_t begin, std::uint32_t end,
                 std::vector<SharedWords>& shared) const {
    const Words piece = (of_first ? a_ : b_).subspan(begin, end - begin);
    std::vector<WordPair> pairs;
    float matched = 0;
    for (const WordPair pair : pairs_) {
      const std::uint32_t at = of_first ? pair.first : pair.second;
      if (at < begin || at >= end) continue;
      pairs.push_back(pair);
      matched += form_share(a_[pair.first], b_[pair.second]) * counted((of_first ? a_ : b_)[at]);
    }
    if (pairs.empty()) return;
    SharedWords of_piece = of_pairs(pairs);
    of_piece.share = share(matched, information_of(piece));
    of_piece.shorter = count(piece);
    shared.push_back(of_piece);
  }

  [[nodiscard]] SharedWords of_pairs(const std::vector<WordPair>& pairs) const {
    SharedWords shared;
    for (const WordPair pair : pairs)
      shared.words += a_[pair.first].counts && b_[pair.second].counts ? 1U : 0U;
    for (const Run& run : runs_of(a_, b_, pairs)) {
      shared.longest_run = std::max(shared.longest_run, static_cast<std::uint32_t>(run.end - run.begin));
      shared.information += run.information;
      if (run.information <= shared.run_information) continue;
      shared.run_information = run.information;
      shared.run_is_cut = is_cut_around(a_, b_, pairs[run.begin], pairs[run.end - 1]);
    }
    return shared;
  }

  Words a_;
  Words b_;
  std::vector<WordPair> pairs_;
};

}  // namespace

std::vector<SharedWords> shared_words(Words a, Words b) {
  WordAlignment alignment = align_words(traits(a), traits(b), [&](std::uint32_t i, std::uint32_t k) {
    if (a[i].code != b[k].code && a[i].stem != b[k].stem) return 0.0F;
    if (!a[i].counts || !b[k].counts) return kOwnWordWorth;
    return (a[i].small ? 1.0F : 2.0F) * (a[i].code == b[k].code ? 1.0F : kOtherForm);
  });
  if (alignment.pairs.empty()) return {};
  const Sharing sharing(a, b, std::move(alignment.pairs));
  std::vector<SharedWords> shared = {sharing.all()};
  sharing.add_pieces(true, shared);
  sharing.add_pieces(false, shared);
  return shared;
}

std::vector<std::uint32_t> sorted_stems(Words words) {
  std::vector<std::uint32_t> stems;
  stems.reserve(words.size());
  for (const SketchWord& word : words) stems.push_back(word.stem);
  std::ranges::sort(stems);
  return stems;
}

float most_information(Words words, std::span<const std::uint32_t> stems) {
  float most = 0;
  for (const SketchWord& word : words) {
    if (word.counts && std::ranges::binary_search(stems, word.stem)) most += word.information;
  }
  return most;
}

SpeakerMatch speaker_match(const QuotationSketch& a, const QuotationSketch& b) {
  const auto is_known = [](const QuotationSketch& one) {
    return one.person != 0 && one.speaker_kind != SpeakerKind::kUnnamed &&
           one.speaker_kind != SpeakerKind::kUnknown;
  };
  if (!is_known(a) || !is_known(b)) return SpeakerMatch::kUnknown;
  if (a.person == b.person || (a.name_letters == b.name_letters && a.name_letters != 0))
    return SpeakerMatch::kSame;
  if (a.last_name == 0 || b.last_name == 0) return SpeakerMatch::kUnknown;
  if (a.last_name != b.last_name) return SpeakerMatch::kDifferent;
  // "Jim" and "James" may be one, "Mary" and "Dick" are not: nobody can tell by the name.
  const bool may_differ = a.first_name != 0 && b.first_name != 0 && a.first_name != b.first_name;
  return may_differ ? SpeakerMatch::kUnknown : SpeakerMatch::kSame;
}

bool are_named_apart(const QuotationSketch& a, const QuotationSketch& b) {
  const auto is_named = [](const QuotationSketch& one) {
    return one.name_letters != 0 && one.speaker_kind != SpeakerKind::kUnnamed &&
           one.speaker_kind != SpeakerKind::kUnknown;
  };
  return is_named(a) && is_named(b) && speaker_match(a, b) != SpeakerMatch::kSame;
}

LinkContext link_context(const QuotationSketch& a, const QuotationSketch& b, CommonGround ground) {
  LinkContext context;
  context.speaker = speaker_match(a, b);
  context.named_apart = are_named_apart(a, b);
  context.same_article = a.place.article == b.place.article;
  context.same_story = ground != CommonGround::kNone || context.same_article;
  context.only_passages = ground == CommonGround::kPassages;
  if (a.day && b.day) context.days_apart = std::abs(*a.day - *b.day);
  context.both_quoted = a.quoted && b.quoted;
  context.neither_quoted = !a.quoted && !b.quoted;
  return context;
}

namespace {

/// What two quotations must have in common to be one utterance. Information is in nats; ten words of speech
/// that are in no way remarkable tell some 30.
struct Bar {
  float share = 0.85F;
  std::uint32_t run = 6;
  float information = 32;
  float run_information = 44;  ///< of words in a row that are one utterance whatever stands around them
};

constexpr float kAnyRun = 1e9F;
/// What two speakers who are named differently must have in common beyond what others have.
constexpr float kOtherSpeaker = 6;

Bar bar_of(const LinkContext& context) {
  constexpr std::int32_t kWeek = 7;
  const bool same_speaker = context.speaker == SpeakerMatch::kSame;
  Bar bar;
  if (context.same_story && same_speaker) {
    bar = {0.6F, 3, 12, 24};
  } else if (context.same_story || (same_speaker && context.days_apart && *context.days_apart <= kWeek)) {
    bar = {0.7F, 4, 14, 28};
  }
  if (context.speaker == SpeakerMatch::kDifferent) {
    bar.share = 0.9F, bar.run = std::max(bar.run, 6U);
    bar.information += kOtherSpeaker, bar.run_information += 10;
  }
  if (!context.both_quoted) {
    bar.share = std::max(bar.share, 0.8F), bar.run += 2, bar.information += 10, bar.run_information += 20;
  }
  // Two outlets that tell the same facts in their own words need not have them from one utterance.
  if (!context.both_quoted && !same_speaker) bar.share = 0.95F, bar.run_information = kAnyRun;
  if (context.same_article) {
    bar.share = 0.9F, bar.run = std::max(bar.run, 5U), bar.run_information = kAnyRun;
  }
  return bar;
}

/// What a proposed pair must tell of what a linked one must.
constexpr float kProposedShare = 0.6F;

/// A run that other words stand around must tell so much more.
constexpr float kUncutRun = 2.5F;

}  // namespace

float least_information(const LinkContext& context) {
  return bar_of(context).information * (context.same_story ? kProposedShare : 1.0F);
}

LinkDecision decide_link(const SharedWords& shared, const LinkContext& context) {
  if (context.same_article && context.named_apart) return {};  // who answers takes the other one's words up
  Bar bar = bar_of(context);
  // One word for another is half of what a few words tell.
  constexpr std::uint32_t kFewWords = 8;
  constexpr std::uint32_t kFewest = 6;
  constexpr float kShareOfFewest = 0.9F;
  constexpr float kShareOfFew = 0.8F;
  if (shared.shorter < kFewWords) bar.share = std::max(bar.share, kShareOfFew);
  if (shared.shorter < kFewest) bar.share = std::max(bar.share, kShareOfFewest);
  // A phrase of one speaker is echoed by others.
  constexpr std::uint32_t kPhrase = 6;
  if (shared.shorter <= kPhrase && context.named_apart) bar.information += kOtherSpeaker;
  // Many words in a row make up for words around them that differ.
  constexpr float kShareOfRun = 0.025F;
  constexpr float kMostOfRun = 0.1F;
  const float more_in_a_row = static_cast<float>(shared.longest_run) - static_cast<float>(bar.run);
  const float in_a_row =
      !context.both_quoted ? 0.0F : std::clamp(kShareOfRun * more_in_a_row, 0.0F, kMostOfRun);
  const bool covers = shared.share + in_a_row >= bar.share && shared.longest_run >= bar.run &&
                      shared.information >= bar.information;
  const bool overlaps =
      shared.longest_run >= bar.run + 2 &&
      shared.run_information >= bar.run_information * (shared.run_is_cut ? 1.0F : kUncutRun);
  LinkDecision decision;
  const float strength = shared.information * shared.share / (bar.information * bar.share);
  if (covers || overlaps) {
    decision.verdict = LinkVerdict::kLinked;
    decision.confidence = std::clamp(1.0F - 0.25F * std::exp(-(strength - 1.0F)), 0.6F, 0.99F);
  } else if (!context.same_article && context.same_story && shared.longest_run >= 3 && shared.share >= 0.5F &&
             shared.information >= kProposedShare * bar.information) {
    decision.verdict = LinkVerdict::kProposed;
    decision.confidence = std::clamp(0.5F * strength, 0.1F, 0.6F);
  }
  return decision;
}

namespace {

std::string context_reason(const LinkContext& context) {
  std::string reason;
  if (context.speaker == SpeakerMatch::kSame) reason += ", same speaker";
  if (context.speaker == SpeakerMatch::kDifferent)
    reason += ", read as another speaker's: misattributed or misread";
  if (context.same_article) {
    reason += ", in one article";
  } else if (context.days_apart) {
    reason += *context.days_apart == 0   ? ", published the same day"
              : *context.days_apart == 1 ? ", published a day apart"
                                         : fmt::format(", published {} days apart", *context.days_apart);
  }
  if (context.same_story && !context.same_article)
    reason += context.only_passages ? ", in articles with common passages" : ", one story";
  return reason;
}

}  // namespace

std::string link_reason(const SharedWords& shared, const LinkContext& context) {
  const std::uint32_t words = std::min(shared.words, shared.shorter);
  const std::string of_words = words >= shared.shorter ? fmt::format("all {} words", shared.shorter)
                                                       : fmt::format("{} of {} words, {} in a row", words,
                                                                     shared.shorter, shared.longest_run);
  return of_words + context_reason(context);
}

std::string anchored_reason(const SharedAnchors& anchors, const LinkContext& context) {
  return fmt::format("other words, {} telling ones in common{}", anchors.words,
                     anchors.numbers ? ", a number among them" : "") +
         context_reason(context);
}

}  // namespace onrecord
