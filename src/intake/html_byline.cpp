#include "intake/html_byline.h"

#include <algorithm>
#include <array>
#include <map>

#include "intake/ascii.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

using Meanings = std::multimap<std::string, std::string, std::less<>>;

Meanings load_pairs(std::string_view list) {
  Meanings pairs;
  for (const auto& row : WordLists().rows(list)) {
    if (row.size() >= 2) pairs.emplace(row[0], row[1]);
  }
  return pairs;
}

const Meanings& byline_words() {
  static const Meanings words = load_pairs("html_byline_words");
  return words;
}

const Meanings& agencies() {
  static const Meanings names = load_pairs("html_agencies");
  return names;
}

bool means(std::string_view word, std::string_view meaning) {
  const auto [begin, end] = byline_words().equal_range(word);
  return std::any_of(begin, end, [&](const auto& entry) { return entry.second == meaning; });
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() > word.size() && equals_ignoring_case(text.substr(0, word.size()), word) &&
         (is_ascii_space(text[word.size()]) || text[word.size()] == ':');
}

std::string_view without_introduction(std::string_view text) {
  constexpr std::array<std::string_view, 7> kIntroductions = {
      "Written by", "Reported by", "Story by", "Posted by", "Published by", "Words by", "By"};
  for (const std::string_view introduction : kIntroductions) {
    if (!starts_with_word(text, introduction)) continue;
    text.remove_prefix(introduction.size());
    while (!text.empty() && (is_ascii_space(text.front()) || text.front() == ':')) text.remove_prefix(1);
    return text;
  }
  return text;
}

// Cuts a byline where one name ends and the next begins.
std::vector<std::string_view> split_names(std::string_view byline) {
  constexpr std::array<std::string_view, 15> kSeparators = {",",   ";",   " and ", " And ",     " AND ",
                                                            " & ", " | ", " / ",   "\n",        " with ",
                                                            " – ", " · ", " • ",   " \xC2\xA0", "\xC2\xA0 "};
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < byline.size(); ++at) {
    for (const std::string_view separator : kSeparators) {
      if (!byline.substr(at).starts_with(separator)) continue;
      parts.push_back(byline.substr(begin, at - begin));
      begin = at + separator.size();
      at = begin - 1;
      break;
    }
  }
  parts.push_back(byline.substr(std::min(begin, byline.size())));
  return parts;
}

bool is_role(std::string_view lower) {
  return means(lower, "role") || lower.starts_with("special to ") || lower.ends_with(" reporter") ||
         lower.ends_with(" editor") || lower.ends_with(" writer") || lower.ends_with(" correspondent") ||
         lower.ends_with(" columnist") || lower.ends_with(" producer") || lower.ends_with(" contributor");
}

bool names_an_organization(std::string_view name) {
  if (!agency_name(name).empty()) return true;
  std::string word;
  for (const char c : ascii_lower(name) + ' ') {
    if (is_ascii_letter(c)) {
      word += c;
    } else {
      if (means(word, "organization")) return true;
      word.clear();
    }
  }
  return false;
}

