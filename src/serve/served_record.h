// The record that requests are answered from, and what is kept of it between them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "onrecord/record.h"
#include "record/search_columns.h"

namespace onrecord {

/// The columns of a record as it was last asked for. For several threads.
class KeptColumns {
 public:
  /// Those of `state` (record_watch.h), or of one after it; read when the record changed, while others who
  /// ask wait for them.
  [[nodiscard]] Result<std::shared_ptr<const SearchColumns>> at(const std::string& state,
                                                                const Record& record);

 private:
  std::mutex mutex_;
  std::string state_;
  std::shared_ptr<const SearchColumns> columns_;
};

/// A record as one request finds it; a view.
class ServedRecord {
 public:
  ServedRecord(const Record& record, std::string path, std::string state, KeptColumns& kept)
      : record_(record), path_(std::move(path)), state_(std::move(state)), kept_(kept) {}

  [[nodiscard]] const Record& record() const { return record_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Result<std::shared_ptr<const SearchColumns>> columns() const {
    return kept_.at(state_, record_);
  }

 private:
  const Record& record_;
  std::string path_;
  std::string state_;
  KeptColumns& kept_;
};

}  // namespace onrecord
