#include "reading/circumstances.h"

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "reading/attachment.h"
#include "reading/dates.h"
#include "reading/mentions.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kTitleWords = 6;  // of a programme
constexpr int kInfinitives = 4;           // verbs from "is set" to "say": is set to go to speak and say
constexpr std::uint32_t kReach = 40;      // tokens around the cue; farther circumstances are another clause's
constexpr std::uint32_t kFrontReach = 90;  // back to a sentence's begin, where a programme may stand

/// Whether a token stands between two pieces of the words that neither the cue nor the source parts: "called
/// the remark ON SUNDAY that he would go a mistake".
bool in_gap(const Draft& draft, std::uint32_t token) {
  for (std::size_t i = 1; i < draft.content.size(); ++i) {
    const TokenRange gap{draft.content[i - 1].end, draft.content[i].begin};
    if (token < gap.begin || token >= gap.end) continue;
    const auto inside = [&](std::uint32_t at) { return gap.begin <= at && at < gap.end; };
    return !inside(draft.head) && (draft.source.empty() || !inside(draft.source.begin)) &&
           std::ranges::none_of(draft.cue, [&](TokenRange cue) { return inside(cue.begin); });
  }
  return false;
}

/// "with the Quay Gazette", "on Harbor Radio" after a venue's noun: its end.
std::uint32_t venue_end(const Words& words, const Draft& draft, std::uint32_t noun, std::uint32_t high) {
  std::uint32_t end = noun + 1;
  const bool joins = words.equals(end, "with") || words.equals(end, "on") || words.equals(end, "in") ||
                     words.equals(end, "at") || words.equals(end, "to") || words.equals(end, "of");
  if (!joins || words.is(end + 1, WordClass::kTime)) return end;
  std::uint32_t at = end + 1;
  if (words.is(at, WordClass::kDeterminer)) ++at;
  const std::uint32_t begin = at;
  while (at < high && (words.is_capital(at) || words.equals(at, "'s")) && !words.is(at, WordClass::kTime) &&
         !in_content(draft, at))
    ++at;
  return at > begin ? at : end;
}

/// What a report thinks of a venue, or when it was: a SNARKY statement, FRIDAY'S debate.
bool is_epithet(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 26> kEpithets = {
      "recent",     "brief",    "lengthy",  "rare",  "exclusive", "wide-ranging", "terse",
      "blistering", "scathing", "snarky",   "fiery", "heated",    "raucous",      "rambling",
      "emotional",  "own",      "separate", "same",  "another",   "impassioned",  "short",
      "long",       "packed",   "lively",   "angry", "subsequent"};
  const auto is_day = [&](std::uint32_t t) { return words.is(t, WordClass::kTime) && words.is_capital(t); };
  if (is_day(token)) return is_possessive_mark(words, token + 1);
  if (is_possessive_mark(words, token)) return is_day(token - 1);
  return words.is_one_of(token, kEpithets);
}

/// The phrase of a venue's noun by the parse, without its determiner and what tells the time.
TokenRange venue_phrase(const Words& words, const Syntax& parse, const Draft& draft, std::uint32_t noun) {
  TokenRange phrase = parse.phrase_of(noun);
  while (phrase.begin < noun &&
         (words.is(phrase.begin, WordClass::kDeterminer) || words.is(phrase.begin, WordClass::kPossessive) ||
          words.is(phrase.begin, WordClass::kPreposition) || is_epithet(words, phrase.begin)))
    ++phrase.begin;
  for (std::uint32_t t = noun + 1; t < phrase.end; ++t) {
    const bool stops = words.is(t, WordClass::kTime) || in_content(draft, t) || words.is_mark(t) ||
                       words.equals(t, "after") || words.equals(t, "before") || words.equals(t, "about");
    if (stops) phrase.end = t;
  }
  while (phrase.end > noun + 1 && (words.is(phrase.end - 1, WordClass::kPreposition) ||
                                   words.is(phrase.end - 1, WordClass::kDeterminer)))
    --phrase.end;
  return phrase;
}

/// "on Harbor News", "on X": where a report puts words, by the name of an outlet.
bool is_outlet(const Words& words, std::uint32_t noun) {
  return words.is_capital(noun) && (words.is(noun, WordClass::kOutletWord) || words.text(noun) == "X");
}

