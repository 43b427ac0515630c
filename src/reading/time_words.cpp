#include "reading/time_words.h"

#include <algorithm>
#include <charconv>

#include "language/characters.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::size_t kLongest = 16;  // bytes of the longest word in the list; longer words are none of time
constexpr std::uint8_t kGrouped = 255;

using Kind = TimeWordKind;

constexpr auto kKinds = std::to_array<std::pair<std::string_view, Kind>>({
    {"month", Kind::kMonth},
    {"month_short", Kind::kMonthShort},
    {"weekday", Kind::kWeekday},
    {"weekday_short", Kind::kWeekdayShort},
    {"weekdays", Kind::kWeekdays},
    {"unit", Kind::kUnit},
    {"units", Kind::kUnits},
    {"season", Kind::kSeason},
    {"day_part", Kind::kDayPart},
    {"day_parts", Kind::kDayParts},
    {"clock", Kind::kClock},
    {"meridiem", Kind::kMeridiem},
    {"zone", Kind::kZone},
    {"number", Kind::kNumber},
    {"tens", Kind::kTens},
    {"hundred", Kind::kHundred},
    {"ordinal", Kind::kOrdinal},
    {"some", Kind::kSome},
    {"half", Kind::kHalf},
    {"article", Kind::kArticle},
    {"the", Kind::kThe},
    {"this", Kind::kThis},
    {"that", Kind::kThat},
    {"these", Kind::kThese},
    {"those", Kind::kThese},
    {"last", Kind::kLast},
    {"next", Kind::kNext},
    {"same", Kind::kSame},
    {"before_it", Kind::kBeforeIt},
    {"after_it", Kind::kAfterIt},
    {"current", Kind::kCurrent},
    {"early", Kind::kEarly},
    {"late", Kind::kLate},
    {"mid", Kind::kMid},
    {"edge_start", Kind::kEdgeStart},
    {"edge_end", Kind::kEdgeEnd},
    {"edge_rest", Kind::kEdgeRest},
    {"part_of", Kind::kPartOf},
    {"ago", Kind::kAgo},
    {"afterwards", Kind::kAfterwards},
    {"previously", Kind::kPreviously},
    {"before", Kind::kBefore},
    {"after", Kind::kAfter},
    {"from", Kind::kFrom},
    {"every", Kind::kEvery},
    {"per", Kind::kPer},
    {"approximately", Kind::kApproximately},
    {"more", Kind::kMore},
    {"than", Kind::kThan},
    {"at", Kind::kAt},
    {"least", Kind::kLeast},
    {"period", Kind::kPeriod},
    {"times", Kind::kTimes},
    {"old", Kind::kOld},
    {"now", Kind::kNow},
    {"recently", Kind::kRecently},
    {"recent", Kind::kRecent},
    {"former", Kind::kFormer},
    {"future", Kind::kFuture},
    {"today", Kind::kToday},
    {"tonight", Kind::kTonight},
    {"overnight", Kind::kOvernight},
    {"set", Kind::kSet},
    {"bc", Kind::kBc},
    {"ad", Kind::kAd},
    {"dated", Kind::kDated},
    {"ahead", Kind::kAhead},
    {"behind", Kind::kBehind},
});

constexpr auto kUnits = std::to_array<std::pair<std::string_view, TimeUnit>>({
    {"second", TimeUnit::kSecond},
    {"minute", TimeUnit::kMinute},
    {"hour", TimeUnit::kHour},
    {"day", TimeUnit::kDay},
    {"weekend", TimeUnit::kWeekend},
    {"week", TimeUnit::kWeek},
    {"fortnight", TimeUnit::kFortnight},
    {"month", TimeUnit::kMonth},
    {"quarter", TimeUnit::kQuarter},
    {"year", TimeUnit::kYear},
    {"decade", TimeUnit::kDecade},
    {"century", TimeUnit::kCentury},
    {"millennium", TimeUnit::kMillennium},
});

constexpr auto kSeasons = std::to_array<std::pair<std::string_view, Season>>(
    {{"SP", Season::kSpring}, {"SU", Season::kSummer}, {"FA", Season::kAutumn}, {"WI", Season::kWinter}});

