#include "reading/words.h"

#include <algorithm>

#include "language/characters.h"

namespace onrecord {
namespace {

char shape_of(std::string_view word) {
  const char32_t first = after(word, 0);
  if (is_upper(first)) return 'X';
  if (is_letter(first)) return 'x';
  if (is_digit(first)) return 'd';
  if (is_apostrophe(first) && is_letter(after(word, first == U'\'' ? 1 : 3))) return 'x';  // 's
  if ((first == U'@' || first == U'#') && word.size() > 1) return 'X';
  return '.';
}

}  // namespace

Words::Words(const Document& document, const Lexicon& lexicon)
    : document_(document), lexicon_(lexicon), passages_(pair_quotation_marks(document)) {
  entries_.reserve(document.tokens.size());
  shapes_.reserve(document.tokens.size());
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    entries_.push_back(&lexicon.find(folded(document.word(i))));
    shapes_.push_back(shape_of(document.word(i)));
  }
  sentence_of_.resize(document.tokens.size());
  for (std::uint32_t i = 0; i < document.sentences.size(); ++i) {
    for (std::uint32_t t = document.sentences[i].first; t < document.sentences[i].last; ++t)
      sentence_of_[t] = i;
  }
  if (document.annotations) {
    entity_of_.assign(document.tokens.size(), -1);
    const std::vector<Entity>& entities = document.annotations->entities;
    for (std::size_t i = 0; i < entities.size(); ++i) {
      for (std::uint32_t t = entities[i].first; t < entities[i].last; ++t)
        entity_of_[t] = static_cast<std::int32_t>(i);
    }
  }
  passage_of_.assign(document.tokens.size(), -1);
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    if (passages_[i].depth != 0 || lost_its_closing_mark(passages_[i])) continue;
    for (const MarkedPiece& piece : passages_[i].pieces) {
      const TokenRange range = with_marks(piece);
      for (std::uint32_t t = range.begin; t < range.end; ++t) passage_of_[t] = static_cast<std::int32_t>(i);
    }
  }
}

std::string_view Words::entity_label(std::uint32_t token) const {
  const std::int32_t entity = entity_of(token);
  return entity < 0 ? std::string_view{} : document_.label(document_.annotations->entities[entity]);
}

bool Words::is_in_capitals(std::uint32_t token) const {
  return std::ranges::none_of(text(token), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool Words::equals(std::uint32_t token, std::string_view word) const {
  if (token >= size()) return false;
  const std::string_view own = text(token);
  if (own == word) return true;
  return own.size() >= word.size() && own.size() <= word.size() + 4 && folded(own) == word;
}

const MarkedPiece& Words::piece_at(std::uint32_t token) const {
  const auto& pieces = passages_[passage_of_[token]].pieces;
  std::size_t low = 0;
  std::size_t high = pieces.size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (with_marks(pieces[middle]).begin <= token ? low : high) = middle;
  }
  return pieces[low];
}

/// A passage that was never closed and holds its own cue ("The hall is full, Ada Lowe said.) is read as if it
/// had no mark: where the words end is not known.
bool Words::lost_its_closing_mark(const MarkedPassage& passage) const {
  if (passage.closed || passage.pieces.size() > 1) return false;
  const MarkedPiece& piece = passage.pieces.front();
  std::uint32_t comma = kNoToken;
  for (std::uint32_t token = piece.first; token < piece.last; ++token) {
    if (equals(token, ",")) comma = token;
    if (comma == kNoToken || token - comma > 6 || !is_reporting(token)) continue;
    const bool ends = token + 1 >= piece.last || is_mark(token + 1);
    if (ends && entries_[token]->form == VerbForm::kPast && verb(token).takes(Frame::kQuote)) return true;
  }
  return false;
}

bool Words::is_fragment(const MarkedPiece& piece) const {
  constexpr std::uint32_t kFragment = 5;  // words; longer passages are read as speech
  if (piece.close == kNoToken || piece.last <= piece.first || piece.last - piece.first > kFragment)
    return false;
  return !is_mark(piece.last - 1);
}

TokenRange Words::with_marks(const MarkedPiece& piece) {
  return {piece.open == kNoToken ? piece.first : piece.open,
          piece.close == kNoToken ? piece.last : piece.close + 1};
}

}  // namespace onrecord
