// Word pieces: the parts of words that a transformer encoder knows (BERT's uncased rules).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "language/text_map.h"

namespace onrecord {

/// Immutable; holds views of the vocabulary it was made of.
class WordPieces {
 public:
  WordPieces() = default;
  /// `vocabulary` has one piece a line, piece number i on line i; a piece inside a word begins with "##".
  explicit WordPieces(std::string_view vocabulary);

  [[nodiscard]] std::size_t size() const { return size_; }
  /// The number of a piece such as "[SEP]"; `unknown()` when there is none.
  [[nodiscard]] std::uint32_t find(std::string_view piece) const;
  [[nodiscard]] std::uint32_t unknown() const { return unknown_; }

  /// Adds the pieces of a token to `out`, at most `most` of them, at least one. Lower-cased, accents taken
  /// off, marks by themselves, then the longest known piece from the left; "[UNK]" for what cannot be put
  /// together.
  void append(std::string_view token, std::size_t most, std::vector<std::uint32_t>& out) const;

 private:
  void append_word(std::string_view word, std::size_t most, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] std::uint32_t find_in(const spacy::TextMap& pieces, std::string_view text) const;

  spacy::TextMap begins_;     // pieces that begin a word
  spacy::TextMap continues_;  // pieces inside one, without "##"
  std::size_t size_ = 0;
  std::size_t longest_ = 0;  // bytes
  std::uint32_t unknown_ = 0;
};

}  // namespace onrecord
