#include "intake/line_evidence.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <set>

#include "intake/ascii.h"
#include "intake/iso_date.h"
#include "text/utf8.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

constexpr std::size_t kDatelineBytes =
    90;  // place, day and agency of the longest datelines with room to spare
constexpr std::size_t kMostAuthors = 12;

// The most words of a paragraph that a phrase may name a notice, by its role.
constexpr std::size_t most_words(ParagraphRole role) {
  switch (role) {
    case ParagraphRole::kCorrection:
      return 150;
    case ParagraphRole::kCredit:
      return 25;
    case ParagraphRole::kOther:
      return 20;
    default:
      return 60;
  }
}

struct Notice {
  ParagraphRole role = ParagraphRole::kBody;
  bool anywhere = false;
  std::string phrase;
  std::size_t words = 0;
};

std::vector<Notice> load_notices() {
  std::vector<Notice> notices;
  for (const auto& row : WordLists().rows("notices")) {
    if (row.size() < 3) continue;
    const auto role = paragraph_role(row[0]);
    if (!role) continue;
    Notice notice{*role, row[1] == "anywhere", row[2], most_words(*role)};
    if (row.size() > 3) std::from_chars(row[3].data(), row[3].data() + row[3].size(), notice.words);
    notices.push_back(std::move(notice));
  }
  return notices;
}

const std::vector<Notice>& notices() {
  static const std::vector<Notice> list = load_notices();
  return list;
}

struct Agencies {
  std::vector<std::string> picture;
  std::vector<std::string> all;
};

const Agencies& agencies() {
  static const Agencies list = [] {
    Agencies agencies;
    for (const auto& row : WordLists().rows("credit_agencies")) {
      agencies.all.push_back(row[0]);
      if (row.size() > 1 && row[1] == "picture") agencies.picture.push_back(row[0]);
    }
    // "AP Photo" before "AP", so that the longest name is found first.
    const auto longest_first = [](const std::string& a, const std::string& b) { return a.size() > b.size(); };
    std::ranges::stable_sort(agencies.picture, longest_first);
    std::ranges::stable_sort(agencies.all, longest_first);
    return agencies;
  }();
  return list;
}

const std::set<std::string, std::less<>>& affiliations() {
  static const std::set<std::string, std::less<>> list = [] {
    const auto entries = WordLists().entries("byline_affiliations");
    return std::set<std::string, std::less<>>(entries.begin(), entries.end());
  }();
  return list;
}

Span span_of(std::string_view line, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(part.data() - line.data());
  return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

LineField field_of(std::string name, std::string_view line, std::string_view part) {
  return {std::move(name), std::string(part), span_of(line, part)};
}

// The longest of `names` that `text` ends with, at a word's beginning; a view of `text`.
std::string_view agency_at_end(std::string_view text, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!text.ends_with(name)) continue;
    const std::size_t begin = text.size() - name.size();
    if (begin == 0 || !is_ascii_letter(text[begin - 1])) return text.substr(begin);
  }
  return {};
}

// What stands before a credit's agency and tells that a credit begins there.
bool ends_in_credit_sign(std::string_view before) {
  before = trim_ascii(before);
  if (before.empty()) return false;
  const bool is_sign =
      before.ends_with("/") || before.ends_with("(") || before.ends_with("|") || before.ends_with("©");
  return is_sign || before.ends_with(" via") || before.ends_with("Photo:");
}

// Where a credit at the end of `line` begins: "(Jun Park/Reuters)", "Getty Images". The line's size when
// there is none.
std::size_t credit_begin(std::string_view line) {
  const std::size_t none = line.size();
  if (line.ends_with(')')) {
    const std::size_t open = line.rfind('(');
    if (open == std::string_view::npos) return none;
    const std::string_view inside = line.substr(open + 1, line.size() - open - 2);
    if (count_words(inside) > 12) return none;
    const std::string_view agency = agency_at_end(inside, agencies().all);
    const bool names_more = !agency.empty() && agency.size() < inside.size() &&
                            ends_in_credit_sign(inside.substr(0, inside.size() - agency.size()));
    const bool names_picture = !agency_at_end(inside, agencies().picture).empty();
    const std::string lower = ascii_lower(inside);
    const bool says_photo =
        lower.starts_with("photo ") || lower.starts_with("photo:") || lower.starts_with("ap photo");
    return names_more || names_picture || says_photo ? open : none;
  }
  if (const auto agency = agency_at_end(line, agencies().picture); !agency.empty()) {
    return none - agency.size();
  }
  const std::string_view agency = agency_at_end(line, agencies().all);
  const std::string_view before = line.substr(0, line.size() - agency.size());
  if (agency.empty() || !ends_in_credit_sign(before)) return none;
  // "... by night. Jun Park/Reuters": the name before the sign belongs to the credit.
  const std::size_t sentence = before.rfind(". ");
  return sentence == std::string_view::npos ? none - agency.size() : sentence + 2;
}

