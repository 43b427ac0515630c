#include "reading/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "reading/cues.h"
#include "reading/namesakes.h"
#include "reading/phrase_heads.h"
#include "reading/somebody.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::size_t kSameSurname = 8;   // candidates compared; more people of one name are not told apart
constexpr std::uint32_t kRoleReach = 10;  // tokens before a name that can hold its role
constexpr std::uint32_t kAppositionReach = 16;
constexpr int kBodyVotes = 2;  // by how many entities a name is rather a body's than a person's

bool is_generation(const Words& words, std::uint32_t token) {
  const std::string_view text = words.text(token);
  return text == "Jr." || text == "Sr." || text == "Jr" || text == "Sr" || text == "II" || text == "III" ||
         text == "IV";
}

bool is_name_particle(const Words& words, std::uint32_t token) {
  for (const std::string_view particle :
       {"de", "von", "van", "der", "den", "bin", "al", "el", "la", "du", "di", "da", "dos"}) {
    if (words.text(token) == particle) return true;
  }
  return false;
}

bool is_title(const Words& words, std::uint32_t token) {
  return words.is_capital(token) && words.is(token, WordClass::kTitle);
}

/// A capitalised word that stands before a name without being part of it: "Democrat", "Spokesman", "Former".
bool is_modifier(const Words& words, std::uint32_t token) {
  if (words.is(token, WordClass::kFirstName)) return false;
  return is_title(words, token) || words.is(token, WordClass::kRoleNoun) ||
         words.is(token, WordClass::kGroupNoun) || words.equals(token, "former") ||
         words.equals(token, "presidential") || words.equals(token, "republican") ||
         words.equals(token, "gop") || words.equals(token, "democratic");
}

bool is_body_word(const Words& words, std::uint32_t token) {
  return words.is(token, WordClass::kOrganizationNoun) && !words.is(token, WordClass::kFirstName);
}

/// "SGT. Ada Lowe", which the tokenizer parts from its period: a title of two tokens from here.
bool is_parted_title(const Words& words, std::uint32_t token) {
  if (!words.is_capital(token) || words.text(token + 1) != "." || !words.is_capital(token + 2)) return false;
  if (words.span({token, token + 1}).end != words.span({token + 1, token + 2}).begin) return false;
  return words.lexicon().find(folded(words.text(token)) + ".").is(WordClass::kTitle);
}

std::string joined(const Words& words, TokenRange range) {
  std::string name(cut(words.document().text, words.span(range)));
  for (std::size_t at = 0; (at = name.find('\n', at)) != std::string::npos;) name[at] = ' ';
  return name;
}

/// "Ada Lowe" of "ADA LOWE:" in a transcript or a headline; a name of one word, or with a letter beyond
/// ASCII, as it is printed.
std::string in_small_letters(const Words& words, TokenRange name, std::string printed) {
  if (name.size() < 2) return printed;
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    const std::string_view word = words.text(t);
    const bool capitals = word.size() > 2 && std::ranges::all_of(word, [](char c) {
                            return (c >= 'A' && c <= 'Z') || c == '-';
                          });
    if (!capitals) return printed;
  }
  char before = ' ';
  for (char& letter : printed) {
    const bool begins = before == ' ' || before == '-';
    before = letter;
    if (!begins && letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return printed;
}

std::string without_article(std::string name) { return name.starts_with("the ") ? name.substr(4) : name; }

/// "Organizations", too.
bool is_body_noun(const Words& words, std::uint32_t token) {
  if (words.is(token, WordClass::kOrganizationNoun) || words.is(token, WordClass::kOutletWord) ||
      words.is(token, WordClass::kStructure))
    return true;
  const std::string word = folded(words.text(token));
  return word.size() > 3 && word.ends_with('s') &&
         words.lexicon().find(word.substr(0, word.size() - 1)).is(WordClass::kOrganizationNoun);
}

bool is_initial(const std::string& name) { return name.size() == 1 || (name.size() == 2 && name[1] == '.'); }

/// "François" and "Francois", "Ken" and "Kenneth": a letter beyond ASCII agrees with any other; both are
/// folded.
bool agree(std::string_view one, std::string_view other) {
  constexpr std::size_t kShortForm = 3;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < one.size() && j < other.size()) {
    const std::size_t own = decode_at(one, i).size;
    const std::size_t its = decode_at(other, j).size;
    if (own == 1 && its == 1 && one[i] != other[j]) return false;
    i += own;
    j += its;
  }
  return (i == one.size() && j == other.size()) || std::min(i, j) >= kShortForm;
}

