// The language model that tests run on: the default one, as `onrecord model install` leaves it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "onrecord/language.h"

namespace onrecord {

/// $ONRECORD_TEST_MODEL, else the default model among the installed ones. `make test` installs it first.
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

}  // namespace onrecord

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define ONRECORD_NEEDS_MODEL() \
  if (test_model() == nullptr) \
  GTEST_SKIP() << "the language model is not installed: run `onrecord model install`"
