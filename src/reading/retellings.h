// Retellings: what an article goes on to tell from a report or a document that it had a statement from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/drafts.h"
#include "reading/syntax.h"

namespace onrecord {

/// Follows from statement to statement in text order through whom the article has a speaker's words.
///   1. Who spoke through a report or a document speaks through it in the next paragraphs, too: "Lowe told
///   investigators ..., according to a summary. She said ...". An occasion of his own ends that, and so does
///   somebody else who speaks for himself.
///   2. So do sources without a name who come again: "two officials", "the officials", "one of the
///   officials".
///   3. What police or a document tell of somebody goes on in the same way: "police said Lowe told them ...
///   She said ...".
///   4. After a transcript or a recording was named, who speaks in the next paragraph does so in it.
/// Views its arguments, which must outlive it.
class Retellings {
 public:
  /// `parse` may be null.
  Retellings(const Words& words, const Syntax* parse, StepCounter& steps)
      : words_(words), parse_(parse), steps_(steps) {}

  /// Completes the authority of a quotation of which all else is known. Call it in text order.
  void fill(const Draft& draft, Quotation& quotation);
  /// A statement inside one of police or of a document: its speaker may go on there. `teller`: the kind of
  /// the outer speaker.
  void note_inside(const Draft& draft, const Draft& outer, const Quotation& quotation, SpeakerKind teller);

 private:
  struct Retelling {
    std::vector<AuthorityLink> chain;
    std::string speaker;
    std::string noun;  ///< what a source without a name is: "official"; empty for a name
    std::string hearer;
    std::string venue;
    std::string day;
    std::uint32_t paragraph = 0;
  };

  [[nodiscard]] bool can_be_retold(const Draft& draft, const Quotation& quotation) const;
  void keep(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph);
  [[nodiscard]] std::string noun_of_source(const Draft& draft, const Quotation& quotation) const;
  void speak_for_itself(const Quotation& quotation);
  /// `noun`: of this quotation's source, as `noun_of_source` has it.
  [[nodiscard]] bool is_of(const Retelling& retelling, const Draft& draft, const Quotation& quotation,
                           const std::string& noun, std::uint32_t paragraph) const;
  [[nodiscard]] bool comes_again(const Draft& draft) const;
  [[nodiscard]] bool has_own_occasion(const Retelling& retelling, const Quotation& quotation) const;
  [[nodiscard]] bool tells_of(const std::vector<AuthorityLink>& chain, const Draft& draft) const;

  const Words& words_;
  const Syntax* parse_;
  StepCounter& steps_;
  std::vector<Retelling> retellings_;  ///< one for each speaker, the latest last
  Retelling record_;                   ///< the last transcript or recording
};

}  // namespace onrecord
