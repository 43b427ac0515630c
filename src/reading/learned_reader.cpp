#include "reading/learned_reader.h"

#include <algorithm>

#include "reading/attribution_links.h"
#include "reading/attribution_tagger.h"
#include "reading/authority.h"
#include "reading/content_edges.h"
#include "reading/finish_reading.h"
#include "reading/lexicon.h"
#include "reading/nested_statements.h"
#include "reading/participants.h"
#include "reading/report_evidence.h"
#include "reading/report_likelihood.h"
#include "reading/tagger_rows.h"
#include "reading/transcripts.h"

namespace onrecord {
namespace {

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

// From the mean margin of a piece's rows to 0..1: docs/accuracy.md tells what it is worth (eval/run prints it
// by fifths). No exponential: the same bits everywhere.
float confidence_of(float mean_margin) { return mean_margin / (mean_margin + 1.5F); }

// A name that is less sure than this is not given: the table of withheld names in docs/accuracy.md (eval/run
// prints it) tells what that costs and saves.
constexpr float kSureName = 0.6F;

// Without a word that reports, about half of the quotations surer than this are reports to annotators.
constexpr float kSureFastReport = 0.5F;
constexpr float kSurePreciseReport = 0.4F;

constexpr std::size_t kGapWords = 3;  // "they may need"

void withhold_unsure_names(std::vector<Quotation>& quotations) {
  for (Quotation& quotation : quotations) {
    if (quotation.speaker.value.empty() || quotation.speaker.confidence >= kSureName) continue;
    quotation.speaker.reason =
        "\u201C" + quotation.speaker.value + "\u201D is not sure enough: " + quotation.speaker.reason;
    quotation.speaker.value.clear();
  }
}

// Runs of rows as pieces of tokens. A piece never goes over a paragraph's end.
std::vector<AttributionPiece> pieces_of(const TaggerRows& made, const AttributionTagger::Tagging& tagging) {
  std::vector<AttributionPiece> pieces;
  float margins = 0;
  const auto close = [&] {
    if (!pieces.empty() && pieces.back().confidence < 0) {
      pieces.back().confidence = confidence_of(margins / static_cast<float>(pieces.back().range.size()));
    }
    margins = 0;
  };
  bool open = false;
  for (std::size_t row = 0; row < tagging.labels.size(); ++row) {
    const std::uint32_t token = made.token_of_row[row];
    const AttributionLabel label = tagging.labels[row];
    if (token == kNoToken || label == AttributionLabel::kOutside) {
      open = false;
      continue;
    }
    if (begins(label) || !open) {
      close();
      pieces.push_back({kind_of(label), {token, token}, -1});
      open = true;
    }
    pieces.back().range.end = token + 1;
    margins += tagging.margins[row];
  }
  close();
  return pieces;
}

// Whether a cue stands in a relative clause about what is reported: (the water) THAT growers say, WHAT
// growers say; not in one about its speaker: (the mayor) WHO says.
bool is_relative(const Words& words, const Syntax& parse, std::uint32_t cue) {
  if (cue == kNoToken) return false;
  const std::uint32_t subject = parse.child(cue, {"nsubj"});
  if (subject == kNoToken || words.document().tag(subject).starts_with("W")) return false;
  if (parse.is(cue, {"relcl"})) return true;
  const std::uint32_t object = parse.child(cue, {"dobj"});
  return object != kNoToken && object < cue && words.document().tag(object).starts_with("W");
}

// "Which", "they", "himself" alone, and "(what growers say) they need": what is reported stands elsewhere in
// the sentence, and these words by themselves say nothing.
bool says_nothing(const Words& words, const Syntax& parse, const Draft& draft) {
  std::size_t count = 0;
  bool has_verb = false;
  for (const TokenRange range : draft.content) {
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      if (words.is_mark(token)) continue;
      const std::string_view tag = words.document().tag(token);
      const bool verb = tag.starts_with("VB") || tag == "MD";
      const bool pronoun = tag == "WDT" || tag == "WP" ||
                           (words.is(token, WordClass::kPronoun) && tag == "PRP") ||
                           words.text(token).ends_with("self");
      if (words.passage_of(token) >= 0 || !(verb || pronoun) || words.equals(token, "it")) return false;
      has_verb = has_verb || verb;
      ++count;
    }
  }
  if (!has_verb) return count == 1;
  return count <= kGapWords && is_relative(words, parse, draft.head);
}

// `an official, WHO DECLINED TO BE NAMED, said`: the source is what "who" stands for.
void name_antecedents(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    const std::uint32_t who = draft.source.begin;
    if (draft.source.size() < 2 || words.document().tag(who) != "WP") continue;
    const std::uint32_t noun = parse.antecedent_of(who);
    if (noun == kNoToken || noun > who) continue;
    draft.source = {parse.phrase_of(noun).begin, who};
    while (words.is_mark(draft.source.end - 1)) --draft.source.end;
  }
}

