// Words as the nets see them: each distinct word once, with the attributes that its embedding is made of.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/model_file.h"
#include "language/string_ids.h"
#include "language/string_list.h"
#include "language/text_map.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// What spaCy's lex_attrs say of a word, as string ids.
struct LexicalAttributes {
  StringId orth = 0;
  StringId norm = 0;
  StringId prefix = 0;  ///< first code point
  StringId suffix = 0;  ///< last three code points
  StringId shape = 0;   ///< "Xxxxx", "dd:dd"
  bool is_space = false;
};

/// The norms that a model brings: words that count as other words. Immutable; views into the model file.
class Norms {
 public:
  static Result<Norms> read(const ModelFile& file);
  /// The norm of `text`: of the model's table, of spaCy's built-in one (quotes, dashes, currencies), else
  /// lower case.
  [[nodiscard]] std::string of(std::string_view text) const;

 private:
  std::span<const StringId> ids_;  // ascending
  StringList values_;
};

/// `norm` empty: the word's own.
[[nodiscard]] LexicalAttributes lexical_attributes(std::string_view text, std::string_view norm,
                                                   const Norms& norms);

/// One distinct word, or a token of a special case whose norm is not the word's own.
struct Lexeme {
  std::string_view text;
  std::string_view lower;
  LexicalAttributes attributes;
};

/// The words that a thread has met. Numbers of lexemes hold until `clear`.
class LexemeTable {
 public:
  /// The number of the lexeme with this text and norm (empty: its own), which is added when it is new.
  std::uint32_t intern(std::string_view text, std::string_view norm, const Norms& norms);
  [[nodiscard]] const Lexeme& operator[](std::uint32_t number) const { return lexemes_[number]; }
  [[nodiscard]] std::size_t size() const { return lexemes_.size(); }
  void clear();
  /// Rises with every `clear`: what is kept by lexeme number elsewhere is stale when it has changed.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  /// Bytes held.
  [[nodiscard]] std::size_t bytes() const;
  /// A copy of `text` that lives until `clear`.
  std::string_view keep(std::string_view text);

 private:
  std::vector<Lexeme> lexemes_;
  TextMap numbers_;
  std::vector<std::unique_ptr<char[]>> pages_;
  std::size_t page_left_ = 0;
  std::size_t page_bytes_ = 0;
  char* page_at_ = nullptr;
  std::uint64_t generation_ = 1;
};

}  // namespace onrecord::spacy
