// What a noun phrase means that names none of the article's persons: a role, a group, a body, a document.
#pragma once

#include "reading/capitalised_names.h"
#include "reading/named_persons.h"
#include "reading/people.h"
#include "reading/roles.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it.
class NounPhrases {
 public:
  /// `parse` may be null.
  NounPhrases(const Words& words, const Syntax* parse, const People& people, const NamedPersons& names,
              const Roles& roles, StepCounter& steps)
      : words_(words),
        parse_(parse),
        names_(names),
        roles_(roles),
        capitalised_(words, parse, people, steps),
        steps_(steps) {}

  [[nodiscard]] Speaker of_noun_phrase(TokenRange source);

 private:
  /// Of "three officials, who asked for no name," the three officials.
  [[nodiscard]] TokenRange without_clause(TokenRange source, std::uint32_t head) const;
  /// Of "the insurance giant GANTRY", "Norland's biggest retailer, QUAY FOODS," the name; empty for anything
  /// else.
  [[nodiscard]] TokenRange name_behind(TokenRange source) const;
  /// "His wife, SHEILA,", "Lowe's son BEN, 57,": a first name behind a relation; nothing for anything else.
  [[nodiscard]] std::optional<Speaker> named_kin(TokenRange source) const;
  /// Whether what a noun says of a name is that of a body.
  [[nodiscard]] bool is_told_of_a_body(std::uint32_t noun) const;
  /// What "the report" was called before, with whose it is: "a Harbor Board report"; empty when it was not.
  [[nodiscard]] std::string document_before(TokenRange source, std::uint32_t head) const;
  [[nodiscard]] std::string name_of_document(std::uint32_t noun) const;
  /// Of "that HAS in turn enraged GROWERS", which the parser took for a phrase, the growers.
  [[nodiscard]] TokenRange behind_verb(TokenRange source, std::uint32_t head) const;

  /// "CNN and NBC", "the Board, the Council and the Guild": all of them; empty for anything else.
  [[nodiscard]] TokenRange several_bodies(TokenRange source, std::uint32_t head) const;

  const Words& words_;
  const Syntax* parse_;
  const NamedPersons& names_;
  const Roles& roles_;
  CapitalisedNames capitalised_;
  StepCounter& steps_;
};

}  // namespace onrecord