/// Whether one of the given names agrees with the person's: the same word, or an initial of the first one.
bool shares_first_name(const Words& words, TokenRange given, const Person& person) {
  for (std::uint32_t t = given.begin; t < given.end; ++t) {
    const std::string own = folded(words.text(t));
    if (is_initial(own) && t == given.begin && own[0] == person.names[0][0]) return true;
    if (!is_initial(own) && is_letter(after(own, 0)) &&
        std::ranges::any_of(person.names, [&](const std::string& name) { return agree(own, name); }))
      return true;
  }
  return is_initial(person.names[0]) && folded(words.text(given.begin))[0] == person.names[0][0];
}

}  // namespace

namespace {

/// "Lowe Goes North": in a headline the parse tells a verb from a name.
bool is_finite_verb(const Words& words, std::uint32_t token) {
  if (!words.document().annotations) return false;
  const std::string_view tag = words.document().tag(token);
  return tag == "VBZ" || tag == "VBD" || tag == "VBP" || tag == "MD";
}

}  // namespace

bool is_name_word(const Words& words, std::uint32_t token) {
  if (!words.is_capital(token) || words.text(token)[0] == '#' || words.text(token)[0] == '@') return false;
  if (words.is(token, WordClass::kFirstName)) return true;
  // "Juror NO. 8"
  if (words.text(token) == "No." || (words.text(token) == "No" && words.text(token + 1) == ".")) return false;
  // "Wenna WILL", "Ms. MAY": words of their own otherwise, which the parse takes for a person's name.
  if (words.document().annotations && words.entity_label(token) == "PERSON" &&
      words.document().tag(token) == "NNP")
    return true;
  if (words.text(token) == "US") return true;  // "the US Harbor Survey"
  if (words.is(token, WordClass::kTime) || words.is(token, WordClass::kDeterminer) ||
      words.is(token, WordClass::kPossessive) || words.is(token, WordClass::kPronoun) ||
      words.is(token, WordClass::kPreposition) || words.is(token, WordClass::kConjunction) ||
      words.is(token, WordClass::kSubordinator) || words.is(token, WordClass::kAuxiliary) ||
      words.is(token, WordClass::kAdverb) || words.is(token, WordClass::kObjectPronoun) ||
      words.is(token, WordClass::kNegation) || words.is(token, WordClass::kNumber))
    return false;
  return !is_finite_verb(words, token);
}

namespace {

/// A single word in marks inside a name: Robin "Bo" Quill.
bool is_nickname(const Words& words, std::uint32_t token, std::uint32_t stop) {
  if (token + 3 >= stop || words.passage_of(token) < 0) return false;
  const TokenRange marked = Words::with_marks(words.piece_at(token));
  return marked.begin == token && marked.size() == 3 && words.is_capital(token + 1) &&
         is_name_word(words, token + 3);
}

/// The hyphen of "Ada Lowe-Drumlane", "Mr. Lowe-Drumlane", "Anna-Lena Lowe": no space beside it, and more of
/// a name than one word ("the Lowe-Drumlane bill"). In "Han Su-min" the language model has the small letter
/// for the person's, too.
bool is_name_hyphen(const Words& words, std::uint32_t token, std::uint32_t begin, std::uint32_t stop) {
  if (words.text(token) != "-" || token + 1 >= stop) return false;
  const std::int32_t person = words.entity_label(token - 1) == "PERSON" ? words.entity_of(token - 1) : -1;
  const bool small = token > begin + 1 && person >= 0 && words.entity_of(token + 1) == person;
  if (!small && !is_name_word(words, token + 1)) return false;
  const bool tight = words.span({token - 1, token}).end == words.span({token, token + 1}).begin &&
                     words.span({token, token + 1}).end == words.span({token + 1, token + 2}).begin;
  if (!tight) return false;
  if (token > begin + 1) return true;
  return words.is(begin, WordClass::kFirstName) && words.is(token + 1, WordClass::kFirstName);
}

}  // namespace

namespace {

/// "Lowe Says Bridge May Open": most words of a sentence of some length begin with a capital.
bool is_title_case(const Words& words, const Sentence& sentence) {
  constexpr std::uint32_t kMostWords = 40;
  std::uint32_t long_words = 0;
  std::uint32_t capital = 0;
  if (sentence.last - sentence.first > kMostWords) return false;
  for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (words.text(t).size() < 4 || words.is_mark(t) || words.is_number(t)) continue;
    ++long_words;
    capital += words.is_capital(t) ? 1 : 0;
  }
  return long_words >= 4 && 10 * capital >= 8 * long_words;
}

}  // namespace

