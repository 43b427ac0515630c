// Hostile models: MessagePack, nets, saved pipelines and model files made of whatever bytes.
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "language/model_file.h"
#include "language/model_import.h"
#include "language/msgpack.h"
#include "language/thinc_model.h"
#include "onrecord/language.h"

namespace {

using namespace onrecord;

struct Free {
  void operator()(char* bytes) const { std::free(bytes); }
};

/// The input cut at each 0xFE: parts with names that the readers ask for.
std::vector<std::string_view> parts_of(std::string_view input) {
  std::vector<std::string_view> parts;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\xFE'), input.size());
    parts.push_back(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return parts;
}

void read_model_file(std::string_view input) {
  constexpr const char* kSections[] = {"tokenizer",       "norms.ids",       "norms.values",
                                       "tok2vec.encoder", "tagger.labels",   "tagger.output.weights",
                                       "ruler",           "lemmatizer",      "parser.classes",
                                       "parser.net",      "ner.classes",     "ner.net",
                                       "vectors",         "lemma.index.verb"};
  spacy::ModelFileWriter writer;
  writer.add("about", "{}");
  const auto parts = parts_of(input);
  for (std::size_t i = 0; i < parts.size() && i < std::size(kSections); ++i)
    writer.add(kSections[i], std::string(parts[i]));
  const std::string bytes = writer.bytes();
  const std::size_t room = (bytes.size() + 63) / 64 * 64;
  const std::unique_ptr<char, Free> aligned(static_cast<char*>(std::aligned_alloc(64, room)));
  std::memcpy(aligned.get(), bytes.data(), bytes.size());
  const auto model = LanguageModel::over({aligned.get(), bytes.size()});
  if (!model) return;
  LanguageModel::Workspace workspace(*model);
  const auto parse = model->parse("She said, \"I won't.\"  Not now.", workspace);
  if (!parse || parse->tokens.empty()) std::abort();
}

void import_files(std::string_view input) {
  spacy::PipelineFiles files;
  files["config.cfg"] =
      "[nlp]\nlang = \"en\"\npipeline = "
      "[\"tok2vec\",\"tagger\",\"parser\",\"attribute_ruler\",\"lemmatizer\",\"ner\"]\n";
  files["meta.json"] = "{}";
  const auto names = spacy::pipeline_file_names();
  const auto parts = parts_of(input);
  for (std::size_t i = 0; i < parts.size() && i < names.size(); ++i) {
    if (!parts[i].empty()) files[std::string(names[i])] = parts[i];
  }
  (void)spacy::import_pipeline(files, "fuzz");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      (void)spacy::read_msgpack(input);
      break;
    case 1:
      if (const auto model = spacy::ThincModel::read(input)) {
        for (const auto& layer : model->layers("maxout")) (void)layer.tensor("W", 3);
        for (const auto& layer : model->layers("hashembed")) (void)layer.number("seed");
      }
      break;
    case 2:
      import_files(input);
      break;
    default:
      read_model_file(input);
  }
  return 0;
}
