#include "cli/statement_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace onrecord::cli {
namespace {

constexpr float kLowConfidence =
    0.5F;  // below it a reader should look at the article before trusting the reading
constexpr std::string_view kSeparator = " · ";

/// A calendar date, as exact as it is known.
struct CalendarDate {
  int year = 0;
  int month = 0;  // 0: unknown
  int day = 0;    // 0: unknown
};

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// "2025", "2025-08", "2025-08-11" and what follows a 'T'.
std::optional<CalendarDate> parse_date(std::string_view iso) {
  iso = iso.substr(0, iso.find('T'));
  const bool shape_fits = iso.size() == 4 || (iso.size() == 7 && iso[4] == '-') ||
                          (iso.size() == 10 && iso[4] == '-' && iso[7] == '-');
  if (!shape_fits) return std::nullopt;
  const std::optional<int> year = number(iso.substr(0, 4));
  const std::optional<int> month = iso.size() > 4 ? number(iso.substr(5, 2)) : 0;
  const std::optional<int> day = iso.size() > 7 ? number(iso.substr(8, 2)) : 0;
  if (!year || !month || !day || *month > 12) return std::nullopt;
  return CalendarDate{*year, *month, *day};
}

std::string in_words(const CalendarDate& date) {
  static constexpr std::array<std::string_view, 13> kMonths = {
      "",     "January", "February",  "March",   "April",    "May",     "June",
      "July", "August",  "September", "October", "November", "December"};
  const std::string_view month = kMonths.at(static_cast<std::size_t>(date.month));
  if (date.day > 0) return fmt::format("{} {} {}", date.day, month, date.year);
  if (date.month > 0) return fmt::format("{} {}", month, date.year);
  return fmt::format("{}", date.year);
}

/// The article's own name for the one who speaks, where there is one.
std::string printed_source(const Quotation& quotation, std::string_view text) {
  return joined_words(text, quotation.source);
}

/// The cue where it stands before the words, with the hearer between them, so that they read as in the
/// article: "said it would close", "told the board it would close".
std::string cue_before(const Quotation& quotation, std::string_view text) {
  const bool before = !quotation.cue.empty() && quotation.cue.back().end <= quotation.content.front().begin;
  if (!before) return {};
  std::string words = joined_words(text, quotation.cue);
  const Spans& hearer = quotation.addressee.spans;
  const bool between = hearer.size() == 1 && hearer.front().begin == quotation.cue.back().end + 1 &&
                       hearer.front().end <= quotation.content.front().begin;
  if (between) words.append(" ").append(joined_words(text, hearer));
  return words;
}

/// The marks that belong around quoted words: the typographic pair, or the article's own kind inside mixed
/// content, where one of the pair may stand in the content already.
std::pair<std::string_view, std::string_view> marks_around(const Quotation& quotation, std::string_view text,
                                                           Span quoted) {
  if (quotation.kind == QuotationKind::kDirect || quoted.begin == 0) return {"“", "”"};
  const std::string_view before = text.substr(0, quoted.begin);
  if (before.ends_with('"')) return {"\"", "\""};
  if (before.ends_with("‘")) return {"‘", "’"};
  return {"“", "”"};
}

/// A piece of content with the marks that the article puts around what is quoted at its ends.
std::string piece_in_marks(const Quotation& quotation, std::string_view text, Span piece) {
  std::string words = joined_words(text, {piece});
  for (const Span quoted : quotation.quoted) {
    const auto [open, close] = marks_around(quotation, text, quoted);
    if (quoted.begin == piece.begin) words.insert(0, open);
    if (quoted.end == piece.end) words += close;
  }
  return words;
}

std::string authority_text(const std::vector<AuthorityLink>& authority) {
  std::string chain;
  for (const AuthorityLink& link : authority) {
    chain += chain.empty() ? "via " : ", citing ";
    chain += link.name;
  }
  return chain;
}

std::string when_text(const Quotation& quotation, std::string_view text) {
  if (quotation.when.value.empty()) {
    const std::string words = joined_words(text, quotation.when.spans);
    return words.empty() ? words : fmt::format("said “{}” (date unknown)", words);
  }
  const std::string date = readable_date(quotation.when.value);
  return quotation.when_basis == DateBasis::kBounded ? "by " + date : "said " + date;
}

/// What tells one speaker from the next in a list.
std::string speaker_key(const Quotation& quotation, const QuotationContext& context) {
  const std::string& name = quotation.speaker.value;
  return name.empty() ? printed_source(quotation, context.text) + std::string(context.id) : name;
}

}  // namespace