People::People(const Words& words, const Syntax* parse, std::string_view outlet, StepCounter& steps)
    : outlet_(without_article(folded(outlet))) {
  count_entities(words, steps);
  // First the full names, so that a surname before them (in a headline) finds its person.
  read_names(words, false, steps);
  for (Person& person : persons_) person.mentions = 0;
  for (const PersonMention& mention : mentions_) {
    if (mention.person >= 0 && mention.name.size() > 1) ++persons_[mention.person].mentions;
  }
  mentions_.clear();
  read_names(words, true, steps);
  tell_namesakes(words, parse, persons_, mentions_, steps);
  for (Person& person : persons_) person.mentions = 0;
  for (const PersonMention& mention : mentions_) {
    Person& person = persons_[mention.person];
    most_mentions_ = std::max(most_mentions_, ++person.mentions);
  }
  for (const PersonMention& mention : mentions_) add_roles(words, mention, steps);
}

/// "WILL wrote", "MAY said", where Wenna Will and Ada May were named.
bool People::is_known_surname(const Words& words, std::uint32_t token) const {
  if (!words.is_capital(token) || !words.document().annotations) return false;
  if (!by_surname_.contains(folded(words.text(token)))) return false;
  const std::string_view entity = words.entity_label(token);
  if (!entity.empty() && entity != "PERSON") return false;  // May 5 is a day
  // What a finite verb follows is no "will" or "may", nor is a capital behind words in marks.
  const std::string_view next = token + 1 < words.size() ? words.document().tag(token + 1) : "";
  const bool behind_marks = token > 0 && words.passage_of(token) < 0 && words.passage_of(token - 1) >= 0;
  return words.document().tag(token) == "NNP" || next == "VBD" || next == "VBZ" || behind_marks;
}

void People::read_names(const Words& words, bool headlines, StepCounter& steps) {
  std::uint32_t sentence = kNoToken;
  bool in_headline = false;
  for (std::uint32_t at = 0; at < words.size();) {
    steps.count();
    if (is_parted_title(words, at)) {
      at += 2;
      continue;
    }
    if (!is_name_word(words, at) && !is_known_surname(words, at)) {
      ++at;
      continue;
    }
    std::uint32_t end = at + 1;
    const std::uint32_t stop = std::min(words.size(), words.sentence(at).last);
    if (is_nickname(words, end, stop)) end += 3;
    if (end < stop && is_name_hyphen(words, end, at, stop)) end += 2;
    while (end < stop && (is_name_word(words, end) || is_generation(words, end) ||
                          (is_name_particle(words, end) && end + 1 < stop && words.is_capital(end + 1)) ||
                          (words.equals(end, ",") && end + 1 < stop && is_generation(words, end + 1)))) {
      if (words.passage_of(end) != words.passage_of(at)) break;
      ++end;
      if (is_nickname(words, end, stop)) end += 3;
      if (end < stop && is_name_hyphen(words, end, at, stop)) end += 2;
    }
    if (words.sentence_of(at) != sentence) {
      sentence = words.sentence_of(at);
      in_headline = is_title_case(words, words.sentence(at));
    }
    if (!in_headline)
      read_run(words, {at, end});
    else if (headlines)
      read_headline_run(words, {at, end});
    at = end;
  }
}

namespace {

/// Whether the language model has two words or more for a person from here.
bool begins_person(const Words& words, std::uint32_t token) {
  const std::int32_t entity = words.entity_of(token);
  if (entity < 0 || words.entity_label(token) != "PERSON") return false;
  const Entity& found = words.document().annotations->entities[entity];
  return found.first == token && found.last > token + 1;
}

}  // namespace

/// In a run of a headline: names that the text has, and pairs that begin with a first name.
void People::read_headline_run(const Words& words, TokenRange run) {
  if (run.size() == 1) return read_run(words, run);
  for (std::uint32_t t = run.begin; t < run.end; ++t) {
    const bool named = words.is(t, WordClass::kFirstName) || begins_person(words, t);
    // "LOWE DEFENDS the Pier", "HARBOR SPEAKER Shares a Prayer": no name and surname.
    const bool alone = !words.is(t, WordClass::kFirstName) && by_surname_.contains(folded(words.text(t)));
    const bool first =
        named && !alone && t + 1 < run.end && !is_body_word(words, t + 1) && !is_modifier(words, t + 1);
    if (!first && !by_surname_.contains(folded(words.text(t)))) continue;
    const std::uint32_t begin = t > run.begin && is_modifier(words, t - 1) ? t - 1 : t;
    const std::uint32_t end = first ? t + 2 : t + 1;
    read_run(words, {begin, end});
    t = end - 1;
  }
}

