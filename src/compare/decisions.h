// What people decided about what a comparison told: kept with the words it was decided on, so that it holds
// when the record is compared or read again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/record.h"

namespace onrecord {

enum class DecisionKind {
  kSameStatement,   ///< two quotations are of one statement
  kOtherStatement,  ///< two quotations are not of one statement
  kSameStory,       ///< two articles are about one story
  kOtherStory,      ///< the first article is not about the story of the second one
  kNoCopy,          ///< of two articles none has it from the other
};
[[nodiscard]] std::string_view name(DecisionKind kind);
[[nodiscard]] std::optional<DecisionKind> decision_kind(std::string_view name);

/// The ids are of quotations for statements, else of articles.
struct Decision {
  DecisionKind kind = DecisionKind::kSameStatement;
  std::string first;
  std::string second;
  std::string note;
};

struct RecordedDecision {
  std::string id;  ///< "d..."
  DecisionKind kind = DecisionKind::kSameStatement;
  std::string first, second;              ///< ids now; empty when what it was about is not there any more
  std::string first_words, second_words;  ///< what it was about: words, or titles
  std::string note, made_at, undone_at;
};

/// Keeps a decision and applies it. Gives its id. `kInvalidArgument` when the two are one, or of kinds that
/// do not fit; `kNotFound` for unknown ids.
[[nodiscard]] Result<std::string> decide(Record& record, const Decision& decision);
/// Takes a decision back; it stays in the record, marked so. What it had joined or parted is told anew by the
/// next comparison. Gives its id.
[[nodiscard]] Result<std::string> undo_decision(Record& record, std::string_view id);
/// In the order they were made; those that were taken back too.
[[nodiscard]] Result<std::vector<RecordedDecision>> decisions(const Record& record);

/// Applies every decision that holds, in the order they were made, to what a comparison has just written.
/// Inside the caller's transaction.
void apply_decisions(const Record& record);

}  // namespace onrecord
