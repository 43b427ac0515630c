#include "reading/transcripts.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

#include "language/characters.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kLongestLabel = 8;  // "ADA LOWE, MAYOR OF QUAYMOUTH"
constexpr std::size_t kFewestTurns = 4;
constexpr std::size_t kMostParagraphs = 5;  // of a turn, behind its first
constexpr float kSureOfTurn = 0.75F;

struct LabelledParagraph {
  TokenRange range;
  std::uint32_t colon = kNoToken;  // none: no label
};

/// The colon behind a label at a paragraph's begin; none when there is none.
std::uint32_t colon_of(const Words& words, TokenRange paragraph) {
  if (words.is(paragraph.begin, WordClass::kLabel)) return kNoToken;
  bool name = false;
  const std::uint32_t stop = std::min(paragraph.end, paragraph.begin + kLongestLabel + 1);
  for (std::uint32_t t = paragraph.begin; t < stop; ++t) {
    if (words.equals(t, ":")) return name && t + 1 < paragraph.end ? t : kNoToken;
    if (words.passage_of(t) >= 0) return kNoToken;
    const bool joins = words.equals(t, ",") || words.text(t) == "-" || words.is(t, WordClass::kPreposition);
    if (!words.is_capital(t) && !joins) return kNoToken;
    name = name || words.is_capital(t);
  }
  return kNoToken;
}

std::vector<LabelledParagraph> paragraphs_of(const Words& words, const std::vector<bool>& is_read,
                                             StepCounter& steps) {
  std::vector<LabelledParagraph> paragraphs;
  std::uint32_t last = kNoToken;
  for (const Sentence& sentence : words.document().sentences) {
    steps.count();
    if (sentence.first == sentence.last || !is_read[sentence.paragraph]) continue;
    if (sentence.paragraph != last) paragraphs.push_back({{sentence.first, sentence.last}, kNoToken});
    paragraphs.back().range.end = sentence.last;
    last = sentence.paragraph;
  }
  for (LabelledParagraph& paragraph : paragraphs) paragraph.colon = colon_of(words, paragraph.range);
  return paragraphs;
}

/// What a label is counted by: its last word before a comma, "lowe".
std::string key_of(const Words& words, const LabelledParagraph& paragraph) {
  std::uint32_t end = paragraph.range.begin;
  while (end < paragraph.colon && !words.equals(end, ",")) ++end;
  return end > paragraph.range.begin ? folded(words.text(end - 1)) : std::string();
}

bool is_transcript(const Words& words, const std::vector<LabelledParagraph>& paragraphs, StepCounter& steps) {
  std::unordered_map<std::string, std::size_t> labels;
  std::set<std::string> named;
  std::size_t turns = 0;
  for (const LabelledParagraph& paragraph : paragraphs) {
    if (paragraph.colon == kNoToken) continue;
    ++turns;
    const std::string key = key_of(words, paragraph);
    ++labels[key];
    if (words.is(paragraph.range.begin, WordClass::kFirstName) ||
        words.is(paragraph.range.begin, WordClass::kTitle))
      named.insert(key);
  }
  if (turns < kFewestTurns || labels.size() < 2 || turns == labels.size()) return false;
  for (const LabelledParagraph& paragraph : paragraphs) {
    for (std::uint32_t t = paragraph.colon == kNoToken ? paragraph.range.begin : paragraph.colon;
         t < paragraph.range.end; ++t) {
      steps.count();
      if (words.is_capital(t) && words.sentence(t).first != t) named.insert(folded(words.text(t)));
    }
  }
  const bool anybody =
      std::ranges::any_of(labels, [&](const auto& label) { return named.contains(label.first); });
  const auto speaks = [&](const LabelledParagraph& paragraph) {
    return paragraph.colon != kNoToken &&
           (named.contains(key_of(words, paragraph)) ||
            (words.is_in_capitals(paragraph.range.begin) && words.text(paragraph.range.begin).size() > 1));
  };
  return anybody && 2 * static_cast<std::size_t>(std::ranges::count_if(paragraphs, speaks)) >= turns;
}

