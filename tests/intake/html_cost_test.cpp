// Counted work on pages made to be costly: twice the page, twice the work.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "intake/html_blocks.h"
#include "intake/html_content.h"
#include "intake/html_title.h"

namespace onrecord {
namespace {

std::uint64_t steps(const std::string& html) {
  Limits limits;
  limits.html_nodes = 10'000'000;
  const auto tree = HtmlTree::parse(html, limits);
  if (!tree) return html.size();  // refused: it was read once
  const HtmlBlocks blocks = shown_blocks(*tree);
  const PageContent content = main_content(*tree, blocks, kNoNode, {});
  return tree->size() + blocks.steps + content.steps;
}

std::string repeated(std::string_view part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

class HtmlCost : public testing::TestWithParam<std::string_view> {};

TEST_P(HtmlCost, GrowsAsThePageDoes) {
  constexpr int kTimes = 20'000;
  const auto once = static_cast<double>(steps("<body>" + repeated(GetParam(), kTimes)));
  const auto twice = static_cast<double>(steps("<body>" + repeated(GetParam(), 2 * kTimes)));
  EXPECT_LT(twice / once, 2.5);
}

INSTANTIATE_TEST_SUITE_P(Families, HtmlCost,
                         testing::Values("<div>", "<b>", "<p>", "<li>a", "</i>", "<b></i>", "<a href=x>y",
                                         "<table>", "<p>a</p>", "<article><p>a</article>", "<br>", "&amp;",
                                         "<!-- -->", "<h1>a</h1>", "<span class=\"related share\">a</span>",
                                         "<font><p>a"));

TEST(HtmlCostOfBytes, OfOneLongAttribute) {
  const auto html = [](int times) {
    return "<p class=\"" + repeated("related-story ", times) + "\">text</p>";
  };
  EXPECT_LT(static_cast<double>(steps(html(40'000))) / static_cast<double>(steps(html(20'000))), 2.5);
}

}  // namespace
}  // namespace onrecord
