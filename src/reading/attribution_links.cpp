#include "reading/attribution_links.h"

#include <algorithm>
#include <limits>

namespace onrecord {
namespace {

using Kind = AttributionPiece::Kind;

// Prices in tokens of distance (measured on the training articles; the result hardly moves when one is halved
// or doubled).
constexpr std::uint32_t kOtherSentence = 5;
constexpr std::uint32_t kPieceBetween = 3;
constexpr std::uint32_t kFarthestSource = 60;
constexpr std::uint32_t kTooFar = std::numeric_limits<std::uint32_t>::max();

class Linker {
 public:
  Linker(const Words& words, const std::vector<AttributionPiece>& pieces, StepCounter& steps)
      : words_(words), pieces_(pieces), steps_(steps), draft_of_piece_(pieces.size(), -1) {}

  std::vector<Draft> link(const std::vector<bool>& paragraph_is_read) {
    // 1. One draft a cue; then paragraph by paragraph sources and contents to their cues.
    for (std::size_t first = 0; first < pieces_.size();) {
      std::size_t last = first;
      while (last < pieces_.size() && paragraph(pieces_[last]) == paragraph(pieces_[first])) ++last;
      link_paragraph(first, last);
      first = last;
    }
    // 2. Contents whose paragraph has no cue.
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].kind == Kind::kContent && draft_of_piece_[i] < 0) place_alone(i);
    }
    std::erase_if(drafts_, [](const Draft& draft) { return draft.content.empty(); });
    // 3. Passages in marks that are no part of any.
    add_uncovered_passages(paragraph_is_read);
    for (Draft& draft : drafts_) {
      std::ranges::sort(draft.content, {}, &TokenRange::begin);
      if (draft.mode == QuotationMode::kThought && has_long_passage(draft))
        draft.mode = QuotationMode::kSpeech;
    }
    std::ranges::sort(drafts_, {}, [](const Draft& draft) { return draft.content.front().begin; });
    return std::move(drafts_);
  }

 private:
  [[nodiscard]] std::uint32_t paragraph(const AttributionPiece& piece) const {
    return words_.sentence(piece.range.begin).paragraph;
  }

  void link_paragraph(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      if (pieces_[i].kind == Kind::kCue) open_draft(i);
    }
    for (std::size_t i = first; i < last; ++i) {
      if (pieces_[i].kind != Kind::kContent) continue;
      std::size_t cue = cheapest(i, Kind::kCue, first, last);
      if (cue == last || is_before_words_in_marks(i, cue) || is_behind_words_in_marks(i, cue)) continue;
      if (is_before_whole_report(i, cue, last)) continue;
      if (const std::int32_t before = draft_before_next_sentence(i, cue, first, last); before >= 0) {
        add_content(static_cast<std::size_t>(before), i);
        continue;
      }
      cue = cue_that_speaks_on(i, cue, first);
      const auto draft = static_cast<std::size_t>(draft_of_piece_[cue]);
      add_content(draft, i);
      if (i < cue && is_in_marks(i)) has_marks_before_[draft] = true;
    }
    for (std::size_t i = first; i < last; ++i) {
      if (pieces_[i].kind != Kind::kCue) continue;
      const std::size_t source = cheapest(i, Kind::kSource, first, last);
      // "The duo claimed that it was late. QUILL disagreed": who is told in the next sentence is another.
      if (source != last && sentence(source) != sentence(i)) continue;
      if (source != last && price(i, source, first, last) < kFarthestSource) {
        drafts_[static_cast<std::size_t>(draft_of_piece_[i])].source = pieces_[source].range;
      }
    }
  }

  // The piece of `kind` in [first, last) at the lowest price for piece `of`, the first of equals; `last` when
  // there is none.
  std::size_t cheapest(std::size_t of, Kind kind, std::size_t first, std::size_t last) {
    std::size_t best = last;
    std::uint32_t best_price = kTooFar;
    for (std::size_t i = first; i < last; ++i) {
      if (pieces_[i].kind != kind) continue;
      const std::uint32_t asked = price(of, i, first, last);
      if (asked < best_price) best = i, best_price = asked;
    }
    return best;
  }

  // Distance in tokens, with additions for a sentence's end and for pieces of the other's kind in between.
  std::uint32_t price(std::size_t of, std::size_t other, std::size_t first, std::size_t last) {
    const std::size_t before = std::min(of, other);
    const std::size_t after = std::max(of, other);
    const TokenRange left = pieces_[before].range;
    const TokenRange right = pieces_[after].range;
    std::uint32_t price = right.begin - left.end;
    if (words_.sentence_of(left.end - 1) != words_.sentence_of(right.begin)) price += kOtherSentence;
    for (std::size_t i = std::max(before + 1, first); i < std::min(after, last); ++i) {
      steps_.count();
      if (pieces_[i].kind == pieces_[other].kind) price += kPieceBetween;
    }
    return price;
  }

  // The parser takes an opening mark for the end of the sentence before now and then.
  [[nodiscard]] std::uint32_t sentence(std::size_t piece) const {
    const TokenRange range = pieces_[piece].range;
    return words_.sentence_of(is_in_marks(piece) ? first_word(range) : range.begin);
  }

  // Whether a piece begins with an opening mark.
  [[nodiscard]] bool is_in_marks(std::size_t piece) const {
    const std::uint32_t begin = pieces_[piece].range.begin;
    return words_.passage_of(begin) >= 0 && Words::with_marks(words_.piece_at(begin)).begin == begin;
  }

  // `It felt less dramatic. "It is not new," said Lowe`: the first sentence is no part of what a cue behind
  // words in marks reports.
  bool is_before_words_in_marks(std::size_t content, std::size_t cue) {
    if (is_in_marks(content) || words_.passage_of(pieces_[content].range.end - 1) >= 0) return false;
    for (std::size_t i = content + 1; i < cue; ++i) {
      steps_.count();
      if (pieces_[i].kind == Kind::kContent && is_in_marks(i) && sentence(i) == sentence(cue))
        return sentence(content) != sentence(i);
    }
    return false;
  }

  // `As the tide came in, Lowe said that it was late`: nor are words without marks before a comma and a
  // source, when what is reported follows the cue at once. `The tide, Lowe said, was late` goes on behind a
  // comma.
  bool is_before_whole_report(std::size_t content, std::size_t cue, std::size_t last) {
    const std::uint32_t end = pieces_[content].range.end;
    if (cue < content || !words_.is_mark(end) || words_.passage_of(end) >= 0) return false;
    bool has_source = false;
    for (std::size_t i = content + 1; i < cue; ++i) {
      steps_.count();
      if (pieces_[i].kind == Kind::kContent) return false;
      has_source = has_source || pieces_[i].kind == Kind::kSource;
    }
    const std::size_t next = cue + 1;
    return has_source && next < last && pieces_[next].kind == Kind::kContent &&
           pieces_[next].range.begin == pieces_[cue].range.end;
  }

  // `"Quiet," he told the hall as the noise went on`: nor is the rest of the cue's own sentence, when it is
  // not in marks as what was said before the cue is.
  [[nodiscard]] bool is_behind_words_in_marks(std::size_t content, std::size_t cue) const {
    return cue < content && !is_in_marks(content) && sentence(content) == sentence(cue) &&
           has_marks_before_[static_cast<std::size_t>(draft_of_piece_[cue])];
  }

  // `"We try," said Lowe, noting that it is late. "We will go on."`: the words in marks go on from those
  // before the first cue of the sentence. `cue` itself when there is none such.
  std::size_t cue_that_speaks_on(std::size_t content, std::size_t cue, std::size_t first) {
    if (cue > content || !is_in_marks(content) || sentence(content) == sentence(cue)) return cue;
    for (std::size_t end = cue; end > first; --end) {
      const std::size_t i = end - 1;
      if (sentence(i) != sentence(cue)) break;
      steps_.count();
      if (pieces_[i].kind == Kind::kCue && has_marks_before_[static_cast<std::size_t>(draft_of_piece_[i])])
        return i;
    }
    return cue;
  }

  // `"We try," said Lowe. "It is late." Quill said that it was not`: whole sentences in marks go on from what
  // was said before, in the same marks or in the sentence before, not to a cue in the next sentence that
  // tells something else. The draft they go on from; -1 when the cue is theirs.
  [[nodiscard]] std::int32_t draft_before_next_sentence(std::size_t content, std::size_t cue,
                                                        std::size_t first, std::size_t last) {
    if (cue < content || !opens_in_marks(content) || is_bare_attribution(content, cue)) return -1;
    const std::int32_t passage = words_.passage_of(first_word(pieces_[content].range));
    const std::int32_t open = draft_in_passage(passage, content);
    if (open >= 0 && speaks_outside_marks(drafts_[static_cast<std::size_t>(open)])) return open;
    for (std::size_t i = content; i-- > first;) {
      steps_.count();
      if (pieces_[i].kind == Kind::kSource || draft_of_piece_[i] < 0) continue;
      const Draft& draft = drafts_[static_cast<std::size_t>(draft_of_piece_[i])];
      const bool just_before = words_.sentence_of(pieces_[i].range.end - 1) + 1 >= sentence(content);
      if (!just_before) return -1;
      if (speaks_outside_marks(draft)) return draft_of_piece_[i];
    }
    return reports_something(cue, last) ? draft_that_goes_on(content) : -1;
  }

  // Not in the marks of another, where "I fear" is no cue.
  [[nodiscard]] bool speaks_outside_marks(const Draft& draft) const {
    return draft.head != kNoToken && words_.passage_of(draft.head) < 0;
  }

  // Whether a content of its own stands behind a cue in its sentence.
  [[nodiscard]] bool reports_something(std::size_t cue, std::size_t last) {
    for (std::size_t i = cue + 1; i < last && sentence(i) == sentence(cue); ++i) {
      steps_.count();
      if (pieces_[i].kind == Kind::kContent) return true;
    }
    return false;
  }

  // `"It is late." Lowe said.`, `"Is it late?" asked Lowe`: whether nothing but an attribution stands in the
  // cue's sentence, or the cue in the sentence of the content.
  [[nodiscard]] bool is_bare_attribution(std::size_t content, std::size_t cue) {
    constexpr std::uint32_t kMostBehind = 2;  // "Lowe said quietly."
    const std::uint32_t begin = pieces_[cue].range.begin;
    if (words_.sentence_of(begin) <= words_.sentence_of(pieces_[content].range.end - 1)) return true;
    std::uint32_t behind = 0;
    for (std::uint32_t token = pieces_[cue].range.end; token < words_.sentence(begin).last; ++token) {
      steps_.count();
      behind += words_.is_mark(token) ? 0 : 1;
    }
    return behind <= kMostBehind;
  }

  void open_draft(std::size_t cue) {
    Draft draft;
    draft.cue = {pieces_[cue].range};
    draft.head = head_of(pieces_[cue].range);
    draft.mode = mode_of(pieces_[cue].range, draft.head);
    draft.confidence = pieces_[cue].confidence;
    draft.reason = "cue '" + std::string(cut(words_.document().text, words_.span(pieces_[cue].range))) + "'";
    draft_of_piece_[cue] = static_cast<std::int32_t>(drafts_.size());
    drafts_.push_back(std::move(draft));
    has_marks_before_.resize(drafts_.size());
  }

  void add_content(std::size_t draft, std::size_t content) {
    drafts_[draft].content.push_back(pieces_[content].range);
    drafts_[draft].confidence = std::min(drafts_[draft].confidence, pieces_[content].confidence);
    draft_of_piece_[content] = static_cast<std::int32_t>(draft);
  }

  // A content whose paragraph has no cue goes on from the paragraph before, or stands in marks by itself.
  void place_alone(std::size_t content) {
    const TokenRange range = pieces_[content].range;
    const std::int32_t passage = words_.passage_of(first_word(range));
    if (passage < 0) return;
    std::int32_t draft = draft_in_passage(passage, content);
    if (draft < 0) draft = draft_that_announces(content);
    if (draft < 0) draft = draft_that_goes_on(content);
    if (draft < 0) {
      draft = static_cast<std::int32_t>(drafts_.size());
      drafts_.push_back(without_cue(pieces_[content].confidence));
    }
    add_content(static_cast<std::size_t>(draft), content);
  }

  // `Lowe went on:`, a paragraph that ends so, before one that begins with an opening mark: the draft of its
  // cue, when nothing else is what it reports; else -1.
  [[nodiscard]] std::int32_t draft_that_announces(std::size_t content) {
    const std::uint32_t begin = pieces_[content].range.begin;
    if (!opens_in_marks(content) || begin == 0 || !words_.equals(begin - 1, ":")) return -1;
    for (std::size_t i = content; i-- > 0;) {
      steps_.count();
      if (paragraph(pieces_[i]) + 1 != paragraph(pieces_[content]) || pieces_[i].kind == Kind::kContent)
        return -1;
      if (pieces_[i].kind != Kind::kCue) continue;
      const bool free = drafts_[static_cast<std::size_t>(draft_of_piece_[i])].content.empty();
      return free ? draft_of_piece_[i] : -1;
    }
    return -1;
  }

  // Whether a piece begins its sentence with an opening mark.
  [[nodiscard]] bool opens_in_marks(std::size_t piece) const {
    const std::uint32_t begin = pieces_[piece].range.begin;
    return is_in_marks(piece) && words_.sentence(begin).first + 1 >= begin;
  }

  // Whether nothing but marks stands behind a content in its paragraph.
  [[nodiscard]] bool ends_paragraph(std::size_t content) {
    for (std::uint32_t token = pieces_[content].range.end; token < words_.size(); ++token) {
      steps_.count();
      if (words_.sentence(token).paragraph != paragraph(pieces_[content])) break;
      if (!words_.is_mark(token) && !words_.text(token).starts_with('\n')) return false;
    }
    return true;
  }

  // `"It is late," Lowe said.`, before a sentence in marks that ends a paragraph without a cue: the last
  // draft of the paragraph before; else -1.
  [[nodiscard]] std::int32_t draft_that_goes_on(std::size_t content) {
    const bool short_one = pieces_[content].range.size() < kLongPassage + 2;  // a headline between paragraphs
    if (short_one || !opens_in_marks(content) || !ends_paragraph(content)) return -1;
    for (std::size_t i = content; i-- > 0;) {
      steps_.count();
      if (paragraph(pieces_[i]) + 1 < paragraph(pieces_[content])) return -1;
      if (pieces_[i].kind != Kind::kContent || draft_of_piece_[i] < 0) continue;
      const Draft& draft = drafts_[static_cast<std::size_t>(draft_of_piece_[i])];
      // "Old and tired" in a sentence without marks goes nowhere.
      const bool told_there = draft.head != kNoToken && has_long_passage(draft) &&
                              words_.sentence(draft.head).paragraph == paragraph(pieces_[i]);
      return told_there ? draft_of_piece_[i] : -1;
    }
    return -1;
  }

  // The token after an opening mark.
  [[nodiscard]] static std::uint32_t first_word(TokenRange range) {
    return std::min(range.begin + 1, range.end - 1);
  }

  // The draft of the nearest content before `content` when that one stands in `passage` too, else -1.
  [[nodiscard]] std::int32_t draft_in_passage(std::int32_t passage, std::size_t content) {
    for (std::size_t i = content; i-- > 0;) {
      steps_.count();
      if (paragraph(pieces_[i]) + 1 < paragraph(pieces_[content])) return -1;
      if (pieces_[i].kind != Kind::kContent || draft_of_piece_[i] < 0) continue;
      const TokenRange before = pieces_[i].range;
      const bool same =
          words_.passage_of(before.end - 1) == passage || words_.passage_of(first_word(before)) == passage;
      return same ? draft_of_piece_[i] : -1;
    }
    return -1;
  }

  static Draft without_cue(float confidence) {
    Draft draft;
    draft.confidence = confidence;
    draft.reason = "marks without a cue";
    return draft;
  }

  // Long passages in marks that the tagger passed over.
  void add_uncovered_passages(const std::vector<bool>& paragraph_is_read) {
    std::vector<bool> covered(words_.size(), false);
    for (const AttributionPiece& piece : pieces_) {
      if (piece.kind == Kind::kContent)
        std::fill(covered.begin() + piece.range.begin, covered.begin() + piece.range.end, true);
    }
    for (const MarkedPassage& passage : words_.passages()) {
      if (passage.depth > 0 || !passage.closed || !paragraph_is_read[passage.pieces.front().paragraph])
        continue;
      Draft draft = without_cue(kSureOfLongPassage);
      std::size_t word_count = 0;
      bool overlaps = false;
      for (const MarkedPiece& piece : passage.pieces) {
        for (std::uint32_t token = piece.first; token < piece.last; ++token) {
          overlaps = overlaps || covered[token];
          if (!words_.is_mark(token)) ++word_count;
        }
        draft.content.push_back(Words::with_marks(piece));
      }
      if (!overlaps && word_count >= kLongPassage) drafts_.push_back(std::move(draft));
    }
  }

  // Words in marks were said or written, whatever the cue tells of them: Lowe SHARES THIS VIEW. "The tide is
  // ..."
  [[nodiscard]] bool has_long_passage(const Draft& draft) const {
    return std::ranges::any_of(draft.content, [&](TokenRange range) {
      const bool opens = words_.passage_of(range.begin) >= 0 &&
                         Words::with_marks(words_.piece_at(range.begin)).begin == range.begin;
      return opens && range.size() >= kLongPassage + 2;
    });
  }

  // The word of a cue on which the others depend.
  [[nodiscard]] std::uint32_t head_of(TokenRange cue) const {
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      if (words_.is_reporting(token)) return token;
    }
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      const std::uint32_t above = words_.document().head(token);
      if (above == token || above < cue.begin || above >= cue.end) return token;
    }
    return cue.begin;
  }

  // "Did not mention", "had no praise for": nothing was said, and the negation is part of the cue. A refusal
  // is told words: "would not say"; so is "not only said".
  [[nodiscard]] bool leaves_unsaid(TokenRange cue) const {
    bool negated = false;
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      if (words_.equals(token, "would") || words_.equals(token, "could") || words_.equals(token, "only"))
        return false;
      negated = negated || words_.is(token, WordClass::kNegation) || words_.equals(token, "nothing");
    }
    return negated;
  }

  [[nodiscard]] QuotationMode mode_of(TokenRange cue, std::uint32_t head) const {
    if (leaves_unsaid(cue)) return QuotationMode::kThought;
    if (words_.is_reporting(head)) return words_.verb(head).mode;
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      const std::int32_t noun_mode = words_.entry(token).noun_mode;
      if (noun_mode >= 0) return static_cast<QuotationMode>(noun_mode);
    }
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      if (words_.is(token, WordClass::kMind)) return QuotationMode::kThought;
    }
    return QuotationMode::kSpeech;
  }

  const Words& words_;
  const std::vector<AttributionPiece>& pieces_;
  StepCounter& steps_;
  std::vector<Draft> drafts_;
  std::vector<std::int32_t> draft_of_piece_;  // -1: none yet
  std::vector<bool> has_marks_before_;        // a draft's cue has words in marks before it
};

