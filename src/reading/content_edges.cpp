#include "reading/content_edges.h"

#include <algorithm>
#include <optional>

namespace onrecord {
namespace {

constexpr std::uint32_t kCueWords = 8;  // `, said the harbor master Ada Lowe.`; longer ones hold words said
constexpr int kClimb = 8;               // steps up the parse inside one phrase

bool inside(TokenRange range, std::uint32_t token) { return range.begin <= token && token < range.end; }

/// The outermost pieces in marks that lie in a range whole, in text order.
std::vector<TokenRange> marked_pieces(const Words& words, TokenRange range) {
  std::vector<TokenRange> pieces;
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (words.passage_of(token) < 0) continue;
    const TokenRange piece = Words::with_marks(words.piece_at(token));
    if (piece.begin >= range.begin && piece.end <= range.end) pieces.push_back(piece);
    token = std::max(token, piece.end - 1);
  }
  return pieces;
}

// --- cues of others
// ------------------------------------------------------------------------------------------

struct FoundCue {
  std::uint32_t verb = kNoToken;
  TokenRange source;
};

bool is_name_part(const Words& words, std::uint32_t token) {
  return words.is_capital(token) || words.is(token, WordClass::kDeterminer) ||
         words.is(token, WordClass::kPronoun) || words.is(token, WordClass::kRoleNoun);
}

/// Whether a gap between marks is a cue with its source and nothing else: `, said Lowe.`, `, she said.`
std::optional<FoundCue> cue_in(const Words& words, TokenRange gap) {
  if (gap.size() < 2 || gap.size() > kCueWords) return std::nullopt;
  // `, said Lowe, "and no"`: the words go on. The period may be an abbreviation's: `said Jan. "We won"`.
  const bool ends = words.text(gap.end - 1).ends_with('.') || gap.end == words.size() ||
                    words.sentence(gap.end - 1).last <= gap.end + 1;
  if (!ends) return std::nullopt;
  if (words.equals(gap.end - 1, ".")) --gap.end;
  if (words.equals(gap.begin, ",")) ++gap.begin;
  FoundCue found;
  for (std::uint32_t token = gap.begin; token < gap.end; ++token) {
    if (found.verb == kNoToken && words.is_reporting(token) && words.is_lower_word(token) &&
        words.verb(token).takes(Frame::kQuote)) {
      found.verb = token;
    } else if (!is_name_part(words, token)) {
      return std::nullopt;
    }
  }
  if (found.verb == kNoToken) return std::nullopt;
  if (found.verb == gap.begin) found.source = {gap.begin + 1, gap.end};
  if (found.verb == gap.end - 1) found.source = {gap.begin, gap.end - 1};
  return found.source.empty() ? std::nullopt : std::optional(found);
}

/// Whether the words before a mark are a clause and the next cue: `if the pier was safe, said "We ..."`.
bool ends_in_cue(const Words& words, TokenRange lead) {
  if (lead.size() < 3 || !words.equals(lead.end - 2, ",")) return false;
  const std::uint32_t verb = lead.end - 1;
  return words.is_reporting(verb) && words.is_lower_word(verb) && words.verb(verb).takes(Frame::kQuote) &&
         words.entry(verb).form == VerbForm::kPast;
}

/// The draft of the words in marks [first, last) before a cue that stands inside `of`.
Draft with_cue(const Words& words, const Draft& of, TokenRange content, const FoundCue& cue) {
  Draft draft;
  draft.content = {content};
  draft.cue = {{cue.verb, cue.verb + 1}};
  draft.source = cue.source;
  draft.head = cue.verb;
  draft.mode = words.verb(cue.verb).mode;
  draft.confidence = of.confidence;
  draft.reason = "cue '" + std::string(words.text(cue.verb)) + "' behind the marks";
  return draft;
}

/// Takes the parts of `range` that have a cue of their own behind them out of it, into `found`.
TokenRange without_others(const Words& words, const Draft& draft, TokenRange range,
                          std::vector<Draft>& found) {
  const std::vector<TokenRange> pieces = marked_pieces(words, range);
  std::uint32_t begin = range.begin;
  if (!pieces.empty()) {
    const TokenRange lead{range.begin, pieces.front().begin};
    if (ends_in_cue(words, lead)) {
      found.push_back(with_cue(words, draft, {lead.end, range.end}, {lead.end - 1, {}}));
      return {range.begin, lead.end - 2};
    }
  }
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    const auto cue = cue_in(words, {pieces[i].end, pieces[i + 1].begin});
    if (!cue) continue;
    found.push_back(with_cue(words, draft, {begin, pieces[i].end}, *cue));
    begin = pieces[i + 1].begin;
  }
  return {begin, range.end};
}

/// Gives a draft without a cue the one that its content ends with: `„We go“, said Lowe`.
void take_own_cue(const Words& words, Draft& draft) {
  TokenRange& range = draft.content.back();
  const std::vector<TokenRange> pieces = marked_pieces(words, range);
  if (draft.head != kNoToken || pieces.empty()) return;
  const auto cue = cue_in(words, {pieces.back().end, range.end});
  if (!cue) return;
  range.end = pieces.back().end;
  std::vector<TokenRange> content = std::move(draft.content);
  draft = with_cue(words, draft, content.back(), *cue);
  draft.content = std::move(content);
}

