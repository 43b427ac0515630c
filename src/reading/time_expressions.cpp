#include "reading/time_expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace onrecord {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using Kind = TimeWordKind;

constexpr int kWeek = 7;
/// A text is a narrative when the dates that it tells of years long over weigh this much, and so much for
/// each word that looks from the day of writing ("Friday", "last week"). A year alone weighs 1: the news has
/// them too ("the 2008 primary"); a month or a day of it weighs 4.
constexpr int kNarrativeWeight = 20;
constexpr int kWeightForEachDeictic = 20;
constexpr int kDayWeight = 4;
constexpr int kOldYears = 2;    // years before publication from which a date is old
constexpr int kLongOver = 300;  // days
constexpr int kSoon = 60;
constexpr std::uint32_t kCueReach = 12;  // words of a sentence in which a verb tells what is to come
constexpr unsigned kLateMonth = 10;      // from this month on a story may cross into the next year ...
constexpr unsigned kEarlyMonth = 4;      // ... when it goes on with a month up to this one

struct Anchored {
  std::optional<CalendarPoint> point;
  DateBasis basis = DateBasis::kUnresolved;
  std::string_view reason;
};

CalendarPoint point_of(const TimePhrase& phrase, int year) {
  CalendarPoint point{phrase.grain, year};
  point.month = phrase.month;
  point.day = phrase.day;
  point.part = phrase.part;
  return point;
}

bool is_real(const CalendarPoint& point) {
  if (point.grain > Grain::kDay) return true;
  return Date{std::chrono::year(point.year), std::chrono::month(point.month), std::chrono::day(point.day)}
      .ok();
}

/// The point of a phrase in a year; none when that year has no such day.
std::optional<CalendarPoint> in_year(const TimePhrase& phrase, int year) {
  if (phrase.named != nullptr) {
    const auto date = date_in(*phrase.named, year);
    return date ? std::optional(day_point(*date)) : std::nullopt;
  }
  const CalendarPoint point = point_of(phrase, year);
  return is_real(point) ? std::optional(point) : std::nullopt;
}

int year_of(const CalendarPoint& point) { return point.year; }

/// Resolves the phrases of one text, in order: what one tells is what the next goes on from.
class Resolver {
 public:
  Resolver(const TimeWords& words, const std::vector<TimePhrase>& phrases,
           const std::optional<Date>& published)
      : words_(words), phrases_(phrases), published_(published) {}

  TimeReading run() {
    decide_mode();
    reading_.expressions.reserve(phrases_.size());
    for (std::size_t i = 0; i < phrases_.size(); ++i) resolve(i);
    return std::move(reading_);
  }

 private:
  // --- mode ------------------------------------------------------------------------------------------------

  void decide_mode() {
    int days_told = 0;
    int years_told = 0;
    int deictic = 0;
    for (const TimePhrase& phrase : phrases_) {
      if (looks_from_writing(phrase)) ++deictic;
      if (is_old(phrase)) ++(phrase.month > 0 || *phrase.year <= 0 ? days_told : years_told);
    }
    const int weight = kDayWeight * days_told + years_told;
    const bool narrative = weight >= kNarrativeWeight && weight >= kWeightForEachDeictic * deictic;
    reading_.mode = narrative ? TimeMode::kNarrative : TimeMode::kNews;
    reading_.mode_reason =
        fmt::format("{} days or months and {} years {}, {} that look from the day of writing", days_told,
                    years_told, published_ ? "long over at publication" : "are told", deictic);
  }
  /// Whether a year is told, with a month or alone, that was long over when the text was written.
  [[nodiscard]] bool is_old(const TimePhrase& phrase) const {
    if (phrase.told != TimeTold::kPoint || !phrase.year || phrase.is_short_year) return false;
    return !published_ || *phrase.year <= static_cast<int>(published_->year()) - kOldYears;
  }
  /// "Friday", "yesterday", "last week", "two months ago". "Today" and "this year" are in quoted speech and
  /// in looks at the present as well.
  [[nodiscard]] static bool looks_from_writing(const TimePhrase& phrase) {
    if (!phrase.is_deictic) return false;
    if (phrase.told == TimeTold::kPoint) return phrase.weekday >= 0;
    if (phrase.told == TimeTold::kFixed || phrase.unit > TimeUnit::kMonth) return false;
    return phrase.count != 0 || phrase.which != Which::kUntold;
  }
  [[nodiscard]] bool is_narrative() const { return reading_.mode == TimeMode::kNarrative; }

