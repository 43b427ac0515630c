#include "cli/timeline_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/comparison_text.h"
#include "cli/progress.h"
#include "cli/statement_text.h"

namespace onrecord::cli {
namespace {

std::string date_text(const std::string& date) { return date.empty() ? "date unknown" : readable_date(date); }

/// A clause with the words that differ made plain.
StyledText side_text(const std::string& heading, const std::string& words, const std::string& differs) {
  StyledText line(heading + ": ", Style::kDim);
  const std::size_t at = differs.empty() ? std::string::npos : words.find(differs);
  if (at == std::string::npos) return line.add(words, Style::kWords);
  line.add(words.substr(0, at), Style::kWords).add(differs, Style::kWarning);
  return line.add(words.substr(at + differs.size()), Style::kWords);
}

void print_lead(Console& console, const TimelineRow& row, const TimelineLead& lead) {
  StyledText line("differs from before: ", Style::kWarning);
  console.print(line.add(lead.what_differs), {4, 6});
  const std::string earlier = fmt::format("earlier, {}{}{}, {}", date_text(lead.date),
                                          lead.outlet.empty() ? "" : ", ", lead.outlet, lead.statement);
  console.print(side_text(earlier, lead.earlier_words, lead.earlier_differs), {6, 8});
  console.print(side_text("later, " + date_text(row.date), lead.later_words, lead.later_differs), {6, 8});
}

}  // namespace

Result<void> print_timeline_row(Console& console, const TimelineRow& row, RecordedTexts& texts) {
  const auto context = texts.context_of(row.base);
  if (!context) return std::unexpected(context.error());
  StyledText heading(date_text(row.date), Style::kStrong);
  if (row.date_is_published && !row.date.empty()) heading.add(" (published)", Style::kDim);
  heading.add(" · ", Style::kDim).add(speaker_text(row.base.quotation, context->text));
  console.print(heading, {0, 2});
  console.print(words_text(row.base.quotation, context->text), {2, 2});
  StyledText line(reports_text(row.reports, row.outlets, row.independent), Style::kDim);
  if (!row.base.outlet.empty()) line.add(" · " + row.base.outlet, Style::kDim);
  console.print(line.add(" · " + row.id, Style::kDim), {2, 2});
  if (row.begins_matter) {
    console.print(StyledText(fmt::format("first on: {} ({} statements here)",
                                         fmt::join(row.matter_words, ", "), with_commas(row.on_matter))),
                  {4, 6});
  }
  for (const TimelineLead& lead : row.leads) print_lead(console, row, lead);
  return {};
}

}  // namespace onrecord::cli