/// "Ammon and Ryan BUNDY": the first one's surname is told with the second one's.
void People::read_shared_surname(const Words& words, TokenRange name, std::int32_t person) {
  if (name.size() != 2 || name.begin < 2 || !words.equals(name.begin - 1, "and")) return;
  const std::uint32_t given = name.begin - 2;
  const bool alone = given == words.sentence(given).first || !is_name_word(words, given - 1);
  if (!alone || words.sentence_of(given) != words.sentence_of(name.begin) || !words.is_capital(given)) return;
  if (!words.is(given, WordClass::kFirstName) || !words.is(name.begin, WordClass::kFirstName)) return;
  if (persons_[person].names.size() < 2 || persons_[person].names[0] == folded(words.text(given))) return;
  std::int32_t relative = -1;
  const std::vector<std::int32_t>& family = by_surname_[persons_[person].surname];
  for (std::size_t i = 0; i < std::min(family.size(), kSameSurname) && relative < 0; ++i) {
    if (persons_[family[i]].names[0] == folded(words.text(given))) relative = family[i];
  }
  const std::string full = persons_[person].full_name;
  if (relative < 0) {
    relative = new_person(words, {given, given + 1});
    Person& made = persons_[relative];
    by_surname_[made.surname].pop_back();
    made.surname = persons_[person].surname;
    made.full_name += full.substr(full.find(' '));
    made.names.push_back(made.surname);
    by_surname_[made.surname].push_back(relative);
    by_first_name_[made.names[0]].push_back(relative);
    add_gender(words, relative, {});
  }
  // The second name's mention is the last one, and before it stands what the first name was taken for, if
  // anything.
  const PersonMention mention{{given, given + 1}, {given, given + 1}, relative};
  const auto last = mentions_.end() - 1;
  if (last != mentions_.begin() && (last - 1)->name.begin == given)
    *(last - 1) = mention;
  else
    mentions_.insert(last, mention);
}

namespace {

/// Whether the language model names exactly these tokens a person.
bool is_whole_person(const Words& words, TokenRange name) {
  const std::int32_t entity = words.entity_of(name.begin);
  if (entity < 0 || words.entity_label(name.begin) != "PERSON") return false;
  const Entity& found = words.document().annotations->entities[entity];
  return found.first <= name.begin && found.last >= name.end;
}

/// A known first name and no more than an initial before the surname, which the language model has for a
/// person.
bool is_full_name(const Words& words, TokenRange name) {
  if (name.size() != 2 && (name.size() != 3 || !is_initial(folded(words.text(name.begin + 1))))) return false;
  return words.is(name.begin, WordClass::kFirstName) && is_whole_person(words, name);
}

/// "TOP Lowe advisers", "TELLING Ada Lowe": the first word of a sentence, which the parse calls no name.
bool is_no_name(const Words& words, std::uint32_t token) {
  if (!words.document().annotations) return false;
  if (words.is_one_of(token, {"top", "longtime", "former", "neither", "either"})) return true;
  const std::string_view tag = words.document().tag(token);
  if (tag.starts_with("RB") || tag.starts_with("VB") || tag == "DT" || tag == "CC" || tag == "IN")
    return true;
  if (words.entity_label(token) == "PERSON") return false;
  return !tag.starts_with("NNP") && tag != "FW" && tag != "NN";
}

/// "Harbor Nurses for Patient PROTECTION": the last word of a body's name of several.
bool is_within_a_body(const Words& words, std::uint32_t token) {
  constexpr std::uint32_t kFewestWords = 4;
  const std::int32_t entity = words.entity_of(token);
  if (entity < 0 || words.entity_label(token) != "ORG") return false;
  const Entity& body = words.document().annotations->entities[entity];
  return body.last == token + 1 && body.last - body.first >= kFewestWords;
}

/// "The Ada Lowe SHOW": a first name, a surname and the word.
bool is_show(const Words& words, TokenRange name) {
  return name.size() == 3 && words.text(name.end - 1) == "Show" &&
         words.is(name.begin, WordClass::kFirstName);
}

/// "THE Ada Lowe campaign", "ANOTHER Lowe": not the person alone. "That" may join a clause; "both Lowe and
/// Quill" are they.
bool is_named_aside(const Words& words, TokenRange name, TokenRange titles) {
  if (!titles.empty() || name.begin == 0 || words.equals(name.begin - 1, "both")) return false;
  const bool tagged = words.document().annotations && words.equals(name.begin - 1, "that");
  if (tagged && words.document().tag(name.begin - 1) != "DT") return false;
  return words.is(name.begin - 1, WordClass::kDeterminer) &&
         words.sentence_of(name.begin - 1) == words.sentence_of(name.begin);
}

}  // namespace

namespace {

/// No place and no people, as far as the language model knows.
bool may_be_unknown_name(const Words& words, TokenRange name) {
  if (!words.document().annotations) return false;
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    const std::string_view label = words.entity_label(t);
    if (label == "GPE" || label == "NORP" || label == "LOC" || words.document().tag(t) == "NNPS")
      return false;
  }
  return true;
}

