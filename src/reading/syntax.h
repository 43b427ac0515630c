// The parse of one document as the reading asks it: who does what, and how far a phrase goes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "reading/drafts.h"
#include "reading/words.h"

namespace onrecord {

/// Views the words of a document that has annotations; they must outlive it. Building costs O(tokens); what a
/// question looks at is counted in `steps`.
class Syntax {
 public:
  Syntax(const Words& words, StepCounter& steps);

  /// The token on which `token` depends; none for the root of a sentence.
  [[nodiscard]] std::uint32_t above(std::uint32_t token) const;
  /// Whether the dependency of `token` has one of the labels.
  [[nodiscard]] bool is(std::uint32_t token, std::initializer_list<std::string_view> labels) const;
  /// The first token with one of the labels that depends on `token`; none when there is none.
  [[nodiscard]] std::uint32_t child(std::uint32_t token,
                                    std::initializer_list<std::string_view> labels) const;
  /// All that depends on `token`, in text order.
  [[nodiscard]] std::vector<std::uint32_t> children(std::uint32_t token) const;
  /// The one token of a range on which the range's others depend (the first of several).
  [[nodiscard]] std::uint32_t head_in(TokenRange range) const;
  /// The verb that governs `token` through prepositions and nouns; none when there is none in its sentence.
  [[nodiscard]] std::uint32_t verb_above(std::uint32_t token) const;
  /// The subject of a verb: its own, else that of the verb on which it depends (said ..., ADDING; began by
  /// SAYING). None for passive verbs: their subject says nothing.
  [[nodiscard]] std::uint32_t subject_of(std::uint32_t verb) const;
  /// What a relative pronoun stands for: the noun that its clause depends on.
  [[nodiscard]] std::uint32_t antecedent_of(std::uint32_t pronoun) const;
  /// The noun phrase of a noun, with appositions, without relative clauses.
  [[nodiscard]] TokenRange phrase_of(std::uint32_t noun) const;
  /// Everything that depends on `token`, as one run around it within its sentence, without marks at its ends.
  [[nodiscard]] TokenRange clause_of(std::uint32_t token) const;
  /// The object of "by" after a passive verb; none when there is none.
  [[nodiscard]] std::uint32_t agent_of(std::uint32_t verb) const;
  [[nodiscard]] bool is_subject(std::uint32_t token) const;
  [[nodiscard]] bool is_passive(std::uint32_t verb) const;

 private:
  /// Of "Lowe of Drumlane, WHO ..." Lowe: a place is nobody.
  [[nodiscard]] std::uint32_t above_places(std::uint32_t noun, std::uint32_t pronoun) const;
  /// Of "beat Lowe in the 16th District" Lowe, where the parser hangs the place on the verb; else the place.
  [[nodiscard]] std::uint32_t nearest_somebody(std::uint32_t place) const;
  /// Of "growers in the valley, many of WHOM" the growers; none for anything else.
  [[nodiscard]] std::uint32_t noun_before_some_of(std::uint32_t pronoun) const;
  [[nodiscard]] bool depends(std::uint32_t token, std::uint32_t on) const;
  [[nodiscard]] std::uint32_t edge(std::uint32_t token, bool right, int depth) const;

  const Words& words_;
  const Document& document_;
  StepCounter& steps_;
  std::vector<std::uint32_t> first_child_;
  std::vector<std::uint32_t> next_sibling_;
};

/// The parse of a document that has one.
[[nodiscard]] std::optional<Syntax> syntax_of(const Words& words, StepCounter& steps);

}  // namespace onrecord
