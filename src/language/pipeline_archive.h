// A saved pipeline in an archive: the wheel, zip or tar that it is handed on in.
#pragma once

#include <filesystem>

#include "language/model_import.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// The files of the one pipeline in a wheel, zip or tar archive (also compressed), read without unpacking
/// anything to disk. A pipe or a device is `kUnreadable` at once. Fails with `kMalformed`, `kTooLarge` (1 GiB
/// inflated), or `kNotFound` when there is no pipeline in it.
[[nodiscard]] Result<PipelineFiles> read_pipeline_archive(const std::filesystem::path& path);

/// A folder as `read_pipeline_folder`, or the folder of a pipeline inside it (an unpacked package), or an
/// archive.
[[nodiscard]] Result<PipelineFiles> read_pipeline(const std::filesystem::path& path);

}  // namespace onrecord::spacy