// --- phrases of the saying
// -----------------------------------------------------------------------------------

class Edges {
 public:
  Edges(const Words& words, const Syntax& parse) : words_(words), parse_(parse) {}

  void cut(Draft& draft) const {
    if (draft.head == kNoToken || draft.content.empty()) return;
    cut_before(draft, draft.content.front());
    cut_behind(draft, draft.content.back());
  }

 private:
  void cut_before(const Draft& draft, TokenRange& content) const {
    const std::vector<TokenRange> pieces = marked_pieces(words_, content);
    if (pieces.empty() || !is_clause(pieces.front())) return;
    const TokenRange lead = without_marks({content.begin, pieces.front().begin});
    if (!lead.empty() && tells_of_the_saying(draft, lead)) content.begin = pieces.front().begin;
  }

  void cut_behind(const Draft& draft, TokenRange& content) const {
    const std::vector<TokenRange> pieces = marked_pieces(words_, content);
    if (pieces.empty() || pieces.front().begin != content.begin || !is_clause(pieces.back())) return;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      if (!without_marks({pieces[i - 1].end, pieces[i].begin}).empty()) return;
    }
    const TokenRange tail = without_marks({pieces.back().end, content.end});
    if (!tail.empty() && tells_of_the_saying(draft, tail)) content.end = pieces.back().end;
  }

  [[nodiscard]] TokenRange without_marks(TokenRange range) const {
    while (!range.empty() && words_.is_mark(range.begin)) ++range.begin;
    while (!range.empty() && words_.is_mark(range.end - 1)) --range.end;
    return range;
  }

  /// Whether words in marks hold a verb with its subject: they need nothing behind the marks.
  [[nodiscard]] bool is_clause(TokenRange piece) const {
    for (std::uint32_t token = piece.begin; token < piece.end; ++token) {
      const std::string_view tag = words_.document().tag(token);
      const bool finite = tag == "VBZ" || tag == "VBP" || tag == "VBD" || tag == "MD";
      if (!finite) continue;
      const std::uint32_t verb = tag == "MD" ? parse_.above(token) : token;
      const std::uint32_t subject =
          verb == kNoToken ? kNoToken : parse_.child(verb, {"nsubj", "nsubjpass", "expl"});
      if (subject != kNoToken && inside(piece, subject)) return true;
    }
    return false;
  }

  /// Whether a tail is phrases alone, and the first of them tells to whom, in what or when it was said.
  [[nodiscard]] bool tells_of_the_saying(const Draft& draft, TokenRange tail) const {
    for (std::uint32_t token = tail.begin; token < tail.end; ++token) {
      if (!stands_in_phrase(token, tail)) return false;
    }
    if (words_.is(tail.begin, WordClass::kTime)) return true;
    const std::uint32_t noun = parse_.child(tail.begin, {"pobj"});
    if (noun == kNoToken || !inside(tail, noun)) return false;
    if (parse_.above(tail.begin) == draft.head) return true;
    if (words_.equals(tail.begin, "to")) return is_hearer(noun);
    return is_occasion(noun);
  }

  /// Whether a token hangs on a preposition or an expression of time in the tail.
  [[nodiscard]] bool stands_in_phrase(std::uint32_t token, TokenRange tail) const {
    for (int i = 0; i < kClimb && token != kNoToken && inside(tail, token); ++i) {
      const std::uint32_t above = parse_.above(token);
      if (above == kNoToken || !inside(tail, above))
        return parse_.is(token, {"prep", "dative", "npadvmod"}) || words_.is_mark(token) ||
               words_.is(token, WordClass::kTime);
      token = above;
    }
    return false;
  }

  [[nodiscard]] bool is_hearer(std::uint32_t noun) const {
    const std::string_view entity = words_.entity_label(noun);
    return entity == "PERSON" || entity == "ORG" || words_.is(noun, WordClass::kGroupNoun) ||
           words_.is(noun, WordClass::kRoleNoun) || words_.is(noun, WordClass::kOrganizationNoun) ||
           words_.equals(noun, "crowd") || words_.equals(noun, "audience");
  }

  [[nodiscard]] bool is_occasion(std::uint32_t noun) const {
    return words_.is(noun, WordClass::kVenueNoun) || words_.is(noun, WordClass::kTime);
  }

  const Words& words_;
  const Syntax& parse_;
};

}  // namespace

void split_at_other_cues(const Words& words, std::vector<Draft>& drafts) {
  std::vector<Draft> found;
  for (Draft& draft : drafts) {
    for (TokenRange& range : draft.content) range = without_others(words, draft, range, found);
    take_own_cue(words, draft);
  }
  if (found.empty()) return;
  drafts.insert(drafts.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  std::ranges::stable_sort(drafts, {}, [](const Draft& draft) { return draft.content.front().begin; });
}

void cut_phrases_of_the_saying(const Words& words, const Syntax& parse, std::vector<Draft>& drafts) {
  const Edges edges(words, parse);
  for (Draft& draft : drafts) edges.cut(draft);
}

}  // namespace onrecord