/// A noun that tells in or at what something is said; in the plural of several: in INTERVIEWS.
bool is_venue_noun(const Words& words, std::uint32_t noun) {
  if (words.is(noun, WordClass::kVenueNoun)) return true;
  static constexpr std::array<std::string_view, 13> kSeveral = {
      "interviews", "statements", "tweets",  "posts",  "letters", "emails",     "ads",
      "speeches",   "rallies",    "debates", "events", "shows",   "appearances"};
  return words.is_one_of(noun, kSeveral);
}

/// "WROTE in the Quay Gazette": it stands there.
bool writes(const Words& words, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 4> kWrite = {"write", "publish", "post", "blog"};
  return verb != kNoToken && std::ranges::find(kWrite, words.document().lemma(verb)) != kWrite.end();
}

/// ANSWERED with a statement, FIRED back with a tweet.
bool answers(const Words& words, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 10> kAnswer = {
      "respond", "reply", "answer", "fire", "counter", "follow", "come", "hit", "shoot", "strike"};
  return verb != kNoToken && std::ranges::find(kAnswer, words.document().lemma(verb)) != kAnswer.end();
}

/// A text that answers: a STATEMENT, a LETTER.
bool is_text_noun(const Words& words, std::uint32_t noun) {
  static constexpr std::array<std::string_view, 16> kTexts = {
      "statement", "letter",  "tweet", "post", "editorial", "note", "email", "e-mail",
      "op-ed",     "message", "video", "memo", "release",   "ad",   "essay", "column"};
  return words.is_one_of(noun, kTexts);
}

/// Whether the object of a preposition is where words are said or stand.
bool holds_words(const Words& words, const Syntax& parse, std::uint32_t preposition, std::uint32_t noun) {
  // Answered WITH a statement; not "asked for an interview", "with the book".
  if (words.equals(preposition, "with"))
    return is_text_noun(words, noun) && answers(words, parse.above(preposition));
  if (!words.equals(preposition, "for") && is_venue_noun(words, noun)) return true;
  if (words.equals(preposition, "on") && is_outlet(words, noun)) return true;
  const bool in = words.equals(preposition, "in") || words.equals(preposition, "for");
  return in && words.is_capital(noun) && is_news_outlet(words, noun) &&
         writes(words, parse.above(preposition));
}

/// "on “Harbor Morning”", "sat down with Harbor News's “Harbor Morning”": the title of a programme, with its
/// outlet.
std::optional<TokenRange> programme_at(const Words& words, std::uint32_t on, std::uint32_t high) {
  if (!words.equals(on, "on") && !words.equals(on, "with")) return std::nullopt;
  std::uint32_t open = on + 1;
  const auto names = [&](std::uint32_t t) {
    return words.is_capital(t) || is_possessive_mark(words, t) || words.text(t).ends_with('s') ||
           words.text(t + 1).ends_with('s');
  };
  while (open < std::min(high, on + kTitleWords) && words.passage_of(open) < 0 && names(open)) ++open;
  if (open >= high || words.passage_of(open) < 0) return std::nullopt;
  const TokenRange title = Words::with_marks(words.piece_at(open));
  if (title.begin != open || title.size() > kTitleWords + 2 || !words.is_capital(open + 1))
    return std::nullopt;
  return TokenRange{on + 1, title.end};
}

/// "Lowe, one of six women ON the panel, said": who the source is, not where she spoke.
bool tells_who(const Words& words, const Syntax& parse, const Draft& draft, std::uint32_t preposition) {
  if (!words.equals(preposition, "on")) return false;  // "voters IN a poll said"
  const std::uint32_t above = parse.above(preposition);
  const bool inside = above != kNoToken && draft.source.begin <= above && above < draft.source.end;
  return inside && words.is_lower_word(above) && words.document().tag(above).starts_with("NN");
}

