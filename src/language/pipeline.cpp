#include "language/pipeline.h"

#include <algorithm>
#include <limits>

#include "language/label_names.h"
#include "language/python_text.h"

namespace onrecord {
namespace {

using spacy::DenseLayer;
using spacy::Encoder;
using spacy::EncoderCache;
using spacy::ModelFile;
using spacy::Ruled;
using spacy::Ruling;

// Words that a workspace keeps before it is emptied: the vocabulary of about 3 million words of news. Each
// costs 0.1 KB and 0.4 KB for every encoder and spacing it was met in.
constexpr std::size_t kMostLexemes = 40'000;
constexpr std::size_t kMostLexemeBytes = 32U << 20;
// Words that go through an encoder at once: the rows of two layers stay in the second-level cache.
constexpr std::size_t kPiece = 256;

constexpr std::pair<std::string_view, PartOfSpeech> kPartsOfSpeech[] = {
    {"", PartOfSpeech::kNone},
    {"ADJ", PartOfSpeech::kAdjective},
    {"ADP", PartOfSpeech::kAdposition},
    {"ADV", PartOfSpeech::kAdverb},
    {"AUX", PartOfSpeech::kAuxiliary},
    {"CCONJ", PartOfSpeech::kCoordinatingConjunction},
    {"CONJ", PartOfSpeech::kCoordinatingConjunction},
    {"DET", PartOfSpeech::kDeterminer},
    {"INTJ", PartOfSpeech::kInterjection},
    {"NOUN", PartOfSpeech::kNoun},
    {"NUM", PartOfSpeech::kNumeral},
    {"PART", PartOfSpeech::kParticle},
    {"PRON", PartOfSpeech::kPronoun},
    {"PROPN", PartOfSpeech::kProperNoun},
    {"PUNCT", PartOfSpeech::kPunctuation},
    {"SCONJ", PartOfSpeech::kSubordinatingConjunction},
    {"SYM", PartOfSpeech::kSymbol},
    {"VERB", PartOfSpeech::kVerb},
    {"X", PartOfSpeech::kOther},
    {"SPACE", PartOfSpeech::kSpace},
};

/// A component's own encoder where it has one, else the shared one.
Result<std::size_t> read_own_encoder(const ModelFile& file, const std::string& component,
                                     const spacy::WordVectors& vectors, const std::optional<Encoder>& shared,
                                     std::optional<Encoder>& own) {
  if (file.has(component + ".encoder")) {
    auto encoder = Encoder::read(file, component, vectors);
    if (!encoder) return std::unexpected(encoder.error());
    own = std::move(*encoder);
    return own->width();
  }
  if (!shared) return fail(ErrorCode::kDamaged, "the model's part " + component + " has no encoder");
  return shared->width();
}

class PipelineReader {
 public:
  explicit PipelineReader(ModelFile file) : pipeline_(std::make_shared<LanguageModel::Pipeline>()) {
    pipeline_->file = std::move(file);
    pipeline_->kernels = spacy::available_kernels().front();
    names_.tags.emplace_back();
    names_.dependencies = {"", "ROOT"};
    names_.morphologies.emplace_back();
    names_.entities.emplace_back();
    pipeline_->root = 1;
    pipeline_->parts_of_speech.emplace_back();
    pipeline_->lemmas.emplace_back();
  }

  Result<std::shared_ptr<const LanguageModel::Pipeline>> read() {
    for (const auto step :
         {&PipelineReader::read_words, &PipelineReader::read_tagger, &PipelineReader::read_parser,
          &PipelineReader::read_entities, &PipelineReader::read_rules}) {
      if (auto error = (this->*step)()) return std::unexpected(std::move(*error));
    }
    constexpr std::size_t kMostNames = std::numeric_limits<std::uint16_t>::max();
    for (const auto* const list :
         {&names_.tags, &names_.dependencies, &names_.morphologies, &names_.entities}) {
      if (list->size() > kMostNames)
        return fail(ErrorCode::kDamaged, "the model has more than 65,535 labels");
    }
    for (const std::string& name : pipeline_->parts_of_speech) {
      const auto known =
          std::ranges::find(kPartsOfSpeech, name, &std::pair<std::string_view, PartOfSpeech>::first);
      pipeline_->part_of_speech.push_back(known == std::end(kPartsOfSpeech) ? PartOfSpeech::kOther
                                                                            : known->second);
    }
    pipeline_->names = std::make_shared<const LabelNames>(std::move(names_));
    return pipeline_;
  }

 private:
  using Step = std::optional<Error>;

