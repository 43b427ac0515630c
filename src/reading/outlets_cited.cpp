#include "reading/outlets_cited.h"

#include <algorithm>
#include <initializer_list>

#include "language/characters.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"
#include "reading/speaker_resolution.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kOutletParagraphs = 4;  // a report is passed on for that long after its last mention
constexpr std::uint32_t kPollParagraphs = kOutletParagraphs;  // so are a poll's numbers
constexpr std::uint32_t kPollReach = 600;                     // tokens, where paragraphs are long
constexpr float kSurePerson = 0.9F;
constexpr std::uint32_t kExcerptParagraphs = 8;  // an excerpt without marks has no end that is printed

bool has_one_of(const Words& words, TokenRange range, std::initializer_list<std::string_view> list) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (words.is_one_of(token, list)) return true;
  }
  return false;
}

/// "Forty PERCENT", "about one IN five", "TWO-THIRDS", the RESPONDENTS: those whom a poll asked.
bool was_polled(const Words& words, const Quotation& quotation, TokenRange source) {
  if (quotation.speaker_kind != SpeakerKind::kGroup) return false;
  const auto is_number = [&](std::uint32_t token) {
    return words.is_number(token) || words.is(token, WordClass::kNumber);
  };
  for (std::uint32_t token = source.begin; token + 2 < source.end; ++token) {
    if (is_number(token) && words.equals(token + 1, "in") && is_number(token + 2)) return true;
  }
  return has_one_of(words, source,
                    {"percent", "%", "half", "third", "thirds", "two-thirds", "quarter", "three-quarters",
                     "majority", "respondents", "polled", "surveyed"});
}

bool is_in_noun_phrase(std::string_view tag) {
  return tag.starts_with("NN") || tag.starts_with("JJ") || tag == "DT" || tag == "POS" || tag == "VBN";
}

/// The words of a name, folded, without "the".
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : folded(name)) {
    if (c == ' ' || c == '-' || c == '_')
      words.emplace_back();
    else
      words.back() += c;
  }
  std::erase_if(words, [](const std::string& word) { return word.empty() || word == "the"; });
  return words;
}

/// Whether letters are the words in their order, each by its first letter, by three letters or more, or
/// whole. Costs O(letters * words * letters).
bool begin_words(std::string_view letters, const std::vector<std::string>& words) {
  constexpr std::size_t kMostLetters = 40;
  constexpr std::size_t kFewest = 3;
  if (letters.size() > kMostLetters || words.size() > letters.size()) return false;
  std::vector<bool> ends_at(letters.size() + 1, false);
  ends_at[0] = true;
  for (const std::string& word : words) {
    std::vector<bool> next(letters.size() + 1, false);
    for (std::size_t at = 0; at < letters.size(); ++at) {
      if (!ends_at[at]) continue;
      for (std::size_t taken = 1; taken <= std::min(letters.size() - at, word.size()); ++taken) {
        if (letters[at + taken - 1] != word[taken - 1]) break;
        if (taken == 1 || taken >= kFewest || taken == word.size()) next[at + taken] = true;
      }
    }
    ends_at = std::move(next);
  }
  return ends_at.back();
}

/// "nqt", "norland-times", "norlandquaytimes.com" for "The Norland Quay Times".
bool is_short_for(std::string_view id, std::string_view name) {
  std::string letters;
  for (const char c : id.substr(0, id.rfind('.'))) {
    if (c != ' ' && c != '-' && c != '_') letters += c;
  }
  const std::vector<std::string> words = words_of(name);
  return words.size() > 1 && begin_words(letters, words);
}

}  // namespace

OutletsCited::OutletsCited(const Words& words, std::string_view own_outlet, StepCounter& steps)
    : words_(words), own_outlet_(folded(own_outlet)), steps_(steps) {
  if (own_outlet_.starts_with("the ")) own_outlet_.erase(0, 4);
  find_excerpts();
}