std::optional<LineReading> read_picture_credit(std::string_view line) {
  constexpr std::size_t kMostWords = 60;  // captions are one or two sentences
  if (count_words(line) > kMostWords) return std::nullopt;
  const std::size_t begin = credit_begin(line);
  if (begin == line.size()) return std::nullopt;
  LineReading reading;
  reading.role = ParagraphRole::kCredit;
  const std::string_view caption = trim_ascii(line.substr(0, begin));
  if (!caption.empty() && count_words(caption) > 0) {
    reading.split = static_cast<std::uint32_t>(begin);
    reading.fields.push_back(field_of("caption", line, caption));
  }
  reading.fields.push_back(field_of("credit", line, line.substr(begin)));
  return reading;
}

bool is_name_particle(std::string_view word) {
  constexpr std::array<std::string_view, 17> kParticles = {"de",  "da",  "del", "della", "der", "den",
                                                           "di",  "do",  "dos", "du",    "la",  "le",
                                                           "van", "von", "bin", "ibn",   "el"};
  return std::ranges::find(kParticles, word) != kParticles.end();
}

// Begins with a capital, or with a letter beyond ASCII.
bool is_name_word(std::string_view word) {
  return !word.empty() && (is_ascii_upper(word[0]) || static_cast<unsigned char>(word[0]) >= 0xC3);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trim_ascii(text)).empty()) {
    const auto end = std::ranges::find_if(text, is_ascii_space);
    words.emplace_back(text.begin(), end);
    text.remove_prefix(words.back().size());
  }
  return words;
}

// "Ada Lowe", "J. van der Berg", "LENA O'HARA", "The Harbor Wire": two to six words, first and last with a
// capital.
bool is_name(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() < 2 || words.size() > 6) return false;
  return is_name_word(words.front()) && is_name_word(words.back()) &&
         std::ranges::all_of(
             words, [](std::string_view word) { return is_name_word(word) || is_name_particle(word); });
}

bool is_abbreviation(std::string_view text) {
  return text.size() >= 2 && text.size() <= 6 && std::ranges::all_of(text, is_ascii_upper);
}

bool is_affiliation(std::string_view text) {
  const auto words = words_of(text);
  return !words.empty() && is_name_word(words.back()) && affiliations().contains(words.back());
}

// Where names end: ", ", " and ", " & ". Gives the size of the joint at the front of `text`, 0 when none.
std::size_t joint_at(std::string_view text) {
  for (const std::string_view joint : {", and ", ", ", " and ", " AND ", " & ", "; "}) {
    if (text.starts_with(joint)) return joint.size();
  }
  return 0;
}

// Where the names of a byline end and something else begins: a dash, a bar, " for ", " in ". Gives the size
// of the mark, 0 when there is none.
std::size_t break_at(std::string_view text) {
  for (const std::string_view mark :
       {" – ", " — ", " - ", " | ", " • ", " · ", " for ", " in ", " at ", " of "}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

struct Names {
  std::vector<std::string_view> names;
  std::string_view rest;  // behind the break
};

Names split_names(std::string_view text) {
  Names found;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const std::size_t size = joint_at(text.substr(at)); size > 0) {
      found.names.push_back(text.substr(begin, at - begin));
      begin = at + size;
      at = begin - 1;
    } else if (const std::size_t mark = break_at(text.substr(at)); mark > 0) {
      found.names.push_back(text.substr(begin, at - begin));
      found.rest = trim_ascii(text.substr(at + mark));
      return found;
    }
  }
  found.names.push_back(text.substr(begin));
  return found;
}

