// The parts of an opened language model and how they work together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "language/arc_eager.h"
#include "language/attribute_ruler.h"
#include "language/dependency_tree.h"
#include "language/encoder.h"
#include "language/entity_recognizer.h"
#include "language/kernels.h"
#include "language/lemmatizer.h"
#include "language/lexemes.h"
#include "language/model_file.h"
#include "language/spacy_tokenizer.h"
#include "onrecord/language.h"

namespace onrecord {

/// Immutable after `read`.
struct LanguageModel::Pipeline {
  static Result<std::shared_ptr<const Pipeline>> read(spacy::ModelFile file);
  /// Floats a token that `Keep::kEncoded` keeps: of the tagger's and parser's encoder, then of the entities'.
  [[nodiscard]] std::size_t encoded_width() const;

  spacy::ModelFile file;
  ModelInfo info;
  const spacy::Kernels* kernels = nullptr;
  spacy::Norms norms;
  spacy::Tokenizer tokenizer;
  spacy::WordVectors vectors;
  std::optional<spacy::Encoder> tok2vec;  // shared by those that have none of their own
  std::optional<spacy::Encoder> tagger_tok2vec;
  std::optional<spacy::Encoder> parser_tok2vec;
  std::optional<spacy::Encoder> ner_tok2vec;
  std::optional<spacy::DenseLayer> tagger;
  std::vector<std::uint16_t> tag_of_class;
  std::optional<spacy::ArcEagerParser> parser;
  std::vector<std::uint16_t> dependency_of_class;
  std::vector<spacy::LiftedLabel> lifted;  // by dependency
  std::uint16_t root = 0;                  // the dependency "ROOT"
  std::optional<spacy::EntityRecognizer> ner;
  std::vector<std::uint16_t> entity_of_label;
  std::optional<spacy::AttributeRuler> ruler;
  std::optional<spacy::Lemmatizer> lemmatizer;
  std::vector<std::string> parts_of_speech;
  std::vector<PartOfSpeech> part_of_speech;  // by number of the name
  std::vector<std::string> lemmas;           // that rules set
  std::shared_ptr<const LabelNames> names;
};

/// A token's tag and label with all that rules make of them: a function of the word, kept for when it comes
/// back.
struct RuledWord {
  spacy::Ruling ruling;
  std::string_view lemma;
};

struct LanguageModel::Workspace::State {
  spacy::TokenizerCache tokenizer;
  spacy::EncoderCache tok2vec;
  spacy::EncoderCache tagger_tok2vec;
  spacy::EncoderCache parser_tok2vec;
  spacy::EncoderCache ner_tok2vec;
  spacy::ParserCache parser;
  spacy::EntityCache ner;
  spacy::TreeEdges edges;
  std::uint64_t ruled_generation = 0;
  spacy::TextMap ruled_numbers;
  std::vector<RuledWord> ruled;

  // Of the document at hand, one a token.
  std::vector<spacy::TokenPiece> tokens;
  std::vector<std::uint8_t> is_space;
  std::vector<float> encoded;
  Keep keep = Keep::kLabels;
  std::vector<float> kept;  // with Keep::kEncoded: rows of `kept_width`
  std::size_t kept_width = 0;
  std::vector<float> scores;
  std::vector<std::uint32_t> tags;
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> dependencies;
  std::vector<spacy::EntitySpan> entities;
  std::vector<spacy::Ruling> rulings;
  std::vector<std::string_view> word_lemmas;
};

/// Runs all components on `text` as one document; the results stand in `state`, one a token, entities as
/// spans.
void run_pipeline(const LanguageModel::Pipeline& pipeline, std::string_view text,
                  LanguageModel::Workspace::State& state);

}  // namespace onrecord
