#include "intake/html_title.h"

#include <algorithm>
#include <set>
#include <vector>

#include "intake/ascii.h"
#include "intake/html_blocks.h"
#include "intake/html_evidence.h"

namespace onrecord {
namespace {

using Words = std::set<std::string, std::less<>>;

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  for (const char c : text) {
    const bool in_word = is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0xC3;
    if (in_word) {
      word += ascii_lower(c);
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.insert(word);
  return words;
}

// The share of the words of the smaller set that stand in the other.
double overlap(const Words& a, const Words& b) {
  if (a.empty() || b.empty()) return 0;
  const auto common = std::ranges::count_if(a, [&](const std::string& word) { return b.contains(word); });
  return static_cast<double>(common) / static_cast<double>(std::min(a.size(), b.size()));
}

constexpr std::size_t kProseBytes = 80;  // a paragraph this long is the article's, and no label

struct HeadingChoice {
  NodeIndex element = kNoNode;
  std::string text;
  double agreement = -1;
};

HeadingChoice best_heading(const HtmlTree& tree, const PageMetadata& metadata) {
  constexpr std::size_t kMostHeadings = 64;  // a page has one, at most a few
  constexpr std::size_t kLongestTitle = 400;
  std::vector<Words> headlines;
  for (const PageClaim& claim : metadata.headlines) headlines.push_back(words_of(claim.value));
  HeadingChoice best;
  std::size_t seen = 0;
  for (NodeIndex at = 0; at < tree.size() && seen < kMostHeadings; ++at) {
    if (tree[at].tag != Tag::kH1) continue;
    ++seen;
    std::string text = shown_line(tree, at);
    if (text.empty() || text.size() > kLongestTitle) continue;
    const Words words = words_of(text);
    double agreement = 0;
    for (const Words& headline : headlines) agreement = std::max(agreement, overlap(words, headline));
    if (tree.attribute(at, Attribute::kItemprop).contains("headline")) agreement += 0.5;
    constexpr std::size_t kFewWords = 3;  // the name of the site or of a section
    if (words.size() <= kFewWords && agreement < 1) agreement = -1;
    if (words.size() <= kFewWords) agreement /= 2;
    if (agreement > best.agreement) best = {at, std::move(text), agreement};
  }
  return best;
}

// "Print version", "Article": says what the page is, not what it tells.
bool is_label(std::string_view headline) {
  constexpr std::size_t kFewWords = 3;
  return words_of(headline).size() <= kFewWords;
}

// On a page without h1 and without a headline in its metadata: the first heading that is more than a label.
NodeIndex first_lower_heading(const HtmlTree& tree) {
  for (NodeIndex at = 0; at < tree.size(); ++at) {
    if (tree[at].tag == Tag::kP && tree.all_characters(at).size() >= kProseBytes) return kNoNode;
    if (tree[at].tag == Tag::kH2 && !is_label(shown_line(tree, at))) return at;
  }
  return kNoNode;
}

bool is_site_name(std::string_view part, std::string_view rest, const PageMetadata& metadata,
                  std::string_view host) {
  const std::string name = squeezed(part);
  if (name.empty()) return false;
  const auto is_name = [&](const PageClaim& claim) { return squeezed(claim.value) == name; };
  if (std::ranges::any_of(metadata.outlets, is_name)) return true;
  constexpr std::size_t kShortestHostName = 3;
  if (name.size() >= kShortestHostName && squeezed(host).contains(name)) return true;
  const std::string other = squeezed(rest);
  return std::ranges::any_of(metadata.headlines,
                             [&](const PageClaim& claim) { return squeezed(claim.value) == other; });
}

std::string without_site_name(std::string title, const PageMetadata& metadata, std::string_view host) {
  constexpr std::size_t kLongestHeadline = 1'000;
  if (title.size() > kLongestHeadline) return title;
  constexpr std::string_view kSeparators[] = {" | ", " - ", " — ", " – ", " :: ", " » ", " • ", ": "};
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view separator : kSeparators) {
      const std::size_t last = title.rfind(separator);
      if (last == std::string::npos) continue;
      const std::string_view whole = title;
      const std::string_view tail = whole.substr(last + separator.size());
      if (is_site_name(tail, whole.substr(0, last), metadata, host)) {
        title.resize(last);
        changed = true;
        continue;
      }
      const std::size_t first = title.find(separator);
      if (is_site_name(whole.substr(0, first), whole.substr(first + separator.size()), metadata, host)) {
        title.erase(0, first + separator.size());
        changed = true;
      }
    }
  }
  return title;
}

}  // namespace

PageTitle page_title(const HtmlTree& tree, const PageMetadata& metadata, std::string_view host) {
  HeadingChoice heading = best_heading(tree, metadata);
  if (heading.element != kNoNode) {
    return {{without_site_name(std::move(heading.text), metadata, host), "h1"}, heading.element};
  }
  const bool has_headline =
      std::ranges::any_of(metadata.headlines, [](const PageClaim& claim) { return !is_label(claim.value); });
  if (const NodeIndex at = has_headline ? kNoNode : first_lower_heading(tree); at != kNoNode) {
    return {{without_site_name(shown_line(tree, at), metadata, host), "h2"}, at};
  }
  if (metadata.headlines.empty()) return {};
  const PageClaim& first = metadata.headlines.front();
  return {{without_site_name(first.value, metadata, host), first.found_in}, kNoNode};
}

}  // namespace onrecord