// What may follow the names: an outlet or function, a place, a source, a date.
bool is_byline_rest(std::string_view rest) {
  if (rest.empty() || iso_date(rest)) return true;
  const auto words = words_of(rest);
  return words.size() <= 8 && !ends_sentence(rest) && is_name_word(words.front());
}

std::optional<std::string_view> after_prefix(std::string_view line, std::string_view lower_prefix) {
  if (!equals_ignoring_case(line.substr(0, lower_prefix.size()), lower_prefix)) return std::nullopt;
  return line.substr(lower_prefix.size());
}

struct DatePart {
  std::string name;
  std::string value;
  std::string_view words;
};

std::optional<DatePart> read_date_part(std::string_view part) {
  struct Label {
    std::string_view words;
    std::string_view field;
  };
  constexpr std::array<Label, 12> kLabels = {{{"first published", "published"},
                                              {"originally published", "published"},
                                              {"published", "published"},
                                              {"posted", "published"},
                                              {"date", "published"},
                                              {"last updated", "modified"},
                                              {"last modified", "modified"},
                                              {"updated", "modified"},
                                              {"modified", "modified"},
                                              {"issued", "published"},
                                              {"dated", "published"},
                                              {"", "published"}}};
  for (const Label& label : kLabels) {
    auto rest = after_prefix(part, label.words);
    if (!rest) continue;
    std::string_view words = trim_ascii(*rest);
    if (words.starts_with(':')) words = trim_ascii(words.substr(1));
    for (const std::string_view preposition : {"on ", "at "})
      words = after_prefix(words, preposition).value_or(words);
    auto date = iso_date(words);
    constexpr std::size_t kToTheDay = 10;
    if (date && date->size() >= kToTheDay) return DatePart{std::string(label.field), *std::move(date), words};
  }
  return std::nullopt;
}

// Words in capitals that stand before a dash but are no place.
bool is_label(std::string_view word) {
  constexpr std::array<std::string_view, 12> kLabels = {"EXCLUSIVE", "BREAKING",   "UPDATE",   "UPDATED",
                                                        "VIDEO",     "WATCH",      "ANALYSIS", "OPINION",
                                                        "EDITORIAL", "CORRECTION", "REVEALED", "LIVE"};
  return std::ranges::find(kLabels, word) != kLabels.end();
}

std::vector<std::string_view> split_at_bars(std::string_view line) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (const std::string_view mark : {"|", "•", "·", ";"}) {
      if (!line.substr(at).starts_with(mark)) continue;
      parts.push_back(trim_ascii(line.substr(begin, at - begin)));
      begin = at + mark.size();
      at = begin - 1;
      break;
    }
  }
  parts.push_back(trim_ascii(line.substr(begin)));
  return parts;
}

// For matching only: small letters, and the straight apostrophe.
std::string for_matching(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line.substr(at).starts_with("’")) {
      out += '\'';
      at += 2;
    } else {
      out += ascii_lower(line[at]);
    }
  }
  return out;
}

}  // namespace

std::size_t count_words(std::string_view line) {
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : line) {
    words += !is_ascii_space(c) && !in_word;
    in_word = !is_ascii_space(c);
  }
  return words;
}

bool ends_sentence(std::string_view line) {
  constexpr std::array<std::string_view, 7> kClosing = {"\"", "'", ")", "]", "”", "’", "»"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kClosing) {
      if (line.ends_with(mark)) line.remove_suffix(mark.size()), again = true;
    }
  }
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with("…");
}

std::optional<LineReading> read_notice(std::string_view line) {
  const std::size_t words = count_words(line);
  if (words > most_words(ParagraphRole::kCorrection)) return std::nullopt;
  const std::string lower = for_matching(line);
  for (const Notice& notice : notices()) {
    if (words > notice.words) continue;
    if (notice.anywhere ? !lower.contains(notice.phrase) : !lower.starts_with(notice.phrase)) continue;
    LineReading reading;
    reading.role = notice.role;
    const bool is_told = notice.role == ParagraphRole::kCredit || notice.role == ParagraphRole::kCorrection ||
                         notice.role == ParagraphRole::kRepublication;
    if (is_told) reading.fields.push_back(field_of(std::string(name(notice.role)), line, line));
    return reading;
  }
  return read_picture_credit(line);
}