/// What bodies are called as well: "Quay Foods, a RIVAL of Gantry Corp.".
bool may_be_a_body(const Words& words, std::uint32_t role) {
  static constexpr std::array<std::string_view, 16> kRoles = {
      "maker", "leader",  "provider", "owner",        "member",     "partner",  "supporter", "employer",
      "rival", "manager", "producer", "manufacturer", "competitor", "operator", "publisher", "player"};
  return words.is_one_of(role, kRoles);
}

/// "Aitan Lowe, QUILL'S ATTORNEY, said", "Aitan Lowe, AN ENGINEER at the board,", "Aitan Lowe, 43,": what
/// only a person is.
bool is_told_as_person(const Words& words, TokenRange name) {
  constexpr std::uint32_t kReach = 7;
  const std::uint32_t first = name.end + 1;
  if (!words.equals(name.end, ",") || first + 1 >= words.size()) return false;
  if (words.is_number(first) && words.text(first).size() == 2 && words.equals(first + 1, ",")) return true;
  for (std::uint32_t t = first; t + 1 < words.size() && t < first + kReach; ++t) {
    const bool owner = is_possessive_mark(words, t);
    if ((words.is_mark(t) && !owner && words.text(t) != "-") || words.is(t, WordClass::kPreposition) ||
        (words.is(t, WordClass::kAuxiliary) && !owner))
      return false;
    const bool ends =
        !words.is_lower_word(t + 1) || words.is(t + 1, WordClass::kPreposition) || words.equals(t + 1, "who");
    if (ends && words.is_lower_word(t) && words.is(t, WordClass::kRoleNoun)) return !may_be_a_body(words, t);
  }
  return false;
}

}  // namespace

void People::read_run(const Words& words, TokenRange run) {
  const std::uint32_t printed_end = run.end;
  while (run.size() > 2 && is_post_nominal(words, run.end - 1)) --run.end;
  const bool has_letters = run.end < printed_end;  // "Ada Lowe QC"
  // Titles and roles go before the name: the name begins after the last of them.
  std::uint32_t begin = run.begin;
  for (std::uint32_t t = run.begin; t + 1 < run.end; ++t) {
    if (is_modifier(words, t)) begin = t + 1;
  }
  while (begin + 1 < run.end && !words.is(begin, WordClass::kFirstName) &&
         ((words.sentence(begin).first == begin && words.is_reporting(begin)) ||
          ((words.sentence(begin).first == begin || words.is(begin + 1, WordClass::kFirstName)) &&
           is_no_name(words, begin))))
    ++begin;
  TokenRange name{begin, run.end};
  if (name.size() > 6) {  // a headline, or a list without commas: only a known first name begins a name
    while (name.size() > 2 && !words.is(name.begin, WordClass::kFirstName)) ++name.begin;
    name.end = std::min(name.end, name.begin + 2);
  }
  // "Secretary of Defense Ada Lowe", "Harbor Board President Ada Lowe": a known first name begins the name.
  if (name.size() > 2 && !words.is(name.begin, WordClass::kFirstName)) {
    for (std::uint32_t t = name.begin + 1; t + 1 < name.end; ++t) {
      if (is_whole_person(words, name) || words.entity_label(name.begin) == "PERSON") break;
      if (!words.is(t, WordClass::kFirstName) || words.text(t - 1).ends_with('.')) continue;
      name.begin = t;
      break;
    }
  }
  const bool after_office = run.begin > 1 && words.equals(run.begin - 1, "of") &&
                            is_modifier(words, run.begin - 2) && words.is_capital(run.begin - 2) &&
                            !words.is(run.begin - 2, WordClass::kGroupNoun);  // "Supporters of Mr. Lowe"
  if (after_office && name.size() > 2 && name.begin == run.begin &&
      !words.is(name.begin, WordClass::kFirstName))
    ++name.begin;
  TokenRange titles{run.begin, name.begin};
  if (after_office && !titles.empty()) titles.begin -= 2;
  while (titles.begin >= 2 && is_parted_title(words, titles.begin - 2)) titles.begin -= 2;
  // "Steve Press", "Steve J. Press": a first name and a surname that is a word for bodies, which the model
  // names a person.
  const bool first_and_last = is_full_name(words, name) && !is_body_word(words, name.end - 2);
  for (std::uint32_t t = name.begin; t < name.end && !first_and_last; ++t) {
    if (is_body_word(words, t) && name.size() > 1) return;
  }
  if (is_show(words, name)) {
    name_host(words, {name.begin, name.end - 1});
    return;
  }
  // "Mr. Singer" is called so, and "King" where Bo King was named; "the Singer" is not, nor "Mr. President".
  if (name.size() == 1 && (is_modifier(words, name.begin) || is_body_word(words, name.begin))) {
    const bool courtesy = !titles.empty() && words.is(titles.end - 1, WordClass::kCourtesyTitle) &&
                          !is_title(words, name.begin);
    const bool surname = by_surname_.contains(folded(words.text(name.begin))) &&
                         (name.begin == 0 || !words.is(name.begin - 1, WordClass::kDeterminer));
    if (!courtesy && !surname) return;
  }
  if (name.size() == 1 && is_within_a_body(words, name.begin)) return;
  std::int32_t person = person_for(words, name, titles);
  if (person < 0 && has_letters && name.size() > 1) person = new_person(words, name);
  if (person < 0) return;
  Person& known = persons_[person];
  if (name.size() > known.names.size() && name.size() <= 6) {
    known.full_name = joined(words, name);
    known.names.clear();
    for (std::uint32_t t = name.begin; t < name.end; ++t) known.names.push_back(folded(words.text(t)));
  }
  add_gender(words, person, titles);
  if (is_named_aside(words, name, titles)) return;
  mentions_.push_back({name, {titles.empty() ? name.begin : titles.begin, name.end}, person});
  read_shared_surname(words, name, person);
}

