#include "intake/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "text/utf8.h"

namespace onrecord {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Article read(std::string_view html, const PageFacts& facts = {}) {
  auto article = article_from_html(html, facts, {});
  EXPECT_TRUE(article) << describe(article.error());
  return article.value_or(Article());
}

std::vector<std::string> paragraphs(const Article& article, ParagraphRole role) {
  std::vector<std::string> found;
  for (const Paragraph& paragraph : article.paragraphs) {
    if (paragraph.role == role) found.emplace_back(cut(article.text, paragraph.span));
  }
  return found;
}

std::vector<std::string> values(const Article& article, std::string_view name) {
  std::vector<std::string> found;
  for (const Field& field : article.fields) {
    if (field.name == name) found.push_back(field.value);
  }
  return found;
}

// Two paragraphs of an invented report.
constexpr std::string_view kFirst =
    "<p>The harbour board of Wexcombe voted on Monday to keep the old pier open through the winter, against "
    "the "
    "advice of its own engineer.</p>";
constexpr std::string_view kSecond =
    "<p>\"We have heard from every trader on the quay,\" said Ada Lowe, who chairs the board, \"and not one "
    "of them "
    "asked us to close it.\"</p>";

std::string page(std::string_view head, std::string_view body) {
  return "<!DOCTYPE html><html><head>" + std::string(head) + "</head><body>" + std::string(body) +
         "</body></html>";
}

std::string report(std::string_view before, std::string_view after, std::string_view head = "") {
  return page(head, "<article><h1>Pier to stay open</h1>" + std::string(before) + std::string(kFirst) +
                        std::string(kSecond) + std::string(after) + "</article>");
}

TEST(HtmlText, CollapsesWhiteSpaceAsABrowserDoes) {
  const Article article = read(
      "<article><p>  The harbour\n board met on <b>Mon</b>day and\tvoted to keep &mdash; and to widen "
      "&mdash; the "
      "old&nbsp;pier near the mill.</p></article>");
  EXPECT_THAT(
      paragraphs(article, ParagraphRole::kBody),
      ElementsAre("The harbour board met on Monday and voted to keep — and to widen — the old\u00A0pier near "
                  "the mill."));
}

TEST(HtmlText, ALineBreakStaysInTheParagraphAndTwoEndIt) {
  const Article article = read(
      "<article><div>The board met on Monday.<br>It voted twice on the matter.<br><br>The mayor "
      "was not there and sent no word to anybody.</div></article>");
  EXPECT_THAT(paragraphs(article, ParagraphRole::kBody),
              ElementsAre("The board met on Monday.\nIt voted twice on the matter.",
                          "The mayor was not there and sent no word to anybody."));
}

TEST(HtmlText, MarkupInsideWordsDoesNotMoveThem) {
  const Article plain = read(report("", ""));
  std::string html = report("", "");
  for (const std::string_view word : {"harbour", "trader", "winter"}) {
    const std::size_t at = html.find(word);
    html.insert(at + 3, "</span>");
    html.insert(at, "<span class=\"drop\">");
  }
  EXPECT_EQ(read(html).text, plain.text);
}

TEST(HtmlText, ScriptsStylesAndTemplatesAreNotText) {
  const Article article =
      read(report("<script>var a = \"</p><p>said the script\";</script><style>p{}</style>"
                  "<template><p>said the template in a long sentence of its own.</p></template>",
                  ""));
  EXPECT_THAT(article.text, Not(HasSubstr("said the script")));
  EXPECT_THAT(article.text, Not(HasSubstr("said the template")));
}

TEST(HtmlText, EntitiesOfADtdAreNotExpanded) {
  const Article article = read(
      "<!DOCTYPE html [<!ENTITY secret SYSTEM \"file:///etc/hostname\"><!ENTITY ha \"ha\">]>"
      "<article><p>The board read &secret; and laughed &ha; at great length on Monday "
      "morning in the old hall.</p></article>");
  EXPECT_THAT(article.text, HasSubstr("&secret;"));
  EXPECT_THAT(article.text, HasSubstr("&ha;"));
}

TEST(HtmlContent, LeavesOutWhatIsNotTheArticle) {
  const Article article = read(report(
      "<nav><a href=/>Home</a> <a href=/news>News</a></nav>",
      "<div class=\"newsletter-signup\"><p>Hear from the harbour first: our weekly letter brings all of the "
      "news from "
      "the quay to you.</p></div>"
      "<aside><p>The ferry company has a new captain, and she has plans for the whole of the southern "
      "route.</p></aside>"
      "<p><a href=/other>Related: The mill that nobody wanted to buy is for sale again this spring</a></p>"
      "<h3>More stories</h3><ul><li><a href=/a>Storm takes a roof off the fish market in "
      "Wexcombe</a></li></ul>"));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody).size(), 2U);
}

