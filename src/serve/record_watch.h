// Whether the record changed, whoever changed it.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "onrecord/record.h"

namespace onrecord {

/// Watches a record through a connection of its own, which SQLite tells of every commit by others. For
/// several threads. O(1), whatever the size of the record.
class RecordWatch {
 public:
  explicit RecordWatch(std::string path);

  /// Names what the record holds now: another text after every change. Means nothing to another watch.
  [[nodiscard]] Result<std::string> state();

 private:
  std::string path_;
  std::string run_;  // tells this watch from those before it
  std::mutex mutex_;
  std::unique_ptr<Record> record_;  // guarded by `mutex_`; opened at the first question
};

}  // namespace onrecord