/// Whom a programme is called after is one, though no mention: "Lowe" who asks is Ada Lowe of "The Ada Lowe
/// Show".
void People::name_host(const Words& words, TokenRange name) {
  if (by_surname_.contains(folded(words.text(name.end - 1)))) return;
  add_gender(words, new_person(words, name), {});
}

std::int32_t People::person_for(const Words& words, TokenRange name, TokenRange titles) {
  std::uint32_t last = name.end - 1;
  while (last > name.begin && (is_generation(words, last) || words.equals(last, ","))) --last;
  const std::string surname = folded(words.text(last));
  const bool determiner = is_named_aside(words, name, titles);
  const auto found = by_surname_.find(surname);
  if (name.size() == 1 && !titles.empty()) {
    if (const std::int32_t person = of_first_surname(surname); person >= 0) return person;
  }
  if (found != by_surname_.end()) {
    Gender gender = Gender::kUnknown;
    for (std::uint32_t t = titles.begin; t < titles.end; ++t) {
      if (words.entry(t).gender != Gender::kUnknown) gender = words.entry(t).gender;
    }
    // "Mr. Lowe" is not the Ada Lowe who is named after him.
    if (gender == Gender::kUnknown && last > name.begin) gender = words.entry(name.begin).name_gender;
    const bool senior = is_senior(joined(words, name));
    std::int32_t best = -1;
    bool is_father = false;
    for (std::size_t i = 0; i < std::min(found->second.size(), kSameSurname); ++i) {
      const std::int32_t candidate = found->second[i];
      const Person& person = persons_[candidate];
      if (name.size() == 1 && is_father_in_office(words, person, titles)) {
        is_father = true;
        continue;
      }
      if (name.size() > 1 && person.names.size() > 1 && last > name.begin) {
        if (!shares_first_name(words, {name.begin, last}, person)) continue;
        if (senior != is_senior(person.full_name)) continue;
        return candidate;
      }
      if (gender != Gender::kUnknown && person.gender != Gender::kUnknown && gender != person.gender)
        continue;
      if (name.size() > 1 && person.names.size() == 1 && found->second.size() > 1) continue;
      if (best < 0 || person.mentions > persons_[best].mentions) best = candidate;
    }
    if (best >= 0 && (!determiner || name.size() > 1)) return best;
    if (name.size() == 1 && !is_father) return -1;
  }
  const bool first_name = words.is(name.begin, WordClass::kFirstName);
  bool titled = false;
  for (std::uint32_t t = titles.begin; t < titles.end; ++t)
    titled = titled || is_title(words, t) || words.is(t, WordClass::kRoleNoun);
  const bool after_role = titles.empty() && name.begin > 0 && words.is_lower_word(name.begin - 1) &&
                          words.is(name.begin - 1, WordClass::kRoleNoun);
  if (determiner && !titled && !is_full_name(words, name)) return -1;  // "the Ada Lowe campaign" has her name
  if (!first_name && !titled && !after_role && is_body(words, name)) return -1;
  if (name.size() > 1 && name.size() <= 6 && (first_name || titled || after_role))
    return new_person(words, name);
  if (name.size() > 1 && name.size() <= 4 && is_whole_person(words, name)) return new_person(words, name);
  const auto given = by_first_name_.find(surname);
  if (name.size() == 1 && given != by_first_name_.end() && given->second.size() == 1) return given->second[0];
  if (name.size() == 1 && titled) return new_person(words, name);
  // An unknown name is a person when it says something, or is somebody "who" does: "Brynhild Aas said", "said
  // Brynhild Aas", "Wenna Tarrowby, who leads the union".
  const bool who =
      name.end + 1 < words.size() && words.equals(name.end, ",") && words.equals(name.end + 1, "who");
  const bool says =
      (name.end < words.size() && is_reporting_verb(words, name.end) &&
       words.verb(name.end).takes(Frame::kQuote)) ||
      (name.begin > 0 && words.is_reporting(name.begin - 1) && !words.is_capital(name.begin - 1) &&
       words.entry(name.begin - 1).form == VerbForm::kPast &&
       words.verb(name.begin - 1).takes(Frame::kQuote));
  const bool called = has_called_surname(words, {name.begin, last + 1}) ||
                      (may_be_unknown_name(words, name) && is_told_as_person(words, name));
  if (name.size() > 1 && name.size() <= 3 && (says || who || called) && !words.is_in_capitals(last))
    return new_person(words, name);
  return -1;
}