  // --- anchors ---------------------------------------------------------------------------------------------

  [[nodiscard]] std::optional<CalendarPoint> publication() const {
    return published_ ? std::optional(day_point(*published_)) : std::nullopt;
  }
  /// What "last year", "ago" and the like count from, and how that is known.
  [[nodiscard]] Anchored anchor(CountedFrom from) const {
    if (from == CountedFrom::kPublication && !is_narrative())
      return {publication(), DateBasis::kRelative, "counted from the day of publication"};
    return {told_, DateBasis::kInherited, "counted from the date told before"};
  }

  // --- what is to come -------------------------------------------------------------------------------------

  enum class Cue : std::uint8_t { kNone, kAhead, kBehind };

  /// What the nearest verb of the sentence says of the phrase: WILL open in May, OPENED in May. A verb before
  /// it counts whatever it is; after it only "will", for what else follows may go on to something new.
  [[nodiscard]] Cue cue_of(const TimePhrase& phrase) const {
    const auto& all = words_.words;
    for (std::uint32_t i = 1; i <= kCueReach && i <= phrase.first; ++i) {
      const TimeWord& word = all[phrase.first - i];
      if (ends_sentence(word)) break;
      if (word.kind == Kind::kAhead || word.kind == Kind::kNext) return Cue::kAhead;
      if (is_past(word)) return Cue::kBehind;
    }
    const bool owns =
        phrase.last < all.size() && all[phrase.last].kind == Kind::kMark && all[phrase.last].mark == '\'';
    for (std::uint32_t i = phrase.last; !owns && i < all.size() && i < phrase.last + kCueReach / 2; ++i) {
      if (ends_sentence(all[i])) break;
      if (all[i].told == "will" || all[i].told == "shall") return Cue::kAhead;
      if (is_past(all[i])) return Cue::kBehind;
    }
    return Cue::kNone;
  }
  [[nodiscard]] static bool ends_sentence(const TimeWord& word) {
    return word.kind == Kind::kBreak ||
           (word.kind == Kind::kMark && (word.mark == '.' || word.mark == '!' || word.mark == '?'));
  }
  [[nodiscard]] bool is_past(const TimeWord& word) const {
    return word.kind == Kind::kBehind ||
           (word.kind == Kind::kOther && !word.is_capital && cut(words_.text, word.span).ends_with("ed"));
  }

  // --- points ----------------------------------------------------------------------------------------------

  /// A month, day or season without its year, seen from publication: the last one, and the first to come.
  [[nodiscard]] std::pair<std::optional<CalendarPoint>, std::optional<CalendarPoint>> around_publication(
      const TimePhrase& phrase) const {
    const int year = static_cast<int>(published_->year());
    std::optional<CalendarPoint> back;
    std::optional<CalendarPoint> ahead;
    for (int candidate = year - kReachYears; candidate <= year + kReachYears; ++candidate) {
      const auto point = in_year(phrase, candidate);
      if (!point) continue;
      const DayInterval covered = days_of(*point);
      if (covered.first <= *published_) back = point;
      if (!ahead && covered.last >= *published_) ahead = point;
    }
    return {back, ahead};
  }

  [[nodiscard]] bool is_nearer_ahead(const CalendarPoint& back, const CalendarPoint& ahead) const {
    const sys_days today{*published_};
    return sys_days{days_of(ahead).first} - today < today - sys_days{days_of(back).last};
  }

