#include "serve/served_record.h"

#include "record/store.h"

namespace onrecord {

Result<std::shared_ptr<const SearchColumns>> KeptColumns::at(const std::string& state, const Record& record) {
  const std::scoped_lock lock(mutex_);
  if (columns_ && state == state_) return columns_;
  // What searches found out about the index goes with the columns, unless an answer still reads them.
  columns_.reset();
  auto read = SearchColumns::read(record.store().database);
  if (!read) return std::unexpected(read.error());
  columns_ = std::move(*read), state_ = state;
  return columns_;
}

}  // namespace onrecord