/// "Rahm Lowe", whom the language model has for nobody, though it has "Lowe" again and again for a person.
bool People::has_called_surname(const Words& words, TokenRange name) const {
  if (name.size() < 2 || !words.document().annotations) return false;
  for (std::uint32_t t = name.begin; t < name.end; ++t) {
    if (words.document().tag(t) != "NNP" || !words.entity_label(t).empty()) return false;
  }
  const auto votes = body_votes_.find(folded(words.text(name.end - 1)));
  return votes != body_votes_.end() && votes->second <= -kBodyVotes;
}

/// "Ms. Lowe", who is Ada Lowe Drumlane: the only person with that name before the last, where nobody has it
/// as the last one.
std::int32_t People::of_first_surname(const std::string& surname) const {
  const auto found = by_first_surname_.find(surname);
  if (found == by_first_surname_.end() || found->second.size() != 1) return -1;
  if (const auto last = by_surname_.find(surname); last != by_surname_.end()) {
    for (std::size_t i = 0; i < std::min(last->second.size(), kSameSurname); ++i) {
      if (persons_[last->second[i]].names.size() > 1) return -1;
    }
  }
  return found->second.front();
}

void People::count_entities(const Words& words, StepCounter& steps) {
  if (!words.document().annotations) return;
  for (const Entity& entity : words.document().annotations->entities) {
    steps.count();
    const std::string_view label = words.document().label(entity);
    int vote = label == "PERSON" ? -1 : 0;
    for (const std::string_view body : {"ORG", "FAC", "GPE", "NORP", "PRODUCT", "WORK_OF_ART"}) {
      if (label == body) vote = 1;
    }
    if (vote != 0) body_votes_[without_article(folded(joined(words, {entity.first, entity.last})))] += vote;
  }
}

bool People::is_body(const Words& words, TokenRange name) const {
  const std::string printed = without_article(folded(joined(words, name)));
  if (printed == outlet_) return true;
  if (name.size() > 1 && is_body_noun(words, name.end - 1)) return true;
  const auto votes = body_votes_.find(printed);
  return votes != body_votes_.end() && votes->second >= kBodyVotes;
}

std::int32_t People::new_person(const Words& words, TokenRange name) {
  Person person;
  person.full_name = in_small_letters(words, name, joined(words, name));
  for (std::uint32_t t = name.begin; t < name.end; ++t) person.names.push_back(folded(words.text(t)));
  std::uint32_t last = name.end - 1;
  while (last > name.begin && (is_generation(words, last) || words.equals(last, ","))) --last;
  person.first_paragraph = words.sentence(name.begin).paragraph;
  const auto index = static_cast<std::int32_t>(persons_.size());
  person.surname = folded(words.text(last));
  by_surname_[person.surname].push_back(index);
  if (name.size() > 1) by_first_name_[person.names[0]].push_back(index);
  if (last > name.begin + 1 && !words.is(last - 1, WordClass::kFirstName) && words.text(last - 1).size() > 2)
    by_first_surname_[folded(words.text(last - 1))].push_back(index);
  persons_.push_back(std::move(person));
  return index;
}

void People::add_gender(const Words& words, std::int32_t index, TokenRange titles) {
  Person& person = persons_[index];
  for (std::uint32_t t = titles.begin; t < titles.end; ++t) {
    person.titled = true;
    if (words.entry(t).gender == Gender::kUnknown) continue;
    person.gender = words.entry(t).gender;
    person.gender_evidence = "the title " + std::string(words.text(t));
  }
  if (person.gender != Gender::kUnknown || person.names.size() < 2) return;
  const LexiconEntry& first = words.lexicon().find(person.names[0]);
  if (first.is(WordClass::kFirstName)) person.titled = true;
  if (first.name_gender == Gender::kUnknown) return;
  person.gender = first.name_gender;
  person.gender_evidence = "the first name " + person.full_name.substr(0, person.full_name.find(' '));
}

