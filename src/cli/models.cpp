#include "cli/models.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "cli/options.h"
#include "cli/run_program.h"
#include "text/word_list.h"

namespace onrecord::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".model";

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.flush();
  if (!stream) return fail(ErrorCode::kSystem, "cannot write " + path.string());
  return {};
}

/// Every model of data/model_sources.txt.
std::vector<ModelSource> known_sources() {
  std::vector<ModelSource> sources;
  for (const auto& row : WordLists().rows("model_sources")) {
    if (row.size() < 3) continue;
    auto source = std::ranges::find(sources, row[0], &ModelSource::name);
    if (source == sources.end()) {
      sources.emplace_back().name = row[0];
      source = std::prev(sources.end());
    }
    if (row[1] == "package") source->package = row[2];
    if (row[1] == "wheel") source->wheel_digest = row[2];
    if (row[1] == "licence") source->licence = row[2];
    if (row[1] == "origin") source->origin = row[2];
    if (row[1] == "file" && row.size() > 3) source->files.emplace_back(row[2], row[3]);
  }
  return sources;
}

}  // namespace

Result<fs::path> models_folder() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data != '\0') return fs::path(data) / "onrecord" / "models";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return fs::path(home) / ".local" / "share" / "onrecord" / "models";
  return fail(ErrorCode::kSystem, "neither XDG_DATA_HOME nor HOME is set: give the model as --model PATH");
}

Result<fs::path> find_model(const std::string& asked) {
  std::error_code error;
  if (!asked.empty() && (asked.find('/') != std::string::npos || fs::is_regular_file(asked, error))) {
    return fs::path(asked);
  }
  const auto folder = models_folder();
  if (!folder) return std::unexpected(folder.error());
  const std::string name = asked.empty() ? std::string(kDefaultModel) : asked;
  fs::path path = *folder / (name + std::string(kExtension));
  if (fs::exists(path, error)) return path;
  Error missing{
      ErrorCode::kNotFound, fmt::format("the language model {} is not installed", name), {}, {}, {}};
  missing.advice = fmt::format("Get it: onrecord model install{}",
                               name == kDefaultModel ? "" : fmt::format(" --from PATH --as {}", name));
  return std::unexpected(std::move(missing));
}

Result<LanguageModel> open_model_file(const fs::path& path) {
  auto model = LanguageModel::open(path);
  if (model) return model;
  Error error = std::move(model).error();
  error.file = path.string();
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) error.message = "a folder, not a model file";
  if (fs::is_directory(path, unknown) || error.code == ErrorCode::kMalformed) {
    error.advice = "If it is a spaCy pipeline, convert it first: onrecord model install --from " +
                   shell_word(path.string());
  } else if (error.code == ErrorCode::kUnreadable) {
    error.advice = "Check its permissions.";
  } else if (error.code != ErrorCode::kNotFound) {
    error.advice = "Install it again: onrecord model install --help";
  }
  return std::unexpected(std::move(error));
}

Result<LanguageModel> open_model(const std::string& asked) {
  const auto path = find_model(asked);
  return path ? open_model_file(*path) : std::unexpected(path.error());
}

Result<std::vector<fs::path>> installed_models() {
  const auto folder = models_folder();
  if (!folder) return std::unexpected(folder.error());
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(*folder, error)) {
    if (entry.path().extension() == kExtension) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

Result<ModelSource> model_source(std::string_view name) {
  std::vector<std::string> known;
  for (ModelSource& source : known_sources()) {
    if (source.name == name) return std::move(source);
    known.push_back(source.name);
  }
  return fail(ErrorCode::kNotFound,
              fmt::format("no model of the name {} is known; known: {}; others: --from PATH", name,
                          fmt::join(known, ", ")));
}

std::optional<ModelSource> model_source_of(const spacy::PipelineFiles& files) {
  for (ModelSource& source : known_sources()) {
    if (spacy::check_digests(files, source.files)) return std::move(source);
  }
  return std::nullopt;
}

Result<fs::path> fetch_wheel(const ModelSource& source, const fs::path& folder) {
  const fs::path requirements = folder / "requirements.txt";
  const auto written =
      write_file(requirements, fmt::format("{} --hash=sha256:{}\n", source.package, source.wheel_digest));
  if (!written) return std::unexpected(written.error());
  const auto status = run_program(
      {"python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
       "--only-binary=:all:", "--require-hashes", "--dest", folder.string(), "-r", requirements.string()});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) {
    return fail(ErrorCode::kSystem, "pip could not fetch " + source.package +
                                        " (its words stand above; on Debian pip is the package python3-pip). "
                                        "A wheel that you have can be "
                                        "installed with --from PATH");
  }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".whl") return entry.path();
  }
  return fail(ErrorCode::kSystem, "pip said that it fetched " + source.package + ", but there is no wheel");
}

Result<fs::path> install_model(const spacy::PipelineFiles& files, const std::string& name,
                               std::string_view origin) {
  const auto bytes = spacy::import_pipeline(files, origin);
  if (!bytes) return std::unexpected(bytes.error());
  const auto folder = models_folder();
  if (!folder) return std::unexpected(folder.error());
  std::error_code error;
  fs::create_directories(*folder, error);
  if (error)
    return fail(ErrorCode::kSystem, "cannot make the folder " + folder->string() + ": " + error.message());
  fs::path path = *folder / (name + std::string(kExtension));
  const fs::path part = *folder / fmt::format(".{}.{}.part", name, ::getpid());
  if (auto written = write_file(part, *bytes); !written) {
    fs::remove(part, error);
    return std::unexpected(written.error());
  }
  const auto model = open_model_file(part);
  if (!model) {
    fs::remove(part, error);
    return std::unexpected(model.error());
  }
  fs::rename(part, path, error);
  if (error) return fail(ErrorCode::kSystem, "cannot write " + path.string() + ": " + error.message());
  return path;
}

}  // namespace onrecord::cli
