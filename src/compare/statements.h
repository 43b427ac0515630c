// Which quotations carry one utterance.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/coverage.h"
#include "compare/reprints.h"
#include "onrecord/compare.h"

namespace onrecord {

constexpr std::string_view kStatementMethod = "statements-1";

/// Two quotations of one statement, or proposed to be.
struct QuotationLink {
  QuotationPlace first;
  QuotationPlace second;
  WitnessRelation relation = WitnessRelation::kIdentical;
  bool altered = false;
  bool proposed = false;  ///< shown to a person as likely, never counted
  float confidence = 0;   ///< 0..1 that they are one utterance
  std::string reason;     ///< one clause: "all 14 words, same speaker, published the same day"
};

/// A quotation as one carrier of a statement.
struct Witness {
  QuotationPlace place;
  WitnessRelation relation = WitnessRelation::kIdentical;  ///< to the base
  bool altered = false;
  float confidence = 1;
  std::string reason;  ///< why it is one; of the base empty
};

/// Quotations that carry one utterance; at least two. A short quotation may be a witness of several.
struct StatementGroup {
  QuotationPlace base;             ///< the fullest wording
  std::vector<Witness> witnesses;  ///< in canonical order, the base among them; the first gives the id
};

/// Links that stand without knowing the stories: evidence for them.
[[nodiscard]] std::vector<QuotationLink> find_sure_links(const Coverage& coverage,
                                                         const CompareOptions& options);

/// All links, proposed ones included, by `first`, then `second`. `stories` has the story of every article, by
/// number.
[[nodiscard]] std::vector<QuotationLink> find_links(const Coverage& coverage,
                                                    std::span<const ReusePair> reuse,
                                                    std::span<const std::uint32_t> stories,
                                                    const CompareOptions& options);

/// Links as statements, by their first witness. Proposed links join nothing.
[[nodiscard]] std::vector<StatementGroup> group_statements(const Coverage& coverage,
                                                           std::span<const QuotationLink> links);

/// How `second` gives the words of `first`; both of one utterance. O(n * m) in their words.
[[nodiscard]] Collation collate(std::string_view first_text, const Quotation& first,
                                std::string_view second_text, const Quotation& second);

/// A piece of one content and one of the other that have words in common, collated by themselves.
struct CollatedPieces {
  Span first;   ///< a piece of the first one's content
  Span second;  ///< a piece of the second one's
  Collation collation;
};

/// A quotation in pieces ("A," he said, "B") may be a witness by some of them only. The pairs of pieces that
/// give the same words, in the order of the first, then the second; none when two witnesses of one statement
/// give other parts of it. O(n * m) in their words for each pair of pieces.
[[nodiscard]] std::vector<CollatedPieces> collate_pieces(std::string_view first_text, const Quotation& first,
                                                         std::string_view second_text,
                                                         const Quotation& second);

}  // namespace onrecord