std::optional<TokenRange> venue_at(const Words& words, const Syntax* parse, const Draft& draft,
                                   std::uint32_t at, std::uint32_t high) {
  static constexpr std::array<std::string_view, 8> kInOrAt = {"in",  "during",  "at",  "on",
                                                              "via", "through", "for", "with"};
  if (!words.is_one_of(at, kInOrAt)) return std::nullopt;
  if (parse != nullptr && tells_who(words, *parse, draft, at)) return std::nullopt;
  const bool strict = words.equals(at, "for") || words.equals(at, "with");
  const auto programme = programme_at(words, at, high);
  if (programme && !in_content(draft, programme->end - 1)) return programme;
  if (parse != nullptr) {
    const std::uint32_t noun = parse->child(at, {"pobj"});
    if (noun != kNoToken && noun < high && !in_content(draft, noun) && holds_words(words, *parse, at, noun))
      return venue_phrase(words, *parse, draft, noun);
  }
  if (strict) return std::nullopt;
  for (std::uint32_t t = at + 1; t < std::min(high, at + 9); ++t) {
    if (in_content(draft, t) || words.is_mark(t)) return std::nullopt;
    const bool noun =
        words.is(t, WordClass::kVenueNoun) && (words.equals(t + 1, "that") || !is_phrase_word(words, t + 1));
    if (noun ||
        (words.is(t, WordClass::kVenueNoun) && (t + 1 >= high || words.is(t + 1, WordClass::kTime)))) {
      std::uint32_t begin = at + 1;
      while (begin < t && (words.is(begin, WordClass::kDeterminer) ||
                           words.is(begin, WordClass::kPossessive) || is_epithet(words, begin)))
        ++begin;
      return TokenRange{begin, venue_end(words, draft, t, high)};
    }
    if (!is_phrase_word(words, t)) return std::nullopt;
  }
  return std::nullopt;
}

/// The words of a venue, without the marks around a title.
std::string venue_text(const Words& words, TokenRange range) {
  const std::vector<Token>& tokens = words.document().tokens;
  std::string text;
  for (std::uint32_t t = range.begin; t < range.end; ++t) {
    if (!text.empty() && tokens[t].span.begin > tokens[t - 1].span.end) text += ' ';
    if (!words.is_mark(t) || words.passage_of(t) < 0) text += words.text(t);
  }
  return text;
}

/// Whether a date is told of the saying. A month or a year hangs on the cue or its occasion itself: what went
/// before it ("won in 2012 and says") was another time. A day is one in any case but that of what is
/// reported.
bool dates_the_saying(const Words& words, const Syntax* parse, const Draft& draft, const Dated& dated) {
  if (parse == nullptr) return true;
  const Attachment attachment = attachment_of(words, *parse, draft, dated.range);
  const bool day = dated.value.empty() || dated.value.size() > kMonthLength;
  const bool in_front =
      dated.range.begin <= words.sentence(draft.head == kNoToken ? dated.range.begin : draft.head).first + 1;
  return attachment == Attachment::kCue || (day && attachment != Attachment::kOther) ||
         (in_front && attachment == Attachment::kEvent);
}

/// "WOULD say": what was still to come, or would be said if; not "would not say", which tells of a refusal.
bool has_would(const Words& words, const Syntax& parse, std::uint32_t verb) {
  if (parse.child(verb, {"neg"}) != kNoToken) return false;
  return std::ranges::any_of(parse.children(verb), [&](std::uint32_t child) {
    return parse.is(child, {"aux"}) &&
           (words.equals(child, "would") || words.equals(child, "'d") || words.text(child) == "\u2019d");
  });
}

/// "WAS expected to say on Friday", "HAD PLANNED to", "WOULD say": the day may be over or still come.
bool is_past_plan(const Words& words, const Syntax& parse, const Draft& draft) {
  std::uint32_t verb = draft.head;
  for (int i = 0; i < kInfinitives && verb != kNoToken; ++i) {
    if (words.document().tag(verb) == "VBD" || has_would(words, parse, verb)) return true;
    for (const std::uint32_t child : parse.children(verb)) {
      if (parse.is(child, {"aux", "auxpass"}) && words.document().tag(child) == "VBD") return true;
    }
    if (!parse.is(verb, {"xcomp", "ccomp", "conj"})) return false;
    if (words.document().tag(verb) != "VB") return false;
    verb = parse.above(verb);
  }
  return false;
}

