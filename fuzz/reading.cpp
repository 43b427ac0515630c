// Arbitrary text -> document -> plain reader: every span lies inside, on code point boundaries, in order; the
// same text is read the same way twice.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "language/plain_document.h"
#include "reading/line_paragraphs.h"
#include "reading/plain_reader.h"
#include "text/utf8.h"

namespace {

using namespace onrecord;

void check(bool holds) {
  if (!holds) std::abort();
}

bool is_boundary(std::string_view text, std::uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_spans(std::string_view text, const Spans& spans) {
  std::uint32_t last = 0;
  for (const Span& span : spans) {
    check(span.begin < span.end && span.end <= text.size() && span.begin >= last);
    check(is_boundary(text, span.begin) && is_boundary(text, span.end));
    last = span.end;
  }
}

void check_confidence(float confidence) { check(confidence >= 0 && confidence <= 1); }

void check_quotation(std::string_view text, const Quotation& quotation) {
  check(!quotation.content.empty() && !quotation.content_with_marks.empty());
  for (const Spans* spans : {&quotation.content, &quotation.content_with_marks, &quotation.quoted,
                             &quotation.cue, &quotation.source, &quotation.speaker.spans,
                             &quotation.addressee.spans, &quotation.venue.spans, &quotation.when.spans})
    check_spans(text, *spans);
  for (const AuthorityLink& link : quotation.authority) check_spans(text, link.spans);
  check_confidence(quotation.confidence);
  check_confidence(quotation.speaker.confidence);
  check(quotation.kind == QuotationKind::kIndirect || !quotation.quoted.empty());
  check(!quotation.reason.empty());
}

Article article_of(std::string text) {
  Article article;
  article.text = std::move(text);
  article.paragraphs = line_paragraphs(article.text);
  article.fields.push_back({"published", "2026-03-09", "option", {}});
  return article;
}

void check_document(const Document& document) {
  std::uint32_t last = 0;
  for (const Token& token : document.tokens) {
    check(token.span.begin >= last && token.span.begin < token.span.end &&
          token.span.end <= document.text.size());
    check(is_boundary(document.text, token.span.begin) && is_boundary(document.text, token.span.end));
    last = token.span.end;
  }
  std::uint32_t first = 0;
  for (const Sentence& sentence : document.sentences) {
    check(sentence.first == first && sentence.first < sentence.last);
    first = sentence.last;
  }
  check(first == document.tokens.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const WordLists lists;
  static const Tokenizer tokenizer{lists};
  static const std::unique_ptr<Reader> reader = make_plain_reader(lists);
  const Article article = article_of(replace_invalid_utf8({reinterpret_cast<const char*>(data), size}));
  const Limits limits;
  const Document document = make_document(article, tokenizer, limits);
  check_document(document);
  const auto quotations = reader->read(article, document, limits);
  if (!quotations.has_value()) return 0;
  std::uint32_t last = 0;
  for (const Quotation& quotation : *quotations) {
    check_quotation(article.text, quotation);
    check(quotation.content_with_marks.front().begin >= last);
    last = quotation.content_with_marks.front().begin;
  }
  const auto again = reader->read(article, document, limits);
  check(again.has_value() && again->size() == quotations->size());
  return 0;
}