std::optional<LineReading> read_byline(std::string_view line) {
  constexpr std::size_t kMostWords = 40;
  if (count_words(line) > kMostWords) return std::nullopt;
  std::optional<std::string_view> text = after_prefix(line, "by ");
  if (!text) text = after_prefix(line, "written by ");
  if (!text || text->empty()) return std::nullopt;
  const Names found = split_names(trim_ascii(*text));
  if (found.names.size() > kMostAuthors || !is_byline_rest(found.rest)) return std::nullopt;
  LineReading reading;
  reading.role = ParagraphRole::kByline;
  for (std::size_t i = 0; i < found.names.size(); ++i) {
    const std::string_view name = trim_ascii(found.names[i]);
    if (i > 0 && is_affiliation(name)) continue;
    if (!is_name(name) && !is_abbreviation(name)) return std::nullopt;
    reading.fields.push_back(field_of("author", line, name));
  }
  if (after_prefix(found.rest, "source ") || after_prefix(found.rest, "source: ")) {
    reading.fields.push_back(field_of("republication", line, found.rest));
  }
  return reading;
}

std::optional<LineReading> read_date_line(std::string_view line) {
  constexpr std::size_t kMostBytes = 160;
  if (line.size() > kMostBytes) return std::nullopt;
  LineReading reading;
  reading.role = ParagraphRole::kDateline;
  for (const std::string_view part : split_at_bars(line)) {
    auto date = read_date_part(part);
    if (!date) return std::nullopt;
    reading.fields.push_back({std::move(date->name), std::move(date->value), span_of(line, date->words)});
  }
  return reading;
}

Span dateline_at_start(std::string_view line) {
  const std::string_view head = line.substr(0, kDatelineBytes);
  std::size_t dash = std::string_view::npos;
  for (const std::string_view mark : {"—", " – ", " -- ", " - "}) dash = std::min(dash, head.find(mark));
  if (dash == std::string_view::npos) return {};
  const std::string_view place = trim_ascii(head.substr(0, dash));
  const auto words = words_of(place);
  if (words.empty() || words.size() > 10) return {};
  if (is_label(words.front())) return {};
  const auto belongs = [](std::string_view word) {
    return is_name_word(word) || is_ascii_digit(word[0]) || word[0] == '(' || is_name_particle(word);
  };
  if (!std::ranges::all_of(words, belongs)) return {};
  const auto letters = std::ranges::count_if(words.front(), is_ascii_letter);
  const bool in_capitals = letters >= 3 && std::ranges::none_of(words.front(), [](char c) {
                             return is_ascii_letter(c) && !is_ascii_upper(c);
                           });
  const bool names_agency = words.size() > 1 && words.back().starts_with('(') && words.back().ends_with(')');
  return in_capitals || names_agency ? span_of(line, place) : Span{};
}

bool is_agency_sign(std::string_view line) {
  if (line.starts_with('(') && line.ends_with(')')) line = line.substr(1, line.size() - 2);
  std::size_t names = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find('/'), line.size());
    if (!is_abbreviation(line.substr(0, end))) return false;
    ++names;
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return names > 0 && names <= 4;
}

bool is_headline_in_capitals(std::string_view line) {
  if (line.ends_with('.') || line.ends_with('!') || line.ends_with(':') || line.starts_with('"') ||
      line.starts_with("“")) {
    return false;
  }
  const auto is_small = [](char c) { return is_ascii_letter(c) && !is_ascii_upper(c); };
  const auto capitals = std::ranges::count_if(line, is_ascii_upper);
  constexpr std::size_t kFewestWords = 4;
  constexpr std::size_t kMostWords = 30;
  const std::size_t words = count_words(line);
  return words >= kFewestWords && words <= kMostWords &&
         static_cast<std::size_t>(capitals) >= 3 * words / 2 && std::ranges::none_of(line, is_small);
}

}  // namespace onrecord
