#include "record/person_names.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>

#include "text/word_list.h"

namespace onrecord {
namespace {

/// Letters that Unicode does not decompose, as they are written without their strokes.
std::string_view simpler(UChar32 letter) {
  switch (letter) {
    case 0xF8:
      return "o";
    case 0x142:
      return "l";
    case 0x111:
    case 0xF0:
      return "d";
    case 0x131:
      return "i";
    case 0xDF:
      return "ss";
    case 0xE6:
      return "ae";
    case 0x153:
      return "oe";
    default:
      return {};
  }
}

/// What takes no room in a name: "O'Neil" is "oneil", "J.K." is two initials only with a space in it.
bool is_dropped(UChar32 letter) {
  return letter == '\'' || letter == 0x2019 || letter == 0x2018 || u_getCombiningClass(letter) != 0;
}

std::vector<std::string> words_of(const std::string& folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

const std::set<std::string>& titles() {
  static const std::set<std::string> words = [] {
    std::set<std::string> made;
    for (const auto& row : WordLists().rows("titles")) {
      for (const std::string& word : words_of(folded_name(row[0]))) made.insert(word);
    }
    return made;
  }();
  return words;
}

bool is_particle(const std::string& word) {
  constexpr std::array<std::string_view, 24> kParticles = {
      "van", "von", "der", "den", "de",  "da",  "dos", "do",  "del", "della", "di", "du",
      "la",  "le",  "el",  "al",  "bin", "ibn", "ben", "ter", "ten", "zu",    "af", "y"};
  return std::ranges::find(kParticles, word) != kParticles.end();
}

/// "Jr.", "Junior" -> "jr"; empty for any other word.
std::string generation(const std::string& word) {
  if (word == "jr" || word == "junior") return "jr";
  if (word == "sr" || word == "senior") return "sr";
  return word == "ii" || word == "iii" || word == "iv" ? word : std::string();
}

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

FullName name_of_body(std::string_view name) {
  std::vector<std::string> words = words_of(folded_name(name));
  if (words.size() > 1 && words[0] == "the") words.erase(words.begin());
  FullName body;
  body.first = joined(words, 0, words.size());
  return body;
}

FullName name_of_person(std::string_view name) {
  FullName person;
  std::vector<std::string> words = words_of(folded_name(name));
  if (words.size() > 1) person.generation = generation(words.back());
  if (!person.generation.empty()) words.pop_back();
  std::size_t begin = 0;
  while (begin + 2 < words.size() && titles().contains(words[begin])) ++begin;
  std::size_t last = words.size();
  if (last > 0) --last;
  while (last > begin + 1 && is_particle(words[last - 1])) --last;
  person.last = joined(words, last, words.size());
  if (last <= begin || titles().contains(words[begin])) return person;
  person.first = words[begin];
  person.middle.assign(words.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                       words.begin() + static_cast<std::ptrdiff_t>(last));
  return person;
}

bool is_initial(const std::string& word) { return word.size() == 1; }

bool are_initials(const std::vector<std::string>& middle) { return std::ranges::all_of(middle, is_initial); }

bool same_middle_name(const std::string& one, const std::string& other) {
  return one == other || ((is_initial(one) || is_initial(other)) && one[0] == other[0]);
}

}  // namespace

std::string folded_name(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* parts = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (U_SUCCESS(status)) source = parts->normalize(source, status);
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < source.length(); at = source.moveIndex32(at, 1)) {
    const UChar32 letter = u_tolower(source.char32At(at));
    if (is_dropped(letter)) continue;
    if (const std::string_view plain = simpler(letter); !plain.empty()) {
      out.append(icu::UnicodeString::fromUTF8(
          icu::StringPiece(plain.data(), static_cast<std::int32_t>(plain.size()))));
    } else if (u_isalnum(letter) != 0) {
      out.append(letter);
    } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(static_cast<UChar32>(' '));
    }
  }
  std::string folded;
  out.trim().toUTF8String(folded);
  return folded;
}

FullName full_name(std::string_view name, SpeakerKind kind) {
  if (kind == SpeakerKind::kOrganization) return name_of_body(name);
  if (kind != SpeakerKind::kPerson) return {};
  FullName person = name_of_person(name);
  return person.known() ? person : FullName{};
}

std::string first_and_last(const FullName& name) {
  return name.last.empty() ? name.first : name.first + " " + name.last;
}

std::string surname(std::string_view name, SpeakerKind kind) {
  return kind == SpeakerKind::kPerson ? name_of_person(name).last : std::string();
}

bool may_be_one(const FullName& one, const FullName& other) {
  if (one.first != other.first || one.last != other.last || one.generation != other.generation) return false;
  if (one.middle.empty() || other.middle.empty())
    return are_initials(one.middle) && are_initials(other.middle);
  return std::ranges::equal(one.middle, other.middle, same_middle_name);
}

}  // namespace onrecord
