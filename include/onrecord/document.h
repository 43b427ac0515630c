// A document: an article's text as the language layer sees it, in tokens and sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/span.h"

namespace onrecord {

/// A word, number or mark.
struct Token {
  Span span;
};

/// Tokens `[first, last)` of a document. A sentence never crosses a paragraph.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t paragraph = 0;  ///< index into `Document::paragraphs`
};

/// Universal part of speech (https://universaldependencies.org/u/pos/).
enum class PartOfSpeech : std::uint8_t {
  kNone,
  kAdjective,
  kAdposition,
  kAdverb,
  kAuxiliary,
  kCoordinatingConjunction,
  kDeterminer,
  kInterjection,
  kNoun,
  kNumeral,
  kParticle,
  kPronoun,
  kProperNoun,
  kPunctuation,
  kSubordinatingConjunction,
  kSymbol,
  kVerb,
  kOther,
  kSpace,
};

/// "NOUN", "PROPN", "ADP", ...; empty for `kNone`. The view is static.
[[nodiscard]] std::string_view name(PartOfSpeech part_of_speech);

/// What a language model says of one token. Numbers are indices into the lists of `LabelNames`.
struct TokenAnnotation {
  std::uint32_t head = 0;  ///< token on which it depends; itself for the root of a sentence
  std::uint16_t tag = 0;
  std::uint16_t dependency = 0;
  std::uint16_t morphology = 0;
  PartOfSpeech part_of_speech = PartOfSpeech::kNone;
  Span lemma;  ///< in `Annotations::lemmas`
};

/// A name or quantity: tokens `[first, last)`, never over a paragraph's end.
struct Entity {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint16_t label = 0;  ///< index into `LabelNames::entities`
};

/// The labels of a language model. In every list number 0 is the empty name: not told.
struct LabelNames {
  std::vector<std::string> tags;          ///< Penn Treebank tags: "NNP", "VBD"
  std::vector<std::string> dependencies;  ///< ClearNLP labels: "nsubj", "ccomp", "ROOT"
  std::vector<std::string> morphologies;  ///< "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
  std::vector<std::string> entities;      ///< OntoNotes kinds: "PERSON", "ORG", "GPE"
};

/// The number of `label` in one of the lists of `LabelNames`, for comparing labels as numbers; none when the
/// model does not have it. O(labels).
[[nodiscard]] std::optional<std::uint16_t> find_label(const std::vector<std::string>& labels,
                                                      std::string_view label);

/// A word as numbers: spaCy's string ids of its norm, first character, last three characters and shape.
struct WordIds {
  std::uint64_t norm = 0;
  std::uint64_t prefix = 0;
  std::uint64_t suffix = 0;
  std::uint64_t shape = 0;
};

/// What a language model says of a document. A value; the names are the model's and shared.
struct Annotations {
  std::vector<TokenAnnotation> tokens;  ///< one a token of the document
  std::vector<Entity> entities;         ///< in text order, not overlapping
  std::string lemmas;                   ///< the lemmas' text, one after the other
  std::shared_ptr<const LabelNames> names;
  // What a reader trained on the model's own view asks for (`Keep::kEncoded`); empty otherwise.
  std::vector<WordIds> words;  ///< one a token
  std::vector<float>
      encoded;  ///< rows of `encoded_width`, one a token: the tagger's encoder, then that of the entities
  std::size_t encoded_width = 0;
};

/// Text in tokens and sentences. Holds no text of its own: `text` must outlive it (it is the article's).
/// Tokens are in text order and do not overlap; white space belongs to none.
struct Document {
  std::string_view text;
  std::vector<Paragraph> paragraphs;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  /// Tags, dependencies, entities and lemmas; none when a plain tokeniser made the document.
  std::optional<Annotations> annotations;

  /// The words of a token.
  [[nodiscard]] std::string_view word(std::size_t token) const { return cut(text, tokens[token].span); }
  /// From the first token's begin to the last one's end.
  [[nodiscard]] Span span(const Sentence& sentence) const {
    return {tokens[sentence.first].span.begin, tokens[sentence.last - 1].span.end};
  }

  // The rest needs `annotations`. Views live as long as the document is unchanged.
  [[nodiscard]] const TokenAnnotation& annotation(std::size_t token) const {
    return annotations->tokens[token];
  }
  [[nodiscard]] std::uint32_t head(std::size_t token) const { return annotation(token).head; }
  [[nodiscard]] std::string_view tag(std::size_t token) const {
    return annotations->names->tags[annotation(token).tag];
  }
  [[nodiscard]] std::string_view dependency(std::size_t token) const {
    return annotations->names->dependencies[annotation(token).dependency];
  }
  [[nodiscard]] std::string_view morphology(std::size_t token) const {
    return annotations->names->morphologies[annotation(token).morphology];
  }
  [[nodiscard]] std::string_view lemma(std::size_t token) const {
    return cut(annotations->lemmas, annotation(token).lemma);
  }
  [[nodiscard]] std::string_view label(const Entity& entity) const {
    return annotations->names->entities[entity.label];
  }
  /// From the first token's begin to the last one's end.
  [[nodiscard]] Span span(const Entity& entity) const {
    return {tokens[entity.first].span.begin, tokens[entity.last - 1].span.end};
  }
};

}  // namespace onrecord
