#include "reading/learned_reader.h"

#include <algorithm>

#include "reading/attribution_links.h"
#include "reading/attribution_tagger.h"
#include "reading/finish_reading.h"
#include "reading/lexicon.h"
#include "reading/participants.h"
#include "reading/tagger_rows.h"

namespace onrecord {
namespace {

using Scores = std::array<float, kAttributionLabels>;

AttributionPiece::Kind kind_of(AttributionLabel label) {
  switch (label) {
    case AttributionLabel::kBeginSource:
    case AttributionLabel::kInsideSource:
      return AttributionPiece::Kind::kSource;
    case AttributionLabel::kBeginCue:
    case AttributionLabel::kInsideCue:
      return AttributionPiece::Kind::kCue;
    default:
      return AttributionPiece::Kind::kContent;
  }
}

bool begins(AttributionLabel label) {
  return label == AttributionLabel::kBeginSource || label == AttributionLabel::kBeginCue ||
         label == AttributionLabel::kBeginContent;
}

// 0.5 when another label scores as high, towards 1 with the distance. No exponential: the same bits
// everywhere.
float confidence_of(const Scores& scores, AttributionLabel label) {
  const float own = scores[static_cast<std::size_t>(label)];
  float other = -1e30F;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i != static_cast<std::size_t>(label)) other = std::max(other, scores[i]);
  }
  const float margin = std::max(0.0F, own - other);
  return 0.5F + 0.5F * margin / (margin + 2.0F);
}

// Runs of rows as pieces of tokens. A piece never goes over a paragraph's end.
std::vector<AttributionPiece> pieces_of(const TaggerRows& made, const std::vector<AttributionLabel>& labels,
                                        const std::vector<Scores>& scores) {
  std::vector<AttributionPiece> pieces;
  bool open = false;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const std::uint32_t token = made.token_of_row[row];
    const AttributionLabel label = labels[row];
    if (token == kNoToken || label == AttributionLabel::kOutside) {
      open = false;
    } else if (begins(label) || !open) {
      pieces.push_back({kind_of(label), {token, token + 1}, confidence_of(scores[row], label)});
      open = true;
    } else {
      pieces.back().range.end = token + 1;
    }
  }
  return pieces;
}

class LearnedReader final : public Reader {
 public:
  explicit LearnedReader(const WordLists& lists) : lexicon_(lists) {}

  [[nodiscard]] std::string_view version() const override { return "fast-1"; }

  [[nodiscard]] Result<std::vector<Quotation>> read(const Article& article, const Document& document,
                                                    const Limits& limits) const override {
    const AttributionTagger& tagger = AttributionTagger::built_in();
    if (!document.annotations || document.annotations->encoded_width != tagger.vector_width()) {
      return fail(
          ErrorCode::kInvalidArgument,
          "this reading needs the language model that it was trained with; see `onrecord model install`");
    }
    const Words words(document, lexicon_);
    StepCounter steps;
    const std::vector<bool> is_read = paragraphs_to_read(document);
    const TaggerRows made = make_tagger_rows(document, is_read);
    std::vector<Scores> scores;
    const std::vector<AttributionLabel> labels = tagger.tag(made.rows, scores);
    std::vector<Draft> drafts = link_pieces(words, pieces_of(made, labels, scores), is_read, steps);
    complete_participants(words, Syntax(words, steps), drafts);
    return finish_reading(article, words, drafts, limits, steps);
  }

 private:
  Lexicon lexicon_;
};

}  // namespace

std::unique_ptr<Reader> make_learned_reader(const WordLists& lists) {
  return std::make_unique<LearnedReader>(lists);
}

}  // namespace onrecord
