#include "intake/plain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "intake/ascii.h"
#include "intake/iso_date.h"
#include "intake/line_evidence.h"
#include "intake/text_lines.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

// How far from the top and the bottom of a text bylines and dates are looked for. In between the same words
// belong to a link or a list.
constexpr std::size_t kTop = 8;
constexpr std::size_t kBottom = 4;

// A byte of a letter or digit, or of any character beyond ASCII that is no white space.
bool has_words(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    const bool is_plain = c.value < 0x80 && (is_ascii_letter(text[at]) || is_ascii_digit(text[at]));
    // Beyond ASCII: no controls and no-break spaces (to U+00BF), no general punctuation and symbols
    // (U+2000-2BFF), no ideographic space and marks (U+3000-3004), no replacement character, no byte order
    // mark.
    const bool is_other = c.value >= 0xC0 && (c.value < 0x2000 || c.value > 0x2BFF) &&
                          (c.value < 0x3000 || c.value > 0x3004) && c.value < 0xFE00;
    const bool is_beyond = c.value > 0xFFFF;
    if (is_plain || is_other || is_beyond) return true;
    at += c.size;
  }
  return false;
}

// For comparing headlines: small letters, straight quotes, single spaces, no final period.
std::string as_compared(std::string_view headline) {
  std::string out;
  for (std::size_t at = 0; at < headline.size();) {
    const CodePoint c = decode_at(headline, at);
    const std::string_view bytes = headline.substr(at, c.size);
    at += c.size;
    if (bytes == "‘" || bytes == "’") {
      out += '\'';
    } else if (bytes == "“" || bytes == "”") {
      out += '"';
    } else if (bytes.size() == 1 && is_ascii_space(bytes[0])) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (bytes.size() == 1) {
      out += ascii_lower(bytes[0]);
    } else {
      out += bytes;
    }
  }
  while (out.ends_with(' ') || out.ends_with('.')) out.pop_back();
  return out;
}

// Finds out what the paragraphs of one text are.
class TextReader {
 public:
  TextReader(Article& article, const TextFacts& facts)
      : article_(article), facts_(facts), blocks_(text_blocks(article.text)), roles_(blocks_.size()) {}