  [[nodiscard]] bool is_nearly_a_year(const CalendarPoint& back, const CalendarPoint& ahead) const {
    const sys_days today{*published_};
    return today - sys_days{days_of(back).last} > days(kLongOver) &&
           sys_days{days_of(ahead).first} - today < days(kSoon);
  }

  Anchored resolve_point(std::size_t index, TimeExpression& made) {
    const TimePhrase& phrase = phrases_[index];
    if (phrase.weekday >= 0 && phrase.month == 0) return resolve_weekday(phrase, made);
    if (phrase.year) {
      if (phrase.is_short_year && (!told_ || told_->year > 0)) return {};
      return {in_year(phrase, *phrase.year), DateBasis::kExplicit, "the date is told"};
    }
    if (phrase.year_is != Which::kUntold) return resolve_of_year(phrase);
    if (phrase.which != Which::kUntold) return resolve_which(phrase);
    if (is_narrative()) return resolve_in_narrative(index);
    if (!published_) return {};
    const auto [back, ahead] = around_publication(phrase);
    made.over = back;
    made.to_come = ahead;
    const Cue cue = cue_of(phrase);
    if (cue == Cue::kAhead)
      return {ahead, DateBasis::kRelative, "the first such date not before publication"};
    // A day that was over most of a year ago is told with its year; soon to come, it is not.
    const bool day = back && ahead && days_of(*back).first == days_of(*back).last;
    if (day && is_nearly_a_year(*back, *ahead))
      return {ahead, DateBasis::kRelative, "the first such date not before publication"};
    // Without a verb that tells, a date nearer to come than over may be either.
    if (cue == Cue::kNone && back && ahead && is_nearer_ahead(*back, *ahead)) return {};
    return {back, DateBasis::kRelative, "the last such date not after publication"};
  }

  /// "September of that year", "the spring of next year".
  Anchored resolve_of_year(const TimePhrase& phrase) const {
    const bool from_text = phrase.year_is == Which::kSame || phrase.year_is == Which::kFollowing ||
                           phrase.year_is == Which::kPrevious;
    Anchored from = anchor(from_text ? CountedFrom::kText : CountedFrom::kPublication);
    if (!from.point) return {};
    const int shift = phrase.year_is == Which::kNext || phrase.year_is == Which::kFollowing  ? 1
                      : phrase.year_is == Which::kLast || phrase.year_is == Which::kPrevious ? -1
                                                                                             : 0;
    if (from.point->grain > Grain::kYear) return {};
    from.point = in_year(phrase, year_of(*from.point) + shift);
    return from;
  }

  /// "last May", "next summer", "the following spring", "that summer".
  Anchored resolve_which(const TimePhrase& phrase) const {
    const bool from_text =
        phrase.which == Which::kSame || phrase.which == Which::kFollowing || phrase.which == Which::kPrevious;
    Anchored from = anchor(from_text ? CountedFrom::kText : CountedFrom::kPublication);
    if (!from.point || from.point->grain > Grain::kYear) return {};
    const DayInterval anchor_days = days_of(*from.point);
    const int year = year_of(*from.point);
    std::optional<CalendarPoint> found;
    switch (phrase.which) {
      case Which::kThis:
      case Which::kSame:
        found = in_year(phrase, year);
        break;
      case Which::kNext:
      case Which::kFollowing:
        // The first one that begins after the anchor is over; after a year, that of the next year.
        for (int y = year; y <= year + 1 && !found; ++y) {
          const auto point = in_year(phrase, y);
          if (point && days_of(*point).first > anchor_days.last) found = point;
        }
        break;
      case Which::kLast:
      case Which::kPrevious:
        for (int y = year; y >= year - 1 && !found; --y) {
          const auto point = in_year(phrase, y);
          if (point && days_of(*point).last < anchor_days.first) found = point;
        }
        break;
      case Which::kUntold:
        break;
    }
    from.point = found;
    return from;
  }

