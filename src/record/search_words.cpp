#include "record/search_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <vector>

#include "text/utf8.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

struct Term {
  std::string text;  ///< without its marks
  bool phrase = false;
  bool without = false;
  bool beginning = false;
};

bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000; }
bool is_double_mark(char32_t c) {
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
}

/// Whether the index would find a word in it: punctuation alone is none.
bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    const bool ascii_word = (c.value >= '0' && c.value <= '9') || (c.value >= 'a' && c.value <= 'z') ||
                            (c.value >= 'A' && c.value <= 'Z');
    const bool general_punctuation = c.value >= 0x2000 && c.value <= 0x2BFF;  // and symbols, arrows, dashes
    if (ascii_word || (c.value >= 0xC0 && !general_punctuation)) return true;
    at += c.size;
  }
  return false;
}

class TermReader {
 public:
  explicit TermReader(std::string_view text) : text_(text) {}

  std::vector<Term> read() {
    std::vector<Term> terms;
    while (skip_space()) {
      Term term;
      if (peek() == '-' && at_ + 1 < text_.size() && !is_space(decode_at(text_, at_ + 1).value)) {
        term.without = true;
        ++at_;
      }
      if (is_double_mark(peek())) {
        read_phrase(term);
      } else {
        read_word(term);
      }
      if (has_word(term.text)) terms.push_back(std::move(term));
    }
    return terms;
  }

 private:
  char32_t peek() const { return decode_at(text_, at_).value; }

  bool skip_space() {
    while (at_ < text_.size() && is_space(peek())) advance();
    return at_ < text_.size();
  }

  void advance() { at_ += decode_at(text_, at_).size; }

  void read_phrase(Term& term) {
    term.phrase = true;
    advance();
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_double_mark(peek())) advance();
    term.text = std::string(text_.substr(begin, at_ - begin));
    if (at_ < text_.size()) advance();
  }

  void read_word(Term& term) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(peek()) && !is_double_mark(peek())) advance();
    term.text = std::string(text_.substr(begin, at_ - begin));
    if (term.text.size() > 1 && term.text.back() == '*') {
      term.beginning = true;
      term.text.pop_back();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// A string of the index's grammar: within double marks nothing has a meaning but the mark itself.
std::string quoted(const Term& term) {
  std::string out = "\"";
  for (const char c : term.text) {
    if (c == '"') out += '"';
    if (c != '\0') out += c;
  }
  out += '"';
  if (term.beginning) out += '*';
  return out;
}

std::string in_column(const Term& term, std::string_view columns) {
  return columns.empty() ? quoted(term) : "{" + std::string(columns) + "} : " + quoted(term);
}

/// The word as the list of question words has it: ASCII lower case, marks at its ends left out.
std::string plain_word(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if (static_cast<unsigned char>(c) >= 0x80) out += c;
  }
  return out;
}

enum class Role { kFiller, kAsks, kReports };

const std::map<std::string, Role>& question_words() {
  static const auto words = [] {
    std::map<std::string, Role> made;
    for (const auto& row : WordLists().rows("question_words")) {
      Role role = Role::kFiller;
      if (row.size() > 1) role = row[1] == "asks" ? Role::kAsks : Role::kReports;
      made.emplace(row[0], role);
    }
    return made;
  }();
  return words;
}

std::optional<Role> role_of(const Term& term) {
  if (term.phrase || term.without || term.beginning) return std::nullopt;
  const auto found = question_words().find(plain_word(term.text));
  if (found == question_words().end()) return std::nullopt;
  return found->second;
}

bool is_question(const std::vector<Term>& terms, std::string_view typed) {
  if (terms.size() < 2) return false;
  return role_of(terms.front()) == Role::kAsks ||
         typed.find_last_not_of(" \t\n?") + 1 < typed.find_last_of('?') + 1;
}

