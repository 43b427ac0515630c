#include "reading/outlets_cited.h"

#include <algorithm>

#include "language/characters.h"
#include "reading/somebody.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kOutletParagraphs = 4;   // a report is passed on for that long after its last mention
constexpr std::uint32_t kExcerptParagraphs = 8;  // an excerpt without marks has no end that is printed

TokenRange mention_of(const Draft& draft) { return draft.referent.empty() ? draft.source : draft.referent; }

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
    paragraph_ = paragraph;
    return;
  }
  if (!quotation.authority.empty()) return;
  const bool told_outlet = quotation.speaker_kind == SpeakerKind::kUnnamed && !draft.addressee.empty() &&
                           is_outlet(draft.addressee);
  if (told_outlet) {
    quotation.authority.push_back({text(draft.addressee), {words_.span(draft.addressee)}});
  } else if (const Excerpt* excerpt = excerpt_of(draft)) {
    quotation.authority.push_back({excerpt->outlet, {}});
  } else if (is_source(draft) && !outlet_.name.empty() && paragraph <= paragraph_ + kOutletParagraphs) {
    quotation.authority.push_back({outlet_.name, {}});
    paragraph_ = paragraph;
  } else if (quotation.speaker_kind == SpeakerKind::kPerson && quotation.speaker.confidence > 0.9F) {
    outlet_ = {};  // a person who speaks by name: the article is with its own reporting again
  }
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
  for (std::uint32_t paragraph = 0; paragraph + 1 < last_token.size(); ++paragraph) {
    if (last_token[paragraph] == kNoToken || !words_.equals(last_token[paragraph], ":")) continue;
    const TokenRange outlet = outlet_that_opens(last_token[paragraph]);
    if (!outlet.empty())
      excerpts_.push_back({paragraph, end_of_excerpt(paragraph, last_token), text(outlet)});
  }
}

/// Of "Harbor News reports:", "From Harbor News:", "according to Harbor News:" the outlet; empty when the
/// sentence is not such a line.
TokenRange OutletsCited::outlet_that_opens(std::uint32_t last_token) const {
  const Sentence& sentence = words_.sentence(last_token);
  TokenRange outlet;
  bool reports = false;
  for (std::uint32_t token = sentence.first; token < last_token; ++token) {
    steps_.count();
    if (words_.passage_of(token) >= 0) return {};
    if (outlet.empty() && is_news_outlet(words_, token) && words_.is_capital(token))
      outlet = name_around(token);
    const bool cue =
        words_.equals(token, "from") || words_.equals(token, "according") || words_.is_reporting(token);
    reports = reports || cue;
  }
  return reports && !outlet.empty() && is_outlet(outlet) ? outlet : TokenRange{};
}

/// The entity, or the capitalised words, that a word for newspapers stands in.
TokenRange OutletsCited::name_around(std::uint32_t noun) const {
  const std::int32_t entity = words_.entity_of(noun);
  if (entity >= 0) {
    const Entity& found = words_.document().annotations->entities[static_cast<std::size_t>(entity)];
    return {found.first, found.last};
  }
  TokenRange name{noun, noun + 1};
  while (name.begin > 0 && words_.is_capital(name.begin - 1)) --name.begin;
  while (words_.is_capital(name.end)) ++name.end;
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
  return other.contains(own_outlet_);
}

/// "The Quay Post": a name with a word for newspapers, not the article's own outlet.
bool OutletsCited::is_outlet(TokenRange mention) const {
  for (std::uint32_t token = mention.begin; token < mention.end; ++token) {
    steps_.count();
    if (words_.is_capital(token) && words_.is(token, WordClass::kOutletWord)) return !is_own(text(mention));
  }
  return false;
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
