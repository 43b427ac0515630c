#include "record/quotation_csv.h"

#include <fmt/format.h>

namespace onrecord {
namespace {

/// Quoted when it holds a separator, a mark or a line break, or begins like a formula.
void append_cell(std::string& out, std::string_view value) {
  const bool formula =
      !value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos;
  if (!formula && value.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += value;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string chain(const std::vector<AuthorityLink>& authority) {
  std::string names;
  for (const AuthorityLink& link : authority) names += (names.empty() ? "" : " < ") + link.name;
  return names;
}

}  // namespace

std::string_view quotation_csv_header() {
  return "id,article,version,outlet,title,published,url,kind,mode,speaker,speaker_id,speaker_kind,speaker_"
         "confidence,"
         "content,cue,source,addressee,venue,said,said_basis,authority,begin,end,begin_code_point,end_code_"
         "point,"
         "confidence,reason,person,person_id,identifier\r\n";
}

std::string quotation_csv(const Quotation& quotation, const QuotationContext& context) {
  const Span reach{quotation.content.front().begin, quotation.content.back().end};
  const CodePointSpan in_code_points = context.code_points->to_code_points(reach);
  const auto words = [&](const Spans& spans) { return joined_words(context.text, spans); };
  std::string row;
  bool first = true;
  const auto cell = [&](std::string_view value) {
    if (!first) row += ',';
    first = false;
    append_cell(row, value);
  };
  for (const std::string_view value :
       {context.id, context.article, context.version, context.outlet, context.title, context.published,
        context.url, name(quotation.kind), name(quotation.mode)}) {
    cell(value);
  }
  cell(quotation.speaker.value), cell(context.speaker_id), cell(name(quotation.speaker_kind));
  cell(fmt::format("{:.3f}", quotation.speaker.confidence));
  cell(words(quotation.content)), cell(words(quotation.cue)), cell(words(quotation.source));
  cell(quotation.addressee.value), cell(quotation.venue.value);
  cell(quotation.when.value), cell(name(quotation.when_basis));
  cell(chain(quotation.authority));
  for (const std::uint32_t offset : {reach.begin, reach.end, in_code_points.begin, in_code_points.end}) {
    cell(std::to_string(offset));
  }
  cell(fmt::format("{:.3f}", quotation.confidence)), cell(quotation.reason);
  cell(context.person), cell(context.person_id), cell(context.identifier);
  return row + "\r\n";
}

}  // namespace onrecord