bool contains(Span outer, Span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

void tell_day(const Words& words, const Dated& dated, Circumstances& found) {
  found.when = {dated.value, {words.span(dated.range)}, dated.value.empty() ? 0.0F : 0.75F, dated.reason};
  found.when_basis = dated.basis;
}

/// "Refused to leave TUESDAY in an interview": the day right before a venue behind the cue is that of the
/// occasion, whatever the parse makes of it.
std::optional<Dated> day_before(const Words& words, const StatementDates& dates, std::uint32_t venue) {
  if (venue == 0 || words.passage_of(venue - 1) >= 0) return std::nullopt;
  auto dated = dates.at(venue - 1, Looking::kBack);
  if (!dated || dated->range.end != venue || dated->value.size() != kDayLength) return std::nullopt;
  return dated;
}

/// The first venue in a range that is not content, and the first date that is told of the saying or is part
/// of the venue: in LAST WEEK's debate.
Circumstances circumstances_between(const Words& words, const Syntax* parse, const Draft& draft,
                                    TokenRange range, const StatementDates& dates, StepCounter& steps) {
  Circumstances found;
  const Looking looking = lies_ahead(words, parse, draft) ? Looking::kAhead : Looking::kBack;
  const bool was_ahead = looking == Looking::kAhead && parse != nullptr && is_past_plan(words, *parse, draft);
  std::uint32_t venue_searched_from = range.begin;
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    steps.count();
    if (words.passage_of(at) >= 0 || in_content(draft, at) || in_gap(draft, at)) continue;
    if (found.venue.value.empty() && at >= venue_searched_from) {
      const auto venue = venue_at(words, parse, draft, at, range.end);
      if (venue) {
        const Span span = words.span(*venue);
        found.venue = {venue_text(words, *venue), {span}, 0.75F, "told beside the cue"};
        const bool behind_cue = draft.head != kNoToken && draft.head < at;
        const auto day = behind_cue && !was_ahead ? day_before(words, dates, at) : std::nullopt;
        if (day && found.when.spans.empty()) tell_day(words, *day, found);
      }
    }
    if (!found.when.spans.empty() || was_ahead) continue;
    const auto dated = dates.at(at, looking);
    const bool in_venue =
        dated && !found.venue.spans.empty() && contains(found.venue.spans.front(), words.span(dated->range));
    if (dated && (in_venue || dates_the_saying(words, parse, draft, *dated))) {
      tell_day(words, *dated, found);
      venue_searched_from = dated->range.end;
    }
  }
  return found;
}

/// ISSUED a statement, WROTE a letter: a text comes to be by it.
bool makes(const Words& words, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 10> kMakes = {
      "issue", "release", "write", "sign", "send", "post", "publish", "give", "deliver", "blast"};
  return verb != kNoToken && std::ranges::find(kMakes, words.document().lemma(verb)) != kMakes.end();
}

/// The noun of a text or an occasion whose verb the cue is: issued a STATEMENT saying, signed an ORDER that
/// forbids, wrote a LETTER on Friday, urging.
std::uint32_t carrier_of(const Words& words, const Syntax& parse, const Draft& draft) {
  std::uint32_t above = parse.above(draft.head);
  if (above == kNoToken) return kNoToken;
  if (parse.is(draft.head, {"acl", "relcl"})) {
    if (words.is(above, WordClass::kVenueNoun)) return above;
    if (parse.is(draft.head, {"relcl"})) return kNoToken;
    above = parse.verb_above(above);  // signed an order on his first DAY forbidding
  } else if (!parse.is(draft.head, {"advcl"})) {
    return kNoToken;
  }
  if (above == kNoToken || parse.child(draft.head, {"nsubj", "nsubjpass"}) != kNoToken) return kNoToken;
  if (!makes(words, above)) return kNoToken;
  const std::uint32_t object = parse.child(above, {"dobj"});
  return object != kNoToken && words.is(object, WordClass::kVenueNoun) ? object : kNoToken;
}

/// The text that the cue itself says was made: RELEASED A STATEMENT saying, wrote A LETTER to, blasted out AN
/// EMAIL.
std::uint32_t text_in_cue(const Words& words, const Syntax& parse, const Draft& draft) {
  for (const TokenRange cue : draft.cue) {
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      if (token == draft.head || !is_text_noun(words, token) || !parse.is(token, {"dobj"})) continue;
      if (makes(words, parse.above(token))) return token;
    }
  }
  return kNoToken;
}

void venue_of_carrier(const Words& words, const Syntax& parse, const Draft& draft, Circumstances& found) {
  const std::uint32_t made = carrier_of(words, parse, draft);
  const std::uint32_t noun = made == kNoToken ? text_in_cue(words, parse, draft) : made;
  if (noun == kNoToken || in_content(draft, noun) || words.passage_of(noun) >= 0) return;
  const Span span = words.span(venue_phrase(words, parse, draft, noun));
  found.venue = {std::string(cut(words.document().text, span)), {span}, 0.7F, "the words stand in it"};
}

