#include "compare/story_terms.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "language/characters.h"
#include "reading/calendar.h"
#include "text/utf8.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

/// Bytes of the text that count as its head, beside the title: the first one or two sentences.
constexpr std::size_t kHeadBytes = 350;
/// A word of the title counts as often as two in the text.
constexpr float kTitleTimes = 2;
/// The share of capitalised words from which on a line is a headline, in which capitals tell no names.
constexpr double kHeadlineCapitals = 0.6;

bool is_small_word(TermHash word) {
  static const std::unordered_set<TermHash> words = [] {
    std::unordered_set<TermHash> hashes;
    for (const std::string& entry : WordLists().entries("function_words")) hashes.insert(term_hash(entry));
    return hashes;
  }();
  return words.contains(word);
}

bool ends_sentence(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == U'\n' || c == U'"' || c == U'\u201C';
}

/// A word as it stands.
struct Token {
  Span span;
  bool is_number = false;
  bool is_capital = false;
  bool begins_sentence = false;
};

/// The words and numbers of a paragraph.
std::vector<Token> tokens_of(std::string_view text, Span paragraph) {
  std::vector<Token> tokens;
  bool begins = true;
  for (std::uint32_t at = paragraph.begin; at < paragraph.end;) {
    const CodePoint c = decode_at(text, at);
    const bool digit = is_digit(c.value);
    if (!digit && !is_letter(c.value)) {
      begins = begins || ends_sentence(c.value);
      at += c.size;
      continue;
    }
    Token token{{at, at}, digit, is_upper(c.value), begins};
    while (at < paragraph.end) {
      const CodePoint next = decode_at(text, at);
      const bool joins = digit ? next.value == U',' || next.value == U'.' : is_apostrophe(next.value);
      const bool fits = digit ? is_digit(next.value) : is_letter(next.value);
      if (!fits) {
        const std::size_t behind = at + next.size;
        if (!joins || behind >= paragraph.end) break;
        const char32_t after_it = decode_at(text, behind).value;
        if (digit ? !is_digit(after_it) : !is_letter(after_it)) break;
      }
      at += next.size;
    }
    token.span.end = at;
    begins = false;
    tokens.push_back(token);
  }
  return tokens;
}

bool is_headline(std::string_view text, Span paragraph, const std::vector<Token>& tokens) {
  const auto capitals = std::ranges::count_if(tokens, &Token::is_capital);
  return text[paragraph.end - 1] != '.' &&
         static_cast<double>(capitals) >= kHeadlineCapitals * static_cast<double>(tokens.size());
}

/// In steps of 1/1024, so that the last bit of a processor's logarithm decides nothing.
float rounded_log(float times) { return std::round(std::log(times) * 1024.0F) / 1024.0F; }

/// Gathers the terms of one article.
class Gathering {
 public:
  explicit Gathering(const CoveredArticle& article) : article_(article.article) {}

  StoryTerms gather() {
    const std::string_view title = article_.field("title");
    std::size_t read = 0;
    if (article_.paragraphs.empty() && !article_.text.empty()) add_whole_text();
    for (const Paragraph& paragraph : article_.paragraphs) {
      if (read >= kReadBytes) break;
      if (!tells_story(paragraph.role, title.empty())) continue;
      Span span = paragraph.span;
      while (span.size() > kReadBytes - read || !is_boundary(article_.text, span.end)) --span.end;
      add_paragraph(span, read);
      read += span.size();
    }
    add_title(title);
    return finish();
  }

 private:
  struct Counted {
    float times = 0;
    Span first;
    bool in_small_letters = false;  ///< somewhere
    bool capital_within = false;    ///< within a sentence, where a capital tells a name
    bool is_number = false;
    bool at_head = false;
  };
  static bool tells_story(ParagraphRole role, bool title_too) {
    return role == ParagraphRole::kBody || role == ParagraphRole::kSubtitle ||
           role == ParagraphRole::kCaption || (title_too && role == ParagraphRole::kTitle);
  }

