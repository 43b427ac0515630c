// The whole record compared, in the canonical order.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "onrecord/compare.h"
#include "onrecord/record.h"

namespace onrecord {

class Database;

/// What a comparison is doing; each step reads the articles once.
enum class CompareStep { kReuse, kSureLinks, kStories, kLinks, kWriting };
[[nodiscard]] std::string_view name(CompareStep step);

struct CompareRecordOptions {
  unsigned threads = 1;
  std::function<void(CompareStep, std::uint64_t done, std::uint64_t of)> progress{};  ///< may be empty
  /// `compare_new_articles` compares a record of fewer articles whole: it takes a second or two.
  std::uint64_t whole_below = 1'000;
  /// It does so, too, when more than one article in so many is new: it costs no more, and nothing is
  /// provisional.
  std::uint64_t whole_at_new_share = 8;
};

/// What the comparison of a record came to.
struct CompareCounts {
  std::uint64_t articles = 0;
  std::array<std::uint64_t, 6> reuse{};  ///< pairs, by `ReuseClass`
  std::uint64_t statements = 0;          ///< carried by two quotations or more
  std::uint64_t witnesses = 0;           ///< of them
  std::uint64_t altered = 0;             ///< of the witnesses
  std::uint64_t proposals = 0;
  std::uint64_t stories = 0;  ///< of two articles or more
};

/// Compares all articles of the record in the canonical order, and keeps what that tells in place of what was
/// there: the same articles give the same rows, whatever the order they came in. Decisions of people hold.
/// One transaction. The record must be open for writing.
[[nodiscard]] Result<CompareCounts> compare_record(Record& record, const CompareRecordOptions& options);

/// Compares only the articles that are not in the comparison yet, each with those of the record that share
/// words of a quotation with it, or its speakers and week, and adds what that tells, marked provisional.
/// Cost: that of the new articles. Compares the whole record when it never was, or when most of it is new.
[[nodiscard]] Result<CompareCounts> compare_new_articles(Record& record, const CompareRecordOptions& options);

/// Notes that every current version is compared, so that `versions_not_compared` need not look at each of a
/// large record again until another batch comes.
void note_all_compared(Database& database);
/// How many current versions are not compared, or were read anew since.
[[nodiscard]] std::uint64_t versions_not_compared(Database& database);

}  // namespace onrecord
