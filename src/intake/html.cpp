#include "intake/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "intake/ascii.h"
#include "intake/html_blocks.h"
#include "intake/html_byline.h"
#include "intake/html_content.h"
#include "intake/html_date.h"
#include "intake/html_metadata.h"
#include "intake/html_title.h"
#include "intake/html_tree.h"
#include "intake/iso_date.h"

namespace onrecord {
namespace {

// The order in which paragraphs are stored after the headline.
constexpr std::array kRoleOrder = {ParagraphRole::kSubtitle,   ParagraphRole::kByline,
                                   ParagraphRole::kDateline,   ParagraphRole::kBody,
                                   ParagraphRole::kCaption,    ParagraphRole::kCredit,
                                   ParagraphRole::kCorrection, ParagraphRole::kRepublication,
                                   ParagraphRole::kCopyright,  ParagraphRole::kOther};

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  return url.starts_with("www.") ? url.substr(4) : url;
}

// Whether two hosts belong to one owner, as far as their names tell: one ends in the other, or they share the
// label before the suffix (news.example.com and example.com; no list of public suffixes is asked).
bool are_one_site(std::string_view a, std::string_view b) {
  return a == b || a.ends_with("." + std::string(b)) || b.ends_with("." + std::string(a));
}

std::vector<std::string> author_names(const PageMetadata& metadata) {
  constexpr std::size_t kMostNames = 16;
  std::vector<std::string> names;
  for (const AuthorClaim& claim : metadata.authors) {
    for (const Author& author : authors_in(claim.name.value)) {
      if (names.size() < kMostNames) names.push_back(author.name);
    }
  }
  return names;
}

PageWords words_told(const PageMetadata& metadata) {
  PageWords words{author_names(metadata), {}};
  for (const PageClaim& claim : metadata.descriptions) words.descriptions.push_back(claim.value);
  return words;
}

/// Puts the article together from what was read off the page.
class ArticleWriter {
 public:
  ArticleWriter(const PageFacts& facts, const PageMetadata& metadata, const HtmlBlocks& blocks,
                const PageContent& content)
      : facts_(facts), metadata_(metadata), blocks_(blocks), content_(content) {}

  Article write(const PageTitle& title) {
    if (!title.claim.value.empty()) {
      add_field("title", title.claim.value, title.claim.found_in,
                add_paragraph(title.claim.value, ParagraphRole::kTitle));
    }
    for (const ParagraphRole role : kRoleOrder) add_paragraphs(role);
    add_claim("outlet", metadata_.outlets);
    add_authors();
    add_dates();
    add_addresses();
    add_claim("language", metadata_.languages);
    add_claim("section", metadata_.sections);
    add_origin();
    return std::move(article_);
  }

 private:
  Span add_paragraph(std::string_view text, ParagraphRole role) {
    if (!article_.text.empty()) article_.text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(article_.text.size());
    article_.text += text;
    const Span span{begin, static_cast<std::uint32_t>(article_.text.size())};
    article_.paragraphs.push_back({span, role});
    return span;
  }

  void add_paragraphs(ParagraphRole role) {
    for (const ContentBlock& block : content_.blocks) {
      if (block.role != role) continue;
      const std::string_view words = blocks_.words(blocks_.blocks[block.block]);
      const Span span = add_paragraph(words, role);
      const bool is_field = role == ParagraphRole::kCaption || role == ParagraphRole::kCredit ||
                            role == ParagraphRole::kCorrection || role == ParagraphRole::kRepublication;
      if (is_field) add_field(name(role), words, "text", span);
    }
  }

  void add_field(std::string_view field, std::string_view value, std::string_view found_in,
                 std::optional<Span> span = std::nullopt) {
    if (value.empty()) return;
    article_.fields.push_back({std::string(field), std::string(value), std::string(found_in), span});
  }

  void add_claim(std::string_view field, const PageClaims& claims) {
    if (!claims.empty()) add_field(field, claims.front().value, claims.front().found_in);
  }

