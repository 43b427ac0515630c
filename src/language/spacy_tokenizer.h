// spaCy's tokeniser: the same tokens for every text (tokenizer.pyx of spaCy 3.8).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/lexemes.h"
#include "language/model_file.h"
#include "language/pattern.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// A token of a text: a lexeme at a place. Its text is the lexeme's.
struct TokenPiece {
  std::uint32_t lexeme = 0;
  std::uint32_t begin = 0;         ///< byte in the text
  bool followed_by_space = false;  ///< by one U+0020 that is itself no token
};

/// Memory that a thread lends to the tokeniser: words met, chunks cut before.
struct TokenizerCache {
  LexemeTable lexemes;
  std::vector<std::uint8_t> begins_phrase;                    ///< by lexeme
  TextMap chunks;                                             ///< text of a chunk -> index into `cuts`
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts;  ///< first piece, number of pieces
  std::vector<std::uint32_t> pieces;                          ///< lexemes
  Pattern::Scratch scratch;
  std::u32string code_points;
  std::vector<std::uint32_t> starts;  ///< bytes where the chunk's code points begin, then its end

  void clear();
};

/// Immutable after `read`: threads share it, each with its own cache.
class Tokenizer {
 public:
  /// Compiles the patterns of the model. Fails with `kUnsupportedFormat` when one uses what Pattern does not
  /// know.
  static Result<Tokenizer> read(const ModelFile& file);

  /// Cuts valid UTF-8 into tokens that, with their spaces, are the whole text. Appends to `out`.
  /// O(bytes), whatever the text.
  void tokenize(std::string_view text, const Norms& norms, TokenizerCache& cache,
                std::vector<TokenPiece>& out) const;

 private:
  struct SpecialToken {
    std::string text;
    std::string norm;
  };
  using SpecialCase = std::vector<SpecialToken>;
  struct Cut {
    std::uint32_t begin = 0;  // code points of the chunk
    std::uint32_t end = 0;
    const SpecialCase* special = nullptr;
  };
  enum class SpecialCases { kUse, kIgnore };
  struct Phrase {
    std::vector<std::string> words;
  };

  [[nodiscard]] const SpecialCase* special(std::string_view text) const;
  void first_pass(std::string_view text, const Norms& norms, TokenizerCache& cache,
                  std::vector<TokenPiece>& out) const;
  void cut_chunk(std::string_view chunk, std::uint32_t at, const Norms& norms, TokenizerCache& cache,
                 std::vector<TokenPiece>& out) const;
  [[nodiscard]] std::vector<Cut> cuts_of(std::string_view chunk, SpecialCases use,
                                         TokenizerCache& cache) const;
  void cut_infixes(std::uint32_t begin, std::uint32_t end, TokenizerCache& cache,
                   std::vector<Cut>& cuts) const;
  [[nodiscard]] bool is_url(std::uint32_t begin, std::uint32_t end, TokenizerCache& cache) const;
  void find_phrases();
  void merge_phrases(std::size_t first, std::string_view text, const Norms& norms, TokenizerCache& cache,
                     std::vector<TokenPiece>& out) const;

  Pattern prefix_;
  Pattern suffix_;
  Pattern infix_;
  Pattern url_;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  ByText<SpecialCase> special_cases_;
  std::size_t longest_special_ = 0;  // bytes
  // Special cases that the first pass cuts apart, by their first word; matched over tokens in the second
  // pass.
  ByText<std::vector<Phrase>> phrases_;
};

}  // namespace onrecord::spacy
