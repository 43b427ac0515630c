// The command line: `onrecord COMMAND ...`.
#include <fmt/format.h>

#include <exception>

#include "cli/command.h"
#include "cli/nearest.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kDescription =
    "OnRecord reads news coverage and keeps the record of what was said:\n"
    "who said it, the exact words, and where they stand.\n";

/// The innermost command that was named, whose help the user would want.
const CLI::App& named_command(const CLI::App& app) {
  const auto named = app.get_subcommands();
  return named.empty() ? app : named_command(*named.front());
}

std::string path_of(const CLI::App& command) {
  const CLI::App* above = command.get_parent();
  return above == nullptr ? command.get_name() : path_of(*above) + " " + command.get_name();
}

/// What is wrong with the command line. CLI11 says of a word that it does not know only that a subcommand is
/// missing, or names all that was left over.
std::string what_is_wrong(const CLI::App& app, const CLI::ParseError& wrong) {
  const CLI::App& command = named_command(app);
  const std::vector<std::string> unknown = app.remaining(true);
  if (unknown.empty() || (dynamic_cast<const CLI::ExtrasError*>(&wrong) == nullptr &&
                          dynamic_cast<const CLI::RequiredError*>(&wrong) == nullptr)) {
    return wrong.what();
  }
  return unknown_word(command, path_of(command), unknown.front());
}

ExitCode finish(Console& console, ExitCode code) {
  const Result<void> written = console.finish();
  if (written) return code;
  console.error(written.error());
  return ExitCode::kError;
}

ExitCode run(int count, char** arguments) {
  Console console;
  CLI::App app{std::string(kDescription), "onrecord"};
  Action chosen;
  declare_program(app, chosen);
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text, text);
    console.print(text.str());
    return finish(console, ExitCode::kFound);
  } catch (const CLI::ParseError& wrong) {
    console.error(what_is_wrong(app, wrong), fmt::format("See: {} --help", path_of(named_command(app))));
    return ExitCode::kError;
  }
  return finish(console, chosen(console));
}

}  // namespace
}  // namespace onrecord::cli

int main(int count, char** arguments) {
  try {
    return static_cast<int>(onrecord::cli::run(count, arguments));
  } catch (const std::exception& unexpected) {  // memory ran out, or a mistake of ours
    std::fprintf(stderr, "onrecord: stopped by an unexpected error: %s\n", unexpected.what());
    return static_cast<int>(onrecord::cli::ExitCode::kError);
  }
}
