#include "reading/mentions.h"

#include <algorithm>

namespace onrecord {
namespace {

constexpr std::uint32_t kReach = 60;            // tokens; longer noun phrases are not read as a mention
constexpr std::uint32_t kAppositionReach = 30;  // tokens between the commas of an apposition

bool is_comma(const Words& words, std::uint32_t token) { return words.equals(token, ","); }

/// A finite verb that cannot be a noun or an adjective before a noun.
bool is_verb_boundary(const Words& words, std::uint32_t token) {
  if (words.is_capital(token)) return false;
  if (words.is(token, WordClass::kAuxiliary))
    return !words.equals(token, "'s") && !words.equals(token, "may");
  if (words.is(token, WordClass::kCommonVerb)) return true;
  const std::string_view text = words.text(token);
  if (text.size() > 4 && text.ends_with("ed") && words.is_lower_word(token) && token > 0 &&
      words.is_capital(token - 1) && words.sentence_of(token - 1) == words.sentence_of(token) &&
      !words.is(token - 1, WordClass::kDeterminer) && !words.is(token - 1, WordClass::kAdverb)) {
    return true;  // "Lowe beamed"
  }
  if (!words.is_reporting(token)) return false;
  const LexiconEntry& entry = words.entry(token);
  return entry.form == VerbForm::kPast || entry.form == VerbForm::kGerund;
}

bool joins_noun(const Words& words, std::uint32_t token) {
  for (const std::string_view word : {"of", "for", "from", "at", "in", "with", "to", "on"}) {
    if (words.equals(token, word)) return true;
  }
  return false;
}

/// Whether the preposition at `token` ties the words after it to the noun before it.
bool preposition_belongs(const Words& words, std::uint32_t token, std::uint32_t low) {
  if (!joins_noun(words, token) || token <= low) return false;
  if (!is_phrase_word(words, token - 1) || words.is(token - 1, WordClass::kDeterminer)) return false;
  if (words.is(token + 1, WordClass::kTime)) return false;
  if (words.equals(token, "of")) return true;
  const bool name_left = words.is_capital(token - 1) && !words.is(token - 1, WordClass::kRoleNoun);
  if (words.equals(token, "for") || words.equals(token, "from") || words.equals(token, "at"))
    return !name_left || words.is_capital(token + 1);
  return !name_left;
}

/// Goes left over adverbs and expressions of time: "on Monday", "last week", "also".
std::uint32_t before_adverbials(const Words& words, std::uint32_t end, std::uint32_t low) {
  while (end > low) {
    if (words.is(end - 1, WordClass::kAdverb) || words.equals(end - 1, "both") ||
        words.equals(end - 1, "all")) {
      --end;
      continue;
    }
    if (!words.is(end - 1, WordClass::kTime) && !words.is_number(end - 1)) return end;
    std::uint32_t at = end - 1;
    while (at > low &&
           (words.is(at - 1, WordClass::kTime) || words.is_number(at - 1) || is_comma(words, at - 1)))
      --at;
    if (at > low &&
        (words.equals(at - 1, "on") || words.equals(at - 1, "in") || words.equals(at - 1, "this") ||
         words.equals(at - 1, "at") || words.equals(at - 1, "of"))) {
      end = at - 1;
    } else if (words.is(at, WordClass::kTime) && at > low) {
      end = at;
    } else {
      return end;
    }
  }
  return end;
}

/// The first token of the noun phrase whose last one is `end - 1`.
std::uint32_t phrase_begin(const Words& words, std::uint32_t end, std::uint32_t low, StepCounter& steps) {
  std::uint32_t at = end;
  while (at > low) {
    steps.count();
    const std::uint32_t token = at - 1;
    if (words.passage_of(token) >= 0 && words.passage_of(end - 1) < 0) {
      const TokenRange marked = Words::with_marks(words.piece_at(token));
      if (!words.is_fragment(words.piece_at(token)) || marked.begin < low || at == end)
        return at;  // a nickname in marks is short
      at = marked.begin;
      continue;
    }
    if (words.is(token, WordClass::kPronoun)) return at == end ? token : at;
    if (is_phrase_word(words, token)) {
      at = token;
      if (words.is(token, WordClass::kDeterminer) || words.is(token, WordClass::kPossessive)) {
        if (token <= low || !preposition_belongs(words, token - 1, low)) {
          const bool after_determiner = token > low && words.is(token - 1, WordClass::kDeterminer);
          if (!after_determiner) return at;
        }
      }
      continue;
    }
    if (at == end) return at;
    if (preposition_belongs(words, token, low)) {
      at = token;
      continue;
    }
    const bool joint = words.equals(token, "and") || words.equals(token, "&");
    if (joint && token > low && is_phrase_word(words, token - 1) &&
        words.is_capital(token - 1) == words.is_capital(at)) {
      at = token;
      continue;
    }
    return at;
  }
  return at;
}

/// What the text between two commas is to the noun before it.
enum class Insertion { kNone, kApposition, kClause };

Insertion insertion_kind(const Words& words, TokenRange range) {
  if (range.empty()) return Insertion::kNone;
  const std::uint32_t first = range.begin;
  for (const std::string_view word :
       {"who", "whose", "which", "whom", "when", "while", "as", "after", "before"}) {
    if (words.equals(first, word)) return Insertion::kClause;
  }
  if (words.is(first, WordClass::kPreposition) || words.is(first, WordClass::kAdverb))
    return Insertion::kClause;
  if (words.is_reporting(first) && words.entry(first).form == VerbForm::kGerund) return Insertion::kClause;
  if (words.text(first).ends_with("ing") && words.is_lower_word(first)) return Insertion::kClause;
  if (words.is(first, WordClass::kTime)) return Insertion::kClause;
  if (words.is(first, WordClass::kDeterminer) || words.is(first, WordClass::kPossessive) ||
      words.is_number(first) || words.is(first, WordClass::kRoleNoun) || words.is(first, WordClass::kTitle)) {
    return Insertion::kApposition;
  }
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (is_verb_boundary(words, token)) return Insertion::kNone;
    if (words.is(token, WordClass::kRoleNoun) || words.is(token, WordClass::kOrganizationNoun))
      return Insertion::kApposition;
  }
  return range.size() <= 3 && words.is_capital(first) ? Insertion::kApposition : Insertion::kNone;
}

bool has_verb(const Words& words, TokenRange range) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (is_verb_boundary(words, token)) return true;
  }
  return false;
}

