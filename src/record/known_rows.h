// Rows that many quotations refer to, kept in memory: speakers, reasons and when batches came.
//
// A quotation refers to some ten rows of other tables; from page to page most of them repeat. Looked up here
// they cost a tenth of a join. What is kept is forgotten as soon as the record changes, by this connection or
// by another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "onrecord/record.h"
#include "record/sqlite.h"

namespace onrecord {

/// A name, and who it is.
struct KnownSpeaker {
  std::string id, name;
  PersonOfSpeaker person;
};

/// What it gives lives until the next call of `refresh`.
class KnownRows {
 public:
  static constexpr std::size_t kMostOfAKind = 50'000;

  /// Forgets everything if the record has changed, or is being changed, since the last call.
  void refresh(Database& database);

  /// Null when there is none with this key: in a damaged file.
  [[nodiscard]] const KnownSpeaker* speaker(Database& database, std::int64_t key);
  /// Empty when there is none.
  [[nodiscard]] const std::string& reason(Database& database, std::int64_t key);
  /// When a batch was committed; empty when there is none.
  [[nodiscard]] const std::string& batch(Database& database, std::int64_t key);

 private:
  std::unordered_map<std::int64_t, KnownSpeaker> speakers_;
  std::unordered_map<std::int64_t, std::string> reasons_, batches_;
  std::int64_t data_version_ = 0;
  std::int64_t changes_ = -1;
};

/// Those of a connection, refreshed.
[[nodiscard]] KnownRows& known_rows(Database& database);

}  // namespace onrecord