  /// A month, day or season that goes on from the date told last.
  Anchored resolve_in_narrative(std::size_t index) const {
    const TimePhrase& phrase = phrases_[index];
    // "from October to March": the second one goes on from what was told, the first is before it.
    if (index + 1 < phrases_.size()) {
      const TimePhrase& next = phrases_[index + 1];
      const bool before_next = next.first == phrase.last + 1 && next.told == TimeTold::kPoint && !next.year &&
                               next.which == Which::kUntold && next.year_is == Which::kUntold &&
                               next.month > 0 && next.month < phrase.month &&
                               ranges(words_.words[phrase.last]);
      if (before_next) {
        const auto year = narrative_year(next);
        if (!year) return {};
        return {in_year(phrase, *year - 1), DateBasis::kInherited,
                "in the year before the date told with it"};
      }
    }
    const auto year = narrative_year(phrase);
    if (!year) return {};
    return {in_year(phrase, *year), DateBasis::kInherited, "in the year of the date told before"};
  }
  [[nodiscard]] bool ranges(const TimeWord& word) const {
    const std::string_view text = cut(words_.text, word.span);
    return text == "to" || text == "until" || text == "through" ||
           (word.kind == Kind::kMark && word.mark == '-');
  }

  /// The year that was told last; of a month early in the year after one late in the year, the next one:
  /// "In December ... In January".
  [[nodiscard]] std::optional<int> narrative_year(const TimePhrase& phrase) const {
    if (!year_told_) return std::nullopt;
    const bool crosses = month_told_ && month_told_->year == *year_told_ &&
                         month_told_->month >= kLateMonth && phrase.month > 0 && phrase.month <= kEarlyMonth;
    return crosses ? *year_told_ + 1 : *year_told_;
  }

  Anchored resolve_weekday(const TimePhrase& phrase, TimeExpression& made) const {
    const auto target = static_cast<unsigned>(phrase.weekday);
    const auto on = [&](sys_days day) { return std::optional(day_point(Date{day})); };
    if (is_narrative() || phrase.which == Which::kFollowing || phrase.which == Which::kPrevious ||
        phrase.which == Which::kSame) {
      if (!told_ || told_->grain > Grain::kDay) return {};
      const sys_days day{Date{std::chrono::year(told_->year), std::chrono::month(told_->month),
                              std::chrono::day(told_->day)}};
      const unsigned ahead = (target + kWeek - std::chrono::weekday(day).c_encoding()) % kWeek;
      const bool back = phrase.which == Which::kLast || phrase.which == Which::kPrevious;
      const int shift = back                                              ? static_cast<int>(ahead) - kWeek
                        : ahead == 0 && phrase.which == Which::kFollowing ? kWeek
                                                                          : static_cast<int>(ahead);
      return {on(day + days(shift)), DateBasis::kInherited, "the next such day after the date told before"};
    }
    if (!published_) return {};
    const sys_days day{*published_};
    const unsigned own = std::chrono::weekday(day).c_encoding();
    const int back = static_cast<int>((own + kWeek - target) % kWeek);
    const int ahead = static_cast<int>((target + kWeek - own) % kWeek);
    switch (phrase.which) {
      case Which::kLast:
        return {on(day - days(back == 0 ? kWeek : back)), DateBasis::kRelative,
                "the last such day before publication"};
      case Which::kNext: {
        // "Next Friday" on a Monday: this week's or the next one's. Only what both mean is a day.
        const unsigned monday = (own + kWeek - 1) % kWeek;
        const unsigned target_monday = (target + kWeek - 1) % kWeek;
        if (target_monday > monday) return {};
        return {on(day + days(ahead == 0 ? kWeek : ahead)), DateBasis::kRelative,
                "the next such day after publication"};
      }
      case Which::kThis: {
        const int monday = static_cast<int>((own + kWeek - 1) % kWeek);
        const int target_monday = static_cast<int>((target + kWeek - 1) % kWeek);
        return {on(day + days(target_monday - monday)), DateBasis::kRelative,
                "that day in the week of publication"};
      }
      default:
        break;
    }
    made.over = on(day - days(back));
    made.to_come = on(day + days(ahead));
    if (cue_of(phrase) == Cue::kAhead)
      return {made.to_come, DateBasis::kRelative, "the first such day not before publication"};
    return {made.over, DateBasis::kRelative, "the last such day not after publication"};
  }

