// config.cfg of a spaCy pipeline: sections of keys with JSON values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

class PipelineConfig {
 public:
  static Result<PipelineConfig> parse(std::string_view text);

  /// The value of `key` in [`section`] as it stands there, JSON text; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view section, std::string_view key) const;
  /// The same without the quotes of a JSON string.
  [[nodiscard]] std::string_view text(std::string_view section, std::string_view key) const;
  /// A JSON list of strings; empty when there is none.
  [[nodiscard]] std::vector<std::string> list(std::string_view section, std::string_view key) const;

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> sections_;
};

}  // namespace onrecord::spacy
