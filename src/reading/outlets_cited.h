// Outlets cited: which other outlet's report an article passes on, and where.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/drafts.h"

namespace onrecord {

/// What an article has from other outlets, followed from statement to statement in text order.
///   1. A paragraph "Harbor News reports:", "From Wenna Marsh at Quayside:" opens an excerpt: what follows is
///   on that outlet's word. So is a paragraph that ends with "[Harbor News]". Where the article ends with
///   "Read the rest at Harbor News" it goes on to there, and without such a line from where it names the
///   outlet.
///   2. After a report by another outlet "a source said" is that outlet's source, until somebody speaks by
///   name.
///   3. An unnamed source who told another outlet something, or "who spoke to" it, is known through that
///   outlet alone; what people say by name in an interview stands for itself.
///   4. What somebody "reportedly" said is known through the outlet cited last.
///   5. "Forty percent said", some paragraphs after a poll was cited, is known through that poll.
/// The article's own outlet is no authority. Views its arguments, which must outlive it.
class OutletsCited {
 public:
  OutletsCited(const Words& words, std::string_view own_outlet, StepCounter& steps);

  /// Completes the authority of a quotation whose speaker and addressee are known. Call it in text order.
  void fill(const Draft& draft, Quotation& quotation);

  /// Whether a name is that of the article's own outlet.
  [[nodiscard]] bool is_own(std::string_view name) const;

 private:
  /// Paragraphs (first, last] taken from another outlet.
  struct Excerpt {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::string outlet;
  };

  void find_excerpts();
  [[nodiscard]] bool is_reportedly(const Draft& draft, const Quotation& quotation,
                                   std::uint32_t paragraph) const;
  void notes_report_of_outlet(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph);
  [[nodiscard]] bool retells_all(std::uint32_t paragraph) const;
  [[nodiscard]] std::uint32_t pointer_to_original() const;
  [[nodiscard]] std::uint32_t end_of_excerpt(std::uint32_t opens,
                                             const std::vector<std::uint32_t>& last_token) const;
  [[nodiscard]] TokenRange outlet_that_opens(std::uint32_t last_token) const;
  [[nodiscard]] TokenRange name_around(std::uint32_t noun) const;
  [[nodiscard]] TokenRange name_at_end(const Sentence& sentence, std::uint32_t last_token) const;
  /// Remembers the poll that says it, and tells whether one does.
  bool notes_poll(const Draft& draft, const Quotation& quotation, std::uint32_t paragraph);
  bool has_poll_before(const Draft& draft, std::uint32_t paragraph);
  [[nodiscard]] TokenRange credit_at(std::uint32_t last_token) const;
  [[nodiscard]] const Excerpt* excerpt_of(const Draft& draft) const;
  [[nodiscard]] std::string text(TokenRange range) const;
  [[nodiscard]] bool is_own_in_short(std::string_view name) const;
  [[nodiscard]] TokenRange outlet_spoken_to(const Draft& draft) const;
  [[nodiscard]] bool is_outlet(TokenRange mention) const;
  [[nodiscard]] bool is_source(const Draft& draft) const;
  [[nodiscard]] std::string full_name(TokenRange mention, const std::string& printed) const;

  const Words& words_;
  std::string own_outlet_;  ///< folded, without "the"
  StepCounter& steps_;
  std::vector<Excerpt> excerpts_;
  std::uint32_t pointer_ = kNoToken;  ///< paragraph that tells where the rest can be read
  AuthorityLink outlet_;
  std::uint32_t cited_in_ = 0;   ///< paragraph that names it
  std::uint32_t paragraph_ = 0;  ///< of its last source
  AuthorityLink poll_;
  std::uint32_t poll_paragraph_ = 0;
};

}  // namespace onrecord
