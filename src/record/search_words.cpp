#include "record/search_words.h"

#include <algorithm>
#include <cstdint>
#include <map>
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

bool asks_for_unnamed(const Term& term) {
  const std::string word = plain_word(term.text);
  return word == "unnamed" || word == "anonymous";
}

/// "who spoke for Mexico" asks for a speaker by what stands around the words, not in them.
bool asks_who_speaks_for(const std::vector<Term>& terms) {
  return terms.size() > 3 && plain_word(terms[0].text) == "who" && role_of(terms[1]) == Role::kReports &&
         plain_word(terms[2].text) == "for";
}

struct Placed {
  Term term;
  std::string_view columns;  ///< empty: all
};

std::vector<Placed> read_question(const std::vector<Term>& terms, SearchWords& out) {
  std::vector<Placed> placed;
  const auto verb =
      std::ranges::find_if(terms, [](const Term& term) { return role_of(term) == Role::kReports; });
  const bool who_speaks_for = asks_who_speaks_for(terms);
  for (auto term = terms.begin(); term != terms.end(); ++term) {
    if (role_of(*term)) continue;
    if (!term->without && asks_for_unnamed(*term)) {
      out.wants_unnamed = true;
    } else if (who_speaks_for) {
      placed.push_back({*term, "speaker context"});
    } else {
      placed.push_back({*term, verb != terms.end() && term < verb ? "speaker" : ""});
    }
  }
  return placed;
}

}  // namespace

Result<SearchWords> parse_search(std::string_view typed) {
  const std::string valid = replace_invalid_utf8(typed);
  const std::vector<Term> terms = TermReader(valid).read();
  SearchWords out;
  std::vector<Placed> placed;
  if (is_question(terms, valid)) placed = read_question(terms, out);
  if (placed.empty() && !out.wants_unnamed) {
    for (const Term& term : terms) placed.push_back({term, ""});
  }
  std::string wanted;
  std::string unwanted;
  for (const Placed& one : placed) {
    if (one.term.without) {
      unwanted += " NOT " + quoted(one.term);
    } else {
      wanted += (wanted.empty() ? "" : " AND ") + in_column(one.term, one.columns);
    }
  }
  if (wanted.empty() && !unwanted.empty()) {
    return fail(ErrorCode::kInvalidArgument, "only words that must not occur; give at least one to look for");
  }
  if (!wanted.empty()) out.match = unwanted.empty() ? wanted : "(" + wanted + ")" + unwanted;
  return out;
}

std::string all_words(std::string_view typed) {
  const std::string valid = replace_invalid_utf8(typed);
  std::string match;
  for (Term& term : TermReader(valid).read()) match += (match.empty() ? "" : " AND ") + quoted(term);
  return match;
}

}  // namespace onrecord
