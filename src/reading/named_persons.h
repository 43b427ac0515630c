// Which of an article's persons a noun phrase names, and whether as the subject.
#pragma once

#include <cstdint>
#include <optional>

#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it. Immutable, but for the steps that it counts.
class NamedPersons {
 public:
  /// `parse` may be null.
  NamedPersons(const Words& words, const Syntax* parse, const People& people, StepCounter& steps)
      : words_(words), parse_(parse), people_(people), steps_(steps) {}

  /// The person whose name is what the phrase is about, or the several. Nothing when it is about no name.
  [[nodiscard]] std::optional<Speaker> named_head(TokenRange source) const;

  /// "THE SENATORS" of "three senators, Ada Lowe, Bo Quill and Cy Marsh", "BOTH CANDIDATES", "the two" of the
  /// last two named together: all of them. Nothing when nobody was named so in the sentences before.
  [[nodiscard]] std::optional<Speaker> several_named_before(TokenRange source) const;

  /// "An email FROM ADA LOWE", whose words are hers; of a document the noun is `head`.
  [[nodiscard]] std::optional<Speaker> sender_of(TokenRange source, std::uint32_t head) const;

  /// "Lowe, an architect, ...", of which the source is the apposition alone.
  [[nodiscard]] std::optional<Speaker> named_before_apposition(TokenRange source, std::uint32_t head) const;

  /// Whether a mention begins its sentence, or stands right before a verb.
  [[nodiscard]] bool is_subject(const PersonMention& mention) const;

  /// Whether a person is named as a subject in a sentence.
  [[nodiscard]] bool has_subject(const Sentence& sentence, std::int32_t person) const;

 private:
  [[nodiscard]] bool joined_by_and(const PersonMention& first, const PersonMention& second) const;
  /// Whether a name may end before `end`: not in "Lowe's aides", "Lowe aides".
  [[nodiscard]] bool ends_name(std::uint32_t end, TokenRange source) const;
  /// Whether the person is what the noun phrase names, not whose or of what it is.
  [[nodiscard]] bool is_head(const PersonMention& mention, TokenRange source) const;
  /// "STATE Del. Ada Lowe", "RETIRED Adm. Quill": whether words right before a mention belong to it; no words
  /// do.
  [[nodiscard]] bool describes(TokenRange words, const PersonMention& mention) const;
  /// "Growers for Water's ADA LOWE": the name behind a body's.
  [[nodiscard]] bool is_of_a_body(const PersonMention& mention, TokenRange source) const;
  /// "the director of rugby ADA LOWE": the name behind an office that a plain noun ends.
  [[nodiscard]] bool is_behind_office(const PersonMention& mention, TokenRange source) const;
  /// "a study by economists Ada Lowe and Ivo Drumlane": what speaks is the study.
  [[nodiscard]] bool depends_on_preposition(const PersonMention& mention, TokenRange source) const;
  /// "a woman who has sued LOWE": what speaks is the woman.
  [[nodiscard]] bool is_within_a_clause(const PersonMention& mention, TokenRange source) const;
  [[nodiscard]] Speaker of_name(const PersonMention& mention) const;
  /// The mentions "Ada Lowe, Bo Quill and Cy Marsh" that end with the one at `last`; one when it ends no
  /// list.
  [[nodiscard]] std::vector<const PersonMention*> list_that_ends(std::size_t last) const;
  /// Both persons who are named in a stretch of text, those in marks aside; nothing when they are not two.
  [[nodiscard]] std::optional<Speaker> only_two_named(std::uint32_t first, std::uint32_t end) const;
  /// "Ada Lowe, Bo Quill and Cy Marsh". There must be two at least.
  [[nodiscard]] Speaker of_names(const std::vector<const PersonMention*>& named) const;

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  StepCounter& steps_;
};

}  // namespace onrecord
