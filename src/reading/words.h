// A document's tokens with what the word lists know of each, and the passages in marks they stand in.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "onrecord/document.h"
#include "reading/lexicon.h"
#include "reading/quotation_marks.h"

namespace onrecord {

/// Tokens `[begin, end)`.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] std::uint32_t size() const { return empty() ? 0 : end - begin; }
  friend bool operator==(TokenRange, TokenRange) = default;
};

/// Counts comparisons in loops that look back or ahead (limits.h, `steps_per_byte`).
struct StepCounter {
  std::uint64_t steps = 0;
  void count(std::uint64_t more = 1) { steps += more; }
};

/// What the plain reading knows of each token of one document. Views the document and the lexicon, which must
/// outlive it. Building costs one look-up a token.
class Words {
 public:
  Words(const Document& document, const Lexicon& lexicon);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] const Lexicon& lexicon() const { return lexicon_; }
  [[nodiscard]] const std::vector<MarkedPassage>& passages() const { return passages_; }

  [[nodiscard]] std::string_view text(std::uint32_t token) const {
    return token < size() ? document_.word(token) : std::string_view{};
  }
  [[nodiscard]] const LexiconEntry& entry(std::uint32_t token) const { return *entries_[token]; }
  [[nodiscard]] bool is(std::uint32_t token, WordClass word_class) const {
    return token < size() && entries_[token]->is(word_class);
  }
  /// Whether the token is `word`, which is given in lower case.
  [[nodiscard]] bool equals(std::uint32_t token, std::string_view word) const;
  /// Whether the token is one of the words of `list`, which are given in lower case.
  [[nodiscard]] bool is_one_of(std::uint32_t token, std::span<const std::string_view> list) const {
    return std::ranges::any_of(list, [&](std::string_view word) { return equals(token, word); });
  }
  [[nodiscard]] bool is_one_of(std::uint32_t token, std::initializer_list<std::string_view> list) const {
    return is_one_of(token, std::span(list.begin(), list.size()));
  }
  [[nodiscard]] bool is_capital(std::uint32_t token) const { return token < size() && shapes_[token] == 'X'; }
  [[nodiscard]] bool is_lower_word(std::uint32_t token) const {
    return token < size() && shapes_[token] == 'x';
  }
  /// A word without a small letter: "LOWE", "U.N.", "24".
  [[nodiscard]] bool is_in_capitals(std::uint32_t token) const;
  [[nodiscard]] bool is_number(std::uint32_t token) const { return token < size() && shapes_[token] == 'd'; }
  /// Anything but a word or a number: a period, a dash, a quotation mark.
  [[nodiscard]] bool is_mark(std::uint32_t token) const { return token >= size() || shapes_[token] == '.'; }
  /// A reporting verb in any form.
  [[nodiscard]] bool is_reporting(std::uint32_t token) const {
    return token < size() && entries_[token]->verb >= 0;
  }
  [[nodiscard]] const ReportingVerb& verb(std::uint32_t token) const {
    return lexicon_.verb(entries_[token]->verb);
  }

  [[nodiscard]] std::uint32_t sentence_of(std::uint32_t token) const { return sentence_of_[token]; }
  [[nodiscard]] const Sentence& sentence(std::uint32_t token) const {
    return document_.sentences[sentence_of_[token]];
  }
  /// The outermost passage that the token (or mark) stands in, -1 when it stands outside.
  [[nodiscard]] std::int32_t passage_of(std::uint32_t token) const { return passage_of_[token]; }
  /// Whether a sentence begins and ends in marks.
  [[nodiscard]] bool is_in_marks(const Sentence& sentence) const {
    return passage_of(sentence.first) >= 0 && passage_of(sentence.last - 1) >= 0;
  }
  /// The entity that covers the token: its index in the annotations, -1 when none does or there is no model.
  [[nodiscard]] std::int32_t entity_of(std::uint32_t token) const {
    return token < entity_of_.size() ? entity_of_[token] : -1;
  }
  /// "PERSON", "ORG", ...; empty outside of entities.
  [[nodiscard]] std::string_view entity_label(std::uint32_t token) const;
  /// The piece of a passage that covers `token`.
  [[nodiscard]] const MarkedPiece& piece_at(std::uint32_t token) const;
  /// Whether a piece holds a few words that belong to the sentence around them: "old and tired" in it was
  /// "old and tired"; a comma, period or other mark before the closing mark tells that words were spoken.
  [[nodiscard]] bool is_fragment(const MarkedPiece& piece) const;
  /// Tokens of a piece with its marks.
  [[nodiscard]] static TokenRange with_marks(const MarkedPiece& piece);

  /// The first token of the sentence that stands `back` sentences before `sentence`, or of the text's first.
  [[nodiscard]] std::uint32_t first_token_before(std::uint32_t sentence, std::uint32_t back) const {
    return document_.sentences[sentence - std::min(sentence, back)].first;
  }

  /// From the first token's begin to the last one's end; empty for an empty range.
  [[nodiscard]] Span span(TokenRange range) const {
    if (range.empty()) return {};
    return {document_.tokens[range.begin].span.begin, document_.tokens[range.end - 1].span.end};
  }

 private:
  [[nodiscard]] bool lost_its_closing_mark(const MarkedPassage& passage) const;

  const Document& document_;
  const Lexicon& lexicon_;
  std::vector<const LexiconEntry*> entries_;
  std::vector<char> shapes_;  // X capital, x lower case, d number, . mark
  std::vector<std::uint32_t> sentence_of_;
  std::vector<std::int32_t> passage_of_;
  std::vector<std::int32_t> entity_of_;  // empty without a model
  std::vector<MarkedPassage> passages_;
};

}  // namespace onrecord