  // --- counted ---------------------------------------------------------------------------------------------

  Anchored resolve_units(const TimePhrase& phrase) const {
    Anchored from = anchor(phrase.from);
    // "Yesterday" in a narrative is somebody's, and nobody says when.
    const bool day_of_writing = phrase.from == CountedFrom::kPublication && phrase.which == Which::kUntold;
    if (is_narrative() && day_of_writing) return {};
    if (!from.point) return {};
    from.point = shifted(*from.point, phrase.unit, phrase.count);
    return from;
  }

  // --- parts of a day --------------------------------------------------------------------------------------

  /// A clock's time or a part of a day without its day has that of the date beside it in the sentence.
  [[nodiscard]] std::optional<CalendarPoint> day_beside(std::size_t index) const {
    const TimePhrase& phrase = phrases_[index];
    if (index + 1 < phrases_.size()) {
      const TimePhrase& next = phrases_[index + 1];
      const bool near = next.first <= phrase.last + 4 && same_sentence(phrase.last, next.first);
      if (near && next.told == TimeTold::kPoint && next.grain == Grain::kDay && next.year)
        return in_year(next, *next.year);
      if (near && next.told == TimeTold::kPoint && next.weekday >= 0 && next.month == 0) {
        TimeExpression unused;
        return resolve_weekday(next, unused).point;
      }
    }
    if (index > 0 && told_day_ && told_day_at_ == index - 1 &&
        same_sentence(phrases_[index - 1].last, phrase.first))
      return told_day_;
    return std::nullopt;
  }
  [[nodiscard]] bool same_sentence(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i < to && i < from + 2 * kCueReach; ++i) {
      const TimeWord& word = words_.words[i];
      if (word.kind == Kind::kBreak || (word.kind == Kind::kMark && word.mark == '.')) return false;
    }
    return to <= from + 2 * kCueReach;
  }

  // --- values ----------------------------------------------------------------------------------------------

  /// The value with X for what is not known.
  [[nodiscard]] static std::string unresolved_value(const TimePhrase& phrase) {
    const std::string time = std::string(phrase.hours) + phrase.clock;
    if (phrase.weekday >= 0 && phrase.month == 0)
      return fmt::format("XXXX-WXX-{}{}", phrase.weekday == 0 ? 7 : phrase.weekday, time);
    if (phrase.told == TimeTold::kUnits) {
      if (!phrase.vague.empty()) return std::string(phrase.vague);
      switch (phrase.unit) {
        case TimeUnit::kDay:
          return "XXXX-XX-XX" + time;
        case TimeUnit::kWeek:
        case TimeUnit::kFortnight:
          return "XXXX-WXX";
        case TimeUnit::kWeekend:
          return "XXXX-WXX-WE";
        case TimeUnit::kMonth:
          return "XXXX-XX";
        case TimeUnit::kQuarter:
          return "XXXX-QX";
        case TimeUnit::kYear:
          return "XXXX";
        case TimeUnit::kDecade:
          return "XXX";
        case TimeUnit::kCentury:
          return "XX";
        default:
          return "XXXX-XX-XXTXX";
      }
    }
    if (phrase.is_without_day || !time.empty()) return "XXXX-XX-XX" + (time.empty() ? "TXX" : time);
    if (phrase.grain == Grain::kSeason)
      return fmt::format("XXXX-{}", letters_of(static_cast<Season>(phrase.part)));
    if (phrase.grain == Grain::kQuarter) return fmt::format("XXXX-Q{}", phrase.part);
    if (phrase.grain == Grain::kHalf) return fmt::format("XXXX-H{}", phrase.part);
    if (phrase.named != nullptr) {
      if (phrase.named->rule == NamedDay::Rule::kFixed)
        return fmt::format("XXXX-{:02}-{:02}", phrase.named->numbers[0], phrase.named->numbers[1]);
      return "XXXX-XX-XX";
    }
    if (phrase.grain == Grain::kMonth) return fmt::format("XXXX-{:02}", phrase.month);
    if (phrase.grain == Grain::kDay) return fmt::format("XXXX-{:02}-{:02}", phrase.month, phrase.day);
    return "XXXX";
  }

  /// The days of "the past two years", "the next three weeks".
  [[nodiscard]] std::optional<DayInterval> framed_days(const TimePhrase& phrase) const {
    if ((!phrase.counts_back && !phrase.counts_ahead) || !published_ || is_narrative()) return std::nullopt;
    const int direction = phrase.counts_back ? -1 : 1;
    const sys_days today{*published_};
    Date other{};
    if (phrase.unit == TimeUnit::kDay || phrase.unit == TimeUnit::kWeek ||
        phrase.unit == TimeUnit::kFortnight) {
      const int factor = phrase.unit == TimeUnit::kDay    ? 1
                         : phrase.unit == TimeUnit::kWeek ? kWeek
                                                          : 2 * kWeek;
      if (phrase.count > kMostDays / factor) return std::nullopt;
      other = Date{today + days(direction * factor * phrase.count)};
    } else {
      const int months = phrase.unit == TimeUnit::kMonth     ? 1
                         : phrase.unit == TimeUnit::kQuarter ? 3
                         : phrase.unit == TimeUnit::kYear    ? 12
                         : phrase.unit == TimeUnit::kDecade  ? 120
                                                             : 0;
      if (months == 0 || phrase.count > kMostDays / 30 / months) return std::nullopt;
      other = *published_ + std::chrono::months(direction * months * phrase.count);
      if (!other.ok()) other = Date{other.year() / other.month() / std::chrono::last};
    }
    return direction < 0 ? DayInterval{other, *published_} : DayInterval{*published_, other};
  }

  void resolve(std::size_t index) {
    const TimePhrase& phrase = phrases_[index];
    TimeExpression made;
    made.span = phrase.span;
    made.type = phrase.type;
    made.mod = phrase.mod;
    made.looks_from_writing =
        phrase.is_deictic || (phrase.told == TimeTold::kPoint && !phrase.year && phrase.month > 0);
    if (phrase.told == TimeTold::kFixed) {
      made.value = phrase.vague.empty() ? phrase.value : std::string(phrase.vague);
      made.interval = framed_days(phrase);
      if (made.interval)
        made.basis = DateBasis::kRelative, made.reason = "counted from the day of publication";
      // "Former" tells a time where a story is told; in the news it belongs to a title.
      if (phrase.vague == "PAST_REF" && phrase.last == phrase.first + 1 &&
          words_.words[phrase.first].kind == Kind::kFormer && !is_narrative())
        return;
      reading_.expressions.push_back(std::move(made));
      return;
    }
    if (is_narrative() && phrase.told == TimeTold::kUnits && phrase.is_deictic &&
        phrase.unit == TimeUnit::kDay && phrase.count == 0 && phrase.which == Which::kUntold &&
        phrase.hours.empty()) {
      made.value = "PRESENT_REF";  // "today" of whoever tells the story
      reading_.expressions.push_back(std::move(made));
      return;
    }
    Anchored found;
    if (phrase.is_without_day) {
      const auto day = day_beside(index);
      if (day) found = {day, DateBasis::kInherited, "on the day told beside it"};
    } else {
      found = phrase.told == TimeTold::kPoint ? resolve_point(index, made) : resolve_units(phrase);
      if (phrase.is_short_year && !found.point) return;
    }
    if (!found.point) {
      made.value = unresolved_value(phrase);
      made.reason =
          published_ || is_narrative() ? "nothing beside it tells which" : "no publication date is known";
      reading_.expressions.push_back(std::move(made));
      return;
    }
    CalendarPoint point = *found.point;
    remember(point, index);
    if (phrase.type == TimeType::kTime && point.grain == Grain::kDay) {
      if (!phrase.clock.empty()) {
        point.grain = Grain::kMinute;
        point.time = phrase.clock;
      } else if (!phrase.hours.empty()) {
        point.grain = Grain::kDayPart;
        point.time = phrase.hours;
      }
    }
    made.value = value_of(point);
    made.point = point;
    if (phrase.type == TimeType::kTime && point.grain == Grain::kDay) made.value += "TXX";
    made.interval = days_of(point);
    made.basis = found.basis;
    made.reason = found.reason;
    reading_.expressions.push_back(std::move(made));
  }

  /// What the following phrases go on from. A look ahead ("a campaign planned for 1976"), a look back ("two
  /// years earlier") and a year that only names something ("the 1936 elections") leave the story where it is.
  void remember(const CalendarPoint& point, std::size_t index) {
    const TimePhrase& phrase = phrases_[index];
    if (point.grain == Grain::kDay) {
      told_day_ = point;
      told_day_at_ = index;
    }
    if (is_narrative() && leaves_the_story(phrase)) return;
    told_ = point;
    if (point.grain > Grain::kYear) return;
    year_told_ = point.year;
    if (point.grain <= Grain::kDay || point.grain == Grain::kMonth) month_told_ = point;
  }
  [[nodiscard]] bool leaves_the_story(const TimePhrase& phrase) const {
    if (phrase.told == TimeTold::kUnits) return phrase.count < 0;
    if (phrase.grain != Grain::kYear || !phrase.year) return false;
    const auto& all = words_.words;
    const bool names =
        phrase.last < all.size() && all[phrase.last].kind == Kind::kOther && phrase.first > 0 &&
        (all[phrase.first - 1].kind == Kind::kThe || all[phrase.first - 1].kind == Kind::kOther);
    return names || cue_of(phrase) == Cue::kAhead;
  }

  static constexpr int kReachYears = 8;  // 29 February comes every four years, and once after eight
  static constexpr int kMostDays = 400'000;

  const TimeWords& words_;
  const std::vector<TimePhrase>& phrases_;
  const std::optional<Date>& published_;
  TimeReading reading_;
  std::optional<CalendarPoint> told_;
  std::optional<int> year_told_;
  std::optional<CalendarPoint> month_told_;
  std::optional<CalendarPoint> told_day_;
  std::size_t told_day_at_ = 0;
};

}  // namespace

std::string_view name(TimeType type) {
  switch (type) {
    case TimeType::kDate:
      return "DATE";
    case TimeType::kTime:
      return "TIME";
    case TimeType::kDuration:
      return "DURATION";
    case TimeType::kSet:
      return "SET";
  }
  return "";
}

std::string_view name(TimeMode mode) { return mode == TimeMode::kNews ? "news" : "narrative"; }

TimeReading TimeReader::read(std::string_view text, const std::vector<Paragraph>& paragraphs,
                             const std::optional<Date>& published) const {
  TimeWords words{text, {}};
  words.words.reserve(text.size() / 5);
  for (const Paragraph& paragraph : paragraphs) lexicon_.add_words(text, paragraph.span, words.words);
  std::uint64_t steps = 0;
  const std::vector<TimePhrase> phrases = find_time_phrases(words, lexicon_, steps);
  TimeReading reading = Resolver(words, phrases, published).run();
  reading.steps = steps;
  return reading;
}

}  // namespace onrecord
