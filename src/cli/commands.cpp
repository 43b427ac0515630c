#include <fmt/format.h>

#include <array>

#include "cli/command.h"

namespace onrecord::cli {

std::span<const Command> commands() {
  static constexpr std::array kCommands = {
      Command{"ingest", "Read documents into the record", declare_ingest},
      Command{"compare", "Line up what articles have in common: statements, copies, stories",
              declare_compare},
      Command{"statement", "One utterance and who carries it, cut or changed; or the most carried",
              declare_statement},
      Command{"check", "Check a quotation, or every quotation of a draft, against the record", declare_check},
      Command{"reprints", "What an article shares with others, and who has it from whom", declare_reprints},
      Command{"story", "The articles about one event, or the stories of the record", declare_story},
      Command{"timeline", "What a speaker said over time, and where it differs from before",
              declare_timeline},
      Command{"new", "What the record got since a day: statements, witnesses, leads, copies, stories",
              declare_new},
      Command{"review", "Decide what a comparison only proposes; kept, and holds for new comparisons",
              declare_review},
      Command{"search", "Find statements in the record", declare_search},
      Command{"speakers", "List who is quoted in the record", declare_speakers},
      Command{"articles", "List the articles of the record, or what was rejected", declare_articles},
      Command{"show", "Show one statement in its context, an article or a speaker", declare_show},
      Command{"explain", "Tell why the record says what it says about a statement", declare_explain},
      Command{"correct", "Say what is right; kept beside the reading, survives new ones", declare_correct},
      Command{"remove", "Delete an article from the record for good", declare_remove},
      Command{"serve", "Show the record as pages, and serve its API, on this machine", declare_serve},
      Command{"export", "Write all statements as JSON Lines, CSV or Web Annotations", declare_export},
      Command{"verify", "Prove that every span and hash of the record is right", declare_verify},
      Command{"doctor", "Show versions, limits, word lists and the state of the record", declare_doctor},
      Command{"quotes", "Read a text and show who says what in it; no record is needed", declare_quotes},
      Command{"times", "Find the dates, times and durations in a text, and the days they tell",
              declare_times},
      Command{"extract", "Show the article that is found in a file: text, paragraphs, fields",
              declare_extract},
      Command{"parse", "Show what the language model says of a text, token by token", declare_parse},
      Command{"model", "Install, list and check language models", declare_model},
      Command{"completion", "Print the completion script of a shell", declare_completion},
  };
  return kCommands;
}

void add_examples(CLI::App& app, std::initializer_list<Example> list) {
  std::string text = "Examples:\n";
  for (const Example& example : list) {
    text.append("  ").append(example.command).append("\n");
    if (!example.meaning.empty()) text.append("      ").append(example.meaning).append("\n");
  }
  app.footer(text);
}

void declare_program(CLI::App& app, Action& chosen) {
  app.set_version_flag("--version", fmt::format("onrecord {}", ONRECORD_VERSION),
                       "Print the version and end");
  app.set_help_flag("-h,--help", "Print this help and end");
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_examples(app, {{"onrecord quotes story.html", "who says what in one article"},
                     {"onrecord ingest coverage/", "read a folder into the record onrecord.db"},
                     {"onrecord search harbor --speaker Delgado", "what Delgado said about the harbor"},
                     {"onrecord COMMAND --help", "the options of one command, with examples"}});
  for (const Command& command : commands()) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name), std::string(command.summary));
    subcommand->callback([action = command.declare(*subcommand), &chosen] { chosen = action; });
  }
}

}  // namespace onrecord::cli
