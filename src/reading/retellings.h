// Retellings: what an article goes on to tell from a report or a document that it had a statement from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/drafts.h"
#include "reading/speaker_resolution.h"
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
///   4. After "Lowe sent an email, according to Harbor News" or "the lawsuit says Lowe ..." what Lowe says
///   next is known through these; after an aide who has no name only what he says to whom the aide told of.
///   5. What somebody tells investigators is known through the document that spoke just before.
///   6. After a transcript or a recording was named, who speaks in the next paragraph does so in it.
/// Views its arguments, which must outlive it.
class Retellings {
 public:
  /// `parse` may be null.
  Retellings(const Words& words, const Syntax* parse, SpeakerResolution& resolution, StepCounter& steps)
      : words_(words), parse_(parse), resolution_(resolution), steps_(steps) {}

  /// Completes the authority of a quotation of which all else is known. Call it in text order.
  void fill(const Draft& draft, Quotation& quotation);
  /// A statement inside one of police or of a document: its speaker may go on there. `teller`: the kind of
  /// the outer speaker.
  void note_inside(const Draft& draft, const Draft& outer, const Quotation& quotation, SpeakerKind teller);
  /// A statement of another outlet, a document or a source without a name: whom it is about may speak next.
  void note_report(const Draft& draft, const Quotation& quotation);

 private:
  struct Retelling {
    std::vector<AuthorityLink> chain;
    std::string speaker;
    std::string noun;  ///< what a source without a name is: "official"; empty for a name
    std::string hearer;
    std::string venue;
    std::string day;
    std::uint32_t paragraph = 0;
    TokenRange report;  ///< sentences that tell of the speaker; empty when his words are retold themselves
    bool is_unnamed = false;  ///< who tells of him has no name
  };

  [[nodiscard]] bool tells_of_others(const Draft& draft, const Quotation& quotation) const;
  [[nodiscard]] std::string whom_it_is_about(const Draft& draft) const;
  [[nodiscard]] bool can_be_retold(const Draft& draft, const Quotation& quotation) const;
  void keep(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph);
  [[nodiscard]] std::string noun_of_source(const Draft& draft, const Quotation& quotation) const;
  void speak_for_itself(const Quotation& quotation);
  /// `noun`: of this quotation's source, as `noun_of_source` has it.
  [[nodiscard]] bool is_of(const Retelling& retelling, const Draft& draft, const Quotation& quotation,
                           const std::string& noun, std::uint32_t paragraph) const;
  [[nodiscard]] bool comes_again(const Draft& draft) const;
  [[nodiscard]] bool has_own_occasion(const Retelling& retelling, const Quotation& quotation) const;
  [[nodiscard]] bool goes_on_in_report(const Retelling& retelling, const Draft& draft,
                                       const Quotation& quotation, std::uint32_t paragraph) const;
  [[nodiscard]] bool stands_in(TokenRange range, std::string_view name) const;
  [[nodiscard]] bool tells_of(const std::vector<AuthorityLink>& chain, const Draft& draft) const;

  const Words& words_;
  const Syntax* parse_;
  SpeakerResolution& resolution_;
  StepCounter& steps_;
  std::vector<Retelling> retellings_;  ///< one for each speaker, the latest last
  Retelling record_;                   ///< the last transcript or recording
  Retelling file_;                     ///< the last document that said something
};

}  // namespace onrecord
