// Whom a pronoun means: "he", "her", "they", "it".
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "reading/named_persons.h"
#include "reading/people.h"
#include "reading/pronoun_evidence.h"
#include "reading/roles.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What was said before the words that are looked at, as a pronoun looks back to it.
struct SaidBefore {
  Speaker last;                              ///< of the statement before; nobody when that is not told
  std::uint32_t last_token = kNoToken;       ///< how far the text was read
  std::uint32_t statement_begin = kNoToken;  ///< of the statement whose speaker is looked for
  bool was_asked = false;                    ///< whether the statement before is a question to somebody
};

/// Whether somebody was brought in without a name: "a diver", "one of the growers", "another visitor".
[[nodiscard]] bool is_introduced_unnamed(const Speaker& speaker);

/// What it is given must outlive it; what was said before is looked at whenever a pronoun is asked for.
class Pronouns {
 public:
  /// Whom a phrase means.
  using OfMention = std::function<Speaker(TokenRange)>;

  /// `parse` may be null.
  Pronouns(const Words& words, const Syntax* parse, const People& people, const NamedPersons& names,
           const Roles& roles, const SaidBefore& said, StepCounter& steps)
      : words_(words),
        parse_(parse),
        people_(people),
        names_(names),
        roles_(roles),
        said_(said),
        steps_(steps) {}

  /// "It" and "they" may mean any phrase before them, so that `of_mention` is asked who that is.
  [[nodiscard]] Speaker of_pronoun(std::uint32_t token, const OfMention& of_mention) const;

 private:
  /// "One delegate said that ... Nobody came, HE said", "Quorl says ...", of whom no more is known: one who
  /// is none of the article's persons spoke in the sentence before, and nobody was named as a subject since.
  [[nodiscard]] bool speaks_on(std::uint32_t token) const;
  /// "AS FOR LOWE, she said": whom the sentence is announced to be about.
  [[nodiscard]] std::optional<Speaker> announced_in_front(std::uint32_t token, Gender gender) const;
  /// "As he announced the plan, MR. LOWE said": who does what the sentence goes on to tell.
  [[nodiscard]] std::optional<Speaker> named_behind(std::uint32_t token, Gender gender) const;
  /// "A spokeswoman" is no he.
  [[nodiscard]] bool is_of_other_gender(std::string_view name, std::uint32_t token) const;
  /// "It", "they": the subject of the sentence before (or of this one, earlier), when it is a body or a
  /// group; looked for in `range` alone.
  [[nodiscard]] Speaker subject_before(std::uint32_t token, TokenRange range,
                                       const OfMention& of_mention) const;
  /// Whether "it", or "they", may stand for a subject, and for whom that means.
  [[nodiscard]] bool may_be_meant(std::uint32_t subject, bool plural) const;
  [[nodiscard]] bool is_meant(const Speaker& speaker, std::uint32_t subject, bool plural) const;
  [[nodiscard]] bool is_recent(std::uint32_t token) const;
  /// The sentence from which a pronoun looks back: that where its statement begins, whose own sentences take
  /// nobody farther away.
  [[nodiscard]] std::uint32_t sentence_from(std::uint32_t token) const;
  /// Whole sentences between the last statement and a token.
  [[nodiscard]] std::uint32_t sentences_since(std::uint32_t token) const;
  /// "LOWE is wrong," HE said: in his own words in marks nobody calls himself by name.
  [[nodiscard]] std::vector<std::int32_t> named_in_own_words(std::uint32_t token) const;
  /// A person whom a pronoun may mean, by the mention that speaks for him most.
  struct Candidate {
    std::int32_t person = -1;
    float worth = 0;
    PronounEvidenceValues evidence{};
  };
  /// All persons before a pronoun whose gender may fit, best first.
  [[nodiscard]] std::vector<Candidate> candidates(std::uint32_t token, Gender gender) const;
  [[nodiscard]] std::vector<Candidate> best_of_each(std::vector<Candidate> found) const;
  /// The best of them, when he is better than the next and than nobody.
  [[nodiscard]] Speaker nearest_person(std::uint32_t token, Gender gender) const;
  /// What speaks for a mention, but for what depends on the person.
  [[nodiscard]] PronounEvidenceValues of_mention_at(const PersonMention& mention,
                                                    std::uint32_t pronoun) const;
  void add_subject(std::uint32_t noun, PronounEvidenceValues& evidence) const;
  /// Whether a mention stands in the first sentence of the pronoun's paragraph, in which nobody has spoken
  /// yet.
  [[nodiscard]] bool opens_paragraph(std::uint32_t pronoun, const PersonMention& mention) const;
  /// How many paragraphs before a pronoun's a token stands, three at most.
  [[nodiscard]] float paragraphs_back(std::uint32_t pronoun, std::uint32_t token) const;
  /// Whether a mention depends on the same verb as the pronoun, or on a verb whose subject the pronoun is:
  /// nobody is named again in one clause.
  [[nodiscard]] bool shares_clause(std::uint32_t pronoun, const PersonMention& mention) const;
  /// "The president" names a person as well as the name does, where the role is known. Whether one who did
  /// not speak last is called so as a subject since then.
  bool add_roles(std::uint32_t pronoun, Gender gender, std::vector<Candidate>& found) const;

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  const NamedPersons& names_;
  const Roles& roles_;
  const SaidBefore& said_;
  StepCounter& steps_;
};

}  // namespace onrecord
