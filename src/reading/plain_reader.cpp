#include "reading/plain_reader.h"

#include <algorithm>

#include "reading/drafts.h"
#include "reading/lexicon.h"
#include "reading/quotation_spans.h"
#include "reading/speakers.h"
#include "reading/words.h"

namespace onrecord {
namespace {

class PlainReader final : public Reader {
 public:
  explicit PlainReader(const WordLists& lists) : lexicon_(lists) {}

  [[nodiscard]] std::string_view version() const override { return "plain-1"; }

  [[nodiscard]] Result<std::vector<Quotation>> read(const Article& article, const Document& document,
                                                    const Limits& limits) const override {
    const Words words(document, lexicon_);
    StepCounter steps;
    const std::vector<Draft> drafts = find_drafts(words, read_paragraphs(document), steps);
    if (drafts.size() > limits.quotations)
      return fail(ErrorCode::kTooMany, "more quotations than the limit of one article");
    if (steps.steps > limits.steps_per_byte * std::max<std::uint64_t>(1, document.text.size()))
      return fail(ErrorCode::kTooSlow, "reading takes more steps than the limit of one article");
    std::vector<Quotation> quotations;
    quotations.reserve(drafts.size());
    for (const Draft& draft : drafts) quotations.push_back(make_quotation(words, draft));
    resolve_speakers(article, words, drafts, quotations, steps);
    return quotations;
  }

 private:
  static std::vector<bool> read_paragraphs(const Document& document) {
    std::vector<bool> read;
    read.reserve(document.paragraphs.size());
    for (const Paragraph& paragraph : document.paragraphs) {
      read.push_back(paragraph.role == ParagraphRole::kBody || paragraph.role == ParagraphRole::kCaption ||
                     paragraph.role == ParagraphRole::kTitle);
    }
    return read;
  }

  Lexicon lexicon_;
};

}  // namespace

std::unique_ptr<Reader> make_plain_reader(const WordLists& lists) {
  return std::make_unique<PlainReader>(lists);
}

}  // namespace onrecord
