// `onrecord completion SHELL`: scripts made from the commands as they are declared, so that they cannot fall
// behind.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"

namespace onrecord::cli {
namespace {

struct OptionEntry {
  std::vector<std::string> flags;    // "--format", "-h"
  std::vector<std::string> choices;  // the words it may take, where they are few
  std::string meaning;
  bool takes_value = false;
};

struct CommandEntry {
  std::vector<std::string> path;  // {"correct", "speaker"}; empty for the program itself
  std::string summary;
  std::vector<OptionEntry> options;
  std::vector<std::string> subcommands;
  std::vector<std::string> choices;  // of the first argument
};

/// The words of CLI11's description of `IsMember`: "{table,jsonl}".
std::vector<std::string> choices_in(const std::string& description) {
  std::vector<std::string> choices;
  const std::size_t begin = description.find('{');
  const std::size_t end = description.find('}', begin);
  if (begin == std::string::npos || end == std::string::npos) return choices;
  for (std::size_t at = begin + 1; at < end;) {
    const std::size_t comma = std::min(description.find(',', at), end);
    choices.push_back(description.substr(at, comma - at));
    at = comma + 1;
  }
  return choices;
}

OptionEntry entry_of(const CLI::Option& option) {
  OptionEntry entry;
  for (const std::string& name : option.get_lnames()) entry.flags.push_back("--" + name);
  for (const std::string& name : option.get_snames()) entry.flags.push_back("-" + name);
  entry.meaning = option.get_description();
  entry.takes_value = option.get_items_expected_max() > 0;
  entry.choices = choices_in(option.get_type_name());
  return entry;
}

void collect(const CLI::App& app, const std::vector<std::string>& path, std::vector<CommandEntry>& out) {
  CommandEntry entry{path, app.get_description(), {}, {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) {
      entry.options.push_back(entry_of(*option));
    } else if (entry.choices.empty()) {
      entry.choices = choices_in(option->get_type_name());
    }
  }
  const auto all = [](const CLI::App*) { return true; };
  const std::vector<const CLI::App*> subcommands = app.get_subcommands(all);
  for (const CLI::App* subcommand : subcommands) entry.subcommands.push_back(subcommand->get_name());
  out.push_back(entry);
  for (const CLI::App* subcommand : subcommands) {
    std::vector<std::string> below = path;
    below.push_back(subcommand->get_name());
    collect(*subcommand, below, out);
  }
}

std::vector<CommandEntry> all_commands() {
  CLI::App app{"", "onrecord"};
  Action chosen;
  declare_program(app, chosen);
  std::vector<CommandEntry> entries;
  collect(app, {}, entries);
  return entries;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator = " ") {
  return fmt::format("{}", fmt::join(words, separator));
}

std::vector<std::string> flags_of(const CommandEntry& command) {
  std::vector<std::string> flags;
  for (const OptionEntry& option : command.options) {
    flags.insert(flags.end(), option.flags.begin(), option.flags.end());
  }
  return flags;
}

constexpr std::string_view kBashHead =
    R"(# bash completion for onrecord; load it with: source <(onrecord completion bash)
_onrecord() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= flags= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path ${COMP_WORDS[i]}" in
)";

constexpr std::string_view kBashTail = R"(  esac
  COMPREPLY=()
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  elif [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F _onrecord onrecord
)";

std::string bash_script() {
  const std::vector<CommandEntry> entries = all_commands();
  std::string out(kBashHead);
  for (const CommandEntry& command : entries) {
    if (!command.path.empty()) {
      out += fmt::format("      ' {0}') path=' {0}' ;;\n", joined(command.path));
    }
  }
  out += "    esac\n  done\n  case $path in\n";
  for (const CommandEntry& command : entries) {
    const std::string path = command.path.empty() ? "" : " " + joined(command.path);
    const std::vector<std::string>& first =
        command.subcommands.empty() ? command.choices : command.subcommands;
    out +=
        fmt::format("    '{}') flags='{}' words='{}' ;;\n", path, joined(flags_of(command)), joined(first));
  }
  out += "  esac\n  case \"$path $previous\" in\n";
  for (const CommandEntry& command : entries) {
    const std::string path = command.path.empty() ? "" : " " + joined(command.path);
    for (const OptionEntry& option : command.options) {
      if (!option.takes_value) continue;
      for (const std::string& flag : option.flags) {
        out += fmt::format("    '{} {}') words='{}' ;;\n", path, flag, joined(option.choices));
      }
    }
  }
  out += kBashTail;
  return out;
}

std::string in_quotes(std::string_view text) {
  const std::string word = shell_word(text);
  return word.starts_with('\'') ? word : "'" + word + "'";
}

/// `text` inside the brackets of zsh's _arguments, where brackets and colons have a meaning.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_function(const CommandEntry& command) {
  const std::string name = command.path.empty() ? "_onrecord" : "_onrecord_" + joined(command.path, "_");
  std::string out = name + "() {\n  _arguments -C";
  for (const OptionEntry& option : command.options) {
    const std::string value = !option.takes_value      ? ""
                              : option.choices.empty() ? ":value:_files"
                                                       : ":value:(" + joined(option.choices) + ")";
    for (const std::string& flag : option.flags) {
      out += " \\\n    " + in_quotes(fmt::format("{}[{}]{}", flag, zsh_text(option.meaning), value));
    }
  }
  if (command.subcommands.empty()) {
    out += command.choices.empty() ? " \\\n    '*:file:_files'\n}\n"
                                   : fmt::format(" \\\n    '1:word:({})'\n}}\n", joined(command.choices));
    return out;
  }
  out += fmt::format(" \\\n    '1:command:({})' \\\n    '*::argument:->rest'\n", joined(command.subcommands));
  out += "  [[ $state == rest ]] || return\n  case $words[1] in\n";
  for (const std::string& subcommand : command.subcommands) {
    out += fmt::format("    {0}) {1}_{0} ;;\n", subcommand, name);
  }
  return out + "  esac\n}\n";
}

