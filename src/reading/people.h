// The persons of one article: who is named, by which names and roles, and where.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/words.h"

namespace onrecord {

class Syntax;

struct Person {
  std::string full_name;           ///< the longest form the article prints, without titles: "Ada Lowe"
  std::vector<std::string> names;  ///< its words, folded
  std::string surname;             ///< the last of them that is no "Jr."
  Gender gender = Gender::kUnknown;
  std::string gender_evidence;  ///< "the first name Ada", "the title Mrs."
  bool titled = false;          ///< named with a title or a known first name somewhere: surely a person
  std::uint32_t mentions = 0;
  std::uint32_t first_paragraph = 0;
};

/// "Al Lowe Sr.": another than Al Lowe, his son.
[[nodiscard]] bool is_senior(std::string_view name);

/// "PRESIDENT Lowe", as a surname with its titles, beside the Al Lowe Jr. whom the article names: his father.
[[nodiscard]] bool is_father_in_office(const Words& words, const Person& person, TokenRange titles);

/// One mention of a person by name. `name` is the name alone, `phrase` begins with its titles.
struct PersonMention {
  TokenRange name;
  TokenRange phrase;
  std::int32_t person = -1;
  float sureness = 1;  ///< that it is this one of several people of the surname
};

/// A role that the text gives to a person: "manager", at a token.
struct PersonRole {
  std::int32_t person = -1;
  std::uint32_t token = 0;
};

/// The person table. Building costs one pass over the tokens and a look-up a name.
///   1. Runs of capitalised words with a known first name or a title before them are full names.
///   2. A surname alone is the person of that name; of several, the one whom the text's own habit tells
///      (namesakes.h). A surname that no full name carries is a person only after a title, or before or after
///      a reporting verb.
///   A name that is a body's (`is_body`) is no person, unless a first name or a title says so.
///   A headline in capitals names nobody whom the text does not name; only a known first name makes a name
///   there.
///   3. Role nouns in the same noun phrase before the name, and in the apposition after it, belong to the
///   person.
class People {
 public:
  /// `outlet`: the article's own, which is nobody; may be empty. `parse` may be null.
  People(const Words& words, const Syntax* parse, std::string_view outlet, StepCounter& steps);

  [[nodiscard]] const std::vector<Person>& persons() const { return persons_; }
  [[nodiscard]] const Person& person(std::int32_t index) const { return persons_[index]; }
  /// In text order.
  [[nodiscard]] const std::vector<PersonMention>& mentions() const { return mentions_; }
  /// The number of mentions that begin before `token`.
  [[nodiscard]] std::size_t mentions_before(std::uint32_t token) const;
  /// The persons with that role (folded noun), in text order; null when none has it.
  [[nodiscard]] const std::vector<PersonRole>* with_role(const std::string& role) const;
  /// How many different persons carry this surname (folded).
  [[nodiscard]] std::size_t count_of_surname(const std::string& surname) const;
  /// How often the person who is named most often is named.
  [[nodiscard]] std::uint32_t most_mentions() const { return most_mentions_; }
  /// Whether a name is the article's outlet, ends as the names of bodies, newspapers and buildings do, or is
  /// called something else than a person by the language model most of the time.
  [[nodiscard]] bool is_body(const Words& words, TokenRange name) const;

 private:
  void read_names(const Words& words, bool headlines, StepCounter& steps);
  [[nodiscard]] bool is_known_surname(const Words& words, std::uint32_t token) const;
  void read_run(const Words& words, TokenRange run);
  void read_headline_run(const Words& words, TokenRange run);
  void read_shared_surname(const Words& words, TokenRange name, std::int32_t person);
  void name_host(const Words& words, TokenRange name);
  std::int32_t person_for(const Words& words, TokenRange name, TokenRange titles);
  [[nodiscard]] std::int32_t of_first_surname(const std::string& surname) const;
  [[nodiscard]] bool has_called_surname(const Words& words, TokenRange name) const;
  std::int32_t new_person(const Words& words, TokenRange name);
  void add_gender(const Words& words, std::int32_t person, TokenRange titles);
  void add_roles(const Words& words, const PersonMention& mention, StepCounter& steps);
  /// The mention whose name begins at a token; null when none does.
  [[nodiscard]] const PersonMention* mention_at(std::uint32_t token) const;

  void count_entities(const Words& words, StepCounter& steps);

  std::string outlet_;  ///< folded, without "the"
  std::unordered_map<std::string, int>
      body_votes_;  ///< by folded name: entities of bodies less those of persons
  std::vector<Person> persons_;
  std::uint32_t most_mentions_ = 0;
  std::vector<PersonMention> mentions_;
  std::unordered_map<std::string, std::vector<std::int32_t>> by_surname_;
  std::unordered_map<std::string, std::vector<std::int32_t>> by_first_name_;
  std::unordered_map<std::string, std::vector<std::int32_t>>
      by_first_surname_;  ///< the last name but one of three
  std::unordered_map<std::string, std::vector<PersonRole>> by_role_;
};

/// What `with_role` knows the role noun at a token by: "manager"; "vice president", who is another than the
/// president.
[[nodiscard]] std::string role_at(const Words& words, std::uint32_t token);

/// Whether a capitalised word belongs to a name of a person or body, rather than beginning a sentence.
[[nodiscard]] bool is_name_word(const Words& words, std::uint32_t token);

}  // namespace onrecord
