#include "cli/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace onrecord::cli {
namespace {

/// The Damerau-Levenshtein distance in its simple form, where no letter is touched twice ("optimal string
/// alignment").
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::vector<std::size_t>> cost(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
  for (std::size_t i = 0; i <= from.size(); ++i) {
    for (std::size_t k = 0; k <= to.size(); ++k) {
      if (i == 0 || k == 0) {
        cost[i][k] = i + k;
        continue;
      }
      const std::size_t other = from[i - 1] == to[k - 1] ? 0 : 1;
      cost[i][k] = std::min({cost[i - 1][k] + 1, cost[i][k - 1] + 1, cost[i - 1][k - 1] + other});
      const bool swapped = i > 1 && k > 1 && from[i - 1] == to[k - 2] && from[i - 2] == to[k - 1];
      if (swapped) cost[i][k] = std::min(cost[i][k], cost[i - 2][k - 2] + 1);
    }
  }
  return cost[from.size()][to.size()];
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(below->get_name());
  return names;
}

}  // namespace

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 40;  // bytes; the distance costs their square
  if (typed.size() > kLongest) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = typed.size() / 3 + 1;
  for (const std::string& word : known) {
    const std::size_t wrong = distance(typed, word);
    if (wrong < best_distance) {
      best = word;
      best_distance = wrong;
    }
  }
  return best;
}

std::string unknown_word(const CLI::App& command, std::string_view path, const std::string& typed) {
  const bool is_option = typed.size() > 1 && typed.starts_with('-');
  const std::string word = is_option ? typed.substr(0, typed.find('=')) : typed;
  const std::vector<std::string> commands = commands_of(command);
  const auto meant = nearest(word, is_option ? options_of(command) : commands);
  std::string text = is_option          ? fmt::format("{} has no option {}", path, word)
                     : commands.empty() ? fmt::format("{} takes no further \"{}\"", path, word)
                                        : fmt::format("{} has no command \"{}\"", path, word);
  if (meant) text += fmt::format("; did you mean {}?", *meant);
  return text;
}

}  // namespace onrecord::cli
