// The filters of a search, held against columns.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/codes.h"
#include "record/search_columns.h"
#include "record/understood_search.h"

namespace onrecord {

/// Which numbers of the table `code` are among `values`.
class Codes {
 public:
  Codes() { lets_through_.fill(1); }
  template <class Enum>
  void require_one_of(const std::vector<Enum>& values) {
    if (values.empty()) return;
    is_narrowed_ = true;
    std::array<std::uint8_t, 256> these{};
    for (const Enum value : values) these.at(static_cast<std::size_t>(code(value))) = 1;
    for (std::size_t i = 0; i < these.size(); ++i) lets_through_[i] &= these[i];
  }
  [[nodiscard]] bool operator()(std::uint8_t code) const { return lets_through_[code] != 0; }
  [[nodiscard]] bool lets_all_through() const { return !is_narrowed_; }

 private:
  std::array<std::uint8_t, 256> lets_through_{};
  bool is_narrowed_ = false;
};

/// What the filters of a search come to.
class ColumnSieve {
 public:
  /// Fails as `Record::search` does. `columns` must outlive it.
  static Result<ColumnSieve> make(Database& database, const SearchColumns& columns,
                                  const UnderstoodSearch& search);

  [[nodiscard]] bool passes(SearchColumns::Row row) const {
    const SearchColumns::Quotation& one = columns_->quotation(row);
    return kinds_(one.kind) && modes_(one.mode) && speaker_kinds_(one.speaker_kind) &&
           (dates_.empty() || dates_[one.date] != 0) && (versions_.empty() || versions_[one.version] != 0) &&
           (persons_.empty() ||
            (one.speaker != 0 && persons_[columns_->speakers()[one.speaker].person] != 0)) &&
           (!only_unsure_ || one.is_unsure != 0) &&
           (columns_->confidences(row).second >= least_confidence_ || one.is_corrected != 0);
  }
  [[nodiscard]] bool lets_all_through() const {
    return persons_.empty() && versions_.empty() && dates_.empty() && !only_unsure_ &&
           least_confidence_ == 0 && kinds_.lets_all_through() && modes_.lets_all_through() &&
           speaker_kinds_.lets_all_through();
  }
  /// Rows of dates that fit stand in between.
  [[nodiscard]] std::pair<SearchColumns::Row, SearchColumns::Row> reach() const;
  /// The persons who are asked for; nothing when everybody is.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> persons() const;

 private:
  using Marks = std::vector<std::uint8_t>;  // 1: lets through; empty: everything

  explicit ColumnSieve(const SearchColumns& columns) : columns_(&columns) {}
  void require_speakers(Database& database, const std::vector<std::int64_t>& speakers);
  Result<void> require_versions(Database& database, const SearchQuery& query);
  template <class Fits>
  void narrow_versions(const Fits& fits);

  const SearchColumns* columns_;
  Marks persons_, versions_, dates_;
  Codes kinds_, modes_, speaker_kinds_;
  bool only_unsure_ = false;
  std::uint16_t least_confidence_ = 0;  // thousandths
};

/// 1 for each outlet of this name or, when there is none, that has all its words in its name.
[[nodiscard]] std::vector<std::uint8_t> outlets_called(const ValueList& outlets, const std::string& name);

}  // namespace onrecord