  Step read_words() {
    LanguageModel::Pipeline& p = *pipeline_;
    auto norms = spacy::Norms::read(p.file);
    if (!norms) return norms.error();
    p.norms = *norms;
    auto tokenizer = spacy::Tokenizer::read(p.file);
    if (!tokenizer) return tokenizer.error();
    p.tokenizer = std::move(*tokenizer);
    auto vectors = spacy::WordVectors::read(p.file);
    if (!vectors) return vectors.error();
    p.vectors = *vectors;
    if (!p.file.has("tok2vec.encoder")) return std::nullopt;
    auto encoder = Encoder::read(p.file, "tok2vec", p.vectors);
    if (!encoder) return encoder.error();
    p.tok2vec = std::move(*encoder);
    return std::nullopt;
  }

  Step read_tagger() {
    LanguageModel::Pipeline& p = *pipeline_;
    if (!p.file.has("tagger.labels")) return std::nullopt;
    const auto width = read_own_encoder(p.file, "tagger", p.vectors, p.tok2vec, p.tagger_tok2vec);
    if (!width) return width.error();
    const auto labels = spacy::StringList::read(p.file.section("tagger.labels"));
    if (!labels) return labels.error();
    const auto layer = spacy::read_dense(p.file, "tagger.output", *width, labels->size(), 1);
    if (!layer) return layer.error();
    p.tagger = *layer;
    for (std::size_t i = 0; i < labels->size(); ++i) {
      p.tag_of_class.push_back(static_cast<std::uint16_t>(spacy::intern_label(names_.tags, (*labels)[i])));
    }
    return std::nullopt;
  }

  Step read_parser() {
    LanguageModel::Pipeline& p = *pipeline_;
    if (!p.file.has("parser.classes")) return std::nullopt;
    const auto width = read_own_encoder(p.file, "parser", p.vectors, p.tok2vec, p.parser_tok2vec);
    if (!width) return width.error();
    auto parser = spacy::ArcEagerParser::read(p.file, *width);
    if (!parser) return parser.error();
    p.parser = std::move(*parser);
    for (const auto& one : p.parser->net().classes()) {
      p.dependency_of_class.push_back(
          static_cast<std::uint16_t>(spacy::intern_label(names_.dependencies, one.label)));
    }
    // "dobj||ccomp": both halves are labels too.
    for (std::size_t i = 0; i < names_.dependencies.size(); ++i) {
      const std::string name = names_.dependencies[i];
      const std::size_t bars = name.find("||");
      if (bars == std::string::npos) continue;
      const std::uint32_t label = spacy::intern_label(names_.dependencies, name.substr(0, bars));
      const std::uint32_t from = spacy::intern_label(names_.dependencies, name.substr(bars + 2));
      p.lifted.resize(names_.dependencies.size());
      p.lifted[i] = {label, from};
    }
    p.lifted.resize(names_.dependencies.size());
    return std::nullopt;
  }

  Step read_entities() {
    LanguageModel::Pipeline& p = *pipeline_;
    if (!p.file.has("ner.classes")) return std::nullopt;
    const auto width = read_own_encoder(p.file, "ner", p.vectors, p.tok2vec, p.ner_tok2vec);
    if (!width) return width.error();
    auto ner = spacy::EntityRecognizer::read(p.file, *width);
    if (!ner) return ner.error();
    p.ner = std::move(*ner);
    for (const std::string_view label : p.ner->labels()) {
      p.entity_of_label.push_back(static_cast<std::uint16_t>(spacy::intern_label(names_.entities, label)));
    }
    return std::nullopt;
  }

  Step read_rules() {
    LanguageModel::Pipeline& p = *pipeline_;
    if (p.file.has("ruler")) {
      auto ruler = spacy::AttributeRuler::read(
          p.file, {&names_.tags, &names_.dependencies, &p.parts_of_speech, &names_.morphologies, &p.lemmas});
      if (!ruler) return ruler.error();
      p.ruler = std::move(*ruler);
    }
    if (p.file.has("lemmatizer")) {
      auto lemmatizer = spacy::Lemmatizer::read(p.file);
      if (!lemmatizer) return lemmatizer.error();
      p.lemmatizer = std::move(*lemmatizer);
    }
    return std::nullopt;
  }

  std::shared_ptr<LanguageModel::Pipeline> pipeline_;
  LabelNames names_;
};

/// One text on its way through the components.
class Run {
 public:
  Run(const LanguageModel::Pipeline& pipeline, LanguageModel::Workspace::State& state)
      : p_(pipeline), s_(state) {}

  void operator()(std::string_view text) {
    tokenize(text);
    if (s_.tokens.empty()) return;
    tag_and_project();
    parse();
    find_entities();
    apply_rules();
  }

