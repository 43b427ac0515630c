#include "reading/tagger_rows.h"

#include "language/string_ids.h"

namespace onrecord {
namespace {

constexpr std::string_view kOpeningMark = "\u201C";
constexpr std::string_view kClosingMark = "\u201D";

class RowMaker {
 public:
  explicit RowMaker(const Words& words)
      : words_(words), document_(words.document()), row_of_token_(document_.tokens.size(), 0) {
    entity_of_token_.assign(document_.tokens.size(), nullptr);
    for (const Entity& entity : document_.annotations->entities) {
      for (std::uint32_t token = entity.first; token < entity.last; ++token)
        entity_of_token_[token] = &entity;
    }
  }

  void add_sentence(const Sentence& sentence) {
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      row_of_token_[token] = static_cast<std::uint32_t>(made_.rows.size());
      made_.rows.push_back(row(token, token == sentence.first));
      made_.token_of_row.push_back(token);
    }
  }

  void add_break() {
    TaggerToken row;
    row.paragraph_break = true;
    row.head = static_cast<std::uint32_t>(made_.rows.size());
    made_.rows.push_back(row);
    made_.token_of_row.push_back(kNoToken);
  }

  TaggerRows finish() {
    for (std::size_t i = 0; i < made_.rows.size(); ++i) {
      const std::uint32_t token = made_.token_of_row[i];
      if (token != kNoToken) made_.rows[i].head = row_of_token_[document_.head(token)];
    }
    return std::move(made_);
  }

 private:
  [[nodiscard]] bool opens_passage(std::uint32_t token) const {
    return words_.passage_of(token) >= 0 && words_.piece_at(token).open == token;
  }

  [[nodiscard]] TaggerToken row(std::uint32_t token, bool sentence_begins) const {
    const Annotations& said = *document_.annotations;
    const WordIds& ids = said.words[token];
    const Entity* const entity = entity_of_token_[token];
    TaggerToken row;
    row.norm = ids.norm;
    row.prefix = ids.prefix;
    row.suffix = ids.suffix;
    row.shape = ids.shape;
    row.text = document_.word(token);
    row.tag = document_.tag(token);
    row.dependency = document_.dependency(token);
    row.entity = entity == nullptr ? std::string_view() : document_.label(*entity);
    row.entity_begins = entity != nullptr && entity->first == token;
    row.sentence_begins = sentence_begins;
    row.vector = std::span(said.encoded).subspan(std::size_t{token} * said.encoded_width, said.encoded_width);
    if (row.text == kClosingMark && opens_passage(token)) {  // "”Fees are up,” Quill said": typed wrong
      row.prefix = row.suffix = row.shape = spacy::string_id(kOpeningMark);
      row.text = kOpeningMark;
    }
    return row;
  }

  const Words& words_;
  const Document& document_;
  std::vector<std::uint32_t> row_of_token_;
  std::vector<const Entity*> entity_of_token_;
  TaggerRows made_;
};

}  // namespace

TaggerRows make_tagger_rows(const Words& words, const std::vector<bool>& paragraph_is_read) {
  const Document& document = words.document();
  RowMaker maker(words);
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const Sentence& sentence = document.sentences[i];
    if (!paragraph_is_read[sentence.paragraph]) continue;
    maker.add_sentence(sentence);
    const bool ends_paragraph =
        i + 1 == document.sentences.size() || document.sentences[i + 1].paragraph != sentence.paragraph;
    if (ends_paragraph) maker.add_break();
  }
  return maker.finish();
}

}  // namespace onrecord
