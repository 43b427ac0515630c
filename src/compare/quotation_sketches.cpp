#include "compare/quotation_sketches.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "compare/collation_words.h"
#include "compare/parallel.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kArticlesAtOnce = 64;
/// Bits of a word's code that tell words apart where occurrences are counted: for all words of a small
/// coverage, and 4 MB at most. In a large one a rare word may share its count with another, and looks less
/// rare than it is.
constexpr int kFewestBits = 12;
constexpr int kMostBits = 20;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash == 0 ? 1 : hash;
}

std::uint32_t folded_hash(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32U)); }

std::optional<std::int32_t> day_of(std::string_view iso) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  constexpr std::size_t kDay = 10;  // "2031-05-11"
  if (iso.size() < kDay) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t size, auto& value) {
    const char* end = iso.data() + from + size;
    return std::from_chars(iso.data() + from, end, value).ptr == end;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::uint32_t last_name_hash(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
  for (const std::string_view suffix : {" Jr", " Sr", " II", " III"}) {
    if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  }
  while (!name.empty() && (name.back() == ',' || name.back() == ' ')) name.remove_suffix(1);
  const std::size_t space = name.rfind(' ');
  std::string last(space == std::string_view::npos ? name : name.substr(space + 1));
  for (char& c : last) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
  return last.empty() ? 0 : std::max(folded_hash(hash_of(last)), 1U);
}

std::uint32_t letters_hash(std::string_view name) {
  std::string letters;
  for (char c : name) {
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80U) letters += c;
  }
  return letters.empty() ? 0 : std::max(folded_hash(hash_of(letters)), 1U);
}

/// Of "Ada" in "Ada Lowe"; 0 of a single name.
std::uint32_t first_name_hash(std::string_view name) {
  const std::size_t space = name.find(' ');
  return space == std::string_view::npos ? 0 : letters_hash(name.substr(0, space));
}

/// Below these the reading of words without marks is doubtful: much of it was not said ("was convicted of
/// ...", "has signed ..."), above all where nobody is known to have said it.
constexpr float kSureIndirect = 0.6F;
constexpr float kSureIndirectOfNobody = 0.7F;

bool is_doubtful(const Quotation& quotation) {
  if (quotation.kind != QuotationKind::kIndirect) return false;
  return quotation.confidence < (quotation.speaker.value.empty() ? kSureIndirectOfNobody : kSureIndirect);
}

/// Whether the quotation may carry an utterance at all.
bool is_said(const Quotation& quotation) {
  return !quotation.content.empty() &&
         (quotation.mode != QuotationMode::kThought || quotation.kind != QuotationKind::kIndirect);
}

float information(const SketchWord& word, std::uint32_t occurrences, std::uint32_t quotations) {
  // As if 1000 quotations had been seen before, of which one in five has a given small word and one in 500
  // any other: what the words of data/collation_words.txt and the others have in the news, in the middle.
  constexpr float kBefore = 1'000;
  constexpr float kSmallBefore = 200;
  constexpr float kOtherBefore = 2;
  return std::log((static_cast<float>(quotations) + kBefore) /
                  (static_cast<float>(occurrences) + (word.small ? kSmallBefore : kOtherBefore)));
}

/// The sketches of a few articles, their words counted from 0.
struct Chunk {
  std::vector<QuotationSketch> sketches;
  std::vector<SketchWord> words;
};

SketchWord sketch_word(const CollationWord& word, bool in_quoted) {
  SketchWord made;
  made.code = folded_hash(word.code);
  made.stem = folded_hash(word.stem);
  made.small = word.weight == WordWeight::kFunction || word.weight == WordWeight::kLight ||
               word.weight == WordWeight::kModal || word.weight == WordWeight::kNegation;
  made.number = word.weight == WordWeight::kNumber;
  made.counts = !word.bracketed && (word.quoted || !in_quoted);
  made.starts = word.starts_sentence || word.after_gap;
  made.after_gap = word.after_gap;
  return made;
}

void sketch(const CoveredArticle& covered, ArticleNumber number, Chunk& chunk) {
  const std::optional<std::int32_t> day = day_of(covered.article.field("published"));
  for (std::uint32_t i = 0; i < covered.quotations.size(); ++i) {
    const CoveredQuotation& one = covered.quotations[i];
    const Quotation& quotation = one.quotation;
    if (!is_said(quotation)) continue;
    QuotationSketch made;
    made.place = {number, i};
    made.reach = {quotation.content.front().begin, quotation.content.back().end};
    made.day = day;
    made.speaker_kind = quotation.speaker.value.empty() ? SpeakerKind::kUnknown : quotation.speaker_kind;
    made.person = one.person.empty() ? 0 : hash_of(one.person);
    made.doubtful = is_doubtful(quotation);
    made.name_letters = letters_hash(quotation.speaker.value);
    if (made.speaker_kind == SpeakerKind::kPerson) {
      made.last_name = last_name_hash(quotation.speaker.value);
      made.first_name = first_name_hash(quotation.speaker.value);
    }
    made.first_word = static_cast<std::uint32_t>(chunk.words.size());
    const std::vector<CollationWord> words = collation_words(covered.article.text, quotation);
    made.quoted = std::ranges::any_of(words, &CollationWord::quoted);
    for (const CollationWord& word : words) {
      if (word.nothing) continue;
      if (chunk.words.size() - made.first_word == kMostSketchWords) break;
      chunk.words.push_back(sketch_word(word, made.quoted));
    }
    made.words = static_cast<std::uint32_t>(chunk.words.size()) - made.first_word;
    chunk.sketches.push_back(made);
  }
}

}  // namespace

QuotationSketches::QuotationSketches(const Coverage& coverage, const CompareOptions& options) {
  std::vector<Chunk> chunks((coverage.size() + kArticlesAtOnce - 1) / kArticlesAtOnce);
  std::mutex telling;
  ArticleNumber done = 0;
  in_chunks(coverage.size(), kArticlesAtOnce, options.threads,
            [&](std::uint32_t begin, std::uint32_t end, std::uint32_t chunk) {
              for (ArticleNumber i = begin; i < end; ++i) sketch(*coverage.article(i), i, chunks[chunk]);
              const std::scoped_lock lock(telling);
              done += end - begin;
              if (options.progress) options.progress(done);
            });
  for (Chunk& chunk : chunks) {
    const auto before = static_cast<std::uint32_t>(words_.size());
    words_.insert(words_.end(), chunk.words.begin(), chunk.words.end());
    for (QuotationSketch& one : chunk.sketches) {
      one.first_word += before;
      sketches_.push_back(one);
    }
    chunk = {};
  }
  weigh_words();
}

void QuotationSketches::weigh_words() {
  const int bits = std::clamp(static_cast<int>(std::bit_width(words_.size())) + 1, kFewestBits, kMostBits);
  const unsigned shift = 32U - static_cast<unsigned>(bits);
  std::vector<std::uint32_t> occurrences(std::size_t{1} << static_cast<unsigned>(bits), 0);
  std::vector<std::uint32_t> seen_in(occurrences.size(), 0);
  for (std::uint32_t i = 0; i < size(); ++i) {
    for (const SketchWord& word : words(i)) {
      const std::uint32_t at = word.code >> shift;
      if (std::exchange(seen_in[at], i + 1) != i + 1) ++occurrences[at];
    }
  }
  for (SketchWord& word : words_)
    word.information = information(word, occurrences[word.code >> shift], size());
}

}  // namespace onrecord
