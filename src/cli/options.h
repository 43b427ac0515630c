// Options that several commands share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/terminal.h"
#include "intake/source.h"
#include "record/article_reading.h"

namespace onrecord::cli {

enum class Format { kTable, kJsonLines, kCsv, kWebAnnotation };

/// `--format`: what the user asked for, else a table on a terminal and JSON Lines in a pipe.
struct FormatOption {
  std::string asked;

  /// Declares `--format` with the allowed `names` ("table", "jsonl", "csv", "webannotation").
  void declare(CLI::App& app, const std::vector<std::string>& names);
  [[nodiscard]] Format resolve(const Terminal& output) const;
};

/// The compiled-in word lists with those of `folder`; empty: the compiled-in ones alone.
[[nodiscard]] Result<WordLists> word_lists_with(const std::string& folder);

/// How articles are read.
struct ReadingOptions {
  std::string reading = "fast";
  std::string model;        ///< empty: the installed default model
  std::string data_folder;  ///< empty: the compiled-in word lists alone
  unsigned threads = 0;     ///< 0: one a core

  void declare(CLI::App& app);
  [[nodiscard]] Result<ArticleReading> make_reading() const;
};

/// What files cannot say themselves.
struct ArticleOptions {
  std::string outlet;
  std::string title;
  std::string published;
  std::string url;

  void declare(CLI::App& app);
  [[nodiscard]] SourceOptions source_options() const;
  /// False, with an error told, when a URL or a title, which is one article's, is given for several `paths`.
  [[nodiscard]] bool fit(const std::vector<std::string>& paths, Console& console) const;
};

/// `--limit N`: how many rows at most. Without it a table ends where a person stops reading, and a pipe or a
/// file gets everything.
struct LimitOption {
  std::uint32_t asked = 0;     ///< 0: not asked
  std::uint32_t in_table = 0;  ///< rows of a table without `--limit`

  void declare(CLI::App& app, std::uint32_t rows_in_table);
  [[nodiscard]] std::uint64_t resolve(Format format) const;
};

/// `--record FILE`.
struct RecordOption {
  std::string path = "onrecord.db";

  void declare(CLI::App& app);
  /// The record and the files that SQLite keeps beside it while it is open.
  [[nodiscard]] std::vector<std::string> files() const;
};

/// Takes a year, a month, a day, or a day with a time, in ISO 8601.
[[nodiscard]] CLI::Validator is_date();

/// False, with an error told, when one of `paths` is not there: most likely a slip of the keyboard, so
/// nothing is begun.
[[nodiscard]] bool check_paths(const std::vector<std::string>& paths, Console& console);

/// `text` as a word of a POSIX shell, in quotes where it needs them.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace onrecord::cli