/// SAID in Drumlane, TOLD growers in Drumlane, SPEAKING in Drumlane: the place, where nothing closer is told.
void venue_of_place(const Words& words, const Syntax& parse, const Draft& draft, TokenRange range,
                    Circumstances& found) {
  for (std::uint32_t in = range.begin; in < range.end; ++in) {
    if (!words.equals(in, "in") || words.passage_of(in) >= 0 || in_content(draft, in)) continue;
    const std::uint32_t place = parse.child(in, {"pobj"});
    if (place == kNoToken || words.entity_label(place) != "GPE" || in_content(draft, place)) continue;
    const std::uint32_t above = parse.above(in);
    const bool here = above == draft.head || words.equals(above, "speaking") ||
                      words.equals(above, "campaigning") ||
                      (draft.addressee.begin <= above && above < draft.addressee.end &&
                       !is_outlet_noun(words, above));  // "told a station in Drumlane": where that one is
    if (!here) continue;
    const Span span = words.span(venue_phrase(words, parse, draft, place));
    found.venue = {std::string(cut(words.document().text, span)), {span}, 0.6F, "the place is told"};
    return;
  }
}

/// TOLD Harbor News' Face the Quay, a news conference: the hearer is where it was said.
void venue_of_hearer(const Words& words, const Draft& draft, Circumstances& found) {
  const TokenRange hearer = draft.addressee;
  if (hearer.empty()) return;
  if (!is_gathering(words, hearer) && !is_programme(words, hearer)) return;
  const std::uint32_t begin = hearer.begin + (words.is(hearer.begin, WordClass::kDeterminer) ? 1 : 0);
  found.venue = {
      venue_text(words, {begin, hearer.end}), {words.span({begin, hearer.end})}, 0.7F, "who is told it"};
}

/// Verbs that name where the words stand: what is tweeted stands on Twitter.
void venue_of_verb(const Words& words, const Draft& draft, Circumstances& found) {
  for (const TokenRange cue : draft.cue) {
    for (std::uint32_t token = cue.begin; token < cue.end; ++token) {
      const std::string word = folded(words.text(token));
      if (word.starts_with("tweet") || word.starts_with("retweet"))
        found.venue = {"Twitter", {words.span({token, token + 1})}, 0.8F, "the cue tells it"};
    }
  }
}

/// Whether a verb announces the infinitive after it: PLANS to say, is EXPECTED to tell, is GOING to ask.
bool announces(const Words& words, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 11> kAnnounce = {
      "expect", "plan", "set", "schedule", "intend", "prepare", "hope", "slate", "due", "aim", "want"};
  const std::string_view lemma = words.document().lemma(verb);
  if (lemma == "go") return words.document().tag(verb) == "VBG";  // not "went on to say"
  return std::ranges::find(kAnnounce, lemma) != kAnnounce.end();
}

/// Whether a verb has "will", "shall" as its auxiliary.
bool has_will(const Words& words, const Syntax& parse, std::uint32_t verb) {
  return std::ranges::any_of(parse.children(verb), [&](std::uint32_t child) {
    return parse.is(child, {"aux"}) && (words.equals(child, "will") || words.equals(child, "'ll") ||
                                        words.text(child) == "\u2019ll" || words.equals(child, "shall"));
  });
}

}  // namespace

bool lies_ahead(const Words& words, const Syntax* parse, const Draft& draft) {
  if (draft.head == kNoToken) return false;
  if (parse == nullptr) {
    const std::uint32_t first = words.sentence(draft.head).first;
    return draft.head > first && words.equals(draft.head - 1, "will");
  }
  // 1. From an infinitive to the verbs that it goes on from: is set to speak AND SAY.
  std::uint32_t verb = draft.head;
  for (int i = 0; i < kInfinitives && verb != kNoToken && words.document().tag(verb) == "VB"; ++i) {
    if (has_will(words, *parse, verb) || has_would(words, *parse, verb)) return true;
    const std::uint32_t above = parse->above(verb);
    if (!parse->is(verb, {"xcomp", "ccomp", "conj", "acl"}) || above == kNoToken) return false;
    if (announces(words, above)) return true;
    verb = above;
  }
  // 2. The cue is the announcement itself: PLANS to say.
  const std::string_view tag = words.document().tag(draft.head);
  return (tag == "VBZ" || tag == "VBP") && announces(words, draft.head) &&
         parse->child(draft.head, {"xcomp"}) != kNoToken;
}

