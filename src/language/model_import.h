// Makes OnRecord's model file from a spaCy 3 pipeline as spaCy saves it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "onrecord/error.h"

namespace onrecord::spacy {

/// The files of a saved pipeline by their path below its folder: "config.cfg", "parser/model", ...
using PipelineFiles = std::map<std::string, std::string, std::less<>>;

/// Reads the folder of a saved pipeline: the files this program uses, 1 GiB of them at most.
[[nodiscard]] Result<PipelineFiles> read_pipeline_folder(const std::filesystem::path& folder);

/// The bytes of a model file. `source` is kept in it as where the pipeline comes from.
/// Fails with `kUnsupportedFormat`, naming the component, when the pipeline has one that cannot be run here,
/// and with `kMalformed` when a file does not follow its format. Runs nothing of the pipeline.
[[nodiscard]] Result<std::string> import_pipeline(const PipelineFiles& files, std::string_view source);

}  // namespace onrecord::spacy