void People::add_roles(const Words& words, const PersonMention& mention, StepCounter& steps) {
  const Sentence& sentence = words.sentence(mention.name.begin);
  const auto add = [&](std::uint32_t token) {
    by_role_[role_at(words, token)].push_back({mention.person, token});
    Person& person = persons_[mention.person];
    if (words.entry(token).gender != Gender::kUnknown && person.gender == Gender::kUnknown) {
      person.gender = words.entry(token).gender;
      person.gender_evidence = "the role " + std::string(words.text(token));
    }
  };
  for (std::uint32_t t = mention.name.begin; t > sentence.first && mention.name.begin - t < kRoleReach; --t) {
    steps.count();
    const std::uint32_t left = t - 1;
    if (words.is_mark(left) || words.is(left, WordClass::kPreposition) ||
        words.is(left, WordClass::kConjunction) || words.is(left, WordClass::kAuxiliary) ||
        words.equals(left, "'s") || is_finite_verb(words, left))  // "President Lowe REMOVED Quill"
      break;
    const bool role = words.is(left, WordClass::kRoleNoun) || words.is(left, WordClass::kTitle);
    if (!role && words.is_reporting(left)) break;
    if (role) add(left);
  }
  std::uint32_t at = mention.name.end;
  if (at >= sentence.last || !words.equals(at, ",")) return;
  // "The LAWYER, Ada Lowe, said", "Quill's MOTHER, Ada Lowe, said"
  const std::uint32_t role = mention.phrase.begin > sentence.first + 2 ? mention.phrase.begin - 2 : kNoToken;
  if (role != kNoToken && words.equals(role + 1, ",") && words.is(role, WordClass::kRoleNoun) &&
      (words.equals(role - 1, "the") || words.is(role - 1, WordClass::kPossessive) ||
       is_possessive_mark(words, role - 1)))
    add(role);
  const bool phrase = words.is(at + 1, WordClass::kDeterminer) || words.is(at + 1, WordClass::kPossessive) ||
                      words.is(at + 1, WordClass::kRoleNoun) || words.is_capital(at + 1) ||
                      (at + 1 < sentence.last && words.is_lower_word(at + 1));
  if (!phrase) return;
  for (++at; at < std::min(sentence.last, mention.name.end + kAppositionReach); ++at) {
    steps.count();
    if (words.is_mark(at) || words.is(at, WordClass::kAuxiliary) || words.equals(at, "who")) break;
    if (words.is(at, WordClass::kPreposition) || is_reporting_verb(words, at)) break;
    const PersonMention* other = mention_at(at);
    if (other != nullptr && !is_possessive_mark(words, other->name.end)) break;  // "Lowe, QUILL wage a war"
    if (!words.is(at, WordClass::kRoleNoun)) continue;
    if (mention_at(at + 1) != nullptr) break;  // "Beside Lowe, MAYOR Ben Quill spoke"
    add(at);
  }
}

const PersonMention* People::mention_at(std::uint32_t token) const {
  const std::size_t next = mentions_before(token);
  return next < mentions_.size() && mentions_[next].name.begin == token ? &mentions_[next] : nullptr;
}

bool is_senior(std::string_view name) { return name.ends_with(" Sr.") || name.ends_with(" Sr"); }

bool is_father_in_office(const Words& words, const Person& person, TokenRange titles) {
  const bool junior = person.full_name.ends_with(" Jr.") || person.full_name.ends_with(" Jr");
  return junior && !titles.empty() && words.equals(titles.end - 1, "president");
}

std::string role_at(const Words& words, std::uint32_t token) {
  const std::string role = folded(words.text(token));
  return token > 0 && words.equals(token - 1, "vice") ? fmt::format("vice {}", role) : role;
}

std::size_t People::mentions_before(std::uint32_t token) const {
  const auto found =
      std::ranges::lower_bound(mentions_, token, {}, [](const PersonMention& m) { return m.name.begin; });
  return static_cast<std::size_t>(found - mentions_.begin());
}

const std::vector<PersonRole>* People::with_role(const std::string& role) const {
  const auto found = by_role_.find(role);
  return found == by_role_.end() ? nullptr : &found->second;
}

std::size_t People::count_of_surname(const std::string& surname) const {
  const auto found = by_surname_.find(surname);
  return found == by_surname_.end() ? 0 : found->second.size();
}

}  // namespace onrecord