  void add_whole_text() {
    Span whole{0, static_cast<std::uint32_t>(std::min(kReadBytes, article_.text.size()))};
    while (!is_boundary(article_.text, whole.end)) --whole.end;
    add_paragraph(whole, 0);
  }

  void add_paragraph(Span paragraph, std::size_t read_before) {
    const std::vector<Token> tokens = tokens_of(article_.text, paragraph);
    if (tokens.empty()) return;
    const bool headline = is_headline(article_.text, paragraph, tokens);
    const std::size_t head_end = paragraph.begin + (read_before < kHeadBytes ? kHeadBytes - read_before : 0);
    for (const Token& token : tokens) {
      const std::string lower = folded(cut(article_.text, token.span));
      if (is_passed_over(token, lower)) continue;
      Counted& counted = count(term_hash(token.is_number ? lower : story_stem(lower)), token.span,
                               token.span.begin < head_end);
      counted.times += 1;
      counted.is_number = token.is_number;
      if (token.is_number) continue;
      counted.in_small_letters = counted.in_small_letters || !token.is_capital;
      counted.capital_within =
          counted.capital_within || (token.is_capital && !headline && !token.begins_sentence);
    }
  }

  static bool is_passed_over(const Token& token, std::string_view lower) {
    return !token.is_number && (lower.size() < 2 || is_small_word(term_hash(lower)));
  }

  Counted& count(TermHash hash, Span span, bool at_head) {
    const auto [found, is_new] = words_.try_emplace(hash);
    if (is_new) found->second.first = span;
    found->second.at_head = found->second.at_head || at_head;
    return found->second;
  }

  void add_title(std::string_view title) {
    for (const Token& token : tokens_of(title, {0, static_cast<std::uint32_t>(title.size())})) {
      const std::string lower = folded(cut(title, token.span));
      if (token.is_number || is_passed_over(token, lower)) continue;
      count(term_hash(story_stem(lower)), {}, true).times += kTitleTimes;
    }
  }

  StoryTerms finish() {
    StoryTerms terms;
    for (const auto& [hash, counted] : words_) {
      const bool is_name = counted.capital_within && !counted.in_small_letters;
      terms.words.push_back(
          {hash, 1 + rounded_log(counted.times), counted.first, is_name, counted.is_number, counted.at_head});
    }
    std::ranges::sort(terms.words, {}, &StoryTerm::hash);
    if (const auto date = date_of(article_.field("published")))
      terms.day = static_cast<std::int32_t>(std::chrono::sys_days(*date).time_since_epoch().count());
    return terms;
  }

  const Article& article_;
  std::unordered_map<TermHash, Counted> words_;
};

}  // namespace

StoryTerms story_terms(const CoveredArticle& article) { return Gathering(article).gather(); }

std::string story_stem(std::string_view lower) {
  if (lower.ends_with("'s")) lower.remove_suffix(2);
  if (lower.size() > 4 && lower.ends_with("ies")) return std::string(lower.substr(0, lower.size() - 3)) + "y";
  for (const std::string_view ending : {"ing", "ed", "es", "s"}) {
    if (lower.size() > ending.size() + 3 && lower.ends_with(ending) && !lower.ends_with("ss"))
      return std::string(lower.substr(0, lower.size() - ending.size()));
  }
  return std::string(lower);
}

TermHash term_hash(std::string_view stem) {
  TermHash hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : stem) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

std::uint32_t background_frequency(TermHash term) {
  static const std::unordered_map<TermHash, std::uint32_t> frequencies = [] {
    std::unordered_map<TermHash, std::uint32_t> of;
    for (const auto& row : WordLists().rows("news_words")) {
      of[term_hash(row[0])] = static_cast<std::uint32_t>(std::stoul(row[1]));
    }
    return of;
  }();
  const auto found = frequencies.find(term);
  return found == frequencies.end() ? 0 : found->second;
}

}  // namespace onrecord