  // Names of the metadata that the byline prints, with their place in it. When it prints none of them, or
  // only the outlet's, the byline's own names are right: metadata often name the one who pressed the button.
  void add_authors() {
    const std::vector<Field> claimed = claimed_authors();
    std::vector<Field> printed;
    for (const Field& author : claimed) {
      if (const auto span = place_in_byline(author.value)) {
        printed.push_back(author);
        printed.back().span = span;
      }
    }
    const auto is_person = [&](const Field& author) {
      return is_person_name(author.value) && !is_outlet(author.value);
    };
    const std::vector<Field> named = byline_authors();
    const bool names_persons =
        std::ranges::any_of(named, is_person) && std::ranges::none_of(printed, is_person);
    if (names_persons || (printed.empty() && !named.empty())) return add_fields(named);
    if (printed.empty()) return add_fields(claimed);
    for (const Field& author : named) {  // metadata that name only the first of several
      const auto is_part = [&](const Field& other) { return author.value.contains(other.value); };
      if (is_person(author) && std::ranges::none_of(printed, is_part)) printed.push_back(author);
    }
    add_fields(printed);
  }

  [[nodiscard]] bool is_outlet(std::string_view author) const {
    return std::ranges::any_of(metadata_.outlets, [&](const PageClaim& outlet) {
      return equals_ignoring_case(outlet.value, author);
    });
  }

  void add_fields(const std::vector<Field>& fields) {
    article_.fields.insert(article_.fields.end(), fields.begin(), fields.end());
  }

  [[nodiscard]] std::vector<Field> claimed_authors() const {
    std::vector<Field> authors;
    for (const AuthorClaim& claim : metadata_.authors) {
      for (const Author& author : authors_in(claim.name.value)) {
        const bool known = std::ranges::any_of(
            authors, [&](const Field& other) { return equals_ignoring_case(other.value, author.name); });
        if (!known) authors.push_back({"author", author.name, claim.name.found_in, std::nullopt});
      }
      // Claims of a less trusted place are asked only when the better ones name nobody.
      if (!authors.empty() && &claim != &metadata_.authors.back() &&
          (&claim + 1)->name.found_in != claim.name.found_in) {
        break;
      }
    }
    return authors;
  }

  // The first line that begins as a byline; else the persons in the first line that is named as one.
  [[nodiscard]] std::vector<Field> byline_authors() const {
    std::vector<Field> labelled;
    for (const Paragraph& paragraph : article_.paragraphs) {
      if (paragraph.role != ParagraphRole::kByline) continue;
      const std::string_view line = cut(article_.text, paragraph.span);
      std::vector<Field> authors;
      for (const Author& author : authors_in(line)) {
        if (!is_byline(line) && !is_person_name(author.name)) continue;
        authors.push_back({"author", author.name, "byline", place_in_byline(author.name)});
      }
      if (is_byline(line)) return authors;
      if (labelled.empty()) labelled = std::move(authors);
    }
    return labelled;
  }

  [[nodiscard]] std::optional<Span> place_in_byline(std::string_view author) const {
    for (const Paragraph& paragraph : article_.paragraphs) {
      if (paragraph.role != ParagraphRole::kByline) continue;
      const std::size_t at = cut(article_.text, paragraph.span).find(author);
      if (at == std::string_view::npos) continue;
      const auto begin = static_cast<std::uint32_t>(paragraph.span.begin + at);
      return Span{begin, static_cast<std::uint32_t>(begin + author.size())};
    }
    return std::nullopt;
  }

  void add_dates() {
    add_published();
    for (const PageClaim& claim : metadata_.modified) {
      const auto date = iso_date(claim.value);
      if (date && !is_too_late(*date)) return add_field("modified", *date, claim.found_in);
    }
  }

  // The day on which most places agree; of those the most trusted, and of equal trust the most exact. Other
  // days follow, so that a contradiction shows.
  void add_published() {
    std::vector<PageClaim> dates;
    for (const PageClaim& claim : metadata_.published) add_date(dates, iso_date(claim.value), claim.found_in);
    add_date(dates, date_in_url(page_url()), "url");
    if (dates.empty()) add_printed_date();
    const auto votes = [&](const PageClaim& claim) {
      return std::ranges::count_if(dates, [&](const PageClaim& other) {
        return other.value.substr(0, 10) == claim.value.substr(0, 10);
      });
    };
    std::ranges::stable_sort(dates,
                             [&](const PageClaim& a, const PageClaim& b) { return votes(a) > votes(b); });
    std::vector<std::string> days;
    for (const PageClaim& claim : dates) {
      const std::string day = claim.value.substr(0, 10);
      if (std::ranges::find(days, day) != days.end()) continue;
      days.push_back(day);
      add_field("published", claim.value, claim.found_in);
    }
  }

