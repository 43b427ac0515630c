#include "reading/quotation_marks.h"

#include <optional>

#include "language/characters.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kLookAhead =
    64;  // tokens; plural apostrophes stand near their closing mark or nowhere

enum class MarkKind { kDouble, kSingle, kGuillemet };
enum class MarkSide { kOpening, kClosing, kEither };

struct Mark {
  MarkKind kind;
  MarkSide side;
};

struct ParagraphTokens {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t paragraph;
};

bool stands_before_word(char32_t right) {
  return !is_space(right) &&
         (is_letter(right) || is_digit(right) || right == U'[' || right == U'(' || right == U'$' ||
          right == U'\u2026' || right == U'.' || is_quotation_mark(right));
}

/// The side of a mark by the space around it: after a space and before a word it opens.
MarkSide side_by_space(std::string_view text, Span span) {
  const char32_t left = before(text, span.begin);
  const char32_t right = after(text, span.end);
  const bool open_left = is_space(left) || left == U'(' || left == U'[' || left == U'\u2014' ||
                         left == U'\u2013' || left == U'-' || left == U'/' || left == U'\u201C' ||
                         left == U'\u2018';
  const bool open_right = stands_before_word(right);
  const bool close_right = is_space(right) || !(is_letter(right) || is_digit(right));
  if (open_left && open_right && !(is_quotation_mark(right) && !is_space(left))) return MarkSide::kOpening;
  if (!is_space(left) && close_right) return MarkSide::kClosing;
  return MarkSide::kEither;
}

std::optional<Mark> mark_at(const Document& document, std::uint32_t token) {
  const std::string_view text = document.text;
  const Span span = document.tokens[token].span;
  const std::string_view word = cut(text, span);
  if (word.size() > 4) return std::nullopt;
  if (word == "``") return Mark{MarkKind::kDouble, MarkSide::kOpening};
  if (word == "''") return Mark{MarkKind::kDouble, side_by_space(text, span)};
  const char32_t c = after(word, 0);
  switch (c) {
    case U'"':
      return Mark{MarkKind::kDouble, side_by_space(text, span)};
    case U'\u201C':
    case U'\u201E':
    case U'\u201F':
      return Mark{MarkKind::kDouble,
                  side_by_space(text, span) == MarkSide::kClosing ? MarkSide::kEither : MarkSide::kOpening};
    case U'\u201D':
      return Mark{MarkKind::kDouble,
                  side_by_space(text, span) == MarkSide::kOpening ? MarkSide::kEither : MarkSide::kClosing};
    case U'\u00AB':
    case U'\u2039':
      return Mark{MarkKind::kGuillemet, MarkSide::kOpening};
    case U'\u00BB':
    case U'\u203A':
      return Mark{MarkKind::kGuillemet, MarkSide::kClosing};
    case U'\u2018':
    case U'\u201A':
    case U'`':
      return Mark{MarkKind::kSingle, MarkSide::kOpening};
    case U'\'':
    case U'\u2019':
      if (word.size() > 3 || (word.size() > 1 && c == U'\'')) return std::nullopt;  // a clitic: 's
      return Mark{MarkKind::kSingle, side_by_space(text, span)};
    default:
      return std::nullopt;
  }
}

/// One document's pairing; holds what is open while it walks.
class Pairing {
 public:
  explicit Pairing(const Document& document) : document_(document) {}

