// The word lists as the plain reading asks them: what a word can be.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/pronoun_evidence.h"
#include "text/word_list.h"

namespace onrecord {

class TimeReader;

/// What a word can be; several at once. Bits of `LexiconEntry::classes`.
enum class WordClass : std::uint64_t {
  kDeterminer = 1ULL << 0,
  kPossessive = 1ULL << 1,
  kPronoun = 1ULL << 2,
  kObjectPronoun = 1ULL << 3,
  kPreposition = 1ULL << 4,
  kConjunction = 1ULL << 5,
  kSubordinator = 1ULL << 6,
  kAuxiliary = 1ULL << 7,
  kBe = 1ULL << 8,
  kNegation = 1ULL << 9,
  kAdverb = 1ULL << 10,
  kTime = 1ULL << 11,
  kWh = 1ULL << 12,
  kNumber = 1ULL << 13,
  kTitle = 1ULL << 14,
  kRoleNoun = 1ULL << 15,
  kFirstName = 1ULL << 16,
  kGroupNoun = 1ULL << 17,
  kUnnamedNoun = 1ULL << 18,
  kOrganizationNoun = 1ULL << 19,
  kDocumentNoun = 1ULL << 20,
  kCommonVerb = 1ULL << 21,
  kVenueNoun = 1ULL << 22,
  kLabel = 1ULL << 23,
  kMonth = 1ULL << 24,
  kWeekday = 1ULL << 25,
  kMind = 1ULL << 26,
  kOutletWord = 1ULL << 27,
  kCourtesyTitle = 1ULL << 28,
  kStructure = 1ULL << 29,
  kTelling = 1ULL << 30,
  kEpithet = 1ULL << 31,
  kBodyNoun = 1ULL << 32,
  kKin = 1ULL << 33,
  kAccountNoun = 1ULL << 34,
  kSceneRole = 1ULL << 35,
  kStateWord = 1ULL << 36,
};

/// What may follow or surround a reporting verb. Bits of `ReportingVerb::frames`; see
/// data/reporting_verbs.txt.
enum class Frame : std::uint32_t {
  kQuote = 1U << 0,
  kClause = 1U << 1,
  kThat = 1U << 2,
  kWh = 1U << 3,
  kTo = 1U << 4,
  kObject = 1U << 5,
  kPerson = 1U << 6,
  kFor = 1U << 7,
  kAbout = 1U << 8,
  kOf = 1U << 9,
  kOn = 1U << 10,
  kAt = 1U << 11,
  kAgainst = 1U << 12,
  kWith = 1U << 13,
  kDocument = 1U << 14,
};

enum class VerbForm : std::uint8_t { kBase, kThirdPerson, kPast, kPastParticiple, kGerund };
enum class Gender : std::uint8_t { kUnknown, kMale, kFemale };

struct ReportingVerb {
  std::string base;
  QuotationMode mode = QuotationMode::kSpeech;
  std::uint32_t frames = 0;
  [[nodiscard]] bool takes(Frame frame) const { return (frames & static_cast<std::uint32_t>(frame)) != 0; }
};

/// What the lists know of one word.
struct LexiconEntry {
  std::uint64_t classes = 0;
  std::int32_t verb = -1;  ///< index of a reporting verb, -1 when it is none
  VerbForm form = VerbForm::kBase;
  std::int32_t noun_mode = -1;            ///< mode of a reporting noun, -1 when it is none
  Gender gender = Gender::kUnknown;       ///< of a title or a role noun
  Gender name_gender = Gender::kUnknown;  ///< of a first name
  [[nodiscard]] bool is(WordClass word_class) const {
    return (classes & static_cast<std::uint64_t>(word_class)) != 0;
  }
};

/// The lists, indexed. Immutable, safe for several threads.
class Lexicon {
 public:
  explicit Lexicon(const WordLists& lists);
  ~Lexicon();

  /// What is known of a word, given as `folded`. Lives as long as the lexicon.
  [[nodiscard]] const LexiconEntry& find(std::string_view folded_word) const;
  [[nodiscard]] const ReportingVerb& verb(std::int32_t index) const { return verbs_[index]; }
  /// How much counts for a person whom a pronoun may mean.
  [[nodiscard]] const PronounWeights& pronouns() const { return pronouns_; }
  /// What finds the dates of a text.
  [[nodiscard]] const TimeReader& times() const { return *times_; }

 private:
  void add_class(const WordLists& lists, std::string_view list, WordClass word_class);
  void add_verb(const std::vector<std::string>& row);
  void add_verb_form(const std::string& word, VerbForm form);
  LexiconEntry& at(std::string_view word);

  std::unordered_map<std::string, LexiconEntry> entries_;
  std::vector<ReportingVerb> verbs_;
  LexiconEntry unknown_;
  std::unique_ptr<const TimeReader> times_;
  PronounWeights pronouns_;
};

}  // namespace onrecord