std::uint32_t previous_comma(const Words& words, std::uint32_t end, std::uint32_t low, StepCounter& steps) {
  const std::uint32_t stop = std::max(low, end > kAppositionReach ? end - kAppositionReach : 0);
  for (std::uint32_t at = end; at > stop; --at) {
    steps.count();
    if (words.passage_of(at - 1) >= 0) return kNoToken;
    if (is_comma(words, at - 1)) return at - 1;
  }
  return kNoToken;
}

/// "Then someone", "Now Lowe": an adverb that begins its sentence is outside the noun phrase.
bool begins_aside(const Words& words, std::uint32_t token) { return words.sentence(token).first == token; }

}  // namespace

bool is_phrase_word(const Words& words, std::uint32_t token) {
  if (words.is_number(token)) return true;
  const std::string_view text = words.text(token);
  if (words.is_mark(token)) return text == "%" || text == "$" || text == "&" || text == "/";
  if (words.equals(token, "'s") || text == "'" || text == "\u2019") return true;
  if (words.is(token, WordClass::kAdverb) && begins_aside(words, token)) return false;
  if (words.is_capital(token) && !words.is(token, WordClass::kConjunction) &&
      !words.is(token, WordClass::kPreposition) && !words.is(token, WordClass::kSubordinator) &&
      !words.is(token, WordClass::kPronoun) && !words.is(token, WordClass::kAuxiliary)) {
    return true;
  }
  if (words.is(token, WordClass::kDeterminer) || words.is(token, WordClass::kPossessive)) return true;
  return !is_verb_boundary(words, token) && !words.is(token, WordClass::kPreposition) &&
         !words.is(token, WordClass::kConjunction) && !words.is(token, WordClass::kSubordinator) &&
         !words.is(token, WordClass::kPronoun) && !words.is(token, WordClass::kObjectPronoun) &&
         !words.is(token, WordClass::kNegation) && !words.is(token, WordClass::kAuxiliary);
}