void OutletsCited::fill(const Draft& draft, Quotation& quotation) {
  std::erase_if(quotation.authority, [&](const AuthorityLink& link) { return is_own(link.name); });
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  const bool is_organization = quotation.speaker_kind == SpeakerKind::kOrganization;
  if (is_organization && is_outlet(mention_of(draft))) {
    outlet_ = {full_name(mention_of(draft), quotation.speaker.value), quotation.source};
    paragraph_ = cited_in_ = paragraph;
    return;
  }
  notes_report_of_outlet(draft, quotation, paragraph);
  const bool is_poll = notes_poll(draft, quotation, paragraph);
  if (quotation.speaker_kind == SpeakerKind::kPerson)  // a poll has nobody's words
    std::erase_if(quotation.authority, [](const AuthorityLink& link) { return is_poll_name(link.name); });
  if (!quotation.authority.empty()) return;
  if (!is_poll && was_polled(words_, quotation, mention_of(draft)) && has_poll_before(draft, paragraph)) {
    quotation.authority.push_back(poll_);
    poll_paragraph_ = paragraph;
    return;
  }
  const bool unnamed = quotation.speaker_kind == SpeakerKind::kUnnamed;
  const bool told_outlet = unnamed && !draft.addressee.empty() && is_outlet(draft.addressee);
  if (told_outlet) {
    quotation.authority.push_back({text(draft.addressee), {words_.span(draft.addressee)}});
  } else if (const TokenRange heard = outlet_spoken_to(draft); unnamed && !heard.empty()) {
    outlet_ = {full_name(heard, text(heard)), {words_.span(heard)}};
    paragraph_ = paragraph;
    quotation.authority.push_back(outlet_);
  } else if (const Excerpt* excerpt = excerpt_of(draft)) {
    quotation.authority.push_back({excerpt->outlet, {}});
  } else if (is_reportedly(draft, quotation, paragraph)) {
    quotation.authority.push_back({outlet_.name, {}});
    paragraph_ = paragraph;
  } else if (!outlet_.name.empty() && ((retells_all(paragraph) && quotation.addressee.spans.empty() &&
                                        !is_same_name(outlet_.name, quotation.speaker.value)) ||
                                       (is_source(draft) && paragraph <= paragraph_ + kOutletParagraphs))) {
    quotation.authority.push_back({outlet_.name, {}});
    paragraph_ = paragraph;
  } else if (quotation.speaker_kind == SpeakerKind::kPerson && quotation.speaker.confidence > kSurePerson &&
             !retells_all(paragraph)) {
    outlet_ = {};  // a person who speaks by name: the article is with its own reporting again
  }
}

/// "Lowe REPORTEDLY said"; not what he "reportedly told the Quay Post".
bool OutletsCited::is_reportedly(const Draft& draft, const Quotation& quotation,
                                 std::uint32_t paragraph) const {
  if (outlet_.name.empty() || paragraph > paragraph_ + kOutletParagraphs || quotation.speaker.value.empty() ||
      (!draft.addressee.empty() && is_news_outlet(words_, draft.addressee.end - 1)))
    return false;
  return std::ranges::any_of(draft.cue,
                             [&](TokenRange cue) { return has_one_of(words_, cue, {"reportedly"}); });
}

/// "A new article in HARBOR NEWS says", where the article begins to retell it.
void OutletsCited::notes_report_of_outlet(const Draft& draft, const Quotation& quotation,
                                          std::uint32_t paragraph) {
  if (quotation.speaker_kind != SpeakerKind::kDocument) return;
  const TokenRange source = mention_of(draft);
  for (std::uint32_t token = source.begin; token < source.end; ++token) {
    if (!words_.is_capital(token) || !is_news_outlet(words_, token)) continue;
    const TokenRange name = name_around(token);
    if (is_own(text(name))) return;
    outlet_ = {full_name(name, text(name)), {words_.span(name)}};
    paragraph_ = cited_in_ = paragraph;
    return;
  }
}

/// Whether the article ends with where the rest of what it retells can be read.
bool OutletsCited::retells_all(std::uint32_t paragraph) const {
  return pointer_ != kNoToken && paragraph < pointer_ && paragraph > cited_in_;
}

bool OutletsCited::notes_poll(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph) {
  const TokenRange source = mention_of(draft);
  if (quotation.speaker_kind != SpeakerKind::kDocument || !has_one_of(words_, source, {"poll", "survey"}))
    return false;
  // "The poll" is the one before.
  const bool again = source.size() == 2 && words_.equals(source.begin, "the") && !poll_.name.empty();
  if (!again) poll_ = {quotation.speaker.value, quotation.source};
  poll_paragraph_ = paragraph;
  return true;
}

