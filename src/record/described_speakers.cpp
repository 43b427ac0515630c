#include "record/described_speakers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "onrecord/quotation.h"
#include "record/codes.h"
#include "record/search_words.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

using Names = std::multimap<std::string, std::string>;

bool is_abbreviation(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

const Names& demonyms() {
  static const Names names = [] {
    Names made;
    for (const auto& row : WordLists().rows("demonyms")) {
      if (row.size() < 2 || is_abbreviation(row[1])) continue;
      made.emplace(row[0], row[1]);
      made.emplace(row[1], row[0]);
    }
    return made;
  }();
  return names;
}

/// "US" -> "united states": what stands for a name in capitals.
const std::map<std::string, std::string>& abbreviations() {
  static const auto names = [] {
    std::map<std::string, std::string> made;
    for (const auto& row : WordLists().rows("demonyms")) {
      if (row.size() > 1 && is_abbreviation(row[1])) made.emplace(row[1], row[0]);
    }
    return made;
  }();
  return names;
}

bool is_country(const std::string& name) {
  return demonyms().contains(name) ||
         std::ranges::any_of(abbreviations(), [&](const auto& one) { return one.second == name; });
}

/// A name of several words becomes one: {"united", "states"} -> {"united states"}.
std::vector<std::string> with_whole_names(const std::vector<std::string>& words) {
  constexpr std::size_t kLongest = 3;  // "united arab emirates"
  std::vector<std::string> whole;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t taken = std::min(kLongest, words.size() - at);
    std::string name;
    for (; taken > 1; --taken) {
      name = words[at];
      for (std::size_t i = 1; i < taken; ++i) name += " " + words[at + i];
      if (is_country(name)) break;
    }
    whole.push_back(taken > 1 ? name : words[at]);
    at += taken;
  }
  return whole;
}

const std::set<std::string>& offices() {
  static const std::set<std::string> words = [] {
    std::set<std::string> made;
    for (const char* list : {"role_nouns", "office_words"}) {
      for (const auto& row : WordLists().rows(list)) made.insert(row[0]);
    }
    return made;
  }();
  return words;
}

std::vector<std::string> with_demonyms(const std::string& word) {
  std::vector<std::string> all = {word};
  const auto [begin, end] = demonyms().equal_range(word);
  for (auto at = begin; at != end; ++at) all.push_back(at->second);
  return all;
}

/// Whether the stop at `at` stands between or behind single capitals: "U.S.".
bool is_in_initials(std::string_view text, std::size_t at) {
  const auto is_capital = [&](std::size_t i) { return i < text.size() && text[i] >= 'A' && text[i] <= 'Z'; };
  const bool single = at > 0 && is_capital(at - 1) && (at == 1 || text[at - 2] == '.' || text[at - 2] == ' ');
  return single && (is_capital(at + 1) || (at > 2 && text[at - 2] == '.'));
}

// Letters of any script and figures; "Norland's" gives "norland", "U.S." and "US" "united states". Letters
// beyond ASCII keep their case.
void add_words(std::string_view text, std::vector<std::string>& words) {
  std::string word;
  const auto end_word = [&] {
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    if (word.ends_with("\xE2\x80\x99s")) word.resize(word.size() - 4);
    if (!word.empty()) {
      const auto name = abbreviations().find(word);
      words.push_back(name == abbreviations().end() ? in_lower_case(word) : name->second);
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool in_word = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                         c == '\'' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    if (in_word) {
      word += c;
    } else if (c != '.' || !is_in_initials(text, at)) {
      end_word();
    }
  }
  end_word();
}

// A clause ends at a mark of these; those beyond ASCII are quotation marks.
std::size_t last_break(std::string_view text) {
  std::size_t end = text.size();
  std::size_t at = 0;
  while (at == 0 && end > 0) {
    const std::size_t mark = text.substr(0, end).find_last_of(".!?;:\n\"()");
    if (mark == std::string_view::npos) break;
    if (!is_in_initials(text, mark)) at = mark + 1;
    end = mark;
  }
  for (const std::string_view mark : {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x94"}) {
    const std::size_t found = text.rfind(mark);
    if (found != std::string_view::npos) at = std::max(at, found + mark.size());
  }
  return at;
}

std::size_t first_break(std::string_view text) {
  std::size_t at = std::min(text.find_first_of(".!?;:\n\"("), text.size());
  for (const std::string_view mark : {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x94"}) {
    at = std::min(at, text.find(mark));
  }
  return at;
}

using Alternatives = std::vector<std::vector<std::string>>;

bool is_one_of(const std::string& word, const std::vector<std::string>& wanted) {
  return std::ranges::find(wanted, word) != wanted.end();
}

bool holds_all(const std::vector<std::string>& mention, const Alternatives& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& alternatives) {
    return std::ranges::any_of(mention, [&](const auto& word) { return is_one_of(word, alternatives); });
  });
}

// "Norland's foreign minister", "spokesman for the government of Norland": at most this many words apart.
constexpr std::size_t kReach = 4;

bool is_for(const std::string& word) { return word == "for" || word == "of" || word == "from"; }

bool names_an_office_of(const std::vector<std::string>& mention, const Alternatives& wanted) {
  for (std::size_t i = 0; i < mention.size(); ++i) {
    if (std::ranges::none_of(wanted, [&](const auto& words) { return is_one_of(mention[i], words); }))
      continue;
    for (std::size_t after = i + 1; after < std::min(i + 1 + kReach, mention.size()); ++after) {
      if (offices().contains(mention[after])) return true;
    }
    bool joined = false;
    for (std::size_t back = 1; back <= std::min(kReach, i); ++back) {
      joined = joined || is_for(mention[i - back]);
      if (joined && offices().contains(mention[i - back])) return true;
    }
  }
  return false;
}

// Whether the words beside some mention of the whole name in the text fit.
bool any_mention(std::string_view name, std::string_view text, const auto& fits) {
  constexpr std::size_t kBeside = 60;  // bytes: "the foreign minister of the Republic of Norland, " has 49
  if (name.empty()) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t begin = at - std::min(at, kBeside);
    const std::string_view after = text.substr(at + name.size());
    if (fits(mention_words(text.substr(begin, at - begin), name, after.substr(0, kBeside)))) return true;
  }
  return false;
}