 private:
  void tokenize(std::string_view text) {
    spacy::TokenizerCache& cache = s_.tokenizer;
    if (cache.lexemes.size() > kMostLexemes || cache.lexemes.bytes() > kMostLexemeBytes) cache.clear();
    s_.tokens.clear();
    s_.entities.clear();
    p_.tokenizer.tokenize(text, p_.norms, cache, s_.tokens);
    const std::size_t count = s_.tokens.size();
    s_.is_space.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      s_.is_space[i] = cache.lexemes[s_.tokens[i].lexeme].attributes.is_space ? 1 : 0;
    }
    s_.tags.assign(count, 0);
    s_.dependencies.assign(count, 0);
    s_.heads.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) s_.heads[i] = i;
    s_.edges.starts.assign(count, 0);
  }

  void encode(const Encoder& encoder, EncoderCache& cache, std::size_t first, std::size_t last,
              std::vector<float>& out) {
    out.resize((last - first) * encoder.width());
    encoder.encode(s_.tokens, first, last, s_.tokenizer.lexemes, *p_.kernels, cache, out.data());
  }

  void tag_and_project() {
    const std::size_t count = s_.tokens.size();
    if (p_.parser) s_.parser.projected.resize(count * p_.parser->net().projected_width());
    if (s_.keep == Keep::kEncoded) {
      s_.kept_width = p_.encoded_width();
      s_.kept.assign(count * s_.kept_width, 0.0F);
    }
    for (std::size_t first = 0; first < count; first += kPiece) {
      const std::size_t last = std::min(count, first + kPiece);
      const bool shared =
          p_.tok2vec && ((p_.tagger && !p_.tagger_tok2vec) || (p_.parser && !p_.parser_tok2vec));
      if (shared) encode(*p_.tok2vec, s_.tok2vec, first, last, s_.encoded);
      if (p_.tagger) {
        if (p_.tagger_tok2vec) encode(*p_.tagger_tok2vec, s_.tagger_tok2vec, first, last, s_.encoded);
        tag(first, last);
      }
      if (p_.parser) {
        if (p_.parser_tok2vec) {
          encode(*p_.parser_tok2vec, s_.parser_tok2vec, first, last, s_.encoded);
        } else if (p_.tagger_tok2vec) {
          encode(*p_.tok2vec, s_.tok2vec, first, last, s_.encoded);
        }
        const spacy::TransitionNet& net = p_.parser->net();
        net.project(s_.encoded.data(), last - first, *p_.kernels,
                    &s_.parser.projected[first * net.projected_width()]);
      }
      keep(s_.encoded, first, last, 0);
    }
  }

