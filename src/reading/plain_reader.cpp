#include "reading/plain_reader.h"

#include "reading/drafts.h"
#include "reading/finish_reading.h"
#include "reading/lexicon.h"
#include "reading/words.h"

namespace onrecord {
namespace {

class PlainReader final : public Reader {
 public:
  explicit PlainReader(const WordLists& lists) : lexicon_(lists), offices_(lists) {}

  [[nodiscard]] std::string_view version() const override { return "plain-14"; }

  [[nodiscard]] Result<std::vector<Quotation>> read(const Article& article, const Document& document,
                                                    const Limits& limits) const override {
    const Words words(document, lexicon_);
    StepCounter steps;
    const std::vector<Draft> drafts = find_drafts(words, paragraphs_to_read(document), steps);
    return finish_reading(article, words, offices_, drafts, limits, steps);
  }

 private:
  Lexicon lexicon_;
  Offices offices_;
};

}  // namespace

std::unique_ptr<Reader> make_plain_reader(const WordLists& lists) {
  return std::make_unique<PlainReader>(lists);
}

}  // namespace onrecord
