// Whom a role means: "the governor", "the candidate".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reading/article_offices.h"
#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it. Immutable, but for the steps that it counts.
class Roles {
 public:
  /// `parse` may be null.
  Roles(const Words& words, const Syntax* parse, const People& people, const ArticleOffices& offices,
        StepCounter& steps)
      : words_(words), parse_(parse), people_(people), offices_(offices), steps_(steps) {}

  /// "the governor": the one person of that role, or the one named last.
  [[nodiscard]] Speaker of_role(TokenRange source, std::uint32_t head) const;

  /// "The candidate", "the Norland Republican", of whom no role was told: whom the sentences before are
  /// about. `unresolved` when that are several, or none, or when the words may be of somebody who has no
  /// name.
  [[nodiscard]] Speaker described(TokenRange source, std::uint32_t head, const Speaker& unresolved) const;
  /// "The 52-year-old": likewise.
  [[nodiscard]] Speaker described_by_age(TokenRange source) const;

 private:
  /// A person as whom the sentences before `source` are about.
  [[nodiscard]] Speaker of_topic(std::int32_t topic, TokenRange source) const;
  [[nodiscard]] Speaker of_role_in_article(TokenRange source, std::uint32_t head) const;
  /// "The senator", as the article calls one of its senators only: the one named in the two sentences before,
  /// if it is one. Nothing when no other of its persons held that office.
  [[nodiscard]] std::optional<Speaker> one_in_office(const std::vector<PersonRole>& called, TokenRange source,
                                                     std::uint32_t head) const;
  /// Whether who holds a role is called so, for the first time, paragraphs behind `token`.
  [[nodiscard]] bool is_introduced_late(std::uint32_t token, std::uint32_t holder) const;
  /// "His mother", where one person of the article is called a mother.
  [[nodiscard]] std::optional<Speaker> only_kin(const std::vector<PersonRole>& holders,
                                                std::uint32_t head) const;
  /// Whether an article names a person with one of the places that qualify a role: "Sen. Lowe (R-Nor.)" and
  /// "the Norland senator".
  [[nodiscard]] bool fits_qualifier(std::int32_t person, TokenRange source, std::uint32_t head) const;
  /// The only person called by a role whom its qualifier fits.
  [[nodiscard]] std::int32_t only_qualified(const std::vector<PersonRole>& holders, TokenRange source,
                                            std::uint32_t head) const;
  /// The only person who is a subject in the two sentences before (those in marks aside) and in this one
  /// before `token`; where nobody is, the only one named there, not counting whose something is; else none.
  [[nodiscard]] std::int32_t topic_before(std::uint32_t token) const;
  /// "A judge ruled", "one man shouted": a person without a name does something there.
  [[nodiscard]] bool somebody_enters(std::uint32_t begin, std::uint32_t end) const;

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  const ArticleOffices& offices_;
  StepCounter& steps_;
};

}  // namespace onrecord