/// A poll that said something some paragraphs before, or that is only named there: "EXIT POLLS told a tale of
/// ...".
bool OutletsCited::has_poll_before(const Draft& draft, std::uint32_t paragraph) {
  // "One in four voters in a Quay Post POLL" have told it themselves.
  if (has_one_of(words_, mention_of(draft), {"poll", "survey"})) return false;
  if (!poll_.name.empty() && paragraph <= poll_paragraph_ + kPollParagraphs) return true;
  if (!words_.document().annotations) return false;
  const std::uint32_t begin = draft.content.front().begin;
  for (std::uint32_t at = begin; at-- > begin - std::min(begin, kPollReach);) {
    steps_.count();
    if (words_.sentence(at).paragraph + kPollParagraphs < paragraph) return false;
    if (!words_.is_one_of(at, {"poll", "polls", "survey", "surveys"}) || words_.passage_of(at) >= 0) continue;
    TokenRange name{at, at + 1};
    while (name.begin > words_.sentence(at).first && is_in_noun_phrase(words_.document().tag(name.begin - 1)))
      --name.begin;
    // One goes TO the polls, and votes AT them.
    if (name.begin > 0 && words_.is(name.begin - 1, WordClass::kPreposition) &&
        !words_.equals(name.begin - 1, "in"))
      continue;
    poll_ = {text(name), {words_.span(name)}};
    return true;
  }
  return false;
}

// --- excerpts
// -----------------------------------------------------------------------------------------------

void OutletsCited::find_excerpts() {
  std::vector<std::uint32_t> last_token(words_.document().paragraphs.size(), kNoToken);
  for (const Sentence& sentence : words_.document().sentences) {
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      steps_.count();
      if (!words_.text(token).starts_with('\n')) last_token[sentence.paragraph] = token;
    }
  }
  for (std::uint32_t paragraph = 0; paragraph < last_token.size(); ++paragraph) {
    const TokenRange credit =
        last_token[paragraph] == kNoToken ? TokenRange{} : credit_at(last_token[paragraph]);
    if (paragraph > 0 && !credit.empty()) excerpts_.push_back({paragraph - 1, paragraph, text(credit)});
  }
  pointer_ = pointer_to_original();
  for (std::uint32_t paragraph = 0; paragraph + 1 < last_token.size(); ++paragraph) {
    if (last_token[paragraph] == kNoToken || !words_.equals(last_token[paragraph], ":")) continue;
    const TokenRange outlet = outlet_that_opens(last_token[paragraph]);
    if (outlet.empty()) continue;
    // The next outlet ends what goes on to the pointer.
    if (!excerpts_.empty() && excerpts_.back().first < paragraph)
      excerpts_.back().last = std::min(excerpts_.back().last, paragraph - 1);
    const bool pointed_to = pointer_ != kNoToken && paragraph < pointer_;
    excerpts_.push_back(
        {paragraph, pointed_to ? pointer_ - 1 : end_of_excerpt(paragraph, last_token), text(outlet)});
  }
}

/// The paragraph "Read the rest at Harbor News" at the end: what stands before is taken from
/// there.
std::uint32_t OutletsCited::pointer_to_original() const {
  constexpr std::uint32_t kLastSentences = 4;
  constexpr std::uint32_t kReach = 6;  // "the rest of the STORY"
  const auto& sentences = words_.document().sentences;
  for (std::size_t i = sentences.size() - std::min<std::size_t>(sentences.size(), kLastSentences);
       i < sentences.size(); ++i) {
    const std::uint32_t first = sentences[i].first;
    if (!words_.equals(first, "read") || !words_.is_capital(first)) continue;
    const bool all = (words_.equals(first + 1, "it") && words_.equals(first + 2, "all")) ||
                     (words_.equals(first + 1, "the") && words_.equals(first + 2, "rest"));
    if (all) return sentences[i].paragraph;
    const bool whole = words_.equals(first + 1, "the") &&
                       words_.is_one_of(first + 2, {"full", "whole", "entire", "original"});
    for (std::uint32_t token = first + 3; whole && token < std::min(first + kReach, sentences[i].last);
         ++token) {
      steps_.count();
      if (words_.is_one_of(token, {"story", "article", "report", "piece", "post", "column"}))
        return sentences[i].paragraph;
    }
  }
  return kNoToken;
}