std::string zsh_script() {
  std::string out =
      "#compdef onrecord\n# zsh completion for onrecord; load it with: source <(onrecord completion zsh)\n";
  for (const CommandEntry& command : all_commands()) out += zsh_function(command);
  return out + "compdef _onrecord onrecord\n";
}

std::string fish_script() {
  std::string out = "# fish completion for onrecord; load it with: onrecord completion fish | source\n";
  for (const CommandEntry& command : all_commands()) {
    const std::string condition = command.path.empty()
                                      ? "__fish_use_subcommand"
                                      : fmt::format("__fish_seen_subcommand_from {}", command.path.back());
    if (!command.path.empty()) {
      const std::string above = command.path.size() == 1
                                    ? "__fish_use_subcommand"
                                    : "__fish_seen_subcommand_from " + command.path[command.path.size() - 2];
      out += fmt::format("complete -c onrecord -n {} -f -a {} -d {}\n", in_quotes(above), command.path.back(),
                         in_quotes(command.summary));
    }
    for (const OptionEntry& option : command.options) {
      for (const std::string& flag : option.flags) {
        const bool is_long = flag.starts_with("--");
        out += fmt::format("complete -c onrecord -n {} {} {} -d {}", in_quotes(condition),
                           is_long ? "-l" : "-s", flag.substr(is_long ? 2 : 1), in_quotes(option.meaning));
        if (option.takes_value)
          out += option.choices.empty() ? " -r" : " -x -a " + in_quotes(joined(option.choices));
        out += "\n";
      }
    }
  }
  return out;
}

}  // namespace

Action declare_completion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  add_examples(app, {{"source <(onrecord completion bash)", "in ~/.bashrc: completion in every new shell"},
                     {"onrecord completion fish > ~/.config/fish/completions/onrecord.fish", ""}});
  return [shell](Console& console) {
    console.print(*shell == "bash" ? bash_script() : *shell == "zsh" ? zsh_script() : fish_script());
    return ExitCode::kFound;
  };
}

}  // namespace onrecord::cli