template <typename Table>
int looked_up(const Table& table, std::string_view name) {
  const auto* const found = std::ranges::find(table, name, [](const auto& row) { return row.first; });
  return found == table.end() ? 0 : static_cast<int>(found->second);
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// "12-25", "easter -2", "nth 4 4 11 +1", "-".
NamedDay rule_of(std::string_view told) {
  NamedDay day;
  if (told.size() == 5 && told[2] == '-') {
    day.rule = NamedDay::Rule::kFixed;
    day.numbers = {number(told.substr(0, 2)).value_or(1), number(told.substr(3)).value_or(1), 0, 0};
    return day;
  }
  const bool easter = told.starts_with("easter ");
  if (!easter && !told.starts_with("nth ")) return day;
  day.rule = easter ? NamedDay::Rule::kEaster : NamedDay::Rule::kNth;
  std::size_t at = told.find(' ') + 1;
  for (std::size_t i = 0; i < day.numbers.size() && at <= told.size(); ++i) {
    const std::size_t end = std::min(told.find(' ', at), told.size());
    day.numbers[i] = number(told.substr(at, end - at)).value_or(0);
    at = end + 1;
  }
  return day;
}

/// The mark at `at` as one ASCII character; other characters, and white space, are '\0'.
char mark_of(char32_t code_point) {
  if (code_point < 0x80) return static_cast<char>(code_point);
  if (code_point >= 0x2010 && code_point <= 0x2015) return '-';
  if (code_point == 0x2212) return '-';
  if (code_point == 0x2018 || code_point == 0x2019) return '\'';
  if (code_point == 0x201C || code_point == 0x201D) return '"';
  if (code_point == 0x20AC || code_point == 0xA3 || code_point == 0xA5) return '$';
  return '?';
}

}  // namespace

std::optional<Date> date_in(const NamedDay& day, int year) {
  using std::chrono::days;
  using std::chrono::sys_days;
  const auto& n = day.numbers;
  if (day.rule == NamedDay::Rule::kNone || year < 1) return std::nullopt;
  if (day.rule == NamedDay::Rule::kFixed)
    return Date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(n[0])),
                std::chrono::day(static_cast<unsigned>(n[1]))};
  if (day.rule == NamedDay::Rule::kEaster) return Date{sys_days{easter(year)} + days(n[0])};
  constexpr int kLastOfMonth = 5;
  const std::chrono::weekday weekday(static_cast<unsigned>(n[1]));
  const auto month = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(n[2]));
  const sys_days nth = n[0] == kLastOfMonth ? sys_days{month / weekday[std::chrono::last]}
                                            : sys_days{month / weekday[static_cast<unsigned>(n[0])]};
  return Date{nth + days(n[3])};
}

TimeLexicon::TimeLexicon(const WordLists& lists) {
  for (const auto& row : lists.rows("time_words")) {
    if (row.size() < 2) continue;
    Known known{static_cast<Kind>(looked_up(kKinds, row[1])), 0, row.size() > 2 ? row[2] : row[0]};
    if (known.kind == Kind::kUnit || known.kind == Kind::kUnits)
      known.value = looked_up(kUnits, known.told);
    else if (known.kind == Kind::kSeason)
      known.value = looked_up(kSeasons, known.told);
    else
      known.value = number(known.told).value_or(0);
    known_.insert_or_assign(row[0], std::move(known));
  }
  for (const auto& row : lists.rows("named_days")) {
    if (row.size() < 2) continue;
    days_.insert_or_assign(row[0], rule_of(row[1]));
    const std::string first = row[0].substr(0, row[0].find_first_of(" '."));
    std::size_t& longest = longest_day_[first];
    longest = std::max(longest, row[0].size());
  }
}

void TimeLexicon::know(TimeWord& word, std::string_view text) const {
  if (text.size() > kLongest) return;
  const auto found = known_.find(folded(text));
  if (found == known_.end()) return;
  word.kind = found->second.kind;
  word.value = found->second.value;
  word.told = found->second.told;
}