bool is_unnamed_word(const Term& term) {
  const std::string word = plain_word(term.text);
  return !term.phrase && !term.without && (word == "unnamed" || word == "anonymous");
}

/// "source", "people": they say no more than that somebody spoke.
bool is_any_source(const Term& term) {
  const std::string word = plain_word(term.text);
  return word == "source" || word == "sources" || word == "people" || word == "person" || word == "persons" ||
         word == "speaker" || word == "speakers";
}

/// Whether unnamed sources are meant: the word alone, or before a noun for them.
bool asks_for_unnamed(const std::vector<Term>& terms, std::size_t at) {
  if (!is_unnamed_word(terms[at])) return false;
  if (terms.size() == 1) return true;
  if (at + 1 == terms.size()) return false;
  const Term& next = terms[at + 1];
  if (is_any_source(next)) return true;
  const std::string noun = plain_word(next.text);
  return std::ranges::any_of(WordLists().rows("speaker_nouns"),
                             [&](const auto& row) {
                               return row.size() > 1 && row[0] == noun &&
                                      (row[1] == "group" || row[1] == "unnamed");
                             }) ||
         std::ranges::any_of(WordLists().rows("role_nouns"),
                             [&](const auto& row) { return row[0] == noun || row[0] + "s" == noun; });
}

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "January", "January 2031", "2031", "2031-01-20" at the head of `terms`: the date, and of how many terms.
std::pair<std::string, std::size_t> date_at(std::span<const Term> terms) {
  if (terms.empty() || terms[0].phrase || terms[0].without) return {};
  std::string_view text = terms[0].text;
  while (!text.empty() && (text.back() == '?' || text.back() == ',')) text.remove_suffix(1);
  const auto month = std::ranges::find(kMonths, plain_word(text));
  if (month != kMonths.end()) {
    std::string date = fmt::format("-{:02}", month - kMonths.begin() + 1);
    const std::string year = terms.size() > 1 ? plain_word(terms[1].text) : "";
    const bool has_year = is_digits(year, 4);
    return {(has_year ? year : "") + date, has_year ? 2 : 1};
  }
  const bool iso =
      is_digits(text.substr(0, 4), 4) &&
      (text.size() == 4 || (text.size() >= 7 && text[4] == '-' && is_digits(text.substr(5, 2), 2))) &&
      (text.size() <= 7 || (text.size() == 10 && text[7] == '-' && is_digits(text.substr(8), 2)));
  return iso ? std::pair(std::string(text), std::size_t{1}) : std::pair(std::string(), std::size_t{0});
}

/// Takes "since January" and "until 2031-05" out of a question.
void take_dates(std::vector<Term>& terms, SearchWords& out) {
  for (std::size_t i = 1; i + 1 < terms.size(); ++i) {
    const std::string word = plain_word(terms[i].text);
    if (terms[i].phrase || (word != "since" && word != "until")) continue;
    const auto [date, count] = date_at(std::span(terms).subspan(i + 1));
    if (count == 0) continue;
    (word == "since" ? out.since : out.until) = date;
    const auto first = terms.begin() + static_cast<std::ptrdiff_t>(i);
    terms.erase(first, first + static_cast<std::ptrdiff_t>(1 + count));
    --i;
  }
}

/// "who spoke for Mexico" asks for a speaker by what stands around the words, not in them.
bool asks_who_speaks_for(const std::vector<Term>& terms) {
  return terms.size() > 3 && plain_word(terms[0].text) == "who" && role_of(terms[1]) == Role::kReports &&
         plain_word(terms[2].text) == "for";
}

constexpr std::string_view kAsSpeaker = "speaker";
constexpr std::string_view kAroundTheWords = "speaker context";

struct Placed {
  Term term;
  std::string_view columns;  ///< empty: all
  bool describes = false;    ///< the one who spoke
};

