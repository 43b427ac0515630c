#include "reading/quotation_spans.h"

#include <algorithm>

namespace onrecord {
namespace {

/// Whether the token is a mark of the passage it stands in.
bool is_outer_mark(const Words& words, std::uint32_t token) {
  if (words.passage_of(token) < 0)
    return words.text(token) == "\"" || words.text(token) == "\u201C" || words.text(token) == "\u201D";
  const MarkedPiece& piece = words.piece_at(token);
  return token == piece.open || token == piece.close;
}

bool is_dropped_at_end(const Words& words, std::uint32_t token) {
  return is_outer_mark(words, token) || words.equals(token, ".") || words.equals(token, ",");
}

TokenRange trimmed(const Words& words, TokenRange range) {
  while (!range.empty() && is_dropped_at_end(words, range.end - 1)) --range.end;
  while (!range.empty() && is_outer_mark(words, range.begin)) ++range.begin;
  return range;
}

/// The words of `range` by the guide's rule: cut at every outer mark, a leading "that" left out.
void add_content(const Words& words, TokenRange range, Spans& content) {
  if (words.equals(range.begin, "that") && range.size() > 1 && words.passage_of(range.begin) < 0)
    ++range.begin;
  std::uint32_t begin = range.begin;
  for (std::uint32_t token = range.begin; token <= range.end; ++token) {
    if (token < range.end && !is_outer_mark(words, token)) continue;
    const TokenRange piece = token == range.end || words.passage_of(begin) >= 0
                                 ? trimmed(words, {begin, token})
                                 : TokenRange{begin, token};
    const bool marks_only = piece.size() == 1 && words.is_mark(piece.begin);
    if (!piece.empty() && !marks_only) content.push_back(words.span(piece));
    begin = token + 1;
  }
}

/// The parts of `range` in marks, without them.
void add_quoted(const Words& words, TokenRange range, Spans& quoted) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (words.passage_of(token) < 0) continue;
    const MarkedPiece& piece = words.piece_at(token);
    const TokenRange inside =
        trimmed(words, {std::max(piece.first, range.begin), std::min(piece.last, range.end)});
    if (!inside.empty()) quoted.push_back(words.span(inside));
    token = std::max(token, std::min(range.end, Words::with_marks(piece).end) - 1);
  }
}

/// How sure the marks alone make a quotation that stands in them whole.
float sure_by_marks(const Words& words, const Draft& draft) {
  constexpr std::size_t kShort = 3;
  std::size_t count = 0;
  for (const TokenRange& range : draft.content) {
    for (std::uint32_t token = range.begin; token < range.end; ++token) count += words.is_mark(token) ? 0 : 1;
  }
  return count >= kLongPassage ? kSureOfLongPassage : count >= kShort ? kSureOfPassage : 0.0F;
}

QuotationKind kind_of(const Words& words, const Draft& draft) {
  bool inside = false;
  bool outside = false;
  for (const TokenRange& range : draft.content) {
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (words.is_mark(token)) continue;
      (words.passage_of(token) >= 0 ? inside : outside) = true;
    }
  }
  return !inside ? QuotationKind::kIndirect : outside ? QuotationKind::kMixed : QuotationKind::kDirect;
}

void add_span(const Words& words, TokenRange range, Spans& spans) {
  if (!range.empty()) spans.push_back(words.span(range));
}

}  // namespace

Quotation make_quotation(const Words& words, const Draft& draft) {
  Quotation quotation;
  quotation.kind = draft.is_verbatim ? QuotationKind::kDirect : kind_of(words, draft);
  quotation.mode = draft.mode;
  for (const TokenRange& range : draft.content) {
    add_span(words, range, quotation.content_with_marks);
    add_content(words, range, quotation.content);
    add_quoted(words, range, quotation.quoted);
  }
  if (draft.is_verbatim) quotation.quoted = quotation.content;
  for (const TokenRange& range : draft.cue) add_span(words, range, quotation.cue);
  add_span(words, draft.source, quotation.source);
  for (const TokenRange& range : draft.authority) {
    const Span span = words.span(range);
    quotation.authority.push_back({std::string(cut(words.document().text, span)), {span}});
  }
  quotation.confidence = draft.confidence;
  if (quotation.kind == QuotationKind::kDirect)
    quotation.confidence = std::max(quotation.confidence, sure_by_marks(words, draft));
  quotation.reason = draft.reason;
  return quotation;
}

}  // namespace onrecord
