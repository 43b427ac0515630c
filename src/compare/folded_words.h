// An article's words in the form in which copies are looked for: case, accents, apostrophes and marks do not
// count.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/quotation.h"
#include "onrecord/span.h"

namespace onrecord {

/// Whose words they are.
enum class WordKind : std::uint8_t {
  kNarrative,    ///< the outlet's own
  kQuoted,       ///< in quotation marks
  kBoilerplate,  ///< what the outlet prints again and again
};

struct FoldedWord {
  std::uint32_t hash = 0;  ///< the same for the same word, folded
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  WordKind kind = WordKind::kNarrative;
  bool begins_paragraph = false;

  [[nodiscard]] Span span() const { return {begin, end}; }
};

using FoldedWords = std::vector<FoldedWord>;

/// Adds the words of one paragraph. A word is a run of letters and digits, apostrophes inside it left out;
/// hyphens part words. What stands in double quotation marks is quoted; a passage that is not closed goes on
/// to the paragraph's end, and into the next paragraph as far as a closing mark there.
/// `open` says whether the paragraph before ended inside a quotation, and is set for the next one.
/// `text` must be valid UTF-8. Costs one pass.
void append_folded_words(std::string_view text, Span paragraph, bool& open, FoldedWords& words);

/// The words of the paragraphs that tell the story (`ParagraphRole::kBody`, blocks of links left out), in
/// text order. Appends to `words`, which the caller may use again to save allocations.
void append_story_words(const Article& article, FoldedWords& words);

/// Marks the words inside `quoted` as quoted. Both in text order.
void mark_quoted(FoldedWords& words, std::span<const Span> quoted);

}  // namespace onrecord
