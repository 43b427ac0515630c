#include "intake/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "intake/ascii.h"
#include "intake/html_blocks.h"
#include "intake/html_content.h"
#include "intake/html_metadata.h"
#include "intake/html_tree.h"

namespace onrecord {
namespace {

/// Builds the article's text paragraph by paragraph.
class ArticleWriter {
 public:
  Span add_paragraph(std::string_view text, ParagraphRole role) {
    if (!article_.text.empty()) article_.text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(article_.text.size());
    article_.text += text;
    const Span span{begin, static_cast<std::uint32_t>(article_.text.size())};
    article_.paragraphs.push_back({span, role});
    return span;
  }

  void add_field(std::string_view name, std::string_view value, std::string_view found_in,
                 std::optional<Span> span = std::nullopt) {
    if (!value.empty())
      article_.fields.push_back({std::string(name), std::string(value), std::string(found_in), span});
  }

  [[nodiscard]] Article take() { return std::move(article_); }
  [[nodiscard]] const Article& article() const { return article_; }

 private:
  Article article_;
};

void add_first(ArticleWriter& writer, std::string_view name, const PageClaims& claims) {
  if (!claims.empty()) writer.add_field(name, claims.front().value, claims.front().found_in);
}

}  // namespace

Result<Article> article_from_html(std::string_view utf8_html, const PageFacts& facts, const Limits& limits) {
  auto tree = HtmlTree::parse(utf8_html, limits);
  if (!tree) return std::unexpected(std::move(tree.error()));
  const HtmlBlocks blocks = shown_blocks(*tree);
  if (blocks.text.size() > limits.text_bytes) {
    return fail(ErrorCode::kTooLarge, fmt::format("more than {} bytes of text", limits.text_bytes));
  }
  const PageMetadata metadata = page_metadata(*tree, limits);
  const PageContent content = main_content(*tree, blocks, metadata);

  ArticleWriter writer;
  if (!metadata.headlines.empty()) {
    const PageClaim& title = metadata.headlines.front();
    const Span span = writer.add_paragraph(title.value, ParagraphRole::kTitle);
    writer.add_field("title", title.value, title.found_in, span);
  }
  for (const ParagraphRole role : {ParagraphRole::kBody, ParagraphRole::kCaption, ParagraphRole::kCredit}) {
    for (const ContentBlock& block : content.blocks) {
      if (block.role == role) writer.add_paragraph(blocks.words(blocks.blocks[block.block]), role);
    }
  }
  if (writer.article().text.empty()) return fail(ErrorCode::kEmpty, "no words in the page");
  add_first(writer, "outlet", metadata.outlets);
  for (const AuthorClaim& author : metadata.authors) {
    writer.add_field("author", author.name.value, author.name.found_in);
  }
  add_first(writer, "published", metadata.published);
  add_first(writer, "modified", metadata.modified);
  add_first(writer, "canonical_url", metadata.canonicals);
  writer.add_field("url", facts.url, "option");
  add_first(writer, "language", metadata.languages);
  add_first(writer, "section", metadata.sections);
  return writer.take();
}

}  // namespace onrecord
