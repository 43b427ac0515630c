#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "language/pipeline.h"
#include "onrecord/language.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::size_t kMostBytes = 256U << 20;

using spacy::Ruled;

std::string text_of(const simdjson::dom::element& object, const char* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

Result<ModelInfo> read_info(const spacy::ModelFile& file) {
  simdjson::dom::parser parser;
  simdjson::dom::element about;
  if (parser.parse(simdjson::padded_string(file.section("about"))).get(about) != simdjson::SUCCESS) {
    return fail(ErrorCode::kDamaged, "the model file does not say what it is");
  }
  ModelInfo info;
  info.name = text_of(about, "name");
  info.version = text_of(about, "version");
  info.language = text_of(about, "lang");
  info.author = text_of(about, "author");
  info.license = text_of(about, "license");
  info.url = text_of(about, "url");
  info.description = text_of(about, "description");
  info.source = text_of(about, "source");
  simdjson::dom::array components;
  if (about["components"].get(components) == simdjson::SUCCESS) {
    for (const simdjson::dom::element component : components) {
      std::string_view name;
      if (component.get(name) == simdjson::SUCCESS) info.components.emplace_back(name);
    }
  }
  simdjson::dom::object files;
  if (about["files"].get(files) == simdjson::SUCCESS) {
    for (const auto entry : files) {
      std::string_view digest;
      if (entry.value.get(digest) == simdjson::SUCCESS) info.files.emplace_back(entry.key, digest);
    }
  }
  info.bytes = file.size();
  info.checksum = file.checksum();
  return info;
}

Result<std::shared_ptr<const LanguageModel::Pipeline>> read_pipeline(Result<spacy::ModelFile> file) {
  if (!file) return std::unexpected(file.error());
  auto info = read_info(*file);
  if (!info) return std::unexpected(info.error());
  auto pipeline = LanguageModel::Pipeline::read(std::move(*file));
  if (!pipeline) return std::unexpected(pipeline.error());
  auto with_info = std::const_pointer_cast<LanguageModel::Pipeline>(*pipeline);
  with_info->info = std::move(*info);
  return *pipeline;
}

std::optional<Error> refuse(std::string_view text) {
  if (text.size() > kMostBytes) return Error{ErrorCode::kTooLarge, "longer than 256 MiB", {}, {}, {}};
  if (!is_valid_utf8(text)) return Error{ErrorCode::kBadEncoding, "not valid UTF-8", {}, {}, {}};
  return std::nullopt;
}

TokenAnnotation annotation_of(const LanguageModel::Pipeline& pipeline,
                              const LanguageModel::Workspace::State& state, std::size_t token,
                              std::string& lemmas) {
  const spacy::Ruling& ruling = state.rulings[token];
  TokenAnnotation annotation;
  annotation.head = state.heads[token];
  annotation.tag = static_cast<std::uint16_t>(state.tags[token]);
  annotation.dependency = static_cast<std::uint16_t>(state.dependencies[token]);
  annotation.morphology = static_cast<std::uint16_t>(ruling[Ruled::kMorphology]);
  annotation.part_of_speech = pipeline.part_of_speech[ruling[Ruled::kPartOfSpeech]];
  const auto begin = static_cast<std::uint32_t>(lemmas.size());
  lemmas += state.word_lemmas[token];
  annotation.lemma = {begin, static_cast<std::uint32_t>(lemmas.size())};
  return annotation;
}

Span span_of(const LanguageModel::Workspace::State& state, std::size_t token) {
  const spacy::TokenPiece& piece = state.tokens[token];
  const auto size = static_cast<std::uint32_t>(state.tokenizer.lexemes[piece.lexeme].text.size());
  return {piece.begin, piece.begin + size};
}

/// Appends what the workspace holds of one paragraph to a document, without the white space.
class ParagraphAppender {
 public:
  ParagraphAppender(const LanguageModel::Pipeline& pipeline, const LanguageModel::Workspace::State& state,
                    Document& document)
      : pipeline_(pipeline), s_(state), document_(document) {}

  void append(std::uint32_t paragraph) {
    const std::size_t count = s_.tokens.size();
    const std::uint32_t base = document_.paragraphs[paragraph].span.begin;
    const auto first = static_cast<std::uint32_t>(document_.tokens.size());
    number_.resize(count + 1);
    std::uint32_t next = first;
    for (std::size_t i = 0; i < count; ++i) {
      number_[i] = next;
      if (s_.is_space[i] == 0) ++next;
    }
    number_[count] = next;
    bool starts = true;
    for (std::size_t i = 0; i < count; ++i) {
      starts = starts || s_.edges.starts[i] != 0;
      if (s_.is_space[i] != 0) continue;
      if (starts) document_.sentences.push_back({number_[i], number_[i], paragraph});
      starts = false;
      document_.sentences.back().last = number_[i] + 1;
      const Span span = span_of(s_, i);
      document_.tokens.push_back({{base + span.begin, base + span.end}});
      TokenAnnotation annotation = annotation_of(pipeline_, s_, i, document_.annotations->lemmas);
      annotation.head = number_[word_above(i)];
      document_.annotations->tokens.push_back(annotation);
      if (s_.keep == Keep::kEncoded) keep_encoded(i);
    }
    for (const spacy::EntitySpan& entity : s_.entities) {
      const std::uint32_t begin = number_[entity.first];
      const std::uint32_t end = number_[entity.last];
      if (begin < end)
        document_.annotations->entities.push_back({begin, end, pipeline_.entity_of_label[entity.label]});
    }
  }

 private:
  void keep_encoded(std::size_t token) {
    const spacy::LexicalAttributes& word = s_.tokenizer.lexemes[s_.tokens[token].lexeme].attributes;
    document_.annotations->words.push_back({word.norm, word.prefix, word.suffix, word.shape});
    const float* const row = s_.kept.data() + token * s_.kept_width;
    document_.annotations->encoded.insert(document_.annotations->encoded.end(), row, row + s_.kept_width);
  }

  /// The head of a word, passing over white space; the word itself when there is no other.
  [[nodiscard]] std::size_t word_above(std::size_t token) const {
    std::size_t head = s_.heads[token];
    for (std::size_t steps = 0; s_.is_space[head] != 0 && s_.heads[head] != head; ++steps) {
      if (steps > s_.tokens.size()) return token;
      head = s_.heads[head];
    }
    return s_.is_space[head] != 0 ? token : head;
  }

  const LanguageModel::Pipeline& pipeline_;
  const LanguageModel::Workspace::State& s_;
  Document& document_;
  std::vector<std::uint32_t> number_;  // of a token in the document, by its number in the paragraph
};

}  // namespace

