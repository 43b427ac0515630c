// What a command of the program is. Each stands in its own file, command_NAME.cpp; commands.cpp lists them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "cli/console.h"
#include "cli/exit_code.h"

namespace onrecord::cli {

/// What to do once the command line has been read.
using Action = std::function<ExitCode(Console&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  /// Declares options and examples on the command's `CLI::App` and returns what it does.
  Action (*declare)(CLI::App& app);
};

/// Every command, in the order of the help text.
[[nodiscard]] std::span<const Command> commands();

Action declare_ingest(CLI::App& app);
Action declare_quotes(CLI::App& app);
Action declare_times(CLI::App& app);
Action declare_extract(CLI::App& app);
Action declare_search(CLI::App& app);
Action declare_speakers(CLI::App& app);
Action declare_articles(CLI::App& app);
Action declare_show(CLI::App& app);
Action declare_explain(CLI::App& app);
Action declare_correct(CLI::App& app);
Action declare_remove(CLI::App& app);
Action declare_export(CLI::App& app);
Action declare_compare(CLI::App& app);
Action declare_check(CLI::App& app);
Action declare_serve(CLI::App& app);
Action declare_review(CLI::App& app);
Action declare_statement(CLI::App& app);
Action declare_reprints(CLI::App& app);
Action declare_story(CLI::App& app);
Action declare_timeline(CLI::App& app);
Action declare_new(CLI::App& app);
Action declare_verify(CLI::App& app);
Action declare_doctor(CLI::App& app);
Action declare_parse(CLI::App& app);
Action declare_model(CLI::App& app);
Action declare_completion(CLI::App& app);

struct Example {
  std::string_view command;
  std::string_view meaning;
};

/// Shows `list` below the command's options in its help text.
void add_examples(CLI::App& app, std::initializer_list<Example> list);

/// The program with all its options and commands, as help and completion see it; `chosen` receives the action
/// of the command that was named.
void declare_program(CLI::App& app, Action& chosen);

}  // namespace onrecord::cli