  void run() {
    read_known_title();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!roles_[i]) read_line(i);  // a correction takes the paragraph below it too
    }
    if (title_ == kNone) read_title();
    read_links_between();
    read_dateline();
    write_paragraphs();
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] std::string_view line(std::size_t block) const {
    return cut(article_.text, blocks_[block].span);
  }
  [[nodiscard]] bool is_near_top(std::size_t block) const { return block < kTop; }
  [[nodiscard]] bool is_near_bottom(std::size_t block) const { return block + kBottom >= blocks_.size(); }
  [[nodiscard]] bool is_prose(std::size_t block) const {
    constexpr std::size_t kFewestWords = 8;  // fewer are a crosshead or a name
    return !roles_[block] && count_words(line(block)) >= kFewestWords && ends_sentence(line(block));
  }

  // The headline and the authors that were told from outside.
  void read_known_title() {
    if (facts_.title.empty()) return;
    const std::string known = as_compared(facts_.title);
    for (std::size_t i = 0; i < std::min(kTop, blocks_.size()); ++i) {
      if (as_compared(line(i)) == known) return set_title(i);
    }
  }

  void set_title(std::size_t block) {
    title_ = block;
    roles_[block] = ParagraphRole::kTitle;
    // The marks of a Markdown heading are no part of it.
    Span& span = blocks_[block].span;
    const std::string_view text = line(block);
    const std::size_t marks = text.find_first_not_of('#');
    if (marks != std::string_view::npos && marks > 0 && text[marks] == ' ')
      span.begin += static_cast<std::uint32_t>(marks) + 1;
    add({"title", std::string(line(block)), {0, span.size()}}, block);
  }

  void add(LineField field, std::size_t block) {
    const std::uint32_t at = blocks_[block].span.begin;
    field.span = {field.span.begin + at, field.span.end + at};
    // Values are one line each, however the text was wrapped.
    std::ranges::replace_if(field.value, is_ascii_space, ' ');
    fields_.push_back({std::move(field.name), std::move(field.value), "text", field.span});
  }

  void take(LineReading reading, std::size_t block) {
    roles_[block] = reading.role;
    if (reading.split > 0) splits_.emplace_back(block, reading.split);
    for (LineField& field : reading.fields) add(std::move(field), block);
  }

  void read_line(std::size_t block) {
    const std::string_view text = line(block);
    if (is_near_top(block) || is_near_bottom(block)) {
      if (auto reading = read_byline(text)) return take(*std::move(reading), block);
      if (is_known_author(text)) return take(LineReading{ParagraphRole::kByline, {}, 0}, block);
      if (auto reading = read_date_line(text)) {
        if (is_near_top(block) || ascii_lower(text[0]) == 'p' || ascii_lower(text[0]) == 'u') {
          return take(*std::move(reading), block);
        }
      }
    }
    if (block + 1 == blocks_.size() && block > 0 && is_agency_sign(text)) {
      const auto size = static_cast<std::uint32_t>(text.size());
      return take(LineReading{ParagraphRole::kCredit, {{"credit", std::string(text), {0, size}}}, 0}, block);
    }
    if (auto reading = read_notice(text)) {
      const bool is_heading = reading->role == ParagraphRole::kCorrection && is_correction_heading(text);
      take(*std::move(reading), block);
      if (is_heading && block + 1 < blocks_.size()) take_correction(block + 1);
    }
  }

  // "CORRECTION:", "Correction: August 11, 2025" above the words of the correction.
  static bool is_correction_heading(std::string_view text) {
    return text.ends_with(':') || iso_date(text.substr(std::min(text.find(':'), text.size() - 1) + 1));
  }

  void take_correction(std::size_t block) {
    const std::string_view text = line(block);
    const auto size = static_cast<std::uint32_t>(text.size());
    take(LineReading{ParagraphRole::kCorrection, {{"correction", std::string(text), {0, size}}}, 0}, block);
  }

  [[nodiscard]] bool is_known_author(std::string_view text) const {
    return std::ranges::any_of(facts_.authors,
                               [&](const std::string& author) { return equals_ignoring_case(author, text); });
  }

  // A headline that nobody told: short, no end of a sentence, set off by an empty line or a byline, with
  // prose below it.
  void read_title() {
    const std::size_t first = first_open_block();
    if (first == kNone || !has_prose_after(first)) return;
    if (is_headline(first)) return set_title(first);
    // "Harbor, news" above the headline.
    constexpr std::size_t kMostKickerWords = 2;
    const std::size_t second = first + 1;
    const bool is_kicker = count_words(line(first)) <= kMostKickerWords && blocks_[first].before_blank &&
                           !ends_sentence(line(first)) && second < blocks_.size() && !roles_[second];
    if (is_kicker && is_headline(second) && has_prose_after(second)) {
      roles_[first] = ParagraphRole::kSubtitle;
      set_title(second);
    }
  }

  [[nodiscard]] std::size_t first_open_block() const {
    const auto open = std::ranges::find_if(roles_, [](const auto& role) { return !role; });
    const auto at = static_cast<std::size_t>(open - roles_.begin());
    return at < std::min(kTop, roles_.size()) ? at : kNone;
  }

  [[nodiscard]] bool has_prose_after(std::size_t block) const {
    for (std::size_t i = block + 1; i < std::min(block + 1 + kTop, blocks_.size()); ++i) {
      if (is_prose(i)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_headline(std::size_t block) const {
    constexpr std::size_t kFewestWords = 3;
    constexpr std::size_t kMostWords = 25;
    const std::string_view text = line(block);
    const std::size_t words = count_words(text);
    if (words < kFewestWords || words > kMostWords) return false;
    if (text.ends_with('.') || text.ends_with(',') || text.ends_with(':') || text.ends_with(';'))
      return false;
    const bool starts_small = is_ascii_letter(text[0]) && !is_ascii_upper(text[0]);
    if (starts_small || text.starts_with('|') || text.starts_with('-')) return false;
    const bool is_quotation = (text.starts_with("“") || text.starts_with('"')) && ends_sentence(text);
    if (is_quotation) return false;
    const bool has_byline = block + 1 < blocks_.size() && (roles_[block + 1] == ParagraphRole::kByline ||
                                                           roles_[block + 1] == ParagraphRole::kDateline);
    return blocks_[block].before_blank || has_byline;
  }

  // Headlines of other stories in capitals, and lines of links with bars between them.
  void read_links_between() {
    std::vector<std::size_t> in_capitals;
    for (std::size_t i = 1; i < blocks_.size(); ++i) {
      if (roles_[i]) continue;
      const bool introduced = line(i - 1).ends_with(':');  // a post that the sentence before quotes
      if (is_headline_in_capitals(line(i)) && !introduced) in_capitals.push_back(i);
      const bool is_bar_list = line(i).starts_with("| ") && !ends_sentence(line(i));
      if (is_bar_list) roles_[i] = ParagraphRole::kOther;
    }
    if (in_capitals.size() * 4 > blocks_.size()) return;  // the text itself is written so
    for (const std::size_t i : in_capitals) roles_[i] = ParagraphRole::kOther;
  }

  void read_dateline() {
    for (std::size_t i = 0; i < std::min(kTop, blocks_.size()); ++i) {
      if (!is_prose(i)) continue;
      const Span span = dateline_at_start(line(i));
      if (!span.empty()) add({"dateline", std::string(cut(line(i), span)), span}, i);
      return;
    }
  }

  void write_paragraphs() {
    auto split = splits_.begin();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Span span = blocks_[i].span;
      if (split != splits_.end() && split->first == i) {
        const std::string_view caption = trim_ascii(line(i).substr(0, split->second));
        const auto size = static_cast<std::uint32_t>(caption.size());
        article_.paragraphs.push_back({{span.begin, span.begin + size}, ParagraphRole::kCaption});
        span.begin += split->second;
        ++split;
      }
      article_.paragraphs.push_back({span, roles_[i].value_or(ParagraphRole::kBody)});
    }
    article_.fields = std::move(fields_);
  }

  Article& article_;
  const TextFacts& facts_;
  std::vector<TextBlock> blocks_;
  std::vector<std::optional<ParagraphRole>> roles_;  // of each block; nothing = no evidence yet
  std::vector<std::pair<std::size_t, std::uint32_t>> splits_;
  std::vector<Field> fields_;
  std::size_t title_ = kNone;
};

}  // namespace

Result<Article> article_from_text(std::string text, const TextFacts& facts, const Limits& limits) {
  if (text.size() > limits.text_bytes) {
    return fail(ErrorCode::kTooLarge, fmt::format("the text has more than {} bytes", limits.text_bytes));
  }
  if (text.contains('\0'))
    return fail(ErrorCode::kUnsupportedFormat, "binary data, not text; save it as text or HTML first");
  if (!has_words(text)) return fail(ErrorCode::kEmpty, "no readable text in it");
  Article article;
  article.text = std::move(text);
  TextReader(article, facts).run();
  return article;
}

}  // namespace onrecord
