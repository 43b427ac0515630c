// The inside of an open record, and the questions that several of its sources ask.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "onrecord/record.h"
#include "record/relevance.h"
#include "record/schema.h"
#include "record/sqlite.h"

namespace onrecord {

struct Record::Store {
  Database database;
  std::filesystem::path path;
  bool writable = false;
  std::function<std::string()> now;
  std::unique_ptr<Relevance> relevance{};  ///< made by the first search that asks for it

  /// Fails with `kInvalidArgument` when the record was opened for reading.
  [[nodiscard]] Result<void> check_writable() const;
};

/// A row that an id names.
struct Located {
  std::int64_t key = 0;
  std::string id;
};

/// The row of `table` ("article", "version", "quotation", "speaker", "correction") that an id, or an
/// unambiguous beginning of one, names.
[[nodiscard]] Result<Located> locate(Database& database, std::string_view table, std::string_view typed);

/// The speaker that an id or its beginning names, or a name that only one has, whom its names and other
/// evidence make one (joined_speakers.h). `kInvalidArgument` names the candidates when there are several.
[[nodiscard]] Result<Located> locate_speaker(Database& database, std::string_view typed);

/// The speakers whom a name may mean, by key: those called so in full, else those whose names have all its
/// words. One for an id or its beginning, unless that is a word of a name.
[[nodiscard]] std::vector<std::int64_t> speakers_called(Database& database, std::string_view typed);

/// The persons of whom one name has all of `words`, by key.
[[nodiscard]] std::vector<std::int64_t> persons_with_words(Database& database, std::string_view words);

/// The text, or nothing when it is not valid UTF-8, which only a damaged file's is: whatever points into it
/// is then left out, and `verify` tells of it.
[[nodiscard]] std::string sound_text(std::string_view text);

/// "2026-03-01T12:00:00Z" of the system's clock.
[[nodiscard]] std::string utc_now();

}  // namespace onrecord