/// "who spoke for Norland about the treaty": what stands between "for" and the next small word.
std::vector<Placed> read_who_spoke_for(const std::vector<Term>& terms) {
  std::vector<Placed> placed;
  bool describes = true;
  for (std::size_t i = 3; i < terms.size(); ++i) {
    if (role_of(terms[i])) {
      describes = describes && placed.empty();
    } else {
      placed.push_back({terms[i], describes ? kAroundTheWords : "", describes});
    }
  }
  return placed;
}

std::vector<Placed> read_question(const std::vector<Term>& terms) {
  std::vector<Placed> placed;
  const auto verb =
      std::ranges::find_if(terms, [](const Term& term) { return role_of(term) == Role::kReports; });
  for (auto term = terms.begin(); term != terms.end(); ++term) {
    if (role_of(*term)) continue;
    const bool describes = verb != terms.end() && term < verb && !term->without;
    placed.push_back({*term, describes ? kAsSpeaker : "", describes});
  }
  return placed;
}

/// Takes "unnamed officials" out of the words; the noun is then looked for around the statement.
std::vector<Placed> take_unnamed(std::vector<Term>& terms, SearchWords& out) {
  std::vector<Placed> nouns;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (!asks_for_unnamed(terms, i)) continue;
    out.wants_unnamed = true;
    const bool has_noun = i + 1 < terms.size();
    if (has_noun && !is_any_source(terms[i + 1])) nouns.push_back({terms[i + 1], kAroundTheWords, false});
    const auto first = terms.begin() + static_cast<std::ptrdiff_t>(i);
    terms.erase(first, first + (has_noun ? 2 : 1));
    break;
  }
  return nouns;
}

std::string joined(const std::vector<Placed>& placed, bool with_description) {
  std::string wanted;
  std::string unwanted;
  for (const Placed& one : placed) {
    if (one.describes && !with_description) continue;
    if (one.term.without) {
      unwanted += " NOT " + quoted(one.term);
    } else {
      wanted += (wanted.empty() ? "" : " AND ") + in_column(one.term, one.columns);
    }
  }
  if (wanted.empty()) return {};
  return unwanted.empty() ? wanted : "(" + wanted + ")" + unwanted;
}

/// "Norland's" as the mention of a speaker has it: without the ending.
std::string described_word(const Term& term) {
  std::string word = plain_word(term.text);
  if (word.ends_with("'s")) word.resize(word.size() - 2);
  if (word.ends_with("\xE2\x80\x99s")) word.resize(word.size() - 4);
  return word;
}

}  // namespace

Result<SearchWords> parse_search(std::string_view typed) {
  const std::string valid = replace_invalid_utf8(typed);
  std::vector<Term> terms = TermReader(valid).read();
  const bool question = is_question(terms, valid);
  SearchWords out;
  if (question) take_dates(terms, out);
  std::vector<Placed> placed = take_unnamed(terms, out);
  if (question && asks_who_speaks_for(terms)) {
    out.on_behalf = true;
    std::ranges::move(read_who_spoke_for(terms), std::back_inserter(placed));
  } else if (question) {
    std::ranges::move(read_question(terms), std::back_inserter(placed));
  }
  if (!question || (placed.empty() && !out.wants_unnamed)) {
    for (const Term& term : terms) placed.push_back({term, "", false});
  }
  for (const Placed& one : placed) {
    if (one.describes) out.described.push_back(described_word(one.term));
  }
  out.match = joined(placed, true);
  out.rest = joined(placed, false);
  if (out.match.empty() && !out.wants_unnamed && !placed.empty()) {
    return fail(ErrorCode::kInvalidArgument, "only words that must not occur; give at least one to look for");
  }
  return out;
}

std::string all_words(std::string_view typed) {
  const std::string valid = replace_invalid_utf8(typed);
  std::string match;
  for (Term& term : TermReader(valid).read()) match += (match.empty() ? "" : " AND ") + quoted(term);
  return match;
}

}  // namespace onrecord
