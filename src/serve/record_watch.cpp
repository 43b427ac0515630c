#include "serve/record_watch.h"

#include <fmt/format.h>

#include <random>

#include "record/store.h"

namespace onrecord {

RecordWatch::RecordWatch(std::string path)
    : path_(std::move(path)), run_(fmt::format("{:08x}", std::random_device{}())) {}

Result<std::string> RecordWatch::state() {
  const std::scoped_lock lock(mutex_);
  if (!record_) {
    auto opened = Record::open(path_);
    if (!opened) return std::unexpected(opened.error());
    record_ = std::make_unique<Record>(std::move(*opened));
  }
  Database& database = record_->store().database;
  auto row = database.prepare("PRAGMA data_version");
  std::string state = row.step() ? fmt::format("{}-{}", run_, row.integer(0)) : std::string();
  return database.outcome(std::move(state));
}

}  // namespace onrecord