TEST(HtmlContent, AClassNameDoesNotDeleteTheMainText) {
  const Article article = read(page("", "<h1>Pier to stay open</h1><div class=\"teaser related sidebar\">" +
                                            std::string(kFirst) + std::string(kSecond) + "</div>"));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody).size(), 2U);
}

TEST(HtmlContent, KeepsSubheadsThatHaveTextBelowThem) {
  const Article article = read(report(
      "",
      "<h2>What comes next</h2><p>The engineer has until March to say what the repairs would cost, and "
      "the board will meet again then.</p><h2>Read the minutes</h2>"));
  EXPECT_THAT(paragraphs(article, ParagraphRole::kBody), testing::Contains("What comes next"));
  EXPECT_THAT(article.text, Not(HasSubstr("Read the minutes")));
}

TEST(HtmlContent, MergesTheMainTextThatAdvertisementsSplit) {
  const Article article =
      read(page("", "<main><div>" + std::string(kFirst) + "</div><div class=ad>Buy boats</div><div>" +
                        std::string(kSecond) + "</div></main>"));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody).size(), 2U);
}

TEST(HtmlContent, ReadsThePartThatIsHiddenForSubscribers) {
  const Article article =
      read(page("", "<article itemprop=articleBody>" + std::string(kFirst) + "<div style=\"display: none\">" +
                        std::string(kSecond) + "</div></article>"));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody).size(), 2U);
}

TEST(HtmlRoles, CaptionsCreditsAndNoticesLeaveTheBody) {
  const Article article =
      read(report("<figure><img src=pier.jpg><figcaption>The pier at low water. <span>Ada Lowe's boat is on "
                  "the left.</span>"
                  "</figcaption><div class=\"photo-credit\">Mia Orr / Harbor Wire</div></figure>",
                  "<p>Correction: An earlier version of this report gave the wrong length for the pier.</p>"
                  "<p>This article was originally published by The Gull.</p><p>© 2025 Wexcombe Ledger. All "
                  "rights reserved.</p>"));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kBody).size(), 2U);
  EXPECT_THAT(paragraphs(article, ParagraphRole::kCaption),
              ElementsAre("The pier at low water. Ada Lowe's boat is on the left."));
  EXPECT_THAT(paragraphs(article, ParagraphRole::kCredit), ElementsAre("Mia Orr / Harbor Wire"));
  EXPECT_EQ(values(article, "correction").size(), 1U);
  EXPECT_THAT(values(article, "republication"),
              ElementsAre("This article was originally published by The Gull."));
  EXPECT_EQ(paragraphs(article, ParagraphRole::kCopyright).size(), 1U);
  for (const Field& field : article.fields) {
    if (field.span) {
      EXPECT_EQ(cut(article.text, *field.span), field.value);
    }
  }
}

TEST(HtmlTitle, TakesTheHeadingThatTheMetadataMean) {
  const Article article =
      read(page("<meta property=\"og:title\" content=\"Pier to stay open, board says\">",
                "<header><h1>The Wexcombe Ledger</h1></header><article><h1>Pier to stay open</h1>" +
                    std::string(kFirst) + "</article>"));
  EXPECT_EQ(article.field("title"), "Pier to stay open");
  EXPECT_EQ(article.find("title")->found_in, "h1");
}

TEST(HtmlTitle, CutsTheNameOfTheSiteOnlyOnEvidence) {
  const auto title = [](std::string_view headline) {
    return std::string(read(page("<meta property=\"og:site_name\" content=\"Wexcombe Ledger\"><title>" +
                                     std::string(headline) + "</title>",
                                 kFirst))
                           .field("title"));
  };
  EXPECT_EQ(title("Pier to stay open | Wexcombe Ledger"), "Pier to stay open");
  EXPECT_EQ(title("Pier to stay open - for now"), "Pier to stay open - for now");
}

TEST(HtmlAuthors, TheBylineConfirmsTheMetadata) {
  const std::string head =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Pier to stay open\","
      "\"author\":[{\"@type\":\"Person\",\"name\":\"Web Desk\"},{\"@type\":\"Person\",\"name\":\"Jun "
      "Park\"}],}</script>";
  const Article article = read(report("<p class=byline>By Jun Park, staff writer</p>", "", head));
  EXPECT_THAT(values(article, "author"), ElementsAre("Jun Park"));
  ASSERT_TRUE(article.find("author")->span);
  EXPECT_EQ(cut(article.text, *article.find("author")->span), "Jun Park");
  EXPECT_EQ(article.find("author")->found_in, "json-ld:author");
}

