#include "compare/stories.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "compare/story_index.h"

namespace onrecord {
namespace {

/// What an article has in common with another one, beside words.
struct Bond {
  ArticleNumber other = 0;
  bool copied = false;
  bool same_quotation = false;
};
/// By article.
using Bonds = std::vector<std::vector<Bond>>;

Bonds bonds_of(ArticleNumber articles, std::span<const ReusePair> reuse,
               std::span<const QuotationLink> links) {
  std::map<std::pair<ArticleNumber, ArticleNumber>, Bond> by_pair;
  for (const QuotationLink& link : links) {
    if (link.proposed || link.first.article == link.second.article) continue;
    const auto [first, second] = std::minmax(link.first.article, link.second.article);
    by_pair[{first, second}].same_quotation = true;
  }
  for (const ReusePair& pair : reuse) {
    if (pair.reuse.reuse <= ReuseClass::kPartialCopy) by_pair[{pair.first, pair.second}].copied = true;
  }
  Bonds bonds(articles);
  for (auto& [pair, bond] : by_pair) {
    bond.other = pair.second;
    bonds[pair.first].push_back(bond);
    bond.other = pair.first;
    bonds[pair.second].push_back(bond);
  }
  return bonds;
}

std::string since_words(const std::optional<std::int32_t>& days) {
  if (!days) return {};
  if (*days == 0) return "; published the same day";
  return fmt::format("; published {} {} {} its last article", std::abs(*days),
                     std::abs(*days) == 1 ? "day" : "days", *days > 0 ? "after" : "before");
}

/// "shares "Stonebeck", "quarry"; published the same day". `text` is the article's.
std::string reason_for(const StoryFit& fit, std::string_view text) {
  std::vector<std::string_view> words;
  words.reserve(fit.shared.size());
  for (const StoryTerm& term : fit.shared) words.push_back(cut(text, term.first));
  std::string reason = fit.evidence.copied                ? "has passages in common with an article of it"
                       : fit.evidence.same_quotations > 0 ? "carries a statement that articles of it carry"
                                                          : "";
  if (!words.empty())
    reason += fmt::format("{}shares \"{}\"", reason.empty() ? "" : "; ", fmt::join(words, "\", \""));
  return reason + since_words(fit.days_after);
}

class Teller {
 public:
  Teller(const Coverage& coverage, Bonds bonds) : coverage_(coverage), bonds_(std::move(bonds)) {}

  Stories tell(const CompareOptions& options) {
    const ArticleNumber size = coverage_.size();
    stories_.reasons.resize(size);
    for (ArticleNumber i = 0; i < size; ++i) {
      assign(i);
      if (options.progress) options.progress(i + 1);
    }
    stories_.first_assignment = heads();
    for (ArticleNumber i = 0; i < size; ++i) join_alone(i);
    stories_.story_of = heads();
    return std::move(stories_);
  }

 private:
  /// Of the articles that came so far.
  [[nodiscard]] StoryEvidences evidence_for(ArticleNumber number) const {
    StoryEvidences by_story;
    for (const Bond& bond : bonds_[number]) {
      if (bond.other >= story_.size() || bond.other == number) continue;
      StoryEvidence& evidence = by_story[story_[bond.other]];
      evidence.copied = evidence.copied || bond.copied;
      evidence.same_quotations += bond.same_quotation ? 1U : 0U;
    }
    return by_story;
  }

  void assign(ArticleNumber number) {
    const auto covered = coverage_.article(number);
    const StoryTerms terms = story_terms(*covered);
    const auto fit = index_.best(terms, evidence_for(number));
    const bool fits = fit && fit->score >= 0;
    story_.push_back(index_.add(terms, fits ? std::optional(fit->story) : std::nullopt));
    if (fits) stories_.reasons[number] = reason_for(*fit, covered->article.text);
  }

  /// An article that is alone after all have come may have been too early for its story.
  void join_alone(ArticleNumber number) {
    const StoryNumber own = story_[number];
    if (index_.articles_of(own) > 1) return;
    const auto covered = coverage_.article(number);
    const StoryTerms terms = story_terms(*covered);
    const auto fit = index_.best(terms, evidence_for(number), own);
    if (!fit || fit->score < 0) return;
    story_[number] = index_.add(terms, fit->story);
    stories_.reasons[number] = reason_for(*fit, covered->article.text);
  }

  /// The first article of each one's story.
  [[nodiscard]] std::vector<std::uint32_t> heads() const {
    std::unordered_map<std::uint32_t, std::uint32_t> first;
    std::vector<std::uint32_t> heads;
    heads.reserve(story_.size());
    for (std::uint32_t i = 0; i < story_.size(); ++i)
      heads.push_back(first.try_emplace(story_[i], i).first->second);
    return heads;
  }

  const Coverage& coverage_;
  Bonds bonds_;
  StoryIndex index_;
  std::vector<StoryNumber> story_;  // of the articles so far
  Stories stories_;
};

/// How well a headline tells what the others tell. Very few or very many words, or capitals, tell it worse.
float headline_worth(std::string_view title, const std::map<TermHash, int>& titles_with,
                     const std::vector<StoryTerm>& terms) {
  float shared = 0;
  for (const StoryTerm& term : terms) {
    const auto found = titles_with.find(term.hash);
    if (found != titles_with.end()) shared += static_cast<float>(found->second);
  }
  const auto capitals = std::ranges::count_if(title, [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool shouts = static_cast<std::size_t>(capitals) * 3 > title.size();
  const bool is_odd = title.size() < 20 || title.size() > 110;
  return shared / static_cast<float>(3 + terms.size()) * (shouts ? 0.5F : 1.0F) * (is_odd ? 0.7F : 1.0F);
}

}  // namespace

Stories find_stories(const Coverage& coverage, std::span<const ReusePair> reuse,
                     std::span<const QuotationLink> sure_links, const CompareOptions& options) {
  return Teller(coverage, bonds_of(coverage.size(), reuse, sure_links)).tell(options);
}

std::string story_title(const Coverage& coverage, std::span<const ArticleNumber> articles) {
  // The headline whose words most headlines of the story have; of equal ones the first.
  constexpr std::size_t kMostHeadlines = 200;
  std::map<TermHash, int> titles_with;
  std::vector<std::pair<std::string, std::vector<StoryTerm>>> headlines;
  for (const ArticleNumber number : articles.first(std::min(kMostHeadlines, articles.size()))) {
    CoveredArticle headline;
    headline.article.text = coverage.article(number)->article.field("title");
    if (headline.article.text.empty()) continue;
    std::vector<StoryTerm> terms = story_terms(headline).words;
    for (const StoryTerm& term : terms) ++titles_with[term.hash];
    headlines.emplace_back(std::move(headline.article.text), std::move(terms));
  }
  std::string best;
  float most = -1;
  for (const auto& [title, terms] : headlines) {
    const float worth = headline_worth(title, titles_with, terms);
    if (worth > most) most = worth, best = title;
  }
  return best;
}

}  // namespace onrecord
