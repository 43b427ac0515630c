#include "compare/story_words.h"

#include <algorithm>
#include <vector>

#include "compare/shingles.h"
#include "language/characters.h"

namespace onrecord {
namespace {

/// Words up to the next paragraph.
std::size_t paragraph_end(const FoldedWords& words, std::size_t at) {
  for (++at; at < words.size() && !words[at].begins_paragraph; ++at) {
  }
  return at;
}

void mark(FoldedWords& words, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) words[i].kind = WordKind::kBoilerplate;
}

struct Known {
  std::size_t word = 0;
  bool boilerplate = false;
};

/// Marks one paragraph by the shingles sampled in it.
void mark_paragraph(FoldedWords& words, std::size_t begin, std::size_t end, std::span<const Known> shingles) {
  if (shingles.empty()) return;
  if (std::ranges::all_of(shingles, &Known::boilerplate)) return mark(words, begin, end);
  for (std::size_t i = 0; i < shingles.size(); ++i) {
    if (!shingles[i].boilerplate) continue;
    const bool goes_on = i + 1 < shingles.size() && shingles[i + 1].boilerplate;
    const std::size_t last = goes_on ? shingles[i + 1].word : shingles[i].word;
    mark(words, shingles[i].word, std::min(last + kShingleWords, end));
  }
}

void mark_boilerplate(FoldedWords& words, const ReuseIndex& index) {
  std::vector<SampledShingle> sampled;
  sample_shingles(words, sampled);
  std::vector<Known> known;
  bool any = false;
  for (const SampledShingle& one : sampled) {
    known.push_back({one.word, index.is_boilerplate(one.hash)});
    any = any || known.back().boilerplate;
  }
  if (!any) return;
  auto from = known.begin();
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = paragraph_end(words, begin);
    const auto to = std::find_if(from, known.end(), [end](const Known& one) { return one.word >= end; });
    mark_paragraph(words, begin, end, {from, to});
    from = to;
    begin = end;
  }
}

}  // namespace

FoldedWords story_words(const CoveredArticle& article) {
  FoldedWords words;
  words.reserve(article.article.text.size() / 5);
  append_story_words(article.article, words);
  std::vector<Span> quoted;
  for (const CoveredQuotation& one : article.quotations) {
    quoted.insert(quoted.end(), one.quotation.quoted.begin(), one.quotation.quoted.end());
  }
  std::ranges::sort(quoted);
  mark_quoted(words, quoted);
  return words;
}

FoldedWords story_words(const CoveredArticle& article, const ReuseIndex& index) {
  FoldedWords words = story_words(article);
  mark_boilerplate(words, index);
  return words;
}

std::string outlet_of(const Article& article) {
  if (const auto outlet = article.field("outlet"); !outlet.empty()) return folded(outlet);
  std::string_view address = article.field("canonical_url");
  if (const auto scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find('/'));
  if (address.starts_with("www.")) address.remove_prefix(4);
  return std::string(address);
}

OutletNumber OutletNumbers::number(std::string_view outlet) {
  if (outlet.empty()) return 0;
  const auto known = numbers_.find(outlet);
  if (known != numbers_.end()) return known->second;
  const auto number = static_cast<OutletNumber>(numbers_.size() + 1);
  return numbers_.emplace(outlet, number).first->second;
}

}  // namespace onrecord
