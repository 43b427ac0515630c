// spaCy's rule lemmatiser for English: exceptions, an index of known forms, and suffix rules.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/model_file.h"
#include "language/string_list.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// Immutable; views into the model file.
class Lemmatizer {
 public:
  static Result<Lemmatizer> read(const ModelFile& file);

  /// The lemma of a word. `lower` is its lower case, `part_of_speech` a universal tag in capitals ("VERB"),
  /// `morphology` its features ("Tense=Past|VerbForm=Fin"). As spaCy 3.8.18; 3.8.7 chose another where
  /// several rules gave known forms.
  [[nodiscard]] std::string lemma(std::string_view text, std::string_view lower,
                                  std::string_view part_of_speech, std::string_view morphology) const;

 private:
  struct Part {
    std::string_view name;  // "verb"
    std::vector<std::pair<std::string_view, std::string_view>> rules;
    StringList index;
    StringList exceptions;
    StringList forms;  // of the exceptions, separated by line feeds
  };
  static std::vector<std::string> forms_of(const Part& part, std::string_view lower);

  std::vector<Part> parts_;
};

}  // namespace onrecord::spacy