std::string match_any(const Alternatives& wanted) {
  std::string match;
  for (const auto& alternatives : wanted) {
    std::string any;
    for (const std::string& word : alternatives) {
      std::string quoted = word;
      std::erase(quoted, '"');
      any += fmt::format("{}\"{}\"", any.empty() ? "" : " OR ", quoted);
      for (const auto& [abbreviation, name] : abbreviations()) {
        if (name != word) continue;
        any += fmt::format(" OR \"{}\" OR \"{}\"", abbreviation, fmt::join(abbreviation, "."));
      }
    }
    match += fmt::format("{}({})", match.empty() ? "" : " OR ", any);
  }
  return match;
}

}  // namespace

bool names_an_office(const std::string& word) { return offices().contains(word); }

std::vector<std::string> mention_words(std::string_view before, std::string_view mention,
                                       std::string_view after) {
  std::vector<std::string> words;
  add_words(before.substr(last_break(before)), words);
  add_words(mention, words);
  const bool goes_on =
      after.starts_with(", and ") || after.starts_with(", or ") || after.starts_with(", but ");
  if (after.starts_with(", ") && !goes_on) {
    after.remove_prefix(2);
    after = after.substr(0, first_break(after));
    add_words(after.substr(0, after.find(',')), words);
  }
  return with_whole_names(words);
}

std::vector<std::int64_t> persons_named(Database& database, const std::vector<std::string>& last_words) {
  std::vector<std::int64_t> found;
  const std::string match = all_words(fmt::format("{}", fmt::join(last_words, " ")));
  if (match.empty()) return found;
  auto persons = database.prepare(
      "SELECT p.key, p.name FROM speaker_search s JOIN speaker p ON p.key = s.rowid "
      "WHERE speaker_search MATCH ? AND p.kind = ? ORDER BY p.key");
  persons.bind(match, code(SpeakerKind::kPerson));
  while (persons.step()) {
    std::vector<std::string> name;
    add_words(persons.text(1), name);
    if (name.size() >= last_words.size() &&
        std::equal(last_words.rbegin(), last_words.rend(), name.rbegin())) {
      found.push_back(persons.integer(0));
    }
  }
  return found;
}

std::vector<std::int64_t> speakers_described(Database& database, const std::vector<std::string>& words,
                                             Description description) {
  Alternatives wanted;
  std::vector<std::string> named;
  for (const std::string& word : words) {
    const auto name = std::ranges::find_if(
        abbreviations(), [&](const auto& abbreviation) { return in_lower_case(abbreviation.first) == word; });
    named.push_back(name == abbreviations().end() ? word : name->second);
  }
  for (const std::string& word : with_whole_names(named)) wanted.push_back(with_demonyms(word));
  auto quoted = database.prepare(
      "SELECT DISTINCT p.key, p.name, v.key, v.text FROM version v JOIN quotation q ON q.version = v.key "
      "LEFT JOIN corrected c ON c.quotation = q.key "
      "JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END "
      "WHERE v.current = 1 AND v.key IN (SELECT o.version FROM search CROSS JOIN quotation o "
      "ON o.key = search.rowid WHERE search MATCH ?)");
  const std::string match = match_any(wanted);
  quoted.bind(match);
  std::set<std::int64_t> found;
  while (quoted.step()) {
    if (found.contains(quoted.integer(0))) continue;
    const auto fits = [&](const std::vector<std::string>& beside) {
      return holds_all(beside, wanted) &&
             (description == Description::kAnywhere || names_an_office_of(beside, wanted));
    };
    if (any_mention(quoted.text(1), quoted.text(3), fits)) found.insert(quoted.integer(0));
  }
  return {found.begin(), found.end()};
}

}  // namespace onrecord
