// Quotations and articles for tests of comparisons, made of short texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare/coverage.h"

namespace onrecord {

/// A quotation of the pieces that stand between '{' and '}' in `marked`; `text` is `marked` without those. A
/// piece that begins with '~' stands in no quotation marks.
struct MarkedText {
  std::string text;
  Quotation quotation;
};

inline MarkedText quotation_of(std::string_view marked) {
  MarkedText made;
  bool quoted = false;
  std::uint32_t begin = 0;
  for (const char c : marked) {
    const auto at = static_cast<std::uint32_t>(made.text.size());
    if (c == '{') {
      begin = at, quoted = true;
    } else if (c == '~') {
      quoted = false;
    } else if (c == '}') {
      made.quotation.content.push_back({begin, at});
      if (quoted) made.quotation.quoted.push_back({begin, at});
    } else {
      made.text += c;
    }
  }
  made.quotation.confidence = 1;
  const std::size_t in_marks = made.quotation.quoted.size();
  made.quotation.kind = in_marks == 0                               ? QuotationKind::kIndirect
                        : in_marks == made.quotation.content.size() ? QuotationKind::kDirect
                                                                    : QuotationKind::kMixed;
  return made;
}

/// An article with one quotation a line of text.
class ArticleMaker {
 public:
  ArticleMaker(std::string_view id, std::string_view published) {
    article_.id = id;
    article_.text_sha256 = id;
    if (!published.empty())
      article_.article.fields.push_back({"published", std::string(published), "option", {}});
  }
  ArticleMaker& outlet(std::string_view name) {
    article_.article.fields.push_back({"outlet", std::string(name), "option", {}});
    return *this;
  }
  /// `speaker` empty: not known.
  ArticleMaker& says(std::string_view speaker, std::string_view marked) {
    MarkedText made = quotation_of(marked);
    const auto before = static_cast<std::uint32_t>(article_.article.text.size());
    for (Spans* spans : {&made.quotation.content, &made.quotation.quoted}) {
      for (Span& span : *spans) span.begin += before, span.end += before;
    }
    article_.article.text += made.text + "\n";
    made.quotation.speaker.value = speaker;
    made.quotation.speaker_kind = speaker.empty() ? SpeakerKind::kUnknown : SpeakerKind::kPerson;
    const std::string person = speaker.empty() ? "" : "p-" + std::string(speaker);
    article_.quotations.push_back(
        {article_.id + "-" + std::to_string(article_.quotations.size()), std::move(made.quotation), person});
    return *this;
  }
  operator CoveredArticle() const { return article_; }  // NOLINT(google-explicit-constructor)

 private:
  CoveredArticle article_;
};

}  // namespace onrecord
