// The command line: `onrecord COMMAND ...`.
#include <fmt/format.h>

#include <exception>

#include "cli/command.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kDescription =
    "OnRecord reads news coverage and keeps the record of what was said:\n"
    "who said it, the exact words, and where they stand.\n";

void set_up(CLI::App& app, Action& chosen) {
  app.set_version_flag("--version", fmt::format("onrecord {}", ONRECORD_VERSION),
                       "Print the version and end");
  app.set_help_flag("-h,--help", "Print this help and end");
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_examples(app, {{"onrecord quotes story.html", "who says what in one article"},
                     {"onrecord ingest coverage/", "read a folder into the record onrecord.db"},
                     {"onrecord search harbor --speaker Delgado", "what Delgado said about the harbor"},
                     {"onrecord COMMAND --help", "the options of one command, with examples"}});
  declare_commands(app, chosen);
}

/// The innermost command that was named, whose help the user would want.
std::string named_command(const CLI::App& app) {
  std::string path = app.get_name();
  for (const CLI::App* command : app.get_subcommands()) path += " " + named_command(*command);
  return path;
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
  set_up(app, chosen);
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text, text);
    console.print(text.str());
    return finish(console, ExitCode::kFound);
  } catch (const CLI::ParseError& wrong) {
    console.error(wrong.what(), fmt::format("See: {} --help", named_command(app)));
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
