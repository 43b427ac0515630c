#include "cli/comparison_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/options.h"
#include "cli/progress.h"

namespace onrecord::cli {
namespace {

/// Longer runs that a witness leaves out are told by their number of words.
constexpr std::size_t kShownWords = 12;

std::string on_one_line(std::string_view text, Span span) { return joined_words(text, {span}); }

std::size_t words_in(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count(line, ' ')) + 1;
}

void add_left_out(StyledText& line, const std::string& words) {
  const std::size_t count = words_in(words);
  line.add(count > kShownWords ? fmt::format("[-{} words-] ", count) : fmt::format("[-{}-] ", words),
           Style::kDim);
}

}  // namespace

StyledText collation_text(const Collation& collation, std::string_view base_text,
                          std::string_view witness_text) {
  StyledText line;
  for (const AlignedWords& words : collation.words) {
    const std::string base = words.first.empty() ? "" : on_one_line(base_text, words.first);
    const std::string witness = words.second.empty() ? "" : on_one_line(witness_text, words.second);
    switch (words.kind) {
      case AlignmentKind::kSame:
      case AlignmentKind::kFolded:
        line.add(witness + " ", Style::kWords);
        break;
      case AlignmentKind::kLeftOut:
        add_left_out(line, base);
        break;
      case AlignmentKind::kPutIn:
        line.add(fmt::format("{{+{}+}} ", witness), Style::kWarning);
        break;
      case AlignmentKind::kChanged:
        line.add(fmt::format("[-{}-] ", base), Style::kDim);
        line.add(fmt::format("{{+{}+}} ", witness), Style::kWarning);
        break;
    }
  }
  return line;
}

StyledText relation_text(WitnessRelation relation, bool altered, std::string_view what_changed) {
  std::string readable_relation(name(relation));
  std::ranges::replace(readable_relation, '_', ' ');
  if (!altered) return StyledText(readable_relation, Style::kDim);
  return StyledText(
      what_changed.empty() ? "ALTERED, " + readable_relation : fmt::format("ALTERED, {}", what_changed),
      Style::kWarning);
}

std::string reports_text(std::uint64_t reports, std::uint64_t outlets, std::uint64_t independent) {
  if (reports == 1) return "1 report";
  return fmt::format("{} by {}, {} of them independent", counted(reports, "report", "reports"),
                     counted(outlets, "outlet", "outlets"), with_commas(independent));
}

std::string readable(ReuseClass reuse) {
  std::string words(name(reuse));
  std::ranges::replace(words, '_', ' ');
  return words;
}

Result<void> tell_missing(const Record& record, std::string_view record_path, Console& console) {
  const auto state = Comparison(record).state();
  if (!state) return std::unexpected(state.error());
  if (state->missing == 0) return {};
  const std::string option = record_path == RecordOption{}.path ? "" : " --record " + shell_word(record_path);
  StyledText line(fmt::format("{} not compared yet", counted(state->missing, "article is", "articles are")),
                  Style::kWarning);
  line.add(fmt::format(": onrecord compare{} does it.", option));
  console.note(wrap(line, console.errors()));
  return {};
}

}  // namespace onrecord::cli