/// "ADA LOWE, mayor", "LOWE".
bool is_label_in_capitals(const Words& words, const LabelledParagraph& paragraph) {
  for (std::uint32_t t = paragraph.range.begin; t < paragraph.colon && !words.equals(t, ","); ++t) {
    if (!words.is_in_capitals(t)) return false;
  }
  return true;
}

/// Where turns have their names in capitals, "Gov. Lowe: ..." is a headline and none of them.
void drop_other_labels(const Words& words, std::vector<LabelledParagraph>& paragraphs) {
  const auto is_turn = [](const LabelledParagraph& paragraph) { return paragraph.colon != kNoToken; };
  const auto is_capital = [&](const LabelledParagraph& paragraph) {
    return is_turn(paragraph) && is_label_in_capitals(words, paragraph);
  };
  if (2 * std::ranges::count_if(paragraphs, is_capital) < std::ranges::count_if(paragraphs, is_turn)) return;
  for (LabelledParagraph& paragraph : paragraphs) {
    if (!is_capital(paragraph)) paragraph.colon = kNoToken;
  }
}

bool is_in_brackets(const Words& words, TokenRange range) {
  const std::string_view first = words.text(range.begin);
  return first == "(" || first == "[";
}

}  // namespace

std::vector<Draft> transcript_turns(const Words& words, const std::vector<bool>& paragraph_is_read,
                                    StepCounter& steps) {
  std::vector<LabelledParagraph> paragraphs = paragraphs_of(words, paragraph_is_read, steps);
  std::vector<Draft> turns;
  if (!is_transcript(words, paragraphs, steps)) return turns;
  drop_other_labels(words, paragraphs);
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const auto [range, colon] = paragraphs[i];
    if (colon == kNoToken) continue;
    Draft draft;
    draft.content = {{colon + 1, range.end}};
    draft.cue = {{colon, colon + 1}};
    draft.head = colon;
    draft.source = {range.begin, colon};
    draft.is_verbatim = true;
    draft.confidence = kSureOfTurn;
    draft.reason = "name and colon before the words, in a transcript";
    std::size_t next = i + 1;
    while (next < paragraphs.size() && paragraphs[next].colon == kNoToken && next - i <= kMostParagraphs)
      ++next;
    if (next < paragraphs.size() && paragraphs[next].colon != kNoToken) {
      for (std::size_t on = i + 1; on < next; ++on) {
        if (!is_in_brackets(words, paragraphs[on].range)) draft.content.push_back(paragraphs[on].range);
      }
    }
    if (words.equals(draft.content.back().end - 1, ".") && draft.content.back().size() > 1)
      --draft.content.back().end;
    turns.push_back(std::move(draft));
  }
  return turns;
}

void put_turns(std::vector<Draft> turns, std::vector<Draft>& drafts) {
  if (turns.empty()) return;
  std::vector<TokenRange> taken;
  for (const Draft& turn : turns) {
    taken.push_back(turn.source);
    taken.insert(taken.end(), turn.content.begin(), turn.content.end());
  }
  std::ranges::sort(taken, {}, &TokenRange::begin);
  std::erase_if(drafts, [&](const Draft& draft) {
    return std::ranges::any_of(draft.content, [&](TokenRange content) {
      const auto after = std::ranges::upper_bound(taken, content.end - 1, {}, &TokenRange::begin);
      return after != taken.begin() && (after - 1)->end > content.begin;
    });
  });
  drafts.insert(drafts.end(), std::make_move_iterator(turns.begin()), std::make_move_iterator(turns.end()));
  std::ranges::stable_sort(drafts, {}, [](const Draft& draft) { return draft.content.front().begin; });
}

}  // namespace onrecord