  void add_date(std::vector<PageClaim>& dates, const std::optional<std::string>& date,
                std::string_view found_in) {
    if (date && !is_too_late(*date)) dates.push_back({*date, std::string(found_in)});
  }

  void add_printed_date() {
    for (const Paragraph& paragraph : article_.paragraphs) {
      if (paragraph.role != ParagraphRole::kDateline && paragraph.role != ParagraphRole::kByline) continue;
      const auto date = date_in_line(cut(article_.text, paragraph.span));
      if (date && !is_too_late(*date)) return add_field("published", *date, "text", paragraph.span);
    }
  }

  [[nodiscard]] bool is_too_late(std::string_view date) const {
    return !facts_.retrieved.empty() && is_after(date, facts_.retrieved);
  }

  [[nodiscard]] std::string_view page_url() const {
    if (!facts_.url.empty()) return facts_.url;
    return metadata_.canonicals.empty() ? std::string_view()
                                        : std::string_view(metadata_.canonicals.front().value);
  }

  void add_addresses() {
    for (const PageClaim& claim : metadata_.canonicals) {
      if (!claim.value.contains("://")) continue;
      add_field("canonical_url", claim.value, claim.found_in);
      break;
    }
  }

  // Where the text comes from, when the page says that it is another's, in order of trust: a canonical link
  // to another site, a notice (added with the paragraphs), an agency as author, an agency in the dateline.
  void add_origin() {
    const std::string_view own = host_of(facts_.url);
    const std::string_view canonical = host_of(article_.field("canonical_url"));
    if (!own.empty() && !canonical.empty() && !are_one_site(own, canonical)) {
      add_field("republication", canonical, article_.find("canonical_url")->found_in);
    }
    std::string agency;
    for (std::size_t i = 0; i < article_.fields.size() && agency.empty(); ++i) {
      const Field author = article_.fields[i];
      if (author.name != "author") continue;
      agency = agency_name(author.value);
      add_field("republication", agency, author.found_in, author.span);
    }
    add_dateline(agency);
  }

  void add_dateline(std::string_view known_agency) {
    for (const Paragraph& paragraph : article_.paragraphs) {
      if (paragraph.role != ParagraphRole::kBody) continue;
      const std::string_view first = cut(article_.text, paragraph.span);
      const std::string agency = agency_of_dateline(first);
      if (agency.empty()) return;
      const auto close = static_cast<std::uint32_t>(paragraph.span.begin + first.find(')') + 1);
      const Span span{paragraph.span.begin, close};
      add_field("dateline", cut(article_.text, span), "text", span);
      if (known_agency.empty()) add_field("republication", agency, "dateline", span);
      return;
    }
  }

  const PageFacts& facts_;
  const PageMetadata& metadata_;
  const HtmlBlocks& blocks_;
  const PageContent& content_;
  Article article_;
};

}  // namespace

Result<Article> article_from_html(std::string_view utf8_html, const PageFacts& facts, const Limits& limits) {
  const auto tree = HtmlTree::parse(utf8_html, limits);
  if (!tree) return std::unexpected(tree.error());
  const HtmlBlocks blocks = shown_blocks(*tree);
  if (blocks.text.size() > limits.text_bytes) {
    return fail(ErrorCode::kTooLarge, fmt::format("more than {} bytes of text", limits.text_bytes));
  }
  const PageMetadata metadata = page_metadata(*tree, limits);
  const std::string_view address = !facts.url.empty() || metadata.canonicals.empty()
                                       ? std::string_view(facts.url)
                                       : metadata.canonicals.front().value;
  const PageTitle title = page_title(*tree, metadata, host_of(address));
  const PageContent content = main_content(*tree, blocks, title.element, words_told(metadata));
  Article article = ArticleWriter(facts, metadata, blocks, content).write(title);
  if (article.text.empty()) return fail(ErrorCode::kEmpty, "no words in the page");
  return article;
}

}  // namespace onrecord
