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
constexpr std::size_t kUncoveredWords = 6;
constexpr float kUncoveredConfidence = 0.55F;
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
    for (Draft& draft : drafts_) std::ranges::sort(draft.content, {}, &TokenRange::begin);
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
      const std::size_t cue = cheapest(i, Kind::kCue, first, last);
      if (cue != last) add_content(static_cast<std::size_t>(draft_of_piece_[cue]), i);
    }
    for (std::size_t i = first; i < last; ++i) {
      if (pieces_[i].kind != Kind::kCue) continue;
      const std::size_t source = cheapest(i, Kind::kSource, first, last);
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

  void open_draft(std::size_t cue) {
    Draft draft;
    draft.cue = {pieces_[cue].range};
    draft.head = head_of(pieces_[cue].range);
    draft.mode = mode_of(pieces_[cue].range, draft.head);
    draft.confidence = pieces_[cue].confidence;
    draft.reason = "cue '" + std::string(cut(words_.document().text, words_.span(pieces_[cue].range))) + "'";
    draft_of_piece_[cue] = static_cast<std::int32_t>(drafts_.size());
    drafts_.push_back(std::move(draft));
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
    if (const std::int32_t draft = draft_in_passage(passage, content); draft >= 0) {
      add_content(static_cast<std::size_t>(draft), content);
      return;
    }
    drafts_.push_back(without_cue(pieces_[content].confidence));
    add_content(drafts_.size() - 1, content);
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

  // Quoted passages of some length that the tagger passed over: of those with six words or more, 1.5 % are no
  // statement.
  void add_uncovered_passages(const std::vector<bool>& paragraph_is_read) {
    std::vector<bool> covered(words_.size(), false);
    for (const AttributionPiece& piece : pieces_) {
      if (piece.kind == Kind::kContent)
        std::fill(covered.begin() + piece.range.begin, covered.begin() + piece.range.end, true);
    }
    for (const MarkedPassage& passage : words_.passages()) {
      if (passage.depth > 0 || !passage.closed || !paragraph_is_read[passage.pieces.front().paragraph])
        continue;
      Draft draft = without_cue(kUncoveredConfidence);
      std::size_t word_count = 0;
      bool overlaps = false;
      for (const MarkedPiece& piece : passage.pieces) {
        for (std::uint32_t token = piece.first; token < piece.last; ++token) {
          overlaps = overlaps || covered[token];
          if (!words_.is_mark(token)) ++word_count;
        }
        draft.content.push_back(Words::with_marks(piece));
      }
      if (!overlaps && word_count >= kUncoveredWords) drafts_.push_back(std::move(draft));
    }
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

  [[nodiscard]] QuotationMode mode_of(TokenRange cue, std::uint32_t head) const {
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
};

}  // namespace

std::vector<Draft> link_pieces(const Words& words, const std::vector<AttributionPiece>& pieces,
                               const std::vector<bool>& paragraph_is_read, StepCounter& steps) {
  return Linker(words, pieces, steps).link(paragraph_is_read);
}

}  // namespace onrecord