TEST(HtmlAuthors, AnAgencyIsEvidenceOfRepublication) {
  const Article article = read(report("<p class=byline>By The Associated Press</p>", ""));
  EXPECT_THAT(values(article, "republication"), ElementsAre("Associated Press"));
}

TEST(HtmlOrigin, ACanonicalLinkToAnotherSiteIsRepublication) {
  const std::string head = "<link rel=canonical href=\"https://www.gull.example/pier\">";
  const Article article = read(report("", "", head), {"https://ledger.example/pier", ""});
  EXPECT_THAT(values(article, "republication"), ElementsAre("gull.example"));
  EXPECT_THAT(values(read(report("", "", head), {"https://m.gull.example/pier", ""}), "republication"),
              IsEmpty());
}

TEST(HtmlOrigin, ReadsTheAgencyOfTheDateline) {
  const Article article = read(
      "<article><p>WEXCOMBE (AP) — The harbour board voted on Monday to keep the old pier open "
      "through the winter.</p></article>");
  EXPECT_EQ(article.field("dateline"), "WEXCOMBE (AP)");
  EXPECT_EQ(article.field("republication"), "Associated Press");
}

TEST(HtmlDates, KeepTheZoneOnlyWhenThePageGivesOne) {
  const auto published = [](std::string_view value) {
    return std::string(
        read(report("", "",
                    "<meta property=\"article:published_time\" content=\"" + std::string(value) + "\">"))
            .field("published"));
  };
  EXPECT_EQ(published("2025-08-11T09:00:00-04:00"), "2025-08-11T09:00:00-04:00");
  EXPECT_EQ(published("2025-08-11T09:00:00"), "2025-08-11T09:00:00");
  EXPECT_EQ(published("August 11, 2025"), "2025-08-11");
  EXPECT_EQ(published("soon"), "");
}

TEST(HtmlDates, TheDayOnWhichMostPlacesAgreeComesFirst) {
  const Article article =
      read(report("", "",
                  "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
                  "\"datePublished\":\"2025-08-19\"}</script>"
                  "<meta property=\"article:published_time\" content=\"2025-08-11T09:00:00Z\">"),
           {"https://ledger.example/2025/08/11/pier", ""});
  EXPECT_THAT(values(article, "published"), ElementsAre("2025-08-11T09:00:00Z", "2025-08-19"));
}

TEST(HtmlDates, ADateAfterTheCrawlIsNone) {
  const std::string head = "<meta property=\"article:published_time\" content=\"2031-01-01\">";
  EXPECT_EQ(read(report("", "", head), {"", "2025-09-01"}).field("published"), "");
}

TEST(HtmlLimits, AreErrors) {
  const auto code = [](const std::string& html, const Limits& limits = {}) {
    const auto article = article_from_html(html, {}, limits);
    return article ? std::optional<ErrorCode>() : article.error().code;
  };
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "<div>";
  EXPECT_EQ(code(deep + "text"), ErrorCode::kTooDeep);
  std::string attributes = "<p";
  for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i);
  EXPECT_EQ(code(attributes + ">text</p>"), ErrorCode::kTooLarge);
  Limits small;
  small.html_nodes = 5;
  EXPECT_EQ(code(report("", ""), small), ErrorCode::kTooLarge);
  small = {};
  small.text_bytes = 50;
  EXPECT_EQ(code(report("", ""), small), ErrorCode::kTooLarge);
  EXPECT_EQ(code(""), ErrorCode::kEmpty);
  EXPECT_EQ(code("<html><body><img src=a></body></html>"), ErrorCode::kEmpty);
}