  std::vector<MarkedPassage> run() {
    std::vector<ParagraphTokens> paragraphs;
    for (const Sentence& sentence : document_.sentences) {
      if (paragraphs.empty() || paragraphs.back().paragraph != sentence.paragraph)
        paragraphs.push_back({sentence.first, sentence.last, sentence.paragraph});
      paragraphs.back().last = sentence.last;
      sentence_begin_.resize(document_.tokens.size(), sentence.first);
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) sentence_begin_[i] = sentence.first;
    }
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      begin_paragraph(paragraphs[i]);
      for (std::uint32_t token = paragraphs[i].first; token < paragraphs[i].last; ++token) {
        if (const auto mark = mark_at(document_, token)) take(*mark, token, paragraphs[i]);
      }
      end_paragraph(paragraphs[i], i + 1 < paragraphs.size() ? &paragraphs[i + 1] : nullptr);
    }
    return std::move(passages_);
  }

 private:
  struct Open {
    std::size_t passage;
    MarkKind kind;
  };

  MarkedPiece& piece(const Open& open) { return passages_[open.passage].pieces.back(); }

  void begin_paragraph(const ParagraphTokens& paragraph) {
    if (open_.empty()) return;  // what is open here goes on: end_paragraph saw the opening mark
    passages_[open_.front().passage].pieces.push_back(
        {paragraph.first + 1, paragraph.last, paragraph.first, kNoToken, paragraph.paragraph});
    continued_mark_ = paragraph.first;
  }

  void end_paragraph(const ParagraphTokens& paragraph, const ParagraphTokens* next) {
    while (open_.size() > 1) close_unmarked(paragraph.last);
    if (open_.empty()) return;
    piece(open_.back()).last = paragraph.last;
    if (next != nullptr && next->paragraph == paragraph.paragraph + 1) {
      const auto mark = mark_at(document_, next->first);
      if (mark && mark->kind == open_.back().kind && mark->side != MarkSide::kClosing) return;
    }
    close_unmarked(paragraph.last);
  }

  void close_unmarked(std::uint32_t last) {
    piece(open_.back()).last = std::max(piece(open_.back()).first, last);
    passages_[open_.back().passage].closed = false;
    open_.pop_back();
  }

  void open(MarkKind kind, std::uint32_t token, const ParagraphTokens& paragraph) {
    MarkedPassage passage;
    passage.depth = static_cast<std::uint32_t>(open_.size());
    passage.pieces.push_back({token + 1, paragraph.last, token, kNoToken, paragraph.paragraph});
    passages_.push_back(std::move(passage));
    open_.push_back({passages_.size() - 1, kind});
  }

  void close_down_to(std::size_t level, std::uint32_t token) {
    while (open_.size() > level + 1) close_unmarked(token);
    piece(open_.back()).last = token;
    piece(open_.back()).close = token;
    open_.pop_back();
  }

  /// The level at which `kind` is open, or none.
  [[nodiscard]] std::optional<std::size_t> level_of(MarkKind kind) const {
    for (std::size_t level = open_.size(); level-- > 0;) {
      if (open_[level].kind == kind) return level;
    }
    return std::nullopt;
  }

  /// Whether an apostrophe after s can be a plural's: another closing mark stands ahead.
  [[nodiscard]] bool is_plural_apostrophe(std::uint32_t token, const ParagraphTokens& paragraph) const {
    const std::uint32_t begin = document_.tokens[token].span.begin;
    const char32_t left = before(document_.text, begin);
    if (left != U's' && left != U'S') return false;
    if (token + 1 >= paragraph.last ||
        !is_lower(after(document_.text, document_.tokens[token + 1].span.begin)))
      return false;
    for (std::uint32_t i = token + 1; i < std::min(paragraph.last, token + kLookAhead); ++i) {
      const auto mark = mark_at(document_, i);
      if (mark && mark->kind == MarkKind::kSingle) return mark->side == MarkSide::kClosing;
    }
    return false;
  }

  void take(Mark mark, std::uint32_t token, const ParagraphTokens& paragraph) {
    if (token == continued_mark_) return;
    const auto level = level_of(mark.kind);
    if (mark.side == MarkSide::kEither) mark.side = level ? MarkSide::kClosing : MarkSide::kOpening;
    if (mark.side == MarkSide::kClosing) {
      if (!level) return;  // a stray closing mark, or an apostrophe
      if (mark.kind == MarkKind::kSingle && is_plural_apostrophe(token, paragraph)) return;
      close_down_to(*level, token);
      return;
    }
    if (mark.kind == MarkKind::kSingle && !single_opens(token, paragraph)) return;
    if (level) restart(*level, token);
    if (open_.size() < kDeepest) open(mark.kind, token, paragraph);
  }

  /// A single mark opens when a closing one follows in reach, or else it is an apostrophe ('90s, 'em).
  [[nodiscard]] bool single_opens(std::uint32_t token, const ParagraphTokens& paragraph) const {
    for (std::uint32_t i = token + 1; i < std::min(paragraph.last, token + 4 * kLookAhead); ++i) {
      const auto mark = mark_at(document_, i);
      if (mark && mark->kind == MarkKind::kSingle && mark->side == MarkSide::kClosing) return true;
    }
    return false;
  }

  /// Rule 4: what was open at `level` ends before the sentence of `token`, or is no passage when it began
  /// there.
  void restart(std::size_t level, std::uint32_t token) {
    while (open_.size() > level + 1) close_unmarked(token);
    const std::uint32_t sentence = sentence_begin_[token];
    close_unmarked(sentence > piece(open_.back()).first ? sentence : token);
  }

  static constexpr std::size_t kDeepest = 4;  // "a 'b "c 'd' "' ": deeper nesting is no English text
  const Document& document_;
  std::vector<std::uint32_t> sentence_begin_;
  std::vector<MarkedPassage> passages_;
  std::vector<Open> open_;
  std::uint32_t continued_mark_ = kNoToken;
};

}  // namespace

std::vector<MarkedPassage> pair_quotation_marks(const Document& document) { return Pairing(document).run(); }

}  // namespace onrecord