TokenRange mention_before(const Words& words, std::uint32_t end, std::uint32_t low, StepCounter& steps) {
  low = std::max(low, end > kReach ? end - kReach : 0);
  end = before_adverbials(words, end, low);
  if (end <= low) return {};
  if (words.equals(end - 1, ")")) {
    std::uint32_t open = end - 1;
    while (open > low && !words.equals(open, "(")) --open, steps.count();
    const std::uint32_t begin = phrase_begin(words, open, low, steps);
    return begin < open ? TokenRange{begin, end} : TokenRange{};
  }
  if (is_comma(words, end - 1)) {
    std::uint32_t comma = end - 1;
    for (int round = 0; round < 3; ++round) {
      const std::uint32_t previous = previous_comma(words, comma, low, steps);
      if (previous == kNoToken || previous <= low) return {};
      const Insertion kind = insertion_kind(words, {previous + 1, end - 1});
      const std::uint32_t begin = phrase_begin(words, previous, low, steps);
      if (kind != Insertion::kNone && begin < previous && words.passage_of(begin) < 0) {
        const bool named = words.is_capital(previous - 1) || words.is(begin, WordClass::kDeterminer) ||
                           words.is(previous - 1, WordClass::kRoleNoun) ||
                           words.is(begin, WordClass::kPossessive);
        if (named) return {begin, kind == Insertion::kApposition ? end - 1 : previous};
      }
      comma = previous;
    }
    return {};
  }
  if (words.equals(end - 1, "who") || words.equals(end - 1, "which") || words.equals(end - 1, "that")) {
    std::uint32_t noun_end = end - 1;
    if (noun_end > low && is_comma(words, noun_end - 1)) --noun_end;
    const std::uint32_t begin = phrase_begin(words, noun_end, low, steps);
    if (begin < noun_end && !words.is(noun_end - 1, WordClass::kDeterminer)) return {begin, noun_end};
    return words.equals(end - 1, "who") ? TokenRange{end - 1, end} : TokenRange{};
  }
  std::uint32_t begin = phrase_begin(words, end, low, steps);
  if (begin < end && words.is(begin, WordClass::kTime) && words.is_capital(begin) && begin + 1 < end) ++begin;
  if (begin == end) return {};
  return {begin, end};
}

TokenRange mention_after(const Words& words, std::uint32_t begin, std::uint32_t high, StepCounter& steps) {
  high = std::min({high, words.size(), begin + kReach});
  while (begin < high && words.is(begin, WordClass::kAdverb)) ++begin;
  std::uint32_t at = begin;
  while (at < high) {
    steps.count();
    if (words.is(at, WordClass::kPronoun))
      return at == begin ? TokenRange{at, at + 1} : TokenRange{begin, at};
    if (words.passage_of(at) >= 0) break;
    const bool time = words.is(at, WordClass::kTime) && !words.equals(at, "may");
    if (time && at > begin) break;
    if (is_phrase_word(words, at)) {
      if (at > begin && words.is(at, WordClass::kDeterminer) && is_phrase_word(words, at - 1) &&
          !words.is(at - 1, WordClass::kDeterminer))
        break;
      ++at;
      continue;
    }
    if (at == begin) break;
    if (preposition_belongs(words, at, begin)) {
      ++at;
      continue;
    }
    if (words.equals(at, "and") && at + 1 < high && is_phrase_word(words, at + 1) &&
        words.is_capital(at - 1) == words.is_capital(at + 1)) {
      ++at;
      continue;
    }
    if (words.equals(at, "(")) {
      std::uint32_t close = at;
      while (close < high && !words.equals(close, ")")) ++close, steps.count();
      if (close < high) {
        at = close + 1;
        continue;
      }
    }
    if (is_comma(words, at) && words.is_capital(at - 1)) {
      std::uint32_t stop = at + 1;
      while (stop < high && !is_comma(words, stop) && !words.equals(stop, ".") && !words.equals(stop, ";") &&
             !words.equals(stop, ":") && words.passage_of(stop) < 0 &&
             !words.is(stop, WordClass::kSubordinator)) {
        ++stop;
        steps.count();
      }
      const bool clause = has_verb(words, {at + 1, stop});
      if (!clause && insertion_kind(words, {at + 1, stop}) == Insertion::kApposition) return {begin, stop};
    }
    break;
  }
  while (at > begin &&
         (words.is(at - 1, WordClass::kPreposition) || words.is(at - 1, WordClass::kDeterminer)))
    --at;
  return at > begin ? TokenRange{begin, at} : TokenRange{};
}

TokenRange sentence_subject(const Words& words, const Sentence& sentence, std::uint32_t high,
                            StepCounter& steps) {
  std::uint32_t begin = sentence.first;
  const std::uint32_t stop = std::min(high, begin + kReach);
  while (begin < stop && words.is_mark(begin)) ++begin;
  while (begin < stop && (words.is(begin, WordClass::kConjunction) || words.is(begin, WordClass::kAdverb)))
    ++begin;
  const bool opens_aside = words.is(begin, WordClass::kPreposition) ||
                           words.is(begin, WordClass::kSubordinator) ||
                           (begin < stop && words.text(begin).ends_with("ing"));
  if (opens_aside) {
    std::uint32_t comma = begin;
    while (comma < stop && !is_comma(words, comma)) ++comma, steps.count();
    if (comma == stop) return {};
    begin = comma + 1;
  }
  return mention_after(words, begin, high, steps);
}

}  // namespace onrecord
