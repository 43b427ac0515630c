#include "compare/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "intake/canonical_url.h"
#include "language/characters.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

struct Agency {
  std::string printed;  ///< "AP", "The Associated Press"
  std::string name;     ///< "Associated Press"
};

const std::vector<Agency>& agencies() {
  static const std::vector<Agency> known = [] {
    std::vector<Agency> list;
    for (const auto& row : WordLists{}.rows("html_agencies")) {
      if (row.size() > 1) list.push_back({row[0], row[1]});
    }
    // "The Associated Press" before "Associated Press" before "AP".
    std::ranges::sort(list, [](const Agency& a, const Agency& b) {
      return std::pair(b.printed.size(), a.printed) < std::pair(a.printed.size(), b.printed);
    });
    return list;
  }();
  return known;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<signed char>(c) < 0;
}

/// Where `words` stands in `text` as whole words; npos when nowhere.
std::size_t find_words(std::string_view text, std::string_view words, std::size_t from = 0) {
  for (std::size_t at = text.find(words, from); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return at;
  }
  return std::string_view::npos;
}

/// Whether the name stands for nothing but the agency: "PA" and "CP" are also a state and a company.
bool is_unmistakable(const Agency& one) { return one.printed.size() > 2 || one.printed == "AP"; }

/// The agency that `text` names, in the case that agencies are printed in.
std::string agency_in(std::string_view text) {
  for (const Agency& one : agencies()) {
    if (text == one.printed) return one.name;
    if (is_unmistakable(one) && find_words(text, one.printed) != std::string_view::npos) return one.name;
  }
  return {};
}

using Rows = std::vector<std::vector<std::string>>;
const Rows& agency_sites() {
  static const Rows rows = WordLists{}.rows("agency_sites");
  return rows;
}
const Rows& release_words() {
  static const Rows rows = WordLists{}.rows("release_words");
  return rows;
}

std::size_t count_spaces(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' '));
}

bool says_contributed(std::string_view text) { return folded(text).find("contribut") != std::string::npos; }

std::string without_the(std::string name) {
  if (name.starts_with("the ")) name.erase(0, 4);
  return name;
}

std::string host_of(std::string_view address) {
  if (const auto scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find('/'));
  if (address.starts_with("www.")) address.remove_prefix(4);
  return std::string(address);
}

/// Whether a line near the text's ends credits the text to an agency and says nothing else: "By AP",
/// "Source: Reuters", "AFP, Tuesday 2 July". Seven words at most: a sentence is longer.
bool is_credit_line(std::string_view line) {
  if (count_spaces(line) > 6 || line.ends_with('.')) return false;
  for (const std::string_view lead : {"By ", "Source: ", "From ", "\xC2\xA9 ", "(", "- "}) {
    if (line.starts_with(lead)) line.remove_prefix(lead.size());
  }
  return std::ranges::any_of(agencies(), [&](const Agency& one) {
    return line.starts_with(one.printed) &&
           (line.size() == one.printed.size() || !is_word(line[one.printed.size()]));
  });
}

/// Paragraphs of a text's top and bottom that are looked at for lines of credit.
constexpr std::size_t kEdge = 3;

AgencyCopy agency_of_paragraphs(const Article& article) {
  for (std::size_t i = 0; i < article.paragraphs.size(); ++i) {
    const Paragraph& paragraph = article.paragraphs[i];
    const std::string_view text = cut(article.text, paragraph.span);
    const bool at_edge = i < kEdge || i + kEdge >= article.paragraphs.size();
    const bool credits = paragraph.role == ParagraphRole::kCopyright ||
                         paragraph.role == ParagraphRole::kByline ||
                         paragraph.role == ParagraphRole::kRepublication || (at_edge && is_credit_line(text));
    if (!credits || says_contributed(text)) continue;
    if (std::string agency = agency_in(text); !agency.empty()) {
      return {agency, fmt::format("a line credits it to {}", agency)};
    }
  }
  return {};
}