bool is_within(TokenRange inner, TokenRange outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

// Makes one content of the words in marks where the tagger sees a cue inside: `"We think that it is late,"
// said Lowe`. Only where a content begins with the opening mark and the paragraph has a cue outside of the
// marks.
std::vector<AttributionPiece> join_in_marks(const Words& words, const std::vector<AttributionPiece>& pieces,
                                            StepCounter& steps) {
  std::vector<AttributionPiece> joined;
  // Whether the paragraph has a cue before piece `first` or from `last` on.
  const auto has_cue_outside = [&](std::size_t first, std::size_t last) {
    const auto is_here = [&](std::size_t i) {
      steps.count();
      return words.sentence(pieces[i].range.begin).paragraph ==
             words.sentence(pieces[first].range.begin).paragraph;
    };
    for (std::size_t i = last; i < pieces.size() && is_here(i); ++i) {
      if (pieces[i].kind == Kind::kCue) return true;
    }
    for (std::size_t end = first; end > 0 && is_here(end - 1); --end) {
      if (pieces[end - 1].kind == Kind::kCue) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < pieces.size();) {
    AttributionPiece piece = pieces[i];
    std::size_t next = i + 1;
    const std::uint32_t begin = piece.range.begin;
    if (piece.kind == Kind::kContent && words.passage_of(begin) >= 0) {
      const TokenRange marks = Words::with_marks(words.piece_at(begin));
      bool has_cue_inside = false;
      while (next < pieces.size() && is_within(pieces[next].range, marks)) {
        has_cue_inside = has_cue_inside || pieces[next].kind == Kind::kCue;
        ++next;
      }
      if (marks.begin == begin && has_cue_inside && has_cue_outside(i, next)) {
        piece.range.end = marks.end;
      } else {
        next = i + 1;
      }
    }
    joined.push_back(piece);
    i = next;
  }
  return joined;
}

// Where a content that begins with words in marks ends: with them, if a comma stands in the marks at their
// end, or a stop and the rest is a sentence of its own. `"It is over," Lowe in a red hat`, `"Where is it?" It
// was sold`.
std::uint32_t end_of_speech(const Words& words, TokenRange content) {
  if (words.passage_of(content.begin) < 0) return content.end;
  const MarkedPiece& piece = words.piece_at(content.begin);
  const TokenRange marks = Words::with_marks(piece);
  if (marks.begin != content.begin || marks.end >= content.end || piece.close == kNoToken || piece.last == 0)
    return content.end;
  for (std::uint32_t token = marks.end; token < content.end; ++token) {
    if (words.passage_of(token) >= 0) return content.end;
  }
  const std::uint32_t last = piece.last - 1;
  const bool stop = words.equals(last, ".") || words.equals(last, "?") || words.equals(last, "!");
  const bool ends = words.equals(last, ",") || (stop && words.sentence(marks.end).first == marks.end);
  return ends ? marks.end : content.end;
}

// Parts a content where a sentence in marks begins behind words without marks: `it was late. "We go on."`
std::vector<AttributionPiece> split_before_marks(const Words& words,
                                                 const std::vector<AttributionPiece>& pieces) {
  std::vector<AttributionPiece> parts;
  for (AttributionPiece piece : pieces) {
    const TokenRange range = piece.range;
    std::uint32_t marks = range.begin;
    while (marks < range.end && words.passage_of(marks) < 0) ++marks;
    if (piece.kind == Kind::kContent && marks > range.begin && marks < range.end) {
      const std::uint32_t sentence = words.sentence(std::min(marks + 1, range.end - 1)).first;
      if (sentence == marks || sentence == marks + 1) {
        parts.push_back({piece.kind, {range.begin, marks}, piece.confidence});
        piece.range.begin = marks;
      }
    }
    if (piece.kind == Kind::kContent) piece.range.end = end_of_speech(words, piece.range);
    parts.push_back(piece);
  }
  return parts;
}

}  // namespace

std::vector<Draft> link_pieces(const Words& words, const std::vector<AttributionPiece>& pieces,
                               const std::vector<bool>& paragraph_is_read, StepCounter& steps) {
  const std::vector<AttributionPiece> whole = split_before_marks(words, join_in_marks(words, pieces, steps));
  return Linker(words, whole, steps).link(paragraph_is_read);
}

}  // namespace onrecord
