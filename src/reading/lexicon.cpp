#include "reading/lexicon.h"

#include <array>
#include <utility>

#include "language/characters.h"
#include "reading/time_expressions.h"

namespace onrecord {
namespace {

constexpr std::array<std::pair<std::string_view, Frame>, 15> kFrameNames = {{{"quote", Frame::kQuote},
                                                                             {"clause", Frame::kClause},
                                                                             {"that", Frame::kThat},
                                                                             {"wh", Frame::kWh},
                                                                             {"to", Frame::kTo},
                                                                             {"object", Frame::kObject},
                                                                             {"person", Frame::kPerson},
                                                                             {"for", Frame::kFor},
                                                                             {"about", Frame::kAbout},
                                                                             {"of", Frame::kOf},
                                                                             {"on", Frame::kOn},
                                                                             {"at", Frame::kAt},
                                                                             {"against", Frame::kAgainst},
                                                                             {"with", Frame::kWith},
                                                                             {"document", Frame::kDocument}}};

constexpr std::array<std::pair<std::string_view, WordClass>, 18> kClassNames = {
    {{"determiner", WordClass::kDeterminer},
     {"possessive", WordClass::kPossessive},
     {"pronoun", WordClass::kPronoun},
     {"object_pronoun", WordClass::kObjectPronoun},
     {"preposition", WordClass::kPreposition},
     {"conjunction", WordClass::kConjunction},
     {"subordinator", WordClass::kSubordinator},
     {"auxiliary", WordClass::kAuxiliary},
     {"be", WordClass::kBe},
     {"negation", WordClass::kNegation},
     {"adverb", WordClass::kAdverb},
     {"time", WordClass::kTime},
     {"wh", WordClass::kWh},
     {"number", WordClass::kNumber},
     {"group", WordClass::kGroupNoun},
     {"unnamed", WordClass::kUnnamedNoun},
     {"organization", WordClass::kOrganizationNoun},
     {"document", WordClass::kDocumentNoun}}};

/// Files of data/ with one word a line.
constexpr std::array<std::pair<std::string_view, WordClass>, 13> kPlainLists = {
    {{"venue_nouns", WordClass::kVenueNoun},
     {"mind_words", WordClass::kMind},
     {"outlet_words", WordClass::kOutletWord},
     {"structure_words", WordClass::kStructure},
     {"telling_words", WordClass::kTelling},
     {"epithets", WordClass::kEpithet},
     {"body_nouns", WordClass::kBodyNoun},
     {"label_words", WordClass::kLabel},
     {"common_verbs", WordClass::kCommonVerb},
     {"kin_nouns", WordClass::kKin},
     {"account_nouns", WordClass::kAccountNoun},
     {"scene_roles", WordClass::kSceneRole},
     {"state_words", WordClass::kStateWord}}};

std::uint64_t bits_of(WordClass word_class) { return static_cast<std::uint64_t>(word_class); }

QuotationMode mode_of(const std::vector<std::string>& row) {
  return row.size() > 1 ? quotation_mode(row[1]).value_or(QuotationMode::kSpeech) : QuotationMode::kSpeech;
}

Gender gender_of(const std::vector<std::string>& row) {
  if (row.size() < 2) return Gender::kUnknown;
  return row[1] == "male" ? Gender::kMale : row[1] == "female" ? Gender::kFemale : Gender::kUnknown;
}

std::uint32_t frames_of(std::string_view names) {
  std::uint32_t frames = 0;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    for (const auto& [frame_name, frame] : kFrameNames) {
      if (names.substr(at, end - at) == frame_name) frames |= static_cast<std::uint32_t>(frame);
    }
    at = end + 1;
  }
  return frames;
}

bool is_vowel(char c) { return std::string_view("aeiou").contains(c); }

/// Base forms whose last consonant is doubled before -ed and -ing though they have several syllables.
bool doubles_last(std::string_view base) {
  const std::size_t n = base.size();
  if (n < 3 || is_vowel(base[n - 1]) || !is_vowel(base[n - 2]) || is_vowel(base[n - 3])) return false;
  if (std::string_view("wxy").contains(base[n - 1])) return false;
  std::size_t vowels = 0;
  for (const char c : base) vowels += is_vowel(c) ? 1 : 0;
  return vowels == 1 || base == "admit" || base == "refer" || base == "permit" || base == "concur";
}

std::string stem_before_suffix(const std::string& base) {
  return doubles_last(base) ? base + base.back() : base;
}

std::string third_person(const std::string& base) {
  if (base.ends_with('y') && base.size() > 1 && !is_vowel(base[base.size() - 2]))
    return base.substr(0, base.size() - 1) + "ies";
  for (const std::string_view ending : {"s", "x", "z", "ch", "sh", "o"}) {
    if (base.ends_with(ending)) return base + "es";
  }
  return base + "s";
}

std::string regular_past(const std::string& base) {
  if (base.ends_with('e')) return base + "d";
  if (base.ends_with('y') && base.size() > 1 && !is_vowel(base[base.size() - 2]))
    return base.substr(0, base.size() - 1) + "ied";
  return stem_before_suffix(base) + "ed";
}

std::string gerund(const std::string& base) {
  if (base.ends_with("ie")) return base.substr(0, base.size() - 2) + "ying";
  if (base.ends_with('e') && !base.ends_with("ee")) return base.substr(0, base.size() - 1) + "ing";
  return stem_before_suffix(base) + "ing";
}

}  // namespace