AgencyCopy agency_of_author(const Article& article) {
  for (const Field& field : article.fields) {
    if (field.name != "author" || says_contributed(field.value)) continue;
    if (std::string agency = agency_in(field.value); !agency.empty()) {
      return {agency, fmt::format("its author is {}", agency)};
    }
  }
  return agency_of_paragraphs(article);
}

/// "(AP)" at the head of the first paragraphs, or in the dateline that intake found.
AgencyCopy agency_of_dateline(const Article& article) {
  if (std::string agency = agency_in(article.field("dateline")); !agency.empty()) {
    return {agency, fmt::format("its dateline names {}", agency)};
  }
  std::size_t looked_at = 0;
  for (const Paragraph& paragraph : article.paragraphs) {
    if (paragraph.role != ParagraphRole::kBody) continue;
    if (++looked_at > kEdge) break;
    const std::string_view head = cut(article.text, paragraph.span).substr(0, 80);
    for (const Agency& one : agencies()) {
      if (is_unmistakable(one) && head.find("(" + one.printed + ")") != std::string_view::npos) {
        return {one.name, fmt::format("\"({})\" in its dateline", one.printed)};
      }
    }
  }
  return {};
}

std::string agency_of_site(const std::string& outlet, const std::string& host) {
  for (const auto& row : agency_sites()) {
    for (const std::string& at : {outlet, host}) {
      if (row.size() > 1 && (at == row[0] || at.ends_with("." + row[0]))) return row[1];
    }
  }
  for (const Agency& one : agencies()) {
    if (!outlet.empty() && without_the(folded(one.printed)) == outlet) return one.name;
  }
  return {};
}

bool is_release(const Article& article, const std::string& outlet, const std::string& host) {
  const std::size_t size = article.paragraphs.size();
  for (const auto& row : release_words()) {
    if (row[0] == "outlet" &&
        (outlet.find(row[1]) != std::string::npos || host.find(row[1]) != std::string::npos)) {
      return true;
    }
    for (std::size_t i = 0; row[0] == "line" && i < size; ++i) {
      if (i >= kEdge && i + kEdge < size) continue;
      if (folded(cut(article.text, article.paragraphs[i].span).substr(0, 60)).starts_with(row[1]))
        return true;
    }
  }
  return false;
}

}  // namespace

Provenance provenance_of(const CoveredArticle& covered) {
  const Article& article = covered.article;
  Provenance found;
  found.outlet = without_the(folded(article.field("outlet")));
  found.printed_outlet = article.field("outlet");
  found.published = article.field("published");
  const std::string own = canonical_url(article.field("url"));
  for (const Field& field : article.fields) {
    if (field.name == "republication") found.republication += folded(field.value) + "\n";
    if (field.name != "canonical_url") continue;
    if (found.address.empty() && (own.empty() || same_site(own, field.value))) {
      found.address = field.value;
    } else if (!same_site(found.address.empty() ? own : found.address, field.value)) {
      found.other_addresses.push_back(field.value);
    }
  }
  if (found.address.empty()) found.address = own;
  found.host = host_of(found.address);
  for (const Paragraph& paragraph : article.paragraphs) {
    if (paragraph.role == ParagraphRole::kRepublication) {
      found.republication += folded(cut(article.text, paragraph.span)) + "\n";
    }
  }
  found.own_agency = agency_of_site(found.outlet, found.host);
  found.by_author = agency_of_author(article);
  found.by_dateline = agency_of_dateline(article);
  found.is_release = is_release(article, found.outlet, found.host);
  for (const CoveredQuotation& one : covered.quotations) {
    for (const AuthorityLink& link : one.quotation.authority) {
      found.credited.push_back(without_the(folded(link.name)));
    }
  }
  std::ranges::sort(found.credited);
  found.credited.erase(std::ranges::unique(found.credited).begin(), found.credited.end());
  return found;
}

std::string agency_told(std::string_view passage) {
  for (const Agency& one : agencies()) {
    if (is_unmistakable(one) && find_words(passage, "told " + one.printed) != std::string_view::npos)
      return one.name;
  }
  return {};
}

}  // namespace onrecord
