// Makes OnRecord's model file from a spaCy 3 pipeline as spaCy saves it.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

/// The files of a saved pipeline by their path below its folder: "config.cfg", "parser/model", ...
using PipelineFiles = std::map<std::string, std::string, std::less<>>;

/// The paths of the files that are read, among all that a saved pipeline has.
[[nodiscard]] std::span<const std::string_view> pipeline_file_names();

/// Reads the folder of a saved pipeline: the files this program uses, 1 GiB of them at most.
[[nodiscard]] Result<PipelineFiles> read_pipeline_folder(const std::filesystem::path& folder);

/// Files of the pipeline and their SHA-256 in hexadecimal.
using FileDigests = std::vector<std::pair<std::string, std::string>>;
/// Checks files against digests that are known. Fails with `kDamaged`, naming the first file that is missing
/// or other.
[[nodiscard]] Result<void> check_digests(const PipelineFiles& files, const FileDigests& expected);

/// The bytes of a model file. `source` is kept in it as where the pipeline comes from.
/// Fails with `kUnsupportedFormat`, naming the component, when the pipeline has one that cannot be run here,
/// and with `kMalformed` when a file does not follow its format. Runs nothing of the pipeline.
[[nodiscard]] Result<std::string> import_pipeline(const PipelineFiles& files, std::string_view source);

}  // namespace onrecord::spacy