namespace {

/// Whether a sentence of a paragraph goes on in the next one: none ends without a mark, none begins small,
/// and of the words in marks the model often makes several.
bool goes_on(const Words& words, std::uint32_t sentence) {
  const auto& sentences = words.document().sentences;
  if (sentence + 1 >= sentences.size() || sentences[sentence].paragraph != sentences[sentence + 1].paragraph)
    return false;
  const std::uint32_t last = sentences[sentence].last - 1;
  const std::uint32_t next = sentences[sentence + 1].first;
  const bool in_marks = words.passage_of(last) >= 0 && words.passage_of(last) == words.passage_of(next);
  return !words.is_mark(last) || words.is_lower_word(next) || in_marks;
}

/// The sentence of a cue, with what the model has cut off from it.
TokenRange sentence_of_cue(const Words& words, std::uint32_t cue) {
  const auto& sentences = words.document().sentences;
  std::uint32_t first = words.sentence_of(cue);
  std::uint32_t last = first;
  if (first > 0 && goes_on(words, first - 1)) --first;
  if (goes_on(words, last)) ++last;
  return {sentences[first].first, sentences[last].last};
}

/// "Sunday, ON “HARBOR MORNING,” while ...", "ON FRIDAY’S “HARBOR MORNING”" at a sentence's begin, however
/// far the cue.
void venue_in_front(const Words& words, const Draft& draft, std::uint32_t begin, Circumstances& found) {
  constexpr std::uint32_t kFront = 5;
  for (std::uint32_t at = begin; at < std::min(begin + kFront, draft.head); ++at) {
    if (words.passage_of(at) >= 0 || in_content(draft, at)) return;
    const auto programme = programme_at(words, at, draft.head);
    if (!programme) continue;
    found.venue = {
        venue_text(words, *programme), {words.span(*programme)}, 0.75F, "told in front of the cue"};
    return;
  }
}

/// "Quill, IN A CALL WITH GROWERS, gave the board a “good chance”": of the sentence that a part of is in
/// marks.
Circumstances circumstances_around(const Words& words, const Syntax* parse, const Draft& draft,
                                   const StatementDates& dates, StepCounter& steps) {
  const Sentence& sentence = words.sentence(draft.content.front().begin);
  const bool all_in_marks = words.is_in_marks(sentence) || words.passage_of(sentence.first) >= 0;
  if (all_in_marks) return {};
  Circumstances found =
      circumstances_between(words, parse, draft, {sentence.first, sentence.last}, dates, steps);
  found.when = {};  // without a cue nothing tells what a day is of
  found.when_basis = DateBasis::kUnresolved;
  return found;
}

}  // namespace

Circumstances find_circumstances(const Words& words, const Syntax* parse, const Draft& draft,
                                 const StatementDates& dates, StepCounter& steps) {
  if (draft.head == kNoToken) return circumstances_around(words, parse, draft, dates, steps);
  const TokenRange sentence = sentence_of_cue(words, draft.head);
  const TokenRange range{std::max(sentence.begin, draft.head > kReach ? draft.head - kReach : 0),
                         std::min(sentence.end, draft.head + kReach)};
  Circumstances found = circumstances_between(words, parse, draft, range, dates, steps);
  if (found.venue.value.empty() && draft.head < sentence.begin + kFrontReach)
    venue_in_front(words, draft, sentence.begin, found);
  if (parse != nullptr && found.venue.value.empty()) venue_of_carrier(words, *parse, draft, found);
  if (found.venue.value.empty()) venue_of_hearer(words, draft, found);
  if (parse != nullptr && found.venue.value.empty()) venue_of_place(words, *parse, draft, range, found);
  venue_of_verb(words, draft, found);
  return found;
}

Circumstances circumstances_of_scene(const Words& words, const Syntax* parse, const Sentence& sentence,
                                     const StatementDates& dates, StepCounter& steps) {
  const TokenRange range{sentence.first, std::min(sentence.last, sentence.first + 2 * kReach)};
  Circumstances found = circumstances_between(words, parse, Draft{}, range, dates, steps);
  found.venue.reason = "told in the sentence before";
  return found;
}

}  // namespace onrecord
