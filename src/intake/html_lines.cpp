#include "intake/html_lines.h"

#include <string>
#include <vector>

#include "intake/ascii.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

enum class Place { kStart, kAnywhere, kWhole };

struct LinePhrase {
  std::string words;
  Place place;
  LineMeaning meaning;
};

LineMeaning meaning_named(std::string_view name) {
  if (name == "heading") return LineMeaning::kHeading;
  if (name == "author") return LineMeaning::kAuthor;
  if (name == "credit") return LineMeaning::kCredit;
  if (name == "correction") return LineMeaning::kCorrection;
  if (name == "republication") return LineMeaning::kRepublication;
  if (name == "copyright") return LineMeaning::kCopyright;
  return LineMeaning::kClutter;
}

Place place_named(std::string_view name) {
  return name == "start" ? Place::kStart : name == "whole" ? Place::kWhole : Place::kAnywhere;
}

std::vector<LinePhrase> load_line_phrases() {
  std::vector<LinePhrase> phrases;
  for (const auto& row : WordLists().rows("html_line_phrases")) {
    if (row.size() >= 3) phrases.push_back({row[0], place_named(row[1]), meaning_named(row[2])});
  }
  return phrases;
}

const std::vector<LinePhrase>& line_phrases() {
  static const std::vector<LinePhrase> phrases = load_line_phrases();
  return phrases;
}

// Lower case, with ' for the typographic apostrophe.
std::string folded(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line.substr(at).starts_with("\xE2\x80\x99")) {
      out += '\'';
      at += 2;
    } else {
      out += line[at] == '\n' ? ' ' : ascii_lower(line[at]);
    }
  }
  return out;
}

bool holds(std::string_view line, const LinePhrase& phrase) {
  switch (phrase.place) {
    case Place::kStart:
      return line.starts_with(phrase.words);
    case Place::kWhole:
      return line == phrase.words ||
             (line.size() == phrase.words.size() + 1 && line.starts_with(phrase.words) && line.back() == ':');
    case Place::kAnywhere:
      return line.contains(phrase.words);
  }
  return false;
}

}  // namespace

LineMeaning meaning_of_line(std::string_view line) {
  constexpr std::size_t kLongestLine = 600;
  if (line.size() > kLongestLine) return LineMeaning::kNothing;
  const std::string words = folded(line);
  // Notices are told first: they often hold a phrase of an appeal as well.
  LineMeaning meaning = LineMeaning::kNothing;
  for (const LinePhrase& phrase : line_phrases()) {
    if (phrase.meaning <= meaning || !holds(words, phrase)) continue;
    meaning = phrase.meaning;
  }
  return meaning;
}

}  // namespace onrecord