/// Of "... in the harbor. [Harbor News]" the outlet that a paragraph of a digest is credited to.
TokenRange OutletsCited::credit_at(std::uint32_t last_token) const {
  constexpr std::uint32_t kMostWords = 6;
  if (words_.text(last_token) != "]") return {};
  std::uint32_t begin = last_token;
  while (begin > 0 && last_token - begin < kMostWords && words_.text(begin - 1) != "[") --begin;
  TokenRange name{begin, last_token};
  if (begin == 0 || words_.text(begin - 1) != "[") return {};
  while (!name.empty() && words_.is_mark(name.end - 1)) --name.end;
  bool outlet = name.size() == 1 && is_acronym(words_.text(name.begin));
  for (std::uint32_t token = name.begin; token < name.end; ++token)
    outlet = outlet || is_news_outlet(words_, token) || words_.entity_label(token) == "ORG";
  return outlet && words_.is_capital(name.begin) && !is_own(text(name)) ? name : TokenRange{};
}

/// Of "Harbor News reports:", "From Harbor News:", "according to Harbor News:" the outlet; empty when the
/// sentence is not such a line. "Lowe told Harbor News:" is none, nor is what its reporter tweeted.
TokenRange OutletsCited::outlet_that_opens(std::uint32_t last_token) const {
  const Sentence& sentence = words_.sentence(last_token);
  TokenRange outlet;
  bool from = false;
  bool reports = false;
  for (std::uint32_t token = sentence.first; token < last_token; ++token) {
    steps_.count();
    if (words_.passage_of(token) >= 0 || words_.is_one_of(token, {"tweeted", "tweets", "told", "tells"}))
      return {};
    if (outlet.empty() && is_news_outlet(words_, token) && words_.is_capital(token))
      outlet = name_around(token);
    from = from || words_.is_one_of(token, {"from", "according", "by"});
    reports = reports || (words_.is_reporting(token) && !outlet.empty());
  }
  if (outlet.empty() && from) return name_at_end(sentence, last_token);
  return (from || reports) && !outlet.empty() && is_outlet(outlet) ? outlet : TokenRange{};
}

/// "From Wenna Marsh at QUAYSIDE:", "According to Marsh, writing for QUAYSIDE:": a short line that names a
/// writer and ends with for whom.
TokenRange OutletsCited::name_at_end(const Sentence& sentence, std::uint32_t last_token) const {
  constexpr std::uint32_t kMostWords = 12;
  if (last_token - sentence.first > kMostWords || !words_.document().annotations) return {};
  std::uint32_t begin = last_token;
  while (begin > sentence.first + 1 && words_.is_capital(begin - 1)) --begin;
  const TokenRange name{begin, last_token};
  if (name.empty() || !words_.is_one_of(begin - 1, {"at", "for"}) || is_own(text(name))) return {};
  for (std::uint32_t token = sentence.first; token < begin; ++token) {
    if (words_.entity_label(token) == "PERSON" || words_.is_one_of(token, {"writing", "reporting"}))
      return name;
  }
  return {};
}

/// The entity, or the capitalised words, that a word for newspapers stands in; "FROM Harbor News" begins a
/// line.
TokenRange OutletsCited::name_around(std::uint32_t noun) const {
  TokenRange name{noun, noun + 1};
  if (const std::int32_t entity = words_.entity_of(noun); entity >= 0) {
    const Entity& found = words_.document().annotations->entities[static_cast<std::size_t>(entity)];
    name = {found.first, found.last};
  } else {
    while (name.begin > 0 && words_.is_capital(name.begin - 1)) --name.begin;
    while (words_.is_capital(name.end)) ++name.end;
  }
  if (name.begin < noun && words_.is(name.begin, WordClass::kPreposition)) ++name.begin;
  return name;
}

std::uint32_t OutletsCited::end_of_excerpt(std::uint32_t opens,
                                           const std::vector<std::uint32_t>& last_token) const {
  // In marks it ends with them.
  for (const MarkedPassage& passage : words_.passages()) {
    if (passage.pieces.front().paragraph != opens + 1 || passage.depth > 0) continue;
    const Sentence& first = words_.sentence(passage.pieces.front().first);
    if (passage.pieces.front().first <= first.first + 1) return passage.pieces.back().paragraph;
    break;
  }
  std::uint32_t last = opens;
  const std::uint32_t limit =
      std::min(opens + kExcerptParagraphs, static_cast<std::uint32_t>(last_token.size() - 1));
  while (last < limit) {
    const std::uint32_t end = last_token[last + 1];
    if (end != kNoToken && words_.equals(end, ":")) break;
    ++last;
  }
  return last;
}

