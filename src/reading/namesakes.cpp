#include "reading/namesakes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "language/characters.h"

namespace onrecord {
namespace {

constexpr std::size_t kSameSurname = 8;  // more people of one name are not told apart

/// What the text has shown of one of them so far.
struct Bearer {
  std::int32_t person = -1;
  std::uint32_t first_full = kNoToken;  ///< where the name first stands in full
  std::uint32_t last_subject = 0;       ///< one behind the mention that was a subject last
  int alone = 0;                        ///< the surname alone, while nobody else of it was introduced
  int in_full = 0;                      ///< in full, in the whole article
  int full_again = 0;        ///< speaking, in full, although the mention before was of the same person
  bool was_subject = false;  ///< named in full as a subject anywhere in the article
  bool has_spoken = false;   ///< the subject of a reporting verb
  std::unordered_set<std::string> titles;  ///< folded: "president"
};

class Namesakes {
 public:
  Namesakes(const Words& words, const Syntax* parse, const std::vector<Person>& persons,
            std::vector<PersonMention*> mentions, StepCounter& steps)
      : words_(words), parse_(parse), persons_(persons), mentions_(std::move(mentions)), steps_(steps) {
    look_over();
  }

  void tell() {
    for (PersonMention* mention : mentions_) {
      const bool in_full = is_in_full(*mention);
      if (!in_full) decide(*mention);
      Bearer* bearer = bearer_of(mention->person);
      if (bearer == nullptr) continue;
      note_titles(*mention, *bearer);
      const std::uint32_t verb = verb_of(*mention);
      if (verb == kNoToken) continue;
      bearer->last_subject = mention->name.begin + 1;
      bearer->has_spoken = bearer->has_spoken || words_.is_reporting(verb);
    }
  }

 private:
  static constexpr float kAlone = 1.5F;
  static constexpr float kAloneAgain = 0.5F;
  static constexpr int kMostAlone = 4;
  static constexpr float kInFull = 0.35F;
  static constexpr float kLastSubject = 1.5F;
  static constexpr float kHasSpoken = 1.0F;
  static constexpr float kFullAgain = 1.25F;
  static constexpr int kMostFullAgain = 3;
  static constexpr float kTitle = 2.0F;
  static constexpr float kNotYet = 2.0F;
  static constexpr float kSureMargin = 1.4F;
  static constexpr float kFairMargin = 0.6F;

  /// A first look at the whole article: who is introduced where, and who is named in full again and again.
  void look_over() {
    std::int32_t before = -1;
    for (const PersonMention* mention : mentions_) {
      steps_.count();
      Bearer* bearer = bearer_of(mention->person);
      if (bearer == nullptr) {
        if (bearers_.size() == kSameSurname) continue;
        bearers_.emplace_back().person = mention->person;
        bearer = &bearers_.back();
      }
      if (!is_in_full(*mention)) {
        before = -1;
        if (persons_[mention->person].names.size() == 1)
          bearer->first_full = 0;  // the article takes him for known
        continue;
      }
      if (mention->name.size() == 1 && !shares_surname(*mention)) continue;
      const std::uint32_t verb = verb_of(*mention);
      if (bearer->first_full == kNoToken)
        bearer->first_full = mention->name.begin;
      else if (before == mention->person && words_.is_reporting(verb))
        ++bearer->full_again;
      ++bearer->in_full;
      bearer->was_subject = bearer->was_subject || verb != kNoToken;
      before = mention->person;
    }
  }

  /// "AMMON and Ryan Bundy".
  [[nodiscard]] bool shares_surname(const PersonMention& mention) const {
    const std::uint32_t end = mention.name.end;
    return words_.equals(end, "and") && end + 2 < words_.size() &&
           folded(words_.text(end + 2)) == persons_[mention.person].surname;
  }

  void decide(PersonMention& mention) {
    std::vector<Bearer*> fitting;
    int introduced = 0;
    for (Bearer& bearer : bearers_) {
      steps_.count();
      introduced += bearer.first_full <= mention.name.begin ? 1 : 0;
      if (fits(mention, bearer)) fitting.push_back(&bearer);
    }
    if (fitting.empty()) return;
    const bool title_tells =
        std::ranges::any_of(fitting, [&](const Bearer* b) { return shares_title(mention, *b); });
    const auto latest =
        std::ranges::max_element(fitting, {}, [](const Bearer* b) { return b->last_subject; });
    const Bearer* next =
        *std::ranges::min_element(fitting, {}, [](const Bearer* b) { return b->first_full; });
    const auto leaves_it = [&](const Bearer& one) {  // to another who does something in the article
      return one.alone == 0 && std::ranges::any_of(fitting, [&](const Bearer* other) {
               return other != &one && other->was_subject && other->full_again < one.full_again;
             });
    };
    float best_score = -100;
    float second_score = -100;
    Bearer* best = nullptr;
    for (Bearer* bearer : fitting) {
      float score = bearer->alone > 0
                        ? kAlone + kAloneAgain * static_cast<float>(std::min(bearer->alone, kMostAlone) - 1)
                        : 0.0F;
      score += kInFull * std::log2(1.0F + static_cast<float>(bearer->in_full));
      if (bearer == *latest && bearer->last_subject > 0) score += kLastSubject;
      if (bearer->has_spoken) score += kHasSpoken;
      if (bearer->full_again > 1 && leaves_it(*bearer))
        score -= kFullAgain * static_cast<float>(std::min(bearer->full_again, kMostFullAgain));
      if (title_tells && shares_title(mention, *bearer)) score += kTitle;
      if (bearer->first_full > mention.name.begin) score -= bearer == next && introduced == 0 ? 0 : kNotYet;
      if (score > best_score) {
        second_score = best_score;
        best_score = score;
        best = bearer;
      } else {
        second_score = std::max(second_score, score);
      }
    }
    mention.person = best->person;
    const float margin = fitting.size() == 1 ? kSureMargin : best_score - second_score;
    mention.sureness = margin >= kSureMargin ? 0.85F : margin >= kFairMargin ? 0.7F : 0.5F;
    if (introduced == 1 && best->first_full <= mention.name.begin) ++best->alone;
  }