LexiconEntry& Lexicon::at(std::string_view word) { return entries_[folded(word)]; }

const LexiconEntry& Lexicon::find(std::string_view folded_word) const {
  const auto found = entries_.find(std::string(folded_word));
  return found == entries_.end() ? unknown_ : found->second;
}

void Lexicon::add_verb_form(const std::string& word, VerbForm form) {
  LexiconEntry& entry = at(word);
  if (entry.verb >= 0) return;
  entry.verb = static_cast<std::int32_t>(verbs_.size()) - 1;
  entry.form = form;
}

void Lexicon::add_verb(const std::vector<std::string>& row) {
  // A verb without columns (a user's list of plain words) may stand with marks and with that-clauses.
  const std::uint32_t frames = frames_of(row.size() > 2 ? row[2] : std::string("quote that"));
  verbs_.push_back({row[0], mode_of(row), frames});
  const std::string past = row.size() > 3 ? row[3] : regular_past(row[0]);
  add_verb_form(row[0], VerbForm::kBase);
  add_verb_form(third_person(row[0]), VerbForm::kThirdPerson);
  add_verb_form(gerund(row[0]), VerbForm::kGerund);
  add_verb_form(past, VerbForm::kPast);
  add_verb_form(row.size() > 4 ? row[4] : past, VerbForm::kPastParticiple);
}

Lexicon::~Lexicon() = default;

Lexicon::Lexicon(const WordLists& lists) : times_(std::make_unique<TimeReader>(lists)), pronouns_(lists) {
  for (const auto& row : lists.rows("reporting_verbs")) add_verb(row);
  for (const auto& row : lists.rows("reporting_nouns"))
    at(row[0]).noun_mode = static_cast<std::int32_t>(mode_of(row));
  for (const std::string_view list : {"function_words", "speaker_nouns"}) {
    for (const auto& row : lists.rows(list)) {
      for (const auto& [class_name, word_class] : kClassNames) {
        if (row.size() > 1 && row[1] == class_name) at(row[0]).classes |= bits_of(word_class);
      }
    }
  }
  for (const auto& row : lists.rows("titles")) {
    at(row[0]).classes |= bits_of(WordClass::kTitle);
    if (row.size() > 2 && row[2] == "courtesy") at(row[0]).classes |= bits_of(WordClass::kCourtesyTitle);
    if (gender_of(row) != Gender::kUnknown) at(row[0]).gender = gender_of(row);
  }
  for (const auto& row : lists.rows("role_nouns")) {
    at(row[0]).classes |= bits_of(WordClass::kRoleNoun);
    if (gender_of(row) != Gender::kUnknown) at(row[0]).gender = gender_of(row);
  }
  for (const auto& row : lists.rows("first_names")) {
    const bool is_surname = row.size() > 2 && row[2] == "surname";
    if (!is_surname) at(row[0]).classes |= bits_of(WordClass::kFirstName);
    at(row[0]).name_gender = gender_of(row);
  }
  for (const auto& [list, word_class] : kPlainLists) {
    for (const std::string& word : lists.entries(list)) at(word).classes |= bits_of(word_class);
  }
}

}  // namespace onrecord