const OutletsCited::Excerpt* OutletsCited::excerpt_of(const Draft& draft) const {
  const std::uint32_t paragraph = words_.sentence(draft.content.front().begin).paragraph;
  const std::uint32_t told = draft.head == kNoToken ? paragraph : words_.sentence(draft.head).paragraph;
  for (const Excerpt& excerpt : excerpts_) {
    steps_.count();
    if (excerpt.first < told && told <= excerpt.last && excerpt.first < paragraph) return &excerpt;
  }
  return nullptr;
}

// --- names
// --------------------------------------------------------------------------------------------------

std::string OutletsCited::text(TokenRange range) const {
  return std::string(cut(words_.document().text, words_.span(range)));
}

bool OutletsCited::is_own(std::string_view name) const {
  if (own_outlet_.empty()) return false;
  const std::string other = folded(name);
  return other.contains(own_outlet_) || is_short_for(own_outlet_, other) || is_own_in_short(name);
}

/// "The Post" in the Harbor Post, unless the article names another Post.
bool OutletsCited::is_own_in_short(std::string_view name) const {
  const std::vector<std::string> words = words_of(name);
  const std::vector<std::string> own = words_of(own_outlet_);
  if (words.size() != 1 || own.size() < 2 || own.back() != words.front() || !words_.document().annotations)
    return false;
  return std::ranges::none_of(words_.document().annotations->entities, [&](const Entity& entity) {
    steps_.count();
    if (entity.last - entity.first < 2 || !words_.equals(entity.last - 1, words.front())) return false;
    const std::string other = folded(text({entity.first, entity.last}));
    return !other.contains(own_outlet_) && words_of(other).size() > 1 && !is_short_for(own_outlet_, other);
  });
}

/// "The Quay Post": a name with a word for newspapers, not the article's own outlet.
bool OutletsCited::is_outlet(TokenRange mention) const {
  for (std::uint32_t token = mention.begin; token < mention.end; ++token) {
    steps_.count();
    if (words_.is_capital(token) && words_.is(token, WordClass::kOutletWord)) return !is_own(text(mention));
  }
  return false;
}

/// Of "a source who spoke WITH HARBOR NEWS" the outlet.
TokenRange OutletsCited::outlet_spoken_to(const Draft& draft) const {
  const TokenRange source = mention_of(draft);
  bool spoke = false;
  for (std::uint32_t token = source.begin; token < source.end; ++token) {
    steps_.count();
    spoke = spoke || words_.is_one_of(token, {"spoke", "speaking", "talked", "talking", "speaks"});
    if (!spoke || !words_.is_one_of(token, {"to", "with"})) continue;
    const std::uint32_t first = token + 1 + (words_.equals(token + 1, "the") ? 1 : 0);
    TokenRange name{first, first};
    while (name.end < source.end && words_.is_capital(name.end)) ++name.end;
    if (!name.empty() && is_outlet(name)) return {token + 1, name.end};
  }
  return {};
}

/// "The Post" is the outlet that the article called "the Harbor Post" before; as printed when it called
/// none so.
std::string OutletsCited::full_name(TokenRange mention, const std::string& printed) const {
  const std::uint32_t last = mention.end - 1;
  if (!words_.document().annotations || mention.size() > 2 || !words_.is(last, WordClass::kOutletWord))
    return printed;
  for (const Entity& entity : words_.document().annotations->entities) {
    steps_.count();
    if (entity.first >= mention.begin) break;
    const std::uint32_t end = entity.last;
    if (end - entity.first > mention.size() && words_.text(end - 1) == words_.text(last) &&
        words_.is_capital(end - 2) && words_.entity_label(entity.first) == "ORG")
      return text({entity.first, end});
  }
  return printed;
}

/// "sources", "a source", "another source close to ...".
bool OutletsCited::is_source(const Draft& draft) const {
  for (std::uint32_t token = draft.source.begin; token < draft.source.end; ++token) {
    for (const std::string_view word : {"source", "sources", "insider", "insiders"}) {
      if (words_.equals(token, word)) return true;
    }
  }
  return false;
}

}  // namespace onrecord