  /// "Mr. Lowe" is not Ada Lowe, nor "President Lowe" Al Lowe Jr.
  [[nodiscard]] bool fits(const PersonMention& mention, const Bearer& bearer) const {
    if (is_father_in_office(words_, persons_[bearer.person], {mention.phrase.begin, mention.name.begin}))
      return false;
    if (is_father_of_another(bearer)) return false;
    const Gender own = persons_[bearer.person].gender;
    if (own == Gender::kUnknown) return true;
    for (std::uint32_t t = mention.phrase.begin; t < mention.name.begin; ++t) {
      if (words_.entry(t).gender != Gender::kUnknown && words_.entry(t).gender != own) return false;
    }
    return true;
  }

  /// Al Lowe Sr., where the article names Al Lowe, too: he is never "Lowe" alone.
  [[nodiscard]] bool is_father_of_another(const Bearer& bearer) const {
    const Person& father = persons_[bearer.person];
    return is_senior(father.full_name) && std::ranges::any_of(bearers_, [&](const Bearer& other) {
             return other.person != bearer.person && persons_[other.person].names[0] == father.names[0];
           });
  }

  [[nodiscard]] bool shares_title(const PersonMention& mention, const Bearer& bearer) const {
    for (std::uint32_t t = mention.phrase.begin; t < mention.name.begin; ++t) {
      if (bearer.titles.contains(folded(words_.text(t)))) return true;
    }
    return false;
  }

  void note_titles(const PersonMention& mention, Bearer& bearer) const {
    for (std::uint32_t t = mention.phrase.begin; t < mention.name.begin; ++t) {
      if (words_.entry(t).gender == Gender::kUnknown) bearer.titles.insert(folded(words_.text(t)));
    }
  }

  /// Anything but the surname alone; whom the article never names in full is named in full by that.
  [[nodiscard]] bool is_in_full(const PersonMention& mention) const {
    return mention.name.size() > 1 ||
           folded(words_.text(mention.name.begin)) != persons_[mention.person].surname;
  }

  /// The verb whose subject a mention is; none when it is none.
  [[nodiscard]] std::uint32_t verb_of(const PersonMention& mention) const {
    if (parse_ != nullptr) {
      const std::uint32_t head = parse_->head_in(mention.name);
      return parse_->is_subject(head) ? parse_->above(head) : kNoToken;
    }
    const std::uint32_t next = mention.name.end;
    if (next < words_.size() && (words_.is(next, WordClass::kAuxiliary) ||
                                 words_.is(next, WordClass::kCommonVerb) || words_.is_reporting(next)))
      return next;
    const std::uint32_t left = mention.phrase.begin;
    return left > 0 && words_.is_reporting(left - 1) ? left - 1 : kNoToken;
  }

  [[nodiscard]] Bearer* bearer_of(std::int32_t person) {
    const auto found = std::ranges::find(bearers_, person, &Bearer::person);
    return found == bearers_.end() ? nullptr : &*found;
  }

  const Words& words_;
  const Syntax* parse_;
  const std::vector<Person>& persons_;
  std::vector<PersonMention*> mentions_;  ///< of this surname, in text order
  StepCounter& steps_;
  std::vector<Bearer> bearers_;
};

}  // namespace

void tell_namesakes(const Words& words, const Syntax* parse, const std::vector<Person>& persons,
                    std::vector<PersonMention>& mentions, StepCounter& steps) {
  std::unordered_map<std::string, std::vector<PersonMention*>> by_surname;
  for (PersonMention& mention : mentions) {
    steps.count();
    by_surname[persons[mention.person].surname].push_back(&mention);
  }
  for (auto& [surname, of_it] : by_surname) {
    const std::int32_t first = of_it.front()->person;
    if (std::ranges::all_of(of_it, [&](const PersonMention* m) { return m->person == first; })) continue;
    Namesakes(words, parse, persons, std::move(of_it), steps).tell();
  }
}

}  // namespace onrecord