std::string readable_date(std::string_view iso) {
  const std::size_t slash = iso.find('/');
  if (slash != std::string_view::npos) {
    return fmt::format("{} to {}", readable_date(iso.substr(0, slash)), readable_date(iso.substr(slash + 1)));
  }
  const std::optional<CalendarDate> date = parse_date(iso);
  return date ? in_words(*date) : std::string(iso);
}

StyledText speaker_text(const Quotation& quotation, std::string_view text) {
  const std::string source = printed_source(quotation, text);
  if (!quotation.speaker.value.empty()) {
    StyledText line(quotation.speaker.value, Style::kStrong);
    if (quotation.speaker_kind == SpeakerKind::kUnnamed) line.add(" (not named)", Style::kDim);
    if (quotation.speaker.confidence < kLowConfidence) line.add(" (uncertain)", Style::kWarning);
    return line;
  }
  StyledText line("speaker unknown", Style::kWarning);
  if (!source.empty()) line.add(fmt::format(" (“{}”)", source), Style::kDim);
  return line;
}

StyledText words_text(const Quotation& quotation, std::string_view text) {
  StyledText line;
  const bool direct = quotation.kind == QuotationKind::kDirect;
  const std::string cue = direct ? std::string() : cue_before(quotation, text);
  if (!cue.empty()) line.add(cue + " ", Style::kDim);
  for (std::size_t i = 0; i < quotation.content.size(); ++i) {
    if (i > 0) line.add(" … ", Style::kDim);
    line.add(piece_in_marks(quotation, text, quotation.content[i]));
  }
  return line;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

StyledText article_text(const QuotationContext& context) {
  StyledText line;
  line.add(context.outlet.empty() ? "outlet unknown" : context.outlet,
           context.outlet.empty() ? Style::kWarning : Style::kDim);
  if (context.outlet.empty()) line.add_separated(kSeparator, file_name(context.origin), Style::kDim);
  line.add(kSeparator, Style::kDim);
  context.published.empty() ? line.add("date unknown", Style::kWarning)
                            : line.add(readable_date(context.published), Style::kDim);
  return line;
}

StyledText circumstances_text(const Quotation& quotation, std::string_view text) {
  StyledText line(name(quotation.kind), Style::kDim);
  if (quotation.mode == QuotationMode::kWriting) line.add_separated(kSeparator, "in writing", Style::kDim);
  if (quotation.mode == QuotationMode::kThought)
    line.add_separated(kSeparator, "thought, not said", Style::kWarning);
  const std::string& addressee = quotation.addressee.value;
  if (!addressee.empty()) line.add_separated(kSeparator, "to " + addressee, Style::kDim);
  line.add_separated(kSeparator, quotation.venue.value, Style::kDim);
  line.add_separated(kSeparator, when_text(quotation, text), Style::kDim);
  line.add_separated(kSeparator, authority_text(quotation.authority), Style::kDim);
  const std::string& reason = quotation.unnamed.reason.value;
  if (!reason.empty()) line.add_separated(kSeparator, "not named: " + reason, Style::kDim);
  if (quotation.confidence < kLowConfidence) {
    line.add_separated(kSeparator, fmt::format("uncertain ({:.0f} %)", quotation.confidence * 100),
                       Style::kWarning);
  }
  return line;
}

void StatementPrinter::print_article_heading(const QuotationContext& context) {
  if (!first_) console_.print("\n");
  console_.print(StyledText(!context.title.empty() ? context.title
                            : context.path.empty() ? file_name(context.origin)
                                                   : context.path,
                            Style::kStrong));
  StyledText line = article_text(context);
  if (!context.path.empty() && !context.title.empty())
    line.add_separated(kSeparator, context.path, Style::kDim);
  line.add_separated(kSeparator, context.article, Style::kDim);
  console_.print(line);
}

void StatementPrinter::print(const Quotation& quotation, const QuotationContext& context) {
  const std::string article =
      fmt::format("{}\n{}\n{}", context.article, context.path, context.record.value_or(0));
  if (grouping_ == Grouping::kArticle && (first_ || article != article_)) {
    print_article_heading(context);
    speaker_.clear();
  }
  const std::string speaker = speaker_key(quotation, context);
  if (!first_ || grouping_ == Grouping::kArticle) console_.print("\n");
  if (speaker != speaker_) console_.print(speaker_text(quotation, context.text));
  console_.print(words_text(quotation, context.text), {2, 2});
  StyledText line = circumstances_text(quotation, context.text);
  if (grouping_ == Grouping::kSpeaker) {
    line.add(kSeparator, Style::kDim);
    line.add(article_text(context));
  }
  line.add_separated(kSeparator, context.id, Style::kDim);
  console_.print(line, {2, 2});
  article_ = article;
  speaker_ = speaker;
  first_ = false;
}

}  // namespace onrecord::cli