// Below this a cue tells of a thought or a plan more often than of words (docs/accuracy.md).
constexpr float kLeastSaid = 0.2F;

class LearnedReader final : public Reader {
 public:
  LearnedReader(const WordLists& lists, LearnedReading reading)
      : lexicon_(lists), offices_(lists), likelihood_(lists), reading_(reading) {}

  [[nodiscard]] std::string_view version() const override { return is_fast() ? "fast-14" : "precise-12"; }

  [[nodiscard]] Result<std::vector<Quotation>> read(const Article& article, const Document& document,
                                                    const Limits& limits) const override {
    const AttributionTagger& tagger = is_fast() ? AttributionTagger::fast() : AttributionTagger::precise();
    if (!document.annotations || document.annotations->encoded_width != tagger.vector_width()) {
      return fail(
          ErrorCode::kInvalidArgument,
          "this reading needs the language model that it was trained with; see `onrecord model install`");
    }
    const Words words(document, lexicon_);
    StepCounter steps;
    const std::vector<bool> is_read = paragraphs_to_read(document);
    const TaggerRows made = make_tagger_rows(words, is_read);
    const AttributionTagger::Tagging tagging = tagger.tag(made.rows);
    std::vector<Draft> drafts = link_pieces(words, pieces_of(made, tagging), is_read, steps);
    const Syntax parse(words, steps);
    split_at_other_cues(words, drafts);
    cut_phrases_of_the_saying(words, parse, drafts);
    name_antecedents(words, parse, drafts);
    hand_over_to_inner_statements(words, parse, drafts);
    complete_participants(words, parse, drafts);
    trace_authority(words, parse, drafts);
    std::erase_if(drafts, [&](const Draft& draft) {
      return says_nothing(words, parse, draft) ||
             shows_no_report(words, parse, draft, is_fast() ? kSureFastReport : kSurePreciseReport, steps);
    });
    put_turns(transcript_turns(words, is_read, steps), drafts);
    add_nested_statements(words, parse, drafts);
    Result<std::vector<Quotation>> quotations =
        finish_reading(article, words, offices_, drafts, limits, steps);
    if (!quotations) return quotations;
    withhold_unsure_names(*quotations);
    for (Quotation& quotation : *quotations) {
      quotation.confidence = likelihood_.of(quotation, article.text, lexicon_);
      if (quotation.confidence >= kLeastSaid || quotation.mode == QuotationMode::kThought) continue;
      quotation.mode = QuotationMode::kThought;
      quotation.reason += "; that anything was said is not likely";
    }
    return quotations;
  }

 private:
  [[nodiscard]] bool is_fast() const { return reading_ == LearnedReading::kFast; }

  Lexicon lexicon_;
  Offices offices_;
  ReportLikelihood likelihood_;
  LearnedReading reading_;
};

}  // namespace

std::unique_ptr<Reader> make_learned_reader(const WordLists& lists, LearnedReading reading) {
  return std::make_unique<LearnedReader>(lists, reading);
}

}  // namespace onrecord