  /// Copies rows of an encoder to the columns from `column` on of what is kept.
  void keep(const std::vector<float>& rows, std::size_t first, std::size_t last, std::size_t column) {
    if (s_.keep != Keep::kEncoded || rows.empty()) return;
    const std::size_t width = rows.size() / (last - first);
    for (std::size_t i = first; i < last; ++i) {
      std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>((i - first) * width), width,
                  s_.kept.begin() + static_cast<std::ptrdiff_t>(i * s_.kept_width + column));
    }
  }

  /// The tag with the highest score, the first of equals.
  void tag(std::size_t first, std::size_t last) {
    const DenseLayer& layer = *p_.tagger;
    const std::size_t stride = spacy::blocks_of(layer.outputs) * spacy::kBlock;
    s_.scores.resize((last - first) * stride);
    p_.kernels->dense({s_.encoded.data(), layer.inputs, last - first}, layer,
                      {s_.scores.data(), stride, last - first});
    for (std::size_t i = first; i < last; ++i) {
      const float* const scores = &s_.scores[(i - first) * stride];
      s_.tags[i] = p_.tag_of_class[static_cast<std::size_t>(std::max_element(scores, scores + layer.outputs) -
                                                            scores)];
    }
  }

  void parse() {
    if (!p_.parser) return;
    p_.parser->parse(s_.tokens.size(), *p_.kernels, s_.parser, s_.heads, s_.dependencies);
    for (std::uint32_t& dependency : s_.dependencies) {
      dependency = dependency == spacy::ArcEagerParser::kRoot ? p_.root : p_.dependency_of_class[dependency];
    }
    find_edges(s_.heads, s_.edges);
    deprojectivize(s_.heads, s_.dependencies, s_.is_space, p_.lifted, s_.edges);
  }

  void find_entities() {
    if (!p_.ner) return;
    const std::size_t count = s_.tokens.size();
    const Encoder& encoder = p_.ner_tok2vec ? *p_.ner_tok2vec : *p_.tok2vec;
    EncoderCache& cache = p_.ner_tok2vec ? s_.ner_tok2vec : s_.tok2vec;
    spacy::EntityRecognizer::Progress progress;
    for (std::size_t first = 0; first < count; first += kPiece) {
      const std::size_t last = std::min(count, first + kPiece);
      encode(encoder, cache, first, last, s_.ner.encoded);
      keep(s_.ner.encoded, first, last, s_.kept_width - std::min(s_.kept_width, encoder.width()));
      p_.ner->read_piece(first, last - first, s_.edges.starts, s_.is_space, *p_.kernels, s_.ner, progress,
                         s_.entities);
    }
  }

  void apply_rules() {
    const std::size_t count = s_.tokens.size();
    s_.rulings.resize(count);
    s_.word_lemmas.resize(count);
    const std::uint64_t generation = s_.tokenizer.lexemes.generation();
    if (s_.ruled_generation != generation) {
      s_.ruled_generation = generation;
      s_.ruled_numbers.clear();
      s_.ruled.clear();
    }
    for (std::size_t i = 0; i < count; ++i) {
      const RuledWord& ruled = rule_word(i);
      s_.rulings[i] = ruled.ruling;
      s_.word_lemmas[i] = ruled.lemma;
    }
    if (p_.ruler) {
      for (std::size_t i = 0; i < count; ++i) {
        p_.ruler->rule_sequences(s_.rulings, i, [this](std::size_t changed) {
          s_.word_lemmas[changed] = lemma(s_.tokens[changed].lexeme, s_.rulings[changed]);
        });
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Ruling& ruling = s_.rulings[i];
      if (ruling.has(Ruled::kTag)) s_.tags[i] = ruling[Ruled::kTag];
      if (ruling.has(Ruled::kDependency)) s_.dependencies[i] = ruling[Ruled::kDependency];
    }
  }

  const RuledWord& rule_word(std::size_t token) {
    const std::uint32_t lexeme = s_.tokens[token].lexeme;
    const std::uint64_t key =
        (std::uint64_t{lexeme} << 32) | (std::uint64_t{s_.tags[token]} << 16) | s_.dependencies[token];
    // An odd multiplier and a shift: different keys stay different, and the low bits depend on all.
    const std::uint64_t mixed = key * 0x9E3779B97F4A7C15;
    const std::uint64_t hash = mixed ^ (mixed >> 32);
    if (const std::uint32_t known = s_.ruled_numbers.find(hash, {}); known != spacy::TextMap::kNone) {
      return s_.ruled[known];
    }
    RuledWord word;
    if (p_.ruler)
      word.ruling = p_.ruler->rule(s_.tokenizer.lexemes[lexeme], s_.tags[token], s_.dependencies[token]);
    word.lemma = lemma(lexeme, word.ruling);
    s_.ruled_numbers.insert(hash, {}, static_cast<std::uint32_t>(s_.ruled.size()));
    return s_.ruled.emplace_back(word);
  }

  /// The lemma that a rule gives, else the lemmatiser's, else none.
  std::string_view lemma(std::uint32_t number, const Ruling& ruling) {
    if (ruling.has(Ruled::kLemma)) return p_.lemmas[ruling[Ruled::kLemma]];
    if (!p_.lemmatizer) return {};
    const spacy::Lexeme& lexeme = s_.tokenizer.lexemes[number];
    const std::string found = p_.lemmatizer->lemma(
        lexeme.text, lexeme.lower, p_.parts_of_speech[ruling[Ruled::kPartOfSpeech]], morphology(ruling));
    return found == lexeme.text ? lexeme.text : s_.tokenizer.lexemes.keep(found);
  }

  std::string_view morphology(const Ruling& ruling) const {
    return p_.names->morphologies[ruling[Ruled::kMorphology]];
  }

  const LanguageModel::Pipeline& p_;
  LanguageModel::Workspace::State& s_;
};

}  // namespace

std::string_view name(PartOfSpeech part_of_speech) {
  for (const auto& [name, known] : kPartsOfSpeech) {
    if (known == part_of_speech) return name;
  }
  return {};
}

std::optional<std::uint16_t> find_label(const std::vector<std::string>& labels, std::string_view label) {
  const auto found = std::ranges::find(labels, label);
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - labels.begin());
}

Result<std::shared_ptr<const LanguageModel::Pipeline>> LanguageModel::Pipeline::read(spacy::ModelFile file) {
  return PipelineReader(std::move(file)).read();
}

std::size_t LanguageModel::Pipeline::encoded_width() const {
  std::size_t width = 0;
  for (const auto* const encoder : {&parser_tok2vec, &tagger_tok2vec, &tok2vec}) {
    if (width == 0 && encoder->has_value()) width = (*encoder)->width();
  }
  const auto& entities = ner_tok2vec ? ner_tok2vec : tok2vec;
  return width + (ner && entities ? entities->width() : 0);
}

void run_pipeline(const LanguageModel::Pipeline& pipeline, std::string_view text,
                  LanguageModel::Workspace::State& state) {
  Run run(pipeline, state);
  run(text);
}

}  // namespace onrecord
