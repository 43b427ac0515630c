#include "cli/explained_pair.h"

#include <fmt/format.h>

#include <algorithm>

#include "compare/comparison.h"

namespace onrecord::cli {
namespace {

bool is_article(const std::string& id) { return id.starts_with('a') || id.starts_with('v'); }

const ToldWitness* witness_of(const ToldStatement& statement, const std::string& quotation) {
  const auto found = std::ranges::find(statement.witnesses, quotation,
                                       [](const ToldWitness& witness) { return witness.quotation.id; });
  return found == statement.witnesses.end() ? nullptr : &*found;
}

/// The words that tell how much two quotations have in common.
Result<std::string> what_they_share(const Record& record, const RecordedQuotation& first,
                                    const RecordedQuotation& second) {
  const auto collation = collate(record, first, second);
  if (!collation) return std::unexpected(collation.error());
  return fmt::format("{:.0f} % of the shorter one's words line up, {} in a row at most",
                     collation->shared * 100, collation->longest_run);
}

Result<ExplainedPair> explain_quotations(const Record& record, const std::string& first,
                                         const std::string& second) {
  const Comparison comparison(record);
  const auto one = comparison.statement(first);
  if (!one) return std::unexpected(one.error());
  const auto other = comparison.statement(second);
  if (!other) return std::unexpected(other.error());
  const auto quotation = [&](const std::string& id, const ToldStatement& statement) {
    return id.starts_with('s') ? Result<RecordedQuotation>(statement.base_quotation()) : record.quotation(id);
  };
  const auto a = quotation(first, *one);
  if (!a) return std::unexpected(a.error());
  const auto b = quotation(second, *other);
  if (!b) return std::unexpected(b.error());
  for (const ToldStatement* statement : {&*one, &*other}) {
    const ToldWitness* of_a = witness_of(*statement, a->id);
    const ToldWitness* of_b = witness_of(*statement, b->id);
    if (of_a == nullptr || of_b == nullptr) continue;
    // Of the base there is nothing to tell; the other one says why it is a witness.
    const ToldWitness& told = of_b->reason.empty() ? *of_a : *of_b;
    return ExplainedPair{"one statement",
                         fmt::format("Both are witnesses of {}: {} ({:.0f} %{})", statement->id,
                                     told.reason.empty() ? "the same words" : told.reason,
                                     told.confidence * 100, told.decided ? ", decided by a person" : "")};
  }
  const auto proposals = comparison.proposals(a->id);
  if (!proposals) return std::unexpected(proposals.error());
  for (const ToldProposal& proposal : *proposals) {
    if (proposal.quotation.id != b->id) continue;
    return ExplainedPair{"proposed",
                         fmt::format("They may be one statement: {} ({:.0f} %); onrecord review decides",
                                     proposal.reason, proposal.confidence * 100)};
  }
  const auto shared = what_they_share(record, *a, *b);
  if (!shared) return std::unexpected(shared.error());
  return ExplainedPair{"two statements", fmt::format("Nothing joins them: {}", *shared)};
}

Result<ExplainedPair> explain_articles(const Record& record, const std::string& first,
                                       const std::string& second) {
  const Comparison comparison(record);
  const auto a = record.article(first);
  if (!a) return std::unexpected(a.error());
  const auto b = record.article(second);
  if (!b) return std::unexpected(b.error());
  const auto reuse = comparison.reuse_of(a->id);
  if (!reuse) return std::unexpected(reuse.error());
  ExplainedPair pair{"independent", "No passage of one stands in the other"};
  for (const ToldReuse& told : *reuse) {
    if (told.other.id != b->id) continue;
    pair.verdict = name(told.reuse.reuse);
    pair.reason = fmt::format(
        "{} ({:.0f} %{}); {:.0f} % of the shorter one's own words and {:.0f} % of those it quotes stand "
        "in the other",
        told.reuse.reason, told.reuse.confidence * 100, told.decided ? ", decided by a person" : "",
        told.reuse.narrative_containment * 100, told.reuse.quotation_containment * 100);
  }
  const auto story = comparison.story_of(a->id);
  const auto of_b = comparison.story_of(b->id);
  if (!story || !of_b) return std::unexpected(story ? of_b.error() : story.error());
  if (story->empty() || *story != *of_b) {
    pair.reason += ". They stand in two stories";
    return pair;
  }
  const auto told = comparison.story(*story);
  if (!told) return std::unexpected(told.error());
  pair.reason += fmt::format(". Both stand in the story {}", *story);
  for (const StoryArticle& article : told->articles) {
    const bool asked = article.article.id == a->id || article.article.id == b->id;
    if (asked && !article.reason.empty())
      pair.reason += fmt::format(": {} {}", article.article.id, article.reason);
  }
  return pair;
}

}  // namespace

Result<ExplainedPair> explain_pair(const Record& record, const std::string& first,
                                   const std::string& second) {
  if (is_article(first) != is_article(second)) {
    return fail(ErrorCode::kInvalidArgument,
                "explain two statements, or two articles: their ids begin with q or s, or a");
  }
  return is_article(first) ? explain_articles(record, first, second)
                           : explain_quotations(record, first, second);
}

}  // namespace onrecord::cli
