// The JSON forms of what a comparison tells (docs/commands.md), one object each, without a newline.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "compare/check.h"
#include "compare/comparison.h"
#include "record/recorded_texts.h"

namespace onrecord {

/// "onrecord/statement/1": the statement with its witnesses, each beside the base word by word.
[[nodiscard]] Result<std::string> statement_json(const ToldStatement& statement, RecordedTexts& texts);
/// "onrecord/statement-row/1": what a list of statements has of each.
[[nodiscard]] Result<std::string> statement_row_json(const StatementRow& row, RecordedTexts& texts);
/// "onrecord/proposal/1": both quotations whole, and beside each other word by word.
[[nodiscard]] Result<std::string> proposal_json(const ProposedPair& pair, RecordedTexts& texts);
/// "onrecord/check/1". `path` and `record_number` tell where the claim stands, when it is a file's.
[[nodiscard]] Result<std::string> check_json(const Checked& checked, const Claim& claim, RecordedTexts& texts,
                                             std::string_view path = {}, std::uint64_t record_number = 0);
/// "onrecord/reuse/1": `article` is the one that was asked about.
[[nodiscard]] std::string reuse_json(std::string_view article, const ToldReuse& reuse);
/// "onrecord/story/1", with or without its articles.
[[nodiscard]] std::string story_json(const StoryRow& story);
[[nodiscard]] std::string story_json(const ToldStory& story);

enum class ComparisonExport {
  kStatements,  ///< "onrecord/statement/1", those of several witnesses
  kLinks,       ///< "onrecord/link/1": every pair of quotations under one statement, and the proposed ones
  kReuse,       ///< "onrecord/reuse/1": every pair of articles that share words
  kStories,     ///< "onrecord/story-article/1": every article with its story
};

/// Writes lines in the canonical order. Memory: one statement with its texts.
[[nodiscard]] Result<void> export_comparison(const Record& record, ComparisonExport what,
                                             const std::function<Result<void>(std::string_view)>& write);

}  // namespace onrecord
