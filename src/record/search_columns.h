// What searches sift by, of every quotation that counts, as numbers in memory.
//
// A search over the tables joins five of them for every hit, some microseconds each, and no index of theirs
// has the order of date, which two of them tell together. Here a hit costs a look into an array, and a row's
// number is its place in that order. Costs 60 bytes a quotation and reading the tables once after a change
// (bench/serve): a program that answers many questions makes it, one that asks once does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "onrecord/record.h"
#include "record/sqlite.h"

namespace onrecord {

/// Texts that repeat, each once; number 0 is none.
class ValueList {
 public:
  ValueList() : texts_(1) {}
  /// Its number; 0 for an empty text.
  std::uint32_t number(std::string_view text);
  /// Numbers them in the order of their bytes. Gives the new number of each.
  std::vector<std::uint32_t> sort();
  [[nodiscard]] const std::string& text(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// Titles to look for words in, in lower case, one after another in memory.
class TitleList {
 public:
  TitleList() : at_(1) {}
  void add(const std::optional<std::string>& title);
  /// Whether title `number` has a text, both without regard to the case of ASCII letters; never where there
  /// is no title.
  [[nodiscard]] bool has(std::uint32_t number, std::string_view lower_case) const;

 private:
  std::string titles_;
  std::vector<std::size_t> at_;  // where each begins, and the end
};

/// Rows by the key that a table has them under. Keys are dense in a record; the keys of a stranger's file
/// need not be, and must not cost memory.
class RowOfKey {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// `keys`: of row 0, 1, 2, ...
  void assign(std::span<const std::int64_t> keys);
  [[nodiscard]] std::uint32_t operator()(std::int64_t key) const {
    const auto at = static_cast<std::uint64_t>(key);
    if (at < dense_.size()) return dense_[at];
    const auto found = sparse_.find(key);
    return found == sparse_.end() ? kNone : found->second;
  }

 private:
  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::int64_t, std::uint32_t> sparse_;
};

/// What was found out about the full-text index since the record last changed. For several threads.
class IndexMemory {
 public:
  using Rows = std::shared_ptr<const std::vector<std::uint32_t>>;
  static constexpr std::size_t kMostBytes = 64U << 20;

  /// How many quotations have a phrase.
  [[nodiscard]] std::optional<std::int64_t> count(const std::string& phrase) const;
  void keep_count(const std::string& phrase, std::int64_t count);
  /// The rows that fit an expression, in order; those asked for last are kept, up to `kMostBytes`.
  [[nodiscard]] Rows rows(const std::string& match);
  void keep_rows(const std::string& match, Rows rows);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::int64_t> counts_;
  std::list<std::pair<std::string, Rows>> rows_;  // the one asked for last first
  std::size_t bytes_ = 0;
};

/// Quotations of current versions, neither rejected nor merged away, as they are corrected. Never changes
/// once it is made, so that several threads may read it.
class SearchColumns {
 public:
  /// A quotation's place in the order of date: said, else published, the newest first, undated ones last;
  /// then by article, place in it and id.
  using Row = std::uint32_t;
  static constexpr Row kNone = RowOfKey::kNone;

  struct Quotation {
    std::uint32_t version = 0;
    std::uint32_t speaker = 0;  ///< as it is named; 0: nobody
    std::uint32_t date = 0;
    std::uint8_t kind = 0, mode = 0, speaker_kind = 0;  ///< as in the table `code`
    std::uint8_t is_unsure : 1 = 0;                     ///< of the speaker, and nobody corrected it
    std::uint8_t is_corrected : 1 = 0;                  ///< something of it, by a person
  };
  /// The current version of an article; by published, the newest first, undated ones last, then by id.
  struct Version {
    std::int64_t key = 0, article = 0;
    std::uint64_t article_id = 0;
    std::uint32_t outlet = 0, published = 0, batch = 0, quotations = 0;
    std::uint32_t story = kNone;
  };
  /// A name.
  struct Speaker {
    std::int64_t key = 0;
    std::uint32_t person = 0;
  };
  /// A speaker with all who are the same; the most quoted first, then by name and id.
  struct Person {
    std::int64_t key = 0;
    std::uint32_t quotations = 0, articles = 0, names = 0;
    std::uint32_t first = 0, last = 0;  ///< dates
    std::uint32_t rows = 0;             ///< where its rows begin in `rows_of`
  };
  /// A statement of several witnesses, of which one counts at least; by independent reports, then reports,
  /// most first, then the date of the base, newest first, then id.
  struct Statement {
    std::int64_t first = 0;  ///< key of the quotation that began it
    std::uint64_t id = 0;    ///< of the first
    std::uint32_t date = 0;  ///< of the base
    std::uint32_t reports = 0, independent = 0;
  };
  /// A story with its current articles; the one of the most first, then by the last date and id.
  struct Story {
    std::int64_t key = 0;
    std::uint32_t articles = 0, outlets = 0;
    std::uint32_t first = 0, last = 0;  ///< dates of publication
  };

  static Result<std::shared_ptr<const SearchColumns>> read(Database& database);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(quotations_.size()); }
  [[nodiscard]] const Quotation& quotation(Row row) const { return quotations_[row]; }
  [[nodiscard]] std::int64_t key(Row row) const { return keys_[row]; }
  /// Compares as the id does.
  [[nodiscard]] std::uint64_t id(Row row) const { return ids_[row]; }
  /// Of the speaker, then of the quotation; in thousandths.
  [[nodiscard]] std::pair<std::uint16_t, std::uint16_t> confidences(Row row) const {
    return confidences_[row];
  }
  [[nodiscard]] Row row_of(std::int64_t key) const { return rows_(key); }
  /// How many words the index has of it.
  [[nodiscard]] std::uint32_t indexed_words(Row row) const { return indexed_words_[row]; }

  [[nodiscard]] const std::vector<Version>& versions() const { return versions_; }
  [[nodiscard]] const TitleList& titles() const { return titles_; }  ///< of the versions
  [[nodiscard]] const std::vector<Speaker>& speakers() const { return speakers_; }
  [[nodiscard]] const std::vector<Person>& persons() const { return persons_; }
  /// `kNone` when the speaker with this key has no quotation that counts.
  [[nodiscard]] std::uint32_t person_of(std::int64_t speaker) const { return person_of_(speaker); }
  /// In the order of rows.
  [[nodiscard]] std::span<const Row> rows_of(std::uint32_t person) const {
    return std::span(person_rows_).subspan(persons_[person].rows, persons_[person].quotations);
  }
  /// The statements that a quotation stands under, when others do too.
  [[nodiscard]] std::span<const std::pair<Row, std::uint32_t>> statements_of(Row row) const;
  [[nodiscard]] const Statement& statement(std::uint32_t number) const { return statements_[number]; }
  [[nodiscard]] std::uint32_t statements() const { return static_cast<std::uint32_t>(statements_.size()); }
  /// Every quotation with each statement that it stands under, when others do too; in the order of rows.
  [[nodiscard]] const std::vector<std::pair<Row, std::uint32_t>>& witnesses() const { return witnesses_; }
  [[nodiscard]] const std::vector<Story>& stories() const { return stories_; }
  [[nodiscard]] const TitleList& story_titles() const { return story_titles_; }
  /// `kNone` when no current article stands in the story with this key.
  [[nodiscard]] std::uint32_t story_of(std::int64_t key) const { return story_of_(key); }

  [[nodiscard]] const ValueList& dates() const { return dates_; }
  [[nodiscard]] const ValueList& outlets() const { return outlets_; }
  [[nodiscard]] const ValueList& batches() const { return batches_; }  ///< when they were committed
  /// Of the article published last; empty when none tells.
  [[nodiscard]] const std::string& newest_published() const;

  [[nodiscard]] IndexMemory& index_memory() const { return *index_memory_; }

 private:
  friend class ColumnReader;

  std::vector<Quotation> quotations_;
  std::vector<std::int64_t> keys_;
  std::vector<std::uint64_t> ids_;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> confidences_;
  std::vector<std::uint32_t> indexed_words_;
  RowOfKey rows_;
  std::vector<Version> versions_;
  TitleList titles_;
  std::vector<Speaker> speakers_;
  std::vector<Person> persons_;
  RowOfKey person_of_;
  std::vector<Row> person_rows_;
  std::vector<Statement> statements_;
  std::vector<std::pair<Row, std::uint32_t>> witnesses_;  // sorted
  std::vector<Story> stories_;
  TitleList story_titles_;
  RowOfKey story_of_;
  ValueList dates_, outlets_, batches_;
  std::unique_ptr<IndexMemory> index_memory_ = std::make_unique<IndexMemory>();
};

/// As SQLite's lower(): letters beyond ASCII stay as they are.
[[nodiscard]] std::string in_ascii_lower_case(std::string_view text);

}  // namespace onrecord