// Pages cut and spliced at random: whatever comes out is a valid article.
TEST(HtmlText, DamagedPagesGiveValidArticles) {
  const std::string whole =
      report("<figure><figcaption>Low water — “the pier”</figcaption></figure>",
             "<p>© 2025</p><ul><li>One & two &#x1F600; &bogus; <b>three</i></ul>",
             "<script type=\"application/ld+json\">[{\"@type\":\"NewsArticle\",\"author\":\"é\"}]"
             "</script><title>Pier - é</title>");
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string html = whole;
    for (int edit = 0; edit < 4; ++edit) {
      const std::size_t from = random() % html.size();
      const std::size_t size = random() % 40;
      html = round % 2 == 0 ? html.erase(from, size)
                            : html.insert(random() % html.size(), html.substr(from, size));
    }
    const auto article = article_from_html(replace_invalid_utf8(html), {}, {});
    if (!article) continue;
    ASSERT_TRUE(is_valid_utf8(article->text));
    std::uint32_t end = 0;
    for (const Paragraph& paragraph : article->paragraphs) {
      ASSERT_GE(paragraph.span.begin, end);
      ASSERT_GT(paragraph.span.end, paragraph.span.begin);
      end = paragraph.span.end;
    }
    ASSERT_EQ(end, article->text.size());
  }
}

TEST(HtmlBoxes, AnAppealIsNoPartOfTheArticle) {
  const Article article =
      read(report("<div><b>Quay Morning</b> The tide at breakfast. <a href=\"/x\">Sign up</a></div>",
                  "<p>The paper has <a href=\"/s\">subscribed readers</a> in every street.</p>"));
  EXPECT_THAT(article.text, Not(HasSubstr("Quay Morning")));
  EXPECT_THAT(article.text, HasSubstr("subscribed readers"));
}

TEST(HtmlBoxes, AFewWordsBelowAPictureAreItsCaption) {
  const Article article =
      read(report("", "<div><div><img src=\"a.jpg\"></div><div>OLD TIMER: the pier at low water</div></div>" +
                          std::string(kSecond)));
  EXPECT_THAT(values(article, "caption"), ElementsAre("OLD TIMER: the pier at low water"));
}

TEST(HtmlBoxes, AHeadingOverLinksGoesWithThem) {
  const Article article =
      read(report("<div><h4>Also on the quay</h4><a href=\"/1\">Gulls take over fish market</a></div>", ""));
  EXPECT_THAT(article.text, Not(HasSubstr("Also on the quay")));
}

TEST(HtmlCaption, TheCreditOnItsOwnLineIsApart) {
  const Article article = read(
      report("",
             "<figure><img><figcaption>The pier in May.<span class=\"pic-credit\">Picture: Jun Park</span>"
             "</figcaption></figure>"));
  EXPECT_THAT(values(article, "caption"), ElementsAre("The pier in May."));
  EXPECT_THAT(values(article, "credit"), ElementsAre("Picture: Jun Park"));
}

TEST(HtmlTables, ATableAroundTheTextIsLayout) {
  const Article article = read(page(
      "<title>Pier to stay open - Quay Ledger, Wexcombe</title>",
      "<table><tr><td><a href=\"http://www.quayledger.example/\"><img alt=\"Quay "
      "Ledger\"></a></td></tr><tr><td>"
      "<h1>Pier to stay open</h1><p>Friday, April 17, 2026<br>By ADA LOWE, Ledger staff writer</p>" +
          std::string(kFirst) + "<p>Then it rained.</p>" + std::string(kSecond) +
          "<table><tr><td><b>Related stories</b></td></tr><tr><td><a href=\"/2\">Gulls</a></td></tr></table>"
          "</td></tr></table>"));
  EXPECT_THAT(values(article, "author"), ElementsAre("ADA LOWE"));
  EXPECT_THAT(values(article, "published"), ElementsAre("2026-04-17"));
  EXPECT_THAT(values(article, "outlet"), ElementsAre("Quay Ledger"));
  EXPECT_EQ(article.find("outlet")->found_in, "link:home");
  EXPECT_THAT(paragraphs(article, ParagraphRole::kBody), testing::SizeIs(3));
  EXPECT_THAT(article.text, Not(HasSubstr("Related stories")));
}

TEST(HtmlTitle, ALabelInTheTitleGivesWayToTheFirstHeading) {
  const Article article =
      read(page("<title>Print version</title>",
                "<h2>Pier to stay open all winter</h2>" + std::string(kFirst) + std::string(kSecond)));
  EXPECT_EQ(article.field("title"), "Pier to stay open all winter");
  EXPECT_EQ(article.find("title")->found_in, "h2");
}

TEST(HtmlSubtitle, IsTheLineThatThePageGivesAsItsDescription) {
  const std::string head = "<meta name=\"description\" content=\"The board heard every trader on the quay\">";
  const Article article = read(report("<div>The board heard every trader on the quay</div>", "", head));
  EXPECT_THAT(paragraphs(article, ParagraphRole::kSubtitle),
              ElementsAre("The board heard every trader on the quay"));
}

}  // namespace
}  // namespace onrecord