LanguageModel::Workspace::Workspace(const LanguageModel&) : state_(std::make_unique<State>()) {}
LanguageModel::Workspace::~Workspace() = default;
LanguageModel::Workspace::Workspace(Workspace&&) noexcept = default;
LanguageModel::Workspace& LanguageModel::Workspace::operator=(Workspace&&) noexcept = default;

std::size_t LanguageModel::Workspace::bytes() const {
  const State& s = *state_;
  std::size_t floats = s.encoded.capacity() + s.scores.capacity() + s.parser.projected.capacity() +
                       s.parser.table.capacity() + s.parser.far_table.capacity() + s.ner.encoded.capacity() +
                       s.ner.projected.capacity() + s.ner.table.capacity();
  for (const spacy::EncoderCache* const cache :
       {&s.tok2vec, &s.tagger_tok2vec, &s.parser_tok2vec, &s.ner_tok2vec}) {
    floats += cache->mixed.capacity() + cache->embedded.capacity() + cache->maxed.capacity() +
              cache->layers[0].capacity() + cache->layers[1].capacity() + cache->slots.capacity();
  }
  return floats * sizeof(float) + s.tokenizer.lexemes.bytes() + s.tokenizer.chunks.bytes() +
         s.tokenizer.cuts.capacity() * sizeof(s.tokenizer.cuts[0]) +
         s.tokenizer.pieces.capacity() * sizeof(float) + s.ruled_numbers.bytes() +
         s.ruled.capacity() * sizeof(RuledWord) +
         s.tokens.capacity() *
             (sizeof(spacy::TokenPiece) + sizeof(spacy::Ruling) + sizeof(std::string_view) + 64);
}

Result<LanguageModel> LanguageModel::open(const std::filesystem::path& path) {
  auto pipeline = read_pipeline(spacy::ModelFile::open(path));
  if (!pipeline) {
    pipeline.error().file = path.string();
    return std::unexpected(pipeline.error());
  }
  LanguageModel model;
  model.pipeline_ = std::move(*pipeline);
  return model;
}

Result<LanguageModel> LanguageModel::over(std::string_view bytes) {
  auto pipeline = read_pipeline(spacy::ModelFile::over(bytes));
  if (!pipeline) return std::unexpected(pipeline.error());
  LanguageModel model;
  model.pipeline_ = std::move(*pipeline);
  return model;
}

ModelInfo LanguageModel::info() const { return pipeline_->info; }

const std::shared_ptr<const LabelNames>& LanguageModel::names() const { return pipeline_->names; }

Result<Parse> LanguageModel::parse(std::string_view text, Workspace& workspace) const {
  if (auto error = refuse(text)) return std::unexpected(std::move(*error));
  Workspace::State& state = workspace.state();
  state.keep = Keep::kLabels;
  run_pipeline(*pipeline_, text, state);
  Parse parse;
  parse.text = text;
  parse.names = pipeline_->names;
  parse.tokens.reserve(state.tokens.size());
  for (std::size_t i = 0; i < state.tokens.size(); ++i) {
    ParsedToken token;
    token.span = span_of(state, i);
    token.annotation = annotation_of(*pipeline_, state, i, parse.lemmas);
    token.followed_by_space = state.tokens[i].followed_by_space;
    token.is_space = state.is_space[i] != 0;
    token.starts_sentence = state.edges.starts[i] != 0;
    parse.tokens.push_back(token);
  }
  for (const spacy::EntitySpan& entity : state.entities) {
    parse.entities.push_back({entity.first, entity.last, pipeline_->entity_of_label[entity.label]});
  }
  return parse;
}

Result<Document> LanguageModel::annotate(std::string_view text, std::span<const Paragraph> paragraphs,
                                         Workspace& workspace, Keep keep) const {
  if (auto error = refuse(text)) return std::unexpected(std::move(*error));
  Document document;
  document.text = text;
  document.paragraphs.assign(paragraphs.begin(), paragraphs.end());
  document.annotations.emplace();
  document.annotations->names = pipeline_->names;
  workspace.state().keep = keep;
  if (keep == Keep::kEncoded) document.annotations->encoded_width = pipeline_->encoded_width();
  ParagraphAppender appender(*pipeline_, workspace.state(), document);
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < paragraphs.size(); ++i) {
    const Span span = paragraphs[i].span;
    const bool cuts_character =
        span.end > text.size() || !is_valid_utf8(text.substr(span.begin, span.size()));
    if (span.begin < end || span.end < span.begin || cuts_character) {
      return fail(ErrorCode::kInvalidArgument, "paragraphs overlap or lie outside the text");
    }
    end = span.end;
    run_pipeline(*pipeline_, cut(text, span), workspace.state());
    appender.append(i);
  }
  return document;
}

}  // namespace onrecord