void TimeLexicon::add_words(std::string_view text, Span paragraph, std::vector<TimeWord>& words) const {
  std::uint32_t at = paragraph.begin;
  bool glued = false;
  while (at < paragraph.end) {
    const char c = text[at];
    if (is_ascii_space(c)) {
      ++at;
      glued = false;
      continue;
    }
    TimeWord word;
    word.is_glued = std::exchange(glued, true);
    std::uint32_t end = at + decode_at(text, at).size;
    if (is_ascii_digit(c)) {
      // 1. Digits, thousands in groups of three, and an ending: "10,000", "21st", "1980s".
      word.kind = Kind::kDigits;
      const auto digits_to = [&](std::uint32_t from) {
        while (from < paragraph.end && is_ascii_digit(text[from])) ++from;
        return from;
      };
      end = digits_to(at);
      while (end + 3 < paragraph.end && text[end] == ',' && digits_to(end + 1) == end + 4 && end - at <= 12) {
        end += 4;
        word.digits = kGrouped;
      }
      for (std::uint32_t i = at; i < end && i < at + 9; ++i)
        if (is_ascii_digit(text[i])) word.value = 10 * word.value + (text[i] - '0');
      if (word.digits == 0) word.digits = static_cast<std::uint8_t>(std::min(end - at, kGrouped - 1U));
      std::uint32_t letters = end;
      while (letters < paragraph.end && is_ascii_letter(text[letters])) ++letters;
      const std::string_view ending = text.substr(end, letters - end);
      if (ending == "st" || ending == "nd" || ending == "rd" || ending == "th") word.ending = 't';
      if (ending == "s") word.ending = 's';
      // "1980's", as some print it.
      if (end + 1 < paragraph.end && text[end] == '\'' && text[end + 1] == 's' &&
          (end + 2 == paragraph.end || !is_ascii_letter(text[end + 2])) && word.digits == 4 &&
          word.value % 10 == 0) {
        word.ending = 's';
        letters = end + 2;
      }
      if (word.ending != 0) end = letters;
    } else {
      const CodePoint first = decode_at(text, at);
      if (is_ascii_letter(c) || (first.value >= 0x80 && is_letter(first.value))) {
        // 2. Letters; single ones with periods are one word: "p.m.", "B.C."
        const auto letters_to = [&](std::uint32_t from) {
          while (from < paragraph.end) {
            if (is_ascii_letter(text[from])) {
              ++from;
              continue;
            }
            if (static_cast<unsigned char>(text[from]) < 0x80) break;
            const CodePoint next = decode_at(text, from);
            if (!is_letter(next.value)) break;
            from += next.size;
          }
          return from;
        };
        end = letters_to(at);
        while (end == at + 1 || (end > at + 1 && text[end - 2] == '.')) {
          if (end + 1 >= paragraph.end || text[end] != '.' || !is_ascii_letter(text[end + 1]) ||
              letters_to(end + 1) != end + 2)
            break;
          end += 2;
        }
        word.is_capital = is_upper(first.value);
        know(word, text.substr(at, end - at));
        const bool dotted = end - at >= 3 && text[at + 1] == '.';
        if (dotted && end < paragraph.end && text[end] == '.') ++end;
      } else if (first.value >= 0x80 && is_space(first.value)) {
        at += first.size;
        glued = false;
        continue;
      } else {
        word.kind = Kind::kMark;
        word.mark = mark_of(first.value);
      }
    }
    word.span = {at, end};
    words.push_back(word);
    at = end;
  }
  TimeWord end_of_paragraph;
  end_of_paragraph.kind = Kind::kBreak;
  end_of_paragraph.span = {paragraph.end, paragraph.end};
  words.push_back(end_of_paragraph);
}

std::pair<const NamedDay*, std::uint32_t> TimeLexicon::named_day(std::string_view text,
                                                                 const std::vector<TimeWord>& words,
                                                                 std::uint32_t at) const {
  const auto longest = longest_day_.find(folded(cut(text, words[at].span)));
  if (longest == longest_day_.end()) return {nullptr, at};
  std::pair<const NamedDay*, std::uint32_t> found{nullptr, at};
  std::string name;
  for (std::uint32_t i = at; i < words.size() && words[i].kind != Kind::kBreak; ++i) {
    if (i > at && !words[i].is_glued) name += ' ';
    name += folded(cut(text, words[i].span));
    if (name.size() > longest->second) break;
    if (const auto day = days_.find(name); day != days_.end()) found = {&day->second, i + 1};
  }
  return found;
}

}  // namespace onrecord