bool is_name(std::string_view part) {
  constexpr std::size_t kLongestName = 60;
  if (part.size() < 2 || part.size() > kLongestName) return false;
  if (part.find_first_of("@/0123456789\"?!<>") != std::string_view::npos) return false;
  if (std::ranges::count(part, ' ') > 5) return false;
  const std::string lower = ascii_lower(part);
  if (means(lower, "nobody") || is_role(lower)) return false;
  // A name has a capital, or letters that have none.
  return std::ranges::any_of(
      part, [](char c) { return is_ascii_upper(c) || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_suffix_of_name(std::string_view part) {
  constexpr std::array<std::string_view, 9> kSuffixes = {"Jr",  "Jr.", "Sr.", "Sr", "II",
                                                         "III", "IV",  "MD",  "PhD"};
  return std::ranges::find(kSuffixes, part) != kSuffixes.end();
}

// "RDN", "M.D.", "Ph.D.": after a name, but no agency.
bool is_degree(std::string_view part) {
  constexpr std::size_t kLongestDegree = 6;
  if (part.size() > kLongestDegree || part.contains(' ') || !agency_name(part).empty()) return false;
  return std::ranges::count_if(part, is_ascii_upper) >= 2;
}

// Of several lines ("Friday, April 17" above "By Ada Lowe") the one that begins as a byline.
std::string_view byline_among_lines(std::string_view lines) {
  if (!lines.contains('\n')) return {};
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    if (is_byline(line)) return line;
    begin = end + 1;
  }
  return {};
}

}  // namespace

std::vector<Author> authors_in(std::string_view byline) {
  constexpr std::size_t kLongestByline = 400;
  if (byline.size() > kLongestByline) return {};
  if (const std::string_view line = byline_among_lines(byline); !line.empty()) byline = line;
  std::vector<Author> authors;
  for (std::string_view part : split_names(without_introduction(trim_ascii(byline)))) {
    part = without_introduction(trim_ascii(part));
    if (!authors.empty() && is_suffix_of_name(part)) {
      authors.back().name += ", " + std::string(part);
      continue;
    }
    for (const std::string_view cut :
         {" for ", " of ", " in ", " on ", " (", "Published", "Updated", "Posted"}) {
      const std::size_t at = part.find(cut);
      if (at != std::string_view::npos && at > 0 && !names_an_organization(part.substr(0, at)))
        part = part.substr(0, at);
    }
    while (!part.empty() && (part.back() == '.' || part.back() == ':') && part.size() > 4)
      part.remove_suffix(1);
    part = trim_ascii(part);
    if (!is_name(part) || (!authors.empty() && is_degree(part))) continue;
    const bool known =
        std::ranges::any_of(authors, [&](const Author& a) { return equals_ignoring_case(a.name, part); });
    if (known) continue;
    authors.push_back(
        {std::string(part), names_an_organization(part) ? AuthorKind::kOrganization : AuthorKind::kPerson});
  }
  return authors;
}

bool is_person_name(std::string_view name) {
  std::size_t words = 0;
  bool starts_word = true;
  for (const char c : name) {
    const bool is_small = c >= 'a' && c <= 'z';
    constexpr std::string_view kNoName = ":|&(\n";
    if (kNoName.contains(c) || (starts_word && is_small)) return false;
    words += starts_word && c != ' ';
    starts_word = c == ' ';
  }
  return words >= 2 && words <= 4 && !names_an_organization(name);
}

bool is_byline(std::string_view line) {
  constexpr std::size_t kLongestByline = 200;
  if (line.size() <= kLongestByline && line.contains('\n')) return !byline_among_lines(line).empty();
  line = trim_ascii(line);
  const std::string_view names = without_introduction(line);
  return line.size() <= kLongestByline && names.size() < line.size() && !names.empty() &&
         !authors_in(line).empty() &&
         (is_ascii_upper(names.front()) || static_cast<unsigned char>(names.front()) >= 0x80);
}

std::string agency_name(std::string_view name) {
  const auto found = agencies().find(trim_ascii(name));
  return found == agencies().end() ? std::string() : found->second;
}

std::string agency_of_dateline(std::string_view paragraph) {
  constexpr std::size_t kLongestDateline = 80;
  const std::string_view head = paragraph.substr(0, kLongestDateline);
  const std::size_t open = head.find('(');
  const std::size_t close = head.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  const std::string_view place = trim_ascii(head.substr(0, open));
  if (place.empty() ? open != 0 : !is_ascii_upper(place.front())) return {};
  std::string_view after = trim_ascii(head.substr(close + 1));
  const bool dash =
      after.starts_with("-") || after.starts_with("\xE2\x80\x93") || after.starts_with("\xE2\x80\x94");
  return dash ? agency_name(head.substr(open + 1, close - open - 1)) : std::string();
}

}  // namespace onrecord
