// What holds for the time expressions of any text, and what they cost. What they are is told by
// tests/cases/times.
#include "reading/time_expressions.h"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr double kGrowth = 2.5;  // steps(2n) / steps(n); 2 would be exactly linear

TimeReading read(const std::string& text, const std::optional<Date>& published = date_of("2026-03-09")) {
  static const TimeReader reader{WordLists{}};
  const Paragraph whole{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody};
  return reader.read(text, {whole}, published);
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (const TimeExpression& time : read(text).expressions) words.emplace_back(cut(text, time.span));
  return words;
}

struct Family {
  const char* name;
  std::string unit;
};
void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }

std::uint64_t steps_of(const Family& family, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += family.unit;
  return read(text).steps;
}

class TimeCost : public testing::TestWithParam<Family> {};

TEST_P(TimeCost, GrowsWithTheText) {
  const auto once = static_cast<double>(steps_of(GetParam(), 2000));
  const auto twice = static_cast<double>(steps_of(GetParam(), 4000));
  ASSERT_GT(once, 0);
  EXPECT_LT(twice / once, kGrowth) << GetParam().name << ": " << once << " -> " << twice;
}

INSTANTIATE_TEST_SUITE_P(Families, TimeCost,
                         testing::Values(Family{"months", "May and "}, Family{"days", "4-"},
                                         Family{"weekdays", "Friday, "}, Family{"edges", "the end of the "},
                                         Family{"early", "early "}, Family{"periods", "a period of "},
                                         Family{"numbers", "two or "}, Family{"digits", "1914-"},
                                         Family{"references", "that same "}, Family{"articles", "the "},
                                         Family{"every", "every "}, Family{"more_than", "more than "},
                                         Family{"names", "Christmas "}, Family{"units", "two years and "},
                                         Family{"clock", "5:30 "}, Family{"plain", "the rain fell "}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(TimeExpressions, AreInOrderAndCutWholeCodePoints) {
  // Every mix of words of time, marks and letters of more than one byte.
  const std::vector<std::string> parts = {
      "May",  "4",          "1942",   "the",         "end", "of",    "–",     "“",    "é",     "Friday",
      "last", "two",        "years",  "ago",         ",",   ".",     "5:30",  "p.m.", "Ñandú", "’s",
      "BC",   "490",        "1980s",  "mid",         "-",   "every", "week",  "Good", "31st",  "\u00a0",
      "\n",   "2026-03-09", "10,000", "99999999999", "a",   "later", "Sept.", "'80s"};
  std::mt19937 draw(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += parts[draw() % parts.size()] + (draw() % 4 == 0 ? "" : " ");
    std::uint32_t end = 0;
    for (const TimeExpression& time : read(text).expressions) {
      ASSERT_TRUE(cuts(text, time.span)) << text;
      ASSERT_GE(time.span.begin, end) << text;
      ASSERT_FALSE(time.value.empty()) << cut(text, time.span) << " in " << text;
      if (time.interval) {
        ASSERT_TRUE(time.interval->first.ok() && time.interval->last.ok()) << cut(text, time.span);
        ASSERT_LE(time.interval->first, time.interval->last) << cut(text, time.span);
      }
      end = time.span.end;
    }
  }
}

TEST(TimeExpressions, OfAParagraphEndWithIt) {
  const std::string text = "It closed in May\n\n1942 soldiers came";
  static const TimeReader reader{WordLists{}};
  const std::vector<Paragraph> paragraphs = {{{0, 16}, ParagraphRole::kBody},
                                             {{18, 36}, ParagraphRole::kBody}};
  const TimeReading reading = reader.read(text, paragraphs, std::nullopt);
  ASSERT_EQ(reading.expressions.size(), 1U);
  EXPECT_EQ(cut(text, reading.expressions[0].span), "May");
}

TEST(TimeExpressions, AreTheSameWithoutPublication) {
  const std::string text = "On Friday, in May and two years ago he said so.";
  const auto with = read(text).expressions;
  const auto without = read(text, std::nullopt).expressions;
  ASSERT_EQ(with.size(), without.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    EXPECT_EQ(with[i].span, without[i].span);
    EXPECT_FALSE(without[i].interval) << without[i].value;
  }
}

TEST(TimeExpressions, LeaveNumbersAlone) {
  EXPECT_TRUE(
      words_of("He ran 1500 m, paid $2000, won 3:2 and lost 4.5 kg; page 1942/43, No. 1942.").empty());
}

TEST(Calendar, CountsOverTheEdges) {
  const auto day = day_point(*date_of("2024-02-29"));
  EXPECT_EQ(value_of(*shifted(day, TimeUnit::kDay, 1)), "2024-03-01");
  EXPECT_EQ(value_of(*shifted(day, TimeUnit::kMonth, -2)), "2023-12");
  EXPECT_EQ(value_of(*shifted(day, TimeUnit::kQuarter, -1)), "2023-Q4");
  EXPECT_EQ(value_of(*containing(day_point(*date_of("2027-01-01")), TimeUnit::kWeek)), "2026-W53");
  EXPECT_EQ(value_of(*shifted(year_point(-489), TimeUnit::kYear, 1)), "BC0489");
  EXPECT_EQ(value_of(*containing(year_point(-489), TimeUnit::kDecade)), "BC049");
  EXPECT_EQ(value_of(*containing(year_point(-489), TimeUnit::kCentury)), "BC04");
  EXPECT_FALSE(shifted(year_point(1942), TimeUnit::kDay, 1));
  EXPECT_FALSE(shifted(year_point(1942), TimeUnit::kYear, 2'000'000'000));
}

TEST(Calendar, EasterMoves) {
  // Known Easters; 25 April is the latest that there can be.
  EXPECT_EQ(iso_of(easter(2000)), "2000-04-23");
  EXPECT_EQ(iso_of(easter(2024)), "2024-03-31");
  EXPECT_EQ(iso_of(easter(2025)), "2025-04-20");
  EXPECT_EQ(iso_of(easter(1943)), "1943-04-25");
}

}  // namespace
}  // namespace onrecord
