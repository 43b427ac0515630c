#include "cli/options.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <map>
#include <system_error>

#include "cli/models.h"
#include "onrecord/language.h"

namespace onrecord::cli {
namespace {

/// Why `date` is no year, month, day, or day with a time; empty when it is one.
std::string what_is_no_date(const std::string& date) {
  constexpr std::string_view kPattern = "0000-00-00";
  const std::string_view day = std::string_view(date).substr(0, kPattern.size());
  bool fits = day.size() == 4 || day.size() == 7 || day.size() == 10;
  for (std::size_t i = 0; fits && i < day.size(); ++i) {
    fits = kPattern[i] == '-' ? day[i] == '-' : day[i] >= '0' && day[i] <= '9';
  }
  const bool has_time = date.size() > day.size();
  if (!fits || (has_time && (day.size() != kPattern.size() || date[day.size()] != 'T'))) {
    return fmt::format("\"{}\" is no date; write it as 2026, 2026-03, 2026-03-01 or 2026-03-01T12:00:00Z",
                       date);
  }
  const auto number = [&](std::size_t at, std::size_t size) {
    return day.size() > at ? std::stoi(std::string(day.substr(at, size))) : 1;
  };
  const std::chrono::year_month_day calendar{std::chrono::year(number(0, 4)),
                                             std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                             std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  return calendar.ok() ? std::string() : fmt::format("{} is no date of the calendar", day);
}

}  // namespace

CLI::Validator is_date() { return {what_is_no_date, ""}; }

void FormatOption::declare(CLI::App& app, const std::vector<std::string>& names) {
  app.add_option("--format", asked, "How to print; without it a table on a terminal, jsonl in a pipe")
      ->type_name("NAME")
      ->check(CLI::IsMember(names));
}

Format FormatOption::resolve(const Terminal& output) const {
  if (asked.empty()) return output.interactive ? Format::kTable : Format::kJsonLines;
  static const std::map<std::string, Format> formats = {{"table", Format::kTable},
                                                        {"jsonl", Format::kJsonLines},
                                                        {"csv", Format::kCsv},
                                                        {"webannotation", Format::kWebAnnotation}};
  return formats.at(asked);
}

Result<WordLists> word_lists_with(const std::string& folder) {
  return folder.empty() ? Result<WordLists>(WordLists()) : WordLists::with_folder(folder);
}

void ReadingOptions::declare(CLI::App& app) {
  app.add_option("--reading", reading, "The way of reading")
      ->type_name("NAME")
      ->check(CLI::IsMember({"fast", "precise", "plain"}))
      ->capture_default_str();
  app.add_option("--model", model,
                 "The language model of the learned readings, a name or a file; without it the default one")
      ->type_name("NAME|FILE");
  app.add_option("--data", data_folder, "Folder with word lists that add to the compiled-in ones")
      ->type_name("DIR");
  app.add_option("--threads", threads, "How many articles are read at once; without it one a core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
}

Result<ArticleReading> ReadingOptions::make_reading() const {
  const Result<WordLists> made = word_lists_with(data_folder);
  if (!made) return std::unexpected(made.error());
  const WordLists& lists = *made;
  if (reading == "plain") return ArticleReading::plain(lists);
  Result<LanguageModel> opened = open_model(model);
  if (!opened) {
    Error error = opened.error();
    if (model.empty() && error.code == ErrorCode::kNotFound)
      error.advice += "; or read without one: --reading plain";
    return std::unexpected(std::move(error));
  }
  const LearnedReading learned = reading == "precise" ? LearnedReading::kPrecise : LearnedReading::kFast;
  return ArticleReading::learned(std::move(*opened), learned, lists);
}

void ArticleOptions::declare(CLI::App& app) {
  app.add_option("--outlet", outlet, "Who published it, whatever the files say")->type_name("NAME");
  app.add_option("--title", title, "Its title, whatever the file says; for one article")->type_name("TEXT");
  app.add_option("--published", published, "When it was published, whatever the files say")
      ->type_name("DATE");
  app.add_option("--url", url, "Its canonical URL, whatever the file says; for one article")
      ->type_name("URL");
}

bool ArticleOptions::fit(const std::vector<std::string>& paths, Console& console) const {
  std::error_code error;
  const bool one = paths.size() == 1 && !std::filesystem::is_directory(paths.front(), error);
  if (one || (url.empty() && title.empty())) return true;
  console.error(fmt::format("{} is one article's, and {} given", url.empty() ? "--title" : "--url",
                            paths.size() == 1 ? "a folder is" : "several paths are"),
                "Nothing was read. Give one file, or a sidecar beside each: NAME.meta.json");
  return false;
}

SourceOptions ArticleOptions::source_options() const {
  SourceOptions options;
  options.outlet = outlet;
  options.title = title;
  options.published = published;
  options.url = url;
  return options;
}

void LimitOption::declare(CLI::App& app, std::uint32_t rows_in_table) {
  in_table = rows_in_table;
  app.add_option("--limit", asked,
                 fmt::format("How many at most; without it {} in a table, all in a pipe", rows_in_table))
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
}

std::uint64_t LimitOption::resolve(Format format) const {
  if (asked > 0) return asked;
  return format == Format::kTable ? in_table : std::numeric_limits<std::uint64_t>::max();
}

void RecordOption::declare(CLI::App& app) {
  app.add_option("--record", path, "The record")->type_name("FILE")->capture_default_str();
}

std::vector<std::string> RecordOption::files() const {
  return {path, path + "-wal", path + "-shm", path + "-journal"};
}

bool check_paths(const std::vector<std::string>& paths, Console& console) {
  bool all_there = true;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-" ||
        std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::not_found) {
      continue;
    }
    all_there = false;
    console.error(path + ": no such file or folder",
                  "Nothing was read. Check the name; - is standard input.");
  }
  return all_there;
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace onrecord::cli
